"""Everything that a company has told Fulcrum, as one value: `Company`.

The company folder reads to it and writes from it; the desk builds the same value from its records.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Goal, Influence, Motivator, Observation, Reaction
from fulcrum.core.value import value


class AskStatus(StrEnum):
    """The fate of an ask."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether the executive still owes an answer or a deed."""
        return self in (AskStatus.PROPOSED, AskStatus.ASKED, AskStatus.ACCEPTED)


class MechanismState(StrEnum):
    """How firmly a mechanism is built into how the company runs."""

    ABSENT = "absent"
    AD_HOC = "ad hoc"
    IN_PLACE = "in place"
    PROTECTED = "protected"


class Mover(StrEnum):
    """What moved an executive that was none of our levers."""

    CRISIS = "crisis"
    PAY = "pay"
    SUCCESSOR = "successor"
    STRATEGY = "strategy"
    REORGANISATION = "reorganisation"
    OTHER = "other"


@value
class Ask:
    """A step put to one executive. `step` is an id of the playbook or the company's own words."""

    executive: str
    step: str
    asked_on: date
    due: date | None = None
    status: AskStatus = AskStatus.ASKED
    closed_on: date | None = None
    note: str = ""


@value
class Move:
    """A lever pulled."""

    id: str
    executive: str
    lever: Lever
    date: date
    brief: str = ""
    note: str = ""


@value
class PulseAnswer:
    """One answer to one question of the one-minute questionnaire."""

    respondent: str
    date: date
    question: str
    answer: str


@value
class MechanismRecord:
    """Where one mechanism stands, with dated proof."""

    mechanism: str
    state: MechanismState
    proof: str = ""
    proven_on: date | None = None


@value
class Win:
    """Something that worked, with its worth if it was counted."""

    date: date
    win: str
    value: str = ""
    owner: str = ""
    note: str = ""


@value
class Risk:
    """Something that could go wrong, and who holds it."""

    date: date
    risk: str
    severity: str = ""
    owner: str = ""
    note: str = ""


@value
class Spend:
    """Money spent on the work."""

    date: date
    item: str
    amount: Decimal
    owner: str = ""
    note: str = ""


@value
class OutsideMover:
    """An event that may have moved executives without us."""

    date: date
    kind: Mover
    note: str = ""


@value
class JourneyShift:
    """One journey: how it is, and how it shall be."""

    journey: str
    from_: str
    to: str


@value
class Vision:
    """The approved picture of where this is heading."""

    statement: str
    journeys: tuple[JourneyShift, ...] = ()
    meaning: tuple[tuple[str, str], ...] = ()  # executive id, what it means for their function
    not_doing: tuple[str, ...] = ()

    def meaning_for(self, executive: str) -> str | None:
        """What the vision means for this executive's function, if it says so."""
        return dict(self.meaning).get(executive)


@value
class ApprovedStory:
    """A customer's experience, masked, and approved by a named person.

    `touchpoint` and `score` tie it to the feedback, so that its prevalence can be counted and not claimed.
    """

    id: str
    quote: str
    touchpoint: str
    score: float
    approved_by: str
    approved_on: date
    area: str = ""


@value
class Initiative:
    """What the CX team wants to do, as the case needs it. Costs in the company's currency.

    `reach` customers a year's base; `moved_share` of them moved between bands (0 to 1, grade E unless a
    pilot here says otherwise); `running` a year; `causal_share` overrides the playbook's prior.
    """

    name: str
    one_off: Decimal
    running: Decimal
    horizon_years: float
    reach: int
    moved_share: float
    causal_share: float | None = None
    owner: str = ""
    comparison: str = ""


@value
class Company:
    """The whole folder but for the customers' data."""

    name: str
    industry: str
    currency: str
    as_of: date
    is_simulated: bool = False
    hours_per_week: float | None = None
    initiatives: tuple[Initiative, ...] = ()
    budget: Decimal | None = None  # for one-off costs and the running costs of the first year
    executives: tuple[Executive, ...] = ()
    influence: tuple[Influence, ...] = ()
    observations: tuple[Observation, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    goals: tuple[Goal, ...] = ()
    motivators: tuple[Motivator, ...] = ()
    asks: tuple[Ask, ...] = ()
    moves: tuple[Move, ...] = ()
    pulses: tuple[PulseAnswer, ...] = ()
    mechanisms: tuple[MechanismRecord, ...] = ()
    wins: tuple[Win, ...] = ()
    risks: tuple[Risk, ...] = ()
    spend: tuple[Spend, ...] = ()
    context: tuple[OutsideMover, ...] = ()
    vision: Vision | None = None
    stories: tuple[ApprovedStory, ...] = ()
    contact: str = ""

    def executive(self, id: str) -> Executive | None:
        """The executive with this id, if there is one."""
        return next((person for person in self.executives if person.id == id), None)
