"""Drivers: shares agree with R, obey laws, find a known truth, and are refused where data carry none."""

from itertools import permutations
from time import perf_counter

import numpy as np
import pytest
from numpy.typing import NDArray
from reference_data import rows, table

from fulcrum.core.findings import DriverAnalysis
from fulcrum.core.quantities import SHARE, Estimate, Grade, Unknown, score_unit
from fulcrum.evidence.methods.cross_products import CrossProducts, cross_products
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse
from fulcrum.evidence.methods.importance import explained_by_subset, lmg, relative_weights
from fulcrum.evidence.methods.replicated import Replicated

SWISS = ("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")
ATTITUDE = ("complaints", "privileges", "learning", "raises", "critical", "advance")
SCORE = Outcome(key="nps", name="y", title="the score", unit=score_unit(0, 10), same_sitting=True)
STAYED = Outcome(key="stayed", name="y", title="having stayed", unit=SHARE, same_sitting=False)


def correlation(name: str, *fields: str) -> NDArray[np.float64]:
    """The correlation matrix of a reference file, the outcome last."""
    return np.corrcoef(table(name, *fields).T)


def company(
    seed: int,
    slopes: tuple[float, ...],
    *,
    customers: int = 600,
    answers: float = 3.0,
    alike: float = 0.4,
    missing: float = 0.0,
) -> CrossProducts:
    """Answers of customers who answer several times, and alike, with drivers d0, d1, … and outcome y."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(customers), 1 + rng.poisson(answers - 1, customers))
    size = len(slopes)
    root = np.linalg.cholesky(np.full((size, size), alike) + np.eye(size) * (1 - alike))
    half = np.sqrt(0.5)
    rated = half * (rng.normal(size=(customers, size))[who] + rng.normal(size=(len(who), size))) @ root.T
    outcome = rated @ np.array(slopes) + half * (rng.normal(size=customers)[who] + rng.normal(size=len(who)))
    rated[rng.random(len(who)) < missing, 0] = np.nan
    buckets = rng.integers(0, 64, customers)[who]
    return cross_products((*named(size), "y"), np.column_stack([5 + rated, 5 + outcome]), buckets)


def named(size: int) -> tuple[str, ...]:
    """d0, d1, …"""
    return tuple(f"d{at}" for at in range(size))


def true_shares(slopes: tuple[float, ...], alike: float = 0.4) -> NDArray[np.float64]:
    """The shares of the explained variance that `company` has in truth."""
    size = len(slopes)
    among = np.full((size, size), alike) + np.eye(size) * (1 - alike)
    link = among @ np.array(slopes)
    spread = np.sqrt(np.array(slopes) @ link + 1)
    matrix = np.block([[among, link[:, None] / spread], [link / spread, np.ones(1)]])
    shares = lmg(matrix)
    return shares / shares.sum()


def analysed(products: CrossProducts, outcome: Outcome = SCORE) -> DriverAnalysis:
    """The analysis of all columns but the outcome."""
    drivers = tuple(Rated(name=name, title=name, scale=(0, 10)) for name in products.names[:-1])
    return analyse(products, drivers, outcome, confidence=0.95, trace="t")


def known(result: Estimate | Unknown) -> Estimate:
    """The estimate, which must be one."""
    assert isinstance(result, Estimate)
    return result


def test_two_drivers_by_hand() -> None:
    # R² alone: .36 and .16; together (.36 + .16 - 2 x .6 x .4 x .5) / (1 - .25) = .373333
    matrix = np.array([[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]])
    together = 0.28 / 0.75
    expected = [(0.36 + together - 0.16) / 2, (0.16 + together - 0.36) / 2]
    assert lmg(matrix) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "fields", "shares", "weights"),
    [
        (
            "swiss",
            (*SWISS, "Fertility"),
            [0.057091221, 0.171173029, 0.260134679, 0.105570150, 0.112765923],
            [0.048416896, 0.154708250, 0.271964105, 0.114680030, 0.116965721],
        ),
        (
            "attitude",
            (*ATTITUDE, "rating"),
            [0.3708161943, 0.0509037930, 0.1557659902, 0.1203450794, 0.0065887225, 0.0281822131],
            [0.3627601997, 0.0560022788, 0.1636109108, 0.1217803997, 0.0082554665, 0.0201927372],
        ),
    ],
)
def test_shares_and_relative_weights_agree_with_relaimpo_to_nine_digits(
    name: str, fields: tuple[str, ...], shares: list[float], weights: list[float]
) -> None:
    matrix = correlation(name, *fields)
    assert lmg(matrix) == pytest.approx(shares, abs=6e-10)
    assert relative_weights(matrix) == pytest.approx(weights, abs=6e-10)


def test_weighted_shares_agree_with_weighted_regressions_in_r() -> None:
    values = table("swiss", *SWISS, "Fertility")
    weights = 1.0 + np.arange(1, len(values) + 1) % 4
    totals = cross_products((*SWISS, "y"), values, np.arange(len(values)), weights=weights).complete(
        *SWISS, "y"
    )
    expected = [float(row["share"]) for row in rows("lmg") if row["data"] == "swiss weighted"]
    assert lmg(totals.total.correlation) == pytest.approx(expected, rel=1e-11)


def test_every_subset_explains_what_a_regression_on_it_explains() -> None:
    matrix = correlation("attitude", *ATTITUDE, "rating")
    explained = explained_by_subset(matrix)
    for subset in range(1, 64):
        chosen = [at for at in range(6) if subset >> at & 1]
        link = matrix[chosen, -1]
        assert explained[subset] == pytest.approx(
            link @ np.linalg.solve(matrix[np.ix_(chosen, chosen)], link)
        )
    assert explained[0] == 0


def test_the_share_is_the_mean_over_all_orders_of_entering() -> None:
    matrix = correlation("swiss", *SWISS, "Fertility")
    explained = explained_by_subset(matrix)
    gains = np.zeros(5)
    for order in permutations(range(5)):
        subset = 0
        for driver in order:
            gains[driver] += explained[subset | 1 << driver] - explained[subset]
            subset |= 1 << driver
    assert lmg(matrix) == pytest.approx(gains / 120, rel=1e-12)


def test_shares_add_up_to_r_squared_and_ignore_order_and_scale() -> None:
    values = table("attitude", *ATTITUDE, "rating")
    matrix = np.corrcoef(values.T)
    shares = lmg(matrix)
    assert shares.sum() == pytest.approx(0.73260199, abs=6e-9)
    assert relative_weights(matrix).sum() == pytest.approx(shares.sum(), rel=1e-12)
    other = [3, 0, 5, 1, 4, 2]
    assert lmg(matrix[np.ix_([*other, 6], [*other, 6])]) == pytest.approx(shares[other], rel=1e-12)
    stretched = values * np.array([1000.0, 0.01, -1.0, 1.0, 7.0, 1.0, 1e6])
    names = (*ATTITUDE, "y")
    totals = cross_products(names, stretched, np.arange(len(values))).complete(*names).total
    assert lmg(totals.correlation) == pytest.approx(shares, rel=1e-9)


def test_a_stack_of_matrices_gives_each_its_own_shares() -> None:
    one, other = correlation("swiss", *SWISS, "Fertility"), np.eye(6)
    both = lmg(np.stack([one, other]))
    assert both[0] == pytest.approx(lmg(one), rel=1e-14)
    assert both[1] == pytest.approx(np.zeros(5))


def test_more_than_fifteen_drivers_are_refused_for_shares_and_not_for_relative_weights() -> None:
    slopes = (0.5, 0.4, *[0.1] * 14)
    found = analysed(company(1, slopes, customers=900))
    assert all(isinstance(driver.share, Unknown) for driver in found.drivers)
    assert sum(known(driver.relative_weight).value for driver in found.drivers) == pytest.approx(1)
    assert found.ranked == ()
    with pytest.raises(ValueError, match="15 drivers"):
        lmg(np.eye(17))


def test_ten_drivers_take_about_a_millisecond_and_fifteen_far_less_than_a_third_of_a_second() -> None:
    rng = np.random.default_rng(0)
    for size, limit in ((10, 0.005), (15, 0.1)):
        matrix = np.corrcoef(rng.normal(size=(200, size + 1)).T)
        lmg(matrix)
        fastest = min(_seconds(matrix) for _ in range(5))
        assert fastest < limit


def test_the_known_order_is_found_and_alike_drivers_are_said_to_be_alike() -> None:
    found = analysed(company(5, (0.9, 0.25, 0.25, 0.0)))
    assert found.drivers[0].key == "d0"
    assert found.drivers[0].places == (1, 1)
    assert found.drivers[0].alike == ()
    second, third = found.drivers[1:3]
    assert {second.key, third.key} == {"d1", "d2"}
    assert third.title in second.alike
    assert second.title in third.alike
    assert [driver.place for driver in found.drivers] == [1, 2, 3, 4]
    assert sum(known(driver.share).value for driver in found.drivers) == pytest.approx(1)
    whole = sum(known(driver.variance).value for driver in found.drivers)
    assert whole == pytest.approx(known(found.explained).value)


def test_slope_mean_reach_and_room_are_those_of_the_rows() -> None:
    products = company(6, (0.7, 0.3), customers=2000)
    found = analysed(products)
    best = found.drivers[0]
    assert known(best.slope).value == pytest.approx(0.7, abs=0.06)
    mean = float(products.complete("d0", "d1", "y").total.means[0])
    assert known(best.mean).value == pytest.approx(mean)
    assert known(best.reached).value == pytest.approx(mean / 10)
    assert known(best.room).value == pytest.approx(known(best.share).value * (1 - mean / 10))


def test_a_scale_on_which_low_is_good_is_read_from_the_other_end() -> None:
    products = company(6, (0.7, 0.3))
    effort = Rated(name="d0", title="Effort", scale=(10, 0))
    found = analyse(products, (effort, Rated(name="d1", title="d1")), SCORE, confidence=0.95, trace="t")
    driver = next(driver for driver in found.drivers if driver.key == "d0")
    assert known(driver.reached).value == pytest.approx(1 - known(driver.mean).value / 10)
    other = next(driver for driver in found.drivers if driver.key == "d1")
    assert isinstance(other.reached, Unknown)
    assert isinstance(other.room, Unknown)


def test_one_questionnaire_is_a_raw_association_and_behaviour_an_adjusted_one() -> None:
    products = company(6, (0.7, 0.3))
    assert known(analysed(products, SCORE).drivers[0].share).grade == Grade.RAW
    assert "one questionnaire" in analysed(products, SCORE).caveats[0].text
    assert known(analysed(products, STAYED).drivers[0].share).grade == Grade.ADJUSTED


def test_a_driver_that_a_fifth_do_not_rate_is_set_apart_and_the_others_keep_all_their_answers() -> None:
    products = company(7, (0.5, 0.5, 0.4), missing=0.25)
    found = analysed(products)
    apart = found.drivers[-1]
    assert apart.key == "d0"
    assert apart.place is None
    assert isinstance(apart.share, Unknown)
    assert "left open" in apart.share.reason
    assert found.n == products.rows
    assert any("set apart" in caveat.text for caveat in found.caveats)


def test_a_few_missing_ratings_are_left_out_and_counted() -> None:
    products = company(7, (0.5, 0.5, 0.4), missing=0.1)
    found = analysed(products)
    assert len(found.ranked) == 3
    assert found.n < found.rows == products.rows
    assert any("lack one of the ratings" in caveat.text for caveat in found.caveats)


def test_too_few_answers_are_refused_with_the_number_needed() -> None:
    found = analysed(company(8, (0.5, 0.3, 0.2), customers=70, answers=1))
    assert isinstance(found.explained, Unknown)
    assert "74" in found.explained.needs
    assert all(isinstance(driver.share, Unknown) for driver in found.drivers)


def test_a_handful_of_customers_who_answer_often_are_refused() -> None:
    found = analysed(company(8, (0.5, 0.3, 0.2), customers=6, answers=40))
    assert isinstance(found.explained, Unknown)
    assert "customers" in found.explained.reason


def test_collinear_drivers_are_refused_by_name() -> None:
    rng = np.random.default_rng(9)
    rated = rng.normal(5, 1, (400, 3))
    values = np.column_stack([rated, rated[:, :2].sum(1), rated.sum(1) + rng.normal(size=400)])
    found = analysed(cross_products((*named(4), "y"), values, np.arange(400) % 64))
    assert isinstance(found.explained, Unknown)
    assert "d0, d1 and d3 can be computed" in found.explained.reason


def test_a_driver_that_does_not_vary_is_set_apart() -> None:
    rng = np.random.default_rng(10)
    rated = rng.normal(5, 1, (400, 3))
    rated[:, 2] = 4
    values = np.column_stack([rated, rated.sum(1) + rng.normal(size=400)])
    found = analysed(cross_products((*named(3), "y"), values, np.arange(400) % 64))
    assert [driver.key for driver in found.ranked] in (["d0", "d1"], ["d1", "d0"])
    assert "same rating" in str(found.drivers[-1].share)


def test_drivers_that_explain_nothing_are_not_ranked() -> None:
    refused = sum(isinstance(analysed(company(seed, (0.0,) * 4)).explained, Unknown) for seed in range(40))
    assert refused >= 34


def test_almost_equal_answers_are_named() -> None:
    found = analysed(company(11, (0.4, 0.4), alike=0.96))
    assert any("almost one answer" in caveat.text for caveat in found.caveats)


def test_a_driver_without_link_or_slope_has_an_interval_from_zero() -> None:
    found = analysed(company(12, (0.9, 0.4, 0.0), alike=0.0))
    last = next(driver for driver in found.drivers if driver.key == "d2")
    assert known(last.share).interval.low == 0


def test_leaving_buckets_out_agrees_with_leaving_their_rows_out() -> None:
    statistic = Replicated(whole=np.array(2.0), without=np.array([1.0, 2.0, 3.0]))
    assert float(statistic.error) == pytest.approx(np.sqrt(2 / 3 * 2))
    assert statistic.freedom == 2


def test_intervals_hold_where_customers_answer_several_times() -> None:
    assert _coverage((0.5, 0.3, 0.1), 60, customers=400, answers=3.0).min() >= 0.88


@pytest.mark.slow
@pytest.mark.parametrize(("customers", "answers"), [(130, 1.0), (400, 1.0), (400, 3.0), (3000, 1.0)])
def test_intervals_cover_the_true_shares(customers: int, answers: float) -> None:
    covered = _coverage((0.5, 0.3, 0.2, 0.1), 600, customers=customers, answers=answers)
    assert covered.min() >= 0.92
    assert covered.max() <= 0.975


@pytest.mark.slow
@pytest.mark.parametrize("outcome", ["score", "left"])
def test_intervals_cover_the_true_shares_of_whole_ratings_that_crowd_at_the_top(outcome: str) -> None:
    rng = np.random.default_rng(9)
    who, rated, happened = _crowded(rng, 400_000, outcome)
    truth = lmg(np.corrcoef(np.column_stack([rated, happened]).T))
    truth /= truth.sum()
    held = np.zeros(4)
    for _ in range(300):
        who, rated, happened = _crowded(rng, 500, outcome)
        values, buckets = np.column_stack([rated, happened]), rng.integers(0, 64, 500)[who]
        for driver in analysed(cross_products((*named(4), "y"), values, buckets), STAYED).ranked:
            at = int(driver.key[1:])
            held[at] += truth[at] in known(driver.share).interval
    assert (held / 300).min() >= 0.90
    assert (held / 300).max() <= 0.99


@pytest.mark.slow
def test_equal_drivers_are_told_apart_in_at_most_five_of_a_hundred_rankings() -> None:
    told = [
        any(len(driver.alike) < 3 for driver in analysed(company(seed, (0.3,) * 4, customers=300)).drivers)
        for seed in range(400)
    ]
    assert np.mean(told) <= 0.07


@pytest.mark.slow
def test_drivers_without_any_effect_are_ranked_in_less_than_one_of_a_hundred_cases() -> None:
    ranked = [
        isinstance(analysed(company(seed, (0.0,) * 4, customers=300)).explained, Estimate)
        for seed in range(600)
    ]
    assert np.mean(ranked) <= 0.01


def _coverage(
    slopes: tuple[float, ...], repeats: int, *, customers: int, answers: float
) -> NDArray[np.float64]:
    truth = true_shares(slopes)
    held = np.zeros(len(slopes))
    for seed in range(repeats):
        found = analysed(company(seed, slopes, customers=customers, answers=answers))
        for driver in found.ranked:
            at = int(driver.key[1:])
            held[at] += truth[at] in known(driver.share).interval
    return held / repeats


def _crowded(
    rng: np.random.Generator, customers: int, outcome: str
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Whole ratings from 0 to 10 near their top, two answers a customer, and a score or a rare event."""
    who = np.repeat(np.arange(customers), 1 + rng.poisson(1, customers))
    root = np.linalg.cholesky(np.full((4, 4), 0.5) + np.eye(4) * 0.5)
    felt = 0.7 * (rng.normal(size=(customers, 4))[who] + rng.normal(size=(len(who), 4))) @ root.T
    both = felt @ np.array([0.6, 0.4, 0.2, 0.1]) + 0.7 * (
        rng.normal(size=customers)[who] + rng.normal(size=len(who))
    )
    happened = np.clip(np.rint(8.2 + 2 * both), 0, 10) if outcome == "score" else (both < -1.8) * 1.0
    return who, np.clip(np.rint(8 + 2 * felt), 0, 10), happened


def _seconds(matrix: NDArray[np.float64]) -> float:
    started = perf_counter()
    lmg(matrix)
    return perf_counter() - started
