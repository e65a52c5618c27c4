"""Any export as a table of texts: nothing typed, nothing guessed, nothing lost.

    read_table(path)   CSV, TSV, TXT, XLSX → TextTable, and every Problem at once

No table comes back where any reading would be a guess: the Problem then is a question with what to compare.
A row that cannot be read is left out of `rows`, stands in `account` with its reason, and is an error.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.reading.account import Rejected, RowAccount
from fulcrum.reading.decode import decoded, foreign
from fulcrum.reading.delimited import Record, Records, records
from fulcrum.reading.layout import LIMITS, UNDECLARED, Layout, Limits
from fulcrum.reading.shape import shaped
from fulcrum.reading.workbook import read_workbook

__all__ = ["Layout", "Limits", "TextTable", "read_table"]

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
    file = name or path.name
    data = _bytes_of(path, file=file, limits=limits)
    if isinstance(data, Problem):
        return None, (data,)
    digest, ending = sha256(data).hexdigest(), path.suffix.casefold()
    if ending in _WORKBOOK_ENDINGS:
        source = read_workbook(data, file=file, layout=layout, limits=limits)
    elif ending not in _TEXT_ENDINGS:
        return None, (_unreadable_ending(ending, file=file),)
    elif (kind := foreign(data)) is not None:
        return None, (_is_really(*kind, file=file),)
    else:
        text, problems = decoded(data, file=file, layout=layout)
        del data  # a large file need not be held twice
        source = Records(rows=None, problems=problems)
        if text is not None:
            source = _cut(text, problems, file=file, layout=layout, limits=limits)
    if source.rows is None:
        return None, source.problems
    return _table(source, digest=digest, file=file, layout=layout, limits=limits)


def _cut(text: str, problems: tuple[Problem, ...], *, file: str, layout: Layout, limits: Limits) -> Records:
    cut = records(text, file=file, layout=layout, limits=limits)
    spoilt = _with_nul(cut.rows) if cut.rows and "\0" in text else ()
    return Records(rows=cut.rows, problems=problems + cut.problems, spoilt=spoilt)


def _table(
    source: Records, *, digest: str, file: str, layout: Layout, limits: Limits
) -> tuple[TextTable | None, tuple[Problem, ...]]:
    table, problems = shaped(source.rows or [], file=file, layout=layout, limits=limits, spoilt=source.spoilt)
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


def _bytes_of(path: Path, *, file: str, limits: Limits) -> bytes | Problem:
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            return _too_big(size, file=file, limits=limits)
        return path.read_bytes()
    except FileNotFoundError:
        return _missing(path, file=file)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Problem(
            file=file,
            what=f"The file cannot be opened: {getattr(error, 'strerror', None) or error}.",
            remedy="Check its name, that it is a file, and that you may read it.",
            code="cannot-open",
        )


def _missing(path: Path, *, file: str) -> Problem:
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, beside, n=1)
    return Problem(
        file=file,
        what="There is no such file.",
        remedy=f"Did you mean “{near[0]}”?" if near else "Check the name and where it lies.",
        code="missing-file",
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
