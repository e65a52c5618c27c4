"""Any export as a table of texts: nothing typed, nothing guessed, nothing lost.

    read_table(path)           CSV, TSV, TXT, XLSX → TextTable, and every Problem at once
    lay_out(path, into=rows)   the same, the rows of a large text in a file of their own

No table comes back where any reading would be a guess: the Problem then is a question with what to compare.
A row that cannot be read is left out of `rows`, stands in `account` with its reason, and is an error.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.reading.account import Rejected, RowAccount
from fulcrum.reading.decode import decoded, foreign
from fulcrum.reading.delimited import Record, Records, records
from fulcrum.reading.large_text import LaidOut, laid_out, rows_of
from fulcrum.reading.layout import LIMITS, UNDECLARED, Layout, Limits
from fulcrum.reading.opening import opened, size_of
from fulcrum.reading.shape import shaped
from fulcrum.reading.workbook import read_workbook

__all__ = ["LaidOut", "Layout", "Limits", "TextTable", "lay_out", "read_table"]

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".tab"})
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm"})


@value
class TextTable:
    """A table as it was exported. Every label in `header` is unique; every cell is the text of the file.

    `row_numbers` are those of the user's program (the header of a plain file is row 1). `header_rows` keeps
    the header as it stood, with question texts. `account` counts the rows of the file, blank ones too.
    """

    name: str
    sha256: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    row_numbers: Sequence[int]
    account: RowAccount
    header_rows: tuple[tuple[str, ...], ...] = ()

    def column(self, label: str) -> tuple[str, ...]:
        """The texts of the column with this label; KeyError if there is none."""
        if label not in self.header:
            raise KeyError(label)
        place = self.header.index(label)
        return tuple(row[place] for row in self.rows)


def read_table(
    path: Path, *, layout: Layout = UNDECLARED, name: str | None = None, limits: Limits = LIMITS
) -> tuple[TextTable | None, tuple[Problem, ...]]:
    """The table in a file, as texts, with all that is wrong with it; `name` is what Problems call it."""
    with ExitStack() as kept:

        def into() -> Path:
            return Path(kept.enter_context(TemporaryDirectory(prefix="fulcrum-"))) / "rows.csv"

        table, problems = _read(path, into, layout, name or path.name, limits)
        return (_whole(table) if isinstance(table, LaidOut) else table), problems


def lay_out(
    path: Path, *, into: Path, layout: Layout = UNDECLARED, name: str | None = None, limits: Limits = LIMITS
) -> tuple[TextTable | LaidOut | None, tuple[Problem, ...]]:
    """The same; but a text of over a megabyte is parsed by a limited child, and its rows stay in `into`."""
    return _read(path, lambda: into, layout, name or path.name, limits)


def table_of(
    data: bytes, *, file: str, layout: Layout, limits: Limits
) -> tuple[TextTable | None, tuple[Problem, ...]]:
    """The table in the bytes of a text file."""
    digest = sha256(data).hexdigest()
    if (kind := foreign(data)) is not None:
        return None, (_is_really(*kind, file=file),)
    text, problems = decoded(data, file=file, layout=layout)
    del data  # a large file need not be held twice
    if text is None:
        return None, problems
    source = _cut(text, problems, file=file, layout=layout, limits=limits)
    return _table(source, digest=digest, file=file, layout=layout, limits=limits)


def _read(
    path: Path, into: Callable[[], Path], layout: Layout, file: str, limits: Limits
) -> tuple[TextTable | LaidOut | None, tuple[Problem, ...]]:
    """By the ending of its name and its size; `into` makes the place for the rows where a child is needed."""
    ending = path.suffix.casefold()
    source = opened(path, file=file)
    if isinstance(source, Problem):
        return None, (source,)
    with source:
        if (size := size_of(source)) > limits.bytes:
            return None, (_too_big(size, file=file, limits=limits),)
        if ending in _WORKBOOK_ENDINGS:
            return _of_workbook(source.read(), file=file, layout=layout, limits=limits)
        if ending not in _TEXT_ENDINGS:
            return None, (_unreadable_ending(ending, file=file),)
        if size <= limits.in_place:
            return table_of(source.read(), file=file, layout=layout, limits=limits)
        return laid_out(source, into=into(), file=file, layout=layout, limits=limits)


def _of_workbook(
    data: bytes, *, file: str, layout: Layout, limits: Limits
) -> tuple[TextTable | None, tuple[Problem, ...]]:
    source = read_workbook(data, file=file, layout=layout, limits=limits)
    return _table(source, digest=sha256(data).hexdigest(), file=file, layout=layout, limits=limits)


def _whole(table: LaidOut) -> TextTable:
    numbers, rows = rows_of(table)
    return TextTable(
        name=table.name,
        sha256=table.sha256,
        header=table.header,
        rows=rows,
        row_numbers=numbers,
        account=table.account,
        header_rows=table.header_rows,
    )


def _cut(text: str, problems: tuple[Problem, ...], *, file: str, layout: Layout, limits: Limits) -> Records:
    cut = records(text, file=file, layout=layout, limits=limits)
    spoilt = _with_nul(cut.rows) if cut.rows and "\0" in text else ()
    return Records(rows=cut.rows, problems=problems + cut.problems, spoilt=spoilt)


def _table(
    source: Records, *, digest: str, file: str, layout: Layout, limits: Limits
) -> tuple[TextTable | None, tuple[Problem, ...]]:
    if source.rows is None:
        return None, source.problems
    table, problems = shaped(source.rows, file=file, layout=layout, limits=limits, spoilt=source.spoilt)
    if table is None:
        return None, source.problems + problems
    made = TextTable(
        name=file,
        sha256=digest,
        header=table.header,
        rows=tuple(table.rows),
        row_numbers=table.row_numbers,
        account=table.account,
        header_rows=table.header_rows,
    )
    return made, source.problems + problems


def _with_nul(rows: list[Record]) -> tuple[Rejected, ...]:
    """Rows with a NUL character, which other programs take for the end of the text."""
    return tuple(
        Rejected(row=number, reason="A cell holds a NUL character; text behind it may be damaged.")
        for number, row in enumerate(rows, start=1)
        if any("\0" in cell for cell in row)
    )


def _too_big(size: int, *, file: str, limits: Limits) -> Problem:
    return Problem(
        file=file,
        what=f"The file has {size / 1e6:,.0f} MB; we read text files up to {limits.bytes / 1e6:,.0f} MB.",
        remedy="Split it by date, or bring it as Parquet.",
        code="too-big",
    )


def _is_really(kind: str, remedy: str, *, file: str) -> Problem:
    return Problem(file=file, what=f"The file is {kind}.", remedy=remedy, code="foreign-content")


def _unreadable_ending(ending: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"A file ending in “{ending}” is not a table that we read.",
        remedy="Export it as CSV, TSV, TXT or XLSX.",
        code="unknown-ending",
    )
