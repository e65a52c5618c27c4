"""Weighting to known margins: agrees with R survey, refuses by name, and says what weights cannot mend."""

import numpy as np
import pytest
from cell_maker import cells_of, shown
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_data import column, rows

from fulcrum.core.quantities import NPS, Estimate, Grade, Interval, Unknown, score_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.buckets import grid
from fulcrum.evidence.methods.margins import Margin
from fulcrum.evidence.methods.raking import Raked, doubt_of, rake, raked_mean, what_weights_cannot_mend
from fulcrum.evidence.methods.replicated import Replicated
from fulcrum.evidence.methods.sample import sample_of_outcome
from fulcrum.evidence.methods.score import pull_of
from fulcrum.evidence.methods.silent import Bounds, bounds, silent_mean_at

STYPE = Margin(field="stype", totals=(("E", 4421), ("H", 755), ("M", 1018)))
WIDE = Margin(field="sch.wide", totals=(("No", 1072), ("Yes", 5122)))
SCALE = (-100.0, 100.0)


def schools(outcome: str = "api00") -> Cells:
    """The 183 schools of apiclus1 as cells, their districts as buckets."""
    read = rows("apiclus1")
    districts = {name: at for at, name in enumerate(dict.fromkeys(row["dnum"] for row in read))}
    keys = {
        "stype": [row["stype"] for row in read],
        "sch.wide": [row["sch.wide"] for row in read],
        "bucket": [districts[row["dnum"]] for row in read],
    }
    return cells_of(keys, list(column("apiclus1", outcome)), list(column("apiclus1", "pw")))


def raked(cells: Cells, *margins: Margin, tolerance: float = 1e-12) -> Raked:
    """The weighted cells, where weights are expected."""
    made = rake(cells, margins, tolerance=tolerance)
    assert isinstance(made, Raked), made
    return made


def reason(cells: Cells, *margins: Margin) -> str:
    """Why the cells are not weighted."""
    made = rake(cells, margins)
    assert isinstance(made, Unknown)
    return made.reason


def test_one_margin_by_hand() -> None:
    cells = cells_of({"region": ["n", "n", "n", "s"]}, [1.0, 2.0, 3.0, 10.0])
    made = raked(cells, Margin(field="region", totals=(("n", 50), ("s", 50))))
    assert dict(made.weights) == pytest.approx({("n",): 50 / 3, ("s",): 50.0})
    assert made.mean == pytest.approx((2 + 10) / 2)
    squares = 3 * (50 / 3) ** 2 + 50**2
    assert made.design_effect == pytest.approx(4 * squares / 100**2)
    assert made.effective == pytest.approx(4 / made.design_effect)


def test_weights_agree_with_r_survey_when_both_have_converged() -> None:
    made = dict(raked(schools(), STYPE, WIDE).weights)
    for row in rows("raked_weights"):
        assert made[(row["stype"], row["sch.wide"])] == pytest.approx(float(row["weight"]), rel=1e-10)


def test_weights_have_the_digits_that_r_prints_when_stopped_as_early_as_r_does() -> None:
    # R stops once no cell changes by more than one school; its printed weights differ from the converged
    # ones in the fifth digit.
    made = dict(raked(schools(), STYPE, WIDE, tolerance=1e-4).weights)
    printed = {
        ("E", "No"): 39.83851,
        ("H", "No"): 67.12578,
        ("M", "No"): 49.07007,
        ("E", "Yes"): 29.87046,
        ("H", "Yes"): 50.33015,
        ("M", "Yes"): 36.79218,
    }
    assert made == pytest.approx(printed, abs=5e-6)


def test_raked_mean_and_total_have_the_digits_that_r_prints() -> None:
    reference = rows("raked_mean")[0]
    made = raked(schools(), STYPE, WIDE)
    assert made.mean == pytest.approx(641.23, abs=0.005)
    assert made.mean == pytest.approx(float(reference["mean"]), rel=1e-11)
    assert made.design_effect == pytest.approx(float(reference["kish"]), rel=1e-10)
    enrolled = float(raked(schools("enroll"), STYPE, WIDE).cells.wy.sum())
    assert enrolled == pytest.approx(float(reference["total_enroll"]), rel=1e-11)
    assert enrolled == pytest.approx(3_647_300, abs=50)
    post = raked(schools(), STYPE)
    assert post.mean == pytest.approx(642.31, abs=0.005)
    assert float(raked(schools("enroll"), STYPE).cells.wy.sum()) == pytest.approx(3_680_893, abs=0.5)


