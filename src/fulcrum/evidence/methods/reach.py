"""Whether a target is reached by a day if nothing changes: a level that wanders and drifts, run forward."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
from scipy import optimize, special, stats

from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats

GRID = 21  # shares of the wandering part that are averaged over
DRAWN = 21  # quantiles of the variance and of the mean when the doubt of a probability is told
FLAT = 1e-12


@value
class Way:
    """The future mean as the series would have it if this share of its doubt were wandering.

    `weight` of this share, Student t with `freedom` around `mean`; `scale` with all doubt, `known_scale` the
    part of it that would be left if level and drift were known, both in units of the series.
    """

    wandering: float
    weight: float
    mean: float
    scale: float
    known_scale: float
    drift: float
    freedom: int


@value
class Forward:
    """The mean over the months asked for: all ways of getting there, weighted."""

    ways: tuple[Way, ...]

    @property
    def mean(self) -> float:
        """What is expected."""
        return sum(way.weight * way.mean for way in self.ways)

    @property
    def drift(self) -> float:
        """The change per month that is run on."""
        return sum(way.weight * way.drift for way in self.ways)

    @property
    def wandering(self) -> float:
        """How much of the month's doubt moves the level for good, 0 to 1."""
        return sum(way.weight * way.wandering for way in self.ways)

    def below(self, target: float) -> float:
        """The probability that the mean is at or below the target."""
        return _below(self.ways, target)

    def interval(self, confidence: float) -> tuple[float, float]:
        """The middle part of what is expected."""
        return self._quantile((1 - confidence) / 2), self._quantile((1 + confidence) / 2)

    def doubt_of_below(self, target: float, confidence: float) -> tuple[float, float]:
        """How far that probability depends on level, drift and variance being known only from these months.

        The middle part of P(mean <= target | parameters) over what the months leave open of the parameters.
        """
        steps = (np.arange(DRAWN) + 0.5) / DRAWN
        chances, weights = [], []
        for way in self.ways:
            spread = way.freedom / stats.chi2.isf(steps, way.freedom)
            if way.scale <= FLAT:
                known = np.zeros((DRAWN, DRAWN)) + float(way.mean <= target)
            else:
                doubt = sqrt(max(0.0, way.scale**2 - way.known_scale**2))
                root = np.sqrt(spread)[:, None]
                middle = way.mean + doubt * root * stats.norm.isf(steps)[None, :]
                left = max(way.known_scale, FLAT) * root
                known = stats.norm.cdf((target - middle) / left)
            chances.append(known.ravel())
            weights.append(np.full(known.size, way.weight / known.size))
        return _quantiles(np.concatenate(chances), np.concatenate(weights), confidence)

    def _quantile(self, share: float) -> float:
        far = max(way.scale for way in self.ways) * 1000 + 1
        middle = self.mean
        return float(
            optimize.brentq(lambda x: self.below(x) - share, middle - far, middle + far, xtol=1e-9 * far)
        )


def forward(months: Sequence[int], values: Sequence[float], asked: Sequence[int]) -> Forward | None:
    """The mean of the values in the months `asked` (numbers of months; those that were measured are known).

    Local level with drift: value = level + noise; level = level of the month before + drift + step;
    var(noise) = (1 - w) s2, var(step) = w s2 a month. Level, drift and s2 have flat priors (REML); the share
    w runs from 0 (a straight line with noise) to 1 (a random walk) with prior density 2 w, for too small a
    share is the costlier mistake. For each w the mean of the future months is Student t with n - 2 degrees of
    freedom (universal kriging: C. Rasmussen and C. Williams 2006, section 2.7); the answer weighs them by
    prior and restricted likelihood (A. Harvey 1989, chapter 4). Months may be missing. None where nothing
    varies or fewer than 4 months were measured.

    Assumes normal steps that keep their size, no season, no change of what is measured.
    """
    y = np.asarray(values, dtype=np.float64)
    if len(y) < 4 or float(np.ptp(y)) <= FLAT * max(1.0, float(np.abs(y).max())):
        return None
    shares = (np.arange(GRID) + 0.5) / GRID
    found = [way_of(months, values, asked, float(share)) for share in shares]
    logs = np.array([log for log, _ in found]) + np.log(shares)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return Forward(
        ways=tuple(
            replace(way, weight=float(weight)) for weight, (_, way) in zip(weights, found, strict=True)
        )
    )


