"""One executive at a time: with their slice of the company, what the whole company gives."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from commitment_teams import CASE, TODAY, acts, company

from fulcrum import workflow
from fulcrum.commitment.learning import learned_here
from fulcrum.core.company import Ask, AskStatus, Company, Move, PulseAnswer
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.judgement import Belief
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Goal,
    Influence,
    Level,
    Motivator,
    Observation,
    Reaction,
    Source,
)
from fulcrum.core.playbook import Playbook
from fulcrum.core.slices import Slices
from fulcrum.simulation.company import tidewater
from fulcrum.workflow import Workspace

NOTHING = Evidence(findings=())


def crowd(people: int, *, seed: int) -> Company:
    """Many executives with everything on record, in no order, heard by one another."""
    chance = Random(seed)
    ids = [f"e{n}" for n in range(people)]
    day = [TODAY - timedelta(days=n) for n in range(400)]
    steps = ("call-a-customer", "our own step", "read-ten-comments")

    def some(make, each=4):  # type: ignore[no-untyped-def]
        return tuple(make(chance.choice(ids)) for _ in range(each * people))

    return replace(
        company(),
        executives=tuple(
            Executive(
                id=id,
                name=f"Name {id}",
                role=chance.choice(["CFO", "COO", "CEO"]),
                is_sponsor=chance.random() < 0.1,
            )
            for id in ids
        ),
        influence=tuple(
            Influence(listened_to=a, listener=b, strength=chance.random())
            for a in ids
            for b in ids
            if a != b and chance.random() < 0.4
        ),
        observations=some(
            lambda id: Observation(
                executive=id,
                date=chance.choice(day),
                behaviour=chance.choice(list(Behaviour)),
                anchor=Level(chance.choice([0, 1, 1, 2, 4, 5])),
                source=chance.choice(list(Source)),
            ),
            each=8,
        ),
        reactions=some(
            lambda id: Reaction(executive=id, date=chance.choice(day), barrier=chance.choice(list(Barrier)))
        ),
        goals=some(lambda id: Goal(executive=id, goal="Cost"), each=1),
        motivators=some(lambda id: Motivator(executive=id, motivator="security"), each=1),
        asks=some(
            lambda id: Ask(
                executive=id,
                step=chance.choice(steps),
                asked_on=(asked := chance.choice(day)),
                status=(status := chance.choice(list(AskStatus))),
                closed_on=None if status.is_open else min(TODAY, asked + timedelta(days=9)),
            ),
            each=2,
        ),
        moves=some(
            lambda id: Move(
                id=str(chance.random()),
                executive=id,
                lever=chance.choice(list(Lever)),
                date=chance.choice(day),
            ),
            each=1,
        ),
        pulses=some(lambda id: PulseAnswer(respondent=id, date=TODAY, question="who_leads", answer="nobody")),
    )


def workspace(whole: Company, playbook: Playbook) -> Workspace:
    return Workspace(folder=Path("nowhere"), company=whole, playbook=playbook, problems=())


@pytest.mark.parametrize(
    "whole",
    [crowd(9, seed=1), crowd(9, seed=2), crowd(40, seed=3), tidewater()],
    ids=["one", "two", "many promises", "demo"],
)
def test_a_slice_gives_what_the_whole_company_gives(whole: Company, playbook: Playbook) -> None:
    slices = Slices(whole)
    assessed = {person.id: workflow.assess_one(whole, playbook, person.id) for person in whole.executives}
    beliefs = {id: one.belief for id, one in assessed.items()}
    for id, one in assessed.items():
        part = slices.of(id)
        assert workflow.assess_one(part, playbook, id) == one
        heard = {person.id: beliefs[person.id] for person in part.executives}
        of_slice = workflow.choose_for(part, playbook, one, heard, CASE)
        assert of_slice == workflow.choose_for(whole, playbook, one, beliefs, CASE)


def test_the_team_is_everybody_one_at_a_time(playbook: Playbook) -> None:
    whole = crowd(7, seed=3)
    at_hand = workspace(whole, playbook)
    assessed = workflow.assess(at_hand)
    assert assessed == tuple(workflow.assess_one(whole, playbook, each.id) for each in whole.executives)
    beliefs: dict[str, Belief] = {one.belief.executive: one.belief for one in assessed}
    assert workflow.choices(at_hand, assessed, NOTHING) == tuple(
        workflow.choose_for(whole, playbook, one, beliefs, NOTHING, learned_here(whole, playbook))
        for one in assessed
    )


def test_a_slice_holds_nobody_elses_observations() -> None:
    whole = company(observations=acts(2, 3) + acts(4, executive="coo"))
    mine = Slices(whole).of("coo")
    assert {each.executive for each in mine.observations} == {"coo"}
    assert [person.id for person in mine.executives] == ["coo"]
    assert [person.id for person in Slices(whole).of("cfo").executives] == ["cfo", "coo"]


def test_somebody_unknown_is_refused(playbook: Playbook) -> None:
    for ask in (Slices(company()).of, lambda id: workflow.assess_one(company(), playbook, id)):
        with pytest.raises(WrongUse, match="no executive “nobody-here”"):
            ask("nobody-here")
