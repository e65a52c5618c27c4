"""A spreadsheet's cell as text that loses nothing: the shortest exact number, dates in ISO order.

Runs in the limited child only.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_MIDNIGHT = " 00:00:00"
_FIRST_SURE_DAY = date(1900, 3, 1)


def texts_of(rows: Sequence[Sequence[Any]]) -> tuple[list[list[str]], dict[int, str]]:
    """All cells as texts, and by row number (from 1) the dates that spreadsheets miscount.

    A column that has times of day shows them in every dated cell, at midnight too.
    """
    texts = [[_TEXT[type(cell)](cell) for cell in row] for row in rows]
    dated, timed = _columns_of(rows, date), _columns_of(rows, datetime)
    for place in dated & timed:
        for row, line in zip(rows, texts, strict=True):
            if type(row[place]) is date:
                line[place] += _MIDNIGHT
    return texts, _miscounted(rows, dated | timed)


def _columns_of(rows: Sequence[Sequence[Any]], kind: type) -> set[int]:
    return {place for row in rows for place, cell in enumerate(row) if type(cell) is kind}


def _miscounted(rows: Sequence[Sequence[Any]], places: set[int]) -> dict[int, str]:
    """Days before March 1900: spreadsheets count a 29 February 1900 that never was."""
    found: dict[int, str] = {}
    for number, row in enumerate(rows, start=1) if places else ():
        for place in places:
            cell = row[place]
            if isinstance(cell, date) and _day(cell) < _FIRST_SURE_DAY:
                found[number] = f"A date cell in column {place + 1} lies before March 1900 ({_day(cell)})."
    return found


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _number(cell: float) -> str:
    if cell == int(cell):
        return str(int(cell))
    return format(Decimal(repr(cell)), "f")


def _length(cell: timedelta) -> str:
    seconds = int(cell.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    int: str,
    float: _number,
    date: date.isoformat,
    datetime: lambda cell: cell.isoformat(sep=" "),
    time: time.isoformat,
    timedelta: _length,
}
