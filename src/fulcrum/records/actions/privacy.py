"""What the law asks for: all that is held on a person given out, or erased; a whole workspace erased."""

import shutil

from django.db import connection

from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor, must_be_open, whom
from fulcrum.records.actions.deed import deed
from fulcrum.records.actions.people import forget
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Executive, Job, Workspace
from fulcrum.records.models.jobs import JobState
from fulcrum.records.own_words import forget_texts
from fulcrum.records.queries.person import Held, held_on, named_elsewhere
from fulcrum.records.remembered import forget_everything
from fulcrum.records.taking import Invalid

BACKUPS = (
    "Backups that were made before now still hold it. Let them run out, and erase again after restoring one."
)


@value
class Erased:
    """What was deleted, what still stands where a person must look, and what is said of backups."""

    rows: int
    named_elsewhere: tuple[str, ...]
    remains: str = BACKUPS


def export_person(actor: Actor, executive: Executive) -> Held:
    """All that is held on one executive; by an owner who may see it. Names of others stand in it too."""
    must_be_open(actor, executive)
    with deed(actor, Act.KEEP, "person.export", f"Gave out all on {executive.name}.", executive=executive):
        return held_on(actor, executive)


def erase_person(actor: Actor, executive: Executive) -> Erased:
    """Delete an executive with all that is held on them, for good; by an owner, who need not see it."""
    whom(actor, executive)
    accounts = [f"The account of {member.name}, until it is ended" for member in executive.accounts.all()]
    elsewhere = (*accounts, *named_elsewhere(actor, executive))
    with deed(actor, Act.KEEP, "person.erase", "Erased an executive and all that was held on them."):
        _forget_jobs(executive)
        texts = forget_texts(executive)
        rows = forget(executive) + texts
    _scrub()
    return Erased(rows=rows, named_elsewhere=elsewhere)


def erase_workspace(actor: Actor, *, name: str) -> Erased:
    """Delete the workspace with its files, for good; its name must be typed, so that it is no slip."""
    actor.still_must(Act.KEEP)
    workspace = Workspace.objects.get(pk=actor.workspace.pk)
    if name.strip() != workspace.name.strip():
        raise Invalid({"name": f"Type the name as it stands: {workspace.name}"})
    folder = folder_of(workspace)
    aside = folder.with_name(f".erased-{workspace.pk}")
    if folder.exists():
        folder.rename(aside)
    rows, _ = workspace.delete()
    shutil.rmtree(aside, ignore_errors=True)
    _scrub()
    return Erased(rows=rows, named_elsewhere=())


def _forget_jobs(executive: Executive) -> None:
    """Ended work that names the executive in what was asked or what came of it."""
    ended = Job.objects.filter(workspace=executive.workspace_id).exclude(
        state__in=(JobState.WAITING, JobState.RUNNING)
    )
    marks = (executive.key, executive.name)
    for job in ended:
        told = f"{job.arguments} {job.result} {job.error} {job.doing}"
        if any(mark in told for mark in marks):
            job.delete()


def _scrub() -> None:
    """Overwrite what the database keeps of deleted rows beside the tables, as far as it lets us.

    What this process remembers of files is let go, too; the worker does so after each piece of work.
    """
    forget_everything()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
