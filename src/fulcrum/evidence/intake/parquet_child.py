"""The child that reads a Parquet file once: `python -m fulcrum.evidence.intake.parquet_child OPTIONS`.

It takes its limits, holds the footer against the pages, and decodes every cell of the columns that will be
read. On standard output it says in JSON what is wrong, or null. DuckDB says itself that its settings are no
boundary against a crafted file; what this child survives, the same reader will read the same way again.
"""
# ruff: noqa: S608 — names are made in `sources`, paths are quoted

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from fulcrum.evidence.engines.engine import EngineError, SourceColumn, quoted
from fulcrum.evidence.intake.parquet_pages import NotAPage, values_in
from fulcrum.evidence.intake.sources import DuckDB, EngineLimits
from fulcrum.reading.confined import confine

_ENOUGH = 1 << 30
_RATIO = 100


def main(options: dict[str, Any]) -> None:
    """Read the file, and say what is wrong with it."""
    confine(options)
    tempfile.tempdir = options["folder"]  # what a child leaves there goes with its parent's folder
    path = Path(options["path"])
    limits = EngineLimits(memory=options["memory"], spill="0MB", threads=2)
    try:
        with DuckDB(parquet=[path], limits=limits) as engine:
            wrong = _wrong(engine, path, set(options["columns"]), int(options["cell"]))
    except NotAPage as broken:
        wrong = f"Its pages are damaged: {broken}."
    except EngineError as broken:
        wrong = str(broken)
    sys.stdout.write(json.dumps(wrong))


def _wrong(engine: DuckDB, path: Path, headers: set[str], cell: int) -> str | None:
    columns = [one for one in engine.register_parquet("file", path) if one.header in headers or not headers]
    if not columns:
        return None  # the mapping names none of them, which is told elsewhere
    return _bomb(engine, path) or _pages(engine, path, columns) or _cells(engine, path, columns, cell)


def _bomb(engine: DuckDB, path: Path) -> str | None:
    """What the footer itself admits."""
    ((unpacked,),) = engine.query(f"SELECT SUM(total_uncompressed_size) FROM {_metadata(path)}")
    return _too_large(int(unpacked or 0), path)


def _too_large(unpacked: int, path: Path) -> str | None:
    packed = path.stat().st_size
    if unpacked <= _ENOUGH or unpacked <= _RATIO * packed:
        return None
    return f"It unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.2f} MB."


def _pages(engine: DuckDB, path: Path, columns: list[SourceColumn]) -> str | None:
    """Where the footer and the pages count different rows."""
    names = ", ".join(quoted(column.header) for column in columns)
    chunks = engine.query(
        "SELECT row_group_num_rows, num_values, total_compressed_size, "
        "least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset) "
        f"FROM {_metadata(path)} WHERE path_in_schema IN ({names})"
    )
    ((said, grouped),) = engine.query(
        f"SELECT (SELECT num_rows FROM parquet_file_metadata({quoted(str(path.resolve()))})), "
        f"(SELECT SUM(row_group_num_rows) FROM {_metadata(path)} WHERE column_id = 0)"
    )
    if int(said) != int(grouped or 0):
        return f"Its footer says {said:,} rows, and its row groups {int(grouped or 0):,}."
    with path.open("rb") as file:
        for rows, values, length, start in chunks:
            held = values_in(file, int(start), int(length))
            if not int(rows) == int(values) == held:
                return f"Its footer says {rows:,} rows where its pages hold {held:,}."
    return None


def _cells(engine: DuckDB, path: Path, columns: list[SourceColumn], cell: int) -> str | None:
    """Every cell decoded once, and texts measured: a short page may stand for gigabytes."""
    texts = [column.name for column in columns if column.type == "VARCHAR"]
    if texts:
        longest = ", ".join(f"coalesce(MAX(strlen({name})), 0)" for name in texts)
        length = " + ".join(f"coalesce(SUM(strlen({name})), 0)" for name in texts)
        ((*most, whole),) = engine.query(f"SELECT {longest}, {length} FROM file")
        if max(most) > cell:
            return f"A cell holds {max(most):,} bytes; we read up to {cell:,}."
        if (told := _too_large(int(whole), path)) is not None:
            return told
    engine.query(f"SELECT bit_xor(hash({', '.join(column.name for column in columns)})) FROM file")
    return None


def _metadata(path: Path) -> str:
    return f"parquet_metadata({quoted(str(path.resolve()))})"


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
