"""An executive's goal tied to what the data say: what moves it here, how sure, and whether it is reached."""

from fulcrum.core.findings import Trend
from fulcrum.core.people import Goal
from fulcrum.core.playbook import GoalMetric
from fulcrum.core.quantities import Estimate, Grade, Result, Unknown
from fulcrum.core.value import value


@value
class GoalLink:
    """One finding that carries a link to the goal: what it says, its number, and its evidence grade.

    `key` is the finding's own, `mover` the part of the experience that it names ("Repair repeated"), `said`
    the sentence without the number.
    """

    key: str
    mover: str
    said: str
    result: Estimate

    @property
    def grade(self) -> Grade:
        """How much the finding may be believed to say about cause."""
        return self.result.grade


@value
class Backtest:
    """The series cut short and run forward to what is known now: how many intervals held."""

    cuts: int
    held: int
    furthest: int  # months ahead
    confidence: float


@value
class GoalReach:
    """Whether a goal is reached if nothing changes, from the series that counts the same thing.

    `probability` and `expected` (the mean over the months by which the goal is judged) are Unknown together.
    `now` is the same mean up to the last month measured, `target` the goal on the same scale. `judged` says
    by which months in words.
    """

    probability: Result
    expected: Result
    now: Result
    target: float | None = None
    judged: str = ""
    months_ahead: int = 0
    series: Trend | None = None
    backtest: Backtest | None = None
    cautions: tuple[str, ...] = ()


@value
class GoalTie:
    """One goal with everything that this company's data say about it.

    `looked_at` are the comparisons in which no difference was found; `unknown` is what is not known, and what
    would be needed. Without a link `unlinked` says why.
    """

    goal: Goal
    metric: GoalMetric | None
    links: tuple[GoalLink, ...]
    looked_at: tuple[GoalLink, ...]
    unlinked: Unknown | None
    unknown: tuple[Unknown, ...]
    reach: GoalReach
