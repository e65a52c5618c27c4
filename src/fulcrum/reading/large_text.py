"""A large text file, parsed by a limited child that writes its rows down as plain CSV; the parent side.

What comes back is small (header, account, problems) and checked; the rows are a CSV of one known form, which
any reader takes fast and without guessing: row number first, then every cell, lines ended by LF, and a cell
with a line end in quotes.
"""

import csv
import json
from dataclasses import asdict
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.reading.account import Rejected, RowAccount, Skipped
from fulcrum.reading.confined import Room, confined, gave_up, told
from fulcrum.reading.layout import Layout, Limits
from fulcrum.reading.opening import rewound, size_of

_SMALLER = "Split it by date, leave out columns that are not needed, or bring it as Parquet."
_MB = 1 << 20


@value
class LaidOut:
    """A table whose rows a limited child wrote to `rows`; `widest` is the longest line in characters."""

    name: str
    sha256: str
    header: tuple[str, ...]
    header_rows: tuple[tuple[str, ...], ...]
    account: RowAccount
    rows: Path
    widest: int


def laid_out(
    source: BufferedReader, *, into: Path, file: str, layout: Layout, limits: Limits
) -> tuple[LaidOut | None, tuple[Problem, ...]]:
    """The table in an open text file, its rows in `into`."""
    digest = file_digest(source, "sha256").hexdigest()
    options = {"file": file, "layout": asdict(layout), "limits": asdict(limits)}
    with into.open("wb") as rows:
        done = confined(
            "fulcrum.reading.text_child",
            options,
            rewound(source),
            _room(size_of(source), limits),
            result=rows,
        )
    if isinstance(done, str):
        return None, (gave_up(done, file=file, kind="file", remedy=_SMALLER),)
    said = json.loads(done.report.splitlines()[-1])
    table = None if said["table"] is None else _understood(said["table"], file=file, digest=digest, rows=into)
    return table, told(said["problems"])


def rows_of(table: LaidOut) -> tuple[list[int], list[tuple[str, ...]]]:
    """The row numbers and the rows, read back."""
    numbers: list[int] = []
    rows: list[tuple[str, ...]] = []
    with table.rows.open(encoding="utf-8", newline="") as lines:
        for number, *cells in csv.reader(lines):
            numbers.append(int(number))
            rows.append(tuple(cells))
    return numbers, rows


def _room(size: int, limits: Limits) -> Room:
    """In proportion to the file: a cell of two characters takes thirty times its size while it is cut."""
    return Room(
        addresses=min(limits.memory, 512 * _MB + 32 * size),
        seconds=20 + size // (2 * _MB),
        written=64 * _MB + 8 * size,
    )


def _understood(said: dict[str, Any], *, file: str, digest: str, rows: Path) -> LaidOut:
    account = said["account"]
    return LaidOut(
        name=file,
        sha256=digest,
        header=tuple(said["header"]),
        header_rows=tuple(map(tuple, said["header_rows"])),
        account=RowAccount(
            rows_in=account["rows_in"],
            accepted=account["accepted"],
            rejected=tuple(Rejected(**one) for one in account["rejected"]),
            skipped=tuple(Skipped(**one) for one in account["skipped"]),
        ),
        rows=rows,
        widest=said["widest"],
    )
