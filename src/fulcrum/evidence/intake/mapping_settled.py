"""The part of `mapping.toml` that settles a doubt: which amounts and days are right, how a date is read.

Whoever declares such a thing has looked. What lies outside it is rejected like any cell that cannot be.
"""

from datetime import date
from decimal import Decimal

from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.strict_toml import Reader


def read_amounts(rule: Reader) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest amount that are right: range = [-500, 20000]."""
    found = rule.numbers("range")
    if found is None:
        return None
    if len(found) != 2 or found[0] > found[1]:
        rule.wrong(
            "range", f"is {list(found)}.", "Give the lowest and the highest amount, such as [-500, 20000]."
        )
        return None
    return Decimal(str(found[0])), Decimal(str(found[1]))


def read_days(rule: Reader) -> tuple[date, date] | None:
    """The first and the last day that are right: range = ["2020-01-01", "2027-12-31"]."""
    found = rule.days("range")
    if found is None:
        return None
    if len(found) != 2 or found[0] > found[1]:
        said = [day.isoformat() for day in found]
        rule.wrong(
            "range", f"is {said}.", 'Give the first and the last day, as ["2020-01-01", "2027-12-31"].'
        )
        return None
    return found[0], found[1]


def read_day_first(rule: Reader, form: str | None) -> bool | None:
    """Whether the day stands before the month; said once more, beside `format`, and held against it."""
    if "day_first" not in rule:
        return None
    said = rule.flag("day_first")
    if form is None or "%d" not in form or "%m" not in form:
        rule.wrong("day_first", "needs a `format` with %d and %m.", "Declare the format, or leave it out.")
    elif said is not (form.index("%d") < form.index("%m")):
        first = "month" if said else "day"
        rule.wrong(
            "day_first", f"is {str(said).lower()}, but {form} has the {first} first.", "Mend one of them."
        )
    return said


def read_orphans(file: Reader, table: Table, share: float) -> float:
    """The share of rows that may belong to nobody among the customers; 0 unless it is said."""
    if table is Table.CUSTOMERS and "orphans" in file:
        file.wrong(
            "orphans",
            "is for rows that belong to customers, and these are the customers.",
            "Declare it on the file that holds the rows.",
        )
    return share
