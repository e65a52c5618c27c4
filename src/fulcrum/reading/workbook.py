"""An XLSX as records, parsed in a child process that may crash or be stopped without harm to this one."""

import csv
import io
import json
from typing import Any

from fulcrum.core.errors import Problem
from fulcrum.reading.account import Rejected
from fulcrum.reading.confined import Room, confined, gave_up, told
from fulcrum.reading.decode import foreign
from fulcrum.reading.delimited import Records
from fulcrum.reading.layout import Layout, Limits

_PACKED = 200 << 20
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ADDRESSES = 2 << 30
_SMALLER = "Export the table as CSV, or only the columns and rows that you need."


def read_workbook(data: bytes, *, file: str, layout: Layout, limits: Limits) -> Records:
    """The records of the declared sheet, or of the only one that holds anything."""
    if (refused := _no_workbook(data, file=file)) is not None:
        return _nothing(refused)
    options = {"file": file, "sheet": layout.sheet, "columns": limits.columns}
    room = Room(addresses=_ADDRESSES, seconds=limits.seconds)
    done = confined("fulcrum.reading.child", options, data, room, wait=limits.seconds)
    if isinstance(done, str):
        return _nothing(gave_up(done, file=file, kind="workbook", remedy=_SMALLER))
    return _understood(done.output)


def _understood(answer: bytes) -> Records:
    report, _, table = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(report)
    rows = None
    if said["has_rows"]:
        rows = list(map(tuple, csv.reader(io.StringIO(table.decode(), newline=""))))
    spoilt = tuple(Rejected(row=int(row), reason=why) for row, why in said["spoilt"].items())
    return Records(rows=rows, spoilt=spoilt, problems=told(said["problems"]))


def _no_workbook(data: bytes, *, file: str) -> Problem | None:
    """What the content says before any parser sees it."""
    if not data:
        what, remedy, code = "The file is empty.", "Export it again.", "empty"
    elif len(data) > _PACKED:
        what = f"The workbook has {len(data) / 1e6:,.0f} MB; we read workbooks up to {_PACKED / 1e6:,.0f} MB."
        remedy, code = "Export the table as CSV.", "too-big"
    elif data.startswith(_OLD_FORMAT) and _ENCRYPTED in data:
        what, code = "The workbook is protected by a password.", "encrypted"
        remedy = "Remove the password and save it again."
    elif data.startswith(b"PK\x03\x04"):
        return None
    else:
        kind, remedy = foreign(data) or (
            "not an XLSX workbook",
            "If it is plain text, let it end in .csv.",
        )
        what, code = f"The file is {kind}.", "foreign-content"
    return Problem(file=file, what=what, remedy=remedy, code=code)


def _nothing(problem: Problem) -> Records:
    return Records(rows=None, problems=(problem,))