def test_the_error_agrees_with_rs_jackknife_raked_anew_in_each_replicate(rules: EvidenceRules) -> None:
    found = shown(raked_mean(schools(), (STYPE, WIDE), score_unit(200, 1000), rules, trace="t"))
    doubt = doubt_of(schools(), (STYPE, WIDE))
    assert isinstance(doubt, Replicated)
    assert float(doubt.error) == pytest.approx(float(rows("raked_mean")[0]["jackknife_error"]), rel=1e-9)
    half = (found.interval.high - found.interval.low) / 2
    assert half > 2.1447866879178 * float(doubt.error)  # an answer is added at the ends of the scale
    assert "worth 174 unweighted" in found.method


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_margin_is_met_and_scaling_the_start_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 300
    keys = {name: list(rng.integers(0, 3, n)) for name in ("a", "b")}
    weights = list(rng.uniform(0.5, 2, n))
    cells = cells_of(keys, list(rng.normal(size=n)), weights)
    split = rng.dirichlet([5, 5, 5], 2) * 1000
    margins = [
        Margin(field=field, totals=tuple((at, float(part)) for at, part in enumerate(parts)))
        for field, parts in zip(("a", "b"), split, strict=True)
    ]
    made = raked(cells, *margins)
    for margin in margins:
        assert made.cells.by_only(margin.field).w == pytest.approx([t for _, t in margin.totals], rel=1e-11)
    scaled = raked(cells_of(keys, [0.0] * n, [7 * weight for weight in weights]), *margins)
    assert scaled.cells.by_only("a", "b").w == pytest.approx(made.cells.by_only("a", "b").w, rel=1e-9)
    assert made.design_effect >= 1 - 1e-12


def test_margins_that_are_met_already_leave_the_weights_alone() -> None:
    cells = cells_of({"region": ["n", "n", "s", "s"]}, [1.0, 2.0, 3.0, 10.0])
    made = raked(cells, Margin(field="region", totals=(("n", 2), ("s", 2))))
    assert made.design_effect == pytest.approx(1)
    assert made.rounds == 1


def test_a_group_from_which_nobody_answered_is_named() -> None:
    cells = cells_of({"region": ["n", "n", "s"]}, [1.0, 2.0, 3.0])
    said = reason(cells, Margin(field="region", totals=(("n", 50), ("s", 50), ("w", 9), ("e", 4))))
    assert said == "Nobody answered from region “w” and region “e”: no weight can speak for them."


def test_a_value_that_the_base_does_not_know_is_named() -> None:
    cells = cells_of({"region": ["n", None, "x"]}, [1.0, 2.0, 3.0])
    said = reason(cells, Margin(field="region", totals=(("n", 50),)))
    assert "region “x” and unknown region" in said


def test_margins_of_different_bases_are_refused() -> None:
    cells = cells_of({"a": ["n", "s"], "b": ["u", "v"]}, [1.0, 2.0])
    one, other = (
        Margin(field="a", totals=(("n", 5), ("s", 5))),
        Margin(field="b", totals=(("u", 5), ("v", 6))),
    )
    assert "different customer bases (a 10, b 11)" in reason(cells, one, other)
    assert "No known margin" in reason(cells)


def test_margins_that_no_weights_can_meet_are_refused() -> None:
    cells = cells_of({"a": ["n", "s"], "b": ["u", "v"]}, [1.0, 2.0])
    one, other = (
        Margin(field="a", totals=(("n", 5), ("s", 5))),
        Margin(field="b", totals=(("u", 2), ("v", 8))),
    )
    assert "No weights fit" in reason(cells, one, other)


def test_a_mean_that_rests_on_one_group_of_customers_is_refused(rules: EvidenceRules) -> None:
    region = ["n"] * 60 + ["s"]
    found = raked_mean(
        cells_of({"region": region}, [1.0] * 61),
        (Margin(field="region", totals=(("n", 50), ("s", 50))),),
        score_unit(0, 10),
        rules,
        trace="t",
    )
    assert isinstance(found, Unknown)
    assert "“s” of region" in found.reason
    few = raked_mean(cells_of({"region": ["n"]}, [1.0]), (), score_unit(0, 10), rules, trace="t")
    assert isinstance(few, Unknown)


def test_raking_mends_uneven_response_by_group_and_covers_the_truth(
    rules: EvidenceRules,
) -> None:
    rng = np.random.default_rng(5)
    base = {"a": np.array([600.0, 400.0]), "b": np.array([700.0, 300.0])}
    margins = [Margin(field=name, totals=tuple(enumerate(map(float, base[name])))) for name in base]
    truth, held, crude = 6 + 2 * 0.4 - 1 * 0.3, [], []
    for _ in range(150):
        a, b = rng.random(4000) < 0.4, rng.random(4000) < 0.3
        answers = rng.random(4000) < np.where(a, 0.16, 0.05) * np.where(b, 0.5, 1)
        who = np.flatnonzero(answers)
        score = 6 + 2 * a[who] - 1 * b[who] + rng.normal(0, 2, len(who))
        keys = {"a": list(a[who] * 1), "b": list(b[who] * 1), "bucket": list(who % 64)}
        found = shown(raked_mean(cells_of(keys, list(score)), margins, score_unit(0, 10), rules, trace="t"))
        held.append(truth in found.interval)
        crude.append(float(score.mean()))
    assert abs(np.mean(crude) - truth) > 0.4
    assert 0.90 <= np.mean(held) <= 0.99


