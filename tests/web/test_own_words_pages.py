"""Own words on the desk: a text brought, read, confirmed; and closed to everybody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_company import client_of
from django.core.files.uploadedfile import SimpleUploadedFile

from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions import people
from fulcrum.records.actions.folder_out import export_folder
from fulcrum.records.actions.privacy import erase_person, export_person
from fulcrum.records.models import Executive, Role
from fulcrum.records.own_words import place_of
from fulcrum.records.standings import standing_of

pytestmark = pytest.mark.django_db

PLAIN = "We met and we spoke about the plan for the year, and there were things that we had not seen. "
SPOKEN = (PLAIN + "A customer waited three weeks for us. ") * 20
Joined = Callable[..., Actor]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.FULCRUM_HOME = tmp_path / "home"


@pytest.fixture
def dana(owner: Actor) -> Executive:
    return people.add_executive(owner, name="Dana Okafor", role="CEO", key="dana")


def bring(actor: Actor, text: str | bytes, *, name: str = "call.txt", on: str = "2026-04-28") -> Any:
    sent = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client_of(actor).post(
        "/w/northwind/executives/dana/words/", {"text": sent, "said_on": on}, follow=True
    )


def page_of(actor: Actor) -> str:
    return client_of(actor).get("/w/northwind/executives/dana/words/").content.decode()


def confirm(actor: Actor, **entered: str) -> Any:
    entered = {"name": "dana_2026-04-28.txt", "anchor": "2", "note": "Spoke of customers."} | entered
    return client_of(actor).post("/w/northwind/executives/dana/words/confirm/", entered, follow=True)


def test_a_text_is_brought_read_and_its_proposal_confirmed_as_own_words(
    owner: Actor, dana: Executive
) -> None:
    assert "No text yet" in page_of(owner)
    assert "Customers are named" in bring(owner, SPOKEN).content.decode()
    page = page_of(owner)
    assert "A <mark>customer</mark> waited three weeks" in page
    assert "Confirm as own words" in page
    confirm(owner)
    (row,) = models.Observation.objects.filter(executive=dana)
    assert (row.source, row.behaviour, row.anchor) == ("own words", "communication", 2)
    assert str(row.date) == "2026-04-28"
    assert "Confirm as own words" not in page_of(owner), "what is noted is not proposed again"
    belief = standing_of(owner, dana).belief
    assert sum(belief.shares[3:]) < 0.35, "talk does not raise them above Endorsing"


def test_a_dismissed_proposal_stays_away_until_it_is_brought_back(owner: Actor, dana: Executive) -> None:
    bring(owner, SPOKEN)
    place = "/w/northwind/executives/dana/words/dismiss/"
    client_of(owner).post(place, {"name": "dana_2026-04-28.txt"})
    assert "Confirm as own words" not in page_of(owner)
    assert confirm(owner).status_code == 404
    client_of(owner).post(place, {"name": "dana_2026-04-28.txt", "again": "yes"})
    assert "Confirm as own words" in page_of(owner)


@pytest.mark.parametrize(
    ("text", "name", "on", "said"),
    [
        ("", "call.txt", "2026-04-28", "There are no words in it."),
        ("A customer.", "call.exe", "2026-04-28", "That is no text that we read."),
        ("A customer.", "call.txt", "2126-04-28", "This day has not come yet."),
        ("A customer.", "call.txt", "soon", "Say the day on which it was said"),
        (b"%PDF-1.4 nothing", "call.pdf", "2026-04-28", "damaged"),
        ("Pat: Hello.\nAl Day: Yes.\nPat: Thanks.", "call.txt", "2026-04-28", "none of them is Dana Okafor"),
    ],
)
def test_a_text_that_cannot_be_read_is_not_kept_and_says_why(
    text: Any, name: str, on: str, said: str, owner: Actor, dana: Executive
) -> None:
    answer = bring(owner, text, name=name, on=on)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not [path for path in place_of(owner.workspace).rglob("*") if path.is_file()]


def test_a_refused_confirmation_keeps_what_was_entered(owner: Actor, dana: Executive) -> None:
    bring(owner, SPOKEN)
    answer = confirm(owner, anchor="9", note="My own note")
    assert answer.status_code == 422
    assert "My own note" in answer.content.decode()


def test_it_is_closed_to_whoever_is_not_named_and_to_the_executive(
    owner: Actor, dana: Executive, joined: Joined
) -> None:
    bring(owner, SPOKEN)
    themselves = joined("dana", Role.OWNER, executive=dana)
    for actor in (joined("vic", Role.OWNER), themselves):
        for address in ("", "remove/?name=dana_2026-04-28.txt"):
            assert client_of(actor).get(f"/w/northwind/executives/dana/words/{address}").status_code == 404
        assert bring(actor, SPOKEN).status_code == 404
        assert confirm(actor).status_code == 404


def test_others_beside_whom_they_stand_are_those_that_the_reader_may_see(
    owner: Actor, dana: Executive, joined: Joined
) -> None:
    people.add_executive(owner, name="Ivo Brandt", role="CFO", key="ivo")
    bring(owner, SPOKEN)
    (place_of(owner.workspace) / "ivo_2026-04-28.txt").write_text(
        PLAIN * 20 + "A customer.", encoding="utf-8"
    )
    assert "A difference beyond doubt" in page_of(owner)
    other = joined("vic", Role.EDITOR)
    people.name_reader(owner, dana, member=other.member)
    shown = page_of(other)
    assert "1 executive is not shown to you" in shown
    assert "A difference beyond doubt" not in shown


def test_texts_go_with_the_person_and_stay_behind_where_their_file_is_closed(
    owner: Actor, dana: Executive, joined: Joined, tmp_path: Path
) -> None:
    bring(owner, SPOKEN)
    held = export_person(owner, dana).data
    assert held["OwnWords"][0]["file"] == "dana_2026-04-28.txt"
    export_folder(owner, tmp_path / "whole")
    assert (tmp_path / "whole" / "words" / "dana_2026-04-28.txt").exists()
    export_folder(joined("vic", Role.OWNER), tmp_path / "part")
    assert not (tmp_path / "part" / "words").exists()
    ivo = people.add_executive(owner, name="Ivo Brandt", role="CFO", key="ivo")
    (place_of(owner.workspace) / "ivo_2026-05-01.txt").write_text("Dana Okafor said so.", encoding="utf-8")
    erased = erase_person(owner, dana)
    assert "words/ivo_2026-05-01.txt" in erased.named_elsewhere
    assert [path.name for path in place_of(owner.workspace).iterdir()] == ["ivo_2026-05-01.txt"]
    assert ivo.pk


def test_a_text_is_deleted_once_that_is_confirmed(owner: Actor, dana: Executive) -> None:
    bring(owner, SPOKEN)
    place = "/w/northwind/executives/dana/words/remove/"
    assert (
        "Delete dana_2026-04-28.txt?"
        in client_of(owner).get(f"{place}?name=dana_2026-04-28.txt").content.decode()
    )
    assert client_of(owner).post(place, {"name": "../data/x.csv"}).status_code == 404
    client_of(owner).post(place, {"name": "dana_2026-04-28.txt"})
    assert "No text yet" in page_of(owner)
