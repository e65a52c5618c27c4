"""The levers: what is at hand, what is missing, for whom each is the best, and the forms that fill them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_company import CANARIES, DAY, client_of, fill, home_in
from django.test import Client
from django.urls import reverse

from fulcrum.core.company import JourneyShift, Vision
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions.programme import CHECKED
from fulcrum.records.models import Audit, Executive, Role
from fulcrum.records.queries.company import company_of
from fulcrum.records.standings import standings_for
from fulcrum.records.vision import vision_of
from fulcrum.web.forms.programme import KINDS

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]
PLACE = "/w/northwind/levers/"
ENTRIES: dict[str, dict[str, Any]] = {
    "wins": {"date": "2026-03-02", "win": "Depots ring back", "value": "300 calls fewer"},
    "risks": {"date": "2026-03-02", "risk": "Winter hides the effect", "severity": "middle"},
    "spend": {"date": "2026-03-02", "item": "Training", "amount": "1200.50"},
    "promises": {"promise": "First figures", "made_on": "2026-03-02", "to": "CFO", "due": "2026-03-30"},
    "decisions": {
        "date": "2026-03-02",
        "decision": "No third depot",
        "kind": "stop",
        "why": "Two tell enough",
    },
    "mechanisms": {"mechanism": "owner", "state": "in place", "proof": "Rule 7", "proven_on": "2026-03-01"},
    "movers": {"date": "2026-03-02", "kind": "crisis", "note": "Storm week"},
    "stories": {
        "quote": "Three visits",
        "touchpoint": "repair",
        "score": "1",
        "consent": "agreed",
        "checked": [CHECKED],
    },
}


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> dict[str, Executive]:
    home_in(settings, tmp_path)
    return fill(editor)


@pytest.fixture
def desk(editor: Actor, team: dict[str, Executive]) -> Client:
    return client_of(editor)


def address(name: str, **place: Any) -> str:
    return reverse(name, kwargs={"slug": "northwind", **place})


def test_each_lever_names_those_for_whom_it_is_the_best_now(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    page = desk.get(PLACE)
    shown = {lever["key"]: lever for lever in page.context["levers"]}
    for one in standings_for(editor).values():
        best = [key for key, lever in shown.items() if one.executive.key in {p["key"] for p in lever["best"]}]
        assert best == ([one.choice.lever.value] if one.choice.lever else [])
    assert "Private to those named" in page.content.decode()


def test_who_is_named_for_nobody_learns_the_shelf_and_nothing_of_anybody(
    joined: Joined, team: dict[str, Executive]
) -> None:
    for role in (Role.OWNER, Role.FINANCE, Role.VIEWER):
        page = client_of(joined(f"m{role}", role)).get(PLACE).content.decode()
        assert "Write the vision" in page
        assert "The best now for" not in page
        assert not any(one.name in page for one in team.values())


def test_an_executive_never_finds_themselves_among_the_levers(
    joined: Joined, editor: Actor, team: dict[str, Executive]
) -> None:
    ada = joined("ada", Role.OWNER, team["coo"])
    team["cfo"].readers.add(ada.member)
    page = client_of(ada).get(PLACE).content.decode()
    assert "Tomas Lindqvist" in page
    assert "Ada Obi" not in page


def test_what_is_missing_names_pages_and_no_files(desk: Client, team: dict[str, Executive]) -> None:
    page = desk.get(PLACE).content.decode()
    assert "Missing" in page
    assert not re.search(r"\w\.csv|\w\.toml|\[meaning\]", page)
    assert not any(word in page for word in CANARIES)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_row_is_noted_changed_and_removed_each_on_record(desk: Client, editor: Actor, kind: str) -> None:
    place, model = address("programme", kind=kind), KINDS[kind].model
    assert "None yet" in desk.get(place).content.decode()
    assert desk.get(place + "add/").status_code == 200
    assert desk.post(place + "add/", ENTRIES[kind]).headers["Location"] == place
    row = model.objects.get()
    says = str(getattr(row, KINDS[kind].says))
    assert desk.get(f"{place}{row.pk}/").status_code == 200
    changed = ENTRIES[kind] | {"version": row.version, "note": "anew", "area": "field", "proof": "Rule 8"}
    assert desk.post(f"{place}{row.pk}/", changed).headers["Location"] == place
    row.refresh_from_db()
    assert row.version == 2
    stale = desk.post(f"{place}{row.pk}/", changed | {"note": "older", "area": "x", "proof": "x"})
    assert stale.status_code == 409
    asked = desk.get(f"{place}{row.pk}/remove/")
    assert "Keep it" in asked.content.decode()
    assert model.objects.exists()
    assert desk.post(f"{place}{row.pk}/remove/").headers["Location"] == place
    assert not model.objects.exists()
    lines = Audit.objects.exclude(said__contains=says).values_list("action", flat=True)
    assert len([one for one in lines if one.startswith(model.__name__.lower())]) == 3


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("wins", {"date": "2027-01-01", "win": ""}),
        ("spend", {"amount": "twelve", "item": "", "date": ""}),
        ("movers", {"kind": "weather", "date": "x"}),
        ("mechanisms", {"state": "", "mechanism": "a\0b"}),
    ],
)
def test_every_mistake_stands_beside_its_field(desk: Client, kind: str, wrong: dict[str, str]) -> None:
    answer = desk.post(address("programme_add", kind=kind), wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(f'id="wrong-{name}"' in page for name in wrong)
    assert not KINDS[kind].model.objects.exists()


def test_a_story_is_approved_by_the_member_who_says_what_they_checked(desk: Client, editor: Actor) -> None:
    place = address("programme_add", kind="stories")
    unchecked = ENTRIES["stories"] | {"checked": []}
    answer = desk.post(place, unchecked)
    assert answer.status_code == 422
    assert 'id="wrong-checked"' in answer.content.decode()
    desk.post(place, ENTRIES["stories"] | {"approved_by": "The chief executive"})
    story = models.Story.objects.get()
    assert (story.approved_by, story.approved_on) == (editor.member.name, DAY)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.VIEWER])
def test_who_only_reads_sees_rows_and_changes_none(
    joined: Joined, desk: Client, editor: Actor, role: str
) -> None:
    desk.post(address("programme_add", kind="wins"), ENTRIES["wins"])
    row, client = models.Win.objects.get(), client_of(joined("rita", role))
    page = client.get(address("programme", kind="wins"))
    assert "Depots ring back" in page.content.decode()
    assert "Change" not in page.content.decode()
    for place in ("add/", f"{row.pk}/", f"{row.pk}/remove/"):
        assert client.post(address("programme", kind="wins") + place, ENTRIES["wins"]).status_code == 403
    assert client.get(address("vision")).status_code == 403


def test_rows_of_another_workspace_are_not_there(desk: Client) -> None:
    other = models.Workspace.objects.create(slug="other", name="Other", currency="EUR")
    row = models.Win.objects.create(workspace=other, date=DAY, win="Theirs")
    for place in (f"{row.pk}/", f"{row.pk}/remove/"):
        assert desk.get(address("programme", kind="wins") + place).status_code == 404
    assert desk.get(PLACE + "nonsense/").status_code == 404


def entered(team: dict[str, Executive], **more: Any) -> dict[str, Any]:
    blank = {f"{part}_{place}": "" for part in ("journey", "from", "to") for place in range(2)}
    meant = {f"meaning_{team['cfo'].pk}": "Faults are counted to their end", f"meaning_{team['coo'].pk}": ""}
    said = {"statement": "Told once, mended once", "not_doing": "No survey\n\n No discount ", "version": 2}
    return blank | meant | said | more


def test_the_vision_is_stated_as_a_whole(desk: Client, editor: Actor, team: dict[str, Executive]) -> None:
    version = models.Workspace.objects.get().version
    journey = {"journey_1": "Repair", "from_1": "From nothing", "to_1": "Knows"}
    assert desk.get(address("vision")).status_code == 200
    answer = desk.post(address("vision"), entered(team, version=version, **journey))
    assert answer.status_code == 302
    assert vision_of(models.Workspace.objects.get().vision) == Vision(
        statement="Told once, mended once",
        journeys=(JourneyShift(journey="Repair", from_="From nothing", to="Knows"),),
        meaning=((team["cfo"].key, "Faults are counted to their end"),),
        not_doing=("No survey", "No discount"),
    )
    assert company_of(models.Workspace.objects.get(), today=DAY).vision is not None
    assert Audit.objects.filter(action="vision.state").count() == 1
    assert "Change the vision" in desk.get(PLACE).content.decode()


def test_half_a_journey_is_a_mistake_beside_what_lacks(desk: Client, team: dict[str, Executive]) -> None:
    version = models.Workspace.objects.get().version
    answer = desk.post(address("vision"), entered(team, version=version, journey_1="Repair", to_1="Knows"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="wrong-from_1"' in page
    assert 'id="wrong-to_1"' not in page
    assert desk.post(address("vision"), entered(team, version=version, statement="")).status_code == 422


def test_two_who_change_the_vision_see_each_other(desk: Client, team: dict[str, Executive]) -> None:
    version = models.Workspace.objects.get().version
    desk.post(address("vision"), entered(team, version=version))
    late = desk.post(address("vision"), entered(team, version=version, statement="Mine"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Told once, mended once" in page
    assert "Mine" in page
    assert f'name="version" value="{version + 1}"' in page
