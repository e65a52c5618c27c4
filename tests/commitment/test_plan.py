"""The plan: the best by brute force, every constraint kept, a reason for each place, nothing hidden."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from commitment_teams import CASE
from team_of_twelve import AS_OF, company_of_twelve

from fulcrum import as_a_team, workflow
from fulcrum.commitment.one_by_one import one_by_one
from fulcrum.commitment.plan import question_of
from fulcrum.commitment.programme import solve
from fulcrum.commitment.routes import edges_of, ways_from, weights_of
from fulcrum.commitment.slots import Question, Slot, slots_of, worth_of
from fulcrum.core.company import Company
from fulcrum.core.errors import WrongUse
from fulcrum.core.judgement import Choice
from fulcrum.core.people import Influence
from fulcrum.core.plan import Away, Kind, Plan, proof_of
from fulcrum.core.playbook import Playbook
from fulcrum.core.slices import Slices
from fulcrum.workflow import Assessment

Judged = tuple[tuple[Assessment, ...], tuple[Choice, ...]]


def judged(company: Company, playbook: Playbook) -> Judged:
    """What is believed of everybody and recommended, with the business case at hand."""
    slices = Slices(company)
    assessed = tuple(workflow.assess_one(slices.of(one.id), playbook, one.id) for one in company.executives)
    beliefs = {one.belief.executive: one.belief for one in assessed}
    chosen = tuple(
        workflow.choose_for(slices.of(id), playbook, one, beliefs, CASE)
        for id, one in zip(beliefs, assessed, strict=True)
    )
    return assessed, chosen


def planned(company: Company, playbook: Playbook, of: Judged, **supposed: Any) -> Plan:
    return as_a_team.plan(company, playbook, *of, **supposed)


@pytest.fixture(scope="module")
def twelve(playbook: Playbook) -> Judged:
    return judged(company_of_twelve(), playbook)


def some(of: Judged, *ids: str) -> Judged:
    return (
        tuple(one for one in of[0] if one.belief.executive in ids),
        tuple(one for one in of[1] if one.executive in ids),
    )


def asked(playbook: Playbook, of: Judged, *, weeks: int, hours: float) -> Question:
    company = replace(company_of_twelve(), hours_per_week=hours)
    standings = as_a_team.standings(playbook, of[0])
    return question_of(company, standings, {one.executive: one for one in of[1]}, playbook, weeks=weeks)[0]


def allowed(slots: tuple[Slot, ...], question: Question) -> bool:
    """The constraints, written out once more and apart from the programme."""
    for one, other in combinations(slots, 2):
        if one.activity.executive != other.activity.executive:
            continue
        asks = one.activity.is_ask and other.activity.is_ask
        free = max(question.gap, question.rest if asks else 0)
        if not (one.week >= other.end + free or other.week >= one.end + free):
            return False
        plain = Kind.PEER not in (one.activity.kind, other.activity.kind)
        if plain and one.activity.lever is other.activity.lever:
            return False
    spoken = {s.activity.serves: s.end for s in slots if s.activity.serves}
    for slot in slots:
        end = spoken.get(slot.activity.executive)
        if slot.relies != (end is not None) or (end is not None and slot.week < end):
            return False
    weeks = range(1, question.weeks + 1)
    return question.hours is None or all(
        sum(slot.hours_in(week) for slot in slots) <= question.hours + 1e-9 for week in weeks
    )


def every_plan(question: Question) -> Iterator[tuple[Slot, ...]]:
    """All plans that keep the constraints; hours and spacing cut the tree early, precedence at the leaves."""
    slots = slots_of(question)

    def grow(at: int, taken: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
        if at == len(slots):
            if allowed(taken, question):
                yield taken
            return
        yield from grow(at + 1, taken)
        more = (*taken, slots[at])
        plain = tuple(replace(slot, relies=False) for slot in more if not slot.activity.serves)
        if allowed(plain, question):
            yield from grow(at + 1, more)

    yield from grow(0, ())


@pytest.mark.parametrize(
    ("ids", "weeks", "hours"),
    [
        (("supply", "north"), 4, 6.0),
        (("cfo", "cmo", "chro"), 3, 3.5),
        (("ceo", "coo"), 3, 4.0),
        (("sales", "cfo"), 4, 4.5),
    ],
)
def test_the_plan_is_the_best_of_all_that_keep_the_constraints(
    ids: tuple[str, ...], weeks: int, hours: float, twelve: Judged, playbook: Playbook
) -> None:
    question = trimmed(asked(playbook, some(twelve, *ids), weeks=weeks, hours=hours))
    best = max(worth_of(plan, question) for plan in every_plan(question))
    found = solve(question)
    assert allowed(found.slots, question)
    assert found.gap == 0
    assert worth_of(found.slots, question) == pytest.approx(best, abs=1e-4)
    second = solve(question, but_not=found.slots)
    assert second.worth <= found.worth + 1e-4
    assert worth_of(one_by_one(question, slots_of(question)), question) <= best + 1e-9


def trimmed(question: Question) -> Question:
    """At most three activities each, peers' steps among them, so that all plans can be tried."""
    people = {}
    for id, person in question.people.items():
        ordered = sorted(person.activities, key=lambda one: (one.kind is not Kind.PEER, -one.gain))
        people[id] = replace(person, activities=tuple(ordered[:3]))
    return replace(question, people=people)


