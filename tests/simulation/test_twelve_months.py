"""Twelve months of the simulated company: a pilot read early and scaled, a commitment lost and regained."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from fulcrum import from_pilots, over_time, workflow
from fulcrum.core.company import Company
from fulcrum.core.findings import Case
from fulcrum.core.people import Level
from fulcrum.core.pilots import ReadOut
from fulcrum.core.quantities import Estimate, Grade
from fulcrum.simulation.named_person import (
    DESIGN,
    EARLY_LOOK,
    FINAL_LOOK,
    REGISTERED_ON,
    TRUE_EFFECT,
    results_as_they_stood,
)
from fulcrum.workflow import Assessment, Workspace

pytestmark = pytest.mark.slow  # the company and its pilots are made once for all of them


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("year") / "tidewater"
    workflow.simulate(folder)
    return workflow.open_workspace(folder, today=date(2026, 11, 16))


def read_on(opened: Workspace, day: date, beside: Path) -> ReadOut:
    """The pilot of spring as it was read on that day, of what had been measured."""
    for path in (opened.folder / "pilots").glob(f"{DESIGN.key}.*toml"):
        (beside / path.name).write_bytes(path.read_bytes())
    results_as_they_stood(opened.folder / "pilots", beside, on=day)
    pilot = from_pilots.piloted(beside / f"{DESIGN.key}.toml")
    return from_pilots.read_pilot(as_it_was(opened, day), pilot)


def as_it_was(opened: Workspace, day: date) -> Workspace:
    return replace(opened, company=replace(opened.company, as_of=day))


def estimate(result: object) -> Estimate:
    assert isinstance(result, Estimate), result
    return result


def test_the_pilot_of_spring_was_frozen_before_it_began(opened: Workspace) -> None:
    pilot = from_pilots.piloted(opened.folder / "pilots" / f"{DESIGN.key}.toml")
    assert pilot.problems == ()
    assert pilot.registration is not None
    assert pilot.registration.is_whole
    assert pilot.registration.registered_on == REGISTERED_ON < DESIGN.starts


def test_read_early_it_gives_no_false_alarm(opened: Workspace, tmp_path: Path) -> None:
    early = read_on(opened, EARLY_LOOK, tmp_path)
    assert (early.look, early.decision.word) == ("early", "go on")
    assert early.is_sound
    effect = estimate(early.effect)
    assert 0 in effect.interval
    assert TRUE_EFFECT in effect.interval


def test_read_at_its_end_it_is_scaled_and_holds_what_is_true(opened: Workspace, tmp_path: Path) -> None:
    final = read_on(opened, FINAL_LOOK, tmp_path)
    assert (final.look, final.decision.word, final.grade) == ("final", "scale", Grade.RANDOMISED)
    assert final.is_sound
    effect = estimate(final.effect)
    assert TRUE_EFFECT in effect.interval
    assert effect.interval.low > 0
    assert effect.value >= DESIGN.minimum_effect


def test_the_year_is_marked_with_the_pilot_its_start_and_its_looks(opened: Workspace, tmp_path: Path) -> None:
    looks = [read_on(opened, day, tmp_path) for day in (EARLY_LOOK, FINAL_LOOK)]
    year = over_time.year(opened, workflow.assess(opened), readouts=looks)
    marks = [(one.on, one.what) for one in year.marks if one.kind == "pilot"]
    assert marks == [
        (DESIGN.starts, f"{DESIGN.name} starts"),
        (EARLY_LOOK, f"{DESIGN.name}: go on"),
        (FINAL_LOOK, f"{DESIGN.name}: scale"),
    ]


def test_the_case_that_names_it_rises_from_grade_c_to_a(opened: Workspace) -> None:
    def case_of(company: Company) -> Case:
        found = workflow.gather(replace(opened, company=company)).cases
        return next(one for one in found if one.title == named.name)

    company = opened.company
    named = next(one for one in company.initiatives if one.pilot == DESIGN.key)
    untried = tuple(replace(one, pilot="") for one in company.initiatives)
    before, after = case_of(replace(company, initiatives=untried)), case_of(company)
    assert estimate(before.upside).grade is Grade.ADJUSTED
    assert next(one for one in before.assumptions if one.key == "moved_share").is_stated
    assert estimate(after.upside).grade is Grade.RANDOMISED
    assert estimate(after.upside).interval.low > 0
    truth = TRUE_EFFECT * 12 / DESIGN.window_months
    gain = next(one.result for one in after.assumptions if one.key == "gain")
    assert truth in estimate(gain).interval


def test_the_coos_commitment_fell_in_spring_and_came_back_by_autumn(opened: Workspace) -> None:
    def believed(day: date) -> Assessment:
        company = opened.company
        known = replace(
            company,
            as_of=day,
            observations=tuple(one for one in company.observations if one.date <= day),
            asks=tuple(one for one in company.asks if one.asked_on <= day),
            moves=tuple(one for one in company.moves if one.date <= day),
        )
        return workflow.assess_one(known, opened.playbook, "coo")

    winter, spring, autumn = (
        believed(day).belief for day in (date(2026, 2, 23), date(2026, 5, 4), date(2026, 11, 16))
    )
    assert estimate(winter.level).value > Level.PARTICIPATING - 0.2
    assert spring.is_drop
    assert estimate(spring.level).value < estimate(winter.level).value - 1
    assert not autumn.is_drop
    assert estimate(autumn.level).value > estimate(spring.level).value + 0.75


def test_promises_decisions_wins_and_risks_are_on_record_in_their_order(opened: Workspace) -> None:
    company = opened.company
    kept = [one for one in company.promises if one.kept_on is not None]
    late = [one for one in kept if one.due is not None and one.kept_on is not None and one.kept_on > one.due]
    assert (len(kept), len(late)) == (4, 1)
    assert {"start", "change", "stop"} == {str(one.kind) for one in company.decisions}
    assert all(one.why for one in company.decisions)
    assert all(one.proof and one.thanks for one in company.wins)
    assert all(one.trigger and one.response and one.trend for one in company.risks)
    days = [REGISTERED_ON, DESIGN.starts, EARLY_LOOK, DESIGN.stops, FINAL_LOOK]
    assert all(earlier < later for earlier, later in pairwise(days))
