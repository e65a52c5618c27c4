"""Intervals against printed references, other libraries and their own exact coverage."""

from itertools import product
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from fulcrum.evidence.methods.hidden_cause import e_value, e_value_of_limit, ratio_of_means
from fulcrum.evidence.methods.intervals import normal_critical, pulled_mean, unskewed, wilson
from fulcrum.evidence.methods.score import NPS_PULL

Z = normal_critical(0.95)


@pytest.mark.parametrize(("events", "n"), [(0, 20), (1, 25), (13, 40), (40, 40), (4711, 10_000)])
def test_a_wilson_interval_agrees_with_scipy_and_statsmodels(events: int, n: int) -> None:
    ours = wilson(events, n, 0.95)
    theirs = proportion_confint(events, n, alpha=0.05, method="wilson")
    scipys = stats.binomtest(events, n).proportion_ci(0.95, method="wilson")
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)
    assert (ours.low, ours.high) == pytest.approx((scipys.low, scipys.high), abs=1e-12)


@given(st.integers(20, 500), st.floats(0, 1))
def test_the_share_that_did_mirrors_the_share_that_did_not(n: int, share: float) -> None:
    did, did_not = wilson(share * n, n, 0.95), wilson((1 - share) * n, n, 0.95)
    assert did.low == pytest.approx(1 - did_not.high, abs=1e-9)
    assert did.high == pytest.approx(1 - did_not.low, abs=1e-9)


def test_the_margin_of_an_nps_is_the_printed_one_for_many_answers() -> None:
    # Shares 1/2, 1/3, 1/6 have unit variance 5/9; at n = 324 the standard error is 4.14 points.
    promoters, detractors, n = 1 / 2, 1 / 6, 324
    nps, square = 100 * (promoters - detractors), 100**2 * (promoters + detractors)
    textbook = 100 * sqrt((promoters + detractors - (promoters - detractors) ** 2) / n)
    assert textbook == pytest.approx(4.14, abs=0.005)
    interval = pulled_mean(nps, square, n, NPS_PULL, 0.95, Z)
    assert (interval.high - interval.low) / 2 == pytest.approx(Z * textbook, rel=0.005)


@pytest.mark.parametrize("shares", [(0.2, 0.3, 0.5), (0.02, 0.08, 0.90), (0.6, 0.3, 0.1)])
@pytest.mark.parametrize("n", [20, 30, 50])
def test_an_nps_interval_covers_the_truth_exactly_often_enough(
    shares: tuple[float, float, float], n: int
) -> None:
    detractors, _, promoters = shares
    truth, covered = 100 * (promoters - detractors), 0.0
    for low, high in product(range(n + 1), repeat=2):
        if low + high > n:
            continue
        chance = comb(n, low) * comb(n - low, high) * detractors**low * promoters**high
        chance *= (1 - detractors - promoters) ** (n - low - high)
        mean, square = 100 * (high - low) / n, 100**2 * (high + low) / n
        covered += chance * (truth in pulled_mean(mean, square, n, NPS_PULL, 0.95, Z))
    assert 0.93 <= covered <= 0.99


def test_all_tens_still_leave_doubt() -> None:
    interval = pulled_mean(10, 100, 20, ((0, 0.5), (10, 0.5)), 0.95, Z)
    assert interval.low < 9.5
    assert interval.high == 10


def test_an_interval_without_skew_is_the_usual_one() -> None:
    flat, bent = unskewed(5, 1, 0.0, 0.95, Z), unskewed(5, 1, 1e-6, 0.95, Z)
    assert (flat.low, flat.high) == pytest.approx((5 - Z, 5 + Z))
    assert (bent.low, bent.high) == pytest.approx((flat.low, flat.high), abs=1e-4)


def test_skewed_amounts_reach_further_up_than_down() -> None:
    interval = unskewed(100, 10, 0.5, 0.95, Z)
    assert interval.high - 100 > 100 - interval.low


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(10.73, 20.94777), (8.02, 15.52336), (3.9, 7.263), (2.5 / 1.5, 2.72076), (1.0, 1.0)],
)
def test_e_values_are_the_published_ones(ratio: float, expected: float) -> None:
    assert e_value(ratio) == pytest.approx(expected, abs=5e-4)
    assert e_value(1 / ratio) == pytest.approx(e_value(ratio))


def test_a_limit_that_spans_no_association_needs_no_hidden_cause() -> None:
    assert e_value_of_limit(0.9, 1.4) == 1.0
    assert e_value_of_limit(8.02, 14.36) == pytest.approx(15.52336, abs=5e-6)
    assert e_value_of_limit(0.2, 0.5) == pytest.approx(e_value(2.0))


def test_a_difference_of_means_becomes_a_ratio_by_the_published_rule() -> None:
    ratio, low, high = ratio_of_means(gap=0.5, error=0.1, deviation=1.0, critical=1.959964)
    assert (ratio, low, high) == pytest.approx(tuple(np.exp([0.455, 0.455 - 0.178, 0.455 + 0.178])), rel=5e-4)


def test_the_limits_of_a_ratio_of_means_are_those_of_the_gap_at_any_confidence() -> None:
    for critical in (1.2816, 1.998, 2.5):
        _, low, high = ratio_of_means(gap=30.0, error=12.0, deviation=100.0, critical=critical)
        for end, side in ((low, -1), (high, 1)):
            assert np.log(end) / 0.91 * 100 == pytest.approx(30 + side * critical * 12)
