"""An XLSX as records, parsed in a child process that may crash or be stopped without harm to this one."""

import csv
import io
import json
import os
import subprocess
import sys
from typing import Any

from fulcrum.core.errors import Problem, Severity
from fulcrum.reading.account import Rejected
from fulcrum.reading.decode import foreign
from fulcrum.reading.delimited import Records
from fulcrum.reading.layout import Layout, Limits

_PACKED = 200 << 20
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KEPT_SETTINGS = ("PYTHONPATH", "PATH", "SYSTEMROOT")  # all that a Python needs to start


def read_workbook(data: bytes, *, file: str, layout: Layout, limits: Limits) -> Records:
    """The records of the declared sheet, or of the only one that holds anything."""
    if (refused := _no_workbook(data, file=file)) is not None:
        return _nothing(refused)
    options = {
        "file": file,
        "sheet": layout.sheet,
        "columns": limits.columns,
        "seconds": limits.seconds,
    }
    command = [sys.executable, "-P", "-m", "fulcrum.reading.child", json.dumps(options)]
    kept = {name: os.environ[name] for name in _KEPT_SETTINGS if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=limits.seconds, check=False, env=kept
        )
    except subprocess.TimeoutExpired:
        return _nothing(_gave_up(f"reading took longer than {limits.seconds} seconds", file=file))
    if done.returncode != 0:
        return _nothing(_gave_up("it needs too much memory or stops the reader", file=file))
    return _understood(done.stdout)


def _understood(answer: bytes) -> Records:
    report, _, table = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(report)
    problems = tuple(Problem(**{**p, "severity": Severity(p["severity"])}) for p in said["problems"])
    rows = None
    if said["has_rows"]:
        rows = list(map(tuple, csv.reader(io.StringIO(table.decode(), newline=""))))
    spoilt = tuple(Rejected(row=int(row), reason=why) for row, why in said["spoilt"].items())
    return Records(rows=rows, spoilt=spoilt, problems=problems)


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


def _gave_up(why: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"The workbook could not be read within safe limits: {why}.",
        remedy="Export the table as CSV, or only the columns and rows that you need.",
        code="gave-up",
    )
