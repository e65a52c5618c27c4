"""Observations on the ribbons: each in its place, none over another, none lost."""

from collections.abc import Sequence
from datetime import date, timedelta

from fulcrum.briefing.svg import Point, text
from fulcrum.core import wording
from fulcrum.core.people import Observation
from fulcrum.web.drawings.marks import sighting, width_of
from fulcrum.web.drawings.plot import Plot

_NEAR = 10.0  # px: observations closer than this stand over one another
_STEPS = (0.0, -10.0, 10.0, -19.0, 19.0)


def sightings(observations: Sequence[Observation], plot: Plot) -> list[str]:
    """Each at its anchor and the end of its week; several in one place over one another, the rest counted."""
    window = plot.window
    placed: list[Point] = []
    crowds: dict[Point, int] = {}
    parts = []
    for each in sorted(observations, key=lambda one: (one.date, one.anchor, one.source, one.observer)):
        if not window.holds(each.date):
            continue
        x, y = window.at(_week_end(each.date, window.today)), plot.y(each.anchor)
        free = next((y + step for step in _STEPS if not _taken(x, y + step, placed)), None)
        if free is None:
            near = next((spot for spot in crowds if spot[1] == y and abs(spot[0] - x) < 24), (x, y))
            crowds[near] = crowds.get(near, 0) + 1
            continue
        placed.append((x, free))
        parts.append(sighting(each.source, x, free))
    for (x, y), many in crowds.items():
        said = f"+{wording.count(many)}"
        is_last = x + 8 + width_of(said) > window.now
        parts.append(
            text(said, x - 8 if is_last else x + 8, y + 4, "t-b halo", "end" if is_last else "start")
        )
    return parts


def _week_end(day: date, today: date) -> date:
    return min(day + timedelta(days=6 - day.weekday()), today)


def _taken(x: float, y: float, placed: Sequence[Point]) -> bool:
    return any(abs(x - other) < _NEAR and abs(y - height) < _NEAR - 1.5 for other, height in placed)
