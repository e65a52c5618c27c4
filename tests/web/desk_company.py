"""A small company on the desk whose files are full of words that may never leave."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.test import Client

from fulcrum.core.company import AskStatus
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Source
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions import file, people

DAY = date(2026, 3, 9)
CANARIES = tuple(
    f"canary{word}"
    for word in (
        "observation",
        "observer",
        "reaction",
        "motive",
        "motivenote",
        "asknote",
        "movenote",
        "private",
    )
)


def client_of(actor: Actor) -> Client:
    """A browser in which this member is signed in, from another machine."""
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.force_login(actor.member.user)
    return client


def fill(actor: Actor) -> dict[str, models.Executive]:
    """Executives with everything that can be noted of them, each text a canary."""
    workspace = actor.workspace
    workspace.as_of = DAY
    workspace.contact = "cx@northwind.example"
    workspace.save()
    cfo = people.add_executive(actor, name="Tomas Lindqvist", role="CFO", area="Finance")
    coo = people.add_executive(actor, name="Ada Obi", role="COO", area="Operations")
    for one in (cfo, coo):
        note_everything(actor, one, coo if one is cfo else cfo)
    return {"cfo": cfo, "coo": coo}


def note_everything(actor: Actor, one: models.Executive, other: models.Executive) -> None:
    """One row of every kind in the file of one executive."""
    seen: dict[str, Any] = {"behaviour": Behaviour.MODEL, "source": Source.SEEN, "observer": "canaryobserver"}
    for weeks, anchor in enumerate((1, 2, 1)):
        on = DAY - timedelta(weeks=weeks)
        file.record_observation(actor, one, **seen, anchor=anchor, date=on, note="canaryobservation")
    file.record_reaction(actor, one, barrier=Barrier.NOT_WORTH_IT, date=DAY, note="canaryreaction")
    file.record_motivator(actor, one, motivator="canarymotive", note="canarymotivenote")
    file.set_influence(actor, one, listened_to=other, strength=0.8)
    file.record_move(actor, one, lever=Lever.EMPATHY, date=DAY - timedelta(weeks=9), note="canarymovenote")
    asked = DAY - timedelta(weeks=8)
    ask = file.put_ask(actor, one, step="Sit beside an agent", asked_on=asked, note="canaryasknote")
    file.close_ask(actor, ask, seen_version=1, status=AskStatus.DONE, closed_on=asked + timedelta(days=3))
    file.write_private_note(actor, one, note="canaryprivate")


def home_in(settings: Any, tmp_path: Path) -> None:
    """The desk's files in a folder of this test."""
    settings.FULCRUM_HOME = tmp_path
    settings.FULCRUM_OPEN = True
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = False
