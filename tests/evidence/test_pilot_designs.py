"""Designs of pilots: read strictly, written without loss, frozen before the start, planned on numbers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pilot_maker import AMOUNT, SHARE, columns, frozen, rules

from fulcrum.core.errors import DataProblems, WrongUse
from fulcrum.core.pilot_text import design_text
from fulcrum.core.pilots import (
    Assignment,
    BaselineSource,
    LeadsTo,
    PilotDesign,
    Situation,
    frozen_text,
)
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.evidence.pilots.baseline import stated_baseline
from fulcrum.evidence.pilots.choosing import comparison_for
from fulcrum.evidence.pilots.file import design_of, read_design
from fulcrum.evidence.pilots.plan import plan_of
from fulcrum.evidence.pilots.registered import (
    changed_since,
    read_registration,
    register,
    registered_path,
)

FULL = replace(
    columns(SHARE, before="left_before", unit="depot", measured="on", date_format="%d.%m.%Y"),
    hypothesis='They feel "heard";\nso they stay',
    situation=Situation(spills=True, can_assign="units"),
    assignment=Assignment.BY_UNIT,
    unit="depot",
    units=20,
    leads_to=LeadsTo(scale="All depots", stop="Nothing"),
    ladder=("Two depots", "The north"),
    rung=2,
    window_months=0.5,
    baseline=BaselineSource(outcome="left", units="depot", alike=0.02),
)


@pytest.mark.parametrize("design", [SHARE, AMOUNT, FULL], ids=["share", "amount", "full"])
def test_a_design_reads_back_as_it_was_written(design: PilotDesign) -> None:
    again, problems = design_of(design_text(design), "call_back", file="call_back.toml")
    assert problems == ()
    assert again == design


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("minimum_efect = -0.05", "minimum_effect"),
        ('comparison = "random by custmer"', "random by customer"),
        ("stops = 2026-01-01", "stops before it starts"),
        ("minimum_effect = 0.05", "is a loss"),
        ("minimum_effect = 0", "No effect is not worth having"),
        ('others = "new"', "one name"),
        ('comparison = "random by unit"', "needs units"),
        ('measures = "spend"', "window_months"),
        ("treated_share = 1.4", "between 0 and 1"),
        ('[situation]\ncan_assign = "nobody"', "nobody can be assigned"),
        ('[results]\nfile = "../secret.csv"', "leads out"),
        ('[results]\nfile = "a.csv"', "does not say"),
    ],
)
def test_a_mistake_in_a_design_is_told_with_its_remedy(mistake: str, said: str) -> None:
    key = mistake.split(" = ")[0]
    kept = list(design_text(replace(SHARE, results=type(SHARE.results)())).splitlines())
    lines = [line for line in kept if not line.startswith(f"{key} ") and "[situation]" not in line]
    lines = [line for line in lines if not line.startswith("can_assign")]
    design, problems = design_of("\n".join([*lines, mistake]), "x", file="x.toml")
    assert design is None
    assert said in " ".join(map(str, problems))


def test_a_registered_design_is_frozen_and_every_change_is_named(tmp_path: Path) -> None:
    path = tmp_path / "call_back.toml"
    path.write_text(design_text(SHARE), encoding="utf-8")
    made = register(path, SHARE, on=date(2026, 2, 1))
    assert read_registration(path) == (made, ())
    assert changed_since(SHARE, made) == ()
    path.write_text("# a comment, and other spaces\n\n" + design_text(SHARE), encoding="utf-8")
    assert changed_since(read_design(path)[0] or AMOUNT, made) == ()
    (told,) = changed_since(replace(SHARE, minimum_effect=-0.02), made)
    assert "minimum_effect: -0.05 became -0.02" in told.what
    with pytest.raises(WrongUse):
        register(path, SHARE, on=date(2026, 2, 2))


def test_a_registration_whose_text_was_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "call_back.toml"
    register(path, SHARE, on=date(2026, 2, 1))
    beside = registered_path(path)
    beside.write_text(beside.read_text("utf-8").replace("-0.05", "-0.02"), encoding="utf-8")
    found, problems = read_registration(path)
    assert found is None
    assert "was changed" in problems[0].what


@pytest.mark.parametrize(
    ("design", "on", "is_there", "said"),
    [
        (SHARE, date(2026, 3, 2), False, "too late"),
        (SHARE, date(2026, 2, 1), True, "is there already"),
        (replace(SHARE, customers=None), date(2026, 2, 1), False, "How many"),
    ],
    ids=["after its start", "with results", "without a number"],
)
def test_a_pilot_is_registered_before_it_starts_or_not_at_all(
    tmp_path: Path, design: PilotDesign, on: date, is_there: bool, said: str
) -> None:
    if is_there:
        (tmp_path / "call_back.csv").write_text("id,arm,left\n", encoding="utf-8")
    with pytest.raises(DataProblems) as refused:
        register(tmp_path / "call_back.toml", design, on=on)
    assert said in str(refused.value.problems[0])


def test_a_field_that_a_later_version_adds_changes_no_registration() -> None:
    assert "earlier" not in frozen_text(SHARE)
    assert "situation" not in frozen_text(SHARE)


@pytest.mark.parametrize(
    ("situation", "chosen"),
    [
        (Situation(), Assignment.BY_CUSTOMER),
        (Situation(spills=True), Assignment.BY_UNIT),
        (Situation(can_assign="units"), Assignment.BY_UNIT),
        (Situation(can_assign="units", everybody_gets_it=True), Assignment.STEPPED),
        (Situation(can_assign="nobody", has_similar_group=True), Assignment.SIMILAR),
        (Situation(can_assign="nobody"), Assignment.BEFORE_AFTER),
    ],
)
def test_the_strongest_comparison_that_fits_is_chosen(situation: Situation, chosen: Assignment) -> None:
    assert comparison_for(situation)[0] is chosen


def planned(design: PilotDesign, **stated: float) -> dict[str, float | str]:
    """The numbers of a plan on a stated baseline; of those that are Unknown the reason."""
    full = replace(design, baseline=replace(design.baseline, **stated))
    plan = plan_of(full, stated_baseline(full, currency="EUR"), rules().pilot, currency="EUR")
    names = ("needed", "needed_units", "power", "detectable", "weeks", "cost")
    return {
        name: found.value if isinstance(found := getattr(plan, name), Estimate) else found.reason
        for name in names
    }


def test_a_plan_has_the_numbers_of_r() -> None:
    # power.prop.test(p1 = .30, p2 = .25, power = .8): n = 1250.72 on each side
    assert planned(SHARE, mean=0.30)["needed"] == 2502
    # power.prop.test(n = 400, p1 = .30, p2 = .25)
    assert planned(SHARE, mean=0.30)["power"] == pytest.approx(0.353109061, abs=1e-8)
    # power.t.test(delta = 4, sd = 20, power = .8): n = 393.41 on each side
    assert planned(AMOUNT, deviation=20.0)["needed"] == 788


def test_a_plan_counts_what_narrows_and_what_widens() -> None:
    plain = planned(AMOUNT, deviation=20.0)["needed"]
    paired = planned(columns(AMOUNT, before="spend_before"), deviation=20.0, correlation=0.6)["needed"]
    assert paired == pytest.approx(float(plain) * (1 - 0.36), abs=3)
    often = planned(replace(AMOUNT, looks="at any time"), deviation=20.0)["needed"]
    assert 1.85 < float(often) / float(plain) < 1.95
    uneven = planned(replace(AMOUNT, treated_share=0.2), deviation=20.0)["needed"]
    assert uneven == pytest.approx(float(plain) / (4 * 0.2 * 0.8), abs=3)
    units = replace(AMOUNT, assignment=Assignment.BY_UNIT, unit="depot", units=20, customers=800)
    found = planned(units, deviation=20.0, alike=0.05)
    assert float(found["needed"]) > 2 * float(plain)
    assert float(found["power"]) < 0.5


def test_what_the_data_cannot_carry_is_unknown_with_what_is_needed() -> None:
    plan = plan_of(SHARE, stated_baseline(SHARE, currency="EUR"), rules().pilot, currency="EUR")
    assert isinstance(plan.needed, Unknown)
    assert "[baseline]" in plan.needed.needs
    alone = replace(SHARE, assignment=Assignment.BEFORE_AFTER)
    assert "never tells" in str(planned(alone, mean=0.3)["power"])


def test_a_small_pilot_is_told_that_it_mostly_reports_nothing() -> None:
    design = replace(SHARE, customers=200, baseline=BaselineSource(mean=0.3))
    plan = plan_of(design, stated_baseline(design, currency="EUR"), rules().pilot, currency="EUR")
    assert "mostly reports nothing" in " ".join(plan.cautions)
    assert frozen(design).is_whole
