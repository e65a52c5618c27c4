"""How a desk begins: with the simulated company, or with a company folder that somebody brings as a ZIP.

Work that begins a workspace belongs to none yet: its job names the user who asked (`arguments["user"]`).
"""

import secrets
import shutil
import stat
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from fulcrum import workflow
from fulcrum.core.errors import Problem, WrongUse, errors_in
from fulcrum.core.stored import to_stored
from fulcrum.records import jobs
from fulcrum.records.access import Act, Actor, Refused, actor_in
from fulcrum.records.actions.evidence import looked_at, read_the_data
from fulcrum.records.actions.first_pilot import tell_of_first_pilot
from fulcrum.records.actions.folder_in import import_folder
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Brief, Executive, Job, Run
from fulcrum.records.queries.evidence import evidence_in
from fulcrum.records.work import Progress, work

MOST_FILES, LARGEST = 2_000, 2_000_000_000  # of a ZIP, unpacked
_KEPT_SECONDS = 24 * 3600  # a folder that nobody took over


def begin_with_demo(user: Any) -> Job:
    """Ask for the simulated company."""
    return jobs.ask_for(None, "demo", {"user": user.pk}, None)


def receive_folder(user: Any, chunks: Iterable[bytes]) -> Job:
    """Unpack a ZIP of a company folder, and ask for it to be checked; nothing is kept of it before that."""
    _forget_old()
    token = f"{user.pk}-{secrets.token_hex(12)}"
    place = _incoming(token)
    place.mkdir(parents=True, mode=0o700)
    try:
        packed = place / "folder.zip"
        with packed.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
        unpack(packed, place / "folder")
        packed.unlink()
    except WrongUse:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return jobs.ask_for(None, "import", {"user": user.pk, "token": token, "keep": False}, None)


def take_over(user: Any, checked: Job) -> Job:
    """Make a workspace of a folder that was checked."""
    token = _token(user, checked)
    return jobs.ask_for(None, "import", {"user": user.pk, "token": token, "keep": True}, None)


def discard_folder(user: Any, checked: Job) -> None:
    """Throw away a folder that was checked."""
    shutil.rmtree(_incoming(_token(user, checked)), ignore_errors=True)


def remove_simulated(actor: Actor) -> None:
    """Remove the simulated company with all that belongs to it; any other workspace is refused."""
    actor.must(Act.KEEP)
    place = actor.workspace
    if not place.is_simulated:
        raise Refused("Only the simulated company is removed from here.")
    folder = folder_of(place)
    place.delete()
    shutil.rmtree(folder, ignore_errors=True)


def unpack(packed: Path, into: Path) -> None:
    """The files of a ZIP under `into`; raises `WrongUse` for one that is broken, too large or leads out."""
    try:
        with zipfile.ZipFile(packed) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            _refuse_unfit(entries)
            top = _common_top(entries)
            left = LARGEST
            for entry in entries:
                left -= _written(archive, entry, into.joinpath(*_parts(entry)[top:]), left)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise WrongUse("The file is no ZIP that can be read. Pack the company folder anew.") from error
    if not (into / "company.toml").is_file():
        raise WrongUse("There is no company.toml in it: a company folder begins with one.")


@work("demo")
def work_demo(job: Job, progress: Progress) -> dict[str, Any]:
    """Simulate a company, take it in, read its data and write the briefs."""
    user = _user(job)
    actor = _taken_in_before(job, user)
    if actor is None:
        progress.step(0, 4, "Simulating a company whose truth is known")
        with TemporaryDirectory(prefix="fulcrum-demo-", dir=_scratch()) as scratch:
            workflow.simulate(Path(scratch) / "company")
            progress.step(1, 4, "Taking in its executives, exports and pilots")
            actor = _taken_in(job, user, Path(scratch) / "company")
    progress.step(2, 4, "Reading its customers’ exports, and comparing")
    run = read_the_data(actor, tell=lambda *_: None)
    tell_of_first_pilot(actor, scratch=_scratch())
    progress.step(3, 4, "Writing a brief for every executive and the board")
    brief = write_briefs(actor, run)
    progress.step(4, 4, "Done")
    place = f"/w/{actor.workspace.slug}/"
    return {"url": place, "workspace": actor.workspace.slug, "brief": brief}


@work("import")
def work_import(job: Job, progress: Progress) -> dict[str, Any]:
    """Check a folder that was brought; take it over only when that was asked for."""
    user = _user(job)
    folder = _incoming(str(job.arguments["token"])) / "folder"
    actor = _taken_in_before(job, user)
    if actor is None and not folder.is_dir():
        raise WrongUse("The folder is no longer here. Bring it again.")
    if not job.arguments["keep"]:
        return _checked(job, folder, progress)
    progress.step(0, 2, "Taking it over")
    if actor is None:
        actor = _taken_in(job, user, folder)
    shutil.rmtree(folder.parent, ignore_errors=True)
    progress.step(1, 2, "Reading the customers’ data")
    read_the_data(actor, tell=lambda *_: None)
    return {"url": f"/w/{actor.workspace.slug}/", "workspace": actor.workspace.slug}


