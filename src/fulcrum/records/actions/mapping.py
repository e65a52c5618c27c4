"""What the exports mean: drafted, checked against the exports, and only then the mapping that counts."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fulcrum import workflow
from fulcrum.core.errors import Problem, WrongUse, errors_in
from fulcrum.core.stored import to_stored
from fulcrum.evidence.intake.mapping_file import NAME, PROPOSED, exports_in, read_mapping
from fulcrum.evidence.intake.propose import ProposedFile, as_toml
from fulcrum.evidence.intake.propose import propose_mapping as proposed
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import deed
from fulcrum.records.actions.evidence import asking, keep_run, looked_at
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Job, MappingVersion, Run, Workspace
from fulcrum.records.work import Progress, work

DSN_PREFIX = "FULCRUM_WAREHOUSE"  # the only variables of this machine that a mapping may name
_LONGEST = 200_000

Tell = Callable[[int, int, str], None]


def draft_of(place: Workspace) -> str | None:
    """The draft that does not count yet; None where there is none."""
    path = _data(place) / PROPOSED
    return path.read_text(encoding="utf-8") if path.is_file() else None


def keep_draft(actor: Actor, text: str) -> None:
    """Keep a draft beside the exports; nothing reads it until it is checked and saved."""
    actor.must(Act.WRITE)
    if len(text) > _LONGEST:
        raise WrongUse("The mapping is longer than any mapping needs to be.")
    _data(actor.workspace).mkdir(parents=True, exist_ok=True)
    _write(_data(actor.workspace) / PROPOSED, text.replace("\r\n", "\n"))


def discard_draft(actor: Actor) -> None:
    """Throw the draft away; the mapping that counts stays."""
    actor.must(Act.WRITE)
    (_data(actor.workspace) / PROPOSED).unlink(missing_ok=True)


def mistakes_in(place: Workspace, text: str) -> tuple[Problem, ...]:
    """What is wrong with a mapping before any row is read."""
    with _tried(place, text) as folder:
        mapping, problems = read_mapping(folder / "data")
    if mapping is None:
        return problems
    found = list(problems)
    for connection in mapping.connections:
        if not (connection.dsn_from_env or DSN_PREFIX).startswith(DSN_PREFIX):
            found.append(_refused(f"“{connection.dsn_from_env}” may not be read", f"Name it {DSN_PREFIX}_…"))
    for file in mapping.files:
        if file.connection is not None and "/" in file.path:
            found.append(
                _refused(f"“{file.path}” is a path of this machine", "Name a table of the catalogue.")
            )
    return tuple(found)


def save_mapping(actor: Actor, text: str, *, tell: Tell) -> tuple[Run | None, tuple[Problem, ...]]:
    """Read the exports by this mapping; it counts from now on if nothing stops it. Else only the Problems."""
    place = actor.workspace
    actor.must(Act.WRITE)
    tell(0, 2, "Reading the exports by the new mapping")
    found = mistakes_in(place, text)
    if errors_in(found):
        return None, found
    with _tried(place, text) as folder:
        gathered = workflow.gather_rows(replace(looked_at(place), folder=folder))
    if gathered.evidence is None:
        return None, gathered.problems
    tell(1, 2, "Keeping the mapping and what was found")
    with deed(actor, Act.WRITE, "mapping.save", "Saved what the exports mean."):
        version = MappingVersion.objects.create(workspace=place, text=text, saved_by=actor.member)
        _write(_data(place) / NAME, text)
    (_data(place) / PROPOSED).unlink(missing_ok=True)
    return keep_run(actor, gathered, version), gathered.problems


def propose_mapping(actor: Actor) -> tuple[tuple[ProposedFile, ...], tuple[Problem, ...]]:
    """A first draft from the exports' own headers and contents; it takes the place of an earlier draft."""
    actor.must(Act.WRITE)
    if not exports_in(_data(actor.workspace)):
        raise WrongUse("There are no exports yet: bring one first.")
    files, problems = proposed(_data(actor.workspace))
    keep_draft(actor, as_toml(files, currency=actor.workspace.currency))
    return files, problems


@work("mapping", shared=True)
def work_mapping(job: Job, progress: Progress) -> dict[str, Any]:
    """Check a draft against the exports and take it over where nothing stops it."""
    actor = asking(job)
    text = draft_of(actor.workspace)
    if text is None:
        raise WrongUse("There is no draft to check.")
    run, problems = save_mapping(actor, text, tell=progress.step)
    place = "evidence/mapping" if run is None else "evidence"
    return {
        "problems": to_stored(problems, tuple[Problem, ...]) if run is None else [],
        "url": f"/w/{actor.workspace.slug}/{place}/",
    }


@work("propose", shared=True)
def work_propose(job: Job, progress: Progress) -> dict[str, Any]:
    """Propose a mapping from the exports."""
    actor = asking(job)
    progress.step(0, 1, "Looking at headers and contents")
    files, problems = propose_mapping(actor)
    return {
        "files": to_stored(files, tuple[ProposedFile, ...]),
        "problems": to_stored(problems, tuple[Problem, ...]),
        "url": f"/w/{actor.workspace.slug}/evidence/mapping/",
    }


@contextmanager
def _tried(place: Workspace, text: str) -> Iterator[Path]:
    """A folder with the same exports under another mapping; gone afterwards."""
    folder = folder_of(place) / f".trial-{secrets.token_hex(8)}"
    data = folder / "data"
    data.mkdir(parents=True)
    try:
        for export in exports_in(_data(place)):
            os.link(export, data / export.name)
        _write(data / NAME, text)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _data(place: Workspace) -> Path:
    return folder_of(place) / "data"


def _write(path: Path, text: str) -> None:
    """All of it or nothing."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _refused(what: str, remedy: str) -> Problem:
    return Problem(file=NAME, what=f"{what}.", remedy=remedy, code="mapping")
