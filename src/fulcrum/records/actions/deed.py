"""What every deed shares: the right to do it, one transaction, a line in the audit, nothing lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models as django
from django.db import transaction
from django.db.models import F

from fulcrum.core.errors import FulcrumError
from fulcrum.records.access import Act, Actor
from fulcrum.records.models import Audit, Executive, Workspace

# Deeds about nobody on which no choice rests: of readings of the exports the case at hand is compared.
_MOVES_NO_CHOICE = ("executive.add", "export.", "mapping.", "member.", "pilot.", "workspace.export")


class ChangedMeanwhile(FulcrumError):
    """Somebody else changed the row since this one was read; carries the row as it is now."""

    def __init__(self, now: django.Model) -> None:
        self.now = now
        super().__init__(
            "Somebody changed this since you opened it. Both versions are shown: choose what holds."
        )


@contextmanager
def deed(
    actor: Actor,
    act: Act,
    action: str,
    said: str,
    *,
    executive: Executive | None = None,
    is_about_all: bool = False,
) -> Iterator[Audit]:
    """A deed of `actor`: refused without the right to it, whole or not at all, with its line in the audit.

    `said` names what happened and holds nothing of what an assessment says. Deeds of one workspace come one
    after the other. The role is the one that the member has then, not the one with which their page was
    opened. What is judged of `executive` becomes stale, and what is chosen for whoever listens to them; every
    choice if it `is_about_all`, or if there is none and it is a deed on which choices may rest. The line of
    the audit is given, so that a private note can be put to it.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=actor.workspace.pk)
        actor.still_must(act)
        line = Audit(
            workspace=actor.workspace, member=actor.member, action=action, said=said, executive=executive
        )
        yield line
        if act is not Act.READ:
            _make_stale(
                actor.workspace, executive, is_about_all=is_about_all or _moves_all(executive, action)
            )
        line.save()


def change(row: django.Model, seen_version: int, **columns: Any) -> None:
    """Change `row` if nobody else has since `seen_version`; else raise `ChangedMeanwhile`."""
    model = type(row)
    changed = model._default_manager.filter(pk=row.pk, version=seen_version).update(
        version=F("version") + 1, **columns
    )
    row.refresh_from_db()
    if not changed:
        raise ChangedMeanwhile(row)


def _moves_all(executive: Executive | None, action: str) -> bool:
    return executive is None and not action.startswith(_MOVES_NO_CHOICE)


def _make_stale(workspace: Workspace, executive: Executive | None, *, is_about_all: bool) -> None:
    if executive is not None:
        Executive.objects.filter(pk=executive.pk).update(file_version=F("file_version") + 1)
        executive.opened_for = None  # type: ignore[attr-defined]  # the row tells an earlier state of the file
    if is_about_all:
        Workspace.objects.filter(pk=workspace.pk).update(told=F("told") + 1)
