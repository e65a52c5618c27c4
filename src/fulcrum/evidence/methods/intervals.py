"""Intervals that hold in small samples and at the ends of a scale.

Textbook intervals fail where CX data live: with 90 % promoters and 10 answers the usual NPS interval
covers 64 %. How often each interval here holds the truth is worked out in `docs/proof.md`.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy import stats

from fulcrum.core.quantities import Interval

Pull = Sequence[tuple[float, float]]  # (value, how many answers of that value are added)


def wilson(events: float, n: float, confidence: float, critical: float | None = None) -> Interval:
    """Interval of a share (Wilson 1927). `n` may be an effective number of cases and need not be whole."""
    z = normal_critical(confidence) if critical is None else critical
    share = events / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(low=max(0.0, centre - half), high=min(1.0, centre + half), confidence=confidence)


def share_interval(events: float, n: float, confidence: float, critical: float | None = None) -> Interval:
    """Wilson's interval of a share, no limit of which is nearer than the exact one-sided limit.

    With a handful of events Wilson's near limit lies too near: at half an expected event it covers 84 %. The
    one-sided limit of Clopper & Pearson 1934 (all of the doubt on the near side, for the far side cannot
    miss there) mends that as the Poisson limit of Brown, Cai & DasGupta 2001 does: 93 % or more at every
    share from 20 cases on, 95 to 98 % on average over shares. Elsewhere it is Wilson's.
    """
    plain = wilson(events, n, confidence, critical)
    rest, doubt = max(0.0, n - events), 1 - confidence
    low = 0.0 if events <= 0 else float(stats.beta.ppf(doubt, events, rest + 1))
    high = 1.0 if rest <= 0 else float(stats.beta.isf(doubt, events + 1, rest))
    return Interval(low=min(plain.low, low), high=max(plain.high, high), confidence=confidence)


def pulled_mean(
    mean: float, mean_square: float, n: float, pull: Pull, confidence: float, critical: float
) -> Interval:
    """Interval of the mean of a bounded score, after adding a few answers spread over its scale.

    With pull ((-1, 3/4), (0, 3/2), (1, 3/4)) this is the adjusted Wald interval of the NPS (Rocks 2016),
    and with half an answer at each end it mends the mean of scores that crowd at one end of their scale.
    The added answers move only the interval, never the value shown. `mean_square` is the mean of squares.
    """
    added = sum(weight for _, weight in pull)
    centre = (n * mean + sum(weight * at for at, weight in pull)) / (n + added)
    square = (n * mean_square + sum(weight * at * at for at, weight in pull)) / (n + added)
    half = critical * sqrt(max(0.0, square - centre * centre) / (n + added))
    lowest, highest = min(at for at, _ in pull), max(at for at, _ in pull)
    low, high = max(lowest, centre - half), min(highest, centre + half)
    return Interval(low=min(low, mean), high=max(high, mean), confidence=confidence)


def around(value: float, error: float, confidence: float, critical: float) -> Interval:
    """The value plus and minus so many standard errors."""
    half = critical * error
    return Interval(low=value - half, high=value + half, confidence=confidence)


def unskewed(value: float, error: float, skew: float, confidence: float, critical: float) -> Interval:
    """Interval of a skewed mean by Hall's transformation (Hall 1992, formula 1.6).

    `skew` is the skewness of the mean itself.
    """
    if abs(skew) < 1e-9:
        return around(value, error, confidence, critical)
    reach = [3 / skew * (np.cbrt(1 + skew * (t - skew / 6)) - 1) for t in (critical, -critical)]
    low, high = (float(value - error * t) for t in reach)
    return Interval(low=min(low, value), high=max(high, value), confidence=confidence)


def mean_amount_interval(
    value: float, error: float, variation: float, n: float, confidence: float, critical: float
) -> Interval:
    """Interval of a mean amount, such as spend, whatever of its usual shapes the amounts have.

    A sample hides its own skewness, for the largest amounts are rare; so it is taken from the variation:
    for the far limit as large as a lognormal's (3 v + v³), for the near one as small as a gamma's (2 v), each
    over sqrt(n) and through Hall's transformation. Beyond a skewness of 1 nothing is added: there a mean is
    refused (`groups.too_skewed`). Conservative: 94 to 98 % for normal, gamma, lognormal (sigma to 1.5) and
    Pareto amounts, a third or two thirds of them zero, from 20 cases on.
    """
    sign = 1.0 if value >= 0 else -1.0
    far, near = (sign * min(1.0, shape / sqrt(n)) for shape in (lognormal_shape(variation), 2 * variation))
    both = [unskewed(value, error, skew, confidence, critical) for skew in (far, near)]
    low = (both[1] if sign > 0 else both[0]).low
    high = (both[0] if sign > 0 else both[1]).high
    return Interval(low=low, high=high, confidence=confidence)


def lognormal_shape(variation: float) -> float:
    """The skewness of a lognormal amount with this standard deviation over its mean."""
    return 3 * variation + variation**3


def normal_critical(confidence: float) -> float:
    """How many standard errors an interval reaches when its error is known."""
    return float(stats.norm.ppf((1 + confidence) / 2))


def t_critical(confidence: float, freedom: float) -> float:
    """How many standard errors an interval reaches when its error is itself estimated."""
    return float(stats.t.ppf((1 + confidence) / 2, freedom))
