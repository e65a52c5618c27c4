"""What is due: each kind of nudge on its first day, on its last, and once it is settled."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fulcrum.commitment.due import due, stand_of
from fulcrum.core.cadence import Nudge, NudgeKind, Stand
from fulcrum.core.company import Ask, AskStatus, Company, Move, Mover, OutsideMover
from fulcrum.core.judgement import WeekOfBelief
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Goal, Observation, Source
from fulcrum.workflow import assess_one

TODAY = date(2026, 11, 22)
VERA = Executive(id="vera", name="Vera Vance", role="COO", is_sponsor=True)
OMAR = Executive(id="omar", name="Omar Okoye", role="CFO")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def company(**tables: Any) -> Company:
    given = {"executives": (VERA, OMAR)} | tables
    return Company(name="N", industry="retail", currency="EUR", as_of=TODAY, **given)


@pytest.fixture
def nudges(playbook: Any) -> Any:
    def found(stands: tuple[Stand, ...] = (), *, as_of: date = TODAY, **tables: Any) -> tuple[Nudge, ...]:
        return due(company(**tables), stands, rules=playbook.cadence, steps=playbook.steps, as_of=as_of)

    return found


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [
        (8, None),
        (7, NudgeKind.ASK_DUE),
        (0, NudgeKind.ASK_DUE),
        (-1, NudgeKind.ASK_SLIPS),
        (-28, NudgeKind.ASK_SLIPS),
        (-29, NudgeKind.ASK_LAPSES),
    ],
)
def test_an_open_ask_is_due_then_slips_then_lapses(nudges: Any, days_left: int, kind: NudgeKind) -> None:
    by = TODAY + timedelta(days=days_left)
    ask = Ask(executive="omar", step="Own step", asked_on=ago(60), due=by)
    assert [one.kind for one in nudges(asks=(ask,))] == ([kind] if kind else [])
    assert nudges(asks=(replace(ask, status=AskStatus.DONE, closed_on=TODAY),)) == ()


def test_an_ask_without_a_day_is_given_four_weeks(nudges: Any) -> None:
    (one,) = nudges(asks=(Ask(executive="omar", step="Own step", asked_on=ago(29)),))
    assert (one.kind, one.by, one.since) == (NudgeKind.ASK_SLIPS, ago(1), TODAY)


def test_an_occasion_keeps_its_name_from_day_to_day(nudges: Any) -> None:
    tables: dict[str, Any] = {
        "asks": (Ask(executive="omar", step="s", asked_on=ago(60), due=ago(10)),),
        "moves": (Move(id="m", executive="vera", lever=Lever.EMPATHY, date=ago(20)),),
        "context": (OutsideMover(date=ago(5), kind=Mover.STRATEGY),),
        "goals": (Goal(executive="omar", goal="Cost"),),
    }
    stands = (Stand(executive="vera", last_evidence=ago(100), fell_since=ago(13)),)
    days = [nudges(stands, as_of=TODAY + timedelta(days=day), **tables) for day in range(3)]
    named = [{(it.kind, it.executive, it.since, it.subject) for it in found} for found in days]
    assert named[0] == named[1] == named[2]
    assert len(named[0]) == 5


def test_evidence_ages_a_quarter_after_the_last_of_it(nudges: Any) -> None:
    for days, kinds in ((90, []), (91, [NudgeKind.EVIDENCE_AGES])):
        found = nudges((Stand(executive="omar", last_evidence=ago(days)),))
        assert [one.kind for one in found] == kinds
    assert nudges((Stand(executive="omar", last_evidence=None),)) == ()


def test_a_successor_renews_the_pitch_to_the_sponsor_until_a_move_was_made(nudges: Any) -> None:
    came = OutsideMover(date=ago(10), kind=Mover.SUCCESSOR)
    (one,) = nudges(context=(came,))
    assert (one.kind, one.executive, one.since) == (NudgeKind.SPONSOR_LEFT, "vera", ago(10))
    pitch = Move(id="m", executive="vera", lever=Lever.VISION, date=ago(2))
    assert nudges(context=(came,), moves=(pitch,)) == ()
    assert nudges(context=(replace(came, date=ago(91)),)) == ()


def test_without_a_sponsor_one_is_to_be_found(nudges: Any) -> None:
    (one,) = nudges(executives=(OMAR,))
    assert (one.kind, one.executive, one.since) == (NudgeKind.SPONSOR_LEFT, "", None)
    assert nudges(executives=()) == ()


def test_a_new_strategy_asks_for_the_goals_of_those_who_have_some(nudges: Any) -> None:
    tables = {
        "context": (OutsideMover(date=ago(10), kind=Mover.STRATEGY),),
        "goals": (Goal(executive="omar", goal="Cost to serve"),),
    }
    (one,) = nudges(**tables)
    assert (one.kind, one.executive) == (NudgeKind.STRATEGY_CHANGED, "omar")
    talked = Move(id="m", executive="omar", lever=Lever.VISION, date=ago(2))
    assert NudgeKind.STRATEGY_CHANGED in [it.kind for it in nudges(**tables, moves=(talked,))]
    linked = replace(talked, lever=Lever.MOTIVATORS)
    assert nudges(**tables, moves=(linked,)) == ()


@pytest.mark.parametrize(("days", "asks"), [(6, False), (7, True), (90, True), (91, False)])
def test_a_move_asks_what_was_seen(nudges: Any, days: int, asks: bool) -> None:
    move = Move(id="m", executive="omar", lever=Lever.EMPATHY, date=ago(days))
    assert [one.subject for one in nudges(moves=(move,))] == ["m"] * asks


def test_an_answer_of_either_kind_settles_the_question(nudges: Any) -> None:
    move = Move(id="m", executive="omar", lever=Lever.EMPATHY, date=ago(20))
    seen = Observation(
        executive="omar", date=ago(20), behaviour=Behaviour.MODEL, anchor=3, source=Source.SEEN
    )
    assert nudges(moves=(move,), observations=(seen,)) == ()
    assert nudges(moves=(replace(move, nothing_seen_on=TODAY),)) == ()
    assert len(nudges(moves=(move,), observations=(replace(seen, date=ago(21)),))) == 1
    assert len(nudges(moves=(move,), observations=(replace(seen, executive="vera"),))) == 1
    assert len(nudges(moves=(move,), observations=(replace(seen, source=Source.OWN_WORDS),))) == 1
    kept = Ask(executive="omar", step="s", asked_on=ago(30), status=AskStatus.DONE, closed_on=ago(5))
    assert nudges(moves=(move,), asks=(kept,)) == ()


def test_only_the_newest_move_of_each_asks(nudges: Any) -> None:
    moves = tuple(
        Move(id=f"m{days}", executive="omar", lever=Lever.EMPATHY, date=ago(days)) for days in (60, 20, 40)
    )
    assert [one.subject for one in nudges(moves=moves)] == ["m20"]


def test_a_fall_is_named_by_the_monday_on_which_it_began(playbook: Any) -> None:
    seen = tuple(
        Observation(executive="omar", date=ago(days), behaviour=it, anchor=anchor, source=Source.SEEN)
        for days, anchor in ((130, 4), (110, 4), (25, 1), (18, 0), (9, 0))
        for it in (Behaviour.MODEL, Behaviour.RESOURCES)
    )
    belief = assess_one(company(observations=seen), playbook, "omar").belief
    assert belief.is_drop
    stand = stand_of(belief, playbook.belief)
    assert stand.fell_since is not None
    assert stand.fell_since.weekday() == 0
    assert ago(32) <= stand.fell_since <= TODAY
    later = assess_one(
        replace(company(observations=seen), as_of=TODAY + timedelta(days=2)), playbook, "omar"
    ).belief
    assert stand_of(later, playbook.belief).fell_since == stand.fell_since
    assert stand_of(replace(belief, is_drop=False), playbook.belief).fell_since is None


def test_a_fall_with_no_weeks_before_it_began_this_week(playbook: Any) -> None:
    seen = Observation(executive="omar", date=ago(9), behaviour=Behaviour.MODEL, anchor=1, source=Source.SEEN)
    belief = assess_one(company(observations=(seen,)), playbook, "omar").belief
    alone = replace(belief, is_drop=True, history=(WeekOfBelief(week_ending=TODAY, shares=belief.shares),))
    assert stand_of(alone, playbook.belief).fell_since == TODAY - timedelta(days=TODAY.weekday())


def test_days_at_the_edge_of_the_calendar_are_taken(nudges: Any) -> None:
    def kinds(day: date) -> list[NudgeKind]:
        found = nudges(
            asks=(Ask(executive="omar", step="s", asked_on=date.min, due=day),),
            moves=(Move(id="m", executive="omar", lever=Lever.EMPATHY, date=day),),
            context=(OutsideMover(date=day, kind=Mover.STRATEGY),),
        )
        return [one.kind for one in found]

    assert kinds(date.min) == [NudgeKind.ASK_LAPSES]
    assert kinds(date.max) == []
