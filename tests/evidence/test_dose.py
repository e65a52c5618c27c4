"""Dose-response: fits agree with statsmodels on rows, falls are told from chance, and refusals say why."""

import numpy as np
import pytest
import statsmodels.api as sm
from cell_maker import cells_of
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fulcrum.core.quantities import Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.methods.buckets import Grid, Spread, grid
from fulcrum.evidence.methods.dose import (
    Fit,
    Points,
    binomial_fit,
    chance_of_falls,
    is_straight,
    largest_fall,
    linear_fit,
    never_falling,
    not_fitted,
    points_of,
    too_few_behind,
)

Numbers = NDArray[np.float64]


def rows(n: int = 3_000, seed: int = 4) -> tuple[NDArray[np.int64], NDArray[np.int64], Numbers]:
    """Scores, who stayed, and spend."""
    rng = np.random.default_rng(seed)
    score = np.clip(np.round(rng.normal(7.5, 2.2, n)), 0, 10).astype(np.int64)
    stayed = (rng.random(n) < 1 / (1 + np.exp(-(0.2 + 0.22 * score)))).astype(np.int64)
    return score, stayed, np.round(rng.gamma(2.0, 100 + 12.0 * score), 2)


def cases(
    score: NDArray[np.int64], outcome: Numbers | NDArray[np.int64], weight: Numbers | None = None
) -> Grid:
    """The cells of rows, by score and bucket."""
    weights = None if weight is None else list(weight)
    return grid(cells_of({"score": list(score)}, [float(y) for y in outcome], weights), "score")


def test_the_binomial_slope_agrees_with_statsmodels_on_rows() -> None:
    score, stayed, _ = rows()
    reference = sm.GLM(stayed, sm.add_constant(score.astype(float)), family=sm.families.Binomial()).fit()
    fit = binomial_fit(cases(score, stayed))
    assert fit.slope == pytest.approx(reference.params[1], rel=1e-8)
    assert fit.doubt.error == pytest.approx(reference.bse[1], rel=0.25)


def test_the_line_agrees_with_statsmodels_on_rows_and_its_doubt_with_the_robust_error() -> None:
    score, _, spend = rows()
    reference = sm.OLS(spend, sm.add_constant(score.astype(float))).fit(cov_type="HC3")
    fit = linear_fit(cases(score, spend))
    assert fit.slope == pytest.approx(reference.params[1], rel=1e-9)
    assert fit.doubt.error == pytest.approx(reference.bse[1], rel=0.25)


def test_weighted_fits_agree_with_statsmodels() -> None:
    score, stayed, spend = rows(800)
    weight = np.random.default_rng(1).uniform(0.5, 3, 800)
    x = sm.add_constant(score.astype(float))
    line = sm.WLS(spend, x, weights=weight).fit()
    assert linear_fit(cases(score, spend, weight)).slope == pytest.approx(line.params[1], rel=1e-9)
    logit = sm.GLM(stayed, x, family=sm.families.Binomial(), freq_weights=weight).fit()
    assert binomial_fit(cases(score, stayed, weight)).slope == pytest.approx(logit.params[1], rel=1e-8)


def test_a_score_that_parts_all_stayers_from_all_leavers_has_no_slope() -> None:
    score = np.array([2] * 40 + [9] * 40)
    fit = binomial_fit(cases(score, (score > 5).astype(np.int64)))
    assert np.isnan(fit.slope)
    assert np.isnan(fit.doubt.error)


def test_pooling_by_hand() -> None:
    weight = np.ones(4)
    assert never_falling(np.array([1.0, 3.0, 2.0, 4.0]), weight).tolist() == [1, 2.5, 2.5, 4]
    assert never_falling(np.array([4.0, 3.0, 2.0, 1.0]), weight).tolist() == [2.5] * 4
    assert never_falling(np.array([1.0, 3.0, 2.0]), np.array([1.0, 1.0, 3.0])).tolist() == [1, 2.25, 2.25]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 9)), min_size=1, max_size=11))
