"""Two groups side by side in strata of alike customers, and what their gap is once strata are held equal."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats, Key
from fulcrum.evidence.methods.buckets import SUMS, Grid, LeftOut, Spread, grid, jackknife

Target = Literal["base", "exposed", "against"]  # whose strata both groups are given


@value
class Arms:
    """The exposed and the others, by stratum (rows) and bucket (columns); both grids have the same strata."""

    strata: tuple[tuple[Key, ...], ...]
    exposed: Grid
    against: Grid

    @property
    def sides(self) -> tuple[Grid, Grid]:
        """Both grids, the exposed first."""
        return self.exposed, self.against

    @property
    def n(self) -> int:
        """Cases on both sides."""
        return int(self.exposed.n.sum() + self.against.n.sum())

    @property
    def smaller_sides(self) -> Floats:
        """For each stratum, the cases on its smaller side."""
        smaller: Floats = np.minimum(self.exposed.n.sum(axis=1), self.against.n.sum(axis=1))
        return smaller

    def with_at_least(self, cases: float) -> "Arms":
        """Only the strata that hold so many cases on either side."""
        kept = self.smaller_sides >= cases
        return Arms(
            strata=tuple(key for key, keep in zip(self.strata, kept, strict=True) if keep),
            exposed=_rows(self.exposed, kept),
            against=_rows(self.against, kept),
        )


@value
class Standardised:
    """Both groups' mean outcomes as if each had the strata of the whole base, and the doubt of their gap.

    `log_ratio` is the doubt of the log of `loss_ratio`: the rate of the loss among the exposed over that of
    the others; both are idle (not a number) where the outcome is no share.
    """

    exposed: float
    against: float
    gap: Spread
    loss_ratio: float
    log_ratio: Spread

    @property
    def difference(self) -> float:
        """The adjusted gap: exposed less against."""
        return self.exposed - self.against


def arms(cells: Cells, exposure: str, exposed: str, against: str, strata: Sequence[str]) -> Arms:
    """The two groups of a comparison. Customers in neither group are left out."""
    both = grid(cells.where(exposure, lambda side: side in (exposed, against)), exposure, *strata)
    keys = tuple(dict.fromkeys(group[1:] for group in both.groups))
    return Arms(strata=keys, exposed=_side(both, exposed, keys), against=_side(both, against, keys))


def standardise(of: Arms, *, to: Target = "base", loss: bool | None = None) -> Standardised:
    """The gap if both groups were spread over the strata as the target is.

    gap = sum over strata s of (T_s / T) x (mean of exposed in s - mean of against in s), T_s being the sum of
    weights of the target in s: of both groups together ("base"), or of one side. To the base, it equals
    inverse-probability weighting and the doubly robust estimate when the model is saturated in the strata.
    Doubt by delete-a-group jackknife, target included. Assumes that within a stratum the two groups differ
    in nothing else that matters. `loss` says whether an outcome of 1 is the loss (left) or its absence
    (stayed); None where the outcome is no share.
    """
    exposed, against = _standard_means(of, to, lambda sums: sums.sum(axis=1, keepdims=True))
    pooled = _pooled(of)
    return Standardised(
        exposed=float(exposed[0]),
        against=float(against[0]),
        gap=jackknife(lambda left: np.subtract(*_standard_means(of, to, left)), pooled),
        loss_ratio=float(np.exp(_log_ratio(exposed, against, loss))[0]),
        log_ratio=jackknife(lambda left: _log_ratio(*_standard_means(of, to, left), loss), pooled),
    )


def crude_gap(of: Arms) -> Spread:
    """The doubt of the difference of the two groups' plain means, by delete-a-group jackknife."""

    def difference(left: LeftOut) -> Floats:
        means = [left(side.wy).sum(axis=0) / left(side.w).sum(axis=0) for side in of.sides]
        return np.asarray(means[0] - means[1])

    return jackknife(difference, _pooled(of))


def _standard_means(of: Arms, to: Target, left: LeftOut) -> tuple[Floats, Floats]:
    w1, w0 = left(of.exposed.w), left(of.against.w)
    is_held = (w1 > 0) & (w0 > 0)  # leaving out one bucket may empty one side of a stratum
    target = {"base": w1 + w0, "exposed": w1, "against": w0}[to]
    share = np.where(is_held, target, 0.0)
    with np.errstate(invalid="ignore"):
        share = share / share.sum(axis=0)
    ones = np.ones_like(w1)
    return (
        (share * left(of.exposed.wy) / np.where(is_held, w1, ones)).sum(axis=0),
        (share * left(of.against.wy) / np.where(is_held, w0, ones)).sum(axis=0),
    )


def _log_ratio(exposed: Floats, against: Floats, loss: bool | None) -> Floats:
    if loss is None:
        return np.full_like(exposed, np.nan)
    rates = (exposed, against) if loss else (1 - exposed, 1 - against)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.log(rates[0] / rates[1])
    return ratio


def _pooled(of: Arms) -> Grid:
    return Grid(
        groups=of.strata, **{name: getattr(of.exposed, name) + getattr(of.against, name) for name in SUMS}
    )


def _side(both: Grid, name: str, strata: tuple[tuple[Key, ...], ...]) -> Grid:
    rows = {group[1:]: place for place, group in enumerate(both.groups) if group[0] == name}
    places = [rows.get(key, -1) for key in strata]
    is_there = np.array([place >= 0 for place in places])[:, np.newaxis]
    return Grid(
        groups=strata, **{column: np.where(is_there, getattr(both, column)[places], 0.0) for column in SUMS}
    )


def _rows(side: Grid, kept: NDArray[np.bool_]) -> Grid:
    groups = tuple(key for key, keep in zip(side.groups, kept, strict=True) if keep)
    return Grid(groups=groups, **{name: getattr(side, name)[kept] for name in SUMS})
