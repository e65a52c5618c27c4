"""A theme's share as a bar with its interval; below it the share among those who left."""

from collections.abc import Iterable

from fulcrum.briefing.svg import hatching, line, picture, rectangle
from fulcrum.core import wording
from fulcrum.core.quantities import Estimate, Result, Unknown

_WIDE, _NARROW = 240.0, 358.0
_BAR = 8.0


def highest_share(results: Iterable[Result]) -> float:
    """The upper end of the scale that all bars of a page share, from nought."""
    ends = [one.interval.high for one in results if isinstance(one, Estimate)]
    return max(ends, default=1.0)


def share_bars(
    of_all: Result, of_leavers: Result, *, highest: float, label: str, is_narrow: bool = False
) -> str:
    """Two bars on one scale: of all comments, full; of the comments of those who left, paler."""
    width = _NARROW if is_narrow else _WIDE
    said = f"{label}: {_spoken(of_all, 'of comments')}; {_spoken(of_leavers, 'among those who left')}."
    parts = _bar(of_all, 6.0, width, highest, "c-now") + _bar(of_leavers, 21.0, width, highest, "c-loss-pale")
    return picture(width, 36, said, line([(0.5, 0), (0.5, 36)], "c-beam"), *parts)


def _bar(share: Result, top: float, width: float, highest: float, kind: str) -> list[str]:
    if isinstance(share, Unknown):
        return [hatching(2, top, 60, _BAR)]

    def at(x: float) -> float:
        return min(max(x / highest, 0.0), 1.0) * (width - 4)

    middle, ends = top + _BAR / 2, share.interval
    marks = [line([(at(end), middle - 4), (at(end), middle + 4)], "c-beam") for end in (ends.low, ends.high)]
    whisker = line([(at(ends.low), middle), (at(ends.high), middle)], "c-beam")
    return [rectangle(0.5, top, max(1.0, at(share.value)), _BAR, kind), whisker, *marks]


def _spoken(share: Result, of: str) -> str:
    if isinstance(share, Unknown):
        return f"{of} unknown, {wording.lowered(wording.say_unknown(share)).rstrip('.')}"
    return f"{wording.one_in(share)} {of}, {wording.say_fully(share)}"
