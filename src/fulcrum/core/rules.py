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
    `crossed_at_most`: share of customers found on both sides that is set apart; more, and nothing is read.
    `units_at_least`: units on either side below which no effect of whole units is read. `orders`: how many
    orders of a stepped pilot are drawn for its interval.
    """

    false_alarms: Constant
    power: Constant
    tuned_for: Constant
    mixed_up_below: Constant
    crossed_at_most: Constant
    units_at_least: Constant
    orders: Constant


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
class VisionRules:
    """Constants of the reading of a vision; formulas in `commitment.vagueness`.

    `statement_words_at_most`: what can be retold in one breath. `alike_from`: the share of words that two
    texts have in common from which they say the same. `quoted_at_most`: findings of one kind at one place.
    """

    statement_words_at_most: Constant
    alike_from: Constant
    quoted_at_most: Constant


@value
class GoalRules:
    """Constants of the way to a goal; formulas in `evidence.methods.reach`.

    `points_at_least`: months in a series before it is run forward. `months_ahead_per_month`: how far, for
    each month that was measured. `held_at_least`: share of the backtest's intervals that must have held, of
    `backtests_at_least` or more. `yearly_months`, `score_months`: over how many months up to the due date a
    goal is judged.
    `same_scale_within`: ratio up to which the stated baseline and what is measured count the same thing.
    """

    points_at_least: Constant
    months_ahead_per_month: Constant
    held_at_least: Constant
    backtests_at_least: Constant
    yearly_months: Constant
    score_months: Constant
    same_scale_within: Constant
    confidence: Constant


@value
class StoryRules:
    """Constants of the story finder: what may be a theme, a label and a story; formulas in `stories`.

    `counter_nearness`: quantile of a theme's own nearness to its centre that a counter-story must reach.
    `score_within`: how far a story's score may lie from its theme's middle score.
    `private_up_to`: the believed level up to which stories are offered in private and freely.
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
    private_up_to: Constant
    listening_minutes: Constant


@value
class CadenceRules:
    """Constants of the cadence: when something is due, slips, or has gone by; formulas in `commitment.due`.

    `look_after_days`, `look_until_days`: from when until when after a move it is asked what was seen.
    `mover_days`: how long a successor or a new strategy calls for a renewed pitch or re-linked goals.
    """

    ask_due_days: Constant
    ask_lapses_days: Constant
    evidence_ages_days: Constant
    look_after_days: Constant
    look_until_days: Constant
    mover_days: Constant


@value
class PlanRules:
    """Constants of the plan and the coalition; formulas in `commitment.plan` and `commitment.coalition`.

    Hours are the CX team's: `hours_move` for a move without an ask, `hours_ask` for the week in which an ask
    is put and `hours_ask_week` for each further week in which it is open, `hours_thin` for material that is
    thin, `hours_look` for going to see. `move_minutes` are the executive's. `weeks_between_moves` lie between
    any two things put to one executive; nothing below `smallest_gain` is. `second_share`: what a further
    lever counts beside the best one. `peer_push`: a move after a peer's step counts 1 + push x strength, one
    without it 1 - push x strength.
    `look_share`: what looking first is worth, as a share of the best lever. `hour_worth`: levels that an hour
    must bring. `path_at_least`: strength from which one is carried by another. `strength_doubt`: standard
    deviation of a strength on the logit scale; `strength_draws`: how often it is drawn.
    """

    weeks: Constant
    hours_move: Constant
    hours_ask: Constant
    hours_ask_week: Constant
    hours_thin: Constant
    hours_look: Constant
    move_minutes: Constant
    weeks_between_moves: Constant
    smallest_gain: Constant
    second_share: Constant
    peer_push: Constant
    look_share: Constant
    hour_worth: Constant
    path_at_least: Constant
    strength_doubt: Constant
    strength_draws: Constant


@value
class LearningRules:
    """Constants of learning from moves; formulas in `commitment.learning` and `commitment.outcomes`.

    `prior_moves`: how many moves the playbook is worth. `judged_from_days` to `judged_until_days`: when after
    a move the level is compared. `rise_levels`: what counts as a rise. `rise_seen`: chance that a rise by one
    level shows so, `rise_mistaken` that no rise does. `mover_days_before`: how long before a
    move an outside mover still overlaps it. `shift_sd`: standard deviation, on the logit scale, of how
    differently a company, and a lever in it, may answer from what the playbook says.
    """

    prior_moves: Constant
    judged_from_days: Constant
    judged_until_days: Constant
    rise_levels: Constant
    rise_seen: Constant
    rise_mistaken: Constant
    mover_days_before: Constant
    shift_sd: Constant


@value
class AlignmentRules:
    """Constants of the pulse and of the way of working; formulas in `alignment`.

    `answers_at_least`: fewer answers to a question are shown to nobody. `permutations`: arrangements drawn
    for the chance of an agreement. `same_round_days`: answers without a named round that lie so close to the
    first belong together. `days_open`, `remind_after_days`: how long a round runs, when a reminder is due.
    `proof_fresh_days`: age beyond which a mechanism's proof is stale.
    """

    answers_at_least: Constant
    confidence: Constant
    permutations: Constant
    same_round_days: Constant
    days_open: Constant
    remind_after_days: Constant
    proof_fresh_days: Constant
