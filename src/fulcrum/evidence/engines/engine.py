"""What the house asks of an engine: rows of an answer, and names for selections.

All SQL of the house is written once, in DuckDB's words and in a small portable subset (SELECT, CASE, JOIN,
GROUP BY, COUNT, SUM, MIN, MAX, CAST, md5). DuckDB runs it as it stands; a warehouse gets it in its dialect.
"""

from types import TracebackType
from typing import Any, Protocol

from fulcrum.core.errors import FulcrumError
from fulcrum.core.value import value


class EngineError(FulcrumError):
    """A file or table that the engine cannot read to its end, or data beyond what it was given."""


@value
class SourceColumn:
    """One column of a source: the header as the user wrote it, the name inside, and its type."""

    header: str
    name: str
    type: str


class Engine(Protocol):
    """Where the rows are and stay."""

    @property
    def name(self) -> str:
        """Which engine it is, such as "duckdb"; a parameter of every trace."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of the answer to a query in the house's SQL."""

    def table(self, name: str, sql: str) -> None:
        """A name for a selection, made once where the engine has room of its own for it."""

    def view(self, name: str, sql: str) -> None:
        """A name for a selection that is made anew by each query."""

    def close(self) -> None:
        """Ends the connection."""

    def __enter__(self) -> "Engine":
        """Itself, to be closed at the end of the block."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sentence(error: Exception) -> str:
    """What an engine's error means for the reader: its first line."""
    return f"The engine could not read or hold the data: {first_line(error)}"


def first_line(error: Exception) -> str:
    """What an engine said, without what follows."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
