"""The constants of judgement, by the part of the work they steer; their values: `playbook/data/rules.toml`.

Every one says why it has its value and where it comes from.
"""

from typing import Literal

from fulcrum.core.value import value


@value
class Constant:
    """A number of judgement: its value, why it is so, and where it comes from."""

    value: float
    why: str
    source: str


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
    `follow_up_days`: so many days after the last day of a step whoever asked comes back.
    """

    barrier_pull: Constant
    case_fresh_days: Constant
    story_fresh_days: Constant
    weeks_between_asks: Constant
    peer_lowest_level: Constant
    peer_highest_level_moved: Constant
    effect_sd_share: Constant
    repeating_step_weeks: Constant
    follow_up_days: Constant


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
class WordRules:
    """Constants of own words: when a rate is told, and when an observation is proposed; `words`.

    `block_words`: length of the parts of a text over which it is seen how far mentions come in clusters.
    `prior_words`: how many words the informative prior of distinctive words is worth.
    `speaks_from`, `silent_below`: mentions of customers per 1,000 words that the whole interval must reach,
    or stay under, before an observation is proposed.
    """

    confidence: Constant
    words_at_least: Constant
    block_words: Constant
    documents_for_trend: Constant
    prior_words: Constant
    distinctive_mentions_at_least: Constant
    distinctive_at_most: Constant
    speaks_from: Constant
    silent_below: Constant


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
