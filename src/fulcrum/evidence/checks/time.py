"""Time: dates that cannot be, dates that can be read in two ways, and a window that is not over."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator
from datetime import timedelta

from fulcrum.core.errors import Problem
from fulcrum.evidence.checks.checked import Checked, asked
from fulcrum.evidence.intake.landmark import moment, window_of
from fulcrum.evidence.intake.mapping import ColumnRule, Sort, Table
from fulcrum.evidence.intake.staging import Staged

_ENOUGH = 30
_EARLIEST = 1970
_PLANNED = ("ended", "observed_until", "experience_ended_at")
"""Days that may lie ahead: a contract's end, a delivery that is promised."""


def time(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about dates."""
    for part in data.staged:
        for rule in part.file.columns:
            if rule.sort is Sort.DATE:
                column = data.names.inside(rule, part.file)
                yield from _impossible(data, part, rule, column)
                yield from _two_readings(data, part, rule, column)
    yield from _ended_before_start(data)
    yield from _window(data)


def _impossible(data: Checked, part: Staged, rule: ColumnRule, column: str) -> Iterator[Problem]:
    future = "FALSE" if rule.name in _PLANNED else f"{column} >= {moment(data.as_of + timedelta(days=1))}"
    old = f"{column} < TIMESTAMP '{_EARLIEST}-01-01 00:00:00'"
    late, first_late, early, first_early = data.one(
        f"SELECT COUNT(*) FILTER (WHERE {future}), MIN(row) FILTER (WHERE {future}), "
        f"COUNT(*) FILTER (WHERE {old}), MIN(row) FILTER (WHERE {old}) "
        f"FROM {part.relation} WHERE status = 0"
    )
    if late:
        what = f"{late:,} dates are later than {data.as_of}."
        yield asked(
            part, column, what, "Check the year and the order of day and month.", "future", row=first_late
        )
    if early:
        what = f"{early:,} dates are before {_EARLIEST}."
        remedy = "If they stand for “no date”, list their text under `missing`."
        yield asked(part, column, what, remedy, "very-old", row=first_early)


def _two_readings(data: Checked, part: Staged, rule: ColumnRule, column: str) -> Iterator[Problem]:
    """Where no day is above 12, day and month could be swapped and every date would still be one."""
    if rule.format is None or not {"%d", "%m"} <= {rule.format[i : i + 2] for i in range(len(rule.format))}:
        return
    if rule.format.startswith("%Y"):
        return
    days, highest = data.one(
        f"SELECT COUNT(DISTINCT CAST({column} AS DATE)), MAX(EXTRACT(DAY FROM {column})) "
        f"FROM {part.accepted} WHERE {column} IS NOT NULL"
    )
    if days >= _ENOUGH and highest <= 12:
        what = "No day is above 12: day and month may be swapped."
        yield asked(part, column, what, f"Check that the dates are {rule.format}.", "day-or-month")


def _ended_before_start(data: Checked) -> Iterator[Problem]:
    customers = data.stacks.get(Table.CUSTOMERS)
    if customers is None or not customers.has("started", "ended"):
        return
    (n,) = data.one("SELECT COUNT(*) FROM customers WHERE ended < started")
    if n:
        part = next(part for part in customers.files if part.has("ended"))
        what = f"{n:,} customers ended before they started."
        yield asked(part, "ended", what, "Check both columns and their formats.", "ended-first")


def _window(data: Checked) -> Iterator[Problem]:
    """An outcome window that the data do not cover would count those who are yet to leave as staying."""
    landmark = data.mapping.landmark
    if landmark is None or Table.CUSTOMERS not in data.stacks:
        return
    window = window_of(landmark)
    until = min(landmark.observed_until or data.as_of, data.as_of)
    if window.last_day > until:
        yield Problem(
            file="mapping.toml",
            column="landmark",
            what=f"The outcome window runs to {window.last_day}, but the data only to {until}.",
            remedy="Choose an earlier landmark or fewer outcome_months.",
            code="window-open",
        )
