"""A pilot over its weeks: the difference as it stood, in the sequence that may be looked at every time."""

from collections.abc import Sequence

from fulcrum.briefing.axes import Axis, around, ticks
from fulcrum.briefing.svg import Point, area, circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.pilots import Look
from fulcrum.core.quantities import Unit
from fulcrum.web.drawings.marks import on_both

_HEIGHT, _TOP, _FOOT = 250.0, 16.0, 34.0
_EARLY = 0.25  # of the last look's customers: before that the sequence may leave the drawing


def looks_drawn(looks: Sequence[Look], *, unit: Unit, worth: float) -> str:
    """Every look in one drawing, for either width; nothing for fewer than two."""
    if len(looks) < 2:
        return ""
    return on_both(_drawn(looks, unit, worth, 670.0), _drawn(looks, unit, worth, 358.0))


def _drawn(looks: Sequence[Look], unit: Unit, worth: float, width: float) -> str:
    settled = [look for look in looks if look.customers >= _EARLY * looks[-1].customers]
    ends = [x for look in settled for x in (look.interval.low, look.interval.high)]
    low, high = around([*ends, 0.0, worth])
    up = Axis(low=low, high=high, left=_HEIGHT - _FOOT, right=_TOP)
    left = 62.0
    days = Axis(low=_day(looks[0]), high=_day(looks[-1]), left=left + 8, right=width - 12)
    upper, lower, middle = (
        [(days.at(_day(look)), _held(up, at)) for look, at in zip(looks, of, strict=True)]
        for of in (
            [look.interval.high for look in looks],
            [look.interval.low for look in looks],
            [look.value for look in looks],
        )
    )
    parts = [_band(upper, lower), *_levels(up, unit, left, width)]
    parts.append(line([(left, up.at(worth)), (width, up.at(worth))], "c-break"))
    aside = 14 if looks[-1].value >= worth else -5  # away from the line of the differences
    parts.append(text("worth having", width, up.at(worth) + aside, "t-11", "end"))
    parts += [line(upper, "c-area-line"), line(lower, "c-area-line"), line(middle, "c-line")]
    parts += [circle(x, y, 3.5, "c-pt") for x, y in middle]
    parts.append(text(wording.short_day(looks[0].until), days.left, _HEIGHT - 10, "t-11"))
    parts.append(text(wording.short_day(looks[-1].until), days.right, _HEIGHT - 10, "t-11", "end"))
    return picture(width, _HEIGHT, _said(looks, unit), *parts)


def _levels(up: Axis, unit: Unit, left: float, width: float) -> list[str]:
    marks = ticks(up.low, up.high, 5)
    largest = max(map(abs, marks.at))
    parts = []
    for at in marks.at:
        parts.append(line([(left, up.at(at)), (width, up.at(at))], "c-beam" if at == 0 else "c-grid"))
        said = wording.tick(at, marks.step, largest, unit, signed=True)
        parts.append(text(said, left - 8, up.at(at) + 4, "t-11", "end"))
    return parts


def _band(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """Between the limits: the way out along one and back along the other."""
    return area([*upper, *reversed(lower)], upper[0][1], "c-band")


def _held(up: Axis, number: float) -> float:
    return min(max(up.at(number), up.right), up.left)


def _day(look: Look) -> float:
    return float(look.until.toordinal())


def _said(looks: Sequence[Look], unit: Unit) -> str:
    last = looks[-1]
    ends = (last.interval.low, last.interval.high)
    low, high = (wording.last_point(end, unit) for end in ends)
    return (
        f"The difference as it stood after each of {len(looks)} weeks. On {wording.day(last.until)} it was "
        f"{wording.last_point(last.value, unit)}, sequence from {low} to {high}, "
        f"with {wording.count(last.customers)} customers."
    )
