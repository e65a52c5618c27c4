"""Two sides of a pilot as sums, and how far their means lie apart: absolutely, or as a share of one."""

from math import sqrt

from fulcrum.core.quantities import Interval
from fulcrum.core.value import value
from fulcrum.evidence.methods.intervals import around, t_critical


@value
class Moments:
    """The outcome of one side: customers, sum of the outcome, sum of its squares."""

    n: float
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Mean outcome per customer."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Variance of the outcome between customers, with n − 1."""
        return max(0.0, self.squares - self.total**2 / self.n) / (self.n - 1)


@value
class Contrast:
    """How far two sides lie apart, with its standard error, degrees of freedom, and customers on both."""

    value: float
    error: float
    freedom: float
    n: float

    def interval(self, confidence: float) -> Interval:
        """The interval of a pilot that is read once, at its end; `sequential` has that of one read often."""
        return around(self.value, self.error, confidence, t_critical(confidence, self.freedom))


def difference(treated: Moments, others: Moments) -> Contrast:
    """Mean of the treated less mean of the others.

    error² = s1²/n1 + s0²/n0, with the degrees of freedom of Welch 1947. Assumes that each customer is in one
    side and counted once; clusters and repeated customers need an error from their own groups.
    """
    parts = treated.variance / treated.n, others.variance / others.n
    return Contrast(
        value=treated.mean - others.mean,
        error=sqrt(sum(parts)),
        freedom=welch_freedom(parts, (treated.n, others.n)),
        n=treated.n + others.n,
    )


def uplift(treated: Moments, others: Moments) -> Contrast:
    """The same as a share of the others' mean, which must not be zero.

    error² = s1² / (m0² n1) + s0² m1² / (m0⁴ n0), to first order (delta method).
    """
    base = others.mean
    parts = (
        treated.variance / (base**2 * treated.n),
        others.variance * treated.mean**2 / (base**4 * others.n),
    )
    return Contrast(
        value=(treated.mean - base) / base,
        error=sqrt(sum(parts)),
        freedom=welch_freedom(parts, (treated.n, others.n)),
        n=treated.n + others.n,
    )


def welch_freedom(parts: tuple[float, float], sizes: tuple[float, float]) -> float:
    """Degrees of freedom of a sum of two variances (Welch 1947); those of both sides where it is zero."""
    below = sum(part**2 / (n - 1) for part, n in zip(parts, sizes, strict=True))
    return sum(parts) ** 2 / below if below > 0 else sum(sizes) - 2
