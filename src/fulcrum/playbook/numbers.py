"""Numbers of the playbook that cannot be meant: out of range, not adding up, or against their own scale."""

from collections.abc import Iterator
from itertools import pairwise

from fulcrum.core.errors import Problem
from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.playbook.claims import constants
from fulcrum.playbook.whereabouts import Whereabouts

Range = tuple[float, float]

SHARE: Range = (0.0, 1.0)
WEEKS: Range = (1.0, 260.0)
DAYS: Range = (1.0, 1825.0)
LEVEL: Range = (0.0, 5.0)
CONFIDENCE: Range = (0.5, 0.999)
ALLOWED: dict[str, Range] = {
    "belief.emission_sd": (0.2, 3.0),
    "belief.weight_seen": SHARE,
    "belief.weight_told_by": SHARE,
    "belief.weight_document": SHARE,
    "belief.weight_ask_outcome": SHARE,
    "belief.weight_own_words": SHARE,
    "belief.words_flat_above": LEVEL,
    "belief.words_without_deeds": SHARE,
    "belief.repeat_window_weeks": WEEKS,
    "belief.half_life_weeks": WEEKS,
    "belief.downward_lean": SHARE,
    "belief.unknown_after_weeks": WEEKS,
    "belief.interval_confidence": CONFIDENCE,
    "belief.drop_levels": (0.1, 5.0),
    "belief.drop_window_days": DAYS,
    "belief.move_effect_weeks": WEEKS,
    "belief.barrier_half_life_weeks": WEEKS,
    "belief.ask_done_at_least": LEVEL,
    "belief.ask_declined": LEVEL,
    "belief.ask_lapsed": LEVEL,
    "belief.same_event_days": (0.0, 90.0),
    "choice.barrier_pull": SHARE,
    "choice.case_fresh_days": DAYS,
    "choice.story_fresh_days": DAYS,
    "choice.weeks_between_asks": (0.0, 52.0),
    "choice.peer_lowest_level": LEVEL,
    "choice.peer_highest_level_moved": LEVEL,
    "choice.effect_sd_share": (0.0, 3.0),
    "choice.repeating_step_weeks": WEEKS,
    "choice.follow_up_days": DAYS,
    "alignment.answers_at_least": (3.0, 50.0),
    "alignment.confidence": CONFIDENCE,
    "alignment.permutations": (99.0, 100_000.0),
    "alignment.same_round_days": (0.0, 365.0),
    "alignment.days_open": (1.0, 90.0),
    "alignment.remind_after_days": (1.0, 60.0),
    "alignment.proof_fresh_days": DAYS,
    "evidence.counts_only_below": (2.0, 1000.0),
    "evidence.nothing_below": (1.0, 1000.0),
    "evidence.stratum_side_at_least": (1.0, 1000.0),
    "evidence.leak_cell_above": (1.0, 10000.0),
    "evidence.dominant_account_share": SHARE,
    "evidence.overlap_at_least": SHARE,
    "evidence.buckets": (8.0, 1024.0),
    "evidence.smallest_cell_shown": (1.0, 1000.0),
    "evidence.confidence": CONFIDENCE,
    "evidence.early_share_at_most": SHARE,
    "evidence.early_share_times": (1.0, 100.0),
    "evidence.early_share_selects": SHARE,
    "case.moved_share_spread": SHARE,
    "case.cost_spread": SHARE,
    "case.discount_rate": (0.0, 0.5),
    "case.draws": (1000.0, 1_000_000.0),
    "case.confidence": CONFIDENCE,
    "pilot.false_alarms": (0.001, 0.5),
    "pilot.power": (0.5, 0.999),
    "pilot.tuned_for": (20.0, 100_000_000.0),
    "pilot.mixed_up_below": (0.000001, 0.1),
    "pilot.crossed_at_most": SHARE,
    "pilot.units_at_least": (2.0, 1000.0),
    "pilot.orders": (200.0, 100_000.0),
    "story.themes_at_least": (2.0, 50.0),
    "story.themes_at_most": (2.0, 50.0),
    "story.theme_customers_at_least": (5.0, 1000.0),
    "story.theme_words_at_least": (1.0, 20.0),
    "story.label_customers_at_least": (2.0, 1000.0),
    "story.stories_per_theme": (1.0, 20.0),
    "story.words_at_least": (1.0, 100.0),
    "story.words_at_most": (10.0, 1000.0),
    "story.score_within": (0.0, 100.0),
    "story.counter_nearness": SHARE,
    "story.journey_at_most": (1.0, 50.0),
    "story.private_up_to": LEVEL,
    "story.listening_minutes": (10.0, 240.0),
    "cadence.ask_due_days": DAYS,
    "cadence.ask_lapses_days": DAYS,
    "cadence.evidence_ages_days": DAYS,
    "cadence.look_after_days": DAYS,
    "cadence.look_until_days": DAYS,
    "cadence.mover_days": DAYS,
    "vision.statement_words_at_most": (8.0, 200.0),
    "vision.alike_from": (0.5, 1.0),
    "vision.quoted_at_most": (1.0, 20.0),
    "goal.points_at_least": (8.0, 120.0),
    "goal.months_ahead_per_month": (0.1, 3.0),
    "goal.held_at_least": SHARE,
    "goal.backtests_at_least": (1.0, 60.0),
    "goal.yearly_months": (1.0, 24.0),
    "goal.score_months": (1.0, 24.0),
    "goal.same_scale_within": (1.05, 10.0),
    "goal.confidence": CONFIDENCE,
    "words.confidence": CONFIDENCE,
    "words.words_at_least": (20.0, 10_000.0),
    "words.block_words": (30.0, 1000.0),
    "words.documents_for_trend": (3.0, 50.0),
    "words.prior_words": (1.0, 100_000.0),
    "words.distinctive_mentions_at_least": (2.0, 100.0),
    "words.distinctive_at_most": (1.0, 100.0),
    "words.speaks_from": (0.1, 100.0),
    "words.silent_below": (0.1, 100.0),
    "plan.weeks": (1.0, 26.0),
    "plan.hours_move": (0.0, 80.0),
    "plan.hours_ask": (0.0, 80.0),
    "plan.hours_ask_week": (0.0, 80.0),
    "plan.hours_thin": (0.0, 80.0),
    "plan.hours_look": (0.0, 80.0),
    "plan.move_minutes": (0.0, 480.0),
    "plan.weeks_between_moves": (0.0, 26.0),
    "plan.smallest_gain": (0.0, 5.0),
    "plan.second_share": SHARE,
    "plan.peer_push": SHARE,
    "plan.look_share": SHARE,
    "plan.hour_worth": SHARE,
    "plan.path_at_least": (0.01, 0.99),
    "plan.strength_doubt": (0.0, 5.0),
    "plan.strength_draws": (1.0, 10000.0),
    "learning.prior_moves": (0.5, 1000.0),
    "learning.judged_from_days": DAYS,
    "learning.judged_until_days": DAYS,
    "learning.rise_levels": (0.1, 5.0),
    "learning.rise_seen": SHARE,
    "learning.rise_mistaken": SHARE,
    "learning.mover_days_before": (0.0, 365.0),
    "learning.shift_sd": (0.0, 5.0),
}
WHOLE_DAY = 480
ROLES_BY_EFFECT = ("wrong now", "keep warm", "secondary", "primary")
OUT_OF_RANGE = "playbook.number"


