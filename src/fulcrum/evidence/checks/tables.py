"""Tables of a warehouse: what their lack of an order of rows means, and what is not looked at there."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator

from fulcrum.core.errors import Problem, Severity
from fulcrum.evidence.checks.checked import Checked, asked
from fulcrum.evidence.intake.mapping import Table


def tables(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about tables as such; nothing where the data are files."""
    yield from _unordered(data)
    connection = data.mapping.connection
    if connection is not None:
        yield Problem(
            file="mapping.toml",
            column=f"connections.{connection.name}",
            what="The tables are counted where they lie, so no single row, id or cell is shown here.",
            remedy="Not looked at there: ids that differ only in case or zeros in front, answers that came "
            "twice without a response id, and whether content changed under the same name.",
            severity=Severity.NOTE,
            code="in-warehouse",
        )


def _unordered(data: Checked) -> Iterator[Problem]:
    """Two answers of one customer at one moment, or without one: no row order tells which came last."""
    feedback = data.stacks.get(Table.FEEDBACK)
    if feedback is None or feedback.is_ordered or Table.CUSTOMERS not in data.stacks:
        return
    moment = "answered_at" if feedback.has("answered_at") else "1"
    (tied,) = data.one(
        f"SELECT COUNT(*) FROM (SELECT 1 AS one FROM feedback GROUP BY customer, {moment} "
        "HAVING COUNT(*) > 1) tied"
    )
    if tied:
        yield asked(
            feedback.files[0],
            "answered_at",
            f"{tied:,} times a customer gave several answers at one moment; rows of a table have no order.",
            "The one with the highest response id, then score, counts as the last; map a finer time.",
            "answers-tied",
        )
