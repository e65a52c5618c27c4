"""What Fulcrum believes of an executive's commitment and recommends to do. Private to the CX team."""

from datetime import date

from fulcrum.core.levers import Availability, Barrier, Lever
from fulcrum.core.people import Behaviour, Level, Observation
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.value import value


@value
class Weighed:
    """An observation, and how much the expected level would change without it (leave-one-out)."""

    observation: Observation
    moved: float


@value
class BehaviourProfile:
    """What was seen of one behaviour: expected level with its 80 % interval, and the anchors seen."""

    behaviour: Behaviour
    level: Result
    anchors: tuple[int, ...]


@value
class WeekOfBelief:
    """The belief at the end of one week."""

    week_ending: date
    shares: tuple[float, ...]


@value
class Belief:
    """Probabilities over levels 0 to 5 on one day.

    `level` is the expected level with the most credible 80 % set of levels as its interval, or Unknown when
    nothing was seen for two quarters. `change` is the change of the expected level over 90 days.
    """

    executive: str
    as_of: date
    shares: tuple[float, ...]
    level: Result
    credible: tuple[Level, Level]
    last_evidence: date | None
    observations: int
    observers: int
    change: float | None
    is_drop: bool
    profile: tuple[BehaviourProfile, ...]
    moved_most: tuple[Weighed, ...]
    history: tuple[WeekOfBelief, ...] = ()

    @property
    def likeliest(self) -> Level:
        """The level with the highest probability; ties go to the lower."""
        return Level(max(range(6), key=lambda level: (self.shares[level], -level)))


@value
class BarrierBelief:
    """Probabilities over the six barriers, with the number of reactions behind them."""

    executive: str
    shares: tuple[tuple[Barrier, Estimate], ...]
    reactions: int

    @property
    def likeliest(self) -> Barrier:
        """The barrier with the highest probability."""
        return max(self.shares, key=lambda pair: pair[1].value)[0]


@value
class Reason:
    """One reason in words, with its number in the sentence and its source."""

    text: str
    source: str


@value
class LeverOption:
    """One lever for one executive: expected rise of the level in 90 days, and what is at hand."""

    lever: Lever
    gain: Estimate
    availability: Availability
    reasons: tuple[Reason, ...]


@value
class StepToAsk:
    """One specific step, put to one executive (or to a peer whom they listen to).

    `follow_up` is the day on which whoever asked comes back, whatever came of it; `is_promised`: they agreed.
    """

    executive: str
    step: str  # id in the playbook
    ask: str
    minutes: int
    then: str
    behaviour: Behaviour
    first_on: date
    until: date
    how_to: tuple[str, ...] = ()
    why_this: str = ""
    looks_like: str = ""
    is_not: str = ""
    follow_up: date | None = None
    is_promised: bool = False


@value
class Choice:
    """Which lever next for one executive, why, and what would change our mind.

    `better_but_missing` holds levers that would gain more but lack material; they are said first.
    `ranked` holds those that can be pulled now, the best first.
    """

    executive: str
    ranked: tuple[LeverOption, ...]
    better_but_missing: tuple[LeverOption, ...]
    not_now: tuple[LeverOption, ...]
    step: StepToAsk | None
    no_step_because: str
    peer: str | None
    peer_step: StepToAsk | None
    gather: tuple[str, ...]
    would_change_our_mind: tuple[str, ...]

    @property
    def lever(self) -> Lever | None:
        """The lever to pull now, if any can be."""
        return self.ranked[0].lever if self.ranked else None
