"""PostgreSQL: tables are counted inside it. The only file that imports psycopg.

The session can only read, sees one moment of the data from its first query to its last, keeps to a time limit
for each query, and says dates in UTC.
"""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from fulcrum.evidence.engines.dialects import literal_identifier
from fulcrum.evidence.engines.engine import EngineError, first_line, sentence
from fulcrum.evidence.engines.warehouse import Warehouse, parts_of

_COLUMNS = """
SELECT a.attname, format_type(t.oid, CASE WHEN t.oid = d.oid THEN a.atttypmod ELSE d.typtypmod END), t.typtype
FROM pg_attribute a JOIN pg_type d ON d.oid = a.atttypid
JOIN pg_type t ON t.oid = CASE WHEN d.typtype = 'd' THEN d.typbasetype ELSE d.oid END
WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_SCHEMA = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid = to_regclass(%s)
"""
_PLAIN = {
    "smallint": "SMALLINT",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "real": "FLOAT",
    "double precision": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp without time zone": "TIMESTAMP",
}
_TEXTS = ("text", "character", "uuid", "citext", "name")


class Postgres(Warehouse):
    """A read-only session on a PostgreSQL server."""

    name = dialect = "postgres"

    def __init__(self, address: str, *, timeout_seconds: int) -> None:
        super().__init__()
        try:
            conninfo_to_dict(address)
        except psycopg.ProgrammingError:  # its text would repeat the address, password and all
            raise EngineError("The variable holds no address of a PostgreSQL server.") from None
        try:
            self._session = psycopg.connect(address, connect_timeout=10)
            self._session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._session.read_only = True
            for setting in _settings(timeout_seconds):
                self._session.execute(setting)
            self._session.commit()
        except psycopg.Error as error:
            raise EngineError(f"PostgreSQL does not answer: {first_line(error)}") from error

    def describe(self, relation: str) -> list[tuple[str, str, str]]:
        """Each column: header, type in the house's words, and SQL that reads it."""
        return [
            (header, *_read(literal_identifier(header, self.dialect), stored, kind))
            for header, stored, kind in self._run(_COLUMNS, (self._quoted(parts_of(relation)),))
        ]

    def address(self, relation: str) -> str:
        """The table with its schema, so that no name of ours can stand for it."""
        ((schema, table),) = self._run(_SCHEMA, (self._quoted(parts_of(relation)),))
        return self._quoted((schema, table))

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        return self._run(text)

    def close(self) -> None:
        """Ends the session."""
        self._session.close()

    def _run(self, text: str, parameters: tuple[str, ...] | None = None) -> list[tuple[Any, ...]]:
        try:
            return list(self._session.execute(text, parameters).fetchall())
        except psycopg.Error as error:
            self._session.rollback()
            raise EngineError(sentence(error)) from error

    def _quoted(self, parts: tuple[str, ...]) -> str:
        return ".".join(literal_identifier(part, self.dialect) for part in parts)


def _settings(timeout_seconds: int) -> tuple[str, ...]:
    return (
        "SET default_transaction_read_only = on",
        f"SET statement_timeout = {int(timeout_seconds) * 1000}",
        "SET timezone = 'UTC'",
        "SET standard_conforming_strings = on",
    )


def _read(column: str, stored: str, kind: str) -> tuple[str, str]:
    """The plain type of a column and how it is read; texts compare by their bytes, as on every engine."""
    if stored == "timestamp with time zone":
        return "TIMESTAMP", f"{column} AT TIME ZONE 'UTC'"
    if stored.startswith("numeric"):
        return stored.replace("numeric", "DECIMAL"), column
    if stored.startswith(_TEXTS) or kind == "e":
        return "VARCHAR", f'CAST({column} AS VARCHAR) COLLATE "C"'
    return _PLAIN.get(stored, stored), column
