"""The team's year: how many executives are expected at each level, what was done, and what pilots said.

Bands are stacked from the least committed at the bottom; darker is more committed. Of whom nobody knows is an
empty, dashed band on top. Marks stand below the beam: levers pulled, pilots, outside movers.
"""

from collections.abc import Sequence
from datetime import date

from fulcrum.briefing.axes import Axis
from fulcrum.briefing.svg import Point, line, picture, text
from fulcrum.core import wording
from fulcrum.core.people import Level
from fulcrum.core.progress import Mark, TeamYear
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import outline, triangle

_TOP, _HIGH = 14.0, 190.0
_LANE = 22.0
_KINDS = {"move": "Levers", "pilot": "Pilots", "mover": "Outside"}


@value
class _Room:
    """The size of the drawing: days across, executives up."""

    width: float
    across: Axis
    up: Axis
    is_narrow: bool

    @property
    def beam(self) -> float:
        return self.up.at(0)

    def x(self, day: date) -> float:
        return self.across.at(day.toordinal())


def team_year(year: TeamYear, *, is_narrow: bool = False) -> str:
    """The drawing; nothing where no week is known."""
    if not year.weeks:
        return ""
    room = _room(year, is_narrow)
    bands = _stacked(year, room)
    parts = [
        *_scale(year, room),
        *(outline(points, f"c-level-{level}") for level, points in enumerate(bands[:-1])),
        outline(bands[-1], "c-unknown"),
        line([(room.across.left, room.beam), (room.across.right, room.beam)], "c-beam"),
        *_months(year, room),
        *_marks(year.marks, room),
    ]
    height = room.beam + 30 + _LANE * len(_KINDS)
    return picture(room.width, height, told(year), *parts)


def told(year: TeamYear) -> str:
    """The drawing in words: where the team was a year ago, and where it is."""
    first, last = year.weeks[0], year.weeks[-1]
    moves = sum(mark.kind == "move" for mark in year.marks)
    return (
        f"Executives expected at level 3 or above: {_high(first.at_level)} in the week to "
        f"{wording.day(first.week_ending)}, {_high(last.at_level)} in the week to "
        f"{wording.day(last.week_ending)}. Unknown then: {first.unknown}, now: {last.unknown}. "
        f"{wording.sentence(wording.many(moves, 'lever') + ' pulled in this time')}"
    )


def _high(at_level: Sequence[float]) -> str:
    return f"{sum(at_level[Level.PARTICIPATING :]):.1f}"


def _room(year: TeamYear, is_narrow: bool) -> _Room:
    width, left = (358.0, 52.0) if is_narrow else (860.0, 64.0)
    first, last = year.weeks[0].week_ending, year.weeks[-1].week_ending
    days = max((last - first).days, 1)
    people = sum(year.weeks[-1].at_level) + year.weeks[-1].unknown
    return _Room(
        width=width,
        across=Axis(low=first.toordinal(), high=first.toordinal() + days, left=left, right=width - 6),
        up=Axis(low=0, high=max(people, 1.0), left=_TOP + _HIGH, right=_TOP),
        is_narrow=is_narrow,
    )


def _stacked(year: TeamYear, room: _Room) -> list[list[Point]]:
    """Each level as a closed band on the one below, the unknown last."""
    heights = [(*week.at_level, float(week.unknown)) for week in year.weeks]
    floors = [0.0] * len(heights)
    bands = []
    for place in range(len(heights[0])):
        roofs = [floor + held[place] for floor, held in zip(floors, heights, strict=True)]
        days = [room.x(week.week_ending) for week in year.weeks]
        top = [(x, room.up.at(roof)) for x, roof in zip(days, roofs, strict=True)]
        bottom = [(x, room.up.at(floor)) for x, floor in zip(days, floors, strict=True)]
        bands.append([*top, *reversed(bottom)])
        floors = roofs
    return bands


def _scale(year: TeamYear, room: _Room) -> list[str]:
    people = round(room.up.high)
    steps = sorted({0, people, round(people / 2)})
    return [text(str(step), room.across.left - 8, room.up.at(step) + 4, "t-mut", "end") for step in steps]


def _months(year: TeamYear, room: _Room) -> list[str]:
    """The first day of every second month, under the beam."""
    first, last = int(room.across.low), int(room.across.high)
    days = [day for n in range(first, last + 1) if (day := date.fromordinal(n)).day == 1]
    every = 3 if room.is_narrow else 1
    return [
        text(wording.short_month(day).split(" ")[0], room.x(day), room.beam + 16, "t-mut")
        for day in days[::every]
    ]


def _marks(marks: Sequence[Mark], room: _Room) -> list[str]:
    """One lane for each kind; several of a day lie on one another."""
    parts = []
    for lane, (kind, label) in enumerate(_KINDS.items()):
        y = room.beam + 30 + _LANE * lane
        parts.append(text(label, 0, y + 9, "t-ink"))
        shown = sorted({mark.on for mark in marks if mark.kind == kind})
        parts += [_mark(kind, room.x(day), y) for day in shown]
    return parts


def _mark(kind: str, x: float, y: float) -> str:
    if kind == "move":
        return triangle(x, y, 5)
    if kind == "pilot":
        return outline([(x - 4.5, y), (x + 4.5, y), (x + 4.5, y + 9), (x - 4.5, y + 9)], "c-ob")
    return line([(x, y), (x, y + 10)], "c-break")
