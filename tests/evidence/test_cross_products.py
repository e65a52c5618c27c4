"""Cross-products add up, count what is missing, and never read a missing rating as a low one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fulcrum.evidence.methods.cross_products import CrossProducts, cross_products

NAMES = ("help", "speed", "score")


def answers(seed: int, rows: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Ratings with gaps, buckets and weights."""
    rng = np.random.default_rng(seed)
    ratings = rng.integers(0, 11, (rows, 3)).astype(float)
    ratings[rng.random((rows, 3)) < 0.15] = np.nan
    return ratings, rng.integers(0, 8, rows), rng.integers(1, 4, rows).astype(float)


def same(one: CrossProducts, other: CrossProducts) -> bool:
    """Whether two cross-products hold the same sums under the same keys."""
    arrays = ("n", "w", "ww", "missing", "inapplicable", "sums", "products")
    return one.keys == other.keys and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )


def test_three_answers_by_hand() -> None:
    ratings = np.array([[1.0, 2.0, 3.0], [2.0, np.nan, 5.0], [4.0, 0.0, 6.0]])
    made = cross_products(NAMES, ratings, np.array([0, 0, 1]), weights=np.array([1.0, 1.0, 2.0]))
    assert made.keys == ((0, 0), (0, 2), (1, 0))
    assert made.complete(*NAMES).total.sums.tolist() == [9.0, 2.0, 15.0]
    assert made.complete(*NAMES).total.products.tolist() == [[33, 2, 51], [2, 4, 6], [51, 6, 81]]
    assert made.complete("help", "score").total.sums.tolist() == [11.0, 20.0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 60))
def test_two_files_sum_to_the_cross_products_of_their_union(seed: int, cut: int) -> None:
    ratings, buckets, weights = answers(seed, 60)
    one = cross_products(NAMES, ratings[:cut], buckets[:cut], weights=weights[:cut])
    other = cross_products(NAMES, ratings[cut:], buckets[cut:], weights=weights[cut:])
    whole = cross_products(NAMES, ratings, buckets, weights=weights)
    assert same(one + other, whole)
    assert same(other + one, whole)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    ratings, buckets, weights = answers(seed, 40)
    shuffled = np.random.default_rng(seed).permutation(40)
    one = cross_products(NAMES, ratings, buckets, weights=weights)
    other = cross_products(NAMES, ratings[shuffled], buckets[shuffled], weights=weights[shuffled])
    assert same(one, other)


def test_covariance_and_correlation_agree_with_numpy_on_complete_weighted_rows() -> None:
    ratings, buckets, weights = answers(3, 500)
    totals = cross_products(NAMES, ratings, buckets, weights=weights).complete(*NAMES).total
    full = ~np.isnan(ratings).any(axis=1)
    expected = np.cov(ratings[full].T, aweights=weights[full], ddof=0)
    assert totals.covariance == pytest.approx(expected, rel=1e-12)
    deviations = np.sqrt(np.diag(expected))
    assert totals.correlation == pytest.approx(expected / np.outer(deviations, deviations), rel=1e-12)


def test_without_each_bucket_is_the_same_as_adding_up_the_others() -> None:
    ratings, buckets, weights = answers(4, 200)
    complete = cross_products(NAMES, ratings, buckets, weights=weights).complete(*NAMES)
    for at, bucket in enumerate(complete.buckets):
        others = buckets != bucket
        left = cross_products(NAMES, ratings[others], buckets[others], weights=weights[others])
        assert complete.without_each.products[at] == pytest.approx(left.complete(*NAMES).total.products)


def test_missing_and_not_applicable_are_counted_apart() -> None:
    ratings = np.array([[1.0, np.nan, 3.0], [0.0, 5.0, 5.0], [0.0, 5.0, np.nan], [4.0, 1.0, 6.0]])
    zero_means_not_applicable = (ratings == 0) & np.array([True, False, False])
    made = cross_products(NAMES, ratings, np.zeros(4, dtype=np.int64), inapplicable=zero_means_not_applicable)
    assert made.unusable("help") == (0, 2)
    assert made.unusable("speed") == (1, 0)
    assert made.answered("score").rows == 3
    assert made.complete("help").total.means.tolist() == [2.5]


def test_leaving_out_a_badly_answered_driver_brings_its_rows_back() -> None:
    ratings = np.array([[1.0, np.nan, 3.0], [2.0, np.nan, 5.0], [4.0, 1.0, 6.0]])
    made = cross_products(NAMES, ratings, np.zeros(3, dtype=np.int64))
    assert made.complete(*NAMES).cases == 1
    assert made.complete("help", "score").cases == 3


def test_effective_rows_follow_kish() -> None:
    ratings = np.array([[1.0], [2.0], [3.0]])
    made = cross_products(("score",), ratings, np.array([0, 1, 2]), weights=np.array([1.0, 1.0, 4.0]))
    assert made.complete("score").effective == pytest.approx(36 / 18)


def test_cross_products_of_other_columns_do_not_add() -> None:
    one = cross_products(("a",), np.zeros((1, 1)), np.array([0]))
    with pytest.raises(ValueError, match="do not add"):
        one + cross_products(("b",), np.zeros((1, 1)), np.array([0]))


def test_no_rows_are_no_cross_products() -> None:
    made = cross_products(NAMES, np.zeros((0, 3)), np.zeros(0, dtype=np.int64))
    assert len(made) == 0
    assert made.complete(*NAMES).cases == 0
