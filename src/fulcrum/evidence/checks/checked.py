"""What every check may look at: the engine, the mapping, the files and the canonical tables."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from dataclasses import replace
from datetime import date
from typing import Any

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.canonical import Stack, Stacks
from fulcrum.evidence.intake.mapping import Mapping, Table
from fulcrum.evidence.intake.staging import Names, Staged


@value
class Checked:
    """The data under check, on the day `as_of`."""

    engine: Engine
    mapping: Mapping
    names: Names
    staged: tuple[Staged, ...]
    stacks: Stacks
    rules: EvidenceRules
    as_of: date

    def of(self, table: Table) -> tuple[Staged, ...]:
        """The files of one table."""
        return tuple(part for part in self.staged if part.file.table is table)

    def one(self, sql: str) -> tuple[Any, ...]:
        """The only row of an answer."""
        (row,) = self.engine.query(sql)
        return row

    def holding(self, column: str) -> tuple[Stack, ...]:
        """The canonical tables with this column."""
        return tuple(stack for stack in self.stacks.values() if stack.has(column))

    def values_of(self, field: str) -> tuple[str, ...]:
        """The distinct values of a segment field or of `touchpoint`, as text; at most a thousand."""
        column = "touchpoint" if field == "touchpoint" else self.names.field(field)
        found: list[str] = []
        for stack in self.holding(column):
            rows = self.engine.query(
                f"SELECT DISTINCT CAST({column} AS VARCHAR) FROM {stack.table.value} "
                f"WHERE {column} IS NOT NULL ORDER BY 1 LIMIT 1000"
            )
            found += [row[0] for row in rows]
        return tuple(dict.fromkeys(found))


def asked(part: Staged, column: str, what: str, remedy: str, code: str, *, row: int | None = None) -> Problem:
    """A question about a column of a file."""
    return replace(unsettled(part, column, what, remedy, code, row=row), severity=Severity.QUESTION)


def unsettled(
    part: Staged, column: str, what: str, remedy: str, code: str, *, row: int | None = None
) -> Problem:
    """A doubt about a column of a file that keeps every number back until the mapping settles it."""
    return Problem(
        file=part.file.path, column=header(part, column), what=what, remedy=remedy, row=row, code=code
    )


def header(part: Staged, column: str) -> str | None:
    """The column as its owner calls it."""
    rule = part.file.rule({"did_leave": "left", "happened_at": "at", "worth": "value"}.get(column, column))
    return None if rule is None else rule.column
