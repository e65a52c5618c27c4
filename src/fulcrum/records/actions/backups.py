"""Backups made from the desk: long work, the newest ten kept beside the data."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from fulcrum.core.value import value
from fulcrum.records import jobs
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import deed
from fulcrum.records.backup import write_backup
from fulcrum.records.models import Job
from fulcrum.records.work import Progress, actor_of, work

KEPT = 10


@value
class Kept:
    """One backup that lies beside the data."""

    name: str
    made_at: datetime
    size: int


def ask_for_backup(actor: Actor) -> Job:
    """A backup of the whole desk, without its key."""
    with deed(actor, Act.KEEP, "backup.ask", "Asked for a backup of the desk."):
        return jobs.ask_for(actor, "backup", {}, actor.workspace)


def kept_backups(actor: Actor) -> tuple[Kept, ...]:
    """Those that lie beside the data, newest first."""
    actor.must(Act.KEEP)
    return tuple(
        Kept(name=one.name, made_at=datetime.fromtimestamp(one.stat().st_mtime, UTC), size=one.stat().st_size)
        for one in _files()
    )


def backup_to_take(actor: Actor, name: str) -> Path:
    """One of them as a file, to be taken away.

    On this machine alone. A backup holds every workspace and every executive's file: who may not see those on
    the pages must not get them in an archive, so a desk of a team keeps its backups where it runs.
    """
    actor.must(Act.KEEP)
    found = next((one for one in _files() if one.name == name), None)
    if found is None or settings.FULCRUM_OPEN:
        raise NotThere
    with deed(actor, Act.KEEP, "backup.take", f"Took the backup {name} away."):
        return found


@work("backup")
def work_backup(job: Job, progress: Progress) -> dict[str, Any]:
    """Write it, and let the oldest go."""
    actor = actor_of(job)
    if actor is None:
        raise NotThere
    actor.still_must(Act.KEEP)
    folder = backups_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    out = folder / f"fulcrum-{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{job.pk}.tar.gz"
    write_backup(out, tell=progress.step)
    for old in _files()[KEPT:]:
        old.unlink(missing_ok=True)
    return {"url": reverse("keep_backups", kwargs={"slug": actor.workspace.slug}), "file": out.name}


def backups_folder() -> Path:
    """Where they lie."""
    return Path(settings.FULCRUM_HOME) / "backups"


def _files() -> list[Path]:
    return sorted(backups_folder().glob("fulcrum-*.tar.gz"), reverse=True)
