"""How long customers stay: agrees with R, stops where too few are seen, and covers a known truth."""

from math import exp, log, sqrt

import numpy as np
import pytest
from cell_maker import shown
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_data import column, rows

from fulcrum.core.findings import RetentionCurve
from fulcrum.core.quantities import MONTHS, Estimate, Grade, Interval, Unknown, counted, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.methods.combined import difference, in_money
from fulcrum.evidence.methods.survival import (
    LifeTable,
    kaplan_meier,
    life_table,
    months_within,
    retention_curve,
)

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=12)


def table_of(name: str) -> LifeTable:
    """The life table of a reference group, such as "rossi 0"; a day or a week stands for a month."""
    file, _, group = name.partition(" ")
    time, event, split = ("time", "status", "sex") if file == "lung" else ("week", "arrest", "fin")
    times, happened, groups = (column(file, field).astype(int) for field in (time, event, split))
    kept = np.ones(len(times), dtype=bool) if not group else groups == int(group)
    died = happened == happened.max()
    size = int(times.max()) + 1
    counts = [np.bincount(times[kept & is_so], minlength=size)[1:] for is_so in (died, ~died)]
    return life_table(list(counts[0]), list(counts[1]))


def curve_of(table: LifeTable, rules: EvidenceRules) -> RetentionCurve:
    """The curve, where one is expected."""
    curve = retention_curve(table, rules, key="k", title="Staying", trace="t")
    assert isinstance(curve, RetentionCurve)
    return curve


def test_four_months_by_hand(rules: EvidenceRules) -> None:
    table = life_table([10, 0, 5, 5], [0, 10, 0, 20])
    assert table.at_risk.tolist() == [50, 40, 30, 25]
    survival = kaplan_meier(table)
    assert survival.staying == pytest.approx([0.8, 0.8, 0.8 * 5 / 6, 0.8 * 5 / 6 * 0.8])
    third = (0.8 * 5 / 6) * sqrt(10 / (50 * 40) + 5 / (30 * 25))
    assert survival.error[2] == pytest.approx(third)
    months = shown(months_within(table, 4, rules, trace="t"))
    assert months.value == pytest.approx(1 + 0.8 + 0.8 + 0.8 * 5 / 6)


@pytest.mark.parametrize("name", ["lung", "lung 1", "lung 2", "rossi", "rossi 0", "rossi 1"])
def test_the_curve_agrees_with_r_survival(name: str, rules: EvidenceRules) -> None:
    table = table_of(name)
    survival = kaplan_meier(table)
    months = {month.month: month for month in curve_of(table, rules).months}
    compared = 0
    for row in rows("survival"):
        time = int(float(row["time"]))
        if row["group"] != name or time not in months:
            continue
        assert table.at_risk[time - 1] == float(row["at_risk"])
        assert table.events[time - 1] == float(row["events"])
        assert survival.staying[time - 1] == pytest.approx(float(row["survival"]), rel=1e-12)
        assert survival.error[time - 1] == pytest.approx(float(row["error"]), rel=1e-12)
        if float(row["survival"]) < 1:
            interval = months[time].staying.interval
            assert interval.low == pytest.approx(float(row["low"]), rel=1e-11)
            assert interval.high == pytest.approx(float(row["high"]), rel=1e-11)
        compared += 1
    assert compared >= 25


@pytest.mark.parametrize(
    ("day", "at_risk", "survival", "error", "low", "high"),
    [
        (100, 196, 0.8640, 0.02271, 0.82058, 0.9096),
        (180, 160, 0.7217, 0.02981, 0.66554, 0.7825),
        (365, 65, 0.4092, 0.03582, 0.34472, 0.4858),
        (500, 41, 0.2933, 0.03508, 0.23198, 0.3707),
        (730, 13, 0.1157, 0.02830, 0.07163, 0.1869),
    ],
)
def test_lung_has_the_digits_that_r_prints(
    day: int, at_risk: int, survival: float, error: float, low: float, high: float
) -> None:
    table = table_of("lung")
    assert (table.n, int(table.events.sum())) == (228, 165)
    made = kaplan_meier(table)
    here, doubt = float(made.staying[day - 1]), float(made.error[day - 1])
    assert table.at_risk[day - 1] == at_risk
    assert here == pytest.approx(survival, abs=5e-5)
    assert doubt == pytest.approx(error, abs=5e-6)
    printed = [here * exp(side * 1.959964 * doubt / here) for side in (-1, 1)]  # R's default limits
    assert printed == pytest.approx([low, high], abs=6e-5)


