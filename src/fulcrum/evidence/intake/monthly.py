"""What is counted by calendar month: contacts, transactions, and which customers were there.

Relations like those of `relations`, for series in which goals are stated. Weighted customers have none: a
count of rows would not be a count of customers.
"""

from fulcrum.evidence.intake.canonical import Stack, Stacks
from fulcrum.evidence.intake.loaded import Expression, Monthly, Relation
from fulcrum.evidence.intake.mapping import Table

ONE = Expression(name="one", sql="1", is_whole=True, is_flag=True)


def monthly(stacks: Stacks) -> Monthly:
    """The relations by month that these tables offer."""
    customers = stacks.get(Table.CUSTOMERS)
    if customers is None or customers.has("weight"):
        return Monthly()
    presence = None
    if customers.has("started"):
        ended = _month("c.ended") if customers.has("ended") else "NULL"
        keys = (
            Expression(name="started", sql=_month("c.started")),
            Expression(name="ended", sql=f"CAST({ended} AS INTEGER)"),
        )
        presence = Relation(source="customers c", joined="customers c", keys=keys, outcomes=(ONE,))
    return Monthly(
        presence=presence,
        contacts=_happened(stacks.get(Table.CONTACTS), "cost"),
        transactions=_happened(stacks.get(Table.TRANSACTIONS), "amount"),
    )


def _happened(table: Stack | None, amount: str) -> Relation | None:
    if table is None or not table.has("happened_at"):
        return None
    name = table.table.value
    outcomes = (
        (ONE, Expression(name=amount, sql=f"h.{amount}", may_lack=True)) if table.has(amount) else (ONE,)
    )
    month = Expression(name="month", sql=_month("h.happened_at"))
    day = Expression(name="day", sql="CAST(EXTRACT(DAY FROM h.happened_at) AS INTEGER)")
    return Relation(source=f"{name} h", joined=f"{name} h", keys=(month, day), outcomes=outcomes)


def _month(day: str) -> str:
    return f"CAST(EXTRACT(YEAR FROM {day}) * 100 + EXTRACT(MONTH FROM {day}) AS INTEGER)"
