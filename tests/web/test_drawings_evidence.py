"""Findings and the case: an interval keeps its scale, a refusal keeps its place."""

import pytest
from drawn_sample import classes, estimate, of_class, points_of, root_of, said

from fulcrum.core.findings import Case, Density
from fulcrum.core.quantities import POINTS, Grade, Unknown, money_unit, score_unit
from fulcrum.web.drawings.case import case_causal, case_masses, case_tornado
from fulcrum.web.drawings.intervals import interval_axis, interval_cell, refused_mark, scale_of

SCORE = score_unit(0, 10)
LOW = estimate(5.5, 5.3, 5.7, unit=SCORE)
HIGH = estimate(7.9, 7.7, 8.1, unit=SCORE, grade=Grade.ADJUSTED)
REFUSED = Unknown(reason="13 answers are too few for a number.", needs="7 more answers.")


def test_the_dot_lies_where_the_number_lies_on_the_common_scale() -> None:
    scale = scale_of([LOW, HIGH, REFUSED])
    assert scale is not None
    axis = scale.axis(is_narrow=False)
    dot = of_class(interval_cell(LOW, scale, label="Repair visit"), "c-pt")[0]
    assert float(dot.get("cx")) == pytest.approx(
        6 + (5.5 - scale.low) / (scale.high - scale.low) * 228, abs=0.06
    )
    (low, _), (high, _) = points_of(of_class(interval_cell(HIGH, scale, label="x"), "c-ci")[0])
    assert (low, high) == (pytest.approx(axis.at(7.7), abs=0.06), pytest.approx(axis.at(8.1), abs=0.06))


def test_strokes_thin_below_grade_c_and_crude_ones_are_grey() -> None:
    scale = scale_of([LOW, HIGH])
    assert "thin" in classes(interval_cell(LOW, scale, label="x"))
    assert "thin" not in classes(interval_cell(HIGH, scale, label="x"))
    assert {"c-ci-grey", "c-pt-grey"} <= set(classes(interval_cell(HIGH, scale, label="x", is_crude=True)))


def test_a_refused_number_keeps_its_place_hatched_and_says_why() -> None:
    svg = interval_cell(REFUSED, scale_of([LOW]), label="Moving home")
    assert set(classes(svg)) == {"chart", "c-hatch", "c-grid"}
    assert said(svg) == (
        "Moving home: no number shown. 13 answers are too few for a number. Needed: 7 more answers."
    )
    assert "c-hatch" in classes(interval_cell(LOW, None, label="x"))
    assert root_of(refused_mark(REFUSED, label="x")).get("viewBox") == "0 0 132 26"


def test_where_every_number_is_refused_there_is_no_scale() -> None:
    assert scale_of([REFUSED]) is None


def test_differences_always_show_zero() -> None:
    gap = estimate(0.064, 0.043, 0.085, unit=POINTS)
    scale = scale_of([gap])
    assert scale is not None
    assert scale.low < 0 < scale.high
    assert scale.centre == 0
    assert of_class(interval_cell(gap, scale, label="x"), "c-dot-line")


def test_one_number_without_doubt_still_has_a_scale() -> None:
    scale = scale_of([estimate(7.0, 7.0, 7.0, unit=SCORE)])
    assert scale is not None
    svg = interval_cell(estimate(7.0, 7.0, 7.0, unit=SCORE), scale, label="x")
    assert not of_class(svg, "c-ci")
    assert of_class(svg, "c-pt")


def test_ticks_stand_on_the_same_scale_and_never_over_one_another() -> None:
    scale = scale_of([LOW, HIGH])
    assert scale is not None
    for is_narrow in (False, True):
        axis = scale.axis(is_narrow=is_narrow)
        for tick in root_of(interval_axis(scale, is_narrow=is_narrow)).iter("text"):
            assert float(tick.get("x")) == pytest.approx(axis.at(float(tick.text)), abs=0.06)
    assert said(interval_axis(scale)) == "Scale: 6, 7, 8"


def test_the_sentence_of_a_number_has_its_interval_and_grade() -> None:
    scale = scale_of([LOW, HIGH])
    assert said(interval_cell(HIGH, scale, label="Stayed", is_crude=True)) == (
        "Stayed, crude: 7.9 (80 %: 7.7 to 8.1), grade C"
    )


def case(**changes) -> Case:
    euros = money_unit("EUR")
    lump = Density(at=(0.0, 1e6, 2e6, 3e6, 4e6), height=(0.0, 3e-7, 5e-7, 2e-7, 0.0))
    given = {
        "upside": estimate(1.9e6, 0.2e6, 3.8e6, unit=euros, grade=Grade.ADJUSTED),
        "inaction": REFUSED,
        "upside_density": lump,
    }
    rest = dict.fromkeys(("at_stake", "break_even", "gain_probability", "payback_months"), REFUSED)
    return Case(key="repair", title="First-contact repair", horizon_years=2, **(rest | given | changes))


def test_the_case_is_drawn_as_the_briefs_draw_it() -> None:
    svg = case_masses(case())
    assert {"c-now-pale", "c-now-mid", "c-tri"} <= set(classes(svg))
    assert "€1.9m expected, if causal" in said(svg)
    assert root_of(case_masses(case(), is_narrow=True)).get("viewBox").startswith("0 0 358 ")


@pytest.mark.parametrize("draw", [case_masses, case_causal, case_tornado])
def test_a_refused_case_is_hatched_without_mass_or_triangle(draw) -> None:
    svg = draw(case(upside=REFUSED, upside_density=None))
    assert set(classes(svg)) == {"chart", "c-hatch", "c-beam"}
    assert said(svg).endswith("Needed: 7 more answers.")
