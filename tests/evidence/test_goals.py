"""Goals: a series run forward, the chance to reach a target, and the findings that carry a link."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from fulcrum.core.findings import Comparison, Evidence, Finding, NegativeControl, Trend
from fulcrum.core.people import Goal
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import NPS, POINTS, SHARE, Estimate, Grade, Interval, Unit, Unknown, money_unit
from fulcrum.evidence.goal_links import tie_of
from fulcrum.evidence.goal_reach import backtest, goal_reach
from fulcrum.evidence.goal_stated import number_in
from fulcrum.evidence.methods.reach import forward, way_of
from fulcrum.playbook.load import load_playbook

REFERENCE = Path(__file__).parent / "reference" / "goal.csv"
SERIES = (
    5.06,
    4.79,
    4.81,
    4.69,
    4.86,
    4.75,
    4.79,
    4.95,
    4.85,
    4.92,
    5.24,
    5.11,
    5.11,
    4.64,
    4.91,
    4.72,
    4.73,
    4.88,
)
TODAY = date(2026, 11, 16)
UNKNOWN = Unknown(reason="Not told", needs="more")


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


@pytest.mark.parametrize(
    "row",
    list(csv.DictReader(REFERENCE.read_text("utf-8").splitlines())),
    ids=lambda row: f"{row['case']} {row['ahead']}",
)
def test_it_is_the_line_the_walk_and_the_arima_of_r(row: dict[str, str]) -> None:
    share = {"line": 0.0, "walk": 1.0, "middle": 0.3}[row["case"]]
    _, way = way_of(range(18), SERIES, [17 + int(row["ahead"])], share)
    digits = 1e-6 if row["case"] == "middle" else 1e-9  # arima() stops its search there
    assert way.mean == pytest.approx(float(row["mean"]), abs=digits)
    assert way.drift == pytest.approx(float(row["drift"]), abs=digits)
    if row["low80"] != "NA":
        half = stats.t.ppf(0.9, way.freedom) * way.scale
        assert (way.mean - half, way.mean + half) == pytest.approx(
            (float(row["low80"]), float(row["high80"]))
        )


def test_by_hand_two_months_ahead_of_a_walk() -> None:
    """0, 1, 0, 1: drift 1/3, variance of the steps 4/3, mean of the next two 1 + 1/3 · 1.5."""
    _, way = way_of([0, 1, 2, 3], [0.0, 1.0, 0.0, 1.0], [4, 5], 1.0)
    assert way.mean == pytest.approx(1.5)
    # steps of the two months: (1 + 1 + 1 + 2) / 4; drift: (3/2)² / 3; both times 4/3
    assert way.scale**2 == pytest.approx(4 / 3 * (5 / 4 + 0.75))


def test_months_that_are_measured_already_are_known() -> None:
    ran = forward([0, 1, 2, 3, 4], [3.0, 1.0, 2.0, 4.0, 2.0], [3, 4])
    assert ran is not None
    assert ran.mean == pytest.approx(3.0)
    assert ran.interval(0.8) == pytest.approx((3.0, 3.0), abs=1e-4)


def test_laws_another_currency_another_calendar_and_a_higher_bar() -> None:
    plain = forward(range(18), SERIES, range(20, 26))
    moved = forward(range(500, 518), [7 - 1000 * y for y in SERIES], range(520, 526))
    assert plain is not None
    assert moved is not None
    assert moved.mean == pytest.approx(7 - 1000 * plain.mean)
    assert 1 - moved.below(7 - 4600) == pytest.approx(plain.below(4.6))
    chances = [plain.below(target) for target in (4.2, 4.6, 5.0, 5.4)]
    assert chances == sorted(chances)
    low, high = plain.doubt_of_below(4.6, 0.8)
    assert 0 <= low <= plain.below(4.6) <= high <= 1


def test_what_never_moves_says_nothing_about_its_up_and_down() -> None:
    assert forward(range(20), [4.0] * 20, [25]) is None


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_the_interval_holds_as_often_as_it_says_where_the_model_is_true(share: float) -> None:
    rng, held, tries = np.random.default_rng(5), 0, 80
    for _ in range(tries):
        level = np.cumsum(0.05 + np.sqrt(share) * rng.normal(size=36))
        y = level + np.sqrt(1 - share) * rng.normal(size=36)
        ran = forward(range(24), y[:24], range(33, 36))
        assert ran is not None
        low, high = ran.interval(0.8)
        held += low <= y[33:].mean() <= high
    assert held >= stats.binom.ppf(0.001, tries, 0.8)


def trend(key: str = "cost", unit: Unit | None = None, values: tuple[float, ...] = SERIES) -> Trend:
    at = tuple(f"{(2025 * 12 + 4 + i) // 12}-{(2025 * 12 + 4 + i) % 12 + 1:02d}" for i in range(len(values)))
    return Trend(
        key=key, title=key, at=at, values=values, unit=unit or money_unit("EUR", per="customer"), trace="t1"
    )


GOAL = Goal(
    executive="cfo",
    goal="Bring down the cost to serve",
    metric="cost to serve",
    baseline="€4.90",
    target="€4.60",
    due=date(2027, 9, 30),
)


def reach_of(playbook: Playbook, goal: Goal = GOAL, *series: Trend) -> Estimate | Unknown:
    found = Evidence(findings=(), series=series or (trend(),))
    return goal_reach(goal, playbook.goal_metric(goal.metric), found, playbook.goal, as_of=TODAY).probability


def test_a_goal_has_a_chance_with_its_doubt_and_never_none_or_all(playbook: Playbook) -> None:
    chance = reach_of(playbook)
    assert isinstance(chance, Estimate)
    assert chance.interval.low <= chance.value <= chance.interval.high
    assert (chance.unit, chance.grade, chance.n) == (SHARE, Grade.RAW, 18)
    for target, least in (("€1", 0.01), ("€9", 0.99)):
        extreme = reach_of(playbook, replace(GOAL, target=target, baseline=""))
        assert isinstance(extreme, Estimate)
        assert extreme.value == least


def test_up_and_down_are_taken_from_what_was_stated(playbook: Playbook) -> None:
    down = reach_of(playbook)
    up = reach_of(playbook, replace(GOAL, baseline="€4.40"))
    assert isinstance(down, Estimate)
    assert isinstance(up, Estimate)
    assert down.value + up.value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("goal", "series", "because"),
    [
        (replace(GOAL, metric="mood of the board"), trend(), "none that the playbook knows"),
        (replace(GOAL, metric="churn"), trend(), "no series by month"),
        (replace(GOAL, metric="cost of equity"), trend(), "not counted in the customers’ data"),
        (replace(GOAL, target="a lot less"), trend(), "is not one number"),
        (replace(GOAL, target="=1+1"), trend(), "is not one number"),
        (replace(GOAL, target="−10 %"), trend(), "perhaps a change is meant"),
        (replace(GOAL, due=None), trend(), "has no day"),
        (replace(GOAL, due=date(2026, 1, 31)), trend(), "is past"),
        (replace(GOAL, due=date(2032, 1, 31)), trend(), "beyond a series"),
        (replace(GOAL, baseline="€49"), trend(), "do not count the same thing"),
        (GOAL, trend(values=SERIES[:11]), "holds 11 months"),
        (GOAL, replace(trend(values=SERIES[:11]), broken_by=("question",)), "since the question changed"),
        (GOAL, trend(values=(4.8,) * 18), "does not vary"),
    ],
)
def test_no_chance_is_named_where_the_data_cannot_carry_it(
    playbook: Playbook, goal: Goal, series: Trend, because: str
) -> None:
    chance = reach_of(playbook, goal, series)
    assert isinstance(chance, Unknown)
    assert because in chance.reason
    assert chance.needs


def test_a_series_that_jumps_fails_its_own_trial_and_no_chance_is_named(playbook: Playbook) -> None:
    jumping = (*(4.8 + 0.01 * (i % 2) for i in range(12)), *(5.2 + 0.4 * i for i in range(6)))
    tried = backtest(range(18), jumping, ahead=11, span=3, rules=playbook.goal)
    assert tried is not None
    assert tried.held < tried.cuts / 2
    chance = reach_of(playbook, replace(GOAL, baseline=""), trend(values=jumping))
    assert isinstance(chance, Unknown)
    assert "does not behave as the method supposes" in chance.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("€4.00", (4.0, False)),
        ("13 %", (13.0, True)),
        ("−5 points", (-5.0, False)),
        ("EUR 1,200.50", (1200.5, False)),
        ("4,9", None),
        ("13 to 15 %", None),
        ("€2.4m", None),
        ("=SUM(A1)", None),
        ("\u202e31", None),
        ("9" * 200_000, None),
    ],
)
def test_one_number_is_read_and_anything_else_is_not_guessed(
    text: str, number: tuple[float, bool] | None
) -> None:
    assert number_in(text) == number


def estimate(value: float, half: float, grade: Grade = Grade.ADJUSTED, unit: Unit = POINTS) -> Estimate:
    ends = Interval(low=value - half, high=value + half, confidence=0.95)
    return Estimate(value=value, interval=ends, unit=unit, n=500, grade=grade, method="by hand", trace="t2")


def compared(key: str, value: float, control: str = "passed") -> Comparison:
    found = Finding(key=f"gap.adjusted.{key}", family="gap", title=key, result=estimate(value, 0.02))
    return Comparison(
        key=key,
        title=key,
        exposed="repeated",
        against="held",
        outcome="stayed",
        crude=found,
        adjusted=found,
        overlap=UNKNOWN,
        smallest_cell=None,
        strata=1,
        adjusted_for=(),
        e_value=UNKNOWN,
        e_value_limit=UNKNOWN,
        control=NegativeControl(outcome="before", verdict=control, result=UNKNOWN, said=""),  # type: ignore[arg-type]
    )


def test_only_findings_that_leave_no_doubt_of_their_side_carry_a_link(playbook: Playbook) -> None:
    evidence = Evidence(
        findings=(
            Finding(
                key="dose.stayed.per_point", family="dose", title="", result=estimate(0.03, 0.01, Grade.RAW)
            ),
        ),
        comparisons=(compared("Repair", -0.12), compared("Bill", 0.01), compared("Shop", -0.2, "failed")),
    )
    goal = Goal(
        executive="cmo", goal="Fewer leave", metric="Churn rate", target="13 %", due=date(2027, 12, 31)
    )
    tie = tie_of(goal, playbook.goal_metric(goal.metric), evidence, playbook.goal, as_of=TODAY)
    assert [(link.mover, link.grade) for link in tie.links] == [
        ("Repair", Grade.ADJUSTED),
        ("The score", Grade.RAW),
    ]
    assert [link.mover for link in tie.looked_at] == ["Bill"]
    assert tie.unlinked is None
    assert "None of these findings is a trial" in tie.unknown[0].reason


def test_without_a_finding_the_playbooks_plausible_driver_is_not_taken_for_one(playbook: Playbook) -> None:
    for metric in ("churn", "on-time-in-full", "our own index"):
        goal = Goal(executive="coo", goal="Better", metric=metric, target="5", due=date(2027, 12, 31))
        tie = tie_of(goal, playbook.goal_metric(metric), Evidence(findings=()), playbook.goal, as_of=TODAY)
        assert tie.links == ()
        assert tie.unlinked is not None
        assert tie.unlinked.needs


def test_a_score_is_judged_by_the_quarter_and_a_flow_by_the_year(playbook: Playbook) -> None:
    score = replace(GOAL, metric="NPS", baseline="17", target="25")
    found = Evidence(findings=(), series=(trend("nps", NPS, tuple(5 * y for y in SERIES)), trend()))
    for goal, months in ((score, "3 months"), (GOAL, "12 months")):
        reach = goal_reach(goal, playbook.goal_metric(goal.metric), found, playbook.goal, as_of=TODAY)
        assert months in reach.judged
        assert reach.months_ahead == 11
