"""Cross-products: what is left of any number of rated answers, enough for every driver method.

Sums of two files' cross-products equal the cross-products of their union. A missing or "not applicable"
rating is never read as a low one: the row is kept under the pattern of what it lacks, and counted.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats

PRECISION = 1e-10  # a variance below this part of the mean square is lost in the sums' last digits


@value
class CrossProducts:
    """Sums and products of `names`, by bucket of the customer and pattern of unusable ratings.

    keys       K pairs (bucket, pattern), sorted, each once; bit j of the pattern is set where names[j] is
               unusable. A source that adds up complete rows only gives the others the full pattern.
    n, w, ww   (K,)       rows, sum of weights (equals n when unweighted), sum of squared weights
    missing    (K, p)     rows in which the rating was not given
    inapplicable (K, p)   rows in which it was given as "not applicable"
    sums       (K, p)     sum of weight times rating; zero where the pattern's bit is set
    products   (K, p, p)  sum of weight times rating times rating
    """

    names: tuple[str, ...]
    keys: tuple[tuple[int, int], ...]
    n: Floats
    w: Floats
    ww: Floats
    missing: Floats
    inapplicable: Floats
    sums: Floats
    products: Floats

    def __add__(self, other: "CrossProducts") -> "CrossProducts":
        """The cross-products of both together."""
        if self.names != other.names:
            raise ValueError(f"cross-products of {self.names} and of {other.names} do not add")
        arrays = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _ARRAYS}
        return _by_key(self.names, np.array(self.keys + other.keys, dtype=np.int64), arrays)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def rows(self) -> int:
        """All rows, complete or not."""
        return int(self.n.sum())

    def answered(self, name: str) -> "CrossProducts":
        """Only the rows in which `name` is usable."""
        return self._at(np.array([not self._lacks(pattern, (name,)) for _, pattern in self.keys], dtype=bool))

    def unusable(self, name: str) -> tuple[int, int]:
        """Rows in which `name` was not given, and rows in which it was "not applicable"."""
        place = self.names.index(name)
        return int(self.missing[:, place].sum()), int(self.inapplicable[:, place].sum())

    def complete(self, *names: str) -> "Complete":
        """The rows in which every one of `names` is usable, by bucket (listwise)."""
        kept = np.array([not self._lacks(pattern, names) for _, pattern in self.keys], dtype=bool)
        buckets = tuple(
            sorted({bucket for (bucket, _), is_kept in zip(self.keys, kept, strict=True) if is_kept})
        )
        place = {bucket: at for at, bucket in enumerate(buckets)}
        into = np.array([place[self.keys[at][0]] for at in np.flatnonzero(kept)], dtype=np.intp)
        columns = [self.names.index(name) for name in names]
        return Complete(
            names=names,
            buckets=buckets,
            n=_added(self.n[kept], into, len(buckets)),
            w=_added(self.w[kept], into, len(buckets)),
            ww=_added(self.ww[kept], into, len(buckets)),
            sums=_added(self.sums[kept][:, columns], into, len(buckets)),
            products=_added(self.products[kept][:, columns][:, :, columns], into, len(buckets)),
        )

    def _lacks(self, pattern: int, names: Sequence[str]) -> bool:
        return any(pattern >> self.names.index(name) & 1 for name in names)

    def _at(self, kept: NDArray[np.bool_]) -> "CrossProducts":
        keys = tuple(key for key, is_kept in zip(self.keys, kept, strict=True) if is_kept)
        return CrossProducts(
            names=self.names, keys=keys, **{name: getattr(self, name)[kept] for name in _ARRAYS}
        )


@value
class Totals:
    """Sums over buckets, any number at once: w (...), sums (..., p), products (..., p, p)."""

    w: Floats
    sums: Floats
    products: Floats

    @property
    def means(self) -> Floats:
        """Weighted means, (..., p)."""
        return self.sums / self.w[..., None]

    @property
    def covariance(self) -> Floats:
        """Weighted covariances (divisor: sum of weights), (..., p, p)."""
        means = self.means
        return self.products / self.w[..., None, None] - means[..., :, None] * means[..., None, :]

    @property
    def is_constant(self) -> NDArray[np.bool_]:
        """Which columns do not vary, (..., p): less than the sums' last digits can tell."""
        squares = np.diagonal(self.products, axis1=-2, axis2=-1) / self.w[..., None]
        return np.diagonal(self.covariance, axis1=-2, axis2=-1) <= PRECISION * squares

    @property
    def deviations(self) -> Floats:
        """Standard deviations, (..., p)."""
        deviations: Floats = np.sqrt(np.diagonal(self.covariance, axis1=-2, axis2=-1))
        return deviations

    @property
    def correlation(self) -> Floats:
        """Correlation matrices, (..., p, p). Columns must vary: see `is_constant`."""
        deviations = self.deviations
        return self.covariance / (deviations[..., :, None] * deviations[..., None, :])


