"""How a pilot's results are typed by its design, and which of their rows cannot belong to it."""

from collections.abc import Sequence
from datetime import date, timedelta

from fulcrum.core.pilots import Assignment, PilotDesign
from fulcrum.core.wording import day
from fulcrum.evidence.engines.engine import quoted
from fulcrum.evidence.intake.mapping import ColumnRule, MappedFile, Sort, Table
from fulcrum.evidence.intake.typed import Fault, Source, Typed, moment


def as_mapped(design: PilotDesign) -> MappedFile:
    """The results as the intake sees any export: which column is what, and of which kind."""
    results = design.results
    outcome = Sort.FLAG if design.kind == "share" else Sort.MONEY
    rules = [
        ColumnRule(name="customer", sort=Sort.IDENTITY, column=results.customer, is_required=True),
        ColumnRule(name="y", sort=outcome, column=results.outcome, yes=results.yes),
    ]
    if results.arm:
        rules.append(ColumnRule(name="arm", sort=Sort.TEXT, column=results.arm, is_required=True))
    for name, column in (("x", results.before), ("e", results.earlier)):
        if column:
            rules.append(ColumnRule(name=name, sort=outcome, column=column, yes=results.yes))
    if results.unit:
        rules.append(ColumnRule(name="unit", sort=Sort.TEXT, column=results.unit, is_required=True))
    for name, column in (("entered", results.entered), ("measured", results.measured)):
        if column:
            form = results.date_format or None
            rules.append(ColumnRule(name=name, sort=Sort.DATE, column=column, format=form))
    return MappedFile(
        path=results.file,
        table=Table.EVENTS,
        columns=tuple(rules),
        currency="",
        decimal=results.decimal,
        delimiter=results.delimiter or None,
    )


def misplaced(
    design: PilotDesign, source: Source, columns: Sequence[Typed], as_of: date
) -> tuple[Fault, ...]:
    """Rows that cannot belong to this pilot: other arms, other words, days outside it."""
    sql = {column.name: column.sql for column in columns}
    results, found = design.results, []

    def fault(condition: str, column: str, code: str, reason: str, remedy: str) -> None:
        shown = source.shown(column)
        found.append(
            Fault(condition=condition, column=column, code=code, reason=reason, remedy=remedy, shown=shown)
        )

    if "arm" in sql:
        named = ", ".join(quoted(name) for name in (design.treated, design.others))
        fault(
            f"{sql['arm']} NOT IN ({named})",
            results.arm,
            "pilot-arm",
            f"The arm is neither “{design.treated}” nor “{design.others}”.",
            "Write the arms as the design names them.",
        )
    if design.kind == "share" and results.no:
        words = ", ".join(quoted(word) for word in (*results.yes, *results.no))
        for column in filter(None, (results.outcome, results.before, results.earlier)):
            text = source.text(column)
            fault(
                f"({text}) IS NOT NULL AND {text} NOT IN ({words})",
                column,
                "pilot-word",
                "The outcome is neither one of `yes` nor one of `no`.",
                "Mend the cell, or add the word to `yes` or `no` before the pilot is registered.",
            )
    starts, ends = moment(design.starts), moment(as_of + timedelta(days=1))
    for name, column, what in (
        ("measured", results.measured, "The outcome was measured"),
        ("entered", results.entered, "The customer came into the pilot"),
    ):
        if name in sql and not (design.assignment is Assignment.STEPPED and name == "entered"):
            remedy = "Take the row out if it belongs to another time; else mend the day."
            before = f"{what} before the pilot started on {day(design.starts)}."
            fault(f"({sql[name]}) < {starts}", column, "pilot-before-start", before, remedy)
            later = f"{what} after {day(as_of)}, the day of this reading."
            mend = "Mend the day, or read the pilot on a later one (--as-of)."
            fault(f"({sql[name]}) >= {ends}", column, "pilot-future", later, mend)
    if "measured" in sql and "entered" in sql:
        fault(
            f"({sql['measured']}) < ({sql['entered']})",
            results.measured,
            "pilot-order",
            "The outcome was measured before the customer came into the pilot.",
            "Mend one of both days.",
        )
    return tuple(found)
