import numpy as np
import pytest

from fulcrum.words.rates import (
    EVENLY,
    Count,
    Spread,
    chance_of,
    dispersion,
    rate,
    rate_interval,
    ratio_interval,
    yearly_ratio,
)

# R 4.2.2: poisson.test(k, words / 1000)$conf.int
OF_ONE = [
    (0, 3618, 0.0, 1.019590783),
    (15, 1183, 7.096691575, 20.913118235),
    (3, 1200, 0.5155601024, 7.3060608915),
    (88, 3618, 19.50762114, 29.96640720),
]
# R 4.2.2: poisson.test(c(k1, k2), c(w1, w2) / 1000): estimate, conf.int, p-value of alternative "greater"
OF_TWO = [
    (15, 1183, 7, 3618, 6.553556334, 2.515193196, 19.000115963, 2.048732837e-05),
    (0, 900, 6, 2000, 0.0, 0.0, 1.88735821, 1.0),
    (40, 5000, 12, 3000, 2.0, 1.028652242, 4.187892087, 0.01990143164),
]
YEARS = (0, 0.5, 1.1, 1.6, 2.2, 2.9)
TRIALS = 1000
WORDS = (1000, 1400, 900, 1500, 1600, 1200)


@pytest.mark.parametrize(("mentions", "words", "low", "high"), OF_ONE)
def test_a_rate_without_clustering_is_that_of_poisson_test(mentions, words, low, high):
    interval = rate_interval(Count(mentions=mentions, words=words), 0.95)
    assert (interval.low, interval.high) == pytest.approx((low, high), rel=1e-8)


@pytest.mark.parametrize(("k1", "w1", "k2", "w2", "ratio", "low", "high", "p"), OF_TWO)
def test_two_rates_compare_as_in_poisson_test(k1, w1, k2, w2, ratio, low, high, p):
    one, other = Count(mentions=k1, words=w1), Count(mentions=k2, words=w2)
    interval = ratio_interval(one, other, 0.95)
    assert rate(one) / rate(other) == pytest.approx(ratio)
    assert (interval.low, interval.high) == pytest.approx((low, high), rel=1e-8)
    assert chance_of(one, other) == pytest.approx(p, rel=1e-8)


def test_a_trend_that_varies_more_than_poisson_is_that_of_quasipoisson():
    # R 4.2.2: glm(y ~ t, offset = log(w), family = quasipoisson), dispersion 3.98, t quantile with 4 df
    counts = [Count(mentions=k, words=w) for k, w in zip((2, 15, 4, 19, 6, 11), WORDS, strict=True)]
    slope = yearly_ratio(YEARS, counts, 0.95)
    assert slope is not None
    told = (slope.ratio, slope.interval.low, slope.interval.high)
    assert told == pytest.approx((1.084833632, 0.502018146, 2.344265877), rel=1e-7)


def test_a_trend_that_varies_less_than_poisson_is_told_with_a_poisson_error():
    counts = [Count(mentions=k, words=w) for k, w in zip((2, 5, 4, 9, 14, 11), WORDS, strict=True)]
    slope = yearly_ratio(YEARS, counts, 0.95)
    assert slope is not None
    told = (slope.ratio, slope.interval.low, slope.interval.high)
    assert told == pytest.approx((1.593665635, 1.005337941, 2.526284997), rel=1e-7)


def test_the_dispersion_of_parts_is_pearsons():
    words = (100,) * 7 + (60,)
    parts = [Count(mentions=k, words=w) for k, w in zip((3, 0, 1, 6, 2, 0, 0, 4), words, strict=True)]
    assert dispersion(parts).factor == pytest.approx(2.916666667)
    assert dispersion(parts[:4]) == EVENLY, "four parts tell nothing"


def test_clustering_widens_an_interval_around_the_same_rate():
    count = Count(mentions=15, words=1183)
    plain, wide = rate_interval(count, 0.95), rate_interval(count, 0.95, Spread(factor=2.5, freedom=11))
    assert wide.low < plain.low < rate(count) < plain.high < wide.high


@pytest.mark.parametrize(
    "counts",
    [
        [Count(mentions=0, words=900)] * 5,
        [Count(mentions=0, words=900)] * 4 + [Count(mentions=9, words=900)],
    ],
    ids=["never named", "named in one text only"],
)
def test_a_trend_that_the_counts_cannot_carry_is_none(counts):
    assert yearly_ratio([0.0, 0.5, 1.0, 1.5, 2.0], counts, 0.95) is None


def test_texts_of_one_day_have_no_trend():
    assert yearly_ratio([1.0] * 4, [Count(mentions=4, words=900)] * 4, 0.95) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("run", "at_least", "poisson_at_most"),
    [(1.0, 0.94, 0.99), (1.5, 0.92, 0.90), (3.0, 0.88, 0.75)],
    ids=["mentions anywhere", "runs of 1.5 on average", "runs of 3"],
)
def test_intervals_hold_the_true_rate_where_mentions_come_in_runs(run, at_least, poisson_at_most):
    """3,000 words, 10 mentions in 1,000; a run of mentions (geometric) is spread over 60 words."""
    rng = np.random.default_rng(20_261_122)
    held = plain = 0
    for _ in range(TRIALS):
        starts = rng.integers(0, 3000, size=rng.poisson(30 / run))
        places = np.repeat(starts, rng.geometric(1 / run, size=len(starts)))
        spread = (places + rng.integers(0, 60, size=len(places))) % 3000
        parts = [Count(mentions=int(k), words=100) for k in np.bincount(spread // 100, minlength=30)]
        count = Count(mentions=len(places), words=3000)
        held += 10 in rate_interval(count, 0.95, dispersion(parts))
        plain += 10 in rate_interval(count, 0.95)
    assert held / TRIALS >= at_least
    assert plain / TRIALS <= poisson_at_most
