"""The account of a file's rows: what came in is accepted, rejected with a reason, or skipped by name."""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext

from fulcrum.core.errors import Problem
from fulcrum.core.value import value

_LONGEST = 300  # digits of a number, before or behind the point; longer ones are ids and count as text


@value
class Rejected:
    """A row that cannot be used: its number in the user's program, the column if one is to blame, and why."""

    row: int
    reason: str
    column: str | None = None


@value
class Skipped:
    """Rows left out on purpose: by which rule, and how many."""

    rule: str
    rows: int


@value
class RowAccount:
    """Rows in = accepted + rejected + skipped, always. `rows_in` counts every row below the header."""

    rows_in: int
    accepted: int
    rejected: tuple[Rejected, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def __post_init__(self) -> None:
        if self.rows_in != self.accepted + len(self.rejected) + self.rows_skipped:
            raise ValueError(f"the account does not add up: {self}")

    @property
    def rows_skipped(self) -> int:
        """Rows left out by a named rule."""
        return sum(skipped.rows for skipped in self.skipped)

    def less_rejected(self, rows: Iterable[Rejected]) -> "RowAccount":
        """The account after further accepted rows were rejected; a row counts once, with its first reason."""
        known = {rejected.row for rejected in self.rejected}
        further = tuple({r.row: r for r in reversed(list(rows)) if r.row not in known}.values())[::-1]
        return RowAccount(
            rows_in=self.rows_in,
            accepted=self.accepted - len(further),
            rejected=self.rejected + further,
            skipped=self.skipped,
        )

    def less_skipped(self, rule: str, rows: int) -> "RowAccount":
        """The account after `rows` further accepted rows were left out by `rule`."""
        return RowAccount(
            rows_in=self.rows_in,
            accepted=self.accepted - rows,
            rejected=self.rejected,
            skipped=(*self.skipped, Skipped(rule=rule, rows=rows)) if rows else self.skipped,
        )


@value
class ControlTotals:
    """What a column must still hold after any step: filled cells, and the range and sum of its numbers.

    The sum is exact (Decimal). `numbers` counts the cells that are plain numbers; texts count as filled only.
    """

    filled: int
    numbers: int
    low: Decimal | None
    high: Decimal | None
    total: Decimal


def control_totals(cells: Sequence[str | Decimal]) -> ControlTotals:
    """The control totals of one column, from its texts or from its typed numbers."""
    filled = [cell for cell in cells if cell != ""]
    numbers = [number for cell in filled if (number := _plain_number(cell)) is not None]
    return ControlTotals(
        filled=len(filled),
        numbers=len(numbers),
        low=min(numbers, default=None),
        high=max(numbers, default=None),
        total=_exact_sum(numbers),
    )


def changed_totals(
    before: ControlTotals, after: ControlTotals, *, file: str, column: str
) -> tuple[Problem, ...]:
    """A Problem for each control total that is not the same before and after."""
    pairs = (
        ("filled cells", before.filled, after.filled),
        ("numbers", before.numbers, after.numbers),
        ("smallest number", before.low, after.low),
        ("largest number", before.high, after.high),
        ("sum", before.total, after.total),
    )
    return tuple(
        Problem(
            file=file,
            column=column,
            what=f"The {name} changed from {was} to {now}.",
            remedy="Do not use this table; export the file again and compare the totals with its source.",
            code="control-total",
        )
        for name, was, now in pairs
        if was != now
    )


def _plain_number(cell: str | Decimal) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell
    if len(cell) > _LONGEST:
        return None
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LONGEST else None


def _exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """The sum without rounding, which Decimal's usual 28 digits would do; a trap catches any."""
    with localcontext(Context(prec=10 * _LONGEST, traps=[Inexact])):
        return sum(numbers, start=Decimal(0))
