"""Notices a last row that adds up the rows above it: counted as a case, it would double every sum."""

from collections.abc import Sequence
from decimal import Decimal

from fulcrum.core.errors import Problem, Severity
from fulcrum.reading.account import control_totals

_WORDS = ("total", "sum", "summe", "gesamt", "insgesamt", "somme", "totale", "suma", "totaal", "summa")
_FEWEST = 2


def total_row(
    rows: Sequence[tuple[str, ...]], numbers: Sequence[int], *, file: str, names: tuple[str, ...]
) -> Problem | None:
    """A question if the last row calls itself a total, or holds in two columns the sum of the rows above."""
    if len(rows) <= _FEWEST:
        return None
    last = rows[-1]
    says_so = any(cell.strip().casefold().rstrip(":").split(" ")[-1:] == [w] for cell in last for w in _WORDS)
    if not says_so and (all(last) or _has_texts(last)):
        return None
    adding = [names[i] for i, cell in enumerate(last) if _adds_up(cell, rows, i)]
    if not adding or (not says_so and len(adding) < _FEWEST):
        return None
    return Problem(
        file=file,
        row=numbers[-1],
        column=adding[0],
        what="The last row is the sum of the rows above it.",
        remedy="Delete it from the file if it is a total; it is counted as a row until then.",
        severity=Severity.QUESTION,
        code="total-row",
    )


def _has_texts(row: tuple[str, ...]) -> bool:
    totals = control_totals(row)
    return totals.filled > totals.numbers


def _adds_up(cell: str, rows: Sequence[tuple[str, ...]], place: int) -> bool:
    its_own = control_totals([cell])
    if its_own.numbers == 0 or its_own.total == Decimal(0):
        return False
    above = control_totals([row[place] for row in rows[:-1]])
    return above.numbers >= _FEWEST and above.total == its_own.total
