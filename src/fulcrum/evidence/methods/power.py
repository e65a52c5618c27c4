"""How many customers a pilot needs, what it can see, and how surely, before it starts.

Two sides of n customers each, two-sided at the stated false alarms. Sides of unequal size count as `even`.
Solved by bisection to the last digits; `customers_*` are not rounded: a plan rounds up.
"""

from collections.abc import Callable
from math import inf, sqrt

from scipy import optimize, stats

from fulcrum.core.value import value

MOST = 1e12  # customers on one side beyond which nothing is sought
TIGHT = 1e-12


@value
class Promise:
    """What a design promises: the risk of a false alarm, and the chance of seeing the effect."""

    false_alarms: float
    power: float

    def __post_init__(self) -> None:
        if not 0 < self.false_alarms < self.power < 1:
            raise ValueError("false alarms lie above 0, power above them and below 1")


# ─── two means ───────────────────────────────────────────────────────────────────────────────────────


def power_of_means(n: float, effect: float, deviation: float, false_alarms: float) -> float:
    """The chance to see a difference of two means of n customers each.

    1 − T(t_crit; 2 (n − 1), δ), T the noncentral t with δ = sqrt(n / 2) × effect / deviation: exact for
    normal outcomes of equal deviation. As `power.t.test` of R without `strict`: the chance to see the effect
    on its wrong side is not counted.
    """
    return _power_of_t(2 * max(1e-7, n - 1), sqrt(n / 2) * abs(effect) / deviation, false_alarms)


def customers_for_means(effect: float, deviation: float, promise: Promise) -> float:
    """Customers on each side for which a difference of two means is seen with the promised power."""
    alarms = promise.false_alarms
    return _least(lambda n: power_of_means(n, effect, deviation, alarms), 2.0, promise.power)


def detectable_means(n: float, deviation: float, promise: Promise) -> float:
    """The least difference of two means that n customers on each side show with the promised power."""
    alarms = promise.false_alarms
    return deviation * _least(lambda effect: power_of_means(n, effect, 1.0, alarms), 0.0, promise.power)


# ─── two shares ──────────────────────────────────────────────────────────────────────────────────────


def power_of_shares(n: float, one: float, other: float, false_alarms: float) -> float:
    """The chance to see a difference of two shares of n customers each.

    Φ((sqrt(n) |p1 − p2| − z sqrt((p1 + p2)(1 − (p1 + p2)/2))) / sqrt(p1 (1 − p1) + p2 (1 − p2))): the normal
    approximation with the pooled variance under no effect and each share's own under the effect, without
    correction for continuity (J. Fleiss, Statistical Methods for Rates and Proportions, 1981). As
    `power.prop.test` of R without `strict`.
    """
    within = one * (1 - one) + other * (1 - other)
    if within == 0:
        return 1.0 if one != other else 0.0
    z = float(stats.norm.isf(false_alarms / 2))
    pooled = sqrt((one + other) * (1 - (one + other) / 2))
    return float(stats.norm.cdf((sqrt(n) * abs(one - other) - z * pooled) / sqrt(within)))


def customers_for_shares(one: float, other: float, promise: Promise) -> float:
    """Customers on each side for which a difference of two shares is seen with the promised power."""
    if one == other:
        return inf
    alarms = promise.false_alarms
    return _least(lambda n: power_of_shares(n, one, other, alarms), 1.0, promise.power)


def detectable_share(n: float, base: float, promise: Promise, *, upwards: bool = True) -> float | None:
    """The share nearest to `base`, above or below it, that n customers on each side tell from it.

    None where not even everybody, or nobody, would be told from it with the promised power.
    """

    def seen(other: float) -> float:
        return power_of_shares(n, base, other, promise.false_alarms) - promise.power

    end = 1.0 if upwards else 0.0
    if base == end or seen(end) < 0:
        return None
    return float(optimize.brentq(seen, base, end, xtol=TIGHT))


# ─── sides of unequal size, clusters ─────────────────────────────────────────────────────────────────


def even(one: float, other: float) -> float:
    """The size of two equal sides that tell as much as these two: 2 / (1/n1 + 1/n2)."""
    return 2 / (1 / one + 1 / other)


def design_effect(size: float, alike: float, variation: float = 0.0) -> float:
    """By how much assigning whole clusters (branches, teams) raises the variance, and the customers needed.

    1 + ((cv² + 1) m − 1) ICC, with m the mean size of a cluster, cv the standard deviation of sizes over
    their mean, and ICC how alike customers of one cluster are (S. Eldridge, D. Ashby and S. Kerry,
    International Journal of Epidemiology 35, 2006; L. Kish 1965 for equal sizes). Never below one.
    """
    return max(1.0, 1 + ((variation**2 + 1) * size - 1) * alike)


def power_of_clusters(
    clusters: float,
    size: float,
    effect: float,
    deviation: float,
    alike: float,
    false_alarms: float,
    variation: float = 0.0,
) -> float:
    """The chance to see a difference of two means where each side holds so many whole clusters.

    As for two means, with clusters × size / design effect customers on each side, and the t of
    2 (clusters − 1) degrees of freedom, for it is clusters that were assigned (A. Donner and N. Klar 2000,
    ch. 5). For shares the deviation is sqrt(p (1 − p)) of the pooled share.
    """
    independent = clusters * size / design_effect(size, alike, variation)
    apart = sqrt(independent / 2) * abs(effect) / deviation
    return _power_of_t(2 * max(1e-7, clusters - 1), apart, false_alarms)


def clusters_for(
    size: float, effect: float, deviation: float, alike: float, promise: Promise, variation: float = 0.0
) -> float:
    """Clusters on each side for which the difference is seen with the promised power."""

    def power(clusters: float) -> float:
        return power_of_clusters(clusters, size, effect, deviation, alike, promise.false_alarms, variation)

    return _least(power, 2.0, promise.power)


def _power_of_t(freedom: float, apart: float, false_alarms: float) -> float:
    critical = float(stats.t.isf(false_alarms / 2, freedom))
    return float(stats.nct.sf(critical, freedom, apart)) if apart > 0 else false_alarms / 2


def _least(power: Callable[[float], float], start: float, wanted: float) -> float:
    """Where a rising power reaches what is wanted; infinite where it never does."""
    low, high = start, max(1.0, 2 * start)
    if power(low) >= wanted:
        return low
    while power(high) < wanted:
        low, high = high, 2 * high
        if high > MOST:
            return inf
    return float(optimize.brentq(lambda x: power(x) - wanted, low, high, xtol=TIGHT, rtol=TIGHT))
