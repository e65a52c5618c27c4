"""The shapes of what Fulcrum recommends. The knowledge itself is data, in `fulcrum/playbook/data`.

Every entry names its sources; every constant of judgement says why it has its value.
"""

from typing import Literal

from fulcrum.core.cited import Cited
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.lexicons import PitchWords, SpokenTheme, VisionWords
from fulcrum.core.people import Behaviour
from fulcrum.core.rules import (
    AlignmentRules,
    BeliefRules,
    CadenceRules,
    CaseRules,
    ChoiceRules,
    EvidenceRules,
    GoalRules,
    LearningRules,
    PilotRules,
    PlanRules,
    StoryRules,
    VisionRules,
    WordRules,
)
from fulcrum.core.value import value


@value
class LevelEntry:
    """One commitment level, 0 to 5."""

    level: int
    name: str
    meaning: str
    not_this: str  # what is easily mistaken for it
    sources: tuple[Cited, ...]


@value
class Anchor:
    """What one would see of one behaviour at one level."""

    behaviour: Behaviour
    level: int
    seen: str
    sources: tuple[Cited, ...]


@value
class BarrierEntry:
    """What keeps an executive where they are, how it sounds, and which lever answers it."""

    barrier: Barrier
    lever: Lever
    sounds_like: tuple[str, ...]
    why: str
    prior_by_level: tuple[float, float, float, float, float, float]  # pseudo-counts at levels 0 to 5
    sources: tuple[Cited, ...]


CellRole = Literal["primary", "secondary", "keep warm", "wrong now"]


@value
class MatrixCell:
    """What one lever does at one level. `effect`: expected rise in levels over 90 days, "reasoned, untested".

    `level` is 0 to 5, or "drop" for an executive whose level fell.
    """

    level: int | Literal["drop"]
    lever: Lever
    role: CellRole
    effect: float
    reason: str
    sources: tuple[Cited, ...]


@value
class MotivatorEntry:
    """A reason to act at work: how it shows, what speaks to it, and what would be manipulative.

    `say` is a sentence to use with the company's own facts, `say_not` one to avoid.
    """

    id: str
    name: str
    shows_as: str
    speaks_to_it: str
    never: str
    say: str = ""
    say_not: str = ""
    sources: tuple[Cited, ...]


Role = Literal[
    "any",
    "CEO",
    "CFO",
    "COO",
    "CMO",
    "CHRO",
    "CIO",
    "CPO",
    "Sales",
    "Business-unit head",
    "Risk",
    "Supply chain",
]


@value
class Step:
    """A specific, do-able thing to ask of an executive.

    `ask` is the sentence that the executive reads: it starts with a verb. `minutes` is the first time's
    need, `then` what it takes afterwards ("5 minutes a week"), empty if once is enough. `looks_like` is what
    it looks like when it was done well, `is_not` what it is easily mistaken for; the executive reads both.
    `watch_for` is for whoever asks.
    """

    id: str
    ask: str
    roles: tuple[Role, ...]
    minutes: int
    minutes_from: Literal["source", "estimate"]
    then: str = ""
    behaviour: Behaviour
    lowest_level: int
    lever: Lever = Lever.FIRST_STEPS
    how_to: tuple[str, ...]
    looks_like: str = ""
    is_not: str = ""
    watch_for: str = ""
    is_for_peers: bool = False  # to be asked of a peer whom a sceptical executive listens to
    sources: tuple[Cited, ...]


