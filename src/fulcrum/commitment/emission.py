"""How strongly a dated observation speaks for each level, and how much it weighs beside the others.

Talk is cheap, in three devices, each needed: words say nothing that tells levels above 2 apart; repeated
evidence on one behaviour within a quarter weighs 1, 1/2, 1/3, …; and a quarter of words without a single
deed counts as half an observation of anchor 2 for modelling the behaviour.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.people import Behaviour, Observation, Source
from fulcrum.core.rules import BeliefRules

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEVELS = 6
WORDS_WITHOUT_DEEDS_BEHAVIOUR = Behaviour.MODEL
WORDS_WITHOUT_DEEDS_ANCHOR = 2


def bell(sd: float) -> Floats:
    """P(anchor seen | level) as a 6 x 6 table, levels down and anchors across; each row adds to 1.

    P(a | l) is proportional to exp(-(a - l)^2 / (2 sd^2)) over the anchors 0 to 5. Assumption: one width for
    all levels and behaviours. The table has a monotone likelihood ratio: a higher anchor never speaks for a
    lower level.
    """
    level = np.arange(LEVELS)
    height = np.exp(-((level[None, :] - level[:, None]) ** 2) / (2 * sd**2))
    table: Floats = height / height.sum(axis=1, keepdims=True)
    return table


def words_table(table: Floats, flat_above: int) -> Floats:
    """The same table for an executive's own words: above level `flat_above` every level says the same."""
    return table[np.minimum(np.arange(LEVELS), flat_above)]


def log_likelihoods(observations: Sequence[Observation], rules: BeliefRules) -> Floats:
    """Log-likelihood of each observation at each level (n x 6), tempered by the weight of its source.

    L(l) = w_source * log P(anchor | l): an act seen counts in full, a report less, own words least.
    """
    deeds = np.log(bell(rules.emission_sd.value))
    words = np.log(words_table(bell(rules.emission_sd.value), round(rules.words_flat_above.value)))
    rows = [
        source_weight(each.source, rules) * (words if is_words(each) else deeds)[:, each.anchor]
        for each in observations
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), LEVELS)


def words_without_deeds(rules: BeliefRules) -> Floats:
    """Log-likelihood at each level of one quarter of words without a deed."""
    anchor = np.log(bell(rules.emission_sd.value))[:, WORDS_WITHOUT_DEEDS_ANCHOR]
    tempered: Floats = rules.words_without_deeds.value * anchor
    return tempered


def source_weight(source: Source, rules: BeliefRules) -> float:
    """How much an observation from this source weighs against an act that was seen."""
    return {
        Source.SEEN: rules.weight_seen,
        Source.TOLD_BY: rules.weight_told_by,
        Source.DOCUMENT: rules.weight_document,
        Source.ASK_OUTCOME: rules.weight_ask_outcome,
        Source.OWN_WORDS: rules.weight_own_words,
    }[source].value


def is_words(observation: Observation) -> bool:
    """Whether the observation holds the executive's own words and not a deed."""
    return observation.source is Source.OWN_WORDS


def repeat_weights(observations: Sequence[Observation], masks: Flags, window_days: int) -> Floats:
    """Weight of each observation (columns) in each subset of them (rows of `masks`); 0 outside the subset.

    The k-th piece of evidence on one behaviour within `window_days` weighs 1/k, for notes on one behaviour
    are not independent. Those of one day share their weights evenly, so that their order does not matter.
    Words never make a deed weigh less: a deed counts only the deeds before it, words count both.
    """
    n = len(observations)
    day = np.array([each.date.toordinal() for each in observations])
    behaviour = np.array([list(Behaviour).index(each.behaviour) for each in observations])
    words = np.array([is_words(each) for each in observations], dtype=bool)
    gap = day[None, :] - day[:, None]  # row: the earlier, column: the later
    counts = (behaviour[:, None] == behaviour[None, :]) & (~words[:, None] | words[None, :])
    before = masks.astype(float) @ (counts & (gap > 0) & (gap < window_days))
    same_day = masks.astype(float) @ (counts & (gap == 0)) + ~masks
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, 2 * n + 2))])
    first = before.astype(int)
    together = same_day.astype(int)
    weights: Floats = masks * (harmonic[first + together] - harmonic[first]) / together
    return weights
