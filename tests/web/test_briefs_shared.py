"""A brief by a link: that brief for whoever has it, until it ends, and nothing else."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_company import client_of, fill, home_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fulcrum.records.access import Actor, Refused
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.actions import members
from fulcrum.records.models import Audit, Brief, ShareLink

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]


@pytest.fixture
def brief(editor: Actor, settings: Any, tmp_path: Path) -> Brief:
    home_in(settings, tmp_path)
    executive = fill(editor)["cfo"]
    said = deeds.composed_for(editor, executive, None)
    return deeds.keep_brief(editor, executive, brief=said, run=None, seen=deeds.mark_of(said))


@pytest.fixture
def guest() -> Client:
    return Client(REMOTE_ADDR="198.51.100.9")


def link_to(token: str, name: str = "shared_brief", **more: str) -> str:
    return reverse(name, kwargs={"token": token, **more})


def test_the_link_is_shown_once_and_only_its_hash_is_kept(editor: Actor, brief: Brief, guest: Client) -> None:
    client = client_of(editor)
    place = reverse("brief_share", kwargs={"slug": "northwind", "row": brief.pk})
    answer = client.post(place, {"days": "7"})
    assert answer.status_code == 201
    address = answer.context["made_link"]
    token = address.rstrip("/").rpartition("/")[2]
    assert len(token) == 43
    assert address.startswith("http://testserver/b/")
    link = ShareLink.objects.get()
    assert token not in repr(vars(link))
    assert link.expires_at - timezone.now() < timedelta(days=7)
    page = client.get(reverse("brief", kwargs={"slug": "northwind", "row": brief.pk})).content.decode()
    assert token not in page
    assert guest.get(link_to(token)).status_code == 200
    assert Audit.objects.filter(action="brief.share").count() == 1
    assert token not in Audit.objects.get(action="brief.share").said


def test_a_guest_sees_that_brief_and_its_files_and_no_way_further(
    editor: Actor, brief: Brief, guest: Client
) -> None:
    _, token = deeds.share(editor, brief, days=1)
    page = guest.get(link_to(token))
    text = page.content.decode()
    assert "/w/" not in text
    assert all(to.startswith((f"/b/{token}/", "/static/")) for to in _links(text))
    assert len(_links(text)) >= 7
    for name in ("html", "pdf", "xlsx", "pptx"):
        held = guest.get(link_to(token, "shared_file", format_name=name))
        assert held.content == deeds.document(brief, name)
    document = guest.get(link_to(token, "shared_document"))
    assert document.content == deeds.document(brief, "html")
    for answer in (page, document, held):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies
    assert guest.get(link_to(token, "shared_file", format_name="exe")).status_code == 404
    assert guest.get("/w/northwind/briefs/").status_code == 302
    assert guest.post(link_to(token)).status_code == 405


def _links(text: str) -> list[str]:
    return re.findall(r'(?:href|src)="([^"]*)"', text)


def test_openings_are_counted_and_dated(editor: Actor, brief: Brief, guest: Client) -> None:
    link, token = deeds.share(editor, brief, days=1)
    guest.get(link_to(token))
    guest.get(link_to(token))
    guest.head(link_to(token))
    guest.get(link_to(token, "shared_document"))
    link.refresh_from_db()
    assert link.opened == 2
    assert link.last_opened_at is not None


def test_unknown_expired_and_closed_links_answer_alike(
    editor: Actor, brief: Brief, guest: Client, joined: Joined
) -> None:
    late, expired = deeds.share(editor, brief, days=1)
    ShareLink.objects.filter(pk=late.pk).update(expires_at=timezone.now())
    shut, closed = deeds.share(editor, brief, days=30)
    client = client_of(editor)
    place = reverse("brief_close_link", kwargs={"slug": "northwind", "row": brief.pk, "link": shut.pk})
    assert client.post(place).status_code == 302
    answers = []
    for token in ("A" * 43, "x", expired, closed):
        for name, more in (
            ("shared_brief", {}),
            ("shared_document", {}),
            ("shared_file", {"format_name": "pdf"}),
        ):
            with CaptureQueriesContext(connection) as asked:
                answer = guest.get(link_to(token, name, **more))
            answers.append((answer.status_code, answer.content, len(asked), dict(answer.headers)))
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)
    assert b"Ask the person who sent it" in answers[0][1]
    assert ShareLink.objects.filter(opened__gt=0).count() == 0


def test_the_links_of_a_member_who_left_are_closed(
    owner: Actor, editor: Actor, brief: Brief, guest: Client
) -> None:
    _, theirs = deeds.share(editor, brief, days=30)
    _, another = deeds.share(owner, brief, days=30)
    members.end_membership(owner, editor.member)
    assert guest.get(link_to(theirs)).status_code == 404
    assert guest.get(link_to(another)).status_code == 200


def test_a_link_is_closed_by_who_may_write_and_only_for_its_own_brief(
    editor: Actor, brief: Brief, joined: Joined
) -> None:
    link, token = deeds.share(editor, brief, days=30)
    viewer = joined("vera", "viewer")
    place = reverse("brief_close_link", kwargs={"slug": "northwind", "row": brief.pk, "link": link.pk})
    assert client_of(viewer).post(place).status_code == 403
    with pytest.raises(Refused):
        deeds.close_link(viewer, link)
    other = reverse("brief_close_link", kwargs={"slug": "northwind", "row": brief.pk, "link": link.pk + 1})
    assert client_of(editor).post(other).status_code == 404
    assert deeds.shared(token, is_opening=False) == brief
    deeds.close_link(editor, link)
    assert deeds.shared(token, is_opening=False) is None


@pytest.mark.parametrize("days", ["0", "2", "365", "", "-1", "seven"])
def test_a_link_is_open_for_one_of_three_spans_only(editor: Actor, brief: Brief, days: str) -> None:
    place = reverse("brief_share", kwargs={"slug": "northwind", "row": brief.pk})
    assert client_of(editor).post(place, {"days": days}).status_code == 403
    assert not ShareLink.objects.exists()
