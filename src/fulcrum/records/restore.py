"""A backup laid out as a new home: everything is checked before anything stands in its place.

Needs no settings and opens no desk. Checksums find damage, not forgery: who can write the archive can write
its manifest too.
"""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from fulcrum.core.errors import FulcrumError, WrongUse
from fulcrum.records import manifest, postgres
from fulcrum.records.archive_file import NotSound, Readable, Weight, check_ending, files_in, pour
from fulcrum.records.manifest import Manifest
from fulcrum.records.postgres import Server

_KEPT_FREE = 64 << 20


def restore(file: Path, home: Path, *, key: Path | None = None, server: Server | None = None) -> Manifest:
    """Make `home` from a backup; nothing is left there unless all of it is sound."""
    check_ending(file)
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.")
    _must_be_free(home)
    parent = home.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".restoring-{home.name}-", dir=parent) as beside:
            folder = Path(beside) / "home"
            folder.mkdir(mode=0o700)
            found = _unpacked(file, folder)
            _place_key(found, folder, key)
            _check_database(found, folder, server)
            if home.exists():
                home.rmdir()
            folder.replace(home)
    except OSError as error:
        raise FulcrumError(f"{home} could not be made: {error.strerror}.") from error
    return found


def _must_be_free(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise WrongUse(
            f"{home} is not empty. A restore makes a new home: name a folder that is not there yet."
        )


def _unpacked(file: Path, folder: Path) -> Manifest:
    told, weights = b"", {}
    for name, stream in files_in(file):
        if name == manifest.NAME:
            told = stream.read(manifest.MOST_BYTES)
        else:
            weights[name] = _laid_out(name, stream, folder)
    if not told:
        raise NotSound(f"{file.name} holds no manifest, so it is no whole backup of Fulcrum.")
    found = manifest.from_json(told)
    _compare(found.files, weights)
    return found


def _laid_out(name: str, stream: Readable, folder: Path) -> Weight:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("xb") as into:
        os.fchmod(into.fileno(), 0o600)
        return pour(stream, into, most=max(0, shutil.disk_usage(folder).free - _KEPT_FREE))


def _compare(told: dict[str, Weight], found: dict[str, Weight]) -> None:
    for name in sorted(told.keys() | found.keys()):
        if name not in found:
            raise NotSound(f"“{name}” is missing from the archive. Use another copy.")
        if name not in told:
            raise NotSound(f"“{name}” is in the archive and not in its manifest. Do not use it.")
        if told[name] != found[name]:
            raise NotSound(f"“{name}” is not as it was when the backup was made. Use another copy.")


def _place_key(found: Manifest, folder: Path, key: Path | None) -> None:
    if key is None:
        return
    if not manifest.is_key_of(found, key):
        raise WrongUse(f"{key} is not the key of this backup; the key has the mark {found.key_fingerprint}.")
    place = folder / manifest.KEY
    place.parent.mkdir(exist_ok=True, mode=0o700)
    shutil.copyfile(key, place)
    place.chmod(0o600)


def _check_database(found: Manifest, folder: Path, server: Server | None) -> None:
    if found.database == "sqlite":
        _check_sqlite(folder / manifest.SQLITE)
        return
    if server is None:
        raise WrongUse(
            "The records of this backup come from PostgreSQL: set DATABASE_URL to an empty database."
        )
    dumped = folder / manifest.DUMP
    if not dumped.is_file():
        raise NotSound("The archive holds no database.")
    postgres.load(server, dumped)
    dumped.unlink()


def _check_sqlite(file: Path) -> None:
    if not file.is_file():
        raise NotSound("The archive holds no database.")
    try:
        with closing(sqlite3.connect(file)) as database:
            (said,) = database.execute("PRAGMA integrity_check").fetchone()
            dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotSound(f"The database in the archive cannot be read ({error}). Use another copy.") from None
    if said != "ok" or dangling is not None:
        raise NotSound(f"The database in the archive is not sound ({said}). Use another copy.")
