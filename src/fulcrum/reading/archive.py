"""Whether an XLSX is safe and sound as the ZIP archive that it is; runs in the limited child only.

Everything is unpacked once, as a stream, before any reader sees it: what the archive declares of itself is
not believed. Limits: 2,000 entries, 400 MB unpacked, 100 to 1 beyond 20 MB.
"""

import stat
import zipfile
import zlib

from fulcrum.core.errors import Problem, Severity

_ENTRIES = 2_000
_UNPACKED = 400 << 20
_SMALL = 20 << 20
_RATIO = 100
_CHUNK = 1 << 20
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")  # XML knows them in capitals only
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def archive_problems(archive: zipfile.ZipFile, *, file: str) -> tuple[Problem, ...]:
    """What forbids reading the archive, and notes on what in it will not be read."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    refused = (
        _too_many(entries, file=file)
        or _unsafe_name(entries, file=file)
        or _no_workbook(names, file=file)
        or _unpacking(archive, file=file)
    )
    return (refused,) if refused is not None else _notes(names, file=file)


def _error(file: str, code: str, what: str, remedy: str) -> Problem:
    return Problem(file=file, code=code, what=what, remedy=remedy)


def _too_many(entries: list[zipfile.ZipInfo], *, file: str) -> Problem | None:
    if len(entries) <= _ENTRIES:
        return None
    what = f"The archive has {len(entries):,} parts; a workbook has a few dozen."
    return _error(file, "archive-parts", what, "Export the table again as XLSX or CSV.")


def _unsafe_name(entries: list[zipfile.ZipInfo], *, file: str) -> Problem | None:
    """Names that leave the archive, links, and names that occur twice: two readers may read two files."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in entry.orig_filename:
            what = f"A part is named “{name[:60]}”, which points outside the archive."
            return _error(
                file, "archive-name", what, "Do not open this file; ask its sender for a new export."
            )
        if stat.S_ISLNK(entry.external_attr >> 16):
            what = f"The part “{name[:60]}” is a link."
            return _error(
                file, "archive-link", what, "Do not open this file; ask its sender for a new export."
            )
        if name.casefold() in seen:
            what = f"The part “{name[:60]}” occurs twice."
            return _error(
                file, "archive-twice", what, "Open the file, save it under a new name and use that."
            )
        seen.add(name.casefold())
    return None


def _no_workbook(names: list[str], *, file: str) -> Problem | None:
    if any(name.casefold() == "xl/workbook.xml" for name in names):
        return None
    what = "The archive holds no XLSX workbook."
    if any(name.casefold() == "xl/workbook.bin" for name in names):
        what = "The file is a binary workbook (XLSB)."
    return _error(file, "not-xlsx", what, "Save it as “Excel workbook (.xlsx)” or as CSV UTF-8.")


def _unpacking(archive: zipfile.ZipFile, *, file: str) -> Problem | None:
    """Unpacks every part as a stream and stops at the first that is damaged, too big, or hides entities."""
    packed = sum(entry.compress_size for entry in archive.infolist())
    total = 0
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            return _error(
                file, "encrypted", "The archive is encrypted.", "Remove the password and save it again."
            )
        try:
            with archive.open(entry) as stream:
                tail = b""
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > _UNPACKED or (total > _SMALL and total > _RATIO * packed):
                        return _bomb(total, packed, file=file)
                    is_xml = entry.filename.endswith((".xml", ".rels"))
                    if is_xml and any(mark in tail + chunk for mark in _ENTITIES):
                        return _entities(entry.filename, file=file)
                    tail = chunk[-16:]
        except _DAMAGED:
            what = f"The part “{entry.filename[:60]}” is damaged."
            return _error(file, "damaged", what, "Copy or export the file again; it may be cut off.")
    return None


def _bomb(total: int, packed: int, *, file: str) -> Problem:
    what = (
        f"The workbook unpacks to over {total / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB; we stopped there."
    )
    return _error(file, "archive-bomb", what, "Export the table as CSV, or only the columns that you need.")


def _entities(name: str, *, file: str) -> Problem:
    what = f"The part “{name[:60]}” defines XML entities, which no spreadsheet program writes."
    return _error(file, "entities", what, "Do not open this file; ask its sender for a new export.")


def _notes(names: list[str], *, file: str) -> tuple[Problem, ...]:
    notes = []
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        notes.append(
            Problem(
                file=file,
                what="The workbook has macros; they were neither run nor read.",
                remedy="Nothing to do.",
                severity=Severity.NOTE,
                code="macros",
            )
        )
    if any(name.casefold().startswith("xl/externallinks/") for name in names):
        notes.append(
            Problem(
                file=file,
                what="The workbook draws on other workbooks; their values are as they were last saved.",
                remedy="Open it, update the links and save it again if they may be old.",
                severity=Severity.NOTE,
                code="external-links",
            )
        )
    return tuple(notes)
