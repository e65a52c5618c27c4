"""A backup while the desk runs: the database as of one moment, every workspace's files, checksums of all.

SQLite through its online backup API (a copy of the file would lose what lies in the log), PostgreSQL through
`pg_dump`. The key that opens private text stays out unless it is asked for: who has both has everything.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from fulcrum import __version__
from fulcrum.core.errors import FulcrumError, WrongUse
from fulcrum.records import manifest, postgres
from fulcrum.records.archive_file import Weight, check_ending, writing
from fulcrum.records.manifest import Manifest
from fulcrum.records.models import Dataset

Tell = Callable[[int, int, str], None]
_TRIES = 3


class Moving(FulcrumError):
    """Files that changed while they were copied, again and again."""


def write_backup(out: Path, *, with_key: bool = False, tell: Tell = lambda *_: None) -> Manifest:
    """Write everything that the desk keeps to `out`; whole or not at all."""
    check_ending(out)
    if out.exists():
        raise WrongUse(f"{out} is there already; choose another name.")
    if not out.resolve().parent.is_dir():
        raise WrongUse(f"There is no folder {out.resolve().parent} to write {out.name} to.")
    part = out.with_name(f".part-{os.getpid()}-{out.name}")
    try:
        made = _write(part, with_key=with_key, tell=tell)
        part.replace(out)
    except OSError as error:
        raise FulcrumError(f"{out} could not be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _write(part: Path, *, with_key: bool, tell: Tell) -> Manifest:
    part.touch(mode=0o600)
    for _ in range(_TRIES):
        with tempfile.TemporaryDirectory(
            prefix="backup-", dir=_private(settings.FULCRUM_HOME / "run")
        ) as own:
            tell(0, 0, "Copying the database")
            database = _copied_database(Path(own))
            rows = _exports_in(database)
            made = _packed(part, database, Path(own), with_key=with_key, tell=tell)
        differing = _differing(rows, made.files)
        if not differing:
            return made
    raise Moving(
        f"{', '.join(differing)}: not the file that was uploaded, or being replaced at this moment. "
        "Upload it again, then make the backup."
    )


def _packed(part: Path, database: Path, own: Path, *, with_key: bool, tell: Tell) -> Manifest:
    found = [(database.name, database), *_workspace_files(), *(_key() if with_key else ())]
    weights: dict[str, Weight] = {}
    with writing(part) as put:
        for done, (name, file) in enumerate(found):
            tell(done, len(found), f"Packing {name}")
            try:
                weights[name] = put(name, file)
            except FileNotFoundError:
                continue  # removed meanwhile; if a row still names it, the whole is made anew
        made = Manifest(
            version=__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=connection.vendor,
            key_fingerprint=manifest.fingerprint(settings.FULCRUM_KEY_FILE),
            files=weights,
        )
        told = own / manifest.NAME
        told.write_text(manifest.to_json(made), encoding="utf-8")
        put(manifest.NAME, told)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return made


def _copied_database(own: Path) -> Path:
    if connection.vendor == "sqlite":
        copy = own / manifest.SQLITE
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as into:
            connection.connection.backup(into)
        return copy
    copy = own / manifest.DUMP
    postgres.dump(postgres.server(connection.settings_dict), copy)
    return copy


def _workspace_files() -> Iterator[tuple[str, Path]]:
    folder = Path(settings.FULCRUM_HOME) / "workspaces"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            yield manifest.FILES + file.relative_to(folder).as_posix(), file


def _key() -> Iterator[tuple[str, Path]]:
    if settings.FULCRUM_KEY_FILE.exists():
        yield manifest.KEY, settings.FULCRUM_KEY_FILE


def _exports_in(database: Path) -> dict[str, str]:
    """Which files the copied records speak of, with the checksum that they were given."""
    if database.name == manifest.SQLITE:
        ask = (
            "SELECT w.slug, d.name, d.sha256 FROM records_dataset d "
            "JOIN records_workspace w ON w.id = d.workspace_id"
        )
        with closing(sqlite3.connect(database)) as copied:
            rows = copied.execute(ask).fetchall()
    else:
        rows = list(Dataset.objects.values_list("workspace__slug", "name", "sha256"))
    return {f"{manifest.FILES}{slug}/data/{name}": sha256 for slug, name, sha256 in rows}


def _differing(rows: dict[str, str], files: dict[str, Weight]) -> list[str]:
    return [name for name, sha256 in rows.items() if name not in files or files[name].sha256 != sha256]


def _private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