def test_the_plan_of_twelve_keeps_every_constraint_and_waits_for_the_peer(
    twelve: Judged, playbook: Playbook
) -> None:
    company = company_of_twelve()
    plan = planned(company, playbook, twelve)
    assert plan.is_proved
    assert proof_of(plan).startswith("Proved optimal")
    assert all(week.hours <= 14 + 1e-9 for week in plan.by_week)
    relying = [one for one in plan.moves if one.waits_for]
    assert [(one.executive, one.waits_for) for one in relying] == [("supply", "north")]
    peer = next(one for one in plan.moves if one.serves == "supply")
    assert peer.executive == "north"
    assert peer.last_week < relying[0].week
    assert not [one for one in plan.moves if one.executive == "supply" and one.week < relying[0].week]
    looks = [one for one in plan.moves if one.kind is Kind.LOOK]
    assert [one.executive for one in looks] == ["chro"]
    assert not [one for one in plan.moves if one.executive == "chro" and one.kind is not Kind.LOOK]
    held = next(one for one in plan.held if one.why == "open")
    assert held.executive == "cpo"
    assert all(one.week > 3 for one in plan.moves if one.executive == "cpo")  # week 1 open, then rest
    assert all(one.reasons for one in plan.moves)
    assert {route.heard for route in plan.routes} == {"north"}
    hours = {one.id: one.attention_hours_per_week for one in company.executives}
    for move in plan.moves:  # what is put to somebody fits into the attention that they give
        given = hours[move.executive]
        if given is not None:
            assert move.minutes <= 60 * given * (2 if move.kind in (Kind.ASK, Kind.PEER) else 1)


def test_fewer_hours_never_gain_more_and_absence_is_kept(twelve: Judged, playbook: Playbook) -> None:
    company, few = company_of_twelve(), some(twelve, "ceo", "coo", "cfo", "north")
    whole = planned(company, playbook, few)
    less = planned(company, playbook, few, hours=4)
    away = Away(executive="coo", first=date(2026, 11, 23), last=date(2026, 12, 6))
    without = planned(company, playbook, few, away=(away,))
    assert planned(company, playbook, few) == whole  # the same input, the same plan
    assert less.gain.value <= whole.gain.value
    assert all(week.hours <= 4 for week in less.by_week)
    assert all(one.week >= 3 for one in without.moves if one.executive == "coo")
    assert [one for one in without.held if one.why == "away"]


def test_a_request_that_makes_no_sense_is_said(twelve: Judged, playbook: Playbook) -> None:
    company = company_of_twelve()
    with pytest.raises(WrongUse, match="1 to 26 weeks"):
        planned(company, playbook, twelve, weeks=0)
    stranger = Away(executive="nobody", first=AS_OF, last=AS_OF)
    with pytest.raises(WrongUse, match="no executive"):
        planned(company, playbook, twelve, away=(stranger,))
    backwards = Away(executive="ceo", first=AS_OF, last=date(2026, 1, 1))
    with pytest.raises(WrongUse, match="run back"):
        planned(company, playbook, twelve, away=(backwards,))


def test_nobody_to_plan_for_gives_an_empty_plan(playbook: Playbook) -> None:
    empty = replace(company_of_twelve(), executives=(), influence=())
    plan = planned(empty, playbook, ((), ()))
    assert plan.moves == ()
    assert plan.gain.value == 0


def test_a_way_is_as_strong_as_the_product_of_its_links_and_circles_do_no_harm() -> None:
    edges = edges_of(
        [
            Influence(listened_to="a", listener="b", strength=0.8),
            Influence(listened_to="b", listener="a", strength=1.0),
            Influence(listened_to="b", listener="c", strength=0.5),
            Influence(listened_to="a", listener="c", strength=0.3),
            Influence(listened_to="c", listener="c", strength=1.0),
        ],
        ("a", "b", "c"),
    )
    ways = ways_from("a", edges)
    assert ways["c"].people == ("a", "b", "c")
    assert ways["c"].strength == pytest.approx(0.4)
    assert weights_of(("a", "b", "c"), edges) == pytest.approx({"a": 2.2, "b": 2.5, "c": 1.0})
