"""The customer base: one row per customer at the landmark, and who was set apart on the way to it."""
# ruff: noqa: S608 — identifiers are made here and in `staging`

from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.canonical import Stack, Stacks
from fulcrum.evidence.intake.landmark import (
    Window,
    contacts_sql,
    cost_sql,
    last_answers_sql,
    left_sql,
    month_sql,
    present_sql,
    spend_sql,
    transactions_sql,
    whole_sql,
)
from fulcrum.evidence.intake.loaded import Base
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.typed import moment

_OF_AN_ANSWER = ("did_leave", "score", "touchpoint", "comment", "answered_at", "experience_ended_at")
_OF_NO_USE = ("customer", "weight", "comment", "response", "experience_ended_at")


def answers_of(stacks: Stacks) -> Stack | None:
    """The table that holds the answers: feedback, or customers who carry theirs in their row."""
    customers = stacks.get(Table.CUSTOMERS)
    return stacks.get(Table.FEEDBACK) or (customers if customers is not None and customers.is_wide else None)


def make_base(engine: Engine, stacks: Stacks, window: Window | None) -> None:
    """The relation `base`: a scan of the file where it lies if nothing is joined to it, else made once."""
    columns = ["c.bucket", *_own_columns(stacks, window), f"{whole_sql(stacks, window)} AS is_whole"]
    spend, prior = spend_sql(stacks, window)
    made = {
        "did_leave": left_sql(stacks, window),
        "spend": spend,
        "prior_spend": prior,
        "cost": cost_sql(stacks),
        "month": None if window is None else month_sql(stacks, window),
    }
    columns += [f"{sql} AS {name}" for name, sql in made.items() if sql is not None]
    joins = _joins(stacks, window)
    name = engine.view if stacks[Table.CUSTOMERS].is_view and not joins else engine.table
    present = present_sql(stacks, window)
    name("base", f"SELECT {', '.join(columns)} FROM customers c{joins} WHERE {present}")


def described(engine: Engine, stacks: Stacks, window: Window | None) -> Base:
    """How many customers the base holds, and who was set apart."""
    answered = "COUNT(score)" if answers_of(stacks) is not None else "0"
    ((rows, scored, whole),) = engine.query(
        f"SELECT COUNT(*), {answered}, COUNT(*) FILTER (WHERE is_whole) FROM base"
    )
    not_yet, gone = (0, 0) if window is None else _set_apart(engine, stacks[Table.CUSTOMERS], window)
    return Base(
        customers=rows,
        answered=scored,
        censored=rows - whole,
        not_yet=not_yet,
        gone=gone,
        window=None if window is None else (window.start, window.end),
    )


def _own_columns(stacks: Stacks, window: Window | None) -> list[str]:
    """What the customers' rows give, and what their last answer gives."""
    customers, feedback = stacks[Table.CUSTOMERS], stacks.get(Table.FEEDBACK)
    columns = [f"c.{name}" for name, _ in customers.columns if name not in _OF_AN_ANSWER]
    if feedback is not None:
        given = [
            name for name, _ in feedback.columns if name not in _OF_NO_USE and f"c.{name}" not in columns
        ]
        return columns + [f"a.{name}" for name in given]
    if customers.is_wide:
        columns.append(f"{_score_before(customers, window)} AS score")
        columns += ["c.touchpoint"] if customers.has("touchpoint") else []
    return columns


def _joins(stacks: Stacks, window: Window | None) -> str:
    beside = {
        "a": last_answers_sql(stacks, window) if Table.FEEDBACK in stacks else None,
        "t": transactions_sql(window) if _has_spend(stacks, window) else None,
        "s": contacts_sql(window) if cost_sql(stacks) is not None else None,
    }
    return "".join(
        f" LEFT JOIN {sql} {name} ON {name}.customer = c.customer"
        for name, sql in beside.items()
        if sql is not None
    )


def _has_spend(stacks: Stacks, window: Window | None) -> bool:
    return Table.TRANSACTIONS in stacks and spend_sql(stacks, window)[0] is not None


def _score_before(customers: Stack, window: Window | None) -> str:
    """The score of a customer's own row, where it was given before the landmark."""
    if window is None:
        return "c.score"
    if not customers.has("answered_at"):
        return "CAST(NULL AS TINYINT)"
    return f"CASE WHEN c.answered_at < {moment(window.start)} THEN c.score END"


def _set_apart(engine: Engine, customers: Stack, window: Window) -> tuple[int, int]:
    """Customers who had not started at the landmark, and those who had left before it."""
    start = moment(window.start)
    later = f"coalesce(started >= {start}, FALSE)" if customers.has("started") else "FALSE"
    before = f"coalesce(ended < {start}, FALSE)" if customers.has("ended") else "FALSE"
    ((not_yet, gone),) = engine.query(
        f"SELECT COUNT(*) FILTER (WHERE {later}), COUNT(*) FILTER (WHERE {before} AND NOT {later}) "
        "FROM customers"
    )
    return not_yet, gone
