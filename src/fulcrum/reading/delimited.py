"""Delimited text to records, strictly: where Python's `csv` forgives, this says where and what.

A record is what the user's program shows as one row; a quoted cell may hold line ends. The text is first
held against a strict grammar in one sweep, then cut by `csv`; so the speed is C's and nothing slips through.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.reading.account import Rejected
from fulcrum.reading.layout import LIMITS, Layout, Limits

Record = tuple[str, ...]

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 500
_BLOCK = 1 << 20

csv.field_size_limit(LIMITS.cell)


@value
class Records:
    """What a file holds: its records in order (record 0 is row 1), None where they cannot be told.

    `spoilt` are rows with a cell that nobody can read.
    """

    rows: list[Record] | None
    problems: tuple[Problem, ...] = ()
    spoilt: tuple[Rejected, ...] = ()


def records(text: str, *, file: str, layout: Layout, limits: Limits = LIMITS) -> Records:
    """All records of a delimited text, or why they cannot be told apart."""
    text, announced = _announced_delimiter(text)
    delimiter = layout.delimiter or announced or _certain_delimiter(text, file=file)
    if isinstance(delimiter, Problem):
        return Records(rows=None, problems=(delimiter,))
    if len(delimiter) != 1 or delimiter in '"\r\n':
        return Records(rows=None, problems=(_not_a_delimiter(delimiter, file=file),))
    problems = _grammar_problems(text, delimiter, file=file)
    if any(problem.is_error for problem in problems):
        return Records(rows=None, problems=problems)
    return _cut(text, delimiter, file=file, limits=limits, problems=problems)


def _announced_delimiter(text: str) -> tuple[str, str | None]:
    """The text without a first line like `sep=;`, which spreadsheet programs obey and do not show."""
    match = re.match(r'"?sep=(.)"?(\r\n|\r|\n)', text[:20], re.IGNORECASE)
    return (text[match.end() :], match.group(1)) if match else (text, None)


def _cut(text: str, delimiter: str, *, file: str, limits: Limits, problems: tuple[Problem, ...]) -> Records:
    rows: list[Record] = []
    try:
        rows.extend(map(tuple, csv.reader(_lines(text), delimiter=delimiter)))
    except csv.Error:
        row = _count_records(text, delimiter) + 1
        return Records(rows=None, problems=(*problems, _too_long_a_cell(row, file=file, limits=limits)))
    return Records(rows=rows, problems=problems)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, block by block: a StringIO of the whole would take four times its size again."""
    place = 0
    while place < len(text):
        end = text.rfind("\n", place, place + _BLOCK) + 1 or text.find("\n", place) + 1 or len(text)
        yield from io.StringIO(text[place:end], newline="")
        place = end


def _count_records(text: str, delimiter: str) -> int:
    """How many records can be cut before the reader gives up."""
    count = 0
    try:
        for _ in csv.reader(_lines(text), delimiter=delimiter):
            count += 1
    except csv.Error:
        return count
    return count


# The strict grammar: fields, each quoted or free of quotes, parted by the delimiter or a line end.


@cache
def _grammar(delimiter: str) -> re.Pattern[str]:
    parting = rf"[{re.escape(delimiter)}\r\n]"
    field = rf'(?:"(?:[^"]++|"")*+"|[^"{re.escape(delimiter)}\r\n]*+)'
    return re.compile(rf"({field})(?:{parting}({field}))*+")


def _grammar_problems(text: str, delimiter: str, *, file: str) -> tuple[Problem, ...]:
    """The first break of the grammar that makes the rest unreadable, or a question about stray quotes."""
    if '"' not in text:
        return ()
    stray: list[int] = []
    place = 0
    partings = delimiter + "\r\n"
    while (end := _grammar(delimiter).match(text, place).end()) < len(text):  # type: ignore[union-attr]
        if end == 0 or (text[end - 1] in partings and end != place):
            return (_unclosed(text, end, delimiter, file=file),)
        if text[end - 1] == '"':
            return (_text_after_quote(text, end, delimiter, file=file),)
        stray.append(end)
        place = _end_of_cell(text, end, partings)
    return (_stray_quotes(text, stray, delimiter, file=file),) if stray else ()


