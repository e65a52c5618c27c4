"""A plan over the team: who is met with what, in which week, why then, and what is left out. Private."""

from datetime import date, timedelta
from enum import StrEnum

from fulcrum.core.judgement import Reason
from fulcrum.core.levers import Lever
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.value import value
from fulcrum.core.wording import percent

AS_GOOD = 0.005  # a plan that gains less by so small a share gains as much


class Kind(StrEnum):
    """What is done in one place of the plan."""

    ASK = "ask"  # a step is put to them, and stays open
    MOVE = "move"  # a lever is pulled without an ask
    PEER = "peer"  # they are asked to speak to a colleague who listens to them
    LOOK = "look first"  # nothing was seen lately: see something before anything is done


@value
class Away:
    """An executive who cannot be met from one day to another, both included."""

    executive: str
    first: date
    last: date


@value
class PlannedMove:
    """One place of the plan. Weeks count from 1; an ask is open from `week` for `weeks` weeks.

    `gain` is the executive's own expected rise, as if this were the only move; Unknown where none is expected
    of it. `serves` is the colleague to whom a peer speaks; `waits_for` the peer whose step comes before.
    """

    executive: str
    kind: Kind
    lever: Lever | None
    what: str
    step: str
    week: int
    weeks: int
    starts: date
    until: date
    hours: tuple[float, ...]
    minutes: int
    gain: Result
    serves: str | None
    waits_for: str | None
    reasons: tuple[Reason, ...]

    @property
    def last_week(self) -> int:
        """The last week in which it is open."""
        return self.week + self.weeks - 1


@value
class HeldWeeks:
    """Weeks in which nothing new is asked of an executive: an ask is open, a rest after one, or absence."""

    executive: str
    why: str  # "open", "rest" or "away"
    first_week: int
    last_week: int
    what: str = ""


@value
class PlanWeek:
    """One week of the team: its Monday, and the hours that the plan takes."""

    week: int
    starts: date
    hours: float


@value
class PlanRoute:
    """A way through a colleague that the plan uses: who is heard, by whom, how strongly, and what follows.

    `stands_at_half`: whether the best plan takes it too where they are heard half as strongly; None where it
    was not tried.
    """

    heard: str
    listener: str
    strength: float
    why: str
    stands_at_half: bool | None = None


@value
class LeftOut:
    """What would gain something and is not in the plan, and why."""

    executive: str
    what: str
    gain: Result
    why: str


@value
class Plan:
    """Which moves for whom over the coming weeks, under hours, attention and order.

    `gain` is the influence-weighted expected rise of all together, towards the desired levels. `gap` is how
    much more another plan could gain at most, as a share: 0 where this one is proved the best. `next_best` is
    the share by which the best plan with other moves gains less, `one_by_one` that by which taking the best
    next move each time does; None where they were not computed.
    """

    as_of: date
    starts: date
    weeks: int
    hours_per_week: float | None
    moves: tuple[PlannedMove, ...]
    held: tuple[HeldWeeks, ...]
    by_week: tuple[PlanWeek, ...]
    routes: tuple[PlanRoute, ...]
    left_out: tuple[LeftOut, ...]
    gain: Estimate
    gap: float
    next_best: float | None
    one_by_one: float | None
    size: tuple[int, int]  # decisions and constraints of the programme
    assumptions: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        """Whether no plan under these constraints gains more."""
        return self.gap <= 1e-6

    def monday(self, week: int) -> date:
        """The day on which a week begins."""
        return self.starts + timedelta(weeks=week - 1)


def proof_of(plan: Plan) -> str:
    """How good a plan is under its own constraints, in a sentence."""
    if not plan.is_proved:
        return f"Within {percent(plan.gap)} of the best that any plan could gain; not proved optimal."
    said = "Proved optimal."
    if plan.next_best is not None:
        less = "as much" if plan.next_best < AS_GOOD else f"{percent(round(plan.next_best, 3))} less"
        said = f"Proved optimal; the next-best plan gains {less}."
    if plan.one_by_one is not None and plan.one_by_one >= AS_GOOD:
        said += f" Taking the best next move each time would gain {percent(round(plan.one_by_one, 2))} less."
    return said


def at_half(route: PlanRoute) -> str:
    """Whether a route stands where the strength is guessed too high, in a sentence; empty if not tried."""
    if route.stands_at_half is None:
        return ""
    if route.stands_at_half:
        return "If they are heard half as strongly, the order stands."
    return "If they are heard half as strongly, the best plan does without it."
