"""The sums of cells laid out by group and bucket, so that one bucket of customers can be left out at a time.

A customer always falls into the same bucket, so leaving buckets out respects that one customer may answer
many times, where a plain bootstrap of cells would not (it covers 77.5 % where this covers 93.7 %).
"""

from collections.abc import Callable
from math import sqrt

import numpy as np

from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats, Key

SUMS = ("n", "w", "ww", "wy", "wyy")
LeftOut = Callable[[Floats], Floats]  # sums by bucket to totals with each bucket left out
FEWEST_BUCKETS = 8  # below this the jackknife's error is a guess


@value
class Grid:
    """Sums by group (rows) and bucket (columns); `groups` names the rows. Empty places hold zero."""

    groups: tuple[tuple[Key, ...], ...]
    n: Floats
    w: Floats
    ww: Floats
    wy: Floats
    wyy: Floats

    @property
    def filled(self) -> int:
        """Buckets that hold any row."""
        return int(np.count_nonzero(self.n.sum(axis=0)))

    @property
    def is_weighted(self) -> bool:
        """Whether sampling weights other than one are at work."""
        return not np.allclose(self.w, self.n)


@value
class Spread:
    """A statistic's standard error by delete-a-group jackknife, with its degrees of freedom."""

    error: float
    freedom: int
    without: Floats  # the statistic with each filled bucket left out


def grid(cells: Cells, *over: str) -> Grid:
    """The cells by `over` and bucket."""
    wanted = cells.by_only(*over, "bucket")
    buckets = {bucket: place for place, bucket in enumerate(wanted.values("bucket"))}
    groups = tuple(dict.fromkeys(key[:-1] for key in wanted.keys))
    rows = {group: place for place, group in enumerate(groups)}
    at = ([rows[key[:-1]] for key in wanted.keys], [buckets[key[-1]] for key in wanted.keys])
    return Grid(groups=groups, **{name: _placed(wanted, name, at, len(rows), len(buckets)) for name in SUMS})


def jackknife(statistic: Callable[[LeftOut], Floats], of: Grid) -> Spread:
    """Standard error of `statistic` over the filled buckets.

    `statistic` is given a function that turns a (groups, buckets) array into its totals with each bucket
    left out, shape (groups, G), and answers with G values. The error is not a number where one
    of them is not finite, as when a bucket holds a whole side. Error² = (G - 1)/G x sum of squared deviations
    from their mean; G - 1 degrees of freedom (Shao & Tu 1995, ch. 2).
    """
    is_filled = of.n.sum(axis=0) > 0
    without = statistic(lambda sums: sums.sum(axis=-1, keepdims=True) - sums[..., is_filled])
    size = without.shape[-1]
    if size < 2:
        return Spread(error=float("nan"), freedom=0, without=without)
    if not np.isfinite(without).all():
        return Spread(error=float("nan"), freedom=size - 1, without=without)
    square = (size - 1) / size * float(((without - without.mean()) ** 2).sum())
    return Spread(error=sqrt(square), freedom=size - 1, without=without)


def without_bucket(of: Grid, place: int) -> Grid:
    """The same sums with one bucket of customers left out."""
    kept = np.arange(of.n.shape[1]) != place
    return Grid(groups=of.groups, **{name: getattr(of, name)[:, kept] for name in SUMS})


def _placed(cells: Cells, name: str, at: tuple[list[int], list[int]], rows: int, columns: int) -> Floats:
    filled = np.zeros((rows, columns))
    filled[at] = getattr(cells, name)
    return filled
