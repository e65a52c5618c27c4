"""Money: one currency, plausible sizes, totals that agree, no account that is the whole result."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator
from decimal import Decimal

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.checks.checked import Checked, header, unsettled
from fulcrum.evidence.intake.canonical import Stack
from fulcrum.evidence.intake.mapping import ColumnRule, Sort, Table
from fulcrum.evidence.intake.staging import Staged

_FAR = 300  # times the middle amount: a third of it, a thousand-fold by mistake, lies beyond
_MONEY = {"amount": "amount", "cost": "cost", "value": "worth"}


def money(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about amounts."""
    for part in data.staged:
        yield from _currency(data, part)
        yield from _control(data, part)
        for rule in part.file.columns:
            if rule.sort is Sort.MONEY:
                yield from _sizes(data, part, rule)
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


def _sizes(data: Checked, part: Staged, rule: ColumnRule) -> Iterator[Problem]:
    """Amounts below zero, or in another unit, until the mapping says which amounts are right."""
    if rule.amounts is not None:
        return  # what lies outside is rejected
    column = _MONEY[rule.name]
    negative, some, least, largest = data.one(
        f"SELECT COUNT(*) FILTER (WHERE {column} < 0), COUNT(*) FILTER (WHERE {column} <> 0), "
        f"MIN({column}), MAX({column}) FROM {part.accepted}"
    )
    if not some:
        return
    said = _as_declared(part, rule, least, largest)
    if negative:
        yield unsettled(
            part,
            column,
            f"{negative:,} amounts are below zero: refunds and credits, or mistakes?",
            f"Mend mistakes; if they are refunds, which are then subtracted, write {said}.",
            "negative",
            row=_row(data, part, f"{column} < 0"),
        )
    far = max(abs(least), abs(largest))
    if _is_in_another_unit(data, part, column, far):
        yield unsettled(
            part,
            column,
            f"{far:,.2f} is more than {_FAR} times the usual amount, with next to nothing between.",
            f"Check its unit (thousands?) and that it is no total; if it is right, write {said}.",
            "thousand-fold",
            row=_row(data, part, f"abs({column}) = {far}"),
        )


def _as_declared(part: Staged, rule: ColumnRule, least: Decimal, largest: Decimal) -> str:
    """The line of the mapping that calls all these amounts right; without figures for a warehouse's table."""
    limits = "lowest, highest" if part.raw.is_table else f"{_plain(least)}, {_plain(largest)}"
    return f'{rule.name} = {{ column = "{rule.column}", range = [{limits}] }}'


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def _is_in_another_unit(data: Checked, part: Staged, column: str, far: Decimal) -> bool:
    """Whether the farthest amount is far above the middle one of its table, and stands in a heap of its own.

    Told by counting, over all files of the table. Large customers fill the way up to the largest, ever fewer;
    amounts in another unit leave a factor of ten above the middle that holds fewer than what lies beyond it.
    """
    size = f"CAST(abs({column}) AS DOUBLE)"
    limits = [float(far) / 10 ** (half / 2) for half in range(1, 7)] + [float(far) / _FAR]
    counts = ", ".join(f"COUNT(CASE WHEN {size} > {limit!r} THEN 1 END)" for limit in limits)
    some, *above, far_above = data.one(
        f"SELECT COUNT(*), {counts} FROM {part.file.table.value} WHERE {column} <> 0"
    )
    return 2 * far_above < some and any(
        2 * above[k + 2] <= some and above[k + 2] < 2 * above[k] for k in range(4)
    )


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
