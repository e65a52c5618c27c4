"""The case proven four ways: by hand, by R, by laws, and on simulated data whose truth is known."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import ne

import numpy as np
import pytest
from case_maker import case_of, doubts_on, middle_of
from cell_maker import cells_of, score_cells_of, shown
from reference_data import rows

from fulcrum.core.company import Initiative
from fulcrum.core.grounds import Joint
from fulcrum.core.quantities import money_unit
from fulcrum.core.rules import CaseRules, Constant, EvidenceRules
from fulcrum.evidence.case.basis import Basis, basis_of
from fulcrum.evidence.case.draws import Doubts, Triangle, drawn
from fulcrum.evidence.case.formula import CaseInputs, discount_factor, middle_case
from fulcrum.evidence.case.forward import drifting_of, leaving_of
from fulcrum.evidence.case.joint import deviations, joint
from fulcrum.evidence.case.tornado import on_one_footing
from fulcrum.evidence.cells import Cells, Floats, cells_from_rows
from fulcrum.evidence.comparisons import Compared
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.evidence.methods.trend import drift_of

KEEP = Initiative(
    name="Keep them",
    one_off=Decimal(2000),
    running=Decimal(500),
    horizon_years=2,
    reach=1000,
    moved_share=0.5,
)
LEFT = Asked(
    key="left",
    title="Repair repeated against held",
    exposure="repair",
    exposed="repeated",
    against="held",
    outcome="left",
    adjust=(),
    unit=money_unit("EUR"),
    is_share=True,
    is_loss=True,
)
BY_HAND = CaseInputs(
    reach=100.0,
    moved_share=0.5,
    gain=10.0,
    worth=1.0,
    causal_share=0.5,
    one_off=100.0,
    running=50.0,
    horizon_years=2.0,
    discount_rate=0.1,
    worse_off=80.0,
    drift=0.1,
    leaving=0.25,
)


def test_two_years_at_ten_per_cent_by_hand() -> None:
    case = middle_case(BY_HAND)
    assert case.benefit_a_year == 250
    assert case.upside == pytest.approx(-100 + 200 / 1.1 + 200 / 1.21)
    assert case.inaction == pytest.approx(-(400 / 1.1 + 400 * 1.1 * 0.75 / 1.21))
    assert case.break_even == pytest.approx(0.215238095)
    assert case.break_even_moved == pytest.approx(0.215238095)
    assert case.payback_months == pytest.approx(6)


@pytest.mark.parametrize("row", rows("case"), ids=lambda row: row["reach"])
def test_cash_flows_written_out_in_r_give_the_same_case(row: dict[str, str]) -> None:
    given = {name: float(text) for name, text in row.items() if text != "NA"}
    names = (
        "reach moved_share gain worth causal_share one_off running horizon_years discount_rate worse_off"
        " drift leaving"
    )
    case = middle_case(CaseInputs(**{name: given[name] for name in names.split()}))
    assert case.upside == pytest.approx(given["upside"], abs=0.005)
    assert case.inaction == pytest.approx(given["inaction"], abs=0.005)
    for name in ("break_even", "break_even_moved", "payback_months"):
        ours = getattr(case, name)
        if name in given:
            assert ours == pytest.approx(given[name], abs=1e-7)
        else:
            assert ours is None or ours > 1


@pytest.mark.parametrize(("first", "second"), [(1, 1), (2, 3), (4, 0.5)])
def test_horizons_add_up_once_the_later_one_is_discounted(first: int, second: float) -> None:
    def over(years: float, one_off: float = 0.0) -> float:
        return middle_case(replace(BY_HAND, horizon_years=years, one_off=one_off)).upside

    later = over(second) / (1 + BY_HAND.discount_rate) ** first
    assert over(first + second, one_off=100) == pytest.approx(over(first, one_off=100) + later)


def test_without_any_cause_acting_is_its_cost_and_waiting_costs_nothing() -> None:
    case = middle_case(replace(BY_HAND, causal_share=0.0))
    assert case.upside == pytest.approx(-(100 + 50 * discount_factor(BY_HAND)))
    assert case.inaction == 0
    assert case.break_even_moved is None


def test_whoever_has_left_is_not_lost_twice() -> None:
    staying, leaving = (middle_case(replace(BY_HAND, leaving=share)) for share in (0.0, 1.0))
    assert staying.inaction < leaving.inaction
    assert leaving.inaction == pytest.approx(-400 / 1.1)


def test_draws_have_the_covariance_that_was_asked_for() -> None:
    asked = Joint(
        names=("gain", "worth", "drift"),
        errors=(2.0, 50.0, 0.1),
        correlation=((1.0, -0.6, 0.0), (-0.6, 1.0, 0.3), (0.0, 0.3, 1.0)),
    )
    off = deviations(asked, np.random.default_rng(3), 200_000)
    found = np.cov(np.array([off[name] for name in asked.names]))
    assert np.allclose(found / np.outer(asked.errors, asked.errors), asked.correlation, atol=0.01)


def test_what_is_not_measured_together_is_drawn_apart() -> None:
    few = {"gain": dict.fromkeys(range(5), 1.0), "worth": dict.fromkeys(range(64), 2.0)}
    assert joint({"gain": 1.0, "worth": 1.0}, few).correlation == ((1.0, 0.0), (0.0, 1.0))


def test_the_jackknife_sees_how_gap_and_worth_err_together(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    """Against the errors that follow from how the world was made, on average over worlds."""
    of_each_side = CUSTOMERS / 2
    rate = {side: (LEAVE[side, CHEAP] + LEAVE[side, DEAR]) / 2 for side in ("repeated", "held")}
    gain = np.sqrt(sum(share * (1 - share) for share in rate.values()) / of_each_side)
    worth = (DEAR - CHEAP) / 2 / np.sqrt(of_each_side)
    moving = (LEAVE["repeated", CHEAP] * CHEAP + LEAVE["repeated", DEAR] * DEAR) / 2
    together = (moving - rate["repeated"] * (CHEAP + DEAR) / 2) / of_each_side
    held = [doubts_on(KEEP, world(seed, rules), case_rules).measured for seed in range(100)]
    assert np.mean([one.error("gain") for one in held]) == pytest.approx(gain, rel=0.05)
    assert np.mean([one.error("worth") for one in held]) == pytest.approx(worth, rel=0.05)
    assert together / (gain * worth) == pytest.approx(-0.31, abs=0.01)
    assert np.mean([one.between("gain", "worth") for one in held]) == pytest.approx(-0.31, abs=0.06)


@pytest.mark.slow
def test_where_only_the_data_are_in_doubt_eight_of_ten_intervals_hold_the_truth(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    settled = without_opinions(case_rules)
    gap, worth = true_gap_and_worth()
    reached = KEEP.reach * KEEP.moved_share * gap * worth - float(KEEP.running)
    truth = (1 / 1.08 + 1 / 1.08**2) * reached - float(KEEP.one_off)
    held = [
        truth in shown(case_of(KEEP, at_hand, settled, currency="EUR", seed=1, trace="t").upside).interval
        for at_hand in (world(seed, rules) for seed in range(250))
    ]
    assert 0.74 <= np.mean(held) <= 0.87


def test_a_drift_without_one_bucket_is_the_drift_of_the_others(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(5)
    months = [202401 + k for k in range(12)] + [202501, 202502]
    n = 6000
    cells = score_cells_of(
        [int(x) for x in chance.integers(0, 11, n)],
        month=[months[k] for k in chance.integers(0, len(months), n)],
    )
    bands = bands_for("nps", (0, 10))
    found = drifting_of(cells, bands, rules)
    assert found is not None
    assert found.drift == drift_of(cells.by_only("month", "score"), bands, rules)
    for bucket in (0, 17, 63):
        others = cells.where("bucket", partial(ne, bucket)).by_only("month", "score")
        alone = drift_of(others, bands, rules)
        assert alone is not None
        assert found.replicates[bucket] == pytest.approx(alone.a_year)


def test_half_a_year_of_leaving_becomes_a_year(rules: EvidenceRules) -> None:
    cells = cells_of({"repair": ["repeated"] * 400}, [1.0] * 80 + [0.0] * 320)
    left = leaving_of(cells, rules, is_loss=True, months=6, trace="t")
    stayed = leaving_of(cells, rules, is_loss=False, months=12, trace="t")
    assert left is not None
    assert stayed is not None
    assert left.a_year.value == pytest.approx(1 - 0.8**2)
    assert left.a_year.value in left.a_year.interval
    assert stayed.a_year.value == pytest.approx(0.8)
    assert len(left.replicates) == 64


def test_the_tornado_starts_with_what_matters_most_and_ends_where_the_formula_does(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    basis = world(1, rules)
    case = case_of(KEEP, basis, case_rules, currency="EUR", seed=1, trace="t")
    widths = [swing.width for swing in case.tornado]
    assert widths == sorted(widths, reverse=True)
    assert {swing.key for swing in case.tornado} == {
        "moved_share",
        "gain",
        "worth",
        "causal_share",
        "one_off",
        "running",
    }
    middle = middle_of(KEEP, basis, case_rules)
    for swing in case.tornado:
        assert swing.input.interval.confidence == pytest.approx(0.8)
        changed: dict[str, float] = {swing.key: swing.input.interval.low}
        assert swing.at_low.value == pytest.approx(middle_case(replace(middle, **changed)).upside)
        assert swing.at_low.grade is shown(case.upside).grade


def test_an_interval_of_95_per_cent_shrinks_to_the_footing_of_the_others(
    rules: EvidenceRules, case_rules: CaseRules
) -> None:
    gain = world(1, rules).gain
    assert gain is not None
    other = on_one_footing(gain, 0.8)
    part = (other.interval.high - other.interval.low) / (gain.interval.high - gain.interval.low)
    assert part == pytest.approx(1.2816 / 1.96, abs=1e-3)


def test_the_drawn_share_that_leaves_stays_a_share() -> None:
    wild = Joint(names=("leaving",), errors=(0.9,), correlation=((1.0,),))
    fixed = doubts_without_opinions()
    draws = drawn(BY_HAND, replace(fixed, measured=wild), draws=5000, seed=1, name="n")
    leaving = np.asarray(draws.leaving)
    assert leaving.min() == 0
    assert leaving.max() == 1


CUSTOMERS = 1500
CHEAP, DEAR = 200.0, 900.0
LEAVE = {("repeated", CHEAP): 0.45, ("repeated", DEAR): 0.1, ("held", CHEAP): 0.15, ("held", DEAR): 0.1}


def true_gap_and_worth() -> tuple[float, float]:
    """Half of the customers are cheap: the gap in leaving, and the worth of one on the worse side."""
    gap = sum(LEAVE["repeated", worth] - LEAVE["held", worth] for worth in (CHEAP, DEAR)) / 2
    return gap, (CHEAP + DEAR) / 2


def world(seed: int, rules: EvidenceRules, customers: int = CUSTOMERS) -> Basis:
    """A comparison in which those who leave are worth less, so that gap and worth err against one another."""
    chance = np.random.default_rng(seed)
    repair = np.where(chance.random(customers) < 0.5, "repeated", "held")
    worth = np.where(chance.random(customers) < 0.5, CHEAP, DEAR)
    odds = np.array([LEAVE[side, float(money)] for side, money in zip(repair, worth, strict=True)])
    left = (chance.random(customers) < odds).astype(float)
    bucket = np.arange(customers) % 64
    cells, money = summed(repair, bucket, left), summed(repair, bucket, worth)
    compared = Compared(
        comparison=compare(cells, LEFT, rules, trace="g"), asked=LEFT, cells=cells, query="q", cautions=()
    )
    return basis_of(compared, money, rules, currency="EUR", months=12, query="q", trace="b")


def summed(repair: Floats, bucket: Floats, outcome: Floats) -> Cells:
    """Cells by side and bucket."""
    made: list[Sequence[object]] = []
    for side in ("held", "repeated"):
        for place in range(64):
            y = outcome[(repair == side) & (bucket == place)]
            if len(y):
                made.append((side, place, len(y), len(y), len(y), y.sum(), (y**2).sum()))
    return cells_from_rows(("repair", "bucket"), made)


def without_opinions(rules: CaseRules) -> CaseRules:
    """The rules with every stated number certain, and all of the gap causal."""
    none = replace(rules.cost_spread, value=0.0)
    prior = tuple(replace(one, low=1.0, mode=1.0, high=1.0) for one in rules.causal_share)
    few: Constant = replace(rules.draws, value=4000)
    return replace(rules, cost_spread=none, moved_share_spread=none, causal_share=prior, draws=few)


def certain(number: float) -> Triangle:
    """A number that nobody doubts."""
    return Triangle(low=number, mode=number, high=number)


def doubts_without_opinions() -> Doubts:
    """No doubt in anything that is stated."""
    return Doubts(
        measured=joint({}, {}),
        moved_share=certain(0.5),
        one_off=certain(1.0),
        running=certain(1.0),
        causal_share=certain(0.5),
    )