def _end_of_cell(text: str, start: int, partings: str) -> int:
    found = re.compile(f"[{re.escape(partings)}]").search(text, start)
    return found.start() if found else len(text)


def _row_at(text: str, offset: int, delimiter: str) -> int:
    """The row that the character at `offset` belongs to."""
    return _count_records(text[:offset] + "x", delimiter)


def _line_at(text: str, offset: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


def _unclosed(text: str, offset: int, delimiter: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        row=_row_at(text, offset, delimiter),
        what=f"A quoted cell opens in line {_line_at(text, offset)} of the text and is never closed.",
        remedy='Close the quote, or double it ("") if it belongs to the text, and export again.',
        code="quote-unclosed",
    )


def _text_after_quote(text: str, offset: int, delimiter: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        row=_row_at(text, offset, delimiter),
        what=f"In line {_line_at(text, offset)} of the text a quoted cell closes and more text follows.",
        remedy='Double the quotes that belong to the text (""), or close the cell before; export again.',
        code="quote-then-text",
    )


def _stray_quotes(text: str, stray: list[int], delimiter: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        row=_row_at(text, stray[0], delimiter),
        what=f"A quotation mark stands inside an unquoted cell ({len(stray)} times); it was kept as text.",
        remedy="An inch mark or the like is well so; where a cell was meant to be quoted, quote all of it.",
        severity=Severity.QUESTION,
        code="quote-stray",
    )


def _too_long_a_cell(row: int, *, file: str, limits: Limits) -> Problem:
    return Problem(
        file=file,
        row=row,
        what=f"A cell holds more than {limits.cell:,} characters.",
        remedy="Shorten it, or look for a quote that was never closed.",
        code="cell-too-long",
    )


def _not_a_delimiter(delimiter: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"“{delimiter}” cannot part cells.",
        remedy='Declare one character as `delimiter` in data/mapping.toml: ",", ";", "|" or "\\t" for tab.',
        code="delimiter-unknown",
    )


# Which delimiter, if only one reading makes sense.


def _certain_delimiter(text: str, *, file: str) -> str | Problem:
    """The delimiter if exactly one is consistent (else the only plausible one); otherwise a question."""
    widths = {delimiter: _widths(text, delimiter) for delimiter in _DELIMITERS if delimiter in text}
    consistent = [d for d, counts in widths.items() if len(counts) == 1 and next(iter(counts)) > 1]
    if len(consistent) == 1:
        return consistent[0]
    plausible = consistent or [d for d, counts in widths.items() if _mostly_wide(counts)]
    if len(plausible) == 1:
        return plausible[0]
    first = text.lstrip("\r\n").partition("\n")[0]
    in_header = [d for d in widths if d in first]
    if not plausible and len(in_header) <= 1:
        return in_header[0] if in_header else ","
    return _which_delimiter(first, plausible or in_header, file=file)


def _widths(text: str, delimiter: str) -> Counter[int]:
    """How many of the first records have how many cells; blank ones do not count."""
    reader = csv.reader(io.StringIO(text[: 1 << 20], newline=""), delimiter=delimiter)
    try:
        return Counter(len(record) for record in islice(reader, _SAMPLE) if any(record))
    except csv.Error:
        return Counter()


def _mostly_wide(counts: Counter[int]) -> bool:
    if not counts:
        return False
    width, often = counts.most_common(1)[0]
    return width > 1 and often > 0.5 * counts.total()


def _which_delimiter(first: str, delimiters: list[str], *, file: str) -> Problem:
    shown = " · ".join(
        f"{_NAMES[d]}: " + " | ".join(cell.strip() for cell in first[:200].split(d)[:5]) for d in delimiters
    )
    return Problem(
        file=file,
        row=1,
        what=f"The cells could be parted by {' or '.join(_NAMES[d] for d in delimiters)}.",
        remedy=f"Say `delimiter` for this file in data/mapping.toml. The first row would read {shown}",
        severity=Severity.QUESTION,
        code="delimiter-ask",
    )
