"""Money: one currency, plausible sizes, totals that agree, no account that is the whole result."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator
from decimal import Decimal

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.checks.checked import Checked, asked, header
from fulcrum.evidence.intake.canonical import Stack
from fulcrum.evidence.intake.mapping import Sort, Table
from fulcrum.evidence.intake.staging import Staged

_FOLD = 1000
_MONEY = {"amount": "amount", "cost": "cost", "value": "worth"}


def money(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about amounts."""
    for part in data.staged:
        yield from _currency(data, part)
        yield from _control(data, part)
        for rule in part.file.columns:
            if rule.sort is Sort.MONEY:
                yield from _sizes(data, part, rule.name)
    yield from _dominant(data)


def _currency(data: Checked, part: Staged) -> Iterator[Problem]:
    has_money = any(rule.sort is Sort.MONEY for rule in part.file.columns)
    if has_money and part.file.currency != data.mapping.currency:
        yield Problem(
            file=part.file.path,
            what=f"Its amounts are in {part.file.currency}, the company's in {data.mapping.currency}.",
            remedy="Convert them at a dated rate first; amounts of two currencies never add.",
            code="currency",
        )


def _control(data: Checked, part: Staged) -> Iterator[Problem]:
    """The file against what its sender says it holds."""
    control = part.file.control
    if control is None:
        return
    if control.rows is not None and control.rows != part.raw.rows - part.raw.blank:
        yield _differs(part, None, "rows", control.rows, part.raw.rows - part.raw.blank)
    for name, expected in control.totals:
        column = _MONEY.get(name)
        if column is None or not part.has(column):
            yield Problem(
                file="mapping.toml",
                column=f"control.{name}",
                what=f"{part.file.path} has no money column `{name}` to control.",
                remedy="Name rows, amount, cost or value.",
                code="mapping",
            )
            continue
        (found,) = data.one(f"SELECT SUM({column}) FROM {part.relation}")
        if Decimal(found or 0) != expected:
            yield _differs(part, column, "total", expected, found)


def _differs(part: Staged, column: str | None, what: str, expected: object, found: object) -> Problem:
    return Problem(
        file=part.file.path,
        column=None if column is None else header(part, column),
        what=f"The {what} should be {expected} and is {found}.",
        remedy="Export the file anew, or mend the control total.",
        code="control-total",
    )


def _sizes(data: Checked, part: Staged, name: str) -> Iterator[Problem]:
    """Negative amounts may be refunds; an amount a thousand times the usual may be in another unit."""
    column = _MONEY[name]
    negative, some, largest = data.one(
        f"SELECT COUNT(*) FILTER (WHERE {column} < 0), COUNT(*) FILTER (WHERE {column} <> 0), "
        f"MAX(abs({column})) FROM {part.accepted}"
    )
    if negative:
        yield asked(
            part,
            column,
            f"{negative:,} amounts are below zero: refunds and credits, or mistakes?",
            "Nothing to do if they are refunds: they are subtracted.",
            "negative",
            row=_row(data, part, f"{column} < 0"),
        )
    if some and _is_above_most(data, part, column, largest, some):
        yield asked(
            part,
            column,
            f"{largest:,.2f} is more than {_FOLD:,} times the usual amount.",
            "Check its unit (thousands?) and that it is no total.",
            "thousand-fold",
            row=_row(data, part, f"abs({column}) = {largest}"),
        )


def _is_above_most(data: Checked, part: Staged, column: str, largest: Decimal, some: int) -> bool:
    """Whether the largest amount is beyond a thousand times the middle one, told by counting."""
    (small,) = data.one(
        f"SELECT COUNT(*) FROM {part.accepted} WHERE {column} <> 0 "
        f"AND CAST(abs({column}) AS DECIMAL(38,4)) * {_FOLD} < {largest}"
    )
    return bool(2 * small > some)


def _row(data: Checked, part: Staged, condition: str) -> int | None:
    """The first such row; unknown in a table, whose rows have no order."""
    if part.raw.is_table:
        return None
    (row,) = data.one(f"SELECT MIN(row) FROM {part.relation} WHERE status = 0 AND {condition}")
    return int(row)


def _dominant(data: Checked) -> Iterator[Problem]:
    """One account above the playbook's share of all revenue decides every average."""
    stack, column = data.stacks.get(Table.TRANSACTIONS), "amount"
    if stack is None:
        stack, column = data.stacks.get(Table.CUSTOMERS), "worth"
    if stack is None or not stack.has(column):
        return
    spent = f"SELECT customer, {column} AS spent FROM {stack.table.value}"
    if stack.table is Table.TRANSACTIONS:
        spent = f"SELECT customer, SUM({column}) AS spent FROM {stack.table.value} GROUP BY 1"
    largest, total = data.one(f"SELECT MAX(spent), SUM(spent) FROM ({spent}) accounts")
    limit = data.rules.dominant_account_share.value
    if total and largest > Decimal(str(limit)) * total:
        called = _called(data, stack, spent)
        yield Problem(
            file=stack.files[0].file.path,
            column=header(stack.files[0], column),
            what=f"One customer{called} brings {whole_percent(largest / total)} of the total.",
            remedy="Read every money figure with and without them.",
            severity=Severity.NOTE,
            code="dominant-account",
        )


def _called(data: Checked, stack: Stack, spent: str) -> str:
    """The id of the largest account, unless ids are personal or may not leave a warehouse."""
    if not stack.is_ordered or header(stack.files[0], "customer") in stack.files[0].file.personal:
        return ""
    customer, _ = data.one(f"{spent} ORDER BY spent DESC NULLS LAST, customer LIMIT 1")
    return f", {customer!r},"
