"""The canonical tables laid out for cells: which keys, outcomes and weights the data offer."""
# ruff: noqa: S608 — identifiers are made in `staging`

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.base import answers_of, described, make_base
from fulcrum.evidence.intake.canonical import Stack, Stacks
from fulcrum.evidence.intake.landmark import (
    Window,
    cost_sql,
    left_sql,
    month_sql,
    spend_sql,
    whole_sql,
    window_of,
)
from fulcrum.evidence.intake.loaded import Base, Expression, Monthly, Relation, TimeOrder
from fulcrum.evidence.intake.mapping import Mapping, Table
from fulcrum.evidence.intake.monthly import monthly
from fulcrum.evidence.intake.prior_spend import band_sql
from fulcrum.evidence.intake.staging import Names, names_of
from fulcrum.evidence.intake.time_order import time_order, told


@value
class Laid:
    """The relations of one company's data, with what was counted while laying them out."""

    answers: Relation | None
    customers: Relation | None
    durations: Relation | None
    time_order: TimeOrder | None
    base: Base | None
    answered_once: bool
    problems: tuple[Problem, ...]
    monthly: Monthly


def lay_out(engine: Engine, mapping: Mapping, stacks: Stacks) -> Laid:
    """Answers and customers as relations, customers with their score before the landmark and outcome."""
    names = names_of(mapping)
    window = None if mapping.landmark is None else window_of(mapping.landmark)
    answers = _answers(stacks, names)
    base = None
    if Table.CUSTOMERS in stacks:
        make_base(engine, stacks, window)
        base = described(engine, stacks, window)
    order = None if answers is None else time_order(engine, stacks, answers, window)
    return Laid(
        answers=answers,
        customers=None if base is None else _customers(engine, stacks, names, window),
        durations=None if base is None else _durations(stacks, names, window),
        time_order=order,
        base=base,
        answered_once=answers is not None and _answered_once(engine, stacks),
        problems=tuple(told(order, base, has_landmark=window is not None)),
        monthly=monthly(stacks),
    )


def _answers(stacks: Stacks, names: Names) -> Relation | None:
    feedback, customers = answers_of(stacks), stacks.get(Table.CUSTOMERS)
    if feedback is None:
        return None
    keys = [Expression(name="score", sql="f.score"), Expression(name="bucket", sql="f.bucket")]
    if feedback.has("touchpoint"):
        keys.append(Expression(name="touchpoint", sql="f.touchpoint"))
    if feedback.has("answered_at"):
        month = "CAST(EXTRACT(YEAR FROM f.answered_at) * 100 + EXTRACT(MONTH FROM f.answered_at) AS INTEGER)"
        keys.append(Expression(name="month", sql=month))
    if len(feedback.files) > 1:
        keys.append(Expression(name="from_file", sql="f.file"))
    if (early := _early(feedback, customers)) is not None:
        keys.append(early)
    for field in names.fields:
        if (found := _beside(names.field(field), field, feedback, customers)) is not None:
            keys.append(found)
    return Relation(
        source="feedback f",
        joined="feedback f LEFT JOIN customers c ON c.customer = f.customer",
        keys=tuple(keys),
        outcomes=(Expression(name="score", sql="f.score", is_whole=feedback.is_whole("score")),),
        weight=_beside("weight", "weight", feedback, customers),
        ratings=_ratings(feedback, names, "f"),
    )


def _ratings(feedback: Stack, names: Names, alias: str) -> tuple[Expression, ...]:
    """The ratings of an answer, with what says that one does not concern the customer."""
    return tuple(
        Expression(
            name=name,
            sql=f"{alias}.{names.rating(name)}",
            is_whole=feedback.is_whole(names.rating(name)),
            inapplicable=f"{alias}.{names.inapplicable(name)}"
            if feedback.has(names.inapplicable(name))
            else "",
        )
        for name in names.ratings
        if feedback.has(names.rating(name))
    )


def _beside(column: str, name: str, feedback: Stack, customers: Stack | None) -> Expression | None:
    """A column of the answers, else of the customers beside them."""
    if feedback.has(column):
        return Expression(name=name, sql=f"f.{column}")
    if customers is not None and customers.has(column):
        return Expression(name=name, sql=f"c.{column}", joined=True, may_lack=True)
    return None