def _checked(job: Job, folder: Path, progress: Progress) -> dict[str, Any]:
    """All that is wrong with a folder; it stays where it is until somebody says."""
    progress.step(0, 1, "Checking every file and every row")
    problems = workflow.check_rows(folder, today=timezone.localdate()).problems
    return {
        "problems": to_stored(problems, tuple[Problem, ...]),
        "errors": len(errors_in(problems)),
        "url": f"/start/folder/{job.pk}/",
    }


def _taken_in(job: Job, user: Any, folder: Path) -> Actor:
    """The workspace made of a folder; noted on the job, so that a second worker makes no second one."""
    actor = import_folder(user, folder).actor
    jobs.write_held(job, arguments={**job.arguments, "workspace": actor.workspace.slug})
    return actor


def _taken_in_before(job: Job, user: Any) -> Actor | None:
    slug = job.arguments.get("workspace")
    return None if slug is None else actor_in(user, str(slug))


def write_briefs(actor: Actor, run: Run) -> int | None:
    """A brief for every executive and for the board, as they are composed today; gives the board's."""
    found = evidence_in(run)
    if found is None:
        return None
    opened = looked_at(actor.workspace)
    people = {one.key: one for one in Executive.objects.filter(workspace=actor.workspace)}
    made = [
        (people[choice.executive], workflow.brief_for(opened, choice.executive, found, choice))
        for choice in workflow.choices(opened, workflow.assess(opened), found)
    ]
    for_all: list[tuple[Executive | None, Any]] = [*made, (None, workflow.brief_for_board(opened, found))]
    rows = [
        Brief.objects.create(
            workspace=actor.workspace,
            executive=executive,
            title=brief.title[:500],
            composed=to_stored(brief),
            as_of=brief.as_of,
            version=run.version,
            run=run,
            made_by=actor.member,
        )
        for executive, brief in for_all
    ]
    return rows[-1].pk


def _refuse_unfit(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise WrongUse(f"The ZIP holds more than {MOST_FILES:,} files: it is no company folder.")
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise WrongUse(f"Unpacked it would be larger than {LARGEST // 1_000_000_000} GB. Leave exports out.")
    for entry in entries:
        if entry.flag_bits & 1:
            raise WrongUse("The ZIP is locked with a password. Pack it without one.")
        if stat.S_ISLNK(entry.external_attr >> 16) or not _is_inside(entry):
            raise WrongUse(f"“{entry.filename[:80]}” would lead out of the folder. Nothing was unpacked.")


def _is_inside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    return not (name.startswith("/") or ".." in parts or "\0" in name or ":" in (parts or ("",))[0])


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    return PurePosixPath(entry.filename.replace("\\", "/")).parts


def _common_top(entries: list[zipfile.ZipInfo]) -> int:
    """1 where everything lies in one folder, as most programs pack it."""
    tops = {
        _parts(entry)[0] for entry in entries if len(_parts(entry)) > 1 and _parts(entry)[0] != "__MACOSX"
    }
    is_flat = any(len(_parts(entry)) == 1 for entry in entries)
    return 1 if len(tops) == 1 and not is_flat else 0


def _written(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Unpack one file, counting what really comes out; gives how much that was."""
    if _parts(entry)[0] == "__MACOSX" or path.name == ".DS_Store":
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, path.open("wb") as file:
        while chunk := source.read(1 << 20):
            size += len(chunk)
            if size > left:
                raise WrongUse("The ZIP says that it is smaller than it is. Nothing is kept of it.")
            file.write(chunk)
    return size


def _user(job: Job) -> Any:
    user = get_user_model().objects.filter(pk=job.arguments.get("user"), is_active=True).first()
    if user is None:
        raise WrongUse("Whoever asked for this has no account any more.")
    return user


def _token(user: Any, checked: Job) -> str:
    token = str(checked.arguments.get("token", ""))
    if checked.kind != "import" or not token.startswith(f"{user.pk}-"):
        raise WrongUse("There is no such folder.")
    return token


def _incoming(token: str) -> Path:
    folder: Path = settings.FULCRUM_HOME / "incoming" / token
    return folder


def _scratch() -> Path:
    folder: Path = settings.FULCRUM_HOME / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _forget_old() -> None:
    """Folders that were brought and not taken over within a day."""
    incoming: Path = settings.FULCRUM_HOME / "incoming"
    for place in incoming.iterdir() if incoming.is_dir() else ():
        if time.time() - place.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
