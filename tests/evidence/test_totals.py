"""Totals: exact where all customers were counted, with their doubt where a sample stands for more."""

import numpy as np
import pytest
from cell_maker import cells_of, shown

from fulcrum.core.quantities import CUSTOMERS, Unknown, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.methods.buckets import Grid, grid
from fulcrum.evidence.methods.totals import count_without_each, how_many, how_much

EUR = money_unit("EUR", per="year")


def held(amounts: list[float], weight: float | None) -> Grid:
    return grid(cells_of({}, amounts, None if weight is None else [weight] * len(amounts)))


def test_without_weights_a_sum_is_the_sum_and_has_no_doubt(rules: EvidenceRules) -> None:
    cases = held([10.0, 20.0, 30.5] * 20, None)
    money = shown(how_much(cases, rules, unit=EUR, trace="t"))
    people = shown(how_many(cases, rules, unit=CUSTOMERS, trace="t"))
    assert (money.value, money.interval.low, money.interval.high) == (1210.0, 1210.0, 1210.0)
    assert (people.value, people.interval.confidence) == (60.0, 1.0)


def test_with_weights_it_is_an_estimate_that_says_so(rules: EvidenceRules) -> None:
    cases = held([10.0, 20.0, 30.5] * 20, 18.654)
    for estimate in (
        shown(how_much(cases, rules, unit=EUR, trace="t")),
        shown(how_many(cases, rules, unit=CUSTOMERS, trace="t")),
    ):
        assert estimate.interval.low < estimate.value < estimate.interval.high
        assert estimate.interval.confidence == 0.95
        assert "weighted" in estimate.method
        assert "jackknife" in estimate.method
        assert estimate.n == 60
    assert shown(how_much(cases, rules, unit=EUR, trace="t")).value == pytest.approx(1210 * 18.654)


def test_the_jackknife_agrees_with_leaving_each_bucket_out_by_hand(rules: EvidenceRules) -> None:
    cells = cells_of({}, [1.0] * 200, [5.0] * 200)
    people = shown(how_many(grid(cells), rules, unit=CUSTOMERS, trace="t"))
    without = np.array(list(count_without_each(cells, rules).values()))
    error = np.sqrt(63 / 64 * ((without - without.mean()) ** 2).sum())
    assert (people.interval.high - people.value) / error == pytest.approx(1.998, abs=0.001)  # t with 63


def test_an_estimated_total_of_a_handful_is_refused(rules: EvidenceRules) -> None:
    cases = held([10.0] * 12, 18.654)
    assert isinstance(how_many(cases, rules, unit=CUSTOMERS, trace="t"), Unknown)
    assert isinstance(how_much(cases, rules, unit=EUR, trace="t"), Unknown)


def test_intervals_of_estimated_totals_hold_the_truth(rules: EvidenceRules) -> None:
    """A population of 12,000, a third of them worse off; one in ten is drawn, and a rare kind wholly."""
    chance = np.random.default_rng(4)
    size, draws, rate = 12_000, 300, 10.0
    amount, bucket = chance.gamma(2, 50, size), chance.integers(0, 64, size)
    is_worse, is_rare = chance.random(size) < 0.3, chance.random(size) < 0.02
    weight = np.where(is_rare, 1.0, rate)
    money = people = 0
    for _ in range(draws):
        drawn = is_worse & (is_rare | (chance.random(size) < 1 / rate))

        def by_bucket(of: np.ndarray, drawn: np.ndarray = drawn) -> np.ndarray:  # type: ignore[type-arg]
            return np.bincount(bucket[drawn], weights=of[drawn], minlength=64)[np.newaxis]

        cases = Grid(
            groups=((),),
            n=by_bucket(np.ones(size)),
            w=by_bucket(weight),
            ww=by_bucket(weight**2),
            wy=by_bucket(weight * amount),
            wyy=by_bucket(weight * amount**2),
        )
        money += amount[is_worse].sum() in shown(how_much(cases, rules, unit=EUR, trace="t")).interval
        people += is_worse.sum() in shown(how_many(cases, rules, unit=CUSTOMERS, trace="t")).interval
    assert 0.93 <= money / draws <= 1
    assert 0.93 <= people / draws <= 1