def _early(feedback: Stack, customers: Stack | None) -> Expression | None:
    """Whether an answer was given before the experience that it judges was over."""
    ended = _beside("experience_ended_at", "early", feedback, customers)
    if ended is None or not feedback.has("answered_at"):
        return None
    sql = f"CASE WHEN f.answered_at < {ended.sql} THEN 'yes' WHEN f.answered_at >= {ended.sql} THEN 'no' END"
    return Expression(name="early", sql=sql, joined=ended.joined)


def _customers(engine: Engine, stacks: Stacks, names: Names, window: Window | None) -> Relation:
    keys = _base_keys(stacks, names)
    if spend_sql(stacks, window)[1] is not None:
        keys.append(Expression(name="prior_spend", sql=band_sql(engine, "base", "b.prior_spend")))
    source = "base b" if whole_sql(stacks, window) == "TRUE" else "(SELECT * FROM base WHERE is_whole) b"
    return Relation(
        source=source,
        joined=source,
        keys=tuple(keys),
        outcomes=(*_outcomes(engine, stacks, window), _ONE),
        weight=_base_weight(stacks),
        ratings=() if (feedback := stacks.get(Table.FEEDBACK)) is None else _ratings(feedback, names, "b"),
    )


_ONE = Expression(name="one", sql="1", is_whole=True, is_flag=True)


def _outcomes(engine: Engine, stacks: Stacks, window: Window | None) -> tuple[Expression, ...]:
    """What the base knows of each customer's behaviour, and whether it knows it of all."""
    spend, prior = spend_sql(stacks, window)
    offered = {
        "left": ("b.did_leave", left_sql(stacks, window) is not None),
        "stayed": ("1 - b.did_leave", left_sql(stacks, window) is not None),
        "spend": ("b.spend", spend is not None),
        "value": ("b.worth", stacks[Table.CUSTOMERS].has("worth")),
        "cost": ("b.cost", cost_sql(stacks) is not None),
        "prior_spend": ("b.prior_spend", prior is not None),
    }
    known = {name: sql for name, (sql, is_there) in offered.items() if is_there}
    counts = ", ".join(["COUNT(*)", *(f"COUNT({sql})" for sql in known.values())])
    ((rows, *filled),) = engine.query(f"SELECT {counts} FROM base b")
    flags = ("left", "stayed")
    return tuple(
        Expression(name=name, sql=sql, may_lack=n < rows, is_whole=name in flags, is_flag=name in flags)
        for (name, sql), n in zip(known.items(), filled, strict=True)
    )


def _base_weight(stacks: Stacks) -> Expression | None:
    return Expression(name="weight", sql="b.weight") if stacks[Table.CUSTOMERS].has("weight") else None


def _base_keys(stacks: Stacks, names: Names) -> list[Expression]:
    customers, feedback = stacks[Table.CUSTOMERS], answers_of(stacks)
    keys = [Expression(name="bucket", sql="b.bucket")]
    if feedback is not None:
        keys.append(Expression(name="score", sql="b.score"))
        if feedback.has("touchpoint"):
            keys.append(Expression(name="touchpoint", sql="b.touchpoint"))
    for field in names.fields:
        column = names.field(field)
        if customers.has(column) or (feedback is not None and feedback.has(column)):
            keys.append(Expression(name=field, sql=f"b.{column}"))
    return keys


def _durations(stacks: Stacks, names: Names, window: Window | None) -> Relation | None:
    if window is None or month_sql(stacks, window) is None:
        return None
    keys = [
        *_base_keys(stacks, names),
        Expression(name="month", sql="b.month"),
        Expression(name="left", sql="b.did_leave"),
    ]
    return Relation(
        source="base b", joined="base b", keys=tuple(keys), outcomes=(_ONE,), weight=_base_weight(stacks)
    )


def _answered_once(engine: Engine, stacks: Stacks) -> bool:
    if Table.FEEDBACK not in stacks:
        return True
    ((once,),) = engine.query("SELECT COUNT(*) = COUNT(DISTINCT customer) FROM feedback")
    return bool(once)
