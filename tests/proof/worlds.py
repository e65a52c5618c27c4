"""Worlds whose truth is known: draws of the sums that the engine would make of their rows.

Each draw makes customers, lets them answer, stay, spend or rate, and adds them up by bucket of the customer,
as the engine's queries do. The methods under proof see nothing but these sums.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fulcrum.evidence.methods.buckets import Grid

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Chance = np.random.Generator
BUCKETS = 64

USUAL = np.array([-2, -1.8, -1.7, -1.5, -1.3, -1, -0.7, -0.2, 0.4, 1.0])  # thresholds of the points 1 to 10
CEILING = USUAL - 1.4
LOW = USUAL + 1.2
POLAR = np.array([-0.5, -0.45, -0.4, -0.35, -0.3, -0.25, -0.2, -0.1, 0.0, 0.1])
POINTS = np.arange(11.0)
NPS_POINTS = np.where(POINTS >= 9, 100.0, np.where(POINTS <= 6, -100.0, 0.0))


def added(rows: Whole, bucket: Whole, y: Floats, *, groups: int, weight: Floats | None = None) -> Grid:
    """The sums of these rows by group and bucket."""
    at = rows * BUCKETS + bucket
    w = np.ones(len(y)) if weight is None else weight

    def total(of: Floats) -> Floats:
        return np.bincount(at, weights=of, minlength=groups * BUCKETS).reshape(groups, BUCKETS)

    n = total(np.ones(len(y)))
    if weight is None:
        wy, wyy = total(y), total(y * y)
        return Grid(groups=_names(groups), n=n, w=n, ww=n, wy=wy, wyy=wyy)
    return Grid(
        groups=_names(groups), n=n, w=total(w), ww=total(w * w), wy=total(w * y), wyy=total(w * y * y)
    )


def _names(groups: int) -> tuple[tuple[int, ...], ...]:
    return tuple((row,) for row in range(groups))


@dataclass(frozen=True)
class Answers:
    """Customers who answer: how many, how often beyond once, how alike one's answers are, and their weights.

    `thresholds` cut what is felt into the points 0 to 10. `weights` are drawn per customer from two strata,
    of which the second feels `apart` worse. `response` is the share who answer, whatever they feel.
    """

    customers: int
    thresholds: Floats = field(default_factory=lambda: USUAL)
    repeats: float = 0.0
    alike: float = 1.2
    weights: tuple[float, float] | None = None
    apart: float = 0.8
    response: float = 1.0

    @property
    def once(self) -> bool:
        """Whether no customer answers twice."""
        return self.repeats == 0

    def rows(self, chance: Chance, customers: int | None = None) -> tuple[Whole, Whole, Floats | None]:
        """Score, bucket and weight of each answer."""
        asked = customers or self.customers
        here = asked if self.response == 1 or customers else int(chance.binomial(asked, self.response))
        times = np.ones(here, dtype=np.int64) if self.once else 1 + chance.poisson(self.repeats, here)
        who = np.repeat(np.arange(here), times)
        level = np.zeros(here) if self.once else chance.normal(0, self.alike, here)
        weight = None
        if self.weights is not None:
            is_second = chance.random(here) < 0.5
            level = level - self.apart * is_second
            weight = np.where(is_second, self.weights[1], self.weights[0])[who]
        felt = level[who] + chance.normal(0, 1, len(who))
        return np.searchsorted(self.thresholds, felt), chance.integers(0, BUCKETS, here)[who], weight

    def grid(self, chance: Chance) -> Grid:
        """The sums of one survey, a row per point of the scale."""
        scores, bucket, weight = self.rows(chance)
        return added(scores, bucket, POINTS[scores], groups=11, weight=weight)

    def truth(self, points: Floats) -> float:
        """The mean of `points` over a survey so large that chance is gone (0.001 deviations)."""
        scores, _, weight = self.rows(np.random.default_rng(99), 1_000_000)
        return float(np.average(points[scores], weights=weight))


@dataclass(frozen=True)
class Company:
    """Customers in two groups and some strata, whose outcome differs by a known effect.

    The share exposed and the rate of the outcome both rise along the strata, so that the crude gap is
    confounded. `tails` is the sigma of lognormal amounts; None makes the outcome an event.
    """

    customers: int
    strata: int = 4
    base: float = 0.2
    effect: float = 0.1
    slope: float = 0.15
    exposed: tuple[float, float] = (0.3, 0.7)
    tails: float | None = None
    weights: tuple[float, float] | None = None
    repeats: float = 0.0

    @property
    def rates(self) -> tuple[Floats, Floats]:
        """Share exposed, and mean outcome of the others, in each stratum."""
        return np.linspace(*self.exposed, self.strata), np.linspace(
            self.base, self.base + self.slope, self.strata
        )

    @property
    def crude_truth(self) -> float:
        """The difference of the two groups' means among all customers there could be."""
        share, rate = self.rates
        return float(np.average(rate, weights=share) - np.average(rate, weights=1 - share) + self.effect)

    def sides(self, chance: Chance) -> tuple[Grid, Grid]:
        """The exposed and the others, added up by stratum and bucket."""
        share, rate = self.rates
        n = self.customers
        stratum, bucket = chance.integers(0, self.strata, n), chance.integers(0, BUCKETS, n)
        exposed = chance.random(n) < share[stratum]
        mean = rate[stratum] + self.effect * exposed
        weight = None
        if self.weights is not None:
            weight = np.where(chance.random(n) < 0.5, *self.weights)
        who = np.arange(n)
        if self.repeats:
            who = np.repeat(who, 1 + chance.poisson(self.repeats, n))
        y = self._outcome(chance, mean, who)
        stratum, bucket, exposed = stratum[who], bucket[who], exposed[who]
        weight = None if weight is None else weight[who]

        def side(chosen: NDArray[np.bool_]) -> Grid:
            w = None if weight is None else weight[chosen]
            return added(stratum[chosen], bucket[chosen], y[chosen], groups=self.strata, weight=w)

        return side(exposed), side(~exposed)

    def _outcome(self, chance: Chance, mean: Floats, who: Whole) -> Floats:
        if self.tails is None:
            return (chance.random(len(who)) < mean[who]).astype(np.float64)
        if self.repeats:
            own, each = chance.normal(0, 1, len(mean)), chance.normal(0, 1, len(who))
            return mean[who] + self.tails * (own[who] + each)
        return mean * chance.lognormal(-(self.tails**2) / 2, self.tails, len(mean))
