"""The plan by week: names and steps are escaped, long ones cut, an arrow where one waits for another."""

from datetime import date

from fulcrum.core.levers import Lever
from fulcrum.core.plan import HeldWeeks, Kind, Plan, PlannedMove, PlanWeek
from fulcrum.core.quantities import LEVELS, Estimate, Grade, Interval, Unknown
from fulcrum.web.drawings.plan import plan_grid

MONDAY = date(2026, 11, 23)
GAIN = Estimate(
    value=0.4,
    interval=Interval(low=0.1, high=0.7, confidence=0.8),
    unit=LEVELS,
    n=3,
    grade=Grade.ELSEWHERE,
    method="m",
    trace="t",
)


def move(executive: str, week: int, kind: Kind, **more: object) -> PlannedMove:
    said: dict[str, object] = {
        "lever": Lever.VISION,
        "what": "<b>A step</b> that is longer than any bar of the drawing could hold in one line of text, "
        * 3,
        "step": "",
        "weeks": 1 if kind is Kind.MOVE else 2,
        "starts": MONDAY,
        "until": MONDAY,
        "hours": (2.0,),
        "minutes": 30,
        "gain": Unknown(reason="None.", needs="None."),
        "serves": None,
        "waits_for": None,
        "reasons": (),
    }
    return PlannedMove(executive=executive, week=week, kind=kind, **(said | more))  # type: ignore[arg-type]


def test_the_weeks_hold_what_is_planned_and_what_waits() -> None:
    plan = Plan(
        as_of=MONDAY,
        starts=MONDAY,
        weeks=6,
        hours_per_week=10,
        moves=(move("a", 1, Kind.PEER, serves="b"), move("b", 4, Kind.MOVE, waits_for="a")),
        held=(
            HeldWeeks(executive="a", why="rest", first_week=3, last_week=9),
            HeldWeeks(executive="b", why="away", first_week=1, last_week=1),
        ),
        by_week=tuple(PlanWeek(week=week, starts=MONDAY, hours=2.0) for week in range(1, 7)),
        routes=(),
        left_out=(),
        gain=GAIN,
        gap=0.0,
        next_best=None,
        one_by_one=None,
        size=(1, 1),
        assumptions=(),
    )
    drawn = plan_grid(plan, ["a", "b"], {"a": "Ann <x>", "b": "Ben"})
    assert "Ann &lt;x&gt;" in drawn
    assert "<b>" not in drawn
    assert "…" in drawn
    assert drawn.count("c-dep") == 1  # the arrow
    assert "p-peer" in drawn
    assert "away" in drawn
    assert 'role="img"' in drawn
    assert "week 1 2.0 hours" in drawn
    assert "style=" not in drawn
