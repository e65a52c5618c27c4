"""Pilots: designed, frozen, results brought, read out, decided. Designs and results stay files."""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from fulcrum import from_pilots
from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.core.pilot_text import design_text, registration_text
from fulcrum.core.pilots import PilotDesign, ReadOut, Registration, registration_of
from fulcrum.core.stored import to_stored
from fulcrum.core.wording import count, day
from fulcrum.evidence.pilots.baseline import Known, baseline_of
from fulcrum.evidence.pilots.registered import registered_path, unfit_to_register
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.actions.evidence import asking, looked_at
from fulcrum.records.actions.exports import ENDINGS, LARGEST
from fulcrum.records.models import Job, PilotBaseline, PilotReading, PilotRegistration
from fulcrum.records.pilots import entered_design, key_of
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.queries.pilots import (
    baseline_mark,
    keys_of,
    place_of,
    registration_in,
    results_of_others,
    seen_mark,
)
from fulcrum.records.taking import Invalid
from fulcrum.records.work import Progress, work

WORDS = ("scale", "extend", "stop")


def save_design(actor: Actor, key: str, *, seen: str, **entered: str) -> str:
    """Keep a design, a new one where `key` is empty; gives its key. One that is frozen is never changed.

    `seen` is the mark of the design that the form was filled from (`seen_mark`).
    """
    actor.must(Act.WRITE)
    key = key or key_of(entered.get("name", ""), keys_of(actor))
    path = place_of(actor, key)
    design = entered_design(entered, key)
    if design.results.file and design.results.file in results_of_others(actor, key):
        raise Invalid({"results_file": "The results of another pilot have this name. Choose another one."})
    if PilotRegistration.objects.filter(workspace=actor.workspace, key=key).exists():
        raise Invalid({"name": "This pilot is registered: its design is frozen. Write another one."})
    if seen_mark(path) != seen:
        raise Invalid({"name": "Somebody changed this design since you opened it. Open it anew."})
    with deed(actor, Act.WRITE, "pilot.design", f"Designed the pilot {design.name}."):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, design_text(design))
    return key


def register_design(actor: Actor, key: str, *, seen: str) -> PilotRegistration:
    """Freeze a design as it was seen: from now on the pilot is read so, or not at all."""
    actor.must(Act.WRITE)
    path, design = _sound(actor, key)
    if seen_mark(path) != seen:
        raise WrongUse("Somebody changed this design since you opened it. Look at it again, then register.")
    today = timezone.localdate()
    if wrong := unfit_to_register(design, path.parent, on=today):
        raise DataProblems(wrong)
    made = registration_of(design, on=today)
    with deed(actor, Act.WRITE, "pilot.register", f"Registered the pilot {design.name}: {made.sha256}."):
        if PilotRegistration.objects.filter(workspace=actor.workspace, key=key).exists():
            raise WrongUse("This pilot is registered already.")
        row = keep_registration(actor, key, made)
        _write(registered_path(path), registration_text(made))
    return row


def keep_registration(actor: Actor, key: str, made: Registration) -> PilotRegistration:
    """The row of a registration; a workspace that is made of a folder keeps those that it brings."""
    return PilotRegistration.objects.create(
        workspace=actor.workspace,
        key=key,
        sha256=made.sha256,
        text=made.text,
        registered_on=made.registered_on,
        registered_by=actor.member,
    )


def receive_results(actor: Actor, key: str, *, name: str, chunks: Iterable[bytes]) -> str:
    """Take over a results file under the name that the design gives it; what became of it, in a sentence."""
    actor.must(Act.WRITE)
    path, design = _sound(actor, key)
    wanted = design.results.file
    if not wanted:
        raise Invalid({"files": "The design does not say how the results will come: name the file there."})
    if Path(wanted).suffix.casefold() not in ENDINGS:
        raise Invalid({"files": f"“{wanted}” is not a file that we read. Name one of {', '.join(ENDINGS)}."})
    if Path(name).suffix.casefold() != Path(wanted).suffix.casefold():
        raise Invalid({"files": f"The design says that the results come as {Path(wanted).suffix}."})
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        size, digest = _taken(beside, chunks)
        said = f"Took over the results of {design.name}: {digest}."
        with deed(actor, Act.WRITE, "pilot.results", said):
            beside.replace(path.with_name(wanted))
    finally:
        beside.unlink(missing_ok=True)
    return f"{wanted} was taken over, {count(size)} bytes."


