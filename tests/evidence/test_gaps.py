"""Crude and adjusted gaps: hand examples, the telco reference, laws, refusals, and the leakage alarm."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cell_maker import cells_of, shown

from fulcrum.core.findings import Comparison
from fulcrum.core.quantities import POINTS, SHARE, Grade, Unknown, money_unit
from fulcrum.core.rules import Constant, EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.evidence.methods.groups import Measure, by_band
from fulcrum.evidence.methods.leakage import leak_among, leak_in

LEFT = Asked(
    key="late",
    title="Late against on time",
    exposure="late",
    exposed="yes",
    against="no",
    outcome="left",
    adjust=("line",),
    unit=POINTS,
    is_share=True,
    is_loss=True,
)
STAYED = replace(LEFT, outcome="stayed", is_loss=False)
SPEND = replace(LEFT, outcome="spend", is_share=False, unit=money_unit("EUR", per="customer"))


def simpson() -> tuple[dict[str, list[object]], list[float]]:
    """Copper: 200 late (60 left), 100 on time (20 left). Fibre: 100 late (10), 400 on time (20)."""
    late, line, left = [], [], []
    for who, where, n, events in (
        ("yes", "copper", 200, 60),
        ("no", "copper", 100, 20),
        ("yes", "fibre", 100, 10),
        ("no", "fibre", 400, 20),
    ):
        late += [who] * n
        line += [where] * n
        left += [1.0] * events + [0.0] * (n - events)
    return {"late": late, "line": line}, left


def with_least(rules: EvidenceRules, cases: float) -> EvidenceRules:
    return replace(rules, stratum_side_at_least=Constant(value=cases, why="a test", source="a test"))


def test_an_adjusted_gap_is_what_a_hand_would_work_out(rules: EvidenceRules) -> None:
    keys, left = simpson()
    found = compare(cells_of(keys, left), LEFT, rules, trace="t")
    crude, adjusted = shown(found.crude.result), shown(found.adjusted.result)
    assert crude.value == pytest.approx(70 / 300 - 40 / 500)
    # copper 0.30 - 0.20 weighs 300 of 800, fibre 0.10 - 0.05 weighs 500 of 800
    assert adjusted.value == pytest.approx(0.10 * 300 / 800 + 0.05 * 500 / 800)
    assert (crude.grade, adjusted.grade) == (Grade.RAW, Grade.ADJUSTED)
    assert adjusted.value in adjusted.interval
    assert found.smallest_cell == 100
    ratio = (0.30 * 3 / 8 + 0.10 * 5 / 8) / (0.20 * 3 / 8 + 0.05 * 5 / 8)
    assert shown(found.e_value).value == pytest.approx(ratio + (ratio * (ratio - 1)) ** 0.5)
    assert shown(found.e_value_limit).value < shown(found.e_value).value


def test_staying_is_the_mirror_of_leaving(rules: EvidenceRules) -> None:
    keys, left = simpson()
    leaving = compare(cells_of(keys, left), LEFT, rules, trace="t")
    staying = compare(cells_of(keys, [1 - y for y in left]), STAYED, rules, trace="t")
    for one, other in ((leaving.crude, staying.crude), (leaving.adjusted, staying.adjusted)):
        assert shown(one.result).value == pytest.approx(-shown(other.result).value, abs=1e-12)
        assert shown(one.result).interval.low == pytest.approx(-shown(other.result).interval.high, abs=1e-9)
    assert shown(leaving.e_value).value == pytest.approx(shown(staying.e_value).value, abs=1e-12)


def test_money_a_thousand_times_as_large_gives_a_gap_a_thousand_times_as_large(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(1)
    keys, _ = simpson()
    spend = chance.gamma(4, 25, 800)
    euros = compare(cells_of(keys, spend), SPEND, rules, trace="t")
    cents = compare(cells_of(keys, spend * 1000), SPEND, rules, trace="t")
    for one, other in ((euros.crude, cents.crude), (euros.adjusted, cents.adjusted)):
        assert shown(other.result).value == pytest.approx(1000 * shown(one.result).value, rel=1e-9)
        assert shown(other.result).interval.low == pytest.approx(
            1000 * shown(one.result).interval.low, rel=1e-9
        )
    assert shown(cents.e_value).value == pytest.approx(shown(euros.e_value).value, rel=1e-9)


def test_row_order_split_files_and_an_irrelevant_column_change_nothing(rules: EvidenceRules) -> None:
    keys, left = simpson()
    buckets = [row % 64 for row in range(800)]
    plain = cells_of({**keys, "bucket": buckets}, left)
    order = np.random.default_rng(2).permutation(800)
    shuffled = {name: [column[i] for i in order] for name, column in {**keys, "bucket": buckets}.items()}
    shuffled["colour"] = ["red", "green"] * 400
    halves = [
        cells_of({name: column[part] for name, column in shuffled.items()}, [left[i] for i in order[part]])
        for part in (slice(0, 333), slice(333, 800))
    ]
    assert compare(halves[0] + halves[1], LEFT, rules, trace="t") == compare(plain, LEFT, rules, trace="t")


def test_a_group_with_nineteen_customers_is_not_compared(rules: EvidenceRules) -> None:
    keys = {"late": ["yes"] * 19 + ["no"] * 400, "line": ["copper"] * 419}
    found = compare(
        cells_of(keys, [1.0, 0.0] * 9 + [1.0] + [0.0] * 300 + [1.0] * 100), LEFT, rules, trace="t"
    )
    assert found.crude.refusal == found.adjusted.refusal == "Not compared"
    assert isinstance(found.crude.result, Unknown)
    assert "19" in found.crude.result.reason
    assert isinstance(found.e_value, Unknown)


def test_groups_that_hardly_overlap_keep_the_crude_gap_and_lose_the_adjusted(rules: EvidenceRules) -> None:
    keys = {
        "late": ["yes"] * 200 + ["no"] * 200 + ["yes", "no"] * 20,
        "line": ["a"] * 200 + ["b"] * 200 + ["c"] * 40,
    }
    left = [float(row % 3 == 0) for row in range(440)]
    found = compare(cells_of(keys, left), LEFT, rules, trace="t")
    shown(found.crude.result)
    assert found.adjusted.refusal == "Not adjusted"


def test_thin_strata_are_set_apart_and_named(rules: EvidenceRules) -> None:
    keys, left = simpson()
    keys = {"late": [*keys["late"], *["yes"] * 3, *["no"] * 30], "line": [*keys["line"], *["cable"] * 33]}
    found = compare(cells_of(keys, left + [1.0] * 33), LEFT, rules, trace="t")
    assert shown(found.overlap).value == pytest.approx(800 / 833)
    assert found.strata == 2
    assert any("1 of 3 strata" in caveat.text for caveat in found.adjusted.caveats)


def test_a_gap_that_may_be_nothing_says_so(rules: EvidenceRules) -> None:
    keys = {"late": ["yes", "no"] * 200, "line": ["copper"] * 400}
    left = [float(row // 2 % 4 == 0) for row in range(400)]
    found = compare(cells_of(keys, left), LEFT, rules, trace="t")
    assert not shown(found.adjusted.result).is_signed
    assert any("Not distinguishable" in caveat.text for caveat in found.adjusted.caveats)
    assert shown(found.e_value_limit).value == 1.0


def test_nobody_leaving_anywhere_carries_no_gap(rules: EvidenceRules) -> None:
    keys = {"late": ["yes", "no"] * 200, "line": ["copper"] * 400}
    assert compare(cells_of(keys, [0.0] * 400), LEFT, rules, trace="t").crude.refusal == "Not carried"


def test_a_band_in_which_everybody_left_is_a_leak(rules: EvidenceRules) -> None:
    bands = bands_for("stars", (1, 5))
    scores = [1] * 40 + [3] * 100 + [5] * 100
    left = [1.0] * 40 + [1.0, 0.0] * 50 + [1.0, 0.0, 0.0, 0.0] * 25
    found = leak_in(cells_of({"score": scores}, left), bands, rules, is_loss=True)
    assert isinstance(found, Unknown)
    assert found.reason.startswith("All 40 customers in “1 to 2” left:")


def test_the_sentence_on_a_leak_says_what_they_did_whatever_the_event_counts(rules: EvidenceRules) -> None:
    bands = bands_for("stars", (1, 5))
    scores = [1] * 1370 + [5] * 1000
    stayed = [0.0] * 1370 + [1.0, 0.0] * 500
    cells = cells_of({"score": scores}, stayed)
    found = leak_in(cells, bands, rules)
    assert isinstance(found, Unknown)
    assert found.reason.startswith("All 1,370 customers in “1 to 2” left:")
    events = leak_in(cells, bands, rules, is_loss=True)
    assert isinstance(events, Unknown)
    assert "stayed" in events.reason


def test_a_small_band_in_which_nobody_left_is_no_leak_where_few_leave(rules: EvidenceRules) -> None:
    bands = bands_for("stars", (1, 5))
    scores = [1] * 40 + [5] * 1000
    left = [0.0] * 40 + [1.0] * 20 + [0.0] * 980
    assert leak_in(cells_of({"score": scores}, left), bands, rules) is None
    assert leak_among(cells_of({"band": [str(s) for s in scores]}, left).by_only("band"), rules) is None


def test_those_who_did_not_answer_are_a_row_and_never_a_leak(rules: EvidenceRules) -> None:
    bands = bands_for("nps", (0, 10))
    scores = [10] * 60 + [3] * 60 + [None] * 300
    stayed = [1.0, 1.0, 0.0] * 20 + [1.0, 0.0] * 30 + [1.0] * 300
    measure = Measure(family="retention", title="Stayed", unit=SHARE, trace="t")
    rows = by_band(cells_of({"score": scores}, stayed), bands, rules, measure)
    assert [row.group for row in rows] == ["9 to 10", "0 to 6", "Did not answer"]
    assert shown(rows[2].result).value == 1.0
    assert leak_in(cells_of({"score": scores}, stayed), bands, rules) is None


def test_one_account_with_a_third_of_the_money_is_shown_with_and_without_it(rules: EvidenceRules) -> None:
    amounts = [100.0 + row % 7 for row in range(639)] + [40_000.0]
    measure = Measure(family="spend", title="Spend", unit=money_unit("EUR", per="customer"), trace="t")
    with_it, without = by_band(
        cells_of({"score": [9] * 640}, amounts), bands_for("nps", (0, 10)), rules, measure
    )
    assert shown(with_it.result).value > 160
    assert shown(without.result).value == pytest.approx(103, abs=0.1)
    assert "hold 39\u00a0% of the money" in with_it.caveats[0].text


def test_amounts_that_differ_too_much_are_refused(rules: EvidenceRules) -> None:
    amounts = list(np.random.default_rng(3).lognormal(3, 2, 200))
    measure = Measure(family="spend", title="Spend", unit=money_unit("EUR", per="customer"), trace="t")
    (row,) = by_band(cells_of({"score": [9] * 200}, amounts), bands_for("nps", (0, 10)), rules, measure)
    assert row.refusal == "Not carried"


@pytest.fixture(scope="module")
def telco(shared_data: Path) -> Cells:
    """Internet customers by support, contract, tenure band and kind of line; outcome: left."""
    folder = shared_data / "telco_extended"
    services = pd.read_excel(folder / "Telco_customer_churn_services.xlsx", engine="calamine")
    status = pd.read_excel(folder / "Telco_customer_churn_status.xlsx", engine="calamine")
    rows = services.merge(status, on="Customer ID")
    rows = rows[rows["Internet Service"] == "Yes"]
    tenure = pd.cut(rows["Tenure in Months"], [0, 6, 12, 24, 48, 72], labels=False)
    keys = {
        "late": rows["Premium Tech Support"].str.lower().tolist(),
        "contract": rows["Contract"].tolist(),
        "tenure": tenure.tolist(),
        "line": rows["Internet Type"].tolist(),
    }
    return cells_of(keys, rows["Churn Value"].tolist())


@pytest.mark.shared_data
def test_support_and_churn_are_mostly_confounding(telco: Cells, rules: EvidenceRules) -> None:
    asked = replace(LEFT, adjust=("contract", "tenure", "line"))
    found: Comparison = compare(telco, asked, with_least(rules, 1), trace="t")
    crude, adjusted = shown(found.crude.result), shown(found.adjusted.result)
    assert crude.value == pytest.approx(-0.265, abs=5e-4)
    assert adjusted.value == pytest.approx(-0.075, abs=5e-4)
    assert found.strata == 43
    assert shown(found.overlap).value == pytest.approx(0.996, abs=5e-4)
    assert (adjusted.interval.high - adjusted.interval.low) / 4 == pytest.approx(0.014, abs=0.002)
    assert shown(found.e_value).value == pytest.approx(1.89, abs=0.005)
    assert "1.29" in shown(found.e_value).method


@pytest.mark.shared_data
def test_setting_thin_strata_apart_hardly_moves_the_telco_gap(telco: Cells, rules: EvidenceRules) -> None:
    asked = replace(LEFT, adjust=("contract", "tenure", "line"))
    found = compare(telco, asked, rules, trace="t")
    assert shown(found.adjusted.result).value == pytest.approx(-0.0763, abs=5e-4)
    assert (found.smallest_cell or 0) >= 10
    assert not any("Fragile" in caveat.text for caveat in found.adjusted.caveats)