@value
class Complete:
    """Complete rows by bucket: n, w, ww (G,), sums (G, p), products (G, p, p)."""

    names: tuple[str, ...]
    buckets: tuple[int, ...]
    n: Floats
    w: Floats
    ww: Floats
    sums: Floats
    products: Floats

    @property
    def cases(self) -> int:
        """Complete rows."""
        return int(self.n.sum())

    @property
    def effective(self) -> float:
        """Rows that an unweighted sample of the same precision would need: (sum of w)² / sum of w² (Kish)."""
        return float(self.w.sum() ** 2 / self.ww.sum()) if self.cases else 0.0

    @property
    def total(self) -> Totals:
        """The sums over all buckets."""
        return Totals(w=self.w.sum(0), sums=self.sums.sum(0), products=self.products.sum(0))

    @property
    def without_each(self) -> Totals:
        """The sums with each bucket left out in turn, (G, ...)."""
        left = (whole.sum(0, keepdims=True) - whole for whole in (self.w, self.sums, self.products))
        w, sums, products = left
        return Totals(w=w, sums=sums, products=products)


def cross_products(
    names: Sequence[str],
    ratings: Floats,
    buckets: NDArray[np.int64],
    *,
    weights: Floats | None = None,
    inapplicable: NDArray[np.bool_] | None = None,
) -> CrossProducts:
    """The cross-products of one batch of rows, which may then be forgotten.

    ratings       (rows, p), not-a-number where a rating is missing
    buckets       (rows,), 0 to 63 by customer
    weights       (rows,), one each if not given
    inapplicable  (rows, p), true where a rating reads "not applicable", whatever `ratings` holds there
    """
    wholly = np.zeros(ratings.shape, dtype=bool) if inapplicable is None else inapplicable
    missing = np.isnan(ratings) & ~wholly
    unusable = missing | wholly
    w = np.ones(len(ratings)) if weights is None else np.asarray(weights, dtype=np.float64)
    patterns = unusable @ (1 << np.arange(len(names), dtype=np.int64))
    usable = np.where(unusable, 0.0, ratings)
    if not len(w):
        return _by_key(tuple(names), np.zeros((0, 2), dtype=np.int64), _empty(len(names)))
    order = np.lexsort((patterns, buckets))
    keys = np.column_stack([buckets, patterns])[order]
    starts = np.flatnonzero(np.r_[True, (keys[1:] != keys[:-1]).any(axis=1)])
    rated, weight = usable[order], w[order]

    def added(values: Floats) -> Floats:
        return np.add.reduceat(values, starts, axis=0)

    return CrossProducts(
        names=tuple(names),
        keys=tuple((int(bucket), int(pattern)) for bucket, pattern in keys[starts]),
        n=added(np.ones(len(w))),
        w=added(weight),
        ww=added(weight * weight),
        missing=added(missing[order].astype(np.float64)),
        inapplicable=added(wholly[order].astype(np.float64)),
        sums=added(weight[:, np.newaxis] * rated),
        products=_products(rated, weight, starts),
    )


_ARRAYS = ("n", "w", "ww", "missing", "inapplicable", "sums", "products")


def _by_key(names: tuple[str, ...], keys: NDArray[np.int64], arrays: dict[str, Floats]) -> CrossProducts:
    distinct, into = np.unique(keys.reshape(-1, 2), axis=0, return_inverse=True)
    added = {name: _added(array, into.reshape(-1), len(distinct)) for name, array in arrays.items()}
    return CrossProducts(names=names, keys=tuple((int(b), int(p)) for b, p in distinct), **added)


def _added(values: Floats, into: NDArray[np.intp], size: int) -> Floats:
    total = np.zeros((size, *values.shape[1:]))
    np.add.at(total, into, values)
    return total


def _empty(p: int) -> dict[str, Floats]:
    shapes = {"missing": (0, p), "inapplicable": (0, p), "sums": (0, p), "products": (0, p, p)}
    return {name: np.zeros(shapes.get(name, (0,))) for name in _ARRAYS}


def _products(rated: Floats, weight: Floats, starts: NDArray[np.intp]) -> Floats:
    """Sum of weight times rating times rating of each stretch of rows, (stretches, p, p)."""
    stretches = zip(np.split(rated, starts[1:]), np.split(weight, starts[1:]), strict=True)
    return np.stack([rows.T @ (weights[:, np.newaxis] * rows) for rows, weights in stretches])
