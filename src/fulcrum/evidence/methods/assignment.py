"""Whether a pilot was assigned as planned, and how alike customers of one cluster are."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from fulcrum.core.value import value
from fulcrum.evidence.methods.moments import Moments


@value
class Split:
    """How customers fell on the sides, against the plan: chance of a split as uneven, and the verdict."""

    chance: float
    expected: tuple[tuple[str, float], ...]
    is_mixed_up: bool


def split_of(counts: Mapping[str, int], planned: Mapping[str, float], *, mixed_up_below: float) -> Split:
    """The sample-ratio check: Pearson's chi-square of the counts against the planned shares.

    sum of (count − expected)² / expected on sides − 1 degrees of freedom (K. Pearson 1900). Mixed up below
    `mixed_up_below`: then whoever is missing may be who matters, and no effect is read. Planned shares need
    not add up to one.
    """
    if set(counts) != set(planned) or len(counts) < 2 or min(planned.values()) <= 0:
        raise ValueError("counts and planned shares name the same two sides or more, each share above 0")
    whole, parts = sum(counts.values()), sum(planned.values())
    expected = {side: whole * share / parts for side, share in planned.items()}
    if whole == 0:
        return Split(chance=1.0, expected=tuple(expected.items()), is_mixed_up=False)
    square = sum((counts[side] - middle) ** 2 / middle for side, middle in expected.items())
    chance = float(stats.chi2.sf(square, len(counts) - 1))
    return Split(chance=chance, expected=tuple(expected.items()), is_mixed_up=chance < mixed_up_below)


@value
class Alikeness:
    """Clusters: how many, mean size, variation of sizes, and how alike their customers are (ICC)."""

    clusters: int
    size: float
    variation: float
    alike: float


def alikeness_of(clusters: Sequence[Moments]) -> Alikeness:
    """ICC of the clusters' customers, by analysis of variance, cut at 0 and 1.

    ICC = (MSB − MSW) / (MSB + (m₀ − 1) MSW), with m₀ = (N − sum m²/N) / (k − 1) (A. Donner 1986). Needs two
    clusters, one of them with two customers.
    """
    n = np.array([one.n for one in clusters])
    if len(n) < 2 or n.sum() <= len(n):
        raise ValueError("how alike customers are takes two clusters, one of them with two customers")
    total = np.array([one.total for one in clusters])
    whole, squares = float(n.sum()), sum(one.squares for one in clusters)
    between = (float((total**2 / n).sum()) - float(total.sum()) ** 2 / whole) / (len(n) - 1)
    within = max(0.0, squares - float((total**2 / n).sum())) / (whole - len(n))
    typical = (whole - float((n**2).sum()) / whole) / (len(n) - 1)
    below = between + (typical - 1) * within
    return Alikeness(
        clusters=len(n),
        size=float(n.mean()),
        variation=float(n.std(ddof=1) / n.mean()),
        alike=float(np.clip((between - within) / below, 0.0, 1.0)) if below > 0 else 0.0,
    )
