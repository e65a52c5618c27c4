"""Private notes on the desk: for their author and those named, changed and taken back by the author alone."""

from collections.abc import Callable
from typing import Any

import pytest
from desk_company import client_of
from django.test import Client

from fulcrum.records.access import Actor
from fulcrum.records.actions import people
from fulcrum.records.models import Audit, Executive, PrivateNote

pytestmark = pytest.mark.django_db
BASE = "/w/northwind/executives/cfo/private/"


@pytest.fixture
def me(editor: Actor) -> Client:
    people.add_executive(editor, name="Tomas Lindqvist", role="CFO", key="cfo")
    return client_of(editor)


@pytest.fixture
def friend(joined: Callable[..., Actor]) -> Actor:
    return joined("fay")


def write(me: Client, text: str, *named: Actor) -> PrivateNote:
    entered = {"note": text, "named": [str(one.member.pk) for one in named]}
    assert me.post(f"{BASE}write/", entered).status_code == 302
    found: PrivateNote = PrivateNote.objects.latest("pk")
    return found


def change(me: Client, note: PrivateNote, text: str, version: int, *named: Actor) -> Any:
    entered = {"note": text, "version": version, "named": [str(one.member.pk) for one in named]}
    return me.post(f"{BASE}{note.pk}/change/", entered)


def test_who_wrote_a_note_is_led_to_it_and_may_change_what_it_says(me: Client, friend: Actor) -> None:
    note = write(me, "He said no", friend)
    page = me.get(f"{BASE}{note.pk}/").content.decode()
    assert "He said no" in page
    assert "Take back" in page
    form = me.get(f"{BASE}{note.pk}/change/").content.decode()
    assert "He said no" in form
    assert f'value="{friend.member.pk}" checked' in form
    assert change(me, note, "He said not yet", note.version, friend).status_code == 302
    assert "He said not yet" in client_of(friend).get(f"{BASE}{note.pk}/").content.decode()


def test_who_is_no_longer_named_reads_it_no_more(me: Client, friend: Actor) -> None:
    note = write(me, "Between us", friend)
    assert change(me, note, "For myself", note.version).status_code == 302
    assert client_of(friend).get(f"{BASE}{note.pk}/").status_code == 404


def test_who_is_named_for_a_note_alone_finds_it_on_the_list(me: Client, friend: Actor, owner: Actor) -> None:
    note = write(me, "Between us", friend)
    assert f"{BASE}{note.pk}/" in client_of(friend).get("/w/northwind/executives/").content.decode()
    assert f"{BASE}{note.pk}/" not in client_of(owner).get("/w/northwind/executives/").content.decode()


def test_only_the_author_changes_it_and_takes_it_back(me: Client, friend: Actor, owner: Actor) -> None:
    note = write(me, "Between us", friend)
    for other in (friend, owner):
        theirs = client_of(other)
        assert theirs.get(f"{BASE}{note.pk}/change/").status_code in (403, 404)
        assert change(theirs, note, "Mine", note.version).status_code in (403, 404)
        assert theirs.post(f"{BASE}{note.pk}/back/").status_code in (403, 404)
    note.refresh_from_db()
    assert (note.note, note.taken_back_at) == ("Between us", None)


def test_what_was_taken_back_is_the_authors_alone_until_it_is_put_back(me: Client, friend: Actor) -> None:
    note, theirs = write(me, "Between us", friend), client_of(friend)
    assert me.post(f"{BASE}{note.pk}/back/").status_code == 302
    assert theirs.get(f"{BASE}{note.pk}/").status_code == 404
    assert "by Edda, taken back" in me.get("/w/northwind/executives/cfo/").content.decode()
    page = me.get(f"{BASE}{note.pk}/").content.decode()
    assert "Put back" in page
    assert "/change/" not in page
    assert me.post(f"{BASE}{note.pk}/back/").status_code == 302
    assert theirs.get(f"{BASE}{note.pk}/").status_code == 200


def test_a_note_changed_in_another_window_is_shown_and_not_lost(me: Client) -> None:
    note = write(me, "First")
    assert change(me, note, "Second", note.version).status_code == 302
    answer = change(me, note, "Third", note.version)
    assert answer.status_code == 409
    assert "Second" in answer.content.decode()
    assert "Third" in answer.content.decode()
    note.refresh_from_db()
    assert note.note == "Second"


def test_an_empty_note_is_refused_and_the_earlier_text_stays(me: Client) -> None:
    note = write(me, "First")
    assert change(me, note, "   ", note.version).status_code == 422
    note.refresh_from_db()
    assert note.note == "First"


def test_each_look_and_each_change_leaves_a_line_without_the_text(me: Client) -> None:
    note = write(me, "CANARY")
    me.get(f"{BASE}{note.pk}/")
    me.get(f"{BASE}{note.pk}/change/")
    change(me, note, "CANARY two", note.version)
    me.post(f"{BASE}{note.pk}/back/")
    lines = Audit.objects.filter(note=note).order_by("pk")
    said = ["note.write", "note.read", "note.read", "note.change", "privatenote.took_back"]
    assert [one.action for one in lines] == said
    assert not any("CANARY" in one.said for one in lines)
    assert Executive.objects.get(key="cfo").name in lines[3].said
