"""How often a page asks the records: capped, and the same for six executives as for three hundred."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from desk_company import client_of, home_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions.judge import work_judge
from fulcrum.records.models import Workspace

pytestmark = pytest.mark.django_db
Most = Callable[[int], AbstractContextManager[Any]]
WORKSPACE = "/w/northwind/"
PERSON = f"{WORKSPACE}executives/person-0/"
# The page, and the most that a second visit may ask: three of them are the session, the user and the member.
CAPS = {
    WORKSPACE: 20,
    f"{WORKSPACE}due/": 10,
    f"{WORKSPACE}settings/notices/": 6,
    f"{WORKSPACE}executives/": 10,
    f"{WORKSPACE}executives/?view=board": 10,
    f"{WORKSPACE}executives/add/": 4,
    PERSON: 20,
    f"{PERSON}?all": 20,
    f"{PERSON}change/": 6,
    f"{PERSON}goals/": 8,
    f"{PERSON}record/": 6,
    f"{PERSON}reaction/": 6,
    f"{PERSON}move/": 6,
    f"{PERSON}ask/": 6,
    f"{WORKSPACE}plan/": 22,
    f"{WORKSPACE}levers/": 22,
    f"{WORKSPACE}evidence/": 8,
    f"{WORKSPACE}evidence/data/": 8,
    f"{WORKSPACE}evidence/mapping/": 8,
    f"{WORKSPACE}evidence/problems/": 8,
    f"{WORKSPACE}evidence/readings/": 8,
    f"{WORKSPACE}briefs/": 8,
    f"{WORKSPACE}stories/": 8,
    f"{WORKSPACE}stories/approved/": 8,
    f"{WORKSPACE}stories/for/person-0/": 20,
    f"{WORKSPACE}library/": 4,
    f"{WORKSPACE}settings/": 4,
}
FEW, MANY = 6, 300


@pytest.fixture
def desk(editor: Actor, settings: Any, tmp_path: Any) -> Actor:
    """Six executives, each with a file."""
    home_in(settings, tmp_path)
    _add(editor, range(FEW))
    return editor


def _add(actor: Actor, numbers: range) -> None:
    today = timezone.localdate()
    people = models.Executive.objects.bulk_create(
        models.Executive(workspace=actor.workspace, key=f"person-{at}", name=f"Person {at}", role="CFO")
        for at in numbers
    )
    models.Reader.objects.bulk_create(models.Reader(executive=one, member=actor.member) for one in people)
    first = models.Executive.objects.order_by("id").first()
    for one in people:
        of = {"executive": one, "author": actor.member}
        seen = {"behaviour": "model", "anchor": one.pk % 6, "source": "seen"}
        models.Observation.objects.bulk_create(
            models.Observation(**of, **seen, date=today - timedelta(days=3 * back)) for back in range(2)
        )
        models.Reaction.objects.create(**of, barrier="no picture", date=today)
        models.Ask.objects.create(**of, step="Own", asked_on=today, status="asked")
        models.Move.objects.create(**of, key=f"m-{one.pk}", lever="empathy", date=today)
        if one != first and one.pk % 3 == 0:
            models.Influence.objects.create(**of, listened_to=first, strength=0.5)


def asked(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_no_page_asks_more_often_for_more_executives(desk: Actor) -> None:
    client = client_of(desk)

    def counts() -> dict[str, int]:
        _judge(desk.workspace)
        for address in CAPS:
            client.get(address)
        return {address: asked(client, address) for address in CAPS}

    few = counts()
    _add(desk, range(FEW, MANY))
    many = counts()
    assert many == few
    assert {address: count for address, count in many.items() if count > CAPS[address]} == {}


def test_a_first_visit_is_capped_too(desk: Actor, django_assert_max_num_queries: Most) -> None:
    _add(desk, range(FEW, 80))
    client = client_of(desk)
    for address, cap in CAPS.items():
        with django_assert_max_num_queries(cap + 32):
            assert client.get(address).status_code == 200, address


def test_one_write_makes_the_next_visit_little_dearer(desk: Actor) -> None:
    client = client_of(desk)
    client.get(WORKSPACE)
    for address, number in product((WORKSPACE, PERSON), range(2)):
        entered = {"behaviour": "model", "anchor": "model:4", "source": "seen"}
        noted = {**entered, "date": timezone.localdate().isoformat(), "note": f"Note {number}"}
        assert client.post(f"{PERSON}record/", noted).status_code == 302
        assert asked(client, address) <= CAPS[address] + 32


def _judge(place: Workspace) -> None:
    """As the worker would."""

    class Silent:
        def step(self, *_: object) -> None:
            return

    work_judge(models.Job(workspace=place, kind="judge"), Silent())  # type: ignore[arg-type]
