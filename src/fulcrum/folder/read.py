"""The company folder to a `Company`, or to every mistake that stands in the way.

company, problems = read_folder(Path("acme"), as_of=None, today=date.today())
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from fulcrum.core.company import Company, Vision
from fulcrum.core.errors import Problem, Severity
from fulcrum.folder import company_file, vision_file
from fulcrum.folder.company_file import read_company_file
from fulcrum.folder.consistency import inconsistencies
from fulcrum.folder.rows import Entries, read_entries
from fulcrum.folder.tables import BY_FILE, EXECUTIVES, TABLES
from fulcrum.folder.vision_file import read_vision

_FILES = (company_file.FILE, vision_file.FILE, *BY_FILE)
_FOLDERS = ("data", "pilots", "playbook", "words")
_EXPLAINING = frozenset({".md", ".txt", ".rst"})


def read_folder(
    path: Path, *, as_of: date | None, today: date | None = None
) -> tuple[Company | None, tuple[Problem, ...]]:
    """The company, or None if anything in the folder is an error; in any case every Problem at once.

    The day is `as_of` if given, else that of company.toml, else `today`, which the caller reads off the
    clock. Customers' data (data/), pilots and words are read elsewhere.
    """
    if not path.is_dir():
        return None, (_no_folder(path),)
    company, problems = read_company_file(path, as_of=as_of, today=today)
    read = [read_entries(path, table) for table in TABLES]
    executives = _executive_ids(read)
    vision, more = read_vision(path, executives=executives)
    on = company.as_of if company else as_of or today or date.max
    found = [
        *problems,
        *_no_executives(path, read),
        *(p for entries in read for p in entries.problems),
        *more,
    ]
    found += inconsistencies(read, executives=executives, as_of=on)
    found += _unknown_files(path)
    if company is None or any(problem.is_error for problem in found):
        return None, tuple(found)
    return _assembled(company, read, vision), tuple(found)


def _assembled(company: Company, read: Collection[Entries], vision: Vision | None) -> Company:
    tables: dict[str, Any] = {entries.table.field: entries.values for entries in read}
    return replace(company, vision=vision, **tables)


def _executive_ids(read: Collection[Entries]) -> frozenset[str]:
    """Everybody whom executives.csv names, so that one mistake there is not told again in every file."""
    (entries,) = (entries for entries in read if entries.table is EXECUTIVES)
    return frozenset((*(person.id for person in entries.values), *entries.unread))


def _no_executives(path: Path, read: Collection[Entries]) -> list[Problem]:
    """Executives are what all else hangs on: the file must be there, and it is noted if it is empty."""
    is_there = (path / EXECUTIVES.file).exists()
    entries = next(e for e in read if e.table is EXECUTIVES)
    if is_there and (entries.entries or any(p.is_error for p in entries.problems)):
        return []
    return [
        Problem(
            file=EXECUTIVES.file,
            what="There are no executives yet." if is_there else "The file is missing.",
            remedy=f"Write one row for each, under the header {','.join(EXECUTIVES.headers)}.",
            severity=Severity.NOTE if is_there else Severity.ERROR,
            code="no-executives",
        )
    ]


def _unknown_files(path: Path) -> list[Problem]:
    """A note for each file that we do not read, with the name that was perhaps meant."""
    known = {*_FILES, *_FOLDERS}
    found = []
    for item in sorted(path.iterdir()):
        name = item.name
        if name in known or name.startswith((".", "~$")) or item.suffix.casefold() in _EXPLAINING:
            continue
        near = get_close_matches(name.casefold(), sorted(known), n=1, cutoff=0.75)
        found.append(
            Problem(
                file=name,
                what="It is not part of a company folder; it was not read.",
                remedy=f"Did you mean “{near[0]}”?" if near else "Customers' exports belong in data/.",
                severity=Severity.QUESTION if near else Severity.NOTE,
                code="file-unknown",
            )
        )
    return found


def _no_folder(path: Path) -> Problem:
    return Problem(
        file=str(path),
        what="There is no such folder.",
        remedy="Check the name, or make one with `fulcrum new DIR`.",
        code="no-folder",
    )
