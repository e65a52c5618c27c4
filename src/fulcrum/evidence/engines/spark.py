"""Spark: tables and Parquet folders are counted inside it. The only file that imports pyspark.

Joins the session that is running or starts one as Spark's own settings say (`SPARK_REMOTE`,
`spark-defaults.conf`; without any, on this machine). Only queries are sent; Spark has no read-only mode.
"""

from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import DataType

from fulcrum.evidence.engines.dialects import literal_identifier
from fulcrum.evidence.engines.engine import EngineError, sentence
from fulcrum.evidence.engines.warehouse import Warehouse, parts_of

_PLAIN = {
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp_ntz": "TIMESTAMP",
}
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}


class Spark(Warehouse):
    """A session of its own within the Spark that is running."""

    name = dialect = "spark"

    def __init__(self) -> None:
        super().__init__()
        try:
            running = SparkSession.getActiveSession()
            self._stops = running is None
            self._session = (running or SparkSession.builder.appName("fulcrum").getOrCreate()).newSession()
            for name, setting in _SETTINGS.items():
                self._session.conf.set(name, setting)
        except (PySparkException, RuntimeError) as error:
            raise EngineError(f"Spark does not start: {error}") from error

    def describe(self, relation: str) -> list[tuple[str, str, str]]:
        """Each column: header, type in the house's words, and SQL that reads it."""
        try:
            fields = self._session.sql(f"SELECT * FROM {self.address(relation)} LIMIT 0").schema.fields  # noqa: S608 — quoted
        except PySparkException as error:
            if error.getCondition() in ("TABLE_OR_VIEW_NOT_FOUND", "PATH_NOT_FOUND"):
                return []
            raise EngineError(sentence(error)) from error
        return [
            (field.name, *_read(literal_identifier(field.name, self.dialect), field.dataType))
            for field in fields
        ]

    def address(self, relation: str) -> str:
        """A table of the catalogue or, where the relation has a slash, Parquet at that path."""
        parts = ("parquet", relation) if "/" in relation else parts_of(relation)
        return ".".join(literal_identifier(part, self.dialect) for part in parts)

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        try:
            return [tuple(row) for row in self._session.sql(text).collect()]
        except PySparkException as error:
            raise EngineError(sentence(error)) from error

    def close(self) -> None:
        """Stops Spark if it was started here."""
        if self._stops:
            self._session.stop()


def _read(column: str, stored: DataType) -> tuple[str, str]:
    """The plain type of a column and how it is read."""
    name = stored.simpleString()
    if name == "timestamp":
        return "TIMESTAMP", f"CAST({column} AS TIMESTAMP_NTZ)"
    if name.startswith(("string", "varchar", "char")):
        return "VARCHAR", column
    return _PLAIN.get(name, name.upper() if name.startswith("decimal") else name), column
