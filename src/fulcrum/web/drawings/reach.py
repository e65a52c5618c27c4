"""A series run forward to the day of a goal: what was measured, where it goes, and the target."""

from fulcrum.briefing.axes import Axis, around
from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.findings import Trend
from fulcrum.core.goals import GoalReach, GoalTie
from fulcrum.core.quantities import Estimate
from fulcrum.core.value import value

_TALL, _TOP, _BOTTOM = 190.0, 26.0, 156.0


@value
class _Room:
    """Where months and values lie."""

    across: Axis
    up: Axis
    width: float

    def x(self, month: float) -> float:
        return self.across.at(month)

    def y(self, number: float) -> float:
        return self.up.at(number)


def reach_drawing(tie: GoalTie, *, is_narrow: bool) -> str:
    """The series, its interval at the due day and the target; empty where no chance is named."""
    reach = tie.reach
    if not isinstance(reach.expected, Estimate) or reach.series is None or reach.target is None:
        return ""
    series, width = reach.series, 358.0 if is_narrow else 640.0
    room = _room(series, reach.expected, reach.target, reach.months_ahead, width)
    last = len(series.values) - 1
    points = [(room.x(place), room.y(y)) for place, y in enumerate(series.values)]
    due = room.x(last + reach.months_ahead)
    ends = reach.expected.interval
    parts = [
        line([(0, room.y(reach.target)), (width, room.y(reach.target))], "c-dot-line"),
        line([(room.x(last), _TOP - 10), (room.x(last), _BOTTOM + 6)], "c-grid"),
        line(points, "c-line"),
        *(line([points[-1], (due, room.y(end))], "c-grid") for end in (ends.low, ends.high)),
        line([(due, room.y(ends.low)), (due, room.y(ends.high))], "c-ci"),
        circle(due, room.y(reach.expected.value), 5, "c-pt"),
        *_words(tie, reach, series, room, due),
    ]
    return picture(width, _TALL, _said(tie, reach), *parts)


def _room(series: Trend, expected: Estimate, target: float, ahead: int, width: float) -> _Room:
    ends = [*series.values, expected.interval.low, expected.interval.high, target]
    low, high = around(ends)
    return _Room(
        across=Axis(low=0, high=len(series.values) - 1 + ahead, left=8, right=width - 16),
        up=Axis(low=low, high=high, left=_BOTTOM, right=_TOP),
        width=width,
    )


def _words(tie: GoalTie, reach: GoalReach, series: Trend, room: _Room, due: float) -> list[str]:
    last = len(series.values) - 1
    goal = f"goal {wording.kept(tie.goal.target)}"
    above = room.y(reach.target or 0.0) - 6
    when = "" if tie.goal.due is None else wording.short_month(tie.goal.due)
    expected = reach.expected
    there = wording.say(expected) if isinstance(expected, Estimate) else ""
    height = room.y(expected.value) + 4 if isinstance(expected, Estimate) else _TOP
    return [
        text(goal, 8, above if above > 12 else above + 18, "t-ink halo"),
        text(wording.period(series.at[0]), 8, _TALL - 8, ""),
        text(wording.period(series.at[-1]), room.x(last), _TALL - 8, "", "middle"),
        text(there, due - 12, height, "t-b halo", "end"),
        text(when, due + 8, _TALL - 8, "t-ink", "end"),
    ]


def _said(tie: GoalTie, reach: GoalReach) -> str:
    series, expected = reach.series, reach.expected
    if series is None or not isinstance(expected, Estimate):
        return ""
    span = f"{wording.period(series.at[0])} to {wording.period(series.at[-1])}"
    return (
        f"{series.title}, {span}, run forward: {wording.say_fully(expected)} for {reach.judged}. "
        f"Goal: {wording.kept(tie.goal.target)}."
    )
