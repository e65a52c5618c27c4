"""An engine that is somebody else's: tables are read where they lie, and nothing is ever created there.

What DuckDB keeps as views and tables exists here only as WITH clauses of each query, so that a read-only
login is enough and a query can be followed from the owner's columns to the sums in one text.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from types import TracebackType
from typing import Any, Self

from fulcrum.evidence.engines.engine import SourceColumn


class Warehouse(ABC):
    """The part that all warehouses share; an adapter adds how it describes a table and runs a text."""

    name: str
    dialect: str

    def __init__(self) -> None:
        from fulcrum.evidence.engines.dialects import Definitions

        self.definitions = Definitions(self.dialect)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of the answer to a query in the house's SQL."""
        return self.rows(self.definitions.text(sql))

    def table(self, name: str, sql: str) -> None:
        """A name for a selection."""
        self.definitions.add(name, sql)

    def view(self, name: str, sql: str) -> None:
        """A name for a selection."""
        self.definitions.add(name, sql)

    def register(self, name: str, relation: str, wanted: Collection[str]) -> tuple[SourceColumn, ...]:
        """A table where it lies, as columns c0, c1, … of which only the wanted ones are ever read.

        `row` is unknown: a table has no order of rows. Empty where there is no such table.
        """
        described = self.describe(relation)
        columns = tuple(
            SourceColumn(header=header, name=f"c{i}", type=plain)
            for i, (header, plain, _) in enumerate(described)
        )
        selected = [
            f"{sql} AS {column.name}"
            for column, (header, _, sql) in zip(columns, described, strict=True)
            if header in wanted
        ]
        if described:
            selected.append("CAST(NULL AS BIGINT) AS row")
            self.definitions.add_source(name, selected, self.address(relation))
        return columns

    @abstractmethod
    def describe(self, relation: str) -> list[tuple[str, str, str]]:
        """Each column of a table: its header, its type in the house's words, and SQL that reads it."""

    @abstractmethod
    def address(self, relation: str) -> str:
        """The table as it stands in a FROM clause, every part of its name quoted."""

    @abstractmethod
    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """All rows of the answer to a text in the engine's own dialect."""

    @abstractmethod
    def close(self) -> None:
        """Ends the session."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def parts_of(relation: str) -> tuple[str, ...]:
    """The parts of a name such as `cx.feedback`, as written; in quotation marks a part may hold dots."""
    parts: list[str] = []
    part, inside = "", False
    for sign in relation:
        if sign == '"':
            inside = not inside
        elif sign == "." and not inside:
            parts.append(part)
            part = ""
        else:
            part += sign
    return (*parts, part)
