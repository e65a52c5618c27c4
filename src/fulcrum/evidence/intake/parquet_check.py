"""Whether a Parquet file may be read here: a limited child reads it first, and may crash without harm."""

import json
from collections.abc import Sequence
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.reading.confined import Room, confined, gave_up
from fulcrum.reading.layout import LIMITS

_MB = 1 << 20
_MEMORY = "2GB"
_ADDRESSES = 5 << 30  # the engine's memory, its threads and its code
_REMEDY = "Export it again, as plain columns with Snappy or Zstandard; or bring it as CSV."


def unsound_parquet(
    engine: DuckDB, path: Path, columns: Sequence[str] = (), *, file: str, seconds: int | None = None
) -> Problem | None:
    """What is wrong with the file in the columns that will be read (all unless named), or None."""
    whole = str(path.resolve())
    options = {
        "path": whole,
        "columns": list(columns),
        "cell": LIMITS.cell,
        "memory": _MEMORY,
        "folder": str(engine.folder),
    }
    room = Room(
        addresses=_ADDRESSES,
        seconds=10 + path.stat().st_size // (4 * _MB) if seconds is None else seconds,
        written=_MB,
    )
    done = confined("fulcrum.evidence.intake.parquet_child", options, None, room)
    if isinstance(done, str):
        return gave_up(done, file=file, kind="file", remedy=_REMEDY)
    wrong: str | None = json.loads(done.output)
    if wrong is None:
        return None
    what = wrong.replace(whole, file)
    return Problem(file=file, what=what, remedy=_REMEDY, code="unreadable")
