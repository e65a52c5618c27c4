"""Briefs on the desk: seen before they are kept, the same ever after, and without a word of any file."""

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_company import CANARIES, client_of, fill, home_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fulcrum import workflow
from fulcrum.core.errors import FulcrumError
from fulcrum.core.people import Level
from fulcrum.records import laid_out
from fulcrum.records.access import Actor, NotThere, Refused
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.actions import people
from fulcrum.records.actions.folder_in import import_folder
from fulcrum.records.actions.initiatives import state_assumptions
from fulcrum.records.actions.programme import note_win
from fulcrum.records.models import (
    Audit,
    Brief,
    Executive,
    Job,
    Motivator,
    Observation,
    OutsideMover,
    Reaction,
    Role,
    Standing,
)
from fulcrum.records.queries import briefs as queries
from fulcrum.records.standings import standing_of
from fulcrum.records.work import run_one

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))
from journey_documents import taken_apart

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]
SLUG = "northwind"
FORMATS = ("html", "pdf", "pptx", "xlsx")


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> dict[str, Executive]:
    home_in(settings, tmp_path)
    return fill(editor)


@pytest.fixture
def desk(editor: Actor, team: dict[str, Executive]) -> Client:
    return client_of(editor)


def address(name: str, **place: Any) -> str:
    return reverse(name, kwargs={"slug": SLUG, **place})


def keep(actor: Actor, executive: Executive | None) -> Brief:
    said = deeds.composed_for(actor, executive, None)
    return deeds.keep_brief(actor, executive, brief=said, run=None, seen=deeds.mark_of(said))


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_a_brief_is_kept_exactly_as_it_was_looked_at(desk: Client, team: dict[str, Executive]) -> None:
    place = address("brief_look", key=team["cfo"].key)
    shown = desk.get(place).content.decode()
    document = desk.get(address("brief_look_document", key=team["cfo"].key)).content
    kept = desk.post(place, {"seen": seen_in(shown)})
    brief = Brief.objects.get()
    assert kept.headers["Location"] == address("brief", row=brief.pk)
    assert desk.get(address("brief_document", row=brief.pk)).content == document