@pytest.mark.parametrize(("name", "median"), [("lung", 310), ("lung 1", 270), ("lung 2", 426)])
def test_the_time_by_which_half_had_left_is_the_one_that_r_prints(
    name: str, median: int, rules: EvidenceRules
) -> None:
    half = shown(curve_of(table_of(name), rules).half_left)
    assert half.value == median
    assert half.interval.low < median < half.interval.high


def test_restricted_means_agree_with_r(rules: EvidenceRules) -> None:
    for row in rows("restricted_mean"):
        table, horizon = table_of(row["group"]), int(float(row["horizon"]))
        if table.at_risk[horizon - 1] < rules.smallest_cell_shown.value:
            continue
        found = shown(months_within(table, horizon, rules, trace="t"))
        assert found.value == pytest.approx(float(row["mean"]), rel=1e-12)
        share = found.value / horizon
        half = log(found.interval.high / (horizon - found.interval.high)) - log(share / (1 - share))
        error = half / 1.959963984540054 * horizon * share * (1 - share)
        assert error == pytest.approx(float(row["error"]), rel=1e-9)


def test_the_difference_of_two_groups_has_the_errors_of_both(rules: EvidenceRules) -> None:
    women, men = (shown(months_within(table_of(f"lung {sex}"), 365, rules, trace="t")) for sex in (2, 1))
    gap = shown(difference(women, men, trace="t"))
    assert gap.value == pytest.approx(297.4654095320368 - 241.4950851920570)
    plain = 1.96 * sqrt(10.3582264910969**2 + 10.7913239788001**2)
    assert gap.interval.low == pytest.approx(gap.value - plain, abs=1.5)
    assert gap.interval.high == pytest.approx(gap.value + plain, abs=1.5)
    assert gap.is_signed
    turned = shown(difference(men, women, trace="t"))
    assert (turned.value, turned.interval.low) == pytest.approx((-gap.value, -gap.interval.high))


@settings(max_examples=30, deadline=None)
@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_two_files_sum_to_the_table_of_their_union(
    left: list[int], there: list[int], left2: list[int], there2: list[int]
) -> None:
    size = max(map(len, (left, there, left2, there2)))
    both = [
        [sum(part[at] if at < len(part) else 0 for part in parts) for at in range(size)]
        for parts in ((left, left2), (there, there2))
    ]
    added, whole = life_table(left, there) + life_table(left2, there2), life_table(*both)
    assert added.at_risk == pytest.approx(whole.at_risk)
    assert added.events == pytest.approx(whole.events)


@settings(max_examples=30, deadline=None)
@given(COUNTS, COUNTS)
def test_the_curve_never_rises_and_uncensored_is_the_share_left(left: list[int], there: list[int]) -> None:
    assert np.all(np.diff(kaplan_meier(life_table(left, there)).staying) <= 1e-15)
    if sum(left):
        plain = kaplan_meier(life_table(left, [])).staying
        assert plain == pytest.approx(1 - np.cumsum(left) / sum(left), abs=1e-12)


def test_the_curve_stops_where_fewer_than_ten_are_at_risk(rules: EvidenceRules) -> None:
    curve = curve_of(life_table([5, 5, 5, 5], [0, 0, 11, 2]), rules)
    assert [month.at_risk for month in curve.months] == [33, 28, 23]
    assert curve.shortened is not None
    assert "10 customers" in curve.shortened.reason


def test_a_horizon_beyond_what_was_seen_is_refused(rules: EvidenceRules) -> None:
    table = life_table([5, 5, 5, 5], [0, 0, 11, 2])
    assert isinstance(months_within(table, 3, rules, trace="t"), Estimate)
    beyond = months_within(table, 4, rules, trace="t")
    assert isinstance(beyond, Unknown)
    assert "1 to 3 months" in beyond.needs
    assert isinstance(months_within(table, 0, rules, trace="t"), Unknown)