def read_the_pilot(actor: Actor, key: str) -> PilotReading:
    """Read the results as they were planned to be read, and keep what came of it or stood in the way."""
    actor.must(Act.READ)
    path = place_of(actor, key)
    workspace = looked_at(actor.workspace)
    found: ReadOut | None = None
    problems: tuple[Problem, ...] = ()
    try:
        pilot = _as_registered(actor, path)
        found = from_pilots.read_pilot(workspace, pilot, evidence=newest_evidence(actor.workspace))
    except DataProblems as stopped:
        problems = stopped.problems
    said = "" if found is not None else ", which holds errors"
    with deed(actor, Act.READ, "pilot.read", f"Read the results of the pilot {key}{said}."):
        return PilotReading.objects.create(
            workspace=actor.workspace,
            key=key,
            as_of=workspace.company.as_of,
            read_out=None if found is None else to_stored(found),
            problems=to_stored(problems, tuple[Problem, ...]),
            made_by=actor.member,
        )


def decide(actor: Actor, reading: PilotReading, *, seen_version: int, word: str, note: str) -> None:
    """Record what was decided on a reading, and why where it is not what the rule says."""
    if word not in WORDS:
        raise Invalid({"word": f"Choose one of {', '.join(WORDS)}."})
    if len(note) > 4000:
        raise Invalid({"note": "This is too long to keep. Say it shorter."})
    with deed(actor, Act.WRITE, "pilot.decide", f"Decided on the pilot {reading.key}: {word}."):
        change(
            reading,
            seen_version,
            decided=word,
            note=note.strip(),
            decided_on=timezone.localdate(),
            decided_by=actor.member,
        )


def count_baseline(actor: Actor, key: str) -> None:
    """Count from the exports what customers do without the pilot, and keep it for its page."""
    actor.must(Act.WRITE)
    _, design = _sound(actor, key)
    workspace = looked_at(actor.workspace)
    known: Known = baseline_of(
        design,
        workspace.folder / "data",
        currency=workspace.company.currency,
        rules=workspace.playbook.evidence,
        as_of=workspace.company.as_of,
        version=from_pilots.version_of(workspace),
    )
    PilotBaseline.objects.update_or_create(
        workspace=actor.workspace,
        key=key,
        defaults={"asked": baseline_mark(design), "known": to_stored(known)},
    )


@work("pilot_baseline", shared=True)
def work_baseline(job: Job, progress: Progress) -> dict[str, Any]:
    """Count the baseline of a design and lead to its page."""
    actor, key = asking(job), str(job.arguments["key"])
    progress.step(0, 1, "Counting what customers do without it")
    count_baseline(actor, key)
    return {"url": f"/w/{actor.workspace.slug}/pilots/{key}/"}


@work("pilot", shared=True)
def work_read(job: Job, progress: Progress) -> dict[str, Any]:
    """Read a pilot's results and lead to what came of it."""
    actor, key = asking(job), str(job.arguments["key"])
    progress.step(0, 1, "Reading the results as they were planned to be read")
    read_the_pilot(actor, key)
    return {"url": f"/w/{actor.workspace.slug}/pilots/{key}/"}


def _sound(actor: Actor, key: str) -> tuple[Path, PilotDesign]:
    path = place_of(actor, key)
    pilot = from_pilots.piloted(path)
    if pilot.design is None:
        raise DataProblems(pilot.problems)
    return path, pilot.design


def _as_registered(actor: Actor, path: Path) -> from_pilots.Piloted:
    """The pilot with the registration that the desk keeps: its file alone could have been exchanged."""
    pilot = from_pilots.piloted(path)
    row = registration_in(actor, path.stem)
    if (pilot.registration is None) != (row is None) or (
        row is not None and pilot.registration is not None and row.sha256 != pilot.registration.sha256
    ):
        kept = "none" if row is None else f"that of {day(row.registered_on)}"
        raise DataProblems(
            (
                Problem(
                    file=registered_path(path).name,
                    what=f"The registration beside the design is not the one that the desk keeps ({kept}).",
                    remedy="Put the file back from a backup or an export.",
                    code="pilot-changed",
                ),
            )
        )
    return pilot


def _taken(beside: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    size, digest = 0, sha256()
    with beside.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                limit = f"{LARGEST // 1_000_000} MB"
                raise Invalid({"files": f"The file is larger than {limit}. Bring it as Parquet."})
            digest.update(chunk)
            file.write(chunk)
    if not size:
        raise Invalid({"files": "The file is empty."})
    return size, digest.hexdigest()


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
