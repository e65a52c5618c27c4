"""Which answers stand on which side of what they judge, and of what they are to foretell."""
# ruff: noqa: S608 — identifiers are made in `staging`

from collections.abc import Iterator

from fulcrum.core.errors import Problem, Severity
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.base import answers_of
from fulcrum.evidence.intake.canonical import Stacks
from fulcrum.evidence.intake.landmark import Window
from fulcrum.evidence.intake.loaded import Base, Relation, TimeOrder
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.typed import moment


def time_order(engine: Engine, stacks: Stacks, answers: Relation, window: Window | None) -> TimeOrder:
    """The answers counted by their place in time."""
    early = answers.key("early")
    feedback = answers_of(stacks)
    dated = feedback is not None and feedback.has("answered_at")
    is_early = "FALSE" if early is None else f"{early.sql} = 'yes'"
    is_late = f"f.answered_at >= {moment(window.start)}" if window is not None and dated else "FALSE"
    is_undated = "f.answered_at IS NULL" if dated else "TRUE"
    source = answers.joined if early is not None and early.joined else answers.source
    ((every, early_n, late_n, undated),) = engine.query(
        f"SELECT COUNT(*), COUNT(*) FILTER (WHERE {is_early}), COUNT(*) FILTER (WHERE {is_late}), "
        f"COUNT(*) FILTER (WHERE {is_undated}) FROM {source}"
    )
    used = engine.query("SELECT COUNT(score) FROM base")[0][0] if Table.CUSTOMERS in stacks else 0
    return TimeOrder(answers=every, early=early_n, late=late_n, undated=undated, used=used)


def told(order: TimeOrder | None, base: Base | None, *, has_landmark: bool) -> Iterator[Problem]:
    """What the order of time sets apart, as notes; answers without a day under a landmark, as a question."""
    if order is not None and order.early:
        yield _note(
            f"{order.early:,} of {order.answers:,} answers were given before the experience was over.",
            "They judge what they could not know yet: comparisons of scores leave them out.",
            "early-answers",
            column="experience_ended_at",
        )
    if order is not None and has_landmark and order.undated:
        yield _note(
            f"{order.undated:,} of {order.answers:,} answers have no day, so none of them comes before the "
            "landmark.",
            "Map `answered_at`, or remove [landmark] to compare what is recorded, in no order of time.",
            "undated-answers",
            severity=Severity.QUESTION,
        )
    if order is not None and order.late:
        yield _note(
            f"{order.late:,} of {order.answers:,} answers were given on or after the landmark.",
            "They are not held against what customers did after it.",
            "late-answers",
        )
    if base is not None and base.censored:
        yield _note(
            f"{base.censored:,} of {base.customers:,} customers were not in view for the whole window.",
            "They are left out of shares and sums, and kept in durations.",
            "censored",
        )


def _note(
    what: str, remedy: str, code: str, *, column: str = "landmark", severity: Severity = Severity.NOTE
) -> Problem:
    return Problem(file="mapping.toml", column=column, what=what, remedy=remedy, severity=severity, code=code)
