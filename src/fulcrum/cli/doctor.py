"""`fulcrum doctor`: everything the desk needs, line by line, with what mends it."""

import importlib.util
import shutil
import stat
import textwrap
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from fulcrum import __version__
from fulcrum.cli import say
from fulcrum.cli.desk import open_kept_desk
from fulcrum.core.brief import Brief, Provenance
from fulcrum.core.errors import FulcrumError
from fulcrum.core.value import value
from fulcrum.core.wording import byte_size, many

_LITTLE, _TOO_LITTLE = 2_000_000_000, 200_000_000
_SILENT = 30.0
_RESTORE = "Restore the newest backup: fulcrum restore FILE --home NEW"


@value
class Found:
    """One thing that was looked at: ok, warn or fail; what it is; what mends it."""

    state: str
    about: str
    said: str
    remedy: str = ""


def run_doctor(home: Path | None) -> int:
    """Show what was found; gives the exit code: 1 if anything fails."""
    open_kept_desk(home)
    from django.db import DatabaseError

    found: list[Found] = []
    for look in _LOOKS:
        try:
            found += look()
        except DatabaseError as error:
            found.append(Found(state="fail", about="database", said=str(error), remedy=_RESTORE))
    for one in found:
        typer.echo(_hanging(f"{one.state:5} {one.about:12} {one.said}"))
        if one.remedy:
            typer.echo(_hanging(f"{'':18} → {one.remedy}"))
    failed = [one for one in found if one.state == "fail"]
    warned = [one for one in found if one.state == "warn"]
    say.line(f"{many(len(failed), 'failure')}, {many(len(warned), 'warning')}.")
    return 1 if failed else 0


def _home() -> Iterator[Found]:
    from django.conf import settings

    folder = Path(settings.FULCRUM_HOME)
    if _is_read_by_others(folder):
        yield Found(
            state="warn",
            about="home",
            said=f"{folder} can be read by other accounts of this machine",
            remedy=f"chmod 700 {folder}",
        )
    else:
        yield Found(state="ok", about="home", said=str(folder))


def _room() -> Iterator[Found]:
    from django.conf import settings

    free = shutil.disk_usage(settings.FULCRUM_HOME).free
    state = "fail" if free < _TOO_LITTLE else "warn" if free < _LITTLE else "ok"
    remedy = "" if state == "ok" else "Free some space: an import needs three times the size of its file"
    yield Found(state=state, about="disk", said=f"{byte_size(free)} free", remedy=remedy)


def _database() -> Iterator[Found]:
    from django.db import connection

    from fulcrum.records import tables

    try:
        said = tables.soundness()
    except FulcrumError as error:
        yield Found(state="fail", about="database", said=str(error), remedy=_RESTORE)
        return
    yield Found(state="ok", about="database", said=f"{connection.vendor}, {said}")
    if tables.is_sqlite() and (warning := tables.faulty_sqlite()):
        yield Found(state="warn", about="sqlite", said=warning)


def _tables() -> Iterator[Found]:
    from fulcrum.records import tables

    try:
        missing = tables.missing_steps()
    except tables.Newer as error:
        yield Found(state="fail", about="tables", said=str(error))
        return
    if missing:
        said = f"{many(len(missing), 'step')} behind this version"
        yield Found(state="fail", about="tables", said=said, remedy="fulcrum serve brings them up to date")
    else:
        yield Found(state="ok", about="tables", said="of this version")


def _key() -> Iterator[Found]:
    from django.conf import settings

    from fulcrum.records.sealed import Unreadable
    from fulcrum.records.tables import sealed_text

    file = Path(settings.FULCRUM_KEY_FILE)
    sealed = sealed_text()
    if not file.exists():
        state, said = ("fail", "is gone, and sealed text is there") if sealed else ("ok", "not needed yet")
        remedy = f"Put the key of these data at {file}" if sealed else ""
        yield Found(state=state, about="key", said=said, remedy=remedy)
        return
    if _is_read_by_others(file):
        said = f"{file} can be read by other accounts"
        yield Found(state="warn", about="key", said=said, remedy=f"chmod 600 {file}")
    try:
        from fulcrum.records.sealed import unseal

        if sealed:
            unseal(sealed)
    except Unreadable as error:
        yield Found(state="fail", about="key", said=str(error))
    else:
        yield Found(state="ok", about="key", said="fits" if sealed else "there; nothing is sealed yet")


def _worker() -> Iterator[Found]:
    from fulcrum.records.models import Job
    from fulcrum.records.models.jobs import JobState
    from fulcrum.records.worker import heartbeat_file

    beat = heartbeat_file()
    waiting = Job.objects.filter(state=JobState.WAITING).count()
    if beat.exists() and abs(time.time() - beat.stat().st_mtime) < _SILENT:
        yield Found(state="ok", about="worker", said=f"at work; {many(waiting, 'job')} waiting")
    else:
        said = f"none runs now; {many(waiting, 'job')} waiting"
        yield Found(state="warn", about="worker", said=said, remedy="fulcrum serve runs one")


def _clock() -> Iterator[Found]:
    from fulcrum.records.models import Audit

    newest = Audit.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is not None and newest > datetime.now(UTC) + timedelta(minutes=5):
        said = f"is behind: something was noted at {newest:%Y-%m-%d %H:%M} UTC"
        yield Found(state="fail", about="clock", said=said, remedy="Set the clock of this machine")
    else:
        yield Found(state="ok", about="clock", said=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")


def _documents() -> Iterator[Found]:
    from fulcrum.briefing.to_pdf import to_pdf

    try:
        size = len(to_pdf(_sample()))
    except (OSError, RuntimeError) as error:
        said = f"cannot be typeset: {error}"
        yield Found(state="fail", about="documents", said=said, remedy="Install Fulcrum again")
    else:
        yield Found(state="ok", about="documents", said=f"a PDF was typeset ({byte_size(size)})")


def _extras() -> Iterator[Found]:
    for module, what in (("psycopg", "PostgreSQL"), ("pyspark", "Spark")):
        is_there = importlib.util.find_spec(module) is not None
        said = f"{what}: {'installed' if is_there else 'not installed, needed only for data that lie there'}"
        yield Found(state="ok", about="extra", said=said)


def _team() -> Iterator[Found]:
    from django.conf import settings

    from fulcrum.cli.opening import missing_for_a_team

    if not settings.FULCRUM_OPEN:
        yield Found(state="ok", about="reach", said="this machine only")
        return
    missing = missing_for_a_team()
    for one in missing:
        yield Found(state="fail", about="reach", said=one)
    if not missing:
        yield Found(state="ok", about="reach", said=", ".join(settings.CSRF_TRUSTED_ORIGINS))


def _hanging(line: str) -> str:
    return textwrap.fill(
        line,
        say.WIDTH,
        subsequent_indent=" " * 19,
        break_long_words=False,  # a path is copied whole
        break_on_hyphens=False,
    )


def _sample() -> Brief:
    return Brief(
        title="A page to see whether pages can be made",
        audience="doctor",
        company="Fulcrum",
        as_of=say.today(),
        is_simulated=True,
        confidential="",
        contact="",
        sections=(),
        provenance=Provenance(version=__version__, files=(), traces=()),
    )


def _is_read_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


_LOOKS: tuple[Callable[[], Iterator[Found]], ...] = (
    _home,
    _room,
    _database,
    _tables,
    _key,
    _worker,
    _clock,
    _documents,
    _extras,
    _team,
)
