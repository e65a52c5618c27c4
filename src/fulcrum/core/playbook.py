"""The shapes of what Fulcrum recommends. The knowledge itself is data, in `fulcrum/playbook/data`.

Every entry names its sources; every constant of judgement says why it has its value.
"""

from typing import Literal

from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour
from fulcrum.core.value import value


@value
class Cited:
    """Where a claim comes from. `seen` says how: the original, a retelling of it, or our own reasoning."""

    title: str
    url: str = ""
    year: int | None = None
    seen: Literal["original", "retelling", "own reasoning"] = "original"


@value
class Constant:
    """A number of judgement: its value, why it is so, and where it comes from."""

    value: float
    why: str
    source: str


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
    """A reason to act at work: how it shows, what speaks to it, and what would be manipulative."""

    id: str
    name: str
    shows_as: str
    speaks_to_it: str
    never: str
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
    need, `then` what it takes afterwards ("5 minutes a week"), empty if once is enough.
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


@value
class GoalMetric:
    """What executives are measured on, and which parts of the experience plausibly move it."""

    id: str
    roles: tuple[Role, ...]
    name: str
    drivers: str
    direction: Literal["up", "down", "drives it", "disputed"]
    support: Literal["strong", "one study", "vendor", "logic"]
    caution: str
    sources: tuple[Cited, ...]


@value
class MechanismEntry:
    """A way in which customer focus is built into how the company runs."""

    id: str
    name: str
    ad_hoc: str
    in_place: str
    protected: str
    built_by: tuple[Role, ...]
    sources: tuple[Cited, ...]


SixNumbers = tuple[float, float, float, float, float, float]


@value
class Prior:
    """Probabilities over levels 0 to 5 before anything was seen."""

    sponsor: SixNumbers
    new: SixNumbers
    unknown: SixNumbers
    why: str
    source: str


@value
class BeliefRules:
    """Constants of the belief over levels; formulas in `commitment.belief`.

    `half_life_weeks`: weeks without evidence after which half of a certain belief has left its level.
    `downward_lean`: the part of what leaves a level that goes down (0.5 leans nowhere).
    `words_without_deeds`: weight of the anchor-2 observation that a quarter of words without deeds is.
    `ask_done_at_least`, `ask_declined`, `ask_lapsed`: the anchor that the fate of an ask shows.
    `same_event_days`: an ask outcome noted by hand within so many days of the ask's end is the same event.
    """

    prior: Prior
    emission_sd: Constant
    weight_seen: Constant
    weight_told_by: Constant
    weight_document: Constant
    weight_ask_outcome: Constant
    weight_own_words: Constant
    words_flat_above: Constant
    words_without_deeds: Constant
    repeat_window_weeks: Constant
    half_life_weeks: Constant
    downward_lean: Constant
    unknown_after_weeks: Constant
    interval_confidence: Constant
    drop_levels: Constant
    drop_window_days: Constant
    move_effect_weeks: Constant
    barrier_half_life_weeks: Constant
    ask_done_at_least: Constant
    ask_declined: Constant
    ask_lapsed: Constant
    same_event_days: Constant


@value
class ChoiceRules:
    """Constants of the choice of a lever; formulas in `commitment.choose`.

    `barrier_pull`: fit of a lever = 1 + pull x (6 x probability of its barrier - 1).
    `effect_sd_share`: standard deviation of an effect in the matrix, as a share of the effect.
    `repeating_step_weeks`: for how many weeks a repeating step is asked for.
    """

    barrier_pull: Constant
    case_fresh_days: Constant
    story_fresh_days: Constant
    weeks_between_asks: Constant
    peer_lowest_level: Constant
    peer_highest_level_moved: Constant
    effect_sd_share: Constant
    repeating_step_weeks: Constant


@value
class EvidenceRules:
    """Constants of the evidence engine: when it refuses, and how it adjusts."""

    counts_only_below: Constant
    nothing_below: Constant
    stratum_side_at_least: Constant
    leak_cell_above: Constant
    dominant_account_share: Constant
    overlap_at_least: Constant
    buckets: Constant
    smallest_cell_shown: Constant
    confidence: Constant
    early_share_at_most: Constant
    early_share_times: Constant
    early_share_selects: Constant


@value
class CausalPrior:
    """How much of an association of one grade the case dares to call causal: a triangle (low, mode, high)."""

    grade: Literal["A", "B", "C", "D", "E"]
    low: float
    mode: float
    high: float
    why: str
    source: str


@value
class CaseRules:
    """Constants of the business case; formulas in `evidence.case`."""

    causal_share: tuple[CausalPrior, ...]
    moved_share_spread: Constant
    cost_spread: Constant
    discount_rate: Constant
    draws: Constant
    confidence: Constant


@value
class PilotRules:
    """Constants of pilots: how sure a design must be, and when its read-out is not to be trusted.

    `false_alarms` is the risk of calling an effect where there is none, `power` the chance of seeing the
    smallest one worth seeing. `tuned_for`: customers on both sides together at which a confidence sequence is
    to be tightest. `mixed_up_below`: chance of an uneven split below which the assignment did not work.
    """

    false_alarms: Constant
    power: Constant
    tuned_for: Constant
    mixed_up_below: Constant


@value
class StoryRules:
    """Constants of the story finder: what may be a theme, a label and a story; formulas in `stories`.

    `counter_nearness`: quantile of a theme's own nearness to its centre that a counter-story must reach.
    `score_within`: how far a story's score may lie from its theme's middle score.
    """

    themes_at_least: Constant
    themes_at_most: Constant
    theme_customers_at_least: Constant
    theme_words_at_least: Constant
    label_customers_at_least: Constant
    stories_per_theme: Constant
    words_at_least: Constant
    words_at_most: Constant
    score_within: Constant
    counter_nearness: Constant
    journey_at_most: Constant


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
    belief: BeliefRules
    choice: ChoiceRules
    evidence: EvidenceRules
    case: CaseRules
    pilot: PilotRules
    story: StoryRules

    def step(self, id: str) -> Step | None:
        """The step with this id, if the library has it."""
        return next((step for step in self.steps if step.id == id), None)

    def cell(self, level: int | Literal["drop"], lever: Lever) -> MatrixCell:
        """What this lever does at this level."""
        return next(cell for cell in self.matrix if cell.level == level and cell.lever == lever)

    def barrier_of(self, lever: Lever) -> BarrierEntry:
        """The barrier that this lever answers."""
        return next(entry for entry in self.barriers if entry.lever == lever)
