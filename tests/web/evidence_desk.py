"""A simulated company of few customers, read once; and the desk on which it lies, anew for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_company import client_of, home_in
from django.test import Client
from django.urls import reverse

from fulcrum import workflow
from fulcrum.core.findings import Evidence, SourceFile
from fulcrum.core.stored import to_stored
from fulcrum.records.access import Actor
from fulcrum.records.actions.folder_in import import_folder
from fulcrum.records.models import Role, Run
from fulcrum.records.work import run_one

CUSTOMERS = 4_000


class Read:
    """A folder and what was found in it."""

    def __init__(self, folder: Path, evidence: Evidence) -> None:
        self.folder, self.evidence = folder, evidence


def read_once(folder: Path) -> Read:
    """The simulated company, written and read."""
    from datetime import date

    workflow.simulate(folder, customers=CUSTOMERS)
    return Read(folder, workflow.gather(workflow.open_workspace(folder, today=date(2026, 11, 22))))


class Desk:
    """A browser on a workspace, and the worker that does its jobs."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.client = actor, client_of(actor)

    def at(self, name: str, **place: Any) -> str:
        return reverse(name, kwargs={"slug": self.actor.workspace.slug, **place})

    def get(self, name: str, **place: Any) -> Any:
        return self.client.get(self.at(name, **place))

    def post(self, name: str, data: dict[str, Any] | None = None, **place: Any) -> Any:
        return self.client.post(self.at(name, **place), data or {})

    def page(self, name: str, **place: Any) -> str:
        answer = self.get(name, **place)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def work(self) -> None:
        """Do every job that waits."""
        while run_one("a worker of the tests"):
            pass


def desk_with(read: Read, user: Any, settings: Any, home: Path) -> Desk:
    """The company taken over, and its findings as the last reading."""
    home_in(settings, home)
    actor = import_folder(user, read.folder).actor
    Run.objects.create(
        workspace=actor.workspace,
        as_of=actor.workspace.today,
        version="of the tests",
        mapping=actor.workspace.mappings.first(),
        evidence=to_stored(read.evidence),
        files=to_stored(read.evidence.files, tuple[SourceFile, ...]),
        made_by=actor.member,
    )
    return Desk(actor)


def somebody(desk: Desk, make_user: Callable[..., Any], role: str = Role.VIEWER) -> Client:
    """A browser of another member."""
    user = make_user(username=role, email=f"{role}@tidewater.example")
    member = desk.actor.workspace.members.create(user=user, name=role, role=role)
    return client_of(Actor(member=member))


def emptied(folder: Path) -> None:
    """Nothing there any more."""
    shutil.rmtree(folder, ignore_errors=True)
