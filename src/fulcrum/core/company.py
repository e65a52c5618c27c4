"""Everything that a company has told Fulcrum, as one value: `Company`.

The company folder reads to it and writes from it; the desk builds the same value from its records.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Goal, Influence, Motivator, Observation, Reaction
from fulcrum.core.value import value

Day = date  # its name where a field beside is called `date`


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


class Consent(StrEnum):
    """How it was made sure that a customer's words may be used, and so how far they may go."""

    AGREED = "agreed"
    BY_TERMS = "covered by terms"
    NOT_ASKED = "not asked"

    @property
    def meaning(self) -> str:
        """What was done."""
        return {
            Consent.AGREED: "The customer was asked and agreed",
            Consent.BY_TERMS: "The survey's terms cover use inside the company",
            Consent.NOT_ASKED: "Nobody asked the customer",
        }[self]

    @property
    def permits(self) -> str:
        """Which briefs may hold the story."""
        return {
            Consent.AGREED: "any brief, the board's too",
            Consent.BY_TERMS: "briefs for executives, not the board's",
            Consent.NOT_ASKED: "no brief",
        }[self]


class StoryKind(StrEnum):
    """Which end of the scale a story comes from."""

    COMPLAINT = "complaint"
    PRAISE = "praise"


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
    """A lever pulled. `nothing_seen_on`: on that day its effect was looked for in vain."""

    id: str
    executive: str
    lever: Lever
    date: date
    brief: str = ""
    note: str = ""
    nothing_seen_on: Day | None = None


@value
class PulseRound:
    """One time at which the one-minute questionnaire was put; answers count from its first day to its last.

    `priorities` are the items that could be ranked, separated by semicolons.
    """

    id: str
    opens_on: date
    closes_on: date
    priorities: str = ""


@value
class PulseAnswer:
    """One answer to one question of the one-minute questionnaire; `round` names the round, if it has one."""

    respondent: str
    date: date
    question: str
    answer: str
    round: str = ""


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
    proof: str = ""  # where somebody else can look it up
    thanks: str = ""  # the people who did it


class RiskTrend(StrEnum):
    """Which way a risk goes."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@value
class Risk:
    """Something that could go wrong, who holds it, by what one would see it come, and what is done then."""

    date: date
    risk: str
    severity: str = ""
    owner: str = ""
    note: str = ""
    trigger: str = ""
    response: str = ""
    trend: RiskTrend | None = None
    closed_on: Day | None = None


@value
class Promise:
    """What the CX team itself promised to somebody; what executives promise are their accepted asks."""

    promise: str
    made_on: date
    to: str = ""
    due: date | None = None
    kept_on: date | None = None
    note: str = ""


class DecisionKind(StrEnum):
    """What a decision does to the work."""

    START = "start"
    CHANGE = "change"
    STOP = "stop"


@value
class Decision:
    """What was decided, by whom and why: to start, change or stop something."""

    date: date
    decision: str
    kind: DecisionKind | None = None
    decided_by: str = ""
    why: str = ""


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
    """One journey: how it is, how it shall be, what would be counted to see it, and by when."""

    journey: str
    from_: str
    to: str
    measure: str = ""
    by: date | None = None


@value
class Vision:
    """The picture of where this is heading, and who approved it on which day, if that is said."""

    statement: str
    journeys: tuple[JourneyShift, ...] = ()
    meaning: tuple[tuple[str, str], ...] = ()  # executive id, what it means for their function
    not_doing: tuple[str, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None

    def meaning_for(self, executive: str) -> str | None:
        """What the vision means for this executive's function, if it says so."""
        return dict(self.meaning).get(executive)


@value
class ApprovedStory:
    """A customer's experience, masked, and approved by a named person.

    `touchpoint` and `score` tie it to the feedback, so that its prevalence can be counted and not claimed.
    `theme` holds the words of the theme it was found in, `counter_story` the id of the story that says the
    opposite. Where consent is not recorded, the words stay inside the company.
    """

    id: str
    quote: str
    touchpoint: str = ""
    score: float | None = None
    approved_by: str
    approved_on: date
    area: str = ""
    consent: Consent | None = None
    kind: StoryKind | None = None
    theme: str = ""
    counter_story: str = ""

    def may_reach(self, *, is_board: bool) -> bool:
        """Whether its consent lets it stand in a brief for an executive, or for the board."""
        if self.consent is Consent.NOT_ASKED:
            return False
        return not is_board or self.consent is Consent.AGREED


@value
class Initiative:
    """What the CX team wants to do, as the case needs it. Costs in the company's currency.

    `reach` customers a year's base; `moved_share` of them moved between bands (0 to 1, grade E unless a
    pilot here says otherwise); `running` a year; `causal_share` overrides the playbook's prior. `pilot` is
    the name of the file in pilots/ whose read-out takes the place of what it measured.
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
    pilot: str = ""


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
    pulse_rounds: tuple[PulseRound, ...] = ()
    pulses: tuple[PulseAnswer, ...] = ()
    mechanisms: tuple[MechanismRecord, ...] = ()
    wins: tuple[Win, ...] = ()
    risks: tuple[Risk, ...] = ()
    spend: tuple[Spend, ...] = ()
    promises: tuple[Promise, ...] = ()
    decisions: tuple[Decision, ...] = ()
    context: tuple[OutsideMover, ...] = ()
    vision: Vision | None = None
    stories: tuple[ApprovedStory, ...] = ()
    contact: str = ""

    def executive(self, id: str) -> Executive | None:
        """The executive with this id, if there is one."""
        return next((person for person in self.executives if person.id == id), None)
