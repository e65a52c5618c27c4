"""What is due on the desk: one line after each move, and the notices of each member."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from desk_company import client_of
from django.test import Client

from fulcrum.records.access import Actor
from fulcrum.records.actions import file
from fulcrum.records.actions import notices as deeds
from fulcrum.records.models import (
    Audit,
    Channel,
    Executive,
    Message,
    Move,
    Observation,
    Reader,
    Role,
    Subscription,
)

pytestmark = pytest.mark.django_db
HERE = "/w/northwind/"
SETTINGS = f"{HERE}settings/notices/"


@pytest.fixture
def vera(editor: Actor) -> Executive:
    """An executive whose file is open to the editor."""
    found = Executive.objects.create(
        workspace=editor.workspace, key="vera", name="Vera Vance", role="COO", is_sponsor=True
    )
    Reader.objects.create(executive=found, member=editor.member)
    return found


@pytest.fixture
def move(editor: Actor, vera: Executive) -> Move:
    """A lever that was pulled twelve days ago, and nothing noted since."""
    day = editor.workspace.today - timedelta(days=12)
    return file.record_move(editor, vera, lever="empathy", date=day)


def asks_of(client: Client) -> bool:
    """Whether the page asks what was seen, as the week's page does."""
    whole = client.get(f"{HERE}due/").content.decode()
    part = client.get(f"{HERE}due/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    week = client.get(HERE).content.decode()
    assert f'hx-get="{HERE}due/"' in week
    assert ("what did you see since?" in whole) == ("what did you see since?" in part)
    return "what did you see since?" in whole


def test_a_move_asks_until_something_was_noted(editor: Actor, vera: Executive, move: Move) -> None:
    client = client_of(editor)
    assert asks_of(client)
    entered = {"anchor": "model:4", "note": "Answered calls in the contact centre for a morning."}
    answer = client.post(f"{HERE}due/vera/seen/{move.pk}/", entered)
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}due/")
    seen = Observation.objects.get()
    assert (seen.behaviour, seen.anchor, seen.source, seen.note) == ("model", 4, "seen", entered["note"])
    assert seen.date == editor.workspace.today
    assert not asks_of(client)


def test_nothing_to_see_is_an_answer_too_and_is_kept(editor: Actor, move: Move) -> None:
    client = client_of(editor)
    answer = client.post(f"{HERE}due/vera/nothing/{move.pk}/", headers={"HX-Request": "true"})
    assert "not asked again" in answer.content.decode()
    assert Move.objects.get().nothing_seen_on == editor.workspace.today
    assert Observation.objects.count() == 0
    assert not asks_of(client)
    assert Audit.objects.filter(action="move.change").exists()


def test_an_answer_without_an_anchor_is_asked_for_again(editor: Actor, move: Move) -> None:
    for said in ("", "model", "model:9", "nonsense:4"):
        answer = client_of(editor).post(f"{HERE}due/vera/seen/{move.pk}/", {"anchor": said})
        assert answer.status_code == 422, said
        assert f'id="wrong-{move.pk}"' in answer.content.decode()
        part = client_of(editor).post(
            f"{HERE}due/vera/seen/{move.pk}/",
            {"anchor": said, "note": "Took three calls"},
            headers={"HX-Request": "true"},
        )
        assert "Took three calls" in part.content.decode(), "what was typed is not lost"
        assert part.status_code == 200, "htmx shows no answer that is an error"
        assert f'id="wrong-{move.pk}"' in part.content.decode()
        assert "<html" not in part.content.decode()
    assert Observation.objects.count() == 0


def test_who_is_not_named_sees_nothing_due_and_cannot_answer(
    joined: Callable[..., Actor], vera: Executive, move: Move
) -> None:
    other = client_of(joined("otto", Role.EDITOR))
    page = other.get(f"{HERE}due/").content.decode()
    assert "Vera" not in page
    assert "you are not named for them" in page
    for way in ("seen", "nothing"):
        assert other.post(f"{HERE}due/vera/{way}/{move.pk}/", {"anchor": "model:4"}).status_code == 404
    assert Observation.objects.count() == 0


def test_a_viewer_reads_what_is_due_and_answers_nothing(
    joined: Callable[..., Actor], vera: Executive, move: Move
) -> None:
    viewer = joined("vic", Role.VIEWER)
    Reader.objects.create(executive=vera, member=viewer.member)
    client = client_of(viewer)
    assert asks_of(client)
    assert "<select" not in client.get(f"{HERE}due/").content.decode()
    assert client.post(f"{HERE}due/vera/nothing/{move.pk}/").status_code == 403


def test_an_ask_past_its_day_leads_to_its_outcome(editor: Actor, vera: Executive) -> None:
    today = editor.workspace.today
    ask = file.put_ask(
        editor, vera, step="Own", asked_on=today - timedelta(days=9), due=today - timedelta(days=1)
    )
    page = client_of(editor).get(f"{HERE}due/").content.decode()
    assert f"{HERE}executives/vera/ask/{ask.pk}/" in page