def test_what_changed_since_the_look_is_not_kept_but_shown_again(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    place = address("brief_look", key=team["cfo"].key)
    seen = seen_in(desk.get(place).content.decode())
    people.set_goal(editor, team["cfo"], goal="Lower the cost to serve", target="€54")
    answer = desk.post(place, {"seen": seen})
    assert answer.status_code == 409
    assert "not kept" in answer.content.decode()
    assert not Brief.objects.exists()
    assert desk.post(place, {"seen": seen_in(answer.content.decode())}).status_code == 302


def test_no_format_holds_a_word_of_any_file_nor_where_anybody_stands(
    editor: Actor, team: dict[str, Executive], tmp_path: Path
) -> None:
    told = standing_of(editor, team["cfo"])
    secrets = {*CANARIES, told.barrier.likeliest.value, *(level.label for level in Level)}
    for executive in (team["cfo"], None):
        brief = keep(editor, executive)
        for name in FORMATS:
            path = tmp_path / f"brief.{name}"
            path.write_bytes(deeds.document(brief, name))
            held = taken_apart(path).casefold()
            assert len(held) > 500
            found = {word for word in secrets if word.casefold() in re.sub(r"\s+", " ", held)}
            assert not found, (name, found)


def test_every_format_comes_out_the_same_each_time(editor: Actor, team: dict[str, Executive]) -> None:
    brief = keep(editor, team["cfo"])
    first = {name: deeds.document(brief, name) for name in FORMATS}
    for name in FORMATS:
        laid_out.place_of(brief, name).unlink()
        assert deeds.document(Brief.objects.get(), name) == first[name], name


def test_a_kept_brief_says_the_same_when_the_company_has_moved_on(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    brief = keep(editor, team["cfo"])
    before = desk.get(address("brief_document", row=brief.pk)).content
    people.set_goal(editor, team["cfo"], goal="Lower the cost to serve", target="€54")
    assert desk.get(address("brief_document", row=brief.pk)).content == before
    page = desk.get(address("brief_look", key=team["cfo"].key)).content.decode()
    assert "Since the last brief for them" in page
    assert "it was missing" in page


def test_files_have_names_that_say_for_whom_and_of_which_day(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    brief = keep(editor, None)
    answer = desk.get(address("brief_file", row=brief.pk, format_name="xlsx"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="northwind-board-2026-03-09.xlsx"'
    assert desk.get(address("brief_file", row=brief.pk, format_name="exe")).status_code == 404


def test_a_name_in_any_letters_makes_a_safe_file_name(editor: Actor, team: dict[str, Executive]) -> None:
    from fulcrum.web.brief_files import as_file

    odd = people.add_executive(editor, name='李 "x"', role="CFO")
    Executive.objects.filter(pk=odd.pk).update(key='../"evil"\u00e9')
    odd.refresh_from_db()
    header = as_file(keep(editor, odd), "pdf", b"").headers["Content-Disposition"]
    assert header == 'attachment; filename="northwind-evile-2026-03-09.pdf"'


def test_slides_are_laid_out_by_a_job_that_leads_back(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    brief = keep(editor, None)
    assert not deeds.is_at_hand(brief, "pptx")
    desk.post(address("brief_prepare", row=brief.pk, format_name="pptx"))
    assert run_one("w")
    job = Job.objects.get()
    assert job.result == {"url": address("brief", row=brief.pk)}
    assert deeds.is_at_hand(brief, "pptx")
    assert f"/briefs/{brief.pk}/file/pptx/" in desk.get(address("brief", row=brief.pk)).content.decode()


def test_a_brief_can_be_made_without_any_data_and_says_what_is_missing(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    page = desk.get(address("briefs")).content.decode()
    assert "There are no customer data yet" in page
    answer = desk.post(address("brief_choose"), {"for": team["cfo"].key})
    assert answer.headers["Location"] == address("brief_look", key=team["cfo"].key)
    assert not Job.objects.exists()


def test_data_that_were_not_read_are_read_first_by_a_job(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    editor.workspace.datasets.create(name="feedback.csv", size=1, sha256="0" * 64)
    answer = desk.post(address("brief_choose"), {"for": "board"})
    job = Job.objects.get()
    assert answer.headers["Location"] == address("job", key=job.pk)
    assert (job.kind, job.arguments) == ("brief", {"executive": ""})
    assert desk.get(address("brief_look", key="board")).status_code == 404


def test_a_brief_for_somebody_whose_file_is_closed_is_not_there(
    joined: Joined, team: dict[str, Executive]
) -> None:
    other = joined("eric")
    client, key = client_of(other), team["cfo"].key
    assert client.get(address("brief_look", key=key)).status_code == 404
    assert client.post(address("brief_look", key=key), {"seen": ""}).status_code == 404
    assert client.get(address("brief_look_document", key=key)).status_code == 404
    assert client.post(address("brief_choose"), {"for": key}).status_code == 404
    assert "Lindqvist" not in client.get(address("brief_choose")).content.decode()
    with pytest.raises(NotThere):
        deeds.composed_for(other, team["cfo"], None)
    assert client.get(address("brief_look", key="board")).status_code == 200


@pytest.mark.parametrize("role", [Role.FINANCE, Role.VIEWER])
def test_who_only_reads_sees_briefs_and_makes_none(
    joined: Joined, editor: Actor, team: dict[str, Executive], role: str
) -> None:
    brief, reader = keep(editor, team["cfo"]), joined("rita", role)
    client = client_of(reader)
    for name in ("brief", "brief_document"):
        assert client.get(address(name, row=brief.pk)).status_code == 200
    assert client.get(address("brief_file", row=brief.pk, format_name="xlsx")).status_code == 200
    assert client.get(address("briefs")).status_code == 200
    page = client.get(address("brief", row=brief.pk)).content.decode()
    assert "Make a link" not in page
    assert client.get(address("brief_look", key="board")).status_code == 403
    assert client.post(address("brief_share", row=brief.pk), {"days": "7"}).status_code == 403
    with pytest.raises(Refused):
        deeds.share(reader, brief, days=7)


def test_the_executive_may_read_their_own_brief_and_not_look_at_the_next(
    joined: Joined, editor: Actor, team: dict[str, Executive]
) -> None:
    brief, tomas = keep(editor, team["cfo"]), joined("tomas", Role.EDITOR, team["cfo"])
    client = client_of(tomas)
    assert client.get(address("brief_document", row=brief.pk)).status_code == 200
    assert client.get(address("brief_look", key=team["cfo"].key)).status_code == 404


def test_a_brief_of_another_workspace_is_not_there(
    desk: Client, editor: Actor, team: dict[str, Executive], django_user_model: Any
) -> None:
    from fulcrum.records.actions.workspace import start_workspace

    stranger = start_workspace(
        django_user_model.objects.create_user("x", "x@x.example"),
        name="Other",
        industry="telecom",
        currency="EUR",
    )
    kept = keep(stranger, None)
    for name in ("brief", "brief_document"):
        assert desk.get(address(name, row=kept.pk)).status_code == 404


def test_the_documents_own_policy_allows_its_style_sheet_and_nothing_else(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    brief = keep(editor, None)
    answer = desk.get(address("brief_document", row=brief.pk))
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert re.search(r"style-src 'sha256-[\w+/=]+';", policy)
    assert "sandbox" in policy
    page = desk.get(address("brief", row=brief.pk))
    assert "sha256-" not in page.headers["Content-Security-Policy"]
    assert 'sandbox=""' in page.content.decode()


def test_keeping_and_sharing_leave_a_line_and_make_no_standing_stale(
    editor: Actor, team: dict[str, Executive]
) -> None:
    standing_of(editor, team["cfo"])
    told = Standing.objects.get(executive=team["cfo"]).rests_on
    brief = keep(editor, team["cfo"])
    deeds.share(editor, brief, days=1)
    standing_of(editor, team["cfo"])
    assert Standing.objects.get(executive=team["cfo"]).rests_on == told
    lines = Audit.objects.filter(action__startswith="brief.")
    assert {one.action for one in lines} == {"brief.keep", "brief.share"}
    assert {one.executive for one in lines} == {team["cfo"]}


def test_a_brief_of_another_version_says_so_and_keeps_the_files_it_had(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    brief = keep(editor, None)
    had = deeds.document(brief, "xlsx")
    path = laid_out.place_of(brief, "xlsx")
    Brief.objects.update(composed={"of": "another version"})
    brief.refresh_from_db()
    path.rename(laid_out.place_of(brief, "xlsx"))
    page = desk.get(address("brief", row=brief.pk))
    assert "Kept by another version" in page.content.decode()
    assert desk.get(address("brief_file", row=brief.pk, format_name="xlsx")).content == had
    assert desk.get(address("brief_file", row=brief.pk, format_name="pdf")).status_code == 400
    with pytest.raises(FulcrumError):
        deeds.document(brief, "pdf")


def test_the_list_can_be_narrowed_to_one_reader(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    keep(editor, None)
    keep(editor, team["cfo"])
    narrowed = desk.get(address("briefs"), {"for": "board"}).content.decode()
    assert narrowed.count('<tr><th scope="row">') == 1
    assert queries.briefs_of(editor).first().executive == team["cfo"]  # type: ignore[union-attr]


def test_changes_name_what_a_reader_would_notice(editor: Actor, team: dict[str, Executive]) -> None:
    before = deeds.composed_for(editor, team["cfo"], None)
    people.set_goal(editor, team["cfo"], goal="Lower the cost to serve", target="€54")
    now = deeds.composed_for(editor, team["cfo"], None)
    assert queries.changes(before, before) == ()
    assert queries.Change(what="Your goal", before="it was missing", now="") in queries.changes(before, now)
    assert timedelta(0) == now.as_of - before.as_of


def test_a_brief_that_is_erased_with_its_reader_leaves_no_file(
    editor: Actor, team: dict[str, Executive], django_capture_on_commit_callbacks: Any
) -> None:
    brief, other = keep(editor, team["cfo"]), keep(editor, None)
    for one in (brief, other):
        deeds.document(one, "html")
    gone, stays = laid_out.place_of(brief, "html"), laid_out.place_of(other, "html")
    with django_capture_on_commit_callbacks(execute=True):
        people.remove_executive(editor, team["cfo"])
    assert not gone.exists()
    assert stays.exists()


@pytest.mark.slow
def test_a_brief_on_real_findings_is_read_first_and_holds_no_word_of_any_file(
    editor: Actor, settings: Any, tmp_path: Path
) -> None:
    home_in(settings, tmp_path)
    workflow.simulate(tmp_path / "tidewater", customers=3_000)
    actor = import_folder(editor.member.user, tmp_path / "tidewater").actor
    client, place = client_of(actor), f"/w/{actor.workspace.slug}/briefs/"
    assert "They are read first" in client.get(place + "make/").content.decode()
    asked = client.post(place + "make/", {"for": "coo"})
    assert "/jobs/" in asked.headers["Location"]
    assert run_one("w")
    assert Job.objects.get().result["url"] == place + "look/coo/"  # type: ignore[index]
    seen = seen_in(client.get(place + "look/coo/").content.decode())
    assert client.post(place + "look/coo/", {"seen": seen}).status_code == 302
    assert "which still say what the data say" in client.get(place + "make/").content.decode()
    noted = {row.note for row in Observation.objects.all()} | {row.note for row in Reaction.objects.all()}
    noted |= {row.motivator for row in Motivator.objects.all()} | {
        row.note for row in OutsideMover.objects.all()
    }
    secrets = {text for text in noted if text} | {f"{level.value} · {level.label}" for level in Level}
    brief = Brief.objects.get()
    for name in FORMATS:
        path = tmp_path / f"brief.{name}"
        path.write_bytes(deeds.document(brief, name))
        held = taken_apart(path)
        assert "€" in held
        assert not {text for text in secrets if text in held}
    note_win(actor, date=brief.as_of, win="Depots ring back", value="300 calls fewer")
    state_assumptions(actor, actor.workspace.initiatives.first(), seen_version=1, stated={"reach": 900})
    page = client.get(place + "make/").content.decode()
    assert "What the company states changed since" in page
    as_read = client.post(place + "make/", {"for": "coo", "findings": "as read"})
    assert as_read.headers["Location"] == place + "look/coo/"


def test_the_list_takes_as_many_queries_for_many_briefs_as_for_few(
    desk: Client, editor: Actor, team: dict[str, Executive]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            assert desk.get(address("briefs")).status_code == 200
        return len(queries_made)

    first = keep(editor, team["cfo"])
    few = asked()
    for _ in range(30):
        first.pk = None
        first.save()
    assert asked() == few


def test_nobody_chosen_is_said_beside_the_choice(desk: Client) -> None:
    answer = desk.post(address("brief_choose"), {})
    assert answer.status_code == 422
    assert 'id="wrong-for"' in answer.content.decode()
