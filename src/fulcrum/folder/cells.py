"""What a cell of the company folder may hold: how each kind is read, and how it is written back the same."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from fulcrum.core.people import Level
from fulcrum.core.value import value
from fulcrum.reading.typed import Unread, number, yes_no

_NOTE = 2_000
_LINE = 500
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ID = re.compile(r"\S+(?: \S+)*")
_UNFIT = re.compile(r"""[/\\:*?"<>|]|^\.|\.$""")
_TAKEN = ("board", "nobody")
_FORMULA = re.compile(r"'*[\s\u00a0\ufeff]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]")
_FIGURE = re.compile(r"[+-]?\d[\d.,]*(?: ?%)?")


@value
class Refused:
    """Why a cell cannot be read, and what to write instead."""

    what: str
    remedy: str


@value
class Cell:
    """One kind of content: from text (the value or why not) and to text."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def text(longest: int) -> Cell:
    """Free text up to `longest` characters.

    What a spreadsheet would run as a formula carries a `'` in the file, which is taken off again.
    """

    def read(cell: str) -> str | Refused:
        said = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
        if len(said) > longest:
            return Refused(
                what=f"The text has {len(said):,} characters; {longest:,} is the most.",
                remedy="Keep the observed fact, and put the rest into a document of its own.",
            )
        return said

    return Cell(read=read, write=_guarded)


def word(words: type[StrEnum]) -> Cell:
    """One of the words of a list; capitals do not matter."""
    allowed = {member.value: member for member in words}

    def read(cell: str) -> StrEnum | Refused:
        said = " ".join(cell.casefold().split())
        return allowed[said] if said in allowed else unknown_word(cell, list(allowed))

    return Cell(read=read, write=str)


def unknown_word(cell: str, allowed: list[str]) -> Refused:
    """A word that is not on the list, with the list and the nearest word on it."""
    near = get_close_matches(cell.casefold(), allowed, n=1)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return Refused(
        what=f"“{cell[:60]}” is not a word that we know here.",
        remedy=f"{meant}Allowed: {', '.join(allowed)}.",
    )


def between(low: float, high: float) -> Cell:
    """A number from `low` to `high`."""

    def read(cell: str) -> float | Refused:
        found = _number(cell)
        if isinstance(found, Refused) or low <= found <= high:
            return found if isinstance(found, Refused) else float(found)
        return Refused(what=f"{cell[:40]} is not between {low:g} and {high:g}.", remedy="Correct the number.")

    return Cell(read=read, write=_shortest)


def _id(cell: str) -> str | Refused:
    said = cell.strip()
    if len(said) <= 100 and _ID.fullmatch(said) and said.isprintable():
        return said
    return Refused(
        what=f"“{said[:60]}” cannot be an id.", remedy="Use up to 100 visible characters on one line."
    )


def _person(cell: str) -> str | Refused:
    """An id that can name a file on every system, for a brief is written under it."""
    said = _id(cell)
    if isinstance(said, Refused):
        return said
    if _UNFIT.search(said):
        return Refused(
            what=f"“{said[:60]}” cannot be the id of an executive: their brief is a file of that name.",
            remedy='Leave out / \\ : * ? " < > | and a dot at either end.',
        )
    if said.casefold() in _TAKEN:
        return Refused(
            what=f"“{said}” means something else: the brief for the board, or nobody who leads.",
            remedy="Choose another id.",
        )
    return said


def _day(cell: str) -> date | Refused:
    said = cell.strip()
    try:
        if _ISO.fullmatch(said):
            return date.fromisoformat(said)
    except ValueError:
        return Refused(what=f"“{said}” is not a day that exists.", remedy="Correct the date.")
    return Refused(
        what=f"“{said[:40]}” is not an ISO date.", remedy="Write year, month and day as in 2026-03-09."
    )


def _level(cell: str) -> Level | Refused:
    if cell.strip() in {"0", "1", "2", "3", "4", "5"}:
        return Level(int(cell))
    return Refused(what=f"“{cell[:40]}” is not a level.", remedy="Write a whole number from 0 to 5.")


def _flag(cell: str) -> bool | Refused:
    found = yes_no(cell)
    return Refused(what=found.reason, remedy="Write yes or no.") if isinstance(found, Unread) else found


def _number(cell: str) -> Decimal | Refused:
    found = number(cell)
    if isinstance(found, Unread):
        return Refused(
            what=f"“{cell.strip()[:40]}” is no number as this file has them.",
            remedy="Write digits with a decimal point, as in 0.5, without a currency.",
        )
    return found


def _shortest(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _guarded(said: str) -> str:
    """The text with a `'` before it where a spreadsheet would run it as a formula; figures are safe."""
    risky = _FORMULA.match(said) is not None and _FIGURE.fullmatch(said) is None
    return f"'{said}" if risky else said


NOTE = text(_NOTE)
LINE = text(_LINE)
ID = Cell(read=_id, write=str)
PERSON = Cell(read=_person, write=str)
DAY = Cell(read=_day, write=date.isoformat)
LEVEL = Cell(read=_level, write=lambda level: str(int(level)))
FLAG = Cell(read=_flag, write=lambda flag: "yes" if flag else "no")
AMOUNT = Cell(read=_number, write=str)
