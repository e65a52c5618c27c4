"""Attention over time: one dot a text, its rate of a theme with the interval, on the day it was said."""

from collections.abc import Sequence
from datetime import date

from fulcrum.briefing.axes import Axis, ticks
from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.quantities import PER_1000_WORDS, Estimate
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import width_of

_TOP, _FLOOR, _DAY = 14.0, 176.0, 194.0
_ALONE = 30  # days on either side of a single day


@value
class Said:
    """The rate of one text, and its day."""

    on: date
    rate: Estimate


def attention_over_time(said: Sequence[Said], *, of: str, is_narrow: bool = False) -> str:
    """Dots on their days, lines for the 95 % intervals; at least one text with a rate is needed."""
    width = 358.0 if is_narrow else 860.0
    highest = max(one.rate.interval.high for one in said)
    marks = ticks(0, highest, 5)
    up = Axis(low=0, high=max(highest, marks.at[-1]), left=_FLOOR, right=_TOP)
    across = _days([one.on for one in said], left=44, right=width - 26)
    parts = []
    for at in marks.at:
        words = wording.tick(at, marks.step, highest, PER_1000_WORDS)
        parts += [line([(34, up.at(at)), (width, up.at(at))], "c-grid")]
        parts += [text(words, 28, up.at(at) + 4, "t-11", "end")]
    for one in said:
        x = across.at(one.on.toordinal())
        low, high = up.at(one.rate.interval.low), up.at(one.rate.interval.high)
        parts.append(line([(x, low), (x, high)], "c-ci thin"))
        parts.append(circle(x, up.at(one.rate.value), 5, "c-pt"))
    parts += _dates(said, across, width)
    return picture(width, _DAY + 8, _sentence(said, of), *parts)


def _days(days: Sequence[date], *, left: float, right: float) -> Axis:
    first, last = min(days).toordinal(), max(days).toordinal()
    if first == last:
        first, last = first - _ALONE, last + _ALONE
    return Axis(low=first, high=last, left=left + 12, right=right)


def _dates(said: Sequence[Said], across: Axis, width: float) -> list[str]:
    """The month of each text, where there is room beside the one before."""
    parts, free = [], 0.0
    for on in sorted({one.on for one in said}):
        words = wording.short_month(on)
        half = width_of(words) / 2
        x = min(max(across.at(on.toordinal()), half), width - half)
        if x - half >= free:
            parts.append(text(words, x, _DAY, "t-11", "middle"))
            free = x + half + 8
    return parts


def _sentence(said: Sequence[Said], of: str) -> str:
    told = "; ".join(f"{wording.day(one.on)}: {wording.say_fully(one.rate)}" for one in said)
    return f"Mentions of {of} per 1,000 words. {told}."