def test_raking_does_not_mend_response_that_hangs_on_the_score() -> None:
    rng = np.random.default_rng(11)
    feeling = rng.normal(size=100_000)
    score = np.clip(np.rint(7 + 2 * feeling + rng.normal(size=100_000)), 0, 10)
    segment = rng.integers(0, 3, 100_000)
    chance = 1 / (1 + np.exp(1.6 - 0.25 * np.abs(score - 6) - np.array([0, -0.8, 0.6])[segment]))
    who = rng.random(100_000) < chance
    points = np.where(score >= 9, 100.0, np.where(score <= 6, -100.0, 0.0))
    margin = Margin(field="segment", totals=tuple(enumerate(map(float, np.bincount(segment)))))
    made = raked(cells_of({"segment": list(segment[who])}, list(points[who])), margin)
    truth, crude = float(points.mean()), float(points[who].mean())
    assert crude - truth > 8
    assert made.mean - truth > 8
    seen = Estimate(
        value=made.mean,
        interval=Interval(low=made.mean - 1, high=made.mean + 1, confidence=0.95),
        unit=NPS,
        n=int(who.sum()),
        grade=Grade.RAW,
        method="m",
        trace="t",
    )
    hidden = bounds(seen, response=float(who.mean()), scale=SCALE)
    assert isinstance(hidden, Bounds)
    assert hidden.low < truth < hidden.high


def seen_at(value: float) -> Estimate:
    """An NPS with 4 points either side."""
    interval = Interval(low=value - 4, high=value + 4, confidence=0.95)
    return Estimate(value=value, interval=interval, unit=NPS, n=400, grade=Grade.RAW, method="m", trace="t")


def test_bounds_by_hand() -> None:
    found = bounds(seen_at(30), response=0.25, scale=SCALE)
    assert isinstance(found, Bounds)
    assert (found.low, found.high) == (0.25 * 26 - 75, 0.25 * 34 + 75)
    assert found.width_by_silence == 150
    whole = bounds(seen_at(30), response=1.0, scale=SCALE)
    assert isinstance(whole, Bounds)
    assert (whole.low, whole.high, whole.width_by_silence) == (26, 34, 0)


def test_what_the_silent_would_have_to_feel() -> None:
    found = shown(silent_mean_at(seen_at(30), response=0.25, threshold=0, scale=SCALE))
    assert found.value == pytest.approx(-10)
    assert (found.interval.low, found.interval.high) == pytest.approx((-34 / 3, -26 / 3))
    safe = silent_mean_at(seen_at(80), response=0.8, threshold=0, scale=SCALE)
    assert isinstance(safe, Unknown)
    assert "No feeling" in safe.reason


def test_an_unknown_response_has_no_bounds() -> None:
    assert isinstance(bounds(seen_at(30), response=0.0, scale=SCALE), Unknown)
    assert isinstance(silent_mean_at(seen_at(30), response=1.0, threshold=0, scale=SCALE), Unknown)
    gap = Unknown(reason="r", needs="n")
    assert bounds(gap, response=0.5, scale=SCALE) == gap
    assert silent_mean_at(gap, response=0.5, threshold=0, scale=SCALE) == gap


def test_the_sentence_says_what_weights_mend_and_what_not() -> None:
    said = what_weights_cannot_mend(("segment", "region"), 0.18).text
    assert "by segment and region" in said
    assert "cannot mend" in said
    assert "18\u00a0%" in said


def test_where_weights_fit_only_with_one_group_of_customers_the_mean_is_refused_and_nothing_breaks(
    rules: EvidenceRules,
) -> None:
    line = ["x"] * 40 + ["y"] * 40 + ["x"]
    plan = ["p"] * 40 + ["q"] * 40 + ["q"]
    bucket = [row % 20 for row in range(80)] + [20]
    margins = (
        Margin(field="line", totals=(("x", 900.0), ("y", 100.0))),
        Margin(field="plan", totals=(("p", 500.0), ("q", 500.0))),
    )
    cells = cells_of({"line": line, "plan": plan, "bucket": bucket}, [float(row % 11) for row in range(81)])
    assert isinstance(rake(cells, margins), Raked)
    found = raked_mean(cells, margins, score_unit(0, 10), rules, trace="t")
    assert isinstance(found, Unknown)
    assert "No weights fit" in found.reason


def test_a_weighted_score_without_need_of_weights_has_the_interval_of_the_plain_one(
    rules: EvidenceRules,
) -> None:
    scores = [float(score) for score in np.random.default_rng(4).integers(0, 11, 400)]
    cells = cells_of({"line": ["x"] * 400}, scores)
    weighted = shown(
        raked_mean(cells, (Margin(field="line", totals=(("x", 400.0),)),), NPS, rules, trace="t")
    )
    plain = sample_of_outcome(grid(cells, "line"), once=False).mean_in(pull_of(NPS), rules.confidence.value)
    assert (weighted.interval.low, weighted.interval.high) == pytest.approx((plain.low, plain.high), rel=0.2)