def numbers_out_of_range(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    """All numbers that a reader would not believe."""
    yield from _constants(playbook, where)
    yield from _priors(playbook, where)
    yield from _causal_shares(playbook, where)
    yield from _effects(playbook, where)
    yield from _minutes_and_years(playbook, where)


def _constants(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    for name, constant in constants(playbook):
        low, high = ALLOWED[name]
        if not low <= constant.value <= high:
            yield where.rule(
                name,
                what=f"{constant.value:g} is out of range.",
                remedy=f"Allowed: {low:g} to {high:g}.",
                code=OUT_OF_RANGE,
            )
    evidence = playbook.evidence
    if evidence.nothing_below.value > evidence.counts_only_below.value:
        yield where.rule(
            "evidence.nothing_below",
            what="It is above evidence.counts_only_below.",
            remedy="Nothing is shown for the fewest answers, counts for some, intervals for enough.",
            code=OUT_OF_RANGE,
        )


def _priors(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    prior = playbook.belief.prior
    for key, shares in (("sponsor", prior.sponsor), ("new", prior.new), ("unknown", prior.unknown)):
        if abs(sum(shares) - 1) > 1e-9 or min(shares) < 0:
            yield where.rule(
                "belief.prior",
                what=f"The six probabilities of “{key}” add to {sum(shares):g}.",
                remedy="Make them add to 1, none of them negative.",
                code=OUT_OF_RANGE,
            )
    for entry in playbook.barriers:
        if min(entry.prior_by_level) <= 0:
            yield where.problem(
                "barriers",
                entry,
                "prior_by_level",
                what="A pseudo-count is not above 0: this barrier could never be believed at that level.",
                remedy="Write a small number, like 0.3.",
                code=OUT_OF_RANGE,
            )


def _causal_shares(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    grades = [prior.grade for prior in playbook.case.causal_share]
    if sorted(grades) != ["A", "B", "C", "D", "E"]:
        yield _causal(where, f"The grades are {', '.join(grades)}.", "Give each of A to E exactly once.")
    for prior in playbook.case.causal_share:
        if not 0 <= prior.low <= prior.mode <= prior.high <= 1 or prior.low == prior.high:
            what = f"Grade {prior.grade} runs from {prior.low:g} over {prior.mode:g} to {prior.high:g}."
            yield _causal(where, what, "Order them low, mode, high, between 0 and 1, low below high.")


def _causal(where: Whereabouts, what: str, remedy: str) -> Problem:
    return where.rule("case.causal_share", what=what, remedy=remedy, code=OUT_OF_RANGE)


def _effects(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    for cell in playbook.matrix:
        if not -1 <= cell.effect <= 1 or (cell.role == "wrong now" and cell.effect > 0):
            yield _effect(where, cell, f"An effect of {cell.effect:g} is not meant for “{cell.role}”.")
    for level in dict.fromkeys(cell.level for cell in playbook.matrix):
        row = sorted(
            (cell for cell in playbook.matrix if cell.level == level),
            key=lambda cell: (ROLES_BY_EFFECT.index(cell.role), cell.effect),
        )
        for lesser, greater in pairwise(row):
            if lesser.role != greater.role and lesser.effect >= greater.effect:
                yield _effect(
                    where, greater, f"“{greater.role}” does no more than “{lesser.role}” ({lesser.lever})."
                )


def _effect(where: Whereabouts, cell: MatrixCell, what: str) -> Problem:
    return where.problem(
        "matrix",
        cell,
        "effect",
        what=what,
        remedy="Keep to the scale at the top of matrix.toml: wrong now at most 0, primary the most.",
        code=OUT_OF_RANGE,
    )


def _minutes_and_years(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    for step in playbook.steps:
        if not 1 <= step.minutes <= 3 * WHOLE_DAY:
            what = f"{step.minutes} minutes is not a step."
            yield where.problem(
                "steps",
                step,
                "minutes",
                what=what,
                remedy=f"Allowed: 1 to {3 * WHOLE_DAY}, which is three days.",
                code=OUT_OF_RANGE,
            )
    for argument in playbook.arguments:
        if argument.year is not None and not 1900 <= argument.year <= 2100:
            yield where.problem(
                "arguments",
                argument,
                "year",
                what=f"{argument.year} is not a year of a study.",
                remedy="Write the year as four digits, or leave it out where it is not known.",
                code=OUT_OF_RANGE,
            )
