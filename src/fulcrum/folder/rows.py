"""One CSV file of the folder to its values, with a Problem for every cell that cannot be one."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.folder.cells import Refused
from fulcrum.folder.tables import STORIES, Column, Table
from fulcrum.reading.layout import Layout
from fulcrum.reading.text_table import TextTable, read_table


@value
class Entry:
    """A value and the row of the file that it stands in."""

    row: int
    value: Any


@value
class Entries:
    """All values of one file, and what is wrong with the rest; `unread` are the ids of its faulty rows."""

    table: Table
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Any, ...]:
        """The values in the order of the file."""
        return tuple(entry.value for entry in self.entries)


def read_entries(folder: Path, table: Table) -> Entries:
    """The values of one file; a file that is missing or has no rows gives none."""
    path = folder / table.file
    if not path.exists():
        return Entries(table=table)
    texts, problems = read_table(path, layout=Layout(header_rows=1))
    problems = tuple(problem for problem in problems if problem.code != "no-rows")
    if texts is None:
        return Entries(table=table, problems=tuple(map(_stopping, problems)))
    places, header_problems = _places(texts, table)
    problems += header_problems
    if any(problem.is_error for problem in header_problems):
        return Entries(table=table, problems=problems)
    return _entries(texts, table, places, problems)


def _entries(
    texts: TextTable, table: Table, places: Mapping[str, int], problems: tuple[Problem, ...]
) -> Entries:
    entries: list[Entry] = []
    found: list[Problem] = list(problems)
    unread: list[str] = []
    for number, row in zip(texts.row_numbers, texts.rows, strict=True):
        if table is STORIES and (waiting := _awaits_approval(row, places, number)) is not None:
            found.append(waiting)
            continue
        fields, mistakes = _fields(row, table, places, number)
        found.extend(mistakes)
        if not mistakes:
            entries.append(Entry(row=number, value=table.make(**fields)))
        elif "id" in fields:
            unread.append(fields["id"])
    return Entries(table=table, entries=tuple(entries), problems=tuple(found), unread=tuple(unread))


def _fields(
    row: tuple[str, ...], table: Table, places: Mapping[str, int], number: int
) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of one row. An empty cell of an optional column leaves the field as it is by default."""
    fields: dict[str, Any] = {}
    mistakes: list[Problem] = []
    for column in table.columns:
        cell = row[places[column.header]] if column.header in places else ""
        if not cell.strip():
            if column.is_required:
                mistakes.append(_missing_cell(table, column, number))
            continue
        said = column.cell.read(cell)
        if isinstance(said, Refused):
            mistakes.append(
                Problem(
                    file=table.file,
                    row=number,
                    column=column.header,
                    what=said.what,
                    remedy=said.remedy,
                    code="cell",
                )
            )
        else:
            fields[column.field] = said
    return fields, mistakes


def _places(texts: TextTable, table: Table) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """Where each known column stands; capitals and outer spaces do not matter."""
    known = {column.header for column in table.columns}
    places = {header.casefold(): place for place, header in enumerate(texts.header)}
    missing = [c.header for c in table.columns if c.is_required and c.header not in places]
    problems = [_missing_column(table, header, list(places)) for header in missing]
    for header in places:
        if header not in known:
            problems.append(_unknown_column(table, header, known - set(places)))
    return {header: place for header, place in places.items() if header in known}, tuple(problems)


def _awaits_approval(row: tuple[str, ...], places: Mapping[str, int], number: int) -> Problem | None:
    """A story that no person has approved is not read, and that is said."""
    by = row[places["approved_by"]].strip()
    on = row[places["approved_on"]].strip()
    if by and on:
        return None
    return Problem(
        file=STORIES.file,
        row=number,
        column="approved_on" if by else "approved_by",
        what="The story was not read: no person has approved it yet.",
        remedy="Check that nobody can be recognised, then write who approved it and on which day.",
        severity=Severity.NOTE,
        code="story-unapproved",
    )


def _stopping(problem: Problem) -> Problem:
    """A question about the layout is an error here: these files are ours, so the answer is known."""
    if problem.severity is not Severity.QUESTION:
        return problem
    remedy = "Save it as CSV UTF-8 with one header row, as the other files of the folder."
    return replace(problem, severity=Severity.ERROR, remedy=remedy)


def _missing_cell(table: Table, column: Column, row: int) -> Problem:
    return Problem(
        file=table.file,
        row=row,
        column=column.header,
        what="The cell is empty.",
        remedy=f"Every row needs its {column.header}.",
        code="cell-empty",
    )


def _missing_column(table: Table, header: str, there: list[str]) -> Problem:
    near = get_close_matches(header, there, n=1)
    renamed = f"Rename “{near[0]}” to it, or add it. " if near else "Add it. "
    return Problem(
        file=table.file,
        row=1,
        column=header,
        what="The column is missing.",
        remedy=f"{renamed}The header is {','.join(table.headers)}.",
        code="column-missing",
    )


def _unknown_column(table: Table, header: str, free: set[str]) -> Problem:
    near = get_close_matches(header, sorted(free), n=1)
    return Problem(
        file=table.file,
        row=1,
        column=header,
        what="The column is none that we know; it was not read.",
        remedy=f"Did you mean “{near[0]}”?" if near else f"Known are {', '.join(table.headers)}.",
        severity=Severity.ERROR if near else Severity.NOTE,
        code="column-unknown",
    )
