"""A mean over answers, and how many independent answers it is worth."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from fulcrum.core.quantities import Estimate, Grade, Interval, Unit
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.buckets import Grid, jackknife
from fulcrum.evidence.methods.intervals import (
    Pull,
    mean_amount_interval,
    pulled_mean,
    share_interval,
    t_critical,
)


@value
class Sample:
    """A mean over answers.

    mean, mean_square   weighted means of the values and of their squares
    n                   answers
    effective           n divided by the design effect, where answers repeat a customer or carry weights
    freedom             degrees of freedom of the error
    how                 in words
    """

    mean: float
    mean_square: float
    n: int
    effective: float
    freedom: float
    how: str

    def mean_in(self, pull: Pull, confidence: float) -> Interval:
        """The adjusted interval of the mean of a bounded score."""
        critical = t_critical(confidence, self.freedom)
        return pulled_mean(self.mean, self.mean_square, self.effective, pull, confidence, critical)

    def share_in(self, confidence: float) -> Interval:
        """Wilson's interval, exact at its ends, where the mean is a share."""
        share = min(1.0, max(0.0, self.mean))
        return share_interval(
            share * self.effective, self.effective, confidence, t_critical(confidence, self.freedom)
        )

    def money_in(self, confidence: float) -> Interval:
        """The interval of a mean amount, unskewed."""
        square = max(0.0, self.mean_square - self.mean**2)
        error = sqrt(square * self.n / max(1, self.n - 1) / self.effective)
        variation = sqrt(square) / abs(self.mean) if self.mean else 0.0
        critical = t_critical(confidence, self.freedom)
        return mean_amount_interval(self.mean, error, variation, self.effective, confidence, critical)

    def estimate(self, interval: Interval, unit: Unit, *, method: str, trace: str) -> Estimate:
        """The mean as a number that may be shown: an association as it stands, grade D."""
        return Estimate(
            value=self.mean,
            interval=interval,
            unit=unit,
            n=self.n,
            grade=Grade.RAW,
            method=f"{method}; {self.how}",
            trace=trace,
        )


def sample_of(values: Sequence[float], answers: Grid, *, once: bool) -> Sample:
    """The mean of one value per group of `answers`, such as each score, with its effective n."""
    at = np.asarray(values, dtype=np.float64)[:, np.newaxis]
    return _sample(answers, at * answers.w, at**2 * answers.w, once=once)


def sample_of_outcome(cases: Grid, *, once: bool = True) -> Sample:
    """The mean of the outcome over all cells of `cases`, with its effective n."""
    return _sample(cases, cases.wy, cases.wyy, once=once)


def _sample(cases: Grid, first: Floats, second: Floats, *, once: bool) -> Sample:
    """The mean of sums over weights, and the number of independent cases that it is worth.

    Design effect = jackknife variance over the variance of n independent cases, and never less than one
    nor than Kish's effect of the weights (n x sum of w² / (sum of w)²). It carries repeated customers and
    weights in one number (Rao & Scott 1992). `once`: no customer comes twice.
    """
    n, weight = int(cases.n.sum()), float(cases.w.sum())
    mean, square = float(first.sum()) / weight, float(second.sum()) / weight
    if once and not cases.is_weighted:
        how = "each customer once"
        return Sample(mean=mean, mean_square=square, n=n, effective=n, freedom=n - 1, how=how)
    doubt = jackknife(lambda left: left(first).sum(axis=0) / left(cases.w).sum(axis=0), cases)
    kish = n * float(cases.ww.sum()) / weight**2
    alone = max(0.0, square - mean**2) / n
    effective = n / max(1.0, kish, doubt.error**2 / alone if alone > 0 else 1.0)
    how = (
        f"worth {effective:.0f} independent cases, by jackknife over {doubt.freedom + 1} groups of customers"
    )
    return Sample(mean=mean, mean_square=square, n=n, effective=effective, freedom=doubt.freedom, how=how)