def way_of(
    months: Sequence[int], values: Sequence[float], asked: Sequence[int], share: float
) -> tuple[float, Way]:
    """The restricted log likelihood of one share of wandering, and the future mean under it."""
    measured = dict(zip(months, values, strict=True))
    known = sum(measured[month] for month in asked if month in measured) / len(asked)
    ahead = np.array([month for month in asked if month not in measured], dtype=np.float64)
    at, y = np.asarray(months, dtype=np.float64), np.asarray(values, dtype=np.float64)
    log, beta, rest, inverse, gram = _fitted(at, y, share)
    variance = max(float(rest @ inverse @ rest), FLAT) / (len(y) - 2)
    part = np.full(len(ahead), 1 / len(asked))
    cross = _wander(at, ahead, at[0] - 1, share) @ part
    wanted = np.array([part.sum(), float(part @ (ahead - at.mean()))])
    left = wanted - _design(at).T @ inverse @ cross
    noise = (1 - share) * np.eye(len(ahead))
    own = float(part @ (_wander(ahead, ahead, at[0] - 1, share) + noise) @ part)
    whole = own + float(left @ np.linalg.solve(gram, left) - cross @ inverse @ cross)
    alone = float(part @ (_wander(ahead, ahead, at[-1], share) + noise) @ part)
    return log, Way(
        wandering=share,
        weight=1.0,
        mean=known + float(wanted @ beta + cross @ inverse @ rest),
        scale=sqrt(max(0.0, variance * whole)),
        known_scale=sqrt(max(0.0, variance * min(alone, whole))),
        drift=float(beta[1]),
        freedom=len(y) - 2,
    )


def _fitted(at: Floats, y: Floats, share: float) -> tuple[float, Floats, Floats, Floats, Floats]:
    """Restricted log likelihood, level and drift, what is left of the values, and both matrices."""
    v = _wander(at, at, at[0] - 1, share) + (1 - share) * np.eye(len(at))
    x, inverse = _design(at), np.linalg.inv(v).astype(np.float64)
    gram = x.T @ inverse @ x
    beta: Floats = np.linalg.solve(gram, x.T @ inverse @ y).astype(np.float64)
    rest: Floats = y - x @ beta
    squares = max(float(rest @ inverse @ rest), FLAT)
    sizes = np.linalg.slogdet(v)[1] + np.linalg.slogdet(gram)[1] + (len(y) - 2) * np.log(squares)
    return float(-0.5 * sizes), beta, rest, inverse, gram


def _design(at: Floats) -> Floats:
    return np.column_stack([np.ones(len(at)), at - at.mean()])


def _wander(one: Floats, other: Floats, start: float, share: float) -> Floats:
    """What the steps since `start` have in common: covariance of a random walk."""
    return share * (np.minimum(one[:, None], other[None, :]) - start)


def _below(ways: Sequence[Way], target: float) -> float:
    """The chance of a mean at or below the target, over all ways."""
    mean, scale, weight = (
        np.array([getattr(way, name) for way in ways]) for name in ("mean", "scale", "weight")
    )
    certain = scale <= FLAT
    apart = (target - mean) / np.where(certain, 1.0, scale)
    below = np.where(certain, mean <= target, special.stdtr(ways[0].freedom, apart))
    return float(weight @ below)


def _quantiles(values: Floats, weights: Floats, confidence: float) -> tuple[float, float]:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    low, high = (
        int(np.searchsorted(reached, share)) for share in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    sorted_values = values[order]
    return float(sorted_values[low]), float(sorted_values[min(high, len(values) - 1)])
