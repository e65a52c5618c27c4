"""Who is who: customers given twice, answers given twice, rows of nobody, files given twice."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator
from math import ceil

from fulcrum.core.errors import Problem, Severity
from fulcrum.evidence.checks.checked import Checked, asked, header
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.staging import Staged


def keys(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about ids and files."""
    yield from _same_file(data)
    for part in data.of(Table.CUSTOMERS):
        yield from _customer_twice(data, part)
    yield from _answer_twice(data)
    yield from _nobody(data)
    yield from _nearly_the_same(data)


def _same_file(data: Checked) -> Iterator[Problem]:
    seen: dict[tuple[Table, str], str] = {}
    for part in data.staged:
        first = seen.setdefault((part.file.table, part.raw.sha256), part.file.path)
        if first != part.file.path:
            yield Problem(
                file=part.file.path,
                what=f"The file has the same content as {first}.",
                remedy="List one of them; otherwise every row counts twice.",
                code="same-file",
            )


def _customer_twice(data: Checked, part: Staged) -> Iterator[Problem]:
    """A customer twice in one file would multiply every row that is joined to them."""
    counted = f"SELECT COUNT(customer), COUNT(DISTINCT customer) FROM {part.accepted}"
    every, distinct = data.one(counted)
    if every == distinct:
        return
    said, row = _such_as(data, part)
    yield Problem(
        file=part.file.path,
        column=header(part, "customer"),
        row=row,
        what=f"{every - distinct:,} rows repeat a customer{said}: joined, they would multiply.",
        remedy="Export one row per customer, or map the file as transactions, contacts or events.",
        code="customer-twice",
    )


def _such_as(data: Checked, part: Staged) -> tuple[str, int | None]:
    """The customer whose second row comes first; nobody of a table, for its rows do not leave it."""
    if part.raw.is_table:
        return "", None
    customer, row = data.one(
        f"SELECT CAST(customer AS VARCHAR), MAX(row) FROM {part.accepted} GROUP BY customer "
        "HAVING COUNT(*) > 1 ORDER BY 2 LIMIT 1"
    )
    return ("" if header(part, "customer") in part.file.personal else f", such as {customer!r}"), row


def _answer_twice(data: Checked) -> Iterator[Problem]:
    """The same response id with different content; the same with the same content was skipped before."""
    feedback = data.stacks.get(Table.FEEDBACK)
    if feedback is None or not feedback.has("response"):
        return
    rows = data.engine.query(
        "SELECT file, MAX(row), response, COUNT(*) OVER () FROM feedback WHERE response IN "
        "(SELECT response FROM feedback WHERE response IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1) "
        "GROUP BY file, response ORDER BY 1, 2 LIMIT 1"
    )
    for place, row, response, times in rows:
        part = feedback.files[place]
        said = f"Response {response!r} comes" if feedback.is_ordered else "Responses come"
        yield Problem(
            file=part.file.path,
            column=header(part, "response"),
            row=row,
            what=f"{said} again with different content ({times:,} such ids).",
            remedy="Keep one row per response id, or do not map `response` if it is no id.",
            code="response-twice",
        )


def _nobody(data: Checked) -> Iterator[Problem]:
    """Rows whose customer stands in no customers file: without fields, and money without an owner."""
    customers = data.stacks.get(Table.CUSTOMERS)
    if customers is None:
        return
    type = dict(customers.columns)["customer"]
    ids = (f"SELECT CAST(customer AS {type}) AS customer FROM {part.relation}" for part in customers.files)
    known = f"SELECT DISTINCT customer FROM ({' UNION ALL '.join(ids)}) ids"
    for table, stack in data.stacks.items():
        if table is Table.CUSTOMERS:
            continue
        found = data.engine.query(
            f"SELECT t.file, COUNT(*), COUNT(*) - COUNT(c.customer), "
            f"MIN(CASE WHEN c.customer IS NULL THEN t.row END) FROM {table.value} t "
            f"LEFT JOIN ({known}) c ON c.customer = t.customer GROUP BY t.file ORDER BY t.file"
        )
        for place, every, orphans, row in found:
            if orphans:
                yield _orphans(stack.files[place], int(every), int(orphans), row)


def _orphans(part: Staged, every: int, orphans: int, row: int | None) -> Problem:
    """A note within the declared share; above it, and always where nothing was declared, an error."""
    is_settled = orphans <= part.file.orphans * every
    share = ceil(100 * orphans / every) / 100
    remedy = "Check that both files write the id alike"
    if share < 1:
        remedy += f"; if these customers are rightly not in the base, write orphans = {share:g} for this file"
    return Problem(
        file=part.file.path,
        column=header(part, "customer"),
        row=None if part.raw.is_table or is_settled else row,
        what=f"{orphans:,} of {every:,} rows of {part.file.table} belong to nobody among the customers.",
        remedy="They have no fields and no weight." if is_settled else f"{remedy}.",
        severity=Severity.NOTE if is_settled else Severity.ERROR,
        code="orphans",
    )


def _nearly_the_same(data: Checked) -> Iterator[Problem]:
    """Ids that differ only in case, blanks or leading zeros may be one customer."""
    for part in data.of(Table.CUSTOMERS):
        if part.type_of("customer") != "VARCHAR" or part.raw.stays:
            continue
        plain = "ltrim(lower(trim(customer)), '0')"
        ids = f"(SELECT DISTINCT customer FROM {part.accepted})"
        rows = data.engine.query(
            f"SELECT MIN(customer), MAX(customer), COUNT(*) OVER () FROM {ids} GROUP BY {plain} "
            "HAVING COUNT(*) > 1 ORDER BY 1 LIMIT 1"
        )
        for one, other, groups in rows:
            yield asked(
                part,
                "customer",
                f"{one!r} and {other!r} differ only in case, blanks or zeros in front ({groups:,} groups).",
                "Write ids of one customer alike; as they stand they are different customers.",
                "ids-alike",
            )
