"""What came of the work so far: indicators read for signals, promises, wins, spend, risks, decisions.

Nothing here says what is believed of anybody, but for `TeamYear`, which is private to the CX team.
"""

from datetime import date
from typing import Literal

from fulcrum.core.company import Decision, Risk, Spend, Win
from fulcrum.core.findings import Trend
from fulcrum.core.quantities import Money, Result
from fulcrum.core.value import value

Verdict = Literal["signal", "noise", "not readable"]


@value
class Indicator:
    """One series on its control chart, and in plain words whether anything changed in it lately."""

    trend: Trend
    verdict: Verdict
    said: str


@value
class WordKept:
    """What became of promises: an executive's accepted asks, or what the CX team said it would do.

    `executive` is an id, empty for all executives together and for the CX team. `kept` is the share of those
    that came due which were kept by their day (the say-do ratio).
    """

    who: str
    executive: str
    given: int
    in_time: int
    late: int
    overdue: int
    lapsed: int
    waiting: int
    kept: Result

    @property
    def came_due(self) -> int:
        """How many were to be kept by now."""
        return self.in_time + self.late + self.overdue + self.lapsed


@value
class SpendAccount:
    """What was paid up to the day, beside what it may cost; None where nobody stated a budget."""

    paid: Money
    since: Money
    budget: Money | None
    latest: tuple[Spend, ...]

    @property
    def left(self) -> Money | None:
        """What of the budget is not paid yet; below zero where it is overdrawn."""
        return None if self.budget is None else self.budget - self.paid


@value
class Progress:
    """Everything on record about how the work goes, from after `since` up to `as_of`."""

    since: date
    as_of: date
    indicators: tuple[Indicator, ...]
    wins: tuple[Win, ...]
    spend: SpendAccount
    risks: tuple[Risk, ...]
    closed_risks: tuple[Risk, ...]
    executives: WordKept
    team: WordKept
    by_executive: tuple[WordKept, ...]
    decisions: tuple[Decision, ...]

    @property
    def stopped(self) -> tuple[Decision, ...]:
        """What was decided to be stopped."""
        return tuple(one for one in self.decisions if one.kind == "stop")


@value
class TeamWeek:
    """How many executives are expected at each level at the end of a week, and of how many nobody knows."""

    week_ending: date
    at_level: tuple[float, ...]
    unknown: int


@value
class Mark:
    """Something that happened, to be marked on the year: a lever pulled, a pilot, an outside mover."""

    on: date
    kind: Literal["move", "pilot", "mover"]
    what: str
    executive: str = ""


@value
class Proved:
    """Money that a pilot here has shown: what its initiative returns, by a read-out of grade A or B."""

    on: date
    title: str
    worth: Result


@value
class TeamYear:
    """Commitment of the team over a year, with what was done and what was proved. Private to the CX team."""

    weeks: tuple[TeamWeek, ...]
    marks: tuple[Mark, ...]
    proved: tuple[Proved, ...]
    left_out: int = 0  # executives whose file is closed to the reader
