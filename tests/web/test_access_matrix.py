"""Every route times everybody who might come by: nobody fetches a byte of what they may not see."""

import re
from typing import Any

import pytest
from access_world import (
    ACTORS,
    FILE,
    HOOK,
    NAMED,
    OUTSIDE,
    PRIVATE,
    PROPOSAL,
    PULSE,
    SEES_PRIVATE,
    World,
    everything_in,
    routes,
)
from django.test import Client

from fulcrum.records import models
from fulcrum.records.access import MAY, Act
from fulcrum.web.middleware import policy_of
from fulcrum.web.pages import Open

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.FULCRUM_OPEN = True  # as for a team: nobody is let in for sitting at this machine
    return World()


def arguments(world: World, names: list[str]) -> list[dict[str, Any]]:
    """What to put into a route: Vera, and each of her rows. A new kind of argument must be taught here."""
    held: dict[str, Any] = {"slug": "northwind", "key": "vera"}
    plain = {name: held[name] for name in names if name in held}
    match tuple(name for name in names if name not in held):
        case ():
            return [plain]
        case ("id",):
            return [plain | {"id": id} for id in ("t1", "c0ffee00", "1")]
        case ("every",):
            return [plain | {"every": "month", "key": key} for key in ("vera", "board")]
        case ("format_name",):
            return [plain | {"format_name": "html"}]
        case ("row:number",):
            rows = {row.pk for row in (*world.rows.values(), world.note, world.goal)}
            return [plain | {"row": row} for row in sorted(rows)]
        case ("kind", "row:number"):
            return [plain | {"kind": kind, "row": row.pk} for kind, row in world.rows.items()]
        case ("round:number", *_):
            asked = world.round.invitations.get().pk
            return [plain | {"round": world.round.pk, "asked": asked}]
        case others:
            return [plain | {name.removesuffix(":number"): 1 for name in others}]


def ours() -> list[tuple[str, list[str], Any]]:
    return [
        one for one in routes() if one[0].startswith(("/w/", "/b/", "/n/", "/p/", "/health")) or one[0] == "/"
    ]


def test_every_route_declares_who_may_use_it() -> None:
    for address, _, view in routes():
        assert policy_of(view) is not None, address


def test_every_route_inside_a_workspace_asks_for_a_role() -> None:
    for address, _, view in ours():
        policy = policy_of(view)
        if address.startswith("/w/"):
            assert not isinstance(policy.reads, Open), address
            assert not isinstance(policy.writes, Open), address


@pytest.mark.slow
def test_nobody_reads_what_they_may_not_see(world: World) -> None:
    visited = 0
    for address, names, view in ours():
        if policy_of(view).reads is None:
            continue
        for found in arguments(world, names):
            for actor, client in world.clients.items():
                response = client.get(address.format(**found))
                visited += 1
                text = everything_in(response)
                assert response.status_code < 500, (address, actor)
                if actor not in NAMED:
                    assert FILE not in text, (address, actor)
                assert PULSE not in text or _is_export(address, actor), (address, actor)
                if actor not in SEES_PRIVATE:
                    assert PRIVATE not in text, (address, actor)
                if not _may(world, actor, Act.WRITE):
                    assert PROPOSAL not in text, (address, actor)
                assert HOOK not in text, (address, actor)
    assert visited > 10 * len(ACTORS)


def test_those_named_do_see_it(world: World) -> None:
    for actor in NAMED:
        page = everything_in(world.clients[actor].get("/w/northwind/executives/vera/"))
        assert FILE in page, actor
        words = everything_in(world.clients[actor].get("/w/northwind/executives/vera/words/"))
        assert FILE in words, actor
        assert PRIVATE not in page, actor
    for actor in SEES_PRIVATE:
        page = everything_in(
            world.clients[actor].get(f"/w/northwind/executives/vera/private/{world.note.pk}/")
        )
        assert PRIVATE in page, actor


@pytest.mark.slow
def test_a_role_reads_and_writes_what_it_may_and_no_more(world: World) -> None:
    for address, names, view in ours():
        policy = policy_of(view)
        if not address.startswith("/w/"):
            continue
        for actor, client in world.clients.items():
            found = arguments(world, names)[0]
            for method, act in (("get", policy.reads), ("post", policy.writes)):
                status = getattr(client, method)(address.format(**found)).status_code
                assert status < 500, (address, actor, method)
                if act is None:
                    assert status == 405, (address, actor, method)
                elif not _may(world, actor, act):
                    assert status in {302, 403, 404}, (address, actor, method, status)


@pytest.mark.slow
def test_who_is_not_let_in_changes_nothing(world: World) -> None:
    before = _counts()
    for address, names, view in ours():
        policy = policy_of(view)
        if policy.writes is None or not address.startswith("/w/"):
            continue
        for actor in (*OUTSIDE, "former owner", "viewer, not named", "viewer, named"):
            if not _may(world, actor, policy.writes):
                for found in arguments(world, names):
                    world.clients[actor].post(address.format(**found), {"name": "x", "note": "x"})
    assert _counts() == before


def test_a_former_member_finds_nothing_at_once(world: World) -> None:
    client: Client = world.clients["former owner"]
    assert client.get("/w/northwind/").status_code == 404


def test_no_answer_tells_whether_an_executive_exists(world: World) -> None:
    client = world.clients["owner who is the executive"]
    there, nowhere = (client.get(f"/w/northwind/executives/{key}/") for key in ("vera", "nobody-here"))
    assert there.status_code == nowhere.status_code == 404
    token = re.compile(rb'"X-CSRFToken": "\w+"')
    assert token.sub(b"", there.content) == token.sub(b"", nowhere.content)


def _is_export(address: str, actor: str) -> bool:
    """Whether these are the company's files, taken out by somebody named; that is logged."""
    return "export" in address and actor in NAMED


def _may(world: World, actor: str, act: Act | Open) -> bool:
    if actor in OUTSIDE or actor == "former owner" or isinstance(act, Open):
        return False
    return act in MAY[world.members[actor].role]


def _counts() -> dict[str, int]:
    kept = (models.Audit, models.Executive, models.Observation, models.Ask, models.Goal, models.Job)
    return {model.__name__: model._default_manager.count() for model in kept} | {
        "back": models.Observation.objects.filter(taken_back_at__isnull=False).count()
    }
