"""The row account of each file: what was accepted, rejected and why, skipped by which rule, and totals."""
# ruff: noqa: S608 — identifiers are made in `staging`

import csv
import io
from collections.abc import Iterable

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.findings import SourceFile
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.loaded import ColumnTotal, RejectedRow
from fulcrum.evidence.intake.staging import AGAIN, NO_SCORE, NOT_KEPT, OUTSIDE, Staged
from fulcrum.evidence.intake.typed import MONEY, Fault

_FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def account(staged: Staged) -> SourceFile:
    """Rows in = accepted + rejected + skipped, with the rule behind each skip."""
    reasons = {
        NOT_KEPT: staged.file.keep.name if staged.file.keep is not None else "",
        NO_SCORE: "no score",
        AGAIN: "the same answer again",
        OUTSIDE: "customer outside the base",
    }
    skipped = [(name, staged.count(status)) for status, name in reasons.items() if staged.count(status)]
    if staged.raw.blank:
        skipped.append(("blank row", staged.raw.blank))
    return SourceFile(
        name=staged.file.path,
        sha256=staged.raw.sha256,
        rows=staged.raw.rows,
        accepted=staged.count(0),
        rejected=staged.rejected,
        skipped=sum(n for _, n in skipped),
        skipped_because=tuple(skipped),
    )


def rejected_rows(engine: Engine, staged: Staged, limit: int | None = None) -> tuple[RejectedRow, ...]:
    """The rejected rows of one file in their order, each with the first fault found in it.

    None of a table in a warehouse: its rows never leave it.
    """
    unread = [
        RejectedRow(
            file=staged.file.path,
            row=row,
            column="",
            code="unread",
            reason=why,
            remedy="Mend the row.",
            text="",
        )
        for row, why in staged.raw.unread
    ]
    if staged.rejected == len(unread) or staged.raw.is_table:
        return tuple(unread[:limit])
    shown = " ".join(
        f"WHEN {i} THEN {fault.shown or 'NULL'}" for i, fault in enumerate(staged.faults, start=1)
    )
    cut = "" if limit is None else f" LIMIT {limit}"
    found = engine.query(
        f"SELECT status, row, CASE status {shown} END FROM "
        f"(SELECT typed.status, raw.* FROM {staged.relation} typed JOIN {staged.raw.relation} raw "
        f"USING (row) WHERE typed.status > 0) ORDER BY row{cut}"
    )
    rows = [_rejected(staged, int(status), int(row), text) for status, row, text in found]
    return tuple(sorted(unread + rows, key=lambda rejected: rejected.row)[:limit])


def rejection_problems(engine: Engine, staged: Staged) -> list[Problem]:
    """One Problem for each fault of the file: how often, where first, what the cell says.

    An error, unless no more than the tolerated share of the rows was rejected; then a note.
    """
    share = staged.rejected / max(1, staged.raw.rows)
    severity = Severity.NOTE if share <= staged.file.tolerate else Severity.ERROR
    problems = []
    for i, fault in enumerate(staged.faults, start=1):
        if n := staged.count(i):
            problems.append(_fault_problem(engine, staged, i, fault, n, severity))
    return problems


def column_totals(engine: Engine, staged: Staged) -> tuple[ColumnTotal, ...]:
    """Filled cells of each column as typed, over all rows read, and the exact total of money columns."""
    parts = [f"COUNT({column.name})" for column in staged.columns]
    money = [column for column in staged.columns if column.type == MONEY]
    parts += [f"CAST(SUM({column.name}) AS VARCHAR)" for column in money]
    ((*found,),) = engine.query(f"SELECT {', '.join(parts)} FROM {staged.relation}")
    filled, sums = found[: len(staged.columns)], found[len(staged.columns) :]
    totals = {column.name: total for column, total in zip(money, sums, strict=True)}
    called = [rule.column or rule.name for rule in staged.file.rules]
    called += ["weight"] if staged.file.weight is not None else []
    return tuple(
        ColumnTotal(file=staged.file.path, column=name, filled=n, total=totals.get(column.name) or "")
        for name, column, n in zip(called, staged.columns, filled, strict=False)
    )


def rejected_csv(rows: Iterable[RejectedRow]) -> str:
    """The rejected rows as a CSV to download: file, row, column, code, reason, remedy, cell.

    A cell that a spreadsheet would run as a formula is led by an apostrophe.
    """
    written = io.StringIO(newline="")
    out = csv.writer(written)
    out.writerow(("file", "row", "column", "code", "reason", "remedy", "cell"))
    for row in rows:
        texts = (row.column, row.code, row.reason, row.remedy, row.text)
        out.writerow((harmless(row.file), row.row, *map(harmless, texts)))
    return written.getvalue()


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it, and never computes it."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text


def _rejected(staged: Staged, status: int, row: int, text: str | None) -> RejectedRow:
    fault = staged.faults[status - 1]
    return RejectedRow(
        file=staged.file.path,
        row=row,
        column=fault.column,
        code=fault.code,
        reason=fault.reason,
        remedy=fault.remedy,
        text=text or "",
    )


def _fault_problem(
    engine: Engine, staged: Staged, status: int, fault: Fault, n: int, severity: Severity
) -> Problem:
    row, text = (None, None) if staged.raw.is_table else _first(engine, staged, status, fault)
    rows = "one row" if n == 1 else f"{n:,} rows"
    said = f" Here it says {text[:60]!r}." if text else ""
    return Problem(
        file=staged.file.path,
        row=row,
        column=fault.column,
        what=f"{fault.reason}{said} {rows[0].upper()}{rows[1:]} rejected.",
        remedy=fault.remedy,
        severity=severity,
        code=fault.code,
    )


def _first(engine: Engine, staged: Staged, status: int, fault: Fault) -> tuple[int, str | None]:
    """The first row with this fault, and the cell that is to blame."""
    ((row, text),) = engine.query(
        f"SELECT row, {fault.shown or 'NULL'} FROM {staged.raw.relation} WHERE row = "
        f"(SELECT MIN(row) FROM {staged.relation} WHERE status = {status})"
    )
    return int(row), text
