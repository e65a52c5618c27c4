"""What a point of score goes with, where staying and spend follow it by a known rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import numpy as np
from scipy import stats
from trials import Held, Situation, rules, simulated
from worlds import BUCKETS, CEILING, POINTS, POLAR, USUAL, Chance, Floats, added

from fulcrum.core.quantities import Interval
from fulcrum.evidence.methods.dose import Fit, binomial_fit, linear_fit, not_fitted, too_few_behind

What = Literal["stayed", "odds", "spend"]


@dataclass(frozen=True)
class Scored:
    """Customers with a score, and an outcome that follows it.

    Staying: log-odds `start` at a score of 7, `slope` more per point. Spend: mean `start` at 7, `slope` more
    per point, lognormal with `tails`. `weights` are drawn per customer, whatever they feel.
    """

    customers: int
    thresholds: Floats = field(default_factory=lambda: USUAL)
    start: float = 1.5
    slope: float = 0.25
    tails: float | None = None
    weights: tuple[float, float] | None = None

    @property
    def means(self) -> Floats:
        """The mean outcome at each score."""
        at = self.start + self.slope * (POINTS - 7)
        return np.asarray(1 / (1 + np.exp(-at)) if self.tails is None else at)

    def truth(self, what: What) -> float:
        """The slope of the line through everybody, or of the log-odds."""
        if what == "odds":
            return self.slope
        parts = np.diff(np.concatenate([[0.0], stats.norm.cdf(self.thresholds), [1.0]]))
        away = POINTS - parts @ POINTS
        return float((parts * away) @ self.means / ((parts * away) @ away))

    def fit(self, what: What, chance: Chance) -> Fit | None:
        """The product's fit to one draw, or None where it refuses."""
        n = self.customers
        scores = np.searchsorted(self.thresholds, chance.normal(size=n))
        mean = self.means[scores]
        if self.tails is None:
            y = (chance.random(n) < mean).astype(np.float64)
        else:
            y = mean * chance.lognormal(-(self.tails**2) / 2, self.tails, n)
        weight = None if self.weights is None else np.where(chance.random(n) < 0.5, *self.weights)
        cases = added(scores, chance.integers(0, BUCKETS, n), y, groups=11, weight=weight)
        if not_fitted(cases, rules(), is_share=what != "spend"):
            return None
        if what == "stayed" and too_few_behind(cases, rules()):
            return None
        made = binomial_fit(cases) if what == "odds" else linear_fit(cases)
        return made if np.isfinite(made.slope) and np.isfinite(made.doubt.error) else None


def doses() -> Iterator[Situation]:
    """Few and many customers, crowded and polar scores, rare leaving, skewed spend, weights."""
    one = Scored
    staying = {
        "n 60": one(60),
        "n 120": one(120),
        "n 200": one(200),
        "n 1000": one(1000),
        "n 5000": one(5000),
        "rare leaving, n 300": one(300, start=3.5, slope=0.3),
        "rare leaving, n 2000": one(2000, start=3.5, slope=0.3),
        "crowded at the top, n 120": one(120, CEILING),
        "crowded at the top, n 400": one(400, CEILING),
        "polar, n 200": one(200, POLAR),
        "no relation, n 200": one(200, slope=0.0),
        "steep, n 400": one(400, start=0.5, slope=0.8),
        "weights 1 and 5, n 400": one(400, weights=(1, 5)),
    }
    spending = {
        f"lognormal {tails:g}, n {n}": one(n, start=100, slope=5, tails=tails)
        for tails, n in ((0.5, 60), (0.5, 200), (0.5, 1000), (1.0, 200), (1.0, 1000), (1.0, 5000), (1.5, 400))
    }
    spending |= {
        "crowded at the top, n 120": one(120, CEILING, start=100, slope=5, tails=0.7),
        "crowded at the top, n 400": one(400, CEILING, start=100, slope=5, tails=0.7),
        "polar, n 400": one(400, POLAR, start=100, slope=5, tails=0.7),
        "no relation, n 400": one(400, start=100, slope=0, tails=0.7),
        "weights 1 and 5, n 400": one(400, start=100, slope=5, tails=0.5, weights=(1, 5)),
    }
    for what, kind in (("stayed", "staying per point"), ("odds", "odds per point")):
        for name, world in staying.items():
            yield Situation(kind, name, 2500, partial(_try_dose, world, what))
    for name, world in spending.items():
        yield Situation("spend per point", name, 2500, partial(_try_dose, world, "spend"))


def _try_dose(world: Scored, what: What, chance: Chance, times: int) -> Held:
    truth = world.truth(what)

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        fit = world.fit(what, chance)
        return None if fit is None else (fit.interval(rules().confidence.value), truth)

    return simulated(trial, chance, times)
