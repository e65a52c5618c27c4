"""The vision on the desk: written in steps, read for what is vague, kept each time, and made into a brief."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_company import CANARIES, DAY, client_of, fill, home_in
from django.test import Client
from django.urls import reverse

from fulcrum.core.company import Company, JourneyShift, Vision
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions import people as deeds
from fulcrum.records.actions.programme import state_vision
from fulcrum.records.models import Brief, BriefKind, Executive, Role, VisionVersion
from fulcrum.records.queries.briefs import newest_for, told_to
from fulcrum.records.queries.company import company_of
from fulcrum.records.vision import vision_of

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]
VAGUE = "We roll out a world-class transformation programme."
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "\u202eevitaitini\u202c שלום",
    "{{ 7|add:1 }}",
    "”“'\"",
)


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> dict[str, Executive]:
    home_in(settings, tmp_path)
    return fill(editor)


@pytest.fixture
def desk(editor: Actor, team: dict[str, Executive]) -> Client:
    return client_of(editor)


def address(name: str, **place: Any) -> str:
    return reverse(name, kwargs={"slug": "northwind", **place})


def entered(team: dict[str, Executive], **more: Any) -> dict[str, Any]:
    parts = ("journey", "from", "to", "measure", "by")
    blank = {f"{part}_{place}": "" for part in parts for place in range(2)}
    said = {
        "statement": "A customer tells a fault once",
        "not_doing": "",
        "approved_by": "",
        "approved_on": "",
    }
    version = models.Workspace.objects.get(slug="northwind").version
    return blank | said | {f"meaning_{one.pk}": "" for one in team.values()} | {"version": version} | more


def held() -> Vision | None:
    return vision_of(models.Workspace.objects.get(slug="northwind").vision)


def stated() -> Company:
    return company_of(models.Workspace.objects.get(slug="northwind"), today=DAY)


def test_what_is_vague_stands_beside_its_field_and_is_saved_all_the_same(
    desk: Client, team: dict[str, Executive]
) -> None:
    answer = desk.post(address("vision"), entered(team, statement=VAGUE), follow=True)
    page = answer.content.decode()
    assert held() is not None
    assert "still vague in places" in page
    assert "a way of working is meant: “roll out”" in page
    assert (
        page.index('id="found-statement"') < page.index("A programme ends") < page.index("From here to there")
    )


def test_the_check_button_keeps_nothing_and_needs_no_script(desk: Client, team: dict[str, Executive]) -> None:
    page = desk.post(address("vision"), entered(team, statement=VAGUE, do="check")).content.decode()
    assert "The vision names no customer." in page
    assert VAGUE in page
    assert held() is None
    assert not VisionVersion.objects.exists()


def test_while_somebody_writes_each_fields_findings_come_to_their_place(
    desk: Client, team: dict[str, Executive]
) -> None:
    shift = {"journey_1": "Repair", "from_1": "Three visits", "to_1": "Three visits!"}
    page = desk.post(
        address("vision_check"), entered(team, **shift), headers={"HX-Request": "true"}
    ).content.decode()
    assert '<div class="found" id="found-to_1" hx-swap-oob="true"><p class="missing">' in page
    assert "<!doctype" not in page
    assert held() is None


def test_measures_days_and_who_approved_come_back_as_they_were_entered(
    desk: Client, team: dict[str, Executive]
) -> None:
    shift = {
        "journey_0": "Repair",
        "from_0": "Days",
        "to_0": "Hours",
        "measure_0": "48 hours",
        "by_0": "2027-06-30",
    }
    approved = {"approved_by": "the board", "approved_on": "2026-03-02"}
    desk.post(address("vision"), entered(team, **shift, **approved))
    kept = held()
    assert kept is not None
    assert (kept.journeys[0].measure, str(kept.journeys[0].by)) == ("48 hours", "2027-06-30")
    assert (kept.approved_by, str(kept.approved_on)) == ("the board", "2026-03-02")
    page = desk.get(address("vision")).content.decode()
    assert all(f'value="{word}"' in page for word in ("48 hours", "2027-06-30", "the board", "2026-03-02"))
    wrong = desk.post(address("vision"), entered(team, **(shift | {"by_0": "next summer"})))
    assert wrong.status_code == 422
    assert "Write a day as in 2027-06-30" in wrong.content.decode()


def test_every_text_is_kept_with_who_saved_it_and_when(desk: Client, team: dict[str, Executive]) -> None:
    for statement in ("A customer waits two days", "A customer waits one day"):
        desk.post(address("vision"), entered(team, statement=statement))
    page = desk.get(address("vision_history")).content.decode()
    assert page.index("A customer waits one day") < page.index("A customer waits two days")
    assert "Saved by Edda" in page
    assert "as it stands" in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FINANCE])
def test_a_viewer_reads_the_texts_and_changes_none(
    joined: Joined, desk: Client, team: dict[str, Executive], role: str
) -> None:
    desk.post(address("vision"), entered(team))
    client = client_of(joined("rita", role))
    assert "A customer tells a fault once" in client.get(address("vision_history")).content.decode()
    for place in (address("vision"), address("vision_check"), address("vision_look_all")):
        assert client.post(place, entered(team, statement="Mine")).status_code == 403
    assert VisionVersion.objects.count() == 1


@pytest.mark.parametrize("text", [*HOSTILE, "w" * 200_000])
def test_hostile_words_are_kept_as_words_in_form_history_and_brief(
    desk: Client, team: dict[str, Executive], text: str
) -> None:
    fields = dict.fromkeys(
        ("statement", "not_doing", "approved_by", "journey_0", "from_0", "to_0", "measure_0"), text
    )
    cfo = team["cfo"]
    assert (
        desk.post(address("vision"), entered(team, **fields, **{f"meaning_{cfo.pk}": text})).status_code
        == 302
    )
    kept = held()
    assert kept is not None
    assert kept.statement == text
    for place in (
        address("vision"),
        address("vision_history"),
        address("vision_document", key=cfo.key),
        address("vision_look_all"),
    ):
        page = desk.get(place)
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert "8</" not in page.content.decode() or text != HOSTILE[3]
    assert stated().vision == kept


def test_the_vision_brief_is_kept_as_it_was_seen_and_comes_in_four_formats(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    cfo = team["cfo"]
    desk.post(address("vision"), entered(team, **{f"meaning_{cfo.pk}": "Faults are counted to their end"}))
    look = desk.get(address("vision_look", key=cfo.key))
    assert "what Tomas Lindqvist would read" in look.content.decode()
    answer = desk.post(address("vision_look", key=cfo.key), {"seen": look.context["seen"]})
    row = Brief.objects.get()
    assert answer.headers["Location"] == address("brief", row=row.pk)
    assert (row.kind, row.executive) == (BriefKind.VISION, cfo)
    assert newest_for(editor, cfo) is None
    assert told_to(editor, cfo) == ()
    for name in ("html", "pdf", "xlsx"):
        assert desk.get(address("brief_file", row=row.pk, format_name=name)).status_code == 200
    document = desk.get(address("brief_document", row=row.pk)).content.decode()
    assert "Faults are counted to their end." in document
    assert not [word for word in CANARIES if word in document]
    late = desk.post(address("vision_look", key=cfo.key), {"seen": "something else"})
    assert late.status_code == 409


def test_without_a_vision_the_brief_leads_to_where_it_is_written(
    desk: Client, team: dict[str, Executive]
) -> None:
    assert desk.get(address("vision_look_all")).headers["Location"] == address("vision")
    assert desk.get(address("vision_document_all")).status_code == 404
    assert "No vision was written yet." in desk.get(address("vision_history")).content.decode()


def test_who_is_erased_stands_in_no_earlier_text(editor: Actor, team: dict[str, Executive]) -> None:
    cfo = team["cfo"]
    shift = JourneyShift(journey="Repair", from_="days", to="hours")
    vision = Vision(
        statement="A customer waits once", journeys=(shift,), meaning=((cfo.key, "canaryerased"),)
    )
    version = models.Workspace.objects.get(slug="northwind").version
    editor.workspace.refresh_from_db()
    state_vision(editor, seen_version=version, vision=vision)
    deeds.remove_executive(editor, cfo)
    assert "canaryerased" not in str(list(VisionVersion.objects.values_list("stated", flat=True)))


def test_the_goals_page_ties_goals_and_says_how_to_speak_to_a_motivator(
    desk: Client, editor: Actor, team: dict[str, Executive], joined: Joined
) -> None:
    cfo = team["cfo"]
    deeds.set_goal(editor, cfo, goal="Fewer leave <b>", metric="churn", target="13 %", due="2027-12-31")
    models.Motivator.objects.create(
        executive=cfo, author=editor.member, motivator="security", note="Asked twice"
    )
    page = desk.get(address("goals", key=cfo.key)).content.decode()
    assert "Fewer leave &lt;b&gt;" in page
    assert "The chance to reach it: not known." in page
    assert "Do not say" in page
    assert "Asked twice" in page
    stranger = client_of(joined("otto", Role.OWNER))
    assert stranger.get(address("goals", key=cfo.key)).status_code == 404
    themselves = client_of(joined("tomas", Role.OWNER, cfo))
    assert themselves.get(address("goals", key=cfo.key)).status_code == 404