@value
class Argument:
    """An outside study or claim, with everything that a sceptic would ask.

    `direction` says which way the conditional runs ("profitable, given that the chief executive leads").
    For a company's own case every outside argument is evidence grade E, whatever its `strength`.
    `retellings` says in a sentence how retellings of the figure disagree; it is empty where they agree.
    `disputed_by` is the id of the argument that must stand beside this one, if another study contradicts it.
    """

    id: str
    claim: str
    direction: str
    is_conditional_contested: bool = False
    has_baseline: bool
    baseline: str
    n: str
    year: int | None = None  # of the study; None where nothing that was seen dates it
    country: str
    industry: str
    design: str
    outcome: Literal["awareness", "intention", "behaviour", "accounting", "market", "model", "self-report"]
    sponsor_interest: str
    criticism: str
    rebuttal: str
    strength: Literal["strong", "fair", "stated intention", "model or opinion", "only to debunk"]
    lever: Lever
    retellings: str = ""
    disputed_by: str = ""
    sources: tuple[Cited, ...]

    @property
    def dated(self) -> str:
        """The year of the study, or that it is not known."""
        return "year not known" if self.year is None else str(self.year)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must stand wherever this argument is shown."""
        said = []
        if self.strength == "only to debunk":
            said.append("Use only to debunk.")
        if self.is_conditional_contested:
            said.append("It is told in two directions; the original was not found.")
        if self.retellings:
            said.append(self.retellings)
        if self.disputed_by:
            said.append("Disputed: show it only beside the study that contradicts it.")
        if not self.has_baseline:
            said.append("No comparison figure: it cannot show a difference.")
        if self.strength == "model or opinion":
            said.append("A model or an opinion, not a measurement.")
        if self.outcome == "intention":
            said.append("What people say they would do, not what they did.")
        if self.outcome == "self-report":
            said.append("Self-report: the answers were not checked against records.")
        if not self.is_conditional_contested and all(source.seen != "original" for source in self.sources):
            said.append("Read in a retelling only; the original was not opened.")
        return tuple(said)


@value
class Example:
    """What happened elsewhere, and what does not follow from it.

    `level_from` and `level_to` are our judgement on the product's scale, to find a similar start.
    """

    id: str
    industry: str
    organisation: str
    when: str
    executive_role: str
    arc: str
    level_from: int | None = None
    level_to: int | None = None
    is_failure: bool
    levers: tuple[Lever, ...]
    outside_movers: tuple[str, ...] = ()
    done: str
    seen: str
    told_by: Literal[
        "regulator, court or auditor",
        "academic",
        "journalist",
        "the organisation itself",
        "vendor",
        "practitioner",
    ]
    does_not_follow: str
    sources: tuple[Cited, ...]


Measured = Literal["score", "nps", "churn", "retention", "spend", "cost", "contacts"]
MovedWith = Literal["score", "stayed", "spend", "cost"]


@value
class GoalMetric:
    """What executives are measured on, and which parts of the experience plausibly move it.

    `also` are further names under which it is reported. `measured_as` is the series of the company's own data
    that counts the very same thing, where there is one; `moved_with` names the outcomes whose findings tell
    what moves it here.
    """

    id: str
    roles: tuple[Role, ...]
    name: str
    drivers: str
    direction: Literal["up", "down", "drives it", "disputed"]
    support: Literal["strong", "one study", "vendor", "logic"]
    caution: str
    also: tuple[str, ...] = ()
    measured_as: Measured | None = None
    moved_with: tuple[MovedWith, ...] = ()
    sources: tuple[Cited, ...]


@value
class RolePrompt:
    """What to ask of one role when a vision is written: what it means for them, with an example."""

    role: Role
    ask: str
    example: str
    sources: tuple[Cited, ...]


ListeningWay = Literal["read", "sit", "call", "write down"]


@value
class ListeningPart:
    """One part of half an hour with customers: where to listen, for how long, what to ask there.

    `{about}` in its texts stands for what the customers' theme is about. Questions are open and hold no
    answer. `for_whom` says which customers it suits; `minutes` are stretched or cut to the time there is.
    """

    id: str
    way: ListeningWay
    for_whom: Literal["any", "complaint", "praise", "leaver"]
    minutes: int
    title: str
    how: str
    questions: tuple[str, ...]
    never: str
    sources: tuple[Cited, ...]


@value
class MechanismEntry:
    """A way in which customer focus is built into how the company runs.

    `turn` orders the building, the lowest first; `needs` are the ids of mechanisms that must run before it;
    `because` says in a sentence why it has its turn.
    """

    id: str
    name: str
    ad_hoc: str
    in_place: str
    protected: str
    built_by: tuple[Role, ...]
    turn: int = 99
    needs: tuple[str, ...] = ()
    because: str = ""
    sources: tuple[Cited, ...]


@value
class Playbook:
    """All that Fulcrum recommends, loaded and checked."""

    version: str
    levels: tuple[LevelEntry, ...]
    anchors: tuple[Anchor, ...]
    barriers: tuple[BarrierEntry, ...]
    matrix: tuple[MatrixCell, ...]
    motivators: tuple[MotivatorEntry, ...]
    steps: tuple[Step, ...]
    arguments: tuple[Argument, ...]
    examples: tuple[Example, ...]
    goal_metrics: tuple[GoalMetric, ...]
    mechanisms: tuple[MechanismEntry, ...]
    listening: tuple[ListeningPart, ...]
    vision_words: tuple[VisionWords, ...]
    role_prompts: tuple[RolePrompt, ...]
    lexicon: tuple[SpokenTheme, ...]
    pitch_words: tuple[PitchWords, ...]
    belief: BeliefRules
    choice: ChoiceRules
    evidence: EvidenceRules
    case: CaseRules
    pilot: PilotRules
    story: StoryRules
    vision: VisionRules
    goal: GoalRules
    cadence: CadenceRules
    words: WordRules
    plan: PlanRules
    learning: LearningRules
    alignment: AlignmentRules

    def step(self, id: str) -> Step | None:
        """The step with this id, if the library has it."""
        return next((step for step in self.steps if step.id == id), None)

    def goal_metric(self, reported_as: str) -> GoalMetric | None:
        """The metric that is reported under this name: its id, its name, or another name of it."""
        asked = _plain(reported_as)
        return next(
            (one for one in self.goal_metrics if asked in map(_plain, (one.id, one.name, *one.also))), None
        )

    def cell(self, level: int | Literal["drop"], lever: Lever) -> MatrixCell:
        """What this lever does at this level."""
        return next(cell for cell in self.matrix if cell.level == level and cell.lever == lever)

    def barrier_of(self, lever: Lever) -> BarrierEntry:
        """The barrier that this lever answers."""
        return next(entry for entry in self.barriers if entry.lever == lever)


def _plain(name: str) -> str:
    """A name without case, hyphens and spare blanks, as two people would write the same one."""
    return " ".join(name.casefold().replace("-", " ").split())
