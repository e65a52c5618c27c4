"""The pulse by a link, and the pages of alignment: what each tells, and what none may tell."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fulcrum.records.access import Actor
from fulcrum.records.actions import people, programme, pulses
from fulcrum.records.models import Executive, Mechanism, PulseAnswer, PulseRound, Role

pytestmark = pytest.mark.django_db
ROLES = ("CEO", "CFO", "COO", "CMO", "CIO", "CHRO")
WORDS = "CANARY-own-words"


@pytest.fixture
def client_of(settings: Any) -> Any:
    settings.FULCRUM_OPEN = True

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.member.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def round(owner: Actor) -> tuple[PulseRound, dict[str, str]]:
    for role in ROLES:
        people.add_executive(owner, name=f"Name {role}", role=role, key=role.lower())
    opened, links = pulses.open_round(
        owner,
        executives=list(Executive.objects.all()),
        closes_on=owner.workspace.today + timedelta(days=14),
        priorities=pulses.PRIORITIES,
    )
    return opened, {executive.key: token for executive, token in links}


def send(token: str, **sheet: str) -> Any:
    return Client().post(f"/p/{token}/", sheet)


def test_a_guest_answers_without_account_and_script(round: Any, settings: Any) -> None:
    settings.FULCRUM_OPEN = True
    _, tokens = round
    page = Client(enforce_csrf_checks=True).get(f"/p/{tokens['coo']}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script" not in text
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "at least 5 people besides the chief executive" in text
    assert "You are the chief executive" not in text
    assert "You are the chief executive" in Client().get(f"/p/{tokens['ceo']}/").content.decode()
    kept = send(tokens["coo"], who_leads="nobody", rank_1="customers", rank_2="cost", success_would_be=WORDS)
    assert (kept.status_code, kept.headers["Location"]) == (302, f"/p/{tokens['coo']}/thanks/")
    assert PulseAnswer.objects.filter(respondent="coo").count() == 4
    again = Client().get(f"/p/{tokens['coo']}/").content.decode()
    assert "Sending again replaces all of it" in again
    assert WORDS not in again
    assert "checked" not in again


def test_a_gap_in_the_ranking_is_told_beside_the_place_and_keeps_what_was_entered(round: Any) -> None:
    _, tokens = round
    page = send(tokens["coo"], rank_1="customers", rank_3="cost", vision_in_own_words=WORDS)
    text = page.content.decode()
    assert page.status_code == 422
    assert re.search(r'id="rank_2"[^>]*aria-describedby="wrong-rank_2" autofocus', text)
    assert "Fill place 2" in text
    assert WORDS in text


def test_a_link_that_is_over_says_so_and_one_that_nobody_has_says_less(round: Any) -> None:
    _, tokens = round
    PulseRound.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    over = Client().get(f"/p/{tokens['coo']}/")
    assert (over.status_code, "This pulse is over" in over.content.decode()) == (410, True)
    assert send(tokens["coo"], who_leads="nobody").status_code == 410
    nowhere = Client().get(f"/p/{'x' * 43}/")
    assert nowhere.status_code == 404
    assert "Northwind" not in nowhere.content.decode()


def test_the_round_shows_links_once_and_who_answered_but_never_what(
    owner: Actor, round: Any, client_of: Any
) -> None:
    opened, tokens = round
    send(tokens["coo"], who_leads="nobody", success_would_be=WORDS)
    client = client_of(owner)
    page = client.get(f"/w/northwind/alignment/pulses/{opened.pk}/").content.decode()
    assert "1 of 6 answered" in page
    assert not any(token in page for token in tokens.values())
    assert WORDS not in page
    invited = opened.invitations.get(executive__key="cfo")
    made = client.post(f"/w/northwind/alignment/pulses/{opened.pk}/asked/{invited.pk}/")
    text = made.content.decode()
    assert made.status_code == 201
    assert "Reminder: one minute" in text
    assert "mailto:?subject=Reminder" in text
    assert WORDS not in client.get("/w/northwind/alignment/").content.decode()


def test_alignment_shows_totals_when_the_round_is_over(
    owner: Actor, round: Any, client_of: Any, joined: Any
) -> None:
    opened, tokens = round
    for who, token in tokens.items():
        leads = "ceo" if who in ("ceo", "coo", "cfo") else "cmo"
        send(token, who_leads=leads, rank_1="cost", rank_2="customers", vision_in_own_words=WORDS)
    pulses.close_round(owner, opened)
    page = client_of(owner).get("/w/northwind/alignment/").content.decode()
    assert "The chief executive says that they lead customer experience; two of five colleagues" in page
    assert "Customers stand second among the chief executive’s own top five" in page
    assert client_of(owner).get("/w/northwind/library/argument/eiu-72-in-charge/").status_code == 200
    assert "/library/argument/eiu-72-in-charge/" in page
    assert "27 or 28 % agree, or 27 % disagree" in page
    assert WORDS in page
    seen = client_of(joined("vito", Role.VIEWER)).get("/w/northwind/alignment/").content.decode()
    assert "Two of five colleagues name the chief executive" in seen
    assert "among the chief executive’s own top five" not in seen
    assert "own answer is not shown to you" in seen
    assert WORDS not in seen


def test_before_any_round_the_page_says_what_to_do(owner: Actor, client_of: Any) -> None:
    page = client_of(owner).get("/w/northwind/alignment/").content.decode()
    assert "Ask at least 5 executives besides the chief executive" in page
    assert "/alignment/pulses/open/" in page


def test_a_mechanism_is_noted_changed_and_taken_back(owner: Actor, client_of: Any) -> None:
    client, at = client_of(owner), "/w/northwind/alignment/working"
    proof = {"state": "ad hoc", "proof": "Minutes", "proven_on": "2026-03-02"}
    assert client.post(f"{at}/agenda/", {**proof, "version": 0}).status_code == 302
    row = Mechanism.objects.get()
    assert (
        client.post(f"{at}/agenda/", {**proof, "state": "in place", "version": row.version}).status_code
        == 302
    )
    stale = client.post(f"{at}/agenda/", {**proof, "state": "protected", "version": row.version})
    assert stale.status_code == 409
    assert "Take it back" in client.get(f"{at}/").content.decode()
    client.post(f"{at}/undo/")
    row.refresh_from_db()
    assert (row.state, row.proven_on) == ("ad hoc", date(2026, 3, 2))
    assert client.get(f"{at}/nothing-like-it/").status_code == 404


def test_the_way_of_working_names_what_is_next_and_who_can_build_it(owner: Actor, client_of: Any) -> None:
    people.add_executive(owner, name="Ines Halvorsen", role="CEO", key="ceo")
    programme.note_mechanism(owner, mechanism="contact", state="ad hoc", proof="Kick-off of the programme")
    page = client_of(owner).get("/w/northwind/alignment/working/").content.decode()
    assert "Next: who owns it, in place" in page
    assert "Ines Halvorsen (CEO)" in page
    assert "It sounds like a programme" in page
    assert "The proof has no day." in page