def test_the_nearest_never_falling_values_agree_with_pooling_adjacent_violators(
    points: list[tuple[int, int]],
) -> None:
    mean, weight = (np.array(part, dtype=float) for part in zip(*points, strict=True))
    found = never_falling(mean, weight)
    blocks: list[list[float]] = []  # value, weight, how many
    for value, heavy in zip(mean, weight, strict=True):
        blocks.append([value, heavy, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            one, other = blocks.pop(-2), blocks.pop()
            total = one[1] + other[1]
            blocks.append([(one[0] * one[1] + other[0] * other[1]) / total, total, one[2] + other[2]])
    assert found == pytest.approx(np.concatenate([[block[0]] * int(block[2]) for block in blocks]))


def test_a_relation_that_rises_has_no_falls_and_one_that_turns_has() -> None:
    at = np.arange(11.0)
    rising = Points(at=at, mean=at / 10, error=np.full(11, 0.01))
    turning = Points(at=at, mean=np.where(at < 8, at / 10, 1.4 - at / 10), error=np.full(11, 0.01))
    assert chance_of_falls(rising, seed=1, draws=500) == (500, 500)
    as_large, draws = chance_of_falls(turning, seed=1, draws=500)
    assert as_large / draws < 0.01
    assert largest_fall(turning) == (7.0, 10.0)
    assert is_straight(rising, 0.95)
    assert not is_straight(turning, 0.95)


def test_equal_means_show_falls_by_chance_in_one_of_twenty_cases() -> None:
    rng = np.random.default_rng(8)
    error = np.full(6, 0.5)
    alarms = 0
    for turn in range(300):
        points = Points(at=np.arange(6.0), mean=rng.normal(0, error), error=error)
        as_large, draws = chance_of_falls(points, seed=turn, draws=400)
        alarms += as_large / draws <= 0.05
    assert 0.02 <= alarms / 300 <= 0.085


def test_the_same_seed_gives_the_same_chance() -> None:
    points = points_of(cases(*rows()[:2]), is_share=True)
    assert chance_of_falls(points, seed=3, draws=300) == chance_of_falls(points, seed=3, draws=300)


def test_scores_of_fewer_than_ten_customers_are_no_points() -> None:
    score = np.array([3] * 9 + [8] * 10 + [9] * 20)
    points = points_of(cases(score, np.ones(39, dtype=np.int64)), is_share=True)
    assert points.at.tolist() == [8, 9]
    assert (points.error > 0).all()


def test_a_score_at_which_nobody_bought_has_the_doubt_of_the_others() -> None:
    rng = np.random.default_rng(8)
    score = np.repeat([2, 5, 8, 10], 200)
    spend = np.round(rng.gamma(2.0, 60.0, 800), 2)
    spend[score == 2] = 0.0
    spend[score == 8] += 200  # and those at 10 spend far less than those at 8
    points = points_of(cases(score, spend), is_share=False)
    at_all = np.mean([spend[score == at].var(ddof=1) for at in (2, 5, 8, 10)])
    assert points.error[0] == pytest.approx(np.sqrt(at_all / 200))
    as_large, draws = chance_of_falls(points, seed=1, draws=400)
    assert as_large == 0
    assert draws == 400
    assert not is_straight(points, 0.95)


@pytest.mark.parametrize("amounts", [[49.99] * 300, [10.0] * 100 + [20.0] * 100 + [30.0] * 100])
def test_amounts_that_do_not_differ_at_a_score_carry_no_line(
    amounts: list[float], rules: EvidenceRules
) -> None:
    because = not_fitted(cases(np.repeat([4, 7, 9], 100), np.array(amounts)), rules, is_share=False)
    assert because is not None
    assert "the same amount" in because[1].reason


def test_a_line_that_a_handful_of_low_scores_make_is_not_drawn(rules: EvidenceRules) -> None:
    def refusal(lows: int) -> tuple[str, Unknown] | None:
        scores = [10] * 300 + [9] * 60 + [2] * lows
        stayed = [float(row % 7 != 0) for row in range(len(scores))]
        return too_few_behind(grid(cells_of({"score": scores}, stayed), "score"), rules)

    because = refusal(12)
    assert because is not None
    assert "rests on about" in because[1].reason
    assert refusal(60) is None


def test_an_interval_of_a_lopsided_slope_is_no_narrower_than_the_plain_one() -> None:
    doubt = Spread(error=1.0, freedom=63, without=np.zeros(64))
    even, skewed = (Fit(slope=0.0, doubt=doubt, skew=skew).interval(0.95) for skew in (0.0, 0.6))
    assert skewed.high > even.high
    assert skewed.low <= even.low
