"""The business case: to the cent by hand, its distribution, its laws, and when it is refused."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from case_maker import case_of, middle_of
from cell_maker import cells_of, shown

from fulcrum.core.company import Initiative
from fulcrum.core.quantities import Estimate, Grade, Interval, Unknown, money_unit
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.case.basis import Basis, basis_of
from fulcrum.evidence.case.draws import Triangle, density_of
from fulcrum.evidence.case.formula import CaseInputs, middle_case
from fulcrum.evidence.case.grounds import grounds_of
from fulcrum.evidence.case.inputs import causal_triangle
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.comparisons import Compared
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare, refused_comparison
from fulcrum.evidence.methods.trend import Drift

REPAIR = Initiative(
    name="Repair that holds",
    one_off=Decimal(5000),
    running=Decimal(10_000),
    horizon_years=2.5,
    reach=5000,
    moved_share=0.2,
    owner="The COO",
)
SPEND = Asked(
    key="repair",
    title="Repair repeated against held",
    exposure="repair",
    exposed="repeated",
    against="held",
    outcome="spend",
    adjust=("line",),
    unit=money_unit("EUR", per="customer"),
    is_share=False,
)


def measured(
    rules: EvidenceRules, *, asked: Asked = SPEND, times: float = 1.0, months: int | None = 12
) -> Basis:
    chance = np.random.default_rng(11)
    n = 3000
    repair = np.where(chance.random(n) < 0.4, "repeated", "held")
    line = np.where(chance.random(n) < 0.5, "copper", "fibre")
    spend = times * (chance.gamma(9, 60, n) - 40 * (repair == "repeated"))
    cells = cells_of({"repair": repair, "line": line}, spend)
    return on(cells, asked, rules, months=months)


def on(
    cells: Cells, asked: Asked, rules: EvidenceRules, *, months: int | None = 12, money: Cells | None = None
) -> Basis:
    comparison = compare(cells, asked, rules, trace="gap")
    compared = Compared(comparison=comparison, asked=asked, cells=cells, query="q", cautions=())
    return basis_of(compared, money, rules, currency="EUR", months=months, query="q", trace="basis")


def test_the_middle_case_is_what_a_spreadsheet_would_say() -> None:
    inputs = CaseInputs(
        reach=1000.0,
        moved_share=0.2,
        gain=50.0,
        worth=1.0,
        causal_share=0.45,
        one_off=3000.0,
        running=1000.0,
        horizon_years=2.5,
        discount_rate=0.08,
        worse_off=400.0,
        drift=0.1,
    )
    factor = 1 / 1.08 + 1 / 1.08**2 + 0.5 / 1.08**3
    case = middle_case(inputs)
    assert case.benefit_a_year == pytest.approx(4500.0, abs=0.005)
    assert case.upside == pytest.approx(factor * 3500 - 3000, abs=0.005)
    growing = 1 / 1.08 + 1.1 / 1.08**2 + 0.5 * 1.2 / 1.08**3
    assert case.inaction == pytest.approx(-400 * 50 * 0.45 * growing, abs=0.005)
    assert case.break_even == pytest.approx((3000 / factor + 1000) / 10_000)
    assert case.payback_months == pytest.approx(12 * 3000 / 3500)


def test_at_the_break_even_share_the_case_is_worth_nothing(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    inputs = middle_of(REPAIR, measured(rules), case_rules)
    share = middle_case(inputs).break_even
    assert share is not None
    assert middle_case(replace(inputs, causal_share=share)).upside == pytest.approx(0, abs=1e-6)


def test_a_case_carries_the_grade_of_its_association_and_what_is_stated_carries_its_own(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    basis = measured(rules)
    case = case_of(REPAIR, basis, case_rules, currency="EUR", seed=1, trace="c")
    upside, inaction = shown(case.upside), shown(case.inaction)
    assert upside.value == middle_case(middle_of(REPAIR, basis, case_rules)).upside
    assert upside.value in upside.interval
    assert upside.interval.confidence == 0.80
    assert inaction.value < 0
    assert upside.grade is Grade.ADJUSTED
    assert upside.grade.claim == "expected, if causal"
    assert inaction.grade is Grade.RAW
    assert 0 < shown(case.break_even).value < 1
    assert 0.5 < shown(case.gain_probability).value < 1
    moved = next(one for one in case.assumptions if one.key == "moved_share")
    assert moved.is_stated
    assert moved.result.grade is Grade.ELSEWHERE
    said = " ".join(caveat.text for caveat in case.caveats)
    assert "grade E" in said
    assert "hidden cause" in said
    assert "no drift is assumed" in said


def test_the_same_seed_gives_the_same_digits_and_another_seed_almost_the_same(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    basis = measured(rules)
    first, again, other = (
        case_of(REPAIR, basis, case_rules, currency="EUR", seed=seed, trace="c") for seed in (1, 1, 2)
    )
    assert first == again
    width = shown(first.upside).interval.high - shown(first.upside).interval.low
    assert shown(other.upside).interval.high == pytest.approx(
        shown(first.upside).interval.high, abs=0.03 * width
    )


def test_densities_have_area_one_and_eighty_one_points(rules: EvidenceRules, case_rules: CaseRules) -> None:
    case = case_of(REPAIR, measured(rules), case_rules, currency="EUR", seed=1, trace="c")
    for density in (case.upside_density, case.inaction_density, case.causal_density):
        assert density is not None
        assert len(density.at) == len(density.height) == 81
        assert np.trapezoid(density.height, density.at) == pytest.approx(1)
    peak = density_of(np.random.default_rng(1).normal(5, 2, 20_000))
    assert max(peak.height) == pytest.approx(0.1995, rel=0.05)


def test_a_thousand_times_the_money_is_a_thousand_times_the_case(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    dear = replace(REPAIR, one_off=Decimal(5_000_000), running=Decimal(10_000_000))
    one = case_of(REPAIR, measured(rules), case_rules, currency="EUR", seed=1, trace="c")
    other = case_of(dear, measured(rules, times=1000), case_rules, currency="EUR", seed=1, trace="c")
    assert shown(other.upside).value == pytest.approx(1000 * shown(one.upside).value)
    assert shown(other.upside).interval.low == pytest.approx(1000 * shown(one.upside).interval.low)
    assert shown(other.break_even).value == pytest.approx(shown(one.break_even).value)
    assert shown(other.gain_probability).value == shown(one.gain_probability).value


def test_whoever_leaves_takes_a_year_of_money_along(rules: EvidenceRules, case_rules: CaseRules) -> None:
    chance = np.random.default_rng(3)
    repair = ["repeated"] * 1000 + ["held"] * 1000
    left = np.concatenate([chance.random(1000) < 0.25, chance.random(1000) < 0.15]).astype(float)
    cells = cells_of({"repair": repair, "line": ["a"] * 2000}, left)
    money = cells_of({"repair": repair}, chance.gamma(9, 60, 2000))
    asked = replace(SPEND, outcome="left", is_share=True, is_loss=True)
    basis = on(cells, asked, rules, money=money)
    inputs = middle_of(REPAIR, basis, case_rules)
    assert basis.worse == "repeated"
    assert inputs.gain == pytest.approx(left[:1000].mean() - left[1000:].mean())
    assert inputs.worth == pytest.approx(shown(basis.worth).value)
    assert shown(basis.at_stake).value == pytest.approx(1000 * shown(basis.worth).value)
    assert shown(basis.at_stake).grade is Grade.RAW
    half_a_year = on(cells, asked, rules, money=money, months=6)
    assert middle_of(REPAIR, half_a_year, case_rules).gain == pytest.approx(2 * float(inputs.gain))


def test_without_money_only_customers_are_at_stake(rules: EvidenceRules, case_rules: CaseRules) -> None:
    repair = ["repeated"] * 300 + ["held"] * 300
    left = [1.0, 0.0, 0.0] * 100 + [1.0, 0.0, 0.0, 0.0] * 75
    cells = cells_of({"repair": repair, "line": ["a"] * 600}, left)
    basis = on(cells, replace(SPEND, outcome="left", is_share=True, is_loss=True), rules)
    case = case_of(REPAIR, basis, case_rules, currency="EUR", seed=1, trace="c")
    assert isinstance(case.upside, Unknown)
    assert "transactions" in case.upside.needs
    assert shown(case.at_stake).unit.kind == "customers"
    assert shown(case.at_stake).value == 300


def test_without_a_window_there_is_no_loss_a_year(rules: EvidenceRules, case_rules: CaseRules) -> None:
    case = case_of(REPAIR, measured(rules, months=None), case_rules, currency="EUR", seed=1, trace="c")
    assert isinstance(case.upside, Unknown)
    assert "landmark" in case.upside.needs


def test_a_refused_link_leaves_no_number_in_the_case(rules: EvidenceRules, case_rules: CaseRules) -> None:
    why = Unknown(reason="The score was given after it.", needs="Dates.")
    comparison = refused_comparison(SPEND, "Link refused", why)
    leaking = Compared(comparison=comparison, asked=SPEND, cells=None, query="", cautions=())
    basis = basis_of(leaking, None, rules, currency="EUR", months=12, query="", trace="b")
    case = case_of(REPAIR, basis, case_rules, currency="EUR", seed=1, trace="c")
    numbers = (case.upside, case.inaction, case.at_stake, case.break_even, case.gain_probability)
    assert numbers == (why,) * 5
    assert case.upside_density is None


def test_a_case_that_never_pays_back_says_so(rules: EvidenceRules, case_rules: CaseRules) -> None:
    dear = replace(REPAIR, one_off=Decimal(50_000_000))
    case = case_of(dear, measured(rules), case_rules, currency="EUR", seed=1, trace="c")
    assert shown(case.upside).value < 0
    assert isinstance(case.break_even, Unknown)
    assert isinstance(case.payback_months, Unknown)
    assert shown(case.gain_probability).value == 0


def test_a_stated_causal_share_moves_the_middle_and_keeps_the_doubt(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    grounds = grounds_of(REPAIR, measured(rules), case_rules, currency="EUR", seed=1)
    prior = causal_triangle(grounds)
    assert (prior.low, prior.mode, prior.high) == grounds.causal_prior
    stated = causal_triangle(replace(grounds, initiative=replace(REPAIR, causal_share=0.8)))
    assert (stated.low, stated.mode, stated.high) == (prior.low, 0.8, 0.8)


def test_a_measured_drift_is_carried_on_and_said(rules: EvidenceRules, case_rules: CaseRules) -> None:
    still = measured(rules)
    growing = replace(still, drift=Drift(a_year=0.2, error=0.05, months=14))
    one, other = (case_of(REPAIR, b, case_rules, currency="EUR", seed=1, trace="c") for b in (still, growing))
    assert shown(other.inaction).value < shown(one.inaction).value
    assert shown(other.upside).value == shown(one.upside).value
    assert any("14 months" in caveat.text for caveat in other.caveats)
    assert [a.key for a in other.assumptions][-1] == "drift"


def test_moving_more_customers_than_are_worse_off_is_pointed_out(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    wild = replace(REPAIR, reach=50_000)
    case = case_of(wild, measured(rules), case_rules, currency="EUR", seed=1, trace="c")
    assert any("More customers would move (10,000)" in caveat.text for caveat in case.caveats)


def test_a_triangle_knows_its_quantiles() -> None:
    triangle = Triangle(low=0.2, mode=0.45, high=0.7)
    draws = np.random.default_rng(1).triangular(0.2, 0.45, 0.7, 200_000)
    assert triangle.quantile(0.1) == pytest.approx(np.quantile(draws, 0.1), abs=0.002)
    assert triangle.quantile(0.9) == pytest.approx(np.quantile(draws, 0.9), abs=0.002)
    assert triangle.quantile(0.5) == pytest.approx(0.45)
    exact = Estimate(
        value=1,
        interval=Interval(low=1, high=1, confidence=1.0),
        unit=money_unit("EUR"),
        n=None,
        grade=Grade.RAW,
        method="m",
        trace="t",
    )
    assert Triangle(low=5, mode=5, high=5).interval(0.8).low == 5
    assert exact.is_signed
