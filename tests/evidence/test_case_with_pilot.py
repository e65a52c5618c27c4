"""A case that names a pilot: what was measured takes the place of what was assumed, doubt and grade too."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from pilot_maker import SHARE, frozen, of_shares, rules, write_results
from test_case import REPAIR, measured

from fulcrum.core.findings import Assumption, Case
from fulcrum.core.grounds import CaseGrounds, Tried
from fulcrum.core.pilot_text import design_text, registration_text
from fulcrum.core.quantities import Estimate, Grade, Interval, Unit, money_unit
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.evidence.case.grounds import grounds_of
from fulcrum.evidence.case.one_case import case_on
from fulcrum.evidence.case.recast import moved
from fulcrum.evidence.pilots.tried import TriedHere, tried_here
from fulcrum.simulation.company import tidewater


def effect(value: float, half: float, unit: Unit, grade: Grade = Grade.RANDOMISED) -> Estimate:
    interval = Interval(low=value - half, high=value + half, confidence=0.95)
    return Estimate(value=value, interval=interval, unit=unit, n=900, grade=grade, method="", trace="p1")


MOVED = Tried(
    pilot="call_back",
    name="Call back",
    measures="moved",
    effect=effect(-0.10, 0.04, Unit(kind="points")),
    is_more_better=False,
    window_months=1.0,
    read_on=date(2026, 6, 8),
)
SPENT = replace(
    MOVED,
    measures="spend",
    effect=effect(6.0, 2.0, money_unit("EUR", per="customer")),
    is_more_better=True,
    window_months=3.0,
)


@pytest.fixture
def grounds(rules: EvidenceRules, case_rules: CaseRules) -> dict[str, CaseGrounds]:
    basis = measured(rules)
    return {
        name: grounds_of(REPAIR, basis, case_rules, currency="EUR", seed=3, tried=tried)
        for name, tried in (("stated", None), ("moved", MOVED), ("spent", SPENT))
    }


def assumed(case: Case, key: str) -> Assumption:
    return next(one for one in case.assumptions if one.key == key)


def value(result: object) -> float:
    assert isinstance(result, Estimate)
    return result.value


def test_the_share_moved_is_that_of_the_pilot_and_what_a_move_is_worth_stays_the_gaps(
    grounds: dict[str, CaseGrounds],
) -> None:
    stated, found = case_on(grounds["stated"]), case_on(grounds["moved"])
    one = assumed(found, "moved_share")
    assert (one.result.value, one.result.grade, one.is_stated) == (0.10, Grade.RANDOMISED, False)
    assert "Call back" in one.source
    assert assumed(found, "causal_share") == assumed(stated, "causal_share")
    benefit = [value(case.upside) for case in (stated, found)]
    costs = 5000 + 10_000 * 2.5  # about: a tenth of all gains is half of a fifth
    assert benefit[1] < benefit[0]
    assert (benefit[1] + costs) / (benefit[0] + costs) == pytest.approx(0.5, abs=0.06)
    assert isinstance(found.upside, Estimate)
    assert found.upside.grade is grounds["stated"].grade


def test_the_doubt_of_the_pilot_is_in_the_draws(grounds: dict[str, CaseGrounds]) -> None:
    sure = replace(MOVED, effect=effect(-0.10, 0.001, Unit(kind="points")))
    narrow = case_on(replace(grounds["moved"], tried=sure))
    wide = case_on(grounds["moved"])
    assert isinstance(narrow.upside, Estimate)
    assert isinstance(wide.upside, Estimate)
    spread = [np.ptp((one.upside.interval.low, one.upside.interval.high)) for one in (narrow, wide)]  # type: ignore[union-attr]
    assert spread[1] > spread[0]
    assert next(swing for swing in wide.tornado if swing.key == "moved_share").width > 0


def test_a_pilot_of_the_outcome_itself_makes_the_case_a_return(grounds: dict[str, CaseGrounds]) -> None:
    found = case_on(grounds["spent"])
    assert isinstance(found.upside, Estimate)
    assert found.upside.grade is Grade.RANDOMISED
    assert found.upside.grade.claim == "return"
    assert value(assumed(found, "gain").result) == pytest.approx(24.0)  # 6 in three months
    assert value(assumed(found, "moved_share").result) == 1.0
    assert value(assumed(found, "causal_share").result) == 1.0
    years = sum(part / 1.08**k for k, part in ((1, 1), (2, 1), (3, 0.5)))
    assert found.upside.value == pytest.approx(years * (5000 * 24 - 10_000) - 5000, rel=1e-9)


def test_a_stated_causal_share_says_nothing_of_what_a_pilot_measured(
    grounds: dict[str, CaseGrounds],
) -> None:
    stated = replace(grounds["spent"], initiative=replace(REPAIR, causal_share=0.3))
    assert case_on(stated).upside == case_on(grounds["spent"]).upside


def test_what_a_pilot_measured_may_still_be_moved_by_hand_and_says_so(
    grounds: dict[str, CaseGrounds],
) -> None:
    assert case_on(moved(grounds["moved"], {})) == case_on(grounds["moved"])
    by_hand = case_on(moved(grounds["moved"], {"moved_share": 0.2}))
    one = assumed(by_hand, "moved_share")
    assert (one.result.value, one.result.grade, one.source) == (0.2, Grade.ELSEWHERE, "Stated here")
    assert value(by_hand.upside) == pytest.approx(value(case_on(grounds["stated"]).upside))
    assert from_stored(CaseGrounds, to_stored(grounds["moved"])) == grounds["moved"]


def test_only_a_pilot_that_is_sound_registered_and_over_takes_the_place_of_anything(tmp_path: Path) -> None:
    design = replace(SHARE, measures="moved")
    initiative = replace(REPAIR, pilot="call_back")
    company = replace(tidewater(), initiatives=(initiative,), as_of=design.stops)
    (tmp_path / "call_back.toml").write_text(design_text(design), encoding="utf-8")

    def here(as_of: date = design.stops) -> TriedHere:
        playbook = rules()
        on = replace(company, as_of=as_of)
        return tried_here(tmp_path, on, playbook.evidence, playbook.pilot, version="test", seed=1)

    assert "no results yet" in here().why_not("call_back")
    write_results(tmp_path, ("id", "arm", "left"), of_shares((80, 400), (120, 400)))
    assert "grade C" in here().why_not("call_back")
    text = registration_text(frozen(design))
    (tmp_path / "call_back.registered.toml").write_text(text, encoding="utf-8")
    found = here().of("call_back")
    assert found is not None
    assert found.effect.value == pytest.approx(-0.1)
    assert "not over" in here(design.stops - timedelta(days=1)).why_not("call_back")
    (tmp_path / "call_back.registered.toml").write_text(text.replace("-0.05", "-0.02"), encoding="utf-8")
    assert "was changed" in here().why_not("call_back")