def test_an_empty_desk_says_what_will_stand_there(editor: Actor) -> None:
    assert "Nothing is due" in client_of(editor).get(f"{HERE}due/").content.decode()


def test_a_member_sets_up_notices_and_sees_what_was_sent(editor: Actor) -> None:
    client = client_of(editor)
    assert client.post(f"{SETTINGS}email/", {"comes": ["digest", "alerts"]}).status_code == 302
    assert (
        client.post(f"{SETTINGS}slack/", {"address": "http://inside/", "comes": ["digest"]}).status_code
        == 422
    )
    secret = "https://hooks.slack.com/services/T0/B0/secret"
    assert client.post(f"{SETTINGS}slack/", {"address": secret, "comes": ["digest"]}).status_code == 302
    assert client.post(f"{SETTINGS}slack/", {"address": "", "comes": []}).status_code == 302
    row = Channel.objects.get(kind="slack")
    assert (row.address, row.wants_digest) == (secret, False)
    times = {
        "weekday": "Friday",
        "digest_at": "16:30",
        "time_zone": "Asia/Kolkata",
        "quiet_from": "",
        "quiet_until": "",
    }
    assert client.post(f"{SETTINGS}times/", times).status_code == 302
    assert client.post(f"{SETTINGS}email/test/").status_code == 302
    Message.objects.update(state="given up", said="The mail server refused it for good (550).")
    Channel.objects.filter(kind="email").update(failed="The mail server refused it for good (550).")
    page = client.get(SETTINGS).content.decode()
    for said in ("Friday, 16:30", "Asia/Kolkata", "Given up", "refused it for good", "digest and alerts"):
        assert said in page
    assert client.post(f"{SETTINGS}email/end/").status_code == 302
    assert Channel.objects.count() == 1


def test_a_calendar_address_is_shown_once(editor: Actor) -> None:
    client = client_of(editor)
    made = client.post(f"{SETTINGS}calendar/make/").content.decode()
    assert "/n/calendar/" in made
    assert "/n/calendar/" not in client.get(SETTINGS).content.decode()
    assert client.post(f"{SETTINGS}calendar/end/").status_code == 302
    assert Subscription.objects.get().calendar_sha256 == ""


def test_somebody_else_changed_times_is_said(editor: Actor) -> None:
    deeds.set_channel(editor, "email", wants_digest=True, wants_alerts=False)
    client = client_of(editor)
    times = {"weekday": "Friday", "digest_at": "16:30", "time_zone": "UTC"}
    assert client.post(f"{SETTINGS}times/", times | {"version": "1"}).status_code == 302
    assert client.post(f"{SETTINGS}times/", times | {"version": "1"}).status_code == 409


def test_an_executive_is_told_that_there_are_none_for_them(
    joined: Callable[..., Actor], vera: Executive
) -> None:
    themselves = client_of(joined("vera", Role.OWNER, vera))
    assert "None for you" in themselves.get(SETTINGS).content.decode()
    assert themselves.post(f"{SETTINGS}email/", {"comes": ["digest"]}).status_code == 403
    assert Subscription.objects.count() == 0


def test_the_stop_page_asks_before_it_ends_anything(editor: Actor, client: Client, settings: Any) -> None:
    settings.FULCRUM_OPEN = True
    row = deeds.set_channel(editor, "email", wants_digest=True, wants_alerts=True)
    page = client.get(f"/n/{row.stop_token}/").content.decode()
    assert 'method="post"' in page
    assert Channel.objects.get().wants_digest
    strict = Client(enforce_csrf_checks=True)
    assert "No more notices come by mail" in strict.post(f"/n/{row.stop_token}/").content.decode()
    assert not Channel.objects.get().wants_digest
    assert Audit.objects.filter(action="notices.stop").count() == 1


@pytest.mark.parametrize("odd", ["\0", "%FF%FE", "a" * 3000, "..", "<script>", "%F0%9F%92%A9"])
def test_odd_tokens_and_ways_open_nothing(editor: Actor, client: Client, odd: str) -> None:
    for address in (f"/n/{odd}/", f"/n/calendar/{odd}.ics", f"/n/calendar/{odd}/"):
        assert client.get(address).status_code in {200, 404}, address
        assert client.post(address).status_code in {404, 405}, address
    known = client_of(editor)
    for address in (
        f"{SETTINGS}{odd}/",
        f"{SETTINGS}{odd}/test/",
        f"{SETTINGS}{odd}/end/",
        f"{HERE}due/{odd}/seen/1/",
    ):
        assert known.post(address, {"comes": ["digest"]}).status_code in {302, 404, 405}, address
    assert Channel.objects.count() == 0
