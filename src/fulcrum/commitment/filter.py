"""The forward filter, run at once over many subsets of the same observations.

Leave-one-out and the profile per behaviour ask the same question of other subsets; one pass over the weeks
answers all of them.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fulcrum.commitment.drift import week_of_drift, weekly_effect
from fulcrum.commitment.emission import (
    LEVELS,
    is_words,
    log_likelihoods,
    repeat_weights,
    words_without_deeds,
)
from fulcrum.core.company import Move
from fulcrum.core.people import Observation
from fulcrum.core.playbook import MatrixCell
from fulcrum.core.rules import BeliefRules
from fulcrum.core.value import value

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@value
class Timeline:
    """What happened to one executive up to one day, laid on a grid of calendar weeks (Monday to Sunday)."""

    observations: tuple[Observation, ...]
    moves: tuple[Move, ...]
    first_week: int
    last_week: int

    @property
    def weeks(self) -> int:
        """How many weeks the grid has."""
        return self.last_week - self.first_week + 1

    def column(self, day: date) -> int:
        """The grid's column in which this day lies."""
        return week_of(day) - self.first_week


def timeline_of(observations: Sequence[Observation], moves: Sequence[Move], as_of: date) -> Timeline:
    """The grid from the first thing that happened to `as_of`; whatever is dated later is left out."""
    seen = tuple(sorted((each for each in observations if each.date <= as_of), key=_in_time))
    made = tuple(
        sorted((each for each in moves if each.date <= as_of), key=lambda move: (move.date, move.id))
    )
    days = [each.date for each in seen] + [each.date for each in made] + [as_of]
    return Timeline(observations=seen, moves=made, first_week=week_of(min(days)), last_week=week_of(as_of))


def week_of(day: date) -> int:
    """The number of the calendar week in which a day lies."""
    return (day.toordinal() - 1) // 7


def end_of(week: int) -> date:
    """The Sunday that ends a calendar week."""
    return date.fromordinal(7 * week + 7)


def filtered(
    timeline: Timeline,
    prior: Floats,
    masks: Flags,
    talk_counts: Flags,
    *,
    rules: BeliefRules,
    matrix: tuple[MatrixCell, ...],
) -> Floats:
    """P(level | what was seen up to the end of each week), for each subset: subsets x weeks x 6.

    b_t(l) is proportional to L_t(l) sum_k b_{t-1}(k) T_t(k, l), with b before the first week of evidence or
    move equal to the prior, T_t the drift with the moves at work and L_t the product of the week's
    likelihoods. `masks` (subsets x observations) names the subsets; `talk_counts` says in which of them words
    without deeds count. Source: the forward recursion of a hidden Markov model, L. R. Rabiner, Proceedings
    of the IEEE 77 (1989).
    """
    evidence = _log_evidence(timeline, masks, talk_counts, rules)
    tables = _tables(timeline, rules, matrix)
    starts = _starts(timeline, masks)
    belief = np.broadcast_to(prior, (len(masks), LEVELS))
    beliefs = np.empty((len(masks), timeline.weeks, LEVELS))
    for week in range(timeline.weeks):
        drifted = belief @ tables[week]
        ahead = np.where((week > starts)[:, None], drifted, prior)
        told = np.exp(evidence[:, week] - evidence[:, week].max(axis=1, keepdims=True)) * ahead
        belief = told / told.sum(axis=1, keepdims=True)
        beliefs[:, week] = belief
    return beliefs


def _in_time(each: Observation) -> tuple[object, ...]:
    return (each.date, each.behaviour, each.source, each.anchor, each.observer, each.note)


def _log_evidence(timeline: Timeline, masks: Flags, talk_counts: Flags, rules: BeliefRules) -> Floats:
    log_evidence = np.zeros((len(masks), timeline.weeks, LEVELS))
    if not timeline.observations:
        return log_evidence
    window_days = round(7 * rules.repeat_window_weeks.value)
    weights = repeat_weights(timeline.observations, masks, window_days)
    for index, (each, says) in enumerate(
        zip(timeline.observations, log_likelihoods(timeline.observations, rules), strict=True)
    ):
        log_evidence[:, timeline.column(each.date)] += weights[:, index, None] * says
    idle = _idle_talk(timeline, masks, round(rules.repeat_window_weeks.value)) & talk_counts[:, None]
    return log_evidence + idle[:, :, None] * words_without_deeds(rules)


def _idle_talk(timeline: Timeline, masks: Flags, quarter: int) -> Flags:
    """In which weeks words count as words without deeds (subsets x weeks).

    Those are weeks with words, with no deed in the quarter that they end; at most one such week a quarter.
    """
    words, deeds = _weeks_with(timeline, masks, words=True), _weeks_with(timeline, masks, words=False)
    idle = np.zeros((len(masks), timeline.weeks), dtype=bool)
    if not words.any():
        return idle
    last_deed, last_idle = np.full(len(masks), -quarter), np.full(len(masks), -quarter)
    for week in range(timeline.weeks):
        last_deed[deeds[:, week]] = week
        idle[:, week] = words[:, week] & (week - last_deed >= quarter) & (week - last_idle >= quarter)
        last_idle[idle[:, week]] = week
    return idle


def _weeks_with(timeline: Timeline, masks: Flags, *, words: bool) -> Flags:
    happened = np.zeros((len(masks), timeline.weeks), dtype=bool)
    for index, each in enumerate(timeline.observations):
        if is_words(each) is words:
            happened[:, timeline.column(each.date)] |= masks[:, index]
    return happened


def _starts(timeline: Timeline, masks: Flags) -> NDArray[np.int_]:
    """The column of the first evidence or move of each subset; the last column where there is none."""
    never = timeline.weeks - 1
    columns = np.array([timeline.column(each.date) for each in timeline.observations], dtype=np.int_)
    first_seen = np.where(masks, columns, never).min(axis=1, initial=never)
    first_move = min((timeline.column(move.date) for move in timeline.moves), default=never)
    starts: NDArray[np.int_] = np.minimum(first_seen, first_move)
    return starts


def _tables(timeline: Timeline, rules: BeliefRules, matrix: tuple[MatrixCell, ...]) -> list[Floats]:
    """The drift into each week; a move works in the `move_effect_weeks` weeks after its own."""
    lasts = round(rules.move_effect_weeks.value)
    made = [(timeline.column(move.date), move.lever) for move in timeline.moves]
    at_work = [
        frozenset(lever for at, lever in made if at < week <= at + lasts) for week in range(timeline.weeks)
    ]
    known = {levers: week_of_drift(rules, weekly_effect(levers, matrix, rules)) for levers in set(at_work)}
    return [known[levers] for levers in at_work]