def test_few_customers_and_few_leavers_are_refused(rules: EvidenceRules) -> None:
    assert isinstance(retention_curve(life_table([3], [12]), rules, key="k", title="", trace="t"), Unknown)
    assert isinstance(months_within(life_table([3], [12]), 1, rules, trace="t"), Unknown)
    few = months_within(life_table([2, 2, 0], [0, 0, 90]), 3, rules, trace="t")
    assert isinstance(few, Unknown)
    assert "4 of 94" in few.reason
    at_the_end = months_within(life_table([0, 0, 30], [0, 0, 30]), 3, rules, trace="t")
    assert isinstance(at_the_end, Unknown)
    late = life_table([], []) + LifeTable(at_risk=np.zeros(3), events=np.zeros(3))
    assert isinstance(retention_curve(late, rules, key="k", title="", trace="t"), Unknown)


def test_a_month_in_which_nobody_left_still_has_a_doubt(rules: EvidenceRules) -> None:
    first, *_, last = curve_of(life_table([0, 4, 30], [0, 0, 0]), rules).months
    assert first.staying.value == 1
    assert first.staying.interval.low < 1 == first.staying.interval.high
    assert last.staying.value == 0
    assert last.staying.interval.high > 0


def test_months_become_money_with_the_doubt_of_both() -> None:
    stay = Estimate(
        value=10.0,
        interval=Interval(low=9.0, high=10.5, confidence=0.95),
        unit=MONTHS,
        n=100,
        grade=Grade.RAW,
        method="stay",
        trace="t",
    )
    exact = counted(20.0, money_unit("EUR", per="month"), n=100, trace="t")
    worth = shown(in_money(stay, exact, trace="t"))
    assert (worth.value, worth.interval.low, worth.interval.high) == pytest.approx((200, 180, 210))
    assert str(worth.unit) == "EUR per customer"
    doubtful = Estimate(
        value=20.0,
        interval=Interval(low=16.0, high=24.0, confidence=0.95),
        unit=money_unit("EUR", per="month"),
        n=80,
        grade=Grade.ELSEWHERE,
        method="margin",
        trace="t",
    )
    both = shown(in_money(stay, doubtful, trace="t"))
    assert both.interval.low == pytest.approx(200 - sqrt(20**2 + 40**2))
    assert both.interval.high == pytest.approx(200 + sqrt(10**2 + 40**2))
    assert both.grade == Grade.ELSEWHERE
    gap = Unknown(reason="r", needs="n")
    assert in_money(gap, exact, trace="t") == gap
    assert difference(stay, gap, trace="t") == gap


def test_money_scales_with_the_currency(rules: EvidenceRules) -> None:
    months = months_within(table_of("rossi"), 52, rules, trace="t")
    small, large = (
        shown(in_money(months, counted(x, money_unit("EUR"), n=1, trace="t"), trace="t"))
        for x in (2.0, 2000.0)
    )
    assert large.value == pytest.approx(1000 * small.value, rel=1e-12)
    assert large.interval.low == pytest.approx(1000 * small.interval.low, rel=1e-12)


def test_units_and_confidences_that_do_not_belong_together_are_refused() -> None:
    def number(unit_name: str, confidence: float) -> Estimate:
        interval = Interval(low=1.0, high=3.0, confidence=confidence)
        unit = MONTHS if unit_name == "months" else money_unit(unit_name)
        return Estimate(value=2.0, interval=interval, unit=unit, n=9, grade=Grade.RAW, method="m", trace="t")

    with pytest.raises(ValueError, match="do not subtract"):
        difference(number("months", 0.95), number("EUR", 0.95), trace="t")
    with pytest.raises(ValueError, match="do not combine"):
        difference(number("months", 0.95), number("months", 0.8), trace="t")
    with pytest.raises(ValueError, match="not money"):
        in_money(number("months", 0.95), number("months", 0.95), trace="t")


@pytest.mark.parametrize(
    ("customers", "hazard"),
    [(30, 0.05), (100, 0.01), (300, 0.02), (2000, 0.005)],
)
def test_restricted_means_cover_the_truth(customers: int, hazard: float, rules: EvidenceRules) -> None:
    rng, horizon = np.random.default_rng(3), 12
    truth = sum((1 - hazard) ** month for month in range(horizon))
    held = []
    for _ in range(1500):
        left = rng.geometric(hazard, customers)
        last = rng.integers(8, 37, customers)
        seen, is_gone = np.minimum(left, last), left <= last
        counts = [np.bincount(seen[side], minlength=37)[1:] for side in (is_gone, ~is_gone)]
        found = months_within(life_table(list(counts[0]), list(counts[1])), horizon, rules, trace="t")
        if isinstance(found, Estimate):
            held.append(truth in found.interval)
    assert len(held) > 1000
    assert 0.935 <= np.mean(held) <= 0.985
