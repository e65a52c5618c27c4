"""A statistic, and what it would be without each group of customers: its doubt, however it is made."""

from collections.abc import Callable
from math import exp, pi, sin

import numpy as np
from scipy import stats

from fulcrum.core.quantities import Interval
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.cross_products import Complete, Totals
from fulcrum.evidence.methods.intervals import t_critical


@value
class Replicated:
    """`whole` (...) is the statistic, `without` (G, ...) the same with each of G buckets left out.

    Error² = (G - 1)/G x sum of squared deviations from their mean, with G - 1 degrees of freedom
    (delete-a-group jackknife, Shao & Tu 1995, ch. 2). It respects that one customer may answer many times.
    """

    whole: Floats
    without: Floats

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the error."""
        return len(self.without) - 1

    @property
    def error(self) -> Floats:
        """Standard error, (...)."""
        apart = self.without - self.without.mean(axis=0)
        error: Floats = np.sqrt(self.freedom / len(self.without) * (apart**2).sum(axis=0))
        return error

    @property
    def covariance(self) -> Floats:
        """Covariance of a vector statistic, (p, p)."""
        apart = self.without - self.without.mean(axis=0)
        covariance: Floats = self.freedom / len(self.without) * (apart.T @ apart)
        return covariance

    def through(self, function: Callable[[Floats], Floats]) -> "Replicated":
        """The statistic after `function`, which must act on each replicate alone."""
        return Replicated(whole=function(self.whole), without=function(self.without))

    def at(self, place: int) -> "Replicated":
        """One entry of a vector statistic."""
        return Replicated(whole=self.whole[..., place], without=self.without[..., place])

    def times(self, other: "Replicated") -> "Replicated":
        """The product of two statistics of the same buckets."""
        return Replicated(whole=self.whole * other.whole, without=self.without * other.without)

    def interval(self, confidence: float) -> Interval:
        """The value plus and minus so many errors; for a single number."""
        value, half = float(self.whole), t_critical(confidence, self.freedom) * float(self.error)
        return Interval(low=value - half, high=value + half, confidence=confidence)

    def share_interval(self, confidence: float) -> Interval:
        """The interval of a number between 0 and 1: the wider end of two scales, lopsided near an end.

        On log-odds, whose upper end is honest near zero, and on the arcsine of the root, whose lower end is:
        a small share is a square, and its log-odds alone leave the truth below in up to 10 of 100 cases.
        """
        critical = t_critical(confidence, self.freedom)
        odds = self.through(lambda share: np.log(share) - np.log1p(-share))
        root = self.through(lambda share: np.arcsin(np.sqrt(share)))
        (low, high), (lower, higher) = (
            [float(scale.whole) + side * critical * float(scale.error) for side in (-1, 1)]
            for scale in (odds, root)
        )
        return Interval(
            low=min(_from_odds(low), sin(max(0.0, lower)) ** 2),
            high=max(_from_odds(high), sin(min(pi / 2, higher)) ** 2),
            confidence=confidence,
        )

    def is_signed(self, confidence: float) -> bool:
        """Whether the interval of a single number leaves zero out."""
        return abs(float(self.whole)) > t_critical(confidence, self.freedom) * float(self.error)

    def chance_of_nothing(self) -> float:
        """How likely a vector statistic as far from zero is, were it zero in truth.

        F = t' C⁻¹ t x (G - p) / (p (G - 1)) on p and G - p degrees of freedom (Hotelling 1931; Korn &
        Graubard 1990 for surveys). Needs more buckets than entries.
        """
        size, groups = len(self.whole), len(self.without)
        squared = float(self.whole @ np.linalg.solve(self.covariance, self.whole))
        ratio = squared * (groups - size) / (size * (groups - 1))
        return float(stats.f.sf(ratio, size, groups - size))


def replicate(complete: Complete, statistic: Callable[[Totals], Floats]) -> Replicated:
    """The statistic on all buckets, and with each filled bucket left out."""
    return Replicated(whole=statistic(complete.total), without=statistic(complete.without_each))


def _from_odds(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))
