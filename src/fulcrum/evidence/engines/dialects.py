"""The house's SQL in the words of another engine. The only file that imports sqlglot.

A query becomes one self-contained text: the selections that it names come before it as WITH clauses, down to
the owner's tables. A construct that the dialect lacks is an error here, never a silently different number.
"""

from collections.abc import Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from fulcrum.core.errors import WrongUse

HOUSE = "duckdb"


class Definitions:
    """Selections by name, in the order in which they were defined; each may name earlier ones."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self._bodies: dict[str, exp.Query] = {}
        self._uses: dict[str, tuple[str, ...]] = {}

    def add(self, name: str, sql: str) -> None:
        """Names a selection that is written in the house's SQL."""
        body = _query(sql)
        self._uses[name] = self._named_in(body)
        self._bodies[name] = body

    def add_source(self, name: str, columns: Sequence[str], address: str) -> None:
        """Names what is read of an owner's table; columns and address are in the engine's own dialect."""
        parsed = [sqlglot.parse_one(column, read=self.dialect) for column in columns]
        table = sqlglot.parse_one(address, read=self.dialect, into=exp.Table)
        self._bodies[name] = exp.select(*parsed, copy=False).from_(table, copy=False)
        self._uses[name] = ()

    def text(self, sql: str, dialect: str | None = None) -> str:
        """The whole query in the engine's dialect, or in another one."""
        query = _query(sql)
        needed = self._closure(self._named_in(query))
        for name in (name for name in self._bodies if name in needed):
            query = query.with_(name, self._bodies[name].copy(), copy=False)
        return _written(query, dialect or self.dialect)

    def _named_in(self, query: exp.Query) -> tuple[str, ...]:
        names = (table.name for table in query.find_all(exp.Table) if not table.db)
        return tuple(name for name in dict.fromkeys(names) if name in self._bodies)

    def _closure(self, names: Sequence[str]) -> set[str]:
        found: set[str] = set()
        todo = list(names)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self._uses[name]
        return found


def literal_identifier(part: str, dialect: str) -> str:
    """A name quoted as the dialect wants it, whatever is in it."""
    return str(exp.to_identifier(part, quoted=True).sql(dialect=dialect))


def _query(sql: str) -> exp.Query:
    parsed = sqlglot.parse_one(sql, read=HOUSE)
    if not isinstance(parsed, exp.Query):
        raise WrongUse("Only queries are put to a warehouse.")
    for i, subquery in enumerate(parsed.find_all(exp.Subquery)):
        if not subquery.alias and isinstance(subquery.parent, exp.From | exp.Join):
            subquery.set("alias", exp.TableAlias(this=exp.to_identifier(f"q{i}")))
    return parsed


def _written(query: exp.Query, dialect: str) -> str:
    return str(query.sql(dialect=dialect, identify=True, unsupported_level=ErrorLevel.RAISE))
