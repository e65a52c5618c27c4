"""Charts: limits agree with printed examples and with R, signals name their rule, false alarms counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_data import column

from fulcrum.core.quantities import Unknown
from fulcrum.evidence.methods.charts import Chart, laney_chart, p_chart, xmr_chart
from fulcrum.evidence.methods.signals import Rule, Segment, Setting, Signal, chance_of_false_alarm, signals_in

NIST_XMR = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)  # e-Handbook 6.3.2.2
# e-Handbook 6.3.3.2: chips with misregistration among 50 on each of 30 wafers.
NIST_P = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11)
NIST_P += (20, 18, 24, 15, 9, 12, 7, 13, 9, 6)
SERIES = st.lists(st.integers(-50, 50), min_size=10, max_size=30).filter(lambda xs: len(set(xs)) > 2)


def only(chart: Chart) -> Segment:
    """The one segment of a chart."""
    (segment,) = chart.segments
    return segment


def marked(chart: Chart, rule: Rule | None = None) -> list[int]:
    """The places of the signals, of one rule or of any."""
    return sorted({signal.index for signal in chart.signals if rule in (None, signal.rule)})


def known_limits(points: int) -> Segment:
    """A segment whose centre is 0 and whose deviation is 1."""
    return Segment(
        start=0,
        stop=points,
        centre=0.0,
        deviation=(1.0,) * points,
        low=(-3.0,) * points,
        high=(3.0,) * points,
        spread=1.0,
        broken_by=(),
        refusal=None,
    )


def test_natural_limits_are_those_of_the_nist_handbook() -> None:
    chart = xmr_chart(NIST_XMR)
    segment = only(chart)
    assert segment.centre == pytest.approx(50.81)
    assert np.mean(chart.moving_ranges(segment)) == pytest.approx(1.8778, abs=5e-5)
    assert segment.high[0] == pytest.approx(55.8041, abs=5e-5)
    assert segment.low[0] == pytest.approx(45.8159, abs=5e-5)
    assert chart.range_limit(segment) == pytest.approx(3.267 * 1.877778, abs=1e-5)
    assert chart.signals == ()


def test_the_p_chart_has_the_limits_and_the_two_signals_of_the_nist_example() -> None:
    chart = p_chart(NIST_P, [50] * 30)
    segment = only(chart)
    assert segment.centre == pytest.approx(0.2313, abs=5e-5)
    assert segment.high[0] == pytest.approx(0.4102, abs=5e-5)
    assert segment.low[0] == pytest.approx(0.0524, abs=5e-5)
    assert marked(chart, Rule.BEYOND) == [14, 22]


def test_laneys_chart_agrees_with_its_formula_in_r_on_groups_of_unequal_size() -> None:
    events, n = (list(column("laney", field).astype(int)) for field in ("events", "n"))
    wide, narrow = only(laney_chart(events, n)), only(p_chart(events, n))
    assert wide.centre == pytest.approx(column("laney", "centre")[0], rel=1e-12)
    assert wide.spread == pytest.approx(column("laney", "sigma_z")[0], rel=1e-12)
    for segment, prefix in ((wide, ""), (narrow, "p_")):
        assert segment.low == pytest.approx(column("laney", f"{prefix}low"), rel=1e-12)
        assert segment.high == pytest.approx(column("laney", f"{prefix}high"), rel=1e-12)


def test_shares_of_large_groups_alarm_on_a_p_chart_and_not_on_laneys() -> None:
    rng = np.random.default_rng(2)
    n = [100_000] * 24
    events = [int(count) for count in rng.binomial(n, rng.normal(0.9, 0.01, 24))]
    assert len(marked(p_chart(events, n), Rule.BEYOND)) > 10
    assert marked(laney_chart(events, n), Rule.BEYOND) == []
    assert only(laney_chart(events, n)).spread > 5


def test_limits_stay_between_nothing_and_all() -> None:
    low = only(p_chart([6, 5, 7, 5, 6, 7, 5, 7], [30] * 8))
    assert min(low.low) == 0
    high = only(p_chart([24, 25, 23, 25, 24, 23, 25, 23], [30] * 8))
    assert max(high.high) == 1


def test_a_single_outlier_is_a_signal_beyond_a_limit() -> None:
    values = [10.0, 11, 9, 10, 12, 10, 9, 11, 10, 30, 10, 11]
    assert xmr_chart(values, baseline=8).signals == (Signal(index=9, rule=Rule.BEYOND, side="above"),)


def test_the_eighth_point_in_a_row_on_one_side_is_a_signal_and_so_is_each_after_it() -> None:
    values = [-1.0, 1, -1, 1, -1, 1, -1, 1, *[-0.5] * 9]
    chart = xmr_chart(values, baseline=8)
    assert marked(chart) == [15, 16]
    assert {(signal.rule, signal.side) for signal in chart.signals} == {(Rule.RUN, "below")}


def test_a_point_on_the_centre_ends_a_run() -> None:
    values = [-1.0, 1, -1, 1, -1, 1, -1, 1, *[0.5] * 6, 0.0, *[0.5] * 7]
    assert marked(xmr_chart(values, baseline=8)) == []


def test_a_changed_question_scale_or_channel_breaks_the_series() -> None:
    before = Setting(question="How likely …?", scale=(0, 10), channel="mail")
    after = Setting(question="How likely …?", scale=(1, 5), channel="web")
    values = [8.0, 8.2, 7.9, 8.1, 8.0, 7.8, 8.2, 8.1, 4.1, 4.0, 4.2, 3.9, 4.1, 4.0, 4.2, 4.0]
    unbroken = xmr_chart(values, baseline=8)
    assert len(marked(unbroken)) == 8
    chart = xmr_chart(values, settings=[before] * 8 + [after] * 8)
    assert [(part.start, part.stop, part.broken_by) for part in chart.segments] == [
        (0, 8, ()),
        (8, 16, ("scale", "channel")),
    ]
    assert chart.signals == ()
    assert chart.segment_at(9).centre == pytest.approx(4.0625)


def test_a_run_does_not_reach_across_a_break() -> None:
    one, other = Setting(channel="mail"), Setting(channel="web")
    values = [-1.0, 1, -1, 1, -1, 1, -1, 1, *[0.5] * 5, 0.5, 0.6, 0.5, 0.6, -1, -1, 0.2, 0.1]
    assert marked(xmr_chart(values, baseline=8)) != []
    assert marked(xmr_chart(values, settings=[one] * 13 + [other] * 8)) == []


def test_too_few_points_have_values_and_no_limits() -> None:
    segment = only(xmr_chart([1.0, 2.0, 3.0]))
    assert isinstance(segment.refusal, Unknown)
    assert "5 more points" in segment.refusal.needs
    assert segment.centre is None
    assert xmr_chart([1.0, 2.0, 3.0]).values == (1.0, 2.0, 3.0)
    assert xmr_chart([]).segments == ()


def test_a_series_that_does_not_vary_has_no_limits() -> None:
    chart = xmr_chart([5.0] * 10)
    assert isinstance(only(chart).refusal, Unknown)
    assert chart.range_limit(only(chart)) is None
    assert isinstance(only(laney_chart([20] * 10, [100] * 10)).refusal, Unknown)
    assert isinstance(only(p_chart([0] * 10, [100] * 10)).refusal, Unknown)


def test_rare_events_in_small_groups_are_refused_with_the_size_that_is_needed() -> None:
    refusal = only(p_chart([2] * 12, [100] * 12)).refusal
    assert refusal is not None
    assert "250 cases" in refusal.needs


def test_values_that_are_no_numbers_and_settings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        xmr_chart([1.0, float("nan")])
    with pytest.raises(ValueError, match="1 settings for 2 points"):
        xmr_chart([1.0, 2.0], settings=[Setting()])


@settings(max_examples=40, deadline=None)
@given(SERIES, st.integers(1, 1000), st.integers(-1000, 1000))
def test_signals_do_not_depend_on_scale_or_origin(series: list[int], factor: int, shift: int) -> None:
    here = [float(number) for number in series]
    moved = [float(number * factor + shift) for number in series]
    one, other = only(xmr_chart(here)), only(xmr_chart(moved))
    if one.centre is None or other.centre is None:
        return
    assert other.high[0] == pytest.approx(one.high[0] * factor + shift, rel=1e-9, abs=1e-6)
    assert marked(xmr_chart(here), Rule.BEYOND) == marked(xmr_chart(moved), Rule.BEYOND)


@settings(max_examples=40, deadline=None)
@given(SERIES)
def test_a_mirrored_series_has_mirrored_signals(series: list[int]) -> None:
    one, other = (xmr_chart([float(sign * number) for number in series]) for sign in (1, -1))
    sides = {"above": "below", "below": "above"}
    assert [(s.index, s.rule, sides[s.side]) for s in one.signals] == [
        (s.index, s.rule, s.side) for s in other.signals
    ]


def test_the_mean_time_to_a_false_alarm_is_that_of_champ_and_woodall() -> None:
    quiet = [1 - chance_of_false_alarm(points) for points in range(120)]
    fall = quiet[-1] / quiet[-2]  # constant by then
    waits = sum(quiet) + quiet[-1] * fall / (1 - fall)
    assert waits == pytest.approx(152.73, abs=0.005)
    assert chance_of_false_alarm(0) == 0
    assert chance_of_false_alarm(1) == pytest.approx(0.0027, abs=1e-5)


def test_with_known_limits_false_alarms_come_as_often_as_the_chain_says() -> None:
    rng = np.random.default_rng(1)
    alarms = [bool(signals_in(rng.normal(size=24), known_limits(24))) for _ in range(3000)]
    assert np.mean(alarms) == pytest.approx(chance_of_false_alarm(24), abs=0.025)


@pytest.mark.parametrize(("points", "stated"), [(12, 0.03), (24, 0.09), (52, 0.23)])
def test_false_alarms_of_stable_series_are_as_stated(points: int, stated: float) -> None:
    rng = np.random.default_rng(points)
    alarms = [bool(xmr_chart(list(rng.normal(size=points))).signals) for _ in range(4000)]
    assert np.mean(alarms) == pytest.approx(stated, abs=0.015)


@pytest.mark.parametrize("n", [100, 1000])
def test_false_alarms_of_stable_shares_are_no_more_than_13_of_100_at_24_points(n: int) -> None:
    rng = np.random.default_rng(n)
    draws = rng.binomial(n, 0.05, (1500, 24))
    for make in (p_chart, laney_chart):
        charts = [make([int(k) for k in row], [n] * 24) for row in draws]
        usable = [chart for chart in charts if only(chart).refusal is None]
        assert np.mean([bool(chart.signals) for chart in usable]) <= 0.14


def test_a_shift_of_two_deviations_is_found_by_a_baseline_of_twelve() -> None:
    rng = np.random.default_rng(8)
    shift = np.repeat([0.0, 2.0], 12)
    found = [
        any(s.index >= 12 for s in xmr_chart(list(rng.normal(size=24) + shift), baseline=12).signals)
        for _ in range(1000)
    ]
    assert np.mean(found) >= 0.94
