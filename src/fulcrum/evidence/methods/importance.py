"""How much of an outcome's variance goes with each driver: LMG and relative weights, from correlations alone.

Both are computed on the correlation matrix: on the raw covariance the shares would change with the unit of a
rating and no longer add up to R².
"""

from functools import lru_cache
from math import factorial

import numpy as np

from fulcrum.evidence.cells import Floats

MOST_DRIVERS = 15  # the number of subsets doubles with each driver


def lmg(correlation: Floats) -> Floats:
    """Each driver's part of the outcome's variance, averaged over all orders of entering; they add up to R².

    correlation  (..., p + 1, p + 1), the outcome last; any number of matrices at once
    answer       (..., p), each between 0 and 1

    share_j = sum over subsets S without j of |S|! (p - 1 - |S|)! / p! x (R²(S with j) - R²(S))
    (Lindeman, Merenda & Gold 1980; the Shapley value of R², Grömping 2006, J. Stat. Software 17(1)).
    Exact, and at most 15 drivers. Assumes that the drivers are not collinear.
    """
    drivers = correlation.shape[-1] - 1
    if drivers > MOST_DRIVERS:
        raise ValueError(f"LMG is exact to {MOST_DRIVERS} drivers, not {drivers}")
    shares: Floats = explained_by_subset(correlation) @ _weights(drivers)
    return shares


def explained_by_subset(correlation: Floats) -> Floats:
    """R² of the outcome on every subset of the drivers, (..., 2 to the p); bit j set: driver j is in.

    One driver after the other is either passed over or swept out of all that remains, so that the work is
    about six operations a subset where solving each subset anew needs its size cubed.
    """
    left = correlation[..., np.newaxis, :, :]  # (..., subsets so far, remaining, remaining)
    for _ in range(correlation.shape[-1] - 1):
        passed, link = left[..., 1:, 1:], left[..., 0, 1:]
        swept = passed - link[..., :, np.newaxis] * (link / left[..., 0, :1])[..., np.newaxis, :]
        left = np.concatenate([passed, swept], axis=-3)
    explained: Floats = 1.0 - left[..., 0, 0]
    return explained


def relative_weights(correlation: Floats) -> Floats:
    """Johnson's relative weights, (..., p), which add up to R²: a second opinion for any number of drivers.

    With R = V D V' and L = V sqrt(D) V' the drivers' correlations with their nearest uncorrelated
    counterparts, and r their correlations with the outcome: weight = L² (L⁻¹ r)²
    (Johnson 2000, Multivariate Behavioral Research 35; identical to Genizi 1993).
    """
    among, outcome = correlation[..., :-1, :-1], correlation[..., :-1, -1]
    size, axes = np.linalg.eigh(among)
    scaled = axes * np.sqrt(size)[..., np.newaxis, :]
    root: Floats = np.matmul(scaled, np.swapaxes(axes, -1, -2), dtype=np.float64)
    slopes = _solved(root, outcome)
    weights: Floats = (np.square(root) @ np.square(slopes)[..., np.newaxis])[..., 0]
    return weights


def standard_slopes(correlation: Floats) -> Floats:
    """Slopes of the outcome on all drivers together, in standard deviations, (..., p)."""
    among, outcome = correlation[..., :-1, :-1], correlation[..., :-1, -1]
    return _solved(among, outcome)


def _solved(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right[..., np.newaxis])[..., 0], dtype=np.float64)


@lru_cache(maxsize=MOST_DRIVERS)
def _weights(drivers: int) -> Floats:
    """What R² of each subset counts toward each driver's share, (2 to the p, p)."""
    subsets = np.arange(1 << drivers)
    sizes = np.bitwise_count(subsets).astype(np.intp)
    by_size = np.array(
        [factorial(size) * factorial(drivers - 1 - size) / factorial(drivers) for size in range(drivers)]
    )
    weights = np.empty((len(subsets), drivers))
    for driver in range(drivers):
        holds = (subsets >> driver & 1).astype(bool)
        weights[holds, driver] = by_size[sizes[holds] - 1]
        weights[~holds, driver] = -by_size[sizes[~holds]]
    weights.flags.writeable = False
    return weights
