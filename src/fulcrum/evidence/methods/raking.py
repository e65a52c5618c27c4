"""Weights that give answers the make-up of the customer base, what they cost, and what they cannot do."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fulcrum.core.findings import Caveat
from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.cells import Cells, Floats, Key
from fulcrum.evidence.methods.intervals import pulled_mean, t_critical
from fulcrum.evidence.methods.margins import CONVERGED, Frame, Margin, listed, unfitting, unusable
from fulcrum.evidence.methods.refusals import too_few, too_few_customers
from fulcrum.evidence.methods.replicated import Replicated
from fulcrum.evidence.methods.score import pull_of


@value
class Raked:
    """Answers after weighting: the same cells with other weights, and what the weights cost.

    weights  one entry per cell of the margins' fields: its key, and the weight of one answer in it
    """

    cells: Cells
    fields: tuple[str, ...]
    weights: tuple[tuple[tuple[Key, ...], float], ...]
    rounds: int

    @property
    def design_effect(self) -> float:
        """By how much unequal weights raise the variance: n x sum of w² / (sum of w)² (Kish 1965)."""
        return float(self.cells.n.sum() * self.cells.ww.sum() / self.cells.w.sum() ** 2)

    @property
    def effective(self) -> float:
        """Unweighted answers that would be as precise: n / design effect."""
        return float(self.cells.n.sum()) / self.design_effect

    @property
    def mean(self) -> float:
        """The weighted mean of the outcome."""
        return float(self.cells.wy.sum() / self.cells.w.sum())


def rake(cells: Cells, margins: Sequence[Margin], *, tolerance: float = CONVERGED) -> Raked | Unknown:
    """The cells weighted so that every margin has its known total (Deming & Stephan 1940).

    `cells` by the margins' fields (and anything else); their weights are the starting weights. Each margin in
    turn is scaled to its totals until the largest relative distance is within `tolerance`. Of all weights
    with these margins they are nearest to the starting ones in relative entropy. Refused, by name, where a
    margin has customers but no answers, where answers have a value that the margin does not know, where the
    margins are of different bases, or where no weights fit all of them.
    """
    because = unusable(cells, margins)
    if because is not None:
        return because
    frame = Frame.of(cells, margins)
    factors, rounds, distance = frame.fitted(frame.start, tolerance)
    if distance > tolerance:
        return unfitting(rounds)
    by_key = dict(zip(frame.keys, factors, strict=True))
    places = [cells.by.index(margin.field) for margin in margins]
    scale = np.array([by_key[tuple(key[place] for place in places)] for key in cells.keys])
    each = frame.start * factors / frame.answers
    return Raked(
        cells=_scaled(cells, scale),
        fields=tuple(margin.field for margin in margins),
        weights=tuple((key, float(weight)) for key, weight in zip(frame.keys, each, strict=True)),
        rounds=rounds,
    )


def raked_mean(
    cells: Cells, margins: Sequence[Margin], unit: Unit, rules: EvidenceRules, *, trace: str
) -> Result:
    """The mean of the outcome in the whole base, if those who are silent are like those who answer.

    `cells` by the margins' fields and bucket. Error by delete-a-group jackknife, raked anew with each bucket
    left out, so that it holds the gain and the cost of the weights, and customers who answer twice. Interval
    as that of a score without weights, with as many answers added as `score.pull_of` says, n being the
    variance of the answers over that error²: where scores crowd at one end the plain one held the truth in
    91 of 100 cases of 60 answers.
    """
    n = int(cells.n.sum())
    filled = len(cells.values("bucket"))
    if because := too_few(n, rules) or too_few_customers(filled, n):
        return because[1]
    raked, doubt = rake(cells, margins), doubt_of(cells, margins)
    if isinstance(raked, Unknown):
        return raked
    if isinstance(doubt, Unknown):
        return doubt
    return Estimate(
        value=raked.mean,
        interval=_interval(raked, doubt, unit, rules.confidence.value),
        unit=unit,
        n=n,
        grade=Grade.RAW,
        method=f"mean, raked to {listed(raked.fields)}; worth {raked.effective:.0f} unweighted answers; "
        f"jackknife over {filled} groups of customers",
        trace=trace,
    )


def doubt_of(cells: Cells, margins: Sequence[Margin]) -> Replicated | Unknown:
    """The raked mean with what it would be without each bucket, raked anew; or why there is none."""
    raked = rake(cells, margins)
    if isinstance(raked, Unknown):
        return raked
    without = _means_without_each(cells, margins)
    if isinstance(without, Unknown):
        return without
    return Replicated(whole=np.array(raked.mean), without=without)


def what_weights_cannot_mend(fields: Sequence[str], response: float | None) -> Caveat:
    """The sentence that belongs beside every weighted number; `response` is the share who answered."""
    answered = "How many answered is not known" if response is None else _answered(response)
    return Caveat(
        text=f"Weighted to the customer base by {listed(fields)}: that mends that some groups answer less "
        "than others. It cannot mend that people within a group answer because of how they feel. "
        f"{answered}; what the others feel is not in these data."
    )


def _interval(raked: Raked, doubt: Replicated, unit: Unit, confidence: float) -> Interval:
    pull, square = pull_of(unit), float(raked.cells.wyy.sum() / raked.cells.w.sum())
    error, variance = float(doubt.error), square - raked.mean**2
    if not (pull and error > 0 and variance > 0):
        return doubt.interval(confidence)
    critical = t_critical(confidence, doubt.freedom)
    return pulled_mean(raked.mean, square, variance / error**2, pull, confidence, critical)


def _answered(response: float) -> str:
    is_all = whole_percent(response) == whole_percent(1)
    return "Nearly all answered" if is_all else f"{whole_percent(response)} answered"


def _means_without_each(cells: Cells, margins: Sequence[Margin]) -> Floats | Unknown:
    """The raked mean with each bucket left out, (G,), or which value only one bucket answers for."""
    frame = Frame.of(cells, margins)
    fields = [margin.field for margin in margins]
    keyed = cells.by_only(*fields, "bucket")
    row = {key: at for at, key in enumerate(frame.keys)}
    bucket = {name: at for at, name in enumerate(keyed.values("bucket"))}
    at = ([bucket[key[-1]] for key in keyed.keys], [row[key[:-1]] for key in keyed.keys])
    weights, outcomes = (np.zeros((len(bucket), len(row))) for _ in range(2))
    weights[at], outcomes[at] = keyed.w, keyed.wy
    left, sums = weights.sum(0) - weights, outcomes.sum(0) - outcomes
    left[np.abs(left) < 1e-9 * weights.sum(0)] = 0.0
    for margin, place in zip(margins, frame.places, strict=True):
        for number, (name, count) in enumerate(margin.totals):
            if count > 0 and (left[:, place == number].sum(-1) <= 0).any():
                return Unknown(
                    reason=f"“{name}” of {margin.field} is answered for by one group of customers alone.",
                    needs=f"Answers from more customers with {margin.field} “{name}”, or a coarser field.",
                )
    factors, rounds, distance = frame.fitted(left, CONVERGED)
    if distance > CONVERGED:
        return unfitting(rounds)
    means: Floats = (sums * factors).sum(-1) / (left * factors).sum(-1)
    return means


def _scaled(cells: Cells, factors: Floats) -> Cells:
    return replace(
        cells,
        w=cells.w * factors,
        ww=cells.ww * factors**2,
        wy=cells.wy * factors,
        wyy=cells.wyy * factors,
    )
