"""The engine of files: DuckDB in memory, locked down, reached through a few methods.

The only file of the house that imports duckdb. Files reach it in two ways: a table of texts read elsewhere
(`load_texts`), or Parquet scanned where it lies (`register_parquet`). Inside, columns are called c0, c1, …;
a header is data and never becomes an identifier. Every result is drained, for an unfinished one blocks the
connection. DuckDB says itself that its settings are no boundary against a hostile file: texts and workbooks
are parsed in a limited child (`fulcrum.reading`) and arrive here as plain texts; a Parquet file has been read
whole by such a child (`parquet_check`) before it is opened here.
"""
# ruff: noqa: S608 — every name in the SQL of this file is made here, every text is quoted

import os
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np

from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import EngineError, SourceColumn, quoted, sentence

_CHUNK = 1 << 20
_LINE = 2_000_000
_OURS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.PermissionException,
)
"""Errors that no file can cause, only a mistake of ours: they crash."""


@value
class EngineLimits:
    """What the engine may use: memory and spill in bytes as DuckDB writes them, and threads."""

    memory: str = "4GB"
    spill: str = "16GB"
    threads: int = min(4, os.cpu_count() or 1)


class DuckDB:
    """A locked DuckDB in memory that can read the given Parquet files and nothing else."""

    name = "duckdb"

    def __init__(self, *, parquet: Sequence[Path] = (), limits: EngineLimits | None = None) -> None:
        self._spill = tempfile.TemporaryDirectory(prefix="fulcrum-")
        self._connection = duckdb.connect(":memory:")
        for setting in _settings(parquet, Path(self._spill.name), limits or EngineLimits()):
            self.run(setting)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        try:
            return self._connection.execute(sql, list(parameters)).fetchall()
        except _OURS:
            raise
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise EngineError(sentence(error)) from error

    def run(self, sql: str) -> None:
        """A statement whose answer nobody needs; drained all the same."""
        self.query(sql)

    def table(self, name: str, sql: str) -> None:
        """A table of ours, made once."""
        self.run(f"CREATE TABLE {name} AS {sql}")

    def view(self, name: str, sql: str) -> None:
        """A name for a selection, so that a query over it is one scan of the file where it lies."""
        self.run(f"CREATE VIEW {name} AS {sql}")

    def load_texts(self, name: str, rows: Sequence[int], columns: Sequence[Sequence[str | None]]) -> None:
        """A table of texts named by us, with the user's row number as `row` and columns c0, c1, …"""
        arrays: dict[str, Any] = {"row": np.array(rows, dtype=np.int64)}
        for i, column in enumerate(columns):
            texts = np.empty(len(column), dtype=object)
            texts[:] = column
            arrays[f"c{i}"] = texts
        self._connection.register("incoming", arrays)
        declared = ", ".join(f"CAST(c{i} AS VARCHAR) AS c{i}" for i in range(len(columns)))
        self.run(f"CREATE TABLE {name} AS SELECT row, {declared} FROM incoming")
        self._connection.unregister("incoming")

    @property
    def folder(self) -> Path:
        """The private folder in which this engine may read and write; gone when it closes."""
        return Path(self._spill.name)

    def load_laid_out(self, name: str, rows: Path, columns: int, widest: int) -> None:
        """A table of texts, as `load_texts` makes it, from rows laid out in `folder` by the reading room."""
        types = ", ".join(["'row': 'BIGINT'", *(f"'c{i}': 'VARCHAR'" for i in range(columns))])
        longest = max(_LINE, 4 * widest + 16)  # bytes of its characters, and their line end
        texts = ", ".join(f"coalesce(c{i}, '') AS c{i}" for i in range(columns))
        self.table(
            name,
            f"SELECT row, {texts} FROM read_csv({quoted(str(rows))}, columns = {{{types}}}, delim = ',', "
            "quote = '\"', escape = '\"', new_line = '\\n', header = false, auto_detect = false, "
            f"strict_mode = true, max_line_size = {longest}, buffer_size = {4 * longest})",
        )

    def register_parquet(self, name: str, path: Path) -> tuple[SourceColumn, ...]:
        """A view over a Parquet file where it lies: columns c0, c1, … and `row` (the header is row 1)."""
        scan = f"read_parquet({quoted(str(path.resolve()))}"
        described = self.query(f"DESCRIBE SELECT * FROM {scan})")
        columns = tuple(
            SourceColumn(header=row[0], name=f"c{i}", type=row[1]) for i, row in enumerate(described)
        )
        names = ", ".join(column.name for column in columns)
        self.run(
            f"CREATE VIEW {name} AS SELECT {names}, number + 2 AS row "
            f"FROM (SELECT * FROM {scan}, file_row_number = true)) AS file({names}, number)"
        )
        return columns

    def close(self) -> None:
        """Ends the connection and removes what was spilled."""
        self._connection.close()
        self._spill.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def sha256_of(path: Path) -> str:
    """The fingerprint of a file, read in pieces."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def is_parquet(path: Path) -> bool:
    """Whether the file is Parquet by its content, whatever its name says."""
    if not path.is_file():  # to open a pipe would wait for its writer
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _settings(parquet: Sequence[Path], spill: Path, limits: EngineLimits) -> list[str]:
    """What locks the engine down, in order: the lock itself comes last."""
    files = ", ".join(quoted(str(path.resolve())) for path in parquet)
    values: Mapping[str, str] = {
        "temp_directory": quoted(str(spill)),
        "max_temp_directory_size": quoted(limits.spill),
        "memory_limit": quoted(limits.memory),
        "threads": str(limits.threads),
        "allowed_directories": f"[{quoted(str(spill))}]",
        "allowed_paths": f"[{files}]",
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
        "perfect_ht_threshold": "16",  # small keys group by address; more bits would cost memory per sum
        "lock_configuration": "true",
    }
    return [f"SET {name} = {setting}" for name, setting in values.items()]
