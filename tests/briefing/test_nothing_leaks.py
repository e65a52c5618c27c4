"""Briefs for executives of one company at three levels: each about that person, none telling the level."""

import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import sample

from fulcrum import workflow
from fulcrum.briefing.formats import FORMATS
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Level, Observation, Source
from fulcrum.simulation.company import tidewater

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))
from journey_documents import taken_apart

THREE = ("ceo", "cfo", "coo")
OPENING = {"goal", "number", "worth", "customer", "since", "ask"}


@cache
def company() -> Company:
    """The simulated company, with what is seen of three of its executives pulled apart."""
    whole = tidewater()
    anchors = {"ceo": Level.DRIVING_ONE_COMPANY, "cfo": Level.INDIFFERENT, "coo": Level.PARTICIPATING}
    seen = tuple(
        replace(one, anchor=anchors[one.executive], source=Source.SEEN) if one.executive in anchors else one
        for one in whole.observations
    )
    return replace(whole, observations=seen, asks=())


@cache
def made() -> tuple[dict[str, Brief], dict[str, Belief]]:
    place = workflow.Workspace(
        folder=Path("nowhere"), company=company(), playbook=sample.playbook(), problems=()
    )
    assessed = workflow.assess(place)
    chosen = workflow.choices(place, assessed, sample.EVIDENCE)
    briefs = {
        one.executive: workflow.brief_for(place, one.executive, sample.EVIDENCE, one)
        for one in chosen
        if one.executive in THREE
    }
    return briefs, {one.belief.executive: one.belief for one in assessed}


def secrets_of(belief: Belief) -> list[str]:
    """Where somebody is thought to stand, in all the ways in which it could be written."""
    whole = company()
    shares = [share for share in belief.shares if 0.02 < share < 0.98]
    motives = [one for one in whole.motivators if one.executive == belief.executive]
    return [
        *(level.label for level in Level),
        *(barrier.value for barrier in Barrier),
        *(lever.label for lever in Lever if lever is not Lever.FIRST_STEPS),
        *(f"{share:.4f}" for share in shares),
        *(f"{share:.3f}" for share in shares),
        *(word for one in motives for word in (one.motivator, one.note)),
        "commitment level",
        "likeliest",
    ]


def test_the_three_stand_at_three_levels() -> None:
    beliefs = made()[1]
    assert len({beliefs[who].likeliest for who in THREE}) == 3


@pytest.mark.parametrize("who", THREE)
@pytest.mark.parametrize(
    "name", ["html", "xlsx", *(pytest.param(name, marks=pytest.mark.slow) for name in ("pdf", "pptx"))]
)
def test_no_format_tells_where_they_stand(who: str, name: str, tmp_path: Path) -> None:
    briefs, beliefs = made()
    path = tmp_path / f"brief.{name}"
    path.write_bytes(FORMATS[name].render(briefs[who]))
    held = re.sub(r"\s+", " ", taken_apart(path)).casefold()
    assert len(held) > 2000
    for secret in secrets_of(beliefs[who]):
        assert not re.search(rf"(?<![\w.]){re.escape(secret.casefold())}(?![\w])", held), secret


def test_the_layout_is_the_same_whatever_is_believed() -> None:
    """Same person, same step, other acts seen: the same brief."""
    place = workflow.Workspace(
        folder=Path("nowhere"), company=company(), playbook=sample.playbook(), problems=()
    )
    assessed = workflow.assess(place)
    chosen = {one.executive: one for one in workflow.choices(place, assessed, sample.EVIDENCE)}
    whole = company()
    others = tuple(
        Observation(
            executive="coo",
            date=one.date,
            behaviour=Behaviour.MODEL,
            anchor=Level.OPPOSING,
            source=one.source,
        )
        for one in whole.observations
        if one.executive == "coo"
    )
    seen = tuple(one for one in whole.observations if one.executive != "coo")
    elsewhere = replace(place, company=replace(whole, observations=(*seen, *others), reactions=()))
    first = workflow.brief_for(place, "coo", sample.EVIDENCE, chosen["coo"])
    assert workflow.brief_for(elsewhere, "coo", sample.EVIDENCE, chosen["coo"]) == first
    for brief in made()[0].values():
        assert {section.key.split(".")[0] for section in brief.page(1)} <= OPENING
        assert {"goal", "customer", "since", "ask"} <= {section.key for section in brief.page(1)}


def test_each_is_visibly_about_that_person() -> None:
    briefs = made()[0]
    assert len({brief.title for brief in briefs.values()}) == 3
    for who, brief in briefs.items():
        goal = next(one for one in company().goals if one.executive == who)
        assert brief.title.startswith(goal.goal)
