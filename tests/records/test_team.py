"""The team as one actor may see it: nothing of a closed file is planned, learned or told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Source
from fulcrum.records.access import Actor
from fulcrum.records.actions import file, people
from fulcrum.records.learning import lessons_for
from fulcrum.records.models import Executive, Reader, Role
from fulcrum.records.standings import standing_of
from fulcrum.records.team import WhatIf, coalition_of, learned_of, plan_of, team_of

DAY = date(2026, 3, 9)
MADE = DAY - timedelta(days=91)
pytestmark = pytest.mark.django_db


@pytest.fixture
def team(owner: Actor, settings: Any, tmp_path: Path) -> list[Executive]:
    """Three executives; a vision move on the first was followed by a rise, one on the second by none."""
    settings.FULCRUM_HOME = tmp_path
    owner.workspace.as_of = DAY
    owner.workspace.save()
    roles = (("Ines Moreau", "CEO"), ("Tomas Lindqvist", "CFO"), ("Ada Obi", "COO"))
    made = [people.add_executive(owner, name=name, role=role) for name, role in roles]
    for one, anchor in zip(made, (4, 2, 2), strict=True):
        for week in (17, 16, 15, 14):
            _saw(owner, one, 2, DAY - timedelta(weeks=week))
        for week in (6, 5, 4, 3):
            _saw(owner, one, anchor, DAY - timedelta(weeks=week))
    for one in made[:2]:
        file.record_move(owner, one, lever=Lever.VISION, date=MADE)
    file.set_influence(owner, made[1], listened_to=made[0], strength=0.9)
    return made


@pytest.fixture
def partly(team: list[Executive], joined: Callable[..., Actor]) -> Actor:
    """An editor who is named for the second and the third alone."""
    some = joined("paul", Role.EDITOR)
    for one in team[1:]:
        Reader.objects.create(executive=one, member=some.member)
    return some


def _saw(
    actor: Actor, executive: Executive, anchor: int, on: date, behaviour: Behaviour = Behaviour.MODEL
) -> None:
    said = {"behaviour": behaviour, "anchor": anchor, "source": Source.SEEN, "date": on}
    file.record_observation(actor, executive, **said)


def test_the_plan_is_over_those_whose_file_is_open(
    owner: Actor, partly: Actor, team: list[Executive]
) -> None:
    whole, part = team_of(owner), team_of(partly)
    assert (len(whole.beliefs), whole.hidden) == (3, 0)
    assert (sorted(part.beliefs), part.hidden) == (sorted(one.key for one in team[1:]), 1)
    assert part.company.influence == ()  # whom the second hears is not open
    hidden = team[0]
    for told in (plan_of(partly, part, WhatIf()), coalition_of(partly, part), learned_of(partly)):
        assert hidden.key not in repr(told)
        assert hidden.name not in repr(told)
    assert plan_of(owner, whole, WhatIf(hours=0.5)).moves == ()


def test_a_choice_rests_on_outcomes_that_every_reader_of_it_may_see(
    owner: Actor, partly: Actor, team: list[Executive]
) -> None:
    """The rise of the first must not show in a gain that somebody reads who may not open their file."""
    lessons = lessons_for(owner.workspace, [one.pk for one in team])
    of_first, of_third = lessons.of(team[0].pk), lessons.of(team[2].pk)
    assert of_first.counted == 2
    assert of_third.counted == 1  # Paul reads the third, and not the first
    assert {one.executive for one in of_third.outcomes} == {team[1].key}
    assert lessons.mark(team[0].pk) != lessons.mark(team[2].pk)
    assert learned_of(owner).counted == 2
    assert learned_of(partly).counted == 1


def test_a_new_outcome_makes_the_choices_of_others_anew(owner: Actor, team: list[Executive]) -> None:
    before = standing_of(owner, team[2]).choice
    for week, behaviour in zip((4, 3, 2, 1), list(Behaviour), strict=False):
        _saw(owner, team[1], 5, DAY - timedelta(weeks=week), behaviour)
    after = standing_of(owner, team[2]).choice

    def gain(choice: Any) -> float:
        every = (*choice.ranked, *choice.better_but_missing, *choice.not_now)
        return next(one.gain.value for one in every if one.lever is Lever.VISION)

    assert gain(after) > gain(before)


def test_the_page_shows_no_more_than_that_and_says_so(partly: Actor, team: list[Executive]) -> None:
    client = Client()
    client.force_login(partly.member.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/w/northwind/plan/")
    text = page.content.decode()
    assert page.status_code == 200
    assert team[0].name not in text
    assert "1 is not shown" in text
    assert "Private to those named" in text
    supposed = client.get("/w/northwind/plan/", {"hours": "a lot"}).content.decode()
    assert "Hours a week, from 0 to 1,000, please." in supposed
    fewer = client.get("/w/northwind/plan/", {"hours": "2", "weeks": "4"}).content.decode()
    assert "supposed, not kept" in fewer
