"""Read-outs of pilots: what is refused, what each comparison finds, and what follows by the rule."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pilot_maker import AFTER, AMOUNT, SHARE, START, columns, of_shares, read, read_well, write_results

from fulcrum.core.pilots import Assignment, Baseline, PilotDesign
from fulcrum.core.quantities import RATIO, Estimate, Grade, Interval, Unit, Unknown
from fulcrum.evidence.methods.regression import expected_regression

HEAD = ("id", "arm", "left")
EVEN = of_shares((80, 400), (120, 400))
Rows = list[tuple[Any, ...]]


def dated(rows: Rows, on: date) -> Rows:
    return [(*row, on.isoformat()) for row in rows]


@pytest.mark.parametrize(
    ("rows", "header", "changed", "said"),
    [
        ([*EVEN, ("x1", "newer", "yes")], HEAD, {}, "neither “new” nor “old”"),
        ([*EVEN, ("x1", "new", "maybe")], HEAD, {}, "neither one of `yes`"),
        ([*EVEN, ("", "new", "yes")], HEAD, {}, "There is no customer"),
        ([*EVEN, ("x1", "", "yes")], HEAD, {}, "There is no arm"),
        ([*EVEN, EVEN[0]], HEAD, {}, "come more than once"),
        ([*EVEN, *((f"new{i}", "old", "no") for i in range(20))], HEAD, {}, "in both arms"),
        (EVEN, ("id", "side", "left"), {}, "does not have"),
        (
            dated(EVEN, START - timedelta(days=1)),
            (*HEAD, "on"),
            {"measured": "on"},
            "before the pilot started",
        ),
        (dated(EVEN, AFTER + timedelta(days=1)), (*HEAD, "on"), {"measured": "on"}, "after 8 June 2026"),
        (dated(EVEN, date(2026, 3, 9))[:5], (*HEAD, "on"), {"measured": "then"}, "'then'"),
    ],
    ids=[
        "an arm that nobody named",
        "a word that is neither yes nor no",
        "no customer",
        "no arm",
        "the same row twice",
        "many in both arms",
        "a column that is not there",
        "an outcome before the start",
        "an outcome in the future",
        "a day column that is not there",
    ],
)
def test_results_that_were_not_planned_so_are_refused_and_named(
    tmp_path: Path, rows: Rows, header: tuple[str, ...], changed: dict[str, str], said: str
) -> None:
    write_results(tmp_path, header, rows)
    found, problems = read(tmp_path, columns(SHARE, **changed))
    assert found is None
    told = " ".join(map(str, problems))
    assert said in told or said.replace("does not have", "do not have") in told, told


def test_a_changed_registration_is_refused(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, EVEN)
    from pilot_maker import frozen

    found, problems = read(tmp_path, replace(SHARE, minimum_effect=-0.01), registration=frozen(SHARE))
    assert found is None
    assert "was changed after it was registered" in problems[0].what


def test_missing_results_and_a_pilot_that_has_not_started_are_said(tmp_path: Path) -> None:
    assert "no results yet" in read(tmp_path, SHARE)[1][0].what
    assert "starts on" in read(tmp_path, SHARE, as_of=START - timedelta(days=1))[1][0].what


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, [*EVEN, ("new3", "old", "no")])
    found = read_well(tmp_path, SHARE)
    (file,) = found.files
    assert (file.rows, file.accepted, file.rejected, file.skipped) == (801, 799, 0, 2)
    assert file.skipped_because == (("in both arms", 2),)
    assert "1 customer in both arms was set apart" in " ".join(check.said for check in found.checks)


def test_unbalanced_arms_are_read_out_as_mixed_up_and_not_as_an_effect(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, of_shares((60, 400), (130, 520)))
    found = read_well(tmp_path, SHARE)
    assert isinstance(found.effect, Unknown)
    assert found.decision.word == "not read"
    assert not found.is_sound
    assert found.split_chance is not None
    assert found.split_chance < 0.001


def test_a_fixed_look_has_the_interval_of_two_shares(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, EVEN)
    found = read_well(tmp_path, SHARE)
    assert isinstance(found.effect, Estimate)
    error = np.sqrt(0.2 * 0.8 / 399 + 0.3 * 0.7 / 399)
    assert found.effect.value == pytest.approx(-0.1)
    assert found.effect.interval.high == pytest.approx(-0.1 + 1.9629 * error, abs=1e-4)
    assert found.effect.grade is Grade.RANDOMISED
    assert found.decision.word == "scale"


@pytest.mark.parametrize(
    ("new", "word"),
    [((80, 400), "scale"), ((100, 400), "extend"), ((118, 400), "extend"), ((140, 400), "stop")],
)
def test_the_decision_follows_the_rule(tmp_path: Path, new: tuple[int, int], word: str) -> None:
    write_results(tmp_path, HEAD, of_shares(new, (120, 400)))
    assert read_well(tmp_path, SHARE).decision.word == word


def test_an_unregistered_pilot_is_never_scaled(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, EVEN)
    found = read_well(tmp_path, SHARE, registration=None)
    assert found.decision.word == "extend"
    assert found.grade is Grade.ADJUSTED


def test_an_early_look_has_the_sequence_and_decides_nothing_unless_it_was_planned(tmp_path: Path) -> None:
    write_results(tmp_path, HEAD, EVEN)
    early = read_well(tmp_path, SHARE, as_of=date(2026, 5, 1))
    late = read_well(tmp_path, SHARE)
    assert isinstance(early.effect, Estimate)
    assert isinstance(late.effect, Estimate)
    wider = np.subtract(early.effect.interval.high, early.effect.interval.low) / np.subtract(
        late.effect.interval.high, late.effect.interval.low
    )
    assert 1.5 < wider < 1.6
    assert early.decision.word == "go on"
    free = replace(SHARE, looks="at any time", minimum_effect=-0.02)
    assert read_well(tmp_path, free, as_of=date(2026, 5, 1)).effect == replace(
        early.effect, trace=read_well(tmp_path, free, as_of=date(2026, 5, 1)).effect.trace
    )


def test_the_weeks_of_a_pilot_end_with_what_is_read(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    days = [START + timedelta(days=int(day)) for day in chance.integers(0, 80, 800)]
    write_results(tmp_path, (*HEAD, "on"), [(*row, day) for row, day in zip(EVEN, days, strict=True)])
    found = read_well(tmp_path, replace(columns(SHARE, measured="on"), looks="at any time"))
    assert isinstance(found.effect, Estimate)
    assert found.looks[-1].value == pytest.approx(found.effect.value)
    assert found.looks[-1].interval == found.effect.interval
    assert [look.customers for look in found.looks] == sorted(look.customers for look in found.looks)


def amounts(seed: int, *, effect: float, n: int = 300) -> Rows:
    chance = np.random.default_rng(seed)
    rows = []
    for arm, gain in (("new", effect), ("old", 0.0)):
        before = chance.gamma(2, 20, n)
        after = 0.8 * before + chance.normal(8, 9, n) + gain
        rows += [(f"{arm}{i}", arm, f"{y:.2f}", f"{x:.2f}") for i, (x, y) in enumerate(zip(before, after))]  # noqa: B905
    return rows


def test_what_customers_did_before_narrows_the_interval(tmp_path: Path) -> None:
    rows = amounts(4, effect=6.0)
    write_results(tmp_path, ("id", "arm", "spend", "before"), rows)
    found = read_well(tmp_path, columns(AMOUNT, before="before"))
    assert isinstance(found.effect, Estimate)
    assert isinstance(found.plain, Estimate)
    table = {arm: np.array([row[2:] for row in rows if row[1] == arm], dtype=float) for arm in ("new", "old")}
    within = [part - part.mean(axis=0) for part in table.values()]
    slope = sum((part[:, 0] * part[:, 1]).sum() for part in within) / sum(
        (part[:, 1] ** 2).sum() for part in within
    )
    means = {arm: part.mean(axis=0) for arm, part in table.items()}
    by_hand = (means["new"] - means["old"])[0] - slope * (means["new"] - means["old"])[1]
    assert found.effect.value == pytest.approx(by_hand, rel=1e-9)
    narrower = np.ptp((found.effect.interval.low, found.effect.interval.high)) / np.ptp(
        (found.plain.interval.low, found.plain.interval.high)
    )
    assert narrower < 0.5


UNITS = replace(
    columns(AMOUNT, unit="depot", before="before"), assignment=Assignment.BY_UNIT, unit="depot", units=16
)


def by_units(seed: int, *, units: int = 16, effect: float = 6.0, drift: float = 0.0) -> Rows:
    """Customers of depots that differ, half of them treated, with the same measured before and earlier."""
    chance = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        arm, level = ("new" if unit % 2 else "old"), chance.normal(50, 8)
        for i in range(20):
            own = chance.normal(level, 5)
            gain = effect if arm == "new" else 0.0
            later = drift * (arm == "new")
            y, x, e = (own + chance.normal(0, 2) + add for add in (gain + 2 * later, later, 0.0))
            rows.append((f"{unit}-{i}", arm, f"{y:.2f}", f"{x:.2f}", f"{e:.2f}", f"d{unit}"))
    return rows


DEPOTS = ("id", "arm", "spend", "before", "earlier", "depot")


def test_whole_units_are_compared_as_units(tmp_path: Path) -> None:
    rows = by_units(1)
    write_results(tmp_path, DEPOTS, rows)
    found = read_well(tmp_path, UNITS)
    means = {
        f"d{u}": np.mean([[float(x) for x in row[2:4]] for row in rows if row[5] == f"d{u}"], axis=0)
        for u in range(16)
    }
    y, x = np.array([means[f"d{u}"] for u in range(16)]).T
    design = np.column_stack([np.ones(16), np.arange(16) % 2, x])
    slopes, left, *_ = np.linalg.lstsq(design, y, rcond=None)
    error = np.sqrt(left[0] / 13 * np.linalg.inv(design.T @ design)[1, 1])
    assert isinstance(found.effect, Estimate)
    assert found.effect.value == pytest.approx(slopes[1], rel=1e-9)
    assert found.effect.interval.high == pytest.approx(slopes[1] + 2.160369 * error, rel=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [row for row in rows if row[5] not in ("d1", "d3")], "2 of 16 have no results"),
        (lambda rows: [row for row in rows if int(row[5][1:]) < 6], "10 of 16 have no results"),
        (lambda rows: [*rows, ("x", "old", "50", "50", "50", "d1")], "d1 is on both sides"),
    ],
    ids=["two missing", "most missing", "one on both sides"],
)
def test_missing_units_and_units_on_both_sides_are_said(tmp_path: Path, change: Any, said: str) -> None:
    write_results(tmp_path, DEPOTS, change(by_units(2)))
    found = read_well(tmp_path, UNITS)
    assert said in " ".join(check.said for check in found.checks)
    assert isinstance(found.effect, Unknown) is ("2 of 16" not in said)


SIMILAR = replace(columns(UNITS, earlier="earlier"), assignment=Assignment.SIMILAR, minimum_effect=5.0)


@pytest.mark.parametrize(
    ("design", "drift", "grade"),
    [
        (SIMILAR, 0.0, Grade.QUASI_EXPERIMENT),
        (columns(SIMILAR, earlier=""), 0.0, Grade.ADJUSTED),
        (replace(SIMILAR, minimum_effect=0.1), 0.0, Grade.ADJUSTED),
        (SIMILAR, 6.0, Grade.RAW),
    ],
    ids=["moved alike", "not measured", "too uncertain to tell", "moved apart"],
)
def test_a_similar_group_is_graded_by_how_both_moved_before(
    tmp_path: Path, design: PilotDesign, drift: float, grade: Grade
) -> None:
    write_results(tmp_path, DEPOTS, by_units(3, drift=drift))
    found = read_well(tmp_path, design)
    assert found.grade is grade
    assert (found.decision.word == "scale") is (grade < Grade.RAW)


STEPPED = replace(
    columns(AMOUNT, unit="depot", measured="on"), assignment=Assignment.STEPPED, unit="depot", units=12
)


def in_steps(seed: int, *, effect: float, back: bool = False) -> Rows:
    """Twelve depots over four months, four of which change over in each of the last three; time lifts all."""
    chance = np.random.default_rng(seed)
    order, levels, rows = chance.permutation(12), chance.normal(50, 6, 12), []
    for month in range(4):
        for unit in range(12):
            has_changed = month > order[unit] // 4 and not (back and month == 3 and order[unit] == 0)
            for i in range(15):
                y = levels[unit] + 5 * month + effect * has_changed + chance.normal(0, 5)
                day = date(2026, 3 + month, 10)
                rows.append(
                    (f"{unit}-{month}-{i}", "new" if has_changed else "old", f"{y:.2f}", f"d{unit}", day)
                )
    return rows


def test_a_stepped_pilot_compares_within_months(tmp_path: Path) -> None:
    write_results(tmp_path, ("id", "arm", "spend", "depot", "on"), in_steps(5, effect=9.0))
    found = read_well(tmp_path, replace(STEPPED, stops=date(2026, 6, 30)), as_of=date(2026, 7, 1))
    assert isinstance(found.effect, Estimate)
    assert 9.0 in found.effect.interval
    assert found.grade is Grade.RANDOMISED
    write_results(tmp_path, ("id", "arm", "spend", "depot", "on"), in_steps(5, effect=9.0, back=True))
    again = read_well(tmp_path, replace(STEPPED, stops=date(2026, 6, 30)), as_of=date(2026, 7, 1))
    assert isinstance(again.effect, Unknown)
    assert "went back" in again.effect.reason


ALONE = replace(
    columns(AMOUNT, arm="", before="before"), assignment=Assignment.BEFORE_AFTER, others="", customers=None
)


def known(mean: float, carried: float) -> Baseline:
    def shown(number: float, unit: Unit) -> Estimate:
        exact = Interval(low=number, high=number, confidence=1.0)
        return Estimate(value=number, interval=exact, unit=unit, n=900, grade=Grade.RAW, method="", trace="")

    money, nothing = Unit(kind="money", currency="EUR"), Unknown(reason="", needs="")
    return Baseline(
        mean=shown(mean, money),
        deviation=shown(20.0, money),
        correlation=shown(carried, RATIO),
        alike=nothing,
        before_mean=shown(mean, money),
        carried=shown(carried, RATIO),
    )


def the_worst(seed: int) -> Rows:
    """The worst fifth of 2,000 customers, to whom nothing is done."""
    chance = np.random.default_rng(seed)
    lasting = chance.normal(100, 10, 2000)
    before, after = (lasting + chance.normal(0, 10, 2000) for _ in range(2))
    chosen = np.argsort(before)[:400]
    return [(f"c{i}", f"{after[i]:.2f}", f"{before[i]:.2f}") for i in chosen]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_worst_fifth_that_recovers_by_itself_is_never_called_an_effect(tmp_path: Path, seed: int) -> None:
    write_results(tmp_path, ("id", "spend", "before"), the_worst(seed))
    found = read_well(tmp_path, ALONE, baseline=known(100.0, 0.5))
    assert isinstance(found.effect, Estimate)
    assert isinstance(found.regression, Estimate)
    assert found.effect.is_signed
    assert found.grade is Grade.RAW
    assert found.decision.word == "extend"
    assert found.regression.value == pytest.approx(found.effect.value, abs=2.5)


def test_expected_regression_by_hand() -> None:
    # 20 below the mean of all, half of which is carried on: 10 come back, and all rose by 3
    assert expected_regression(group_before=80, all_before=100, all_after=103, carried=0.5) == 13


@pytest.mark.parametrize("factor", [1000.0])
def test_money_a_thousand_times_as_large_gives_an_effect_a_thousand_times_as_large(
    tmp_path: Path, factor: float
) -> None:
    rows = amounts(8, effect=5.0)
    design = columns(AMOUNT, before="before")
    write_results(tmp_path, ("id", "arm", "spend", "before"), rows)
    one = read_well(tmp_path, design).effect
    many = [(i, arm, f"{float(y) * factor:.2f}", f"{float(x) * factor:.2f}") for i, arm, y, x in rows]
    write_results(tmp_path, ("id", "arm", "spend", "before"), reversed(many))
    other = read_well(tmp_path, design).effect
    assert isinstance(one, Estimate)
    assert isinstance(other, Estimate)
    assert other.value == pytest.approx(one.value * factor, rel=1e-9)
    assert other.interval.low == pytest.approx(one.interval.low * factor, rel=1e-9)
