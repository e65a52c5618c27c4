"""The weeks of a plan, and those in which an executive cannot be asked or met."""

from collections.abc import Iterable
from datetime import date, timedelta

from fulcrum.commitment.steps import AskedBefore
from fulcrum.core.plan import Away, HeldWeeks
from fulcrum.core.playbook import Step
from fulcrum.core.rules import ChoiceRules
from fulcrum.core.value import value

USUAL_WEEKS_OPEN = 2


@value
class Horizon:
    """So many weeks from a Monday on; weeks count from 1."""

    starts: date
    weeks: int

    def week_of(self, day: date) -> int:
        """The week in which a day lies; 0 or less before the first."""
        return (day - self.starts).days // 7 + 1

    def monday(self, week: int) -> date:
        """The day on which a week begins."""
        return self.starts + timedelta(weeks=week - 1)


def horizon_from(as_of: date, weeks: int) -> Horizon:
    """The weeks from the first Monday after `as_of` on: the day on which a step can first be asked."""
    soonest = as_of + timedelta(days=1)
    return Horizon(starts=soonest + timedelta(days=-soonest.weekday() % 7), weeks=weeks)


def held_weeks(
    executive: str,
    history: AskedBefore,
    away: Iterable[Away],
    horizon: Horizon,
    steps: tuple[Step, ...],
    rules: ChoiceRules,
) -> tuple[HeldWeeks, ...]:
    """When an executive is held: an ask is open, the weeks between asks run, or they are away.

    An open ask is taken to end on its due day; one overdue, or without a day, with week 1 or
    `USUAL_WEEKS_OPEN` weeks after it was put, whichever is later. The rest follows it.
    """
    rest = round(rules.weeks_between_asks.value)
    held = _asked(executive, history, horizon, steps, rest)
    for one in away:
        first, last = max(1, horizon.week_of(one.first)), horizon.week_of(one.last)
        if one.executive == executive and last >= first and first <= horizon.weeks:
            held.append(HeldWeeks(executive=executive, why="away", first_week=first, last_week=last))
    return tuple(held)


def _asked(
    executive: str, history: AskedBefore, horizon: Horizon, steps: tuple[Step, ...], rest: int
) -> list[HeldWeeks]:
    ask = history.open
    if ask is None:
        free = horizon.week_of(history.first_monday(rest))
        if free <= 1:
            return []
        return [HeldWeeks(executive=executive, why="rest", first_week=1, last_week=free - 1)]
    due = ask.due or ask.asked_on + timedelta(weeks=USUAL_WEEKS_OPEN)
    last = max(1, horizon.week_of(due))
    named = next((step.ask for step in steps if step.id == ask.step), ask.step)
    return [
        HeldWeeks(executive=executive, why="open", first_week=1, last_week=last, what=named),
        HeldWeeks(executive=executive, why="rest", first_week=last + 1, last_week=last + rest),
    ]


def closed_weeks(held: Iterable[HeldWeeks], *, rest: int) -> frozenset[int]:
    """The weeks in which nothing can begin that leaves `rest` weeks after an ask."""
    ends = [(one, one.last_week) for one in held if one.why != "rest"]
    ends += [(one, min(one.last_week, one.first_week + rest - 1)) for one in held if one.why == "rest"]
    return frozenset(week for one, last in ends for week in range(one.first_week, last + 1))
