"""The measured inputs of a case together: they come from the same customers, and so may err together."""

from collections.abc import Mapping
from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.grounds import Joint
from fulcrum.evidence.cells import Cells, Floats, Key
from fulcrum.evidence.methods.buckets import FEWEST_BUCKETS

Replicates = Mapping[Key, float]  # by bucket of customers: the figure with that bucket left out


def deviations(of: Joint, chance: np.random.Generator, draws: int) -> dict[str, Floats]:
    """Draws of all errors together, normal, by name.

    The root of the correlation is its symmetric one, which does not depend on the order of the inputs nor
    jump where two of its eigenvalues meet; units stay outside of it.
    """
    values, vectors = np.linalg.eigh(np.array(of.correlation))
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    drawn = root @ chance.standard_normal((len(of.names), draws))
    return {name: error * row for name, error, row in zip(of.names, of.errors, drawn, strict=True)}


def joint(errors: Mapping[str, float], replicates: Mapping[str, Replicates]) -> Joint:
    """The inputs' errors with the correlations that their replicates show; none where there are none.

    Cov = (G - 1)/G x sum over G buckets of products of deviations from the mean (Shao & Tu 1995, ch. 2). A
    stated error may exceed the jackknife's, as a drift's does, which also holds the unrest between months:
    what exceeds it is taken to be independent of everything else, and the correlation shrinks by that much.
    """
    names = tuple(errors)
    correlation = [[1.0 if a == b else _correlation(a, b, errors, replicates) for b in names] for a in names]
    return Joint(
        names=names, errors=tuple(errors.values()), correlation=tuple(tuple(row) for row in correlation)
    )


def mean_without_each(cells: Cells) -> dict[Key, float]:
    """The mean outcome with each bucket of customers left out."""
    per = cells.by_only("bucket")
    w, wy = per.w.sum() - per.w, per.wy.sum() - per.wy
    return {key[0]: float(y / x) for key, x, y in zip(per.keys, w, wy, strict=True) if x > 0}


def named_without(cells: Cells, without: Floats) -> dict[Key, float]:
    """Replicates that a jackknife gave in the order of the cells' buckets; none if they do not match."""
    buckets = cells.values("bucket")
    return dict(zip(buckets, map(float, without), strict=True)) if len(buckets) == len(without) else {}


def only(cells: Cells, name: str, key: Key) -> Cells:
    """The cells of one key."""
    return cells.where(name, partial(eq, key))


def _correlation(
    one: str, other: str, errors: Mapping[str, float], replicates: Mapping[str, Replicates]
) -> float:
    first, second = replicates.get(one, {}), replicates.get(other, {})
    shared = [bucket for bucket in first if bucket in second]
    if len(shared) < FEWEST_BUCKETS:
        return 0.0
    apart = np.array([[part[bucket] for bucket in shared] for part in (first, second)])
    apart = apart - apart.mean(axis=1, keepdims=True)
    covariance = (len(shared) - 1) / len(shared) * (apart @ apart.T)
    own = np.sqrt(np.diag(covariance))
    whole = [max(float(mine), errors[name]) for mine, name in zip(own, (one, other), strict=True)]
    together = whole[0] * whole[1]
    if not np.isfinite(together) or together == 0:
        return 0.0
    return float(np.clip(covariance[0, 1] / together, -1.0, 1.0))
