"""Time: dates that cannot be, dates that can be read in two ways, and a window that is not over."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator, Sequence
from datetime import timedelta

from fulcrum.core.errors import Problem, Severity
from fulcrum.evidence.checks.checked import Checked, asked, header, unsettled
from fulcrum.evidence.intake.landmark import window_of
from fulcrum.evidence.intake.mapping import ColumnRule, Sort, Table
from fulcrum.evidence.intake.staging import Staged
from fulcrum.evidence.intake.typed import Source, moment, moment_of

_ENOUGH = 10  # different days; by chance all of them lie below the 13th once in ten thousand
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
                yield from _two_readings(data, part, rule, (column,))
        for rule in part.file.segments:
            if rule.later is not None and not part.raw.is_table:
                source = Source(part.file, part.raw.columns)
                moments = tuple(moment_of(rule, source, column) for column in rule.later)
                yield from _two_readings(data, part, rule, moments)
    yield from _ended_before_start(data)
    yield from _window(data)


def _impossible(data: Checked, part: Staged, rule: ColumnRule, column: str) -> Iterator[Problem]:
    if rule.days is not None:
        return  # what lies outside is rejected
    future = "FALSE" if rule.name in _PLANNED else f"{column} >= {moment(data.as_of + timedelta(days=1))}"
    old = f"{column} < TIMESTAMP '{_EARLIEST}-01-01 00:00:00'"
    late, first_late, early, first_early, first, last = data.one(
        f"SELECT COUNT(*) FILTER (WHERE {future}), MIN(row) FILTER (WHERE {future}), "
        f"COUNT(*) FILTER (WHERE {old}), MIN(row) FILTER (WHERE {old}), MIN({column}), MAX({column}) "
        f"FROM {part.relation} WHERE status = 0"
    )
    if late:
        what = f"{late:,} dates are later than {data.as_of}."
        remedy = "Check the year and the order of day and month; if such days rightly lie ahead, write "
        days = ("first", "last") if part.raw.is_table else (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
        remedy += f'range = ["{days[0]}", "{days[1]}"] in the rule of `{rule.name}`.'
        yield unsettled(part, column, what, remedy, "future", row=None if part.raw.is_table else first_late)
    if early:
        what = f"{early:,} dates are before {_EARLIEST}."
        remedy = "If they stand for “no date”, list their text under `missing`."
        yield asked(part, column, what, remedy, "very-old", row=first_early)


def _two_readings(data: Checked, part: Staged, rule: ColumnRule, moments: Sequence[str]) -> Iterator[Problem]:
    """Where no day is above 12, day and month could be swapped and every date would still be one."""
    if rule.day_first is not None or not _can_be_swapped(rule.format):
        return
    for moment_sql in moments:
        days, highest = data.one(
            f"SELECT COUNT(DISTINCT CAST({moment_sql} AS DATE)), MAX(EXTRACT(DAY FROM {moment_sql})) "
            f"FROM {part.raw.relation if rule.later else part.accepted}"
        )
        if days >= _ENOUGH and highest <= 12:
            yield _swapped(part, rule)
            return


def _can_be_swapped(form: str | None) -> bool:
    """Whether a format has day and month as numbers, in an order that is not that of ISO."""
    if form is None or "%d" not in form or "%m" not in form:
        return False
    return not -1 < form.find("%Y") < form.index("%m") < form.index("%d")


def _swapped(part: Staged, rule: ColumnRule) -> Problem:
    is_first = str((rule.format or "").index("%d") < (rule.format or "").index("%m")).lower()
    return Problem(
        file=part.file.path,
        column=rule.columns[0],
        what="No day is above 12: day and month may be swapped.",
        remedy=f"If the dates really are {rule.format}, write day_first = {is_first} in the rule of "
        f"`{rule.name}`; else mend `format`.",
        code="day-or-month",
    )


def _ended_before_start(data: Checked) -> Iterator[Problem]:
    """Start and end from two files; within one, the row is rejected."""
    customers = data.stacks.get(Table.CUSTOMERS)
    if customers is None or not customers.has("started", "ended"):
        return
    one, other = (next(part for part in customers.files if part.has(name)) for name in ("started", "ended"))
    if one == other:
        return
    every, n = data.one(
        f"SELECT COUNT(*), COUNT(CASE WHEN b.ended < a.started THEN 1 END) FROM {one.accepted} a "
        f"JOIN {other.accepted} b ON CAST(a.customer AS VARCHAR) = CAST(b.customer AS VARCHAR)"
    )
    if n:
        is_settled = n <= other.file.tolerate * every
        yield Problem(
            file=other.file.path,
            column=header(other, "ended"),
            what=f"{n:,} customers ended before they started.",
            remedy="They are left out of the base."
            if is_settled
            else "Check both columns and their formats; or leave such customers out: write `tolerate` for "
            "this file, the share that may be left out.",
            severity=Severity.NOTE if is_settled else Severity.ERROR,
            code="ended-first",
        )


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
