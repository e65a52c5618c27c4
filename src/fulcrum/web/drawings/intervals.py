"""One number in a table row: its interval on the scale of its table, or the hatched place of a refusal."""

from collections.abc import Iterable

from fulcrum.briefing.axes import Axis, around, ticks
from fulcrum.briefing.svg import circle, hatching, line, picture, text
from fulcrum.core import wording
from fulcrum.core.quantities import Estimate, Grade, Result, Unit, Unknown
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import width_of

_WIDE, _NARROW = 240.0, 358.0
_MIDDLE = 15.0


@value
class Scale:
    """The range that the rows of one group share, its unit, and a reference line if one means something."""

    low: float
    high: float
    unit: Unit
    centre: float | None = None

    def axis(self, *, is_narrow: bool) -> Axis:
        """The range laid over the width of a cell."""
        return Axis(low=self.low, high=self.high, left=6, right=(_NARROW if is_narrow else _WIDE) - 6)


def scale_of(results: Iterable[Result], *, centre: float | None = None) -> Scale | None:
    """The scale that holds every interval of the group; None where every number is refused.

    Differences (points) always show zero, for there it means something.
    """
    known = [result for result in results if isinstance(result, Estimate)]
    if not known:
        return None
    unit = known[0].unit
    ends = [x for one in known for x in (one.interval.low, one.interval.high, one.value)]
    ends += [] if centre is None else [centre]
    low, high = around([*ends, 0.0] if unit.kind == "points" else ends)
    return Scale(
        low=low, high=high, unit=unit, centre=0.0 if centre is None and unit.kind == "points" else centre
    )


def interval_axis(scale: Scale, *, is_narrow: bool = False) -> str:
    """The ticks above a group of rows."""
    axis = scale.axis(is_narrow=is_narrow)
    width = _NARROW if is_narrow else _WIDE
    marks = ticks(scale.low, scale.high, 4)
    signed = scale.unit.kind == "points"
    largest = max(map(abs, marks.at))
    parts, said, free = [], [], 0.0
    for at in (at for at in marks.at if scale.low <= at <= scale.high):
        words = wording.tick(at, marks.step, largest, scale.unit, signed=signed)
        half = width_of(words) / 2
        x = min(max(axis.at(at), half), width - half)
        if x - half >= free:
            parts.append(text(words, x, 13, "t-11", "middle"))
            said.append(words)
            free = x + half + 4
    return picture(width, 18, f"Scale: {', '.join(said)}", *parts)


def interval_cell(
    result: Result, scale: Scale | None, *, label: str, is_crude: bool = False, is_narrow: bool = False
) -> str:
    """An estimate as a dot on its interval: thin below grade C, open grey if crude; hatched if refused."""
    width = _NARROW if is_narrow else _WIDE
    if isinstance(result, Unknown) or scale is None:
        return _refused(result, width, label)
    axis, y = scale.axis(is_narrow=is_narrow), _MIDDLE
    weak = " thin" if result.grade > Grade.ADJUSTED else ""
    stroke, dot = ("c-ci-grey", "c-pt-grey") if is_crude else ("c-ci", "c-pt")
    parts = [line([(0, y), (width, y)], "c-grid")]
    if scale.centre is not None:
        parts.append(line([(axis.at(scale.centre), 0), (axis.at(scale.centre), 2 * y)], "c-dot-line"))
    low, high = axis.held(result.interval.low), axis.held(result.interval.high)
    if high > low:
        parts.append(line([(low, y), (high, y)], stroke + weak))
    parts.append(circle(axis.held(result.value), y, 5, dot))
    kind = ", crude" if is_crude else ""
    said = f"{label}{kind}: {wording.say_fully(result)}, grade {result.grade.value}"
    return picture(width, 2 * y, said, *parts)


def refused_mark(unknown: Unknown, *, label: str) -> str:
    """The short hatched axis beside the word of a refusal."""
    return _refused(unknown, 132.0, label, middle=13)


def _refused(result: Result, width: float, label: str, *, middle: float = _MIDDLE) -> str:
    why = f" {wording.say_unknown(result)}" if isinstance(result, Unknown) else ""
    ends = [line([(x, middle - 5), (x, middle + 5)], "c-grid") for x in (0.0, width)]
    return picture(
        width, 2 * middle, f"{label}: no number shown.{why}", hatching(0, middle - 5, width, 10), *ends
    )
