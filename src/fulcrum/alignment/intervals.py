"""Intervals for a handful of answers: shares, means of whole-number answers, and differences of either.

Every function gives (low, high) at `confidence`, the chance that the interval holds the truth over many such
draws of answers. Formulas and what was checked: `docs/method/alignment.md`.
"""

from collections.abc import Sequence
from math import sqrt

from scipy import stats

Ends = tuple[float, float]


def exact_share(events: int, n: int, confidence: float) -> Ends:
    """Interval of a share by inverting the binomial test (Clopper & Pearson 1934); it never covers less."""
    doubt = 1 - confidence
    low = 0.0 if events == 0 else float(stats.beta.ppf(doubt / 2, events, n - events + 1))
    high = 1.0 if events == n else float(stats.beta.isf(doubt / 2, events + 1, n - events))
    return low, high


def score_share(events: int, n: int, confidence: float) -> Ends:
    """Interval of a share by inverting the score test (Wilson 1927)."""
    z = _z(confidence)
    share = events / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def mean_of(values: Sequence[float], confidence: float, *, step: float = 0.0) -> Ends:
    """Student's interval of a mean. `step` is the grain of the scale: whole-number answers have step 1.

    An answer on a grain of `step` hides up to half of it, so step²/12 is added to the variance. Without
    that, five people who all say 8 would leave no doubt at all. Needs two values.
    """
    n = len(values)
    middle = sum(values) / n
    half = _t(confidence, n - 1) * sqrt(variance_of(values, step=step) / n)
    return middle - half, middle + half


def variance_of(values: Sequence[float], *, step: float = 0.0) -> float:
    """Sample variance, with the grain of the scale (step²/12) added."""
    middle = sum(values) / len(values)
    return sum((x - middle) ** 2 for x in values) / (len(values) - 1) + step * step / 12


def deviation_of(values: Sequence[float], confidence: float, *, step: float = 0.0) -> Ends:
    """Interval of the standard deviation of normal answers: sqrt((n - 1) s² / chi² of n - 1)."""
    freedom = len(values) - 1
    squares, doubt = freedom * variance_of(values, step=step), 1 - confidence
    low, high = (float(stats.chi2.isf(p, freedom)) for p in (doubt / 2, 1 - doubt / 2))
    return sqrt(squares / low), sqrt(squares / high)


def difference(one: float, one_ends: Ends, other: float, other_ends: Ends) -> Ends:
    """Interval of `one` - `other` from two independent intervals (Zou & Donner 2008, their formula 4).

    With Wilson's intervals this is Newcombe's for two shares (1998, method 10); with means, about Welch's.
    """
    middle = one - other
    low = middle - sqrt((one - one_ends[0]) ** 2 + (other_ends[1] - other) ** 2)
    return low, middle + sqrt((one_ends[1] - one) ** 2 + (other - other_ends[0]) ** 2)


def share_change_paired(gained: int, lost: int, n: int, confidence: float) -> Ends:
    """Interval of the change of a share among the same `n` people (Bonett & Price 2012, adjusted Wald).

    `gained` said no and then yes, `lost` the other way round. One imagined person is added to each.
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = _z(confidence) * sqrt((up + down - (up - down) ** 2) / (n + 2))
    return max(-1.0, up - down - half), min(1.0, up - down + half)


def mean_change(
    before: Sequence[float], after: Sequence[float], confidence: float, *, step: float = 0.0
) -> Ends:
    """Interval of the difference of two independent means (Welch 1947), as in R's `t.test`."""
    parts = [variance_of(values, step=step) / len(values) for values in (before, after)]
    if sum(parts) == 0:
        middle = sum(after) / len(after) - sum(before) / len(before)
        return middle, middle
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(values) - 1) for part, values in zip(parts, (before, after), strict=True)
    )
    middle = sum(after) / len(after) - sum(before) / len(before)
    half = _t(confidence, freedom) * sqrt(sum(parts))
    return middle - half, middle + half


def jackknife(whole: float, without_one: Sequence[float], confidence: float) -> Ends:
    """Student's interval of a figure from what it is when each person in turn is left out (Tukey 1958)."""
    n = len(without_one)
    pseudo = [n * whole - (n - 1) * part for part in without_one]
    return mean_of(pseudo, confidence)


def _z(confidence: float) -> float:
    return float(stats.norm.ppf((1 + confidence) / 2))


def _t(confidence: float, freedom: float) -> float:
    return float(stats.t.ppf((1 + confidence) / 2, freedom))
