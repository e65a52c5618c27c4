"""A case whose assumptions are moved by hand: the digits of gather, every figure follows, and it says so."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cell_maker import shown

from fulcrum.core.company import Company, Initiative
from fulcrum.core.errors import Outdated, WrongUse
from fulcrum.core.findings import Assumption, Case, Evidence
from fulcrum.core.grounds import CaseGrounds, Dial
from fulcrum.core.quantities import Estimate, Grade
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.evidence.case.dials import dials_of
from fulcrum.evidence.case.one_case import case_on
from fulcrum.evidence.case.recast import moved, recast
from fulcrum.evidence.engine import gather
from fulcrum.simulation.company import tidewater
from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.truth import Causes, imagine

SEED = 20_261_116
COMPANY = tidewater()
Gather = Callable[[Company], Evidence]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory, rules: EvidenceRules, case_rules: CaseRules) -> Gather:
    """The evidence of a small simulated company, with the initiatives that a test wants."""
    folder = tmp_path_factory.mktemp("recast")
    everyone, _ = imagine(9000, Causes(), seed=SEED)
    write_exports(everyone, folder, seed=SEED)

    def run(company: Company) -> Evidence:
        found, problems = gather(
            folder, company, evidence_rules=rules, case_rules=case_rules, version="test", seed=SEED
        )
        assert not [one for one in problems if one.is_error]
        return found

    return run


@pytest.fixture(scope="module")
def evidence(gathered: Gather) -> Evidence:
    """The evidence of the company as it is."""
    return gathered(COMPANY)


@pytest.fixture(scope="module")
def grounds(evidence: Evidence) -> CaseGrounds:
    """What its first case stands on, as a desk would have kept it."""
    kept = json.loads(json.dumps(to_stored(evidence.grounds[0]), allow_nan=False))
    return from_stored(CaseGrounds, kept)


def recast_case(grounds: CaseGrounds, **assumptions: float) -> Case:
    return case_on(moved(grounds, assumptions))


def dial(grounds: CaseGrounds, key: str) -> Dial:
    return next(one for one in dials_of(grounds) if one.key == key)


def assumption(case: Case, key: str) -> Assumption:
    return next(one for one in case.assumptions if one.key == key)


def numbers(case: Case) -> list[Any]:
    """Every digit of a case, without its traces and without who says what."""
    results = (
        case.upside,
        case.inaction,
        case.at_stake,
        case.break_even,
        case.break_even_moved,
        case.gain_probability,
        case.payback_months,
        *(one.result for one in case.assumptions),
        *(end for swing in case.tornado for end in (swing.input, swing.at_low, swing.at_high)),
    )
    told = [replace(one, trace="", grade=Grade.RAW) if hasattr(one, "trace") else one for one in results]
    return [*told, case.upside_density, case.inaction_density, case.causal_density, case.horizon_years]


def test_every_case_with_numbers_has_its_grounds_and_the_digits_of_gather(evidence: Evidence) -> None:
    with_numbers = tuple(case for case in evidence.cases if isinstance(case.upside, Estimate))
    assert [one.case for one in evidence.grounds] == [case.key for case in with_numbers]
    assert tuple(case_on(one) for one in evidence.grounds) == with_numbers


def test_the_whole_evidence_comes_back_from_its_snapshot(evidence: Evidence) -> None:
    kept = json.loads(json.dumps(to_stored(evidence), allow_nan=False))
    assert from_stored(Evidence, kept) == evidence


def test_dials_left_where_they_are_change_nothing(grounds: CaseGrounds) -> None:
    untouched = {one.key: one.result.value for one in dials_of(grounds)}
    assert moved(grounds, untouched) == grounds
    assert moved(grounds, {}) == grounds


@pytest.mark.slow
def test_what_a_company_states_moves_as_if_it_had_stated_it(grounds: CaseGrounds, gathered: Gather) -> None:
    first = COMPANY.initiatives[0]
    changed: Initiative = replace(
        first,
        one_off=Decimal("30000.5"),
        running=Decimal(4000),
        horizon_years=4.5,
        reach=9000,
        moved_share=0.11,
        causal_share=0.6,
    )
    other = gathered(replace(COMPANY, initiatives=(changed,))).cases[0]
    by_hand = recast_case(
        grounds,
        one_off=30000.5,
        running=4000,
        horizon_years=4.5,
        reach=9000,
        moved_share=0.11,
        causal_share=0.6,
    )
    assert numbers(by_hand) == numbers(other)
    assert by_hand.caveats[1:] == other.caveats
    assert [shown(one).grade for one in (by_hand.upside, by_hand.inaction)] == [Grade.ADJUSTED, Grade.RAW]


def test_what_was_moved_says_that_it_is_stated_here(grounds: CaseGrounds) -> None:
    case = recast_case(grounds, causal_share=0.3, running=4000)
    for key in ("causal_share", "running"):
        one = assumption(case, key)
        assert (one.source, one.is_stated, one.result.grade) == ("Stated here", True, Grade.ELSEWHERE)
    assert assumption(case, "one_off").source == "Stated in company.toml"
    assert case.caveats[0].text == (
        "Stated here by hand, and neither measured nor on file: causal share and running cost."
    )
    assert shown(case.upside).trace != grounds.trace


def test_a_measured_gap_moved_by_hand_is_no_measurement_any_more(grounds: CaseGrounds) -> None:
    before, twice = case_on(grounds), 2 * grounds.gain.value
    case = recast_case(grounds, gain=twice)
    gain = assumption(case, "gain")
    assert gain.result.value == twice
    assert gain.is_stated
    assert gain.result.n is None
    width = gain.result.interval.high - gain.result.interval.low
    assert width == pytest.approx(grounds.gain.interval.high - grounds.gain.interval.low)
    assert shown(case.upside).grade is Grade.ELSEWHERE
    assert shown(case.upside).grade.claim == "at stake"
    assert shown(case.inaction).value == pytest.approx(2 * shown(before.inaction).value)
    assert case.causal_density == before.causal_density
    assert shown(case.break_even).value == pytest.approx(shown(before.break_even).value / 2)


@pytest.mark.parametrize("key", ["worse_off", "leaving", "drift", "discount_rate"])
def test_every_other_dial_moves_what_it_should(grounds: CaseGrounds, key: str) -> None:
    before, there = case_on(grounds), dial(grounds, key)
    case = recast_case(grounds, **{key: (there.result.value + there.highest) / 2})
    assert assumption(case, key).source == "Stated here"
    assert shown(case.inaction).value != shown(before.inaction).value
    is_in_upside = key == "discount_rate"
    assert (shown(case.upside).value != shown(before.upside).value) is is_in_upside


def test_either_end_of_every_dial_gives_a_case(evidence: Evidence) -> None:
    for grounds in evidence.grounds:
        for one in dials_of(grounds):
            assert one.lowest <= one.result.value <= one.highest
            for end in (one.lowest, one.highest):
                assert case_on(moved(grounds, {one.key: end})).key == grounds.case


def test_a_value_out_of_range_is_refused_with_the_range(grounds: CaseGrounds) -> None:
    for key, number, said in (
        ("moved_share", 1.4, "Share moved: 140.0.% is out of range. Allowed is 0.0.% to 100.0.%."),
        ("horizon_years", 60, "Horizon: 60.0 is out of range. Allowed is 0.5 to 20.0."),
        ("one_off", -1, "One-off cost: −€1 is out of range. Allowed is €0 to €"),
        ("running", float("nan"), "Running cost: nan is out of range"),
        ("reach", 10.5, "Customers reached: 10.5 is no whole number"),
        ("mood", 1, "“mood” is no assumption of this case. It has causal_share, "),
    ):
        with pytest.raises(WrongUse, match=said):
            moved(grounds, {key: number})


def test_the_programme_follows_a_case_that_is_moved(evidence: Evidence) -> None:
    first = evidence.grounds[0].case
    assert evidence.programme is not None
    was = next(one for one in evidence.programme.ranked if one.case == first)
    again = recast(evidence, COMPANY, {first: {"one_off": 100_000}})
    assert again.programme is not None
    now = next(one for one in again.programme.ranked if one.case == first)
    assert was.is_chosen
    assert not now.is_chosen
    assert now.needed.value == pytest.approx(was.needed.value + 82_000)
    assert again.cases[1:] == evidence.cases[1:]
    assert again.findings == evidence.findings
    held = {trace.id for trace in again.traces}
    assert {shown(again.cases[0].upside).trace, again.programme.needed.trace} <= held


def test_initiatives_that_changed_since_are_to_be_gathered_anew(evidence: Evidence) -> None:
    fewer = replace(COMPANY, initiatives=COMPANY.initiatives[:1])
    with pytest.raises(Outdated, match="Gather them anew"):
        recast(evidence, fewer, {evidence.grounds[0].case: {"one_off": 20_000}})


def test_nothing_moved_is_the_same_evidence_and_an_unknown_case_is_refused(evidence: Evidence) -> None:
    assert recast(evidence, COMPANY, {}) == evidence
    with pytest.raises(WrongUse, match=r"no case “case\.x” that holds numbers"):
        recast(evidence, COMPANY, {"case.x": {}})
