"""Do the executives rank alike? Kendall's W with ties, its chance by permutation, and Krippendorff's alpha.

Shapes: `rankings` has one row per person and one column per item, 1 is the highest, ties share their mean
rank. `ratings` has one row per person and one column per thing rated; None is "not rated".
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import permutations, product
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from fulcrum.core.value import value

Measurement = Literal["nominal", "ordinal", "interval"]
Ratings = Sequence[Sequence[float | None]]
_EXACT_BELOW = 20_000  # so many arrangements are gone through one by one


@value
class Chance:
    """How often rankings made by chance agree as much: `hits` of `tries`; `p` is the share of them.

    Of drawn arrangements the one that was seen counts as a try of its own, so that p is never zero.
    """

    p: float
    hits: int
    tries: int
    is_exact: bool


def ranked(scores: Sequence[float]) -> tuple[float, ...]:
    """Scores as ranks, the smallest first; equal ones share the mean of their places."""
    return tuple(float(rank) for rank in stats.rankdata(scores))


def kendall_w(rankings: Sequence[Sequence[float]]) -> float | None:
    """Kendall's concordance, 0 (as by chance, or opposed) to 1 (all rank alike), corrected for ties.

    W = 12 S / (m² (n³ - n) - m T), S the squared deviations of the n items' rank sums over m people, T the
    sum of t³ - t over every group of t tied ranks (M. Kendall 1970, ch. 6). None where everything is tied, or
    for fewer than two people or two items.
    """
    table = _ranks(rankings)
    if table.shape[0] < 2 or table.shape[1] < 2:
        return None
    most = _most(table)
    return None if most <= 1e-9 else float(12 * _squares(table.sum(axis=0)) / most)


def chance_of(rankings: Sequence[Sequence[float]], *, tries: int, seed: int) -> Chance | None:
    """How often W is at least as high when each person's ranks fall on the items by chance.

    Exact where there are few arrangements (one person's ranks stay put, the others' move), otherwise
    `tries` drawn ones, p = (hits + 1) / (tries + 1). Tied ranks stay tied. None where there is no W.
    """
    table = _ranks(rankings)
    if table.shape[0] < 2 or table.shape[1] < 2 or _most(table) <= 1e-9:
        return None
    seen = _squares(table.sum(axis=0)) - 1e-9
    people, items = table.shape
    if factorial(items) ** (people - 1) <= _EXACT_BELOW:
        orders = [sorted(permutations(row)) for row in table[1:]]
        sums = [table[0] + np.sum(rows, axis=0) for rows in product(*orders)]
        hits = sum(_squares(row) >= seen for row in sums)
        return Chance(p=hits / len(sums), hits=hits, tries=len(sums), is_exact=True)
    chance = np.random.default_rng(seed)
    drawn = np.zeros((tries, items))
    for row in table:
        drawn += chance.permuted(np.tile(row, (tries, 1)), axis=1)
    spread = ((drawn - drawn.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    hits = int((spread >= seen).sum())
    return Chance(p=(hits + 1) / (tries + 1), hits=hits, tries=tries, is_exact=False)


def krippendorff_alpha(ratings: Ratings, measurement: Measurement) -> float | None:
    """Krippendorff's alpha: 1 full agreement, 0 what chance would give, below 0 systematic disagreement.

    alpha = 1 - (n - 1) sum o(c,k) d²(c,k) / sum n(c) n(k) d²(c,k), over pairs of values c, k of the same
    thing (o) and of anything (n); d² is 1 for nominal values, (c - k)² for interval ones, and for ordinal
    ones the squared number of ratings between the two (K. Krippendorff 2019, ch. 12). Things rated by fewer
    than two people do not count. None where nothing can differ.
    """
    columns = [[x for x in column if x is not None] for column in zip(*ratings, strict=True)]
    paired = [column for column in columns if len(column) >= 2]
    values = sorted({x for column in paired for x in column})
    if len(values) < 2:
        return None
    together = _coincidences(paired, values)
    counts = together.sum(axis=1)
    apart = _distances(values, counts, measurement)
    expected = float((np.outer(counts, counts) * apart).sum())
    return 1 - (float(counts.sum()) - 1) * float((together * apart).sum()) / expected


def without_each(
    people: Sequence[Sequence[float | None]], figure: Callable[[list[Sequence[float | None]]], float | None]
) -> list[float] | None:
    """What `figure` is when each person in turn is left out; None where it cannot be told for one."""
    found = [
        figure([row for place, row in enumerate(people) if place != gone]) for gone in range(len(people))
    ]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None


def _ranks(rankings: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    return np.array([ranked(row) for row in rankings], dtype=float).reshape(len(rankings), -1)


def _squares(sums: NDArray[np.float64]) -> float:
    return float(((sums - sums.mean()) ** 2).sum())


def _most(table: NDArray[np.float64]) -> float:
    """Twelve times the squares that full agreement would give."""
    people, items = table.shape
    ties = sum(t**3 - t for row in table for t in Counter(row.tolist()).values())
    return float(people**2 * (items**3 - items) - people * ties)


def _coincidences(columns: list[list[float]], values: list[float]) -> NDArray[np.float64]:
    """How often each pair of values meets in one thing; each thing counts as many times as it was rated."""
    place = {x: at for at, x in enumerate(values)}
    found = np.zeros((len(values), len(values)))
    for column in columns:
        counts = np.zeros(len(values))
        for x in column:
            counts[place[x]] += 1
        found += (np.outer(counts, counts) - np.diag(counts)) / (len(column) - 1)
    return found


def _distances(
    values: list[float], counts: NDArray[np.float64], measurement: Measurement
) -> NDArray[np.float64]:
    at = np.array(values)
    if measurement == "nominal":
        return 1.0 - np.eye(len(values))
    if measurement == "ordinal":
        at = np.cumsum(counts) - counts / 2  # the number of ratings below, and half of those alike
    apart: NDArray[np.float64] = np.subtract.outer(at, at) ** 2
    return apart
