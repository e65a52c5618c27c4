"""The progress page: what is on record is shown; whose file is closed is left out, and that is said."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_company import CANARIES, DAY, client_of, fill, home_in

from fulcrum.core.company import AskStatus
from fulcrum.core.people import Level
from fulcrum.records.access import Actor
from fulcrum.records.actions import programme
from fulcrum.records.models import Executive

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]
PLACE = "/w/northwind/progress/"


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> dict[str, Executive]:
    home_in(settings, tmp_path)
    return fill(editor)


def said(actor: Actor, query: str = "") -> str:
    answer = client_of(actor).get(PLACE + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_desk_says_what_would_stand_here(editor: Actor, settings: Any, tmp_path: Path) -> None:
    home_in(settings, tmp_path)
    page = said(editor)
    for words in ("No belief yet", "No series yet", "none came due", "No payment is on record"):
        assert words in page


def test_what_is_on_record_is_shown_for_its_time(editor: Actor, team: dict[str, Executive]) -> None:
    programme.note_win(editor, date=DAY, win="Depots ring back", proof="The log", thanks="night shift")
    programme.note_win(editor, date=DAY - timedelta(days=60), win="An older one")
    programme.note_decision(editor, date=DAY, decision="No third depot", kind="stop", why="Two tell enough")
    programme.note_risk(editor, date=DAY, risk="Winter", trigger="Faults above 900", trend="rising")
    programme.note_promise(
        editor, promise="First figures", made_on=DAY - timedelta(days=9), due=DAY - timedelta(days=1)
    )
    page = said(editor, "?since=month")
    for words in ("Depots ring back", "Proof: The log</p><p>Thanks to night shift", "No third depot (stop)"):
        assert words in page
    assert "Faults above 900" in page
    assert "An older one" not in page
    assert "An older one" in said(editor, "?since=quarter")
    assert "One of our own promises is overdue" in page


def test_whose_file_is_closed_is_in_no_count_and_the_page_says_so(
    editor: Actor, team: dict[str, Executive], joined: Joined
) -> None:
    team["cfo"].asks.update(status=AskStatus.DONE.value, closed_on=DAY)
    assert "Tomas Lindqvist" in said(editor)
    closed = said(joined("vera", "viewer"))
    assert "Tomas Lindqvist" not in closed
    assert "2 executives are left out" in closed or "No belief yet" in closed


@pytest.mark.parametrize("query", ["?since=<script>", "?since=month&since=9", "?since=" + "x" * 5000])
def test_a_time_that_is_none_shows_a_quarter(editor: Actor, team: dict[str, Executive], query: str) -> None:
    page = said(editor, query)
    assert "<script>" not in page
    assert 'aria-current="page">Since' in page


def test_the_confidence_brief_is_kept_as_it_was_seen(editor: Actor, team: dict[str, Executive]) -> None:
    programme.note_promise(
        editor,
        promise="First figures",
        made_on=DAY - timedelta(days=9),
        due=DAY - timedelta(days=1),
        to="CFO",
    )
    desk, place = client_of(editor), "/w/northwind/briefs/confidence/quarter/"
    for key in ("board", team["cfo"].key):
        look = desk.get(f"{place}{key}/")
        assert "have not kept it" in desk.get(f"{place}{key}/document.html").content.decode()
        kept = desk.post(f"{place}{key}/", {"seen": look.context["seen"]})
        assert kept.status_code == 302
        document = desk.get(f"{kept.headers['Location']}document.html")
        assert "promised first figures" in document.content.decode()
    assert desk.post(f"{place}board/", {"seen": "something else"}).status_code == 409
    assert desk.get("/w/northwind/briefs/confidence/decade/board/").status_code == 404


def test_nothing_that_is_believed_is_in_a_confidence_brief(editor: Actor, team: dict[str, Executive]) -> None:
    place = f"/w/northwind/briefs/confidence/month/{team['cfo'].key}/document.html"
    page = client_of(editor).get(place).content.decode()
    assert not any(word in page for word in CANARIES)
    assert not any(level.label in page for level in Level)
