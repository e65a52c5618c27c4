"""Agreement and intervals against other programs, to 1e-9; the inputs stand beside the values.

Kendall's W: R 4.2.2 `friedman.test` (W = chi² / (m (n - 1))) and vegan 2.6-4 `kendall.global`. Krippendorff's
alpha: R's irr and krippendorff 0.9 for Python. Intervals: R's `binom.test`, `prop.test` and `t.test`.
Newcombe's example is that of his paper of 1998.
Where R stops 1.3e-9 short of a limit that has a closed form (one of twelve), the closed form stands.
"""

from collections.abc import Callable
from math import sqrt

import pytest

from fulcrum.alignment import agreement, intervals

_ = None
WITHOUT_TIES = [[1, 2, 3, 4, 5], [2, 1, 3, 5, 4], [1, 3, 2, 4, 5], [3, 1, 2, 5, 4]]
TOP_FIVE_OF_EIGHT = [
    [1, 2, 3, 4, 5, 7, 7, 7],
    [2, 1, 3, 7, 4, 5, 7, 7],
    [7, 3, 2, 4, 5, 1, 7, 7],
    [3, 1, 2, 5, 4, 7, 7, 7],
    [1, 2, 3, 7, 7, 7, 4, 5],
]
TIES = [[1, 1, 3, 4], [2, 2, 2, 1], [1, 2, 2, 4], [4, 3, 1, 1], [1, 4, 2, 3]]
PROOFWIKI = [[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]]
SEVEN_BY_SIX = [
    [1, 4, 3, 6, 2, 5],
    [3, 2, 6, 4, 1, 5],
    [5, 2, 6, 4, 3, 1],
    [1, 5, 6, 4, 3, 2],
    [5, 6, 2, 4, 3, 1],
    [4, 1, 6, 3, 2, 5],
    [2, 4, 5, 6, 3, 1],
]
THREE_BY_FOUR = [[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]]

ENCYCLOPAEDIA = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]
KRIPPENDORFFS_NOTE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
TOP_FIVES = [
    [1, 2, 3, 4, 5, _],
    [2, 1, 3, _, 4, 5],
    [1, 3, 2, 4, 5, _],
    [3, 1, 2, 5, 4, _],
    [_, 1, 2, 3, 4, 5],
]
COMPLETE = [[1, 2, 3, 4], [1, 2, 3, 3], [2, 2, 4, 4], [1, 3, 3, 4]]

X, Y, Z = [8, 7, 9, 8, 6, 7], [6, 5, 8, 7, 7, 6], [5, 6, 7, 4]
SURE = 0.95


def near(found: float | None, said: float) -> bool:
    return found is not None and abs(found - said) < 1e-9


@pytest.mark.parametrize(
    ("rankings", "w"),
    [
        (WITHOUT_TIES, 0.7875),
        (TOP_FIVE_OF_EIGHT, 0.592),
        (TIES, 0.0697674418604651),
        (PROOFWIKI, 1 / 16),
        (SEVEN_BY_SIX, 0.258309037900875),
        (THREE_BY_FOUR, 7 / 9),
    ],
)
def test_kendalls_w_is_that_of_r(rankings: list[list[float]], w: float) -> None:
    assert near(agreement.kendall_w(rankings), w)


@pytest.mark.parametrize(
    ("ratings", "nominal", "ordinal", "interval"),
    [
        (ENCYCLOPAEDIA, 0.691358024691358, 0.806721419941315, 0.810844892812106),
        (KRIPPENDORFFS_NOTE, 0.743421052631579, 0.815387503754881, 0.849107142857143),
        (TOP_FIVES, 0.224, 0.744, 0.744),
        (COMPLETE, 0.368421052631579, 0.7847877358490567, 0.7887323943661971),
    ],
)
def test_krippendorffs_alpha_is_that_of_irr(
    ratings: agreement.Ratings, nominal: float, ordinal: float, interval: float
) -> None:
    assert near(agreement.krippendorff_alpha(ratings, "nominal"), nominal)
    assert near(agreement.krippendorff_alpha(ratings, "ordinal"), ordinal)
    assert near(agreement.krippendorff_alpha(ratings, "interval"), interval)


def test_the_chance_of_few_rankings_is_exact_as_by_brute_force_in_r() -> None:
    chance = agreement.chance_of(THREE_BY_FOUR, tries=99, seed=1)
    assert chance is not None
    assert (chance.hits, chance.tries, chance.is_exact) == (31, 576, True)
    assert near(chance.p, 0.0538194444444444)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (intervals.exact_share(3, 5, SURE), (0.146632799634673, 0.947255049473683)),
        (intervals.exact_share(0, 5, SURE), (0.0, 0.521823750104981)),
        (intervals.exact_share(5, 5, SURE), (0.478176249895019, 1.0)),
        (intervals.exact_share(7, 20, SURE), (0.153909204784541, 0.592188534532828)),
        (intervals.exact_share(1, 12, SURE), (1 - 0.975 ** (1 / 12), 0.384796165150944)),
        (intervals.score_share(3, 5, SURE), (0.230724281276013, 0.882379225767352)),
        (intervals.score_share(7, 20, SURE), (0.181191824101082, 0.567145723314764)),
        (intervals.score_share(1, 12, SURE), (0.0148650944049171, 0.353879911141117)),
        (intervals.mean_of(X, SURE), (6.39934261529199, 8.60065738470801)),
        (
            intervals.mean_of([y - x for x, y in zip(X, Y, strict=True)], SURE),
            (-2.149599145241798, 0.149599145241798),
        ),
        (intervals.mean_change(X, Z, SURE), (-3.931098726913575, -0.0689012730864249)),
        (intervals.deviation_of(X, SURE), (0.654674875867835, 2.572323252335341)),
        (intervals.share_change_paired(3, 1, 6, SURE), (-0.324565372610812, 0.824565372610812)),
    ],
)
def test_intervals_are_those_of_r(found: tuple[float, float], said: tuple[float, float]) -> None:
    assert found == pytest.approx(said, abs=1e-9)


def test_the_difference_of_two_shares_is_newcombes() -> None:
    wilson: Callable[[int, int], tuple[float, float]] = lambda k, n: intervals.score_share(k, n, SURE)  # noqa: E731
    found = intervals.difference(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    assert found == pytest.approx((0.0524314724023649, 0.3338726540369059), abs=1e-9)


def test_the_grain_of_the_scale_leaves_doubt_where_all_say_the_same() -> None:
    low, high = intervals.mean_of([8] * 5, SURE, step=1)
    assert near(high - 8, 2.7764451051977934 * sqrt(1 / 12 / 5))
    assert near(8 - low, high - 8)
