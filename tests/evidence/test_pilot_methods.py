"""What a pilot can see, what it needs, and how it is read: the laws of its arithmetic."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulcrum.core.playbook import Playbook
from fulcrum.evidence.methods.adjust import Paired, adjusted_difference, correlation_of, left_of_variance
from fulcrum.evidence.methods.assignment import alikeness_of, split_of
from fulcrum.evidence.methods.moments import Contrast, Moments, difference, uplift
from fulcrum.evidence.methods.power import (
    Promise,
    clusters_for,
    customers_for_means,
    customers_for_shares,
    design_effect,
    detectable_means,
    detectable_share,
    even,
    power_of_clusters,
    power_of_means,
    power_of_shares,
)
from fulcrum.evidence.methods.sequential import always_valid_p, sequence_interval, too_early

USUAL = Promise(false_alarms=0.05, power=0.8)


def _moments(values: np.ndarray) -> Moments:
    return Moments(n=len(values), total=float(values.sum()), squares=float((values**2).sum()))


def test_the_promises_and_the_tuning_stand_in_the_playbook_with_their_reasons(playbook: Playbook) -> None:
    rules = playbook.pilot
    assert Promise(false_alarms=rules.false_alarms.value, power=rules.power.value) == USUAL
    for constant in (rules.tuned_for, rules.mixed_up_below):
        assert constant.why
        assert constant.source


@given(effect=st.floats(0.02, 2), power=st.floats(0.5, 0.98))
def test_customers_and_the_least_effect_are_each_others_inverse(effect: float, power: float) -> None:
    promise = Promise(false_alarms=0.05, power=power)
    n = customers_for_means(effect, 1.0, promise)
    assert power_of_means(n, effect, 1.0, 0.05) == pytest.approx(power, abs=1e-9) or n == 2
    if n > 2:
        assert detectable_means(n, 1.0, promise) == pytest.approx(effect, rel=1e-6)


@given(base=st.floats(0.02, 0.9), n=st.integers(50, 20_000))
def test_the_share_just_told_apart_is_told_apart_with_the_promised_power(base: float, n: int) -> None:
    for upwards in (True, False):
        other = detectable_share(n, base, USUAL, upwards=upwards)
        if other is not None:
            assert (other > base) is upwards
            assert power_of_shares(n, base, other, 0.05) == pytest.approx(0.8, abs=1e-9)


def test_an_effect_of_nothing_needs_more_customers_than_there_are() -> None:
    assert customers_for_shares(0.1, 0.1, USUAL) == inf
    assert customers_for_means(0.0, 1.0, USUAL) == inf
    assert power_of_means(100, 0.0, 1.0, 0.05) == 0.025


def test_a_share_that_cannot_fall_far_enough_is_not_promised() -> None:
    assert detectable_share(100, 0.01, USUAL, upwards=False) is None


def test_a_promise_that_promises_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="power"):
        Promise(false_alarms=0.05, power=0.04)


def test_uneven_sides_tell_less_than_even_ones_of_the_same_sum() -> None:
    assert even(500, 500) == 500
    assert even(900, 100) == pytest.approx(180)


def test_clusters_of_customers_who_are_nothing_alike_cost_nothing_but_the_degrees_of_freedom() -> None:
    assert design_effect(30, 0.0) == 1.0
    assert design_effect(30, 0.05) == pytest.approx(2.45)
    assert design_effect(30, 0.05, variation=0.6) == pytest.approx(2.99)
    many = power_of_clusters(5000, 1, 0.1, 1, 0.0, 0.05)
    assert many == pytest.approx(power_of_means(5000, 0.1, 1, 0.05), abs=1e-12)


def test_uneven_clusters_and_alike_customers_need_more_clusters() -> None:
    needs = [clusters_for(30, 0.3, 1, alike, USUAL, cv) for alike, cv in ((0, 0), (0.05, 0), (0.05, 0.8))]
    assert needs == sorted(needs)
    assert len(set(needs)) == 3


def test_alike_customers_are_found_as_alike_as_they_were_made() -> None:
    chance = np.random.default_rng(3)
    clusters = [_moments(own + 2 * chance.normal(size=60)) for own in chance.normal(size=400)]
    found = alikeness_of(clusters)
    assert found.alike == pytest.approx(0.2, abs=0.03)
    assert (found.clusters, found.size, found.variation) == (400, 60, 0)


def test_a_split_as_planned_passes_and_a_split_that_lost_customers_does_not() -> None:
    planned = {"new": 1.0, "old": 1.0}
    assert not split_of({"new": 5000, "old": 5110}, planned, mixed_up_below=0.001).is_mixed_up
    lost = split_of({"new": 4800, "old": 5200}, planned, mixed_up_below=0.001)
    assert lost.is_mixed_up
    assert dict(lost.expected) == {"new": 5000, "old": 5000}
    assert not split_of({"new": 0, "old": 0}, planned, mixed_up_below=0.001).is_mixed_up


def test_a_split_whose_sides_are_not_those_planned_is_refused() -> None:
    with pytest.raises(ValueError, match="same two sides"):
        split_of({"new": 10, "old": 10}, {"new": 1.0, "other": 1.0}, mixed_up_below=0.001)


def test_the_sequence_is_wider_than_the_interval_of_one_look_and_narrows_with_customers() -> None:
    widths = []
    for n in (200, 2000, 20_000):
        seen = Contrast(value=0.3, error=1 / sqrt(n), freedom=n - 2, n=n)
        held = sequence_interval(seen, tuned_for=2000, false_alarms=0.05)
        once = seen.interval(0.95)
        assert held.low < once.low < once.high < held.high
        assert held.confidence == 0.95
        widths.append(held.high - held.low)
    assert widths == sorted(widths, reverse=True)


def test_the_sequence_is_tightest_where_it_is_tuned_for() -> None:
    def reach(tuned: float) -> float:
        seen = Contrast(value=0.0, error=1.0, freedom=998, n=1000)
        return sequence_interval(seen, tuned_for=tuned, false_alarms=0.05).high

    assert reach(1000) < min(reach(100), reach(500), reach(2000), reach(10_000))


@given(value=st.floats(-1, 1), n=st.integers(40, 10**6), tuned=st.floats(50, 10**5))
def test_the_p_value_falls_below_alpha_just_where_the_sequence_leaves_zero_out(
    value: float, n: int, tuned: float
) -> None:
    seen = Contrast(value=value, error=2 / sqrt(n), freedom=n - 2, n=n)
    held = sequence_interval(seen, tuned_for=tuned, false_alarms=0.05)
    p = always_valid_p(seen, tuned_for=tuned, false_alarms=0.05)
    assert (p < 0.05) is (0 not in held) or abs(p - 0.05) < 1e-9


def test_a_pilot_is_not_read_before_either_side_can_tell_its_doubt() -> None:
    def side(n: int, events: int) -> Moments:
        return Moments(n=n, total=events, squares=events)

    assert too_early(side(19, 9), side(40, 9), least=20, is_share=True) is not None
    assert too_early(side(40, 4), side(40, 9), least=20, is_share=True) is not None
    assert too_early(side(40, 36), side(40, 9), least=20, is_share=True) is not None
    assert too_early(side(40, 5), side(40, 9), least=20, is_share=True) is None
    assert too_early(side(40, 2), side(40, 0), least=20, is_share=False) is None


def test_nothing_that_varies_and_nothing_that_differs_is_no_evidence() -> None:
    still = Contrast(value=0.0, error=0.0, freedom=98, n=100)
    assert always_valid_p(still, tuned_for=100, false_alarms=0.05) == 1.0


def _paired(before: np.ndarray, outcome: np.ndarray) -> Paired:
    return Paired(
        n=len(before),
        total=float(outcome.sum()),
        squares=float((outcome**2).sum()),
        before=float(before.sum()),
        before_squares=float((before**2).sum()),
        products=float((before * outcome).sum()),
    )


def test_what_was_before_narrows_the_error_by_the_part_that_it_explains() -> None:
    chance = np.random.default_rng(8)
    before = chance.gamma(2, 10, (2, 4000))
    outcome = 0.8 * before + chance.normal(0, 8, (2, 4000))
    outcome[0] += 1.0
    sides = [_paired(x, y) for x, y in zip(before, outcome, strict=True)]
    plain, less = difference(*(side.outcome for side in sides)), adjusted_difference(*sides)
    left = left_of_variance(correlation_of(*sides))
    assert less.error == pytest.approx(plain.error * sqrt(left), rel=0.01)
    assert left == pytest.approx(0.333, abs=0.02)
    assert less.value == pytest.approx(1.0, abs=3 * less.error)


def test_a_time_before_that_never_varied_changes_nothing() -> None:
    chance = np.random.default_rng(9)
    sides = [_paired(np.zeros(50), chance.normal(size=50)) for _ in range(2)]
    assert adjusted_difference(*sides) == difference(*(side.outcome for side in sides))


def test_a_thousand_times_the_money_is_the_same_uplift() -> None:
    chance = np.random.default_rng(10)
    one, other = chance.gamma(2, 10, (2, 300))
    small, large = (uplift(_moments(one * k), _moments(other * k)) for k in (1, 1000))
    assert large.value == pytest.approx(small.value, rel=1e-9)
    assert large.error == pytest.approx(small.error, rel=1e-9)
