"""The landmark design: one row per customer, score strictly before the landmark, outcome from it on.

Without a landmark the same row holds what is recorded, with no order in time, and says so.
"""
# ruff: noqa: S608 — identifiers are made here, days are dates

from datetime import date, timedelta

from fulcrum.core.value import value
from fulcrum.evidence.intake.canonical import Stacks
from fulcrum.evidence.intake.mapping import Landmark, Table
from fulcrum.evidence.intake.typed import moment

_TIES = ("response", "score", "touchpoint")


@value
class Window:
    """The outcome window as SQL literals: from the landmark (included) to its end (excluded)."""

    start: date
    end: date
    before: date
    months: int

    @property
    def last_day(self) -> date:
        """The last day that must have been observed for a whole window."""
        return self.end - timedelta(days=1)


def window_of(landmark: Landmark) -> Window:
    """The window of a landmark, in calendar months."""
    return Window(
        start=landmark.day,
        end=months_later(landmark.day, landmark.outcome_months),
        before=months_later(landmark.day, -landmark.pre_months),
        months=landmark.outcome_months,
    )


def months_later(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    for back in range(4):
        try:
            return date(count // 12, count % 12 + 1, day.day - back)
        except ValueError:
            continue
    raise ValueError(f"{day} has no day {months} months later")


def left_sql(stacks: Stacks, window: Window | None) -> str | None:
    """Whether a customer left: in the window where there is one, else as recorded. 1, 0 or NULL."""
    customers = stacks[Table.CUSTOMERS]
    if customers.has("ended"):
        if window is None:
            return "CAST(CASE WHEN c.ended IS NULL THEN 0 ELSE 1 END AS TINYINT)"
        return f"CAST(CASE WHEN c.ended < {moment(window.end)} THEN 1 ELSE 0 END AS TINYINT)"
    return "c.did_leave" if customers.has("did_leave") else None


def whole_sql(stacks: Stacks, window: Window | None) -> str:
    """Whether a customer was observable for the whole window (leaving ends it)."""
    if window is None or not stacks[Table.CUSTOMERS].has("observed_until"):
        return "TRUE"
    left = left_sql(stacks, window) or "0"
    return f"(c.observed_until IS NULL OR c.observed_until >= {moment(window.last_day)} OR {left} = 1)"


def present_sql(stacks: Stacks, window: Window | None) -> str:
    """Whether a customer belongs to the base: had started before the landmark, and had not left."""
    conditions = []
    if window is not None and stacks[Table.CUSTOMERS].has("started"):
        conditions.append(f"(c.started IS NULL OR c.started < {moment(window.start)})")
    if window is not None and stacks[Table.CUSTOMERS].has("ended"):
        conditions.append(f"(c.ended IS NULL OR c.ended >= {moment(window.start)})")
    return " AND ".join(conditions) or "TRUE"


def month_sql(stacks: Stacks, window: Window) -> str | None:
    """Whole calendar months from the landmark to the customer's last day in view; at most the window's."""
    if not stacks[Table.CUSTOMERS].has("ended"):
        return None
    seen = ["c.ended"] + (["c.observed_until"] if stacks[Table.CUSTOMERS].has("observed_until") else [])
    last = seen[0]
    if len(seen) == 2:  # the earlier of both; LEAST treats a missing one differently on some engines
        last = f"CASE WHEN {seen[0]} IS NULL OR {seen[1]} < {seen[0]} THEN {seen[1]} ELSE {seen[0]} END"
    start = window.start
    months = (
        f"(EXTRACT(YEAR FROM {last}) - {start.year}) * 12 + EXTRACT(MONTH FROM {last}) - {start.month}"
        f" - CASE WHEN EXTRACT(DAY FROM {last}) < {start.day} THEN 1 ELSE 0 END"
    )
    return (
        f"CAST(CASE WHEN {last} IS NULL OR {last} >= {moment(window.end)} THEN {window.months} "
        f"ELSE {months} END AS SMALLINT)"
    )


def spend_sql(stacks: Stacks, window: Window | None) -> tuple[str | None, str | None]:
    """Spend in the window and before it: the SQL over `t` (summed transactions), or the recorded value."""
    transactions = stacks.get(Table.TRANSACTIONS)
    if transactions is None:
        return ("c.worth" if stacks[Table.CUSTOMERS].has("worth") else None), None
    if window is None:
        return "coalesce(t.spend, 0)", None
    if not transactions.has("happened_at"):
        return None, None
    return "coalesce(t.spend, 0)", ("coalesce(t.prior_spend, 0)" if window.before < window.start else None)


def cost_sql(stacks: Stacks) -> str | None:
    """What contacts with a customer cost, in the window where there is one."""
    contacts = stacks.get(Table.CONTACTS)
    return None if contacts is None or not contacts.has("cost") else "coalesce(s.cost, 0)"


def contacts_sql(window: Window | None) -> str:
    """Each customer's summed cost of contacts."""
    cost = "cost" if window is None else _between(window.start, window.end, "cost")
    return f"(SELECT customer, {_summed(cost)} AS cost FROM contacts GROUP BY customer)"


def transactions_sql(window: Window | None) -> str:
    """Each customer's summed transactions: in the window, and before it."""
    if window is None:
        sums = f"{_summed('amount')} AS spend, NULL AS prior_spend"
    else:
        spend = _between(window.start, window.end, "amount")
        prior = _between(window.before, window.start, "amount")
        sums = f"{_summed(spend)} AS spend, {_summed(prior)} AS prior_spend"
    return f"(SELECT customer, {sums} FROM transactions GROUP BY customer)"


def _summed(amount: str) -> str:
    return f"CAST(SUM({amount}) AS DECIMAL(18,4))"


def _between(low: date, high: date, amount: str) -> str:
    return f"CASE WHEN happened_at >= {moment(low)} AND happened_at < {moment(high)} THEN {amount} END"


def last_answers_sql(stacks: Stacks, window: Window | None) -> str:
    """Each customer's last answer, strictly before the landmark where there is one."""
    feedback = stacks[Table.FEEDBACK]
    kept = ", ".join(name for name, _ in feedback.columns if name != "weight")
    dated = feedback.has("answered_at")
    where = ""
    if window is not None:
        where = f" WHERE answered_at < {moment(window.start)}" if dated else " WHERE FALSE"
    order = ["answered_at DESC NULLS LAST"] if dated else []
    order += ["file DESC", "row DESC"]
    if not feedback.is_ordered:  # of answers at one moment, the same one on every engine
        order += [f"{name} DESC NULLS LAST" for name, _ in feedback.columns if name in _TIES]
    return (
        f"(SELECT {kept} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer "
        f"ORDER BY {', '.join(order)}) AS place FROM feedback{where}) WHERE place = 1)"
    )
