"""The canonical tables laid out for cells: which keys, outcomes and weights the data offer."""
# ruff: noqa: S608 — identifiers are made here

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.evidence.canonical import Stack, Stacks
from fulcrum.evidence.landmark import (
    Window,
    last_answers_sql,
    left_sql,
    moment,
    month_sql,
    present_sql,
    spend_sql,
    transactions_sql,
    whole_sql,
    window_of,
)
from fulcrum.evidence.loaded import Base, Expression, Relation, TimeOrder
from fulcrum.evidence.mapping import Mapping, Table
from fulcrum.evidence.prior_spend import band_sql
from fulcrum.evidence.sources import Engine
from fulcrum.evidence.staging import Names, names_of


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


def lay_out(engine: Engine, mapping: Mapping, stacks: Stacks) -> Laid:
    """Answers and customers as relations, customers with their score before the landmark and outcome."""
    names = names_of(mapping)
    window = None if mapping.landmark is None else window_of(mapping.landmark)
    answers = _answers(stacks, names)
    has_base = Table.CUSTOMERS in stacks
    if has_base:
        _make_base(engine, stacks, window)
    return Laid(
        answers=answers,
        customers=_customers(engine, stacks, names, window) if has_base else None,
        durations=_durations(stacks, names, window) if has_base else None,
        time_order=_time_order(engine, stacks, answers, window, has_base=has_base) if answers else None,
        base=_base(engine, stacks, window) if has_base else None,
        answered_once=answers is not None and _answered_once(engine, stacks),
        problems=_undated(mapping, stacks),
    )


def _feedback(stacks: Stacks) -> Stack | None:
    """The table that holds the answers: feedback, or customers who carry theirs in their row."""
    customers = stacks.get(Table.CUSTOMERS)
    return stacks.get(Table.FEEDBACK) or (customers if customers is not None and customers.is_wide else None)


def _answers(stacks: Stacks, names: Names) -> Relation | None:
    feedback, customers = _feedback(stacks), stacks.get(Table.CUSTOMERS)
    if feedback is None:
        return None
    keys = [Expression(name="score", sql="f.score"), Expression(name="bucket", sql="f.bucket")]
    if feedback.has("touchpoint"):
        keys.append(Expression(name="touchpoint", sql="f.touchpoint"))
    if feedback.has("answered_at"):
        month = "CAST(EXTRACT(YEAR FROM f.answered_at) * 100 + EXTRACT(MONTH FROM f.answered_at) AS INTEGER)"
        keys.append(Expression(name="month", sql=month))
    if (early := _early(feedback, customers)) is not None:
        keys.append(early)
    for field in names.fields:
        if (found := _beside(names.field(field), field, feedback, customers)) is not None:
            keys.append(found)
    return Relation(
        source="feedback f",
        joined="feedback f LEFT JOIN customers c ON c.customer = f.customer",
        keys=tuple(keys),
        outcomes=(Expression(name="score", sql="f.score"),),
        weight=_beside("weight", "weight", feedback, customers),
    )


def _beside(column: str, name: str, feedback: Stack, customers: Stack | None) -> Expression | None:
    """A column of the answers, else of the customers beside them."""
    if feedback.has(column):
        return Expression(name=name, sql=f"f.{column}")
    if customers is not None and customers.has(column):
        return Expression(name=name, sql=f"c.{column}", joined=True)
    return None


def _early(feedback: Stack, customers: Stack | None) -> Expression | None:
    """Whether an answer was given before the experience that it judges was over."""
    ended = _beside("experience_ended_at", "early", feedback, customers)
    if ended is None or not feedback.has("answered_at"):
        return None
    sql = f"CASE WHEN f.answered_at < {ended.sql} THEN 'yes' WHEN f.answered_at >= {ended.sql} THEN 'no' END"
    return Expression(name="early", sql=sql, joined=ended.joined)


def _make_base(engine: Engine, stacks: Stacks, window: Window | None) -> None:
    """One row per customer of the base. A scan where it lies if nothing is joined, else made once."""
    customers, feedback = stacks[Table.CUSTOMERS], stacks.get(Table.FEEDBACK)
    left = left_sql(stacks, window)
    spend, prior = spend_sql(stacks, window)
    month = None if window is None else month_sql(stacks, window)
    made = ["did_leave", "score", "touchpoint", "comment", "answered_at", "experience_ended_at"]
    columns = ["c.bucket", *(f"c.{name}" for name, _ in customers.columns if name not in made)]
    if feedback is not None:
        own = [n for n, _ in feedback.columns if n not in ("customer", "weight") and not customers.has(n)]
        columns += [f"a.{name}" for name in own]
    elif customers.is_wide:
        columns.append(f"{_score_before(customers, window)} AS score")
        columns += ["c.touchpoint"] if customers.has("touchpoint") else []
    columns.append(f"{whole_sql(stacks, window)} AS is_whole")
    for name, sql in (("did_leave", left), ("spend", spend), ("prior_spend", prior), ("month", month)):
        columns += [f"{sql} AS {name}"] if sql is not None else []
    source = "customers c"
    if feedback is not None:
        source += f" LEFT JOIN {last_answers_sql(stacks, window)} a ON a.customer = c.customer"
    if Table.TRANSACTIONS in stacks:
        source += f" LEFT JOIN {transactions_sql(window)} t ON t.customer = c.customer"
    kind = "VIEW" if customers.is_view and source == "customers c" else "TABLE"
    present = present_sql(stacks, window)
    engine.run(f"CREATE {kind} base AS SELECT {', '.join(columns)} FROM {source} WHERE {present}")


def _score_before(customers: Stack, window: Window | None) -> str:
    if window is None:
        return "c.score"
    if not customers.has("answered_at"):
        return "CAST(NULL AS TINYINT)"
    return f"CASE WHEN c.answered_at < {moment(window.start)} THEN c.score END"


def _customers(engine: Engine, stacks: Stacks, names: Names, window: Window | None) -> Relation:
    spend, prior = spend_sql(stacks, window)
    keys = _base_keys(stacks, names)
    outcomes = []
    if left_sql(stacks, window) is not None:
        outcomes += [
            Expression(name="left", sql="b.did_leave"),
            Expression(name="stayed", sql="1 - b.did_leave"),
        ]
    if spend is not None:
        outcomes.append(Expression(name="spend", sql="b.spend"))
    if prior is not None:
        outcomes.append(Expression(name="prior_spend", sql="b.prior_spend"))
        keys.append(Expression(name="prior_spend", sql=band_sql(engine, "base", "b.prior_spend")))
    source = "base b" if whole_sql(stacks, window) == "TRUE" else "(SELECT * FROM base WHERE is_whole) b"
    return Relation(
        source=source,
        joined=source,
        keys=tuple(keys),
        outcomes=tuple(outcomes),
        weight=Expression(name="weight", sql="b.weight") if stacks[Table.CUSTOMERS].has("weight") else None,
    )


def _base_keys(stacks: Stacks, names: Names) -> list[Expression]:
    customers, feedback = stacks[Table.CUSTOMERS], _feedback(stacks)
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
    weight = Expression(name="weight", sql="b.weight") if stacks[Table.CUSTOMERS].has("weight") else None
    one = Expression(name="one", sql="1")
    return Relation(source="base b", joined="base b", keys=tuple(keys), outcomes=(one,), weight=weight)


def _time_order(
    engine: Engine, stacks: Stacks, answers: Relation, window: Window | None, *, has_base: bool
) -> TimeOrder:
    early = answers.key("early")
    feedback = _feedback(stacks)
    dated = feedback is not None and feedback.has("answered_at")
    counts = ["COUNT(*)"]
    counts.append("0" if early is None else f"SUM(CASE WHEN {early.sql} = 'yes' THEN 1 ELSE 0 END)")
    late = f"f.answered_at >= {moment(window.start)}" if window is not None and dated else "FALSE"
    counts.append(f"SUM(CASE WHEN {late} THEN 1 ELSE 0 END)")
    counts.append("SUM(CASE WHEN f.answered_at IS NULL THEN 1 ELSE 0 END)" if dated else "COUNT(*)")
    source = answers.joined if early is not None and early.joined else answers.source
    ((every, early_n, late_n, undated),) = engine.query(f"SELECT {', '.join(counts)} FROM {source}")
    used = engine.query("SELECT COUNT(score) FROM base")[0][0] if has_base else 0
    return TimeOrder(
        answers=int(every),
        early=int(early_n or 0),
        late=int(late_n or 0),
        undated=int(undated or 0),
        used=used,
    )


def _base(engine: Engine, stacks: Stacks, window: Window | None) -> Base:
    answered = "COUNT(score)" if _feedback(stacks) is not None else "0"
    ((rows, scored, whole),) = engine.query(
        f"SELECT COUNT(*), {answered}, SUM(CASE WHEN is_whole THEN 1 ELSE 0 END) FROM base"
    )
    not_yet = gone = 0
    if window is not None:
        customers, start = stacks[Table.CUSTOMERS], moment(window.start)
        later = f"started >= {start}" if customers.has("started") else "FALSE"
        before = f"ended < {start}" if customers.has("ended") else "FALSE"
        ((not_yet, gone),) = engine.query(
            f"SELECT COUNT(*) FILTER (WHERE {later}), "
            f"COUNT(*) FILTER (WHERE {before} AND ({later}) IS NOT TRUE) FROM customers"
        )
    return Base(
        customers=rows,
        answered=scored,
        censored=rows - int(whole or 0),
        not_yet=not_yet,
        gone=gone,
        window=None if window is None else (window.start, window.end),
    )


def _answered_once(engine: Engine, stacks: Stacks) -> bool:
    if Table.FEEDBACK not in stacks:
        return True
    ((once,),) = engine.query("SELECT COUNT(*) = COUNT(DISTINCT customer) FROM feedback")
    return bool(once)


def _undated(mapping: Mapping, stacks: Stacks) -> tuple[Problem, ...]:
    """With a landmark, an answer without a day cannot be said to come before it."""
    feedback = _feedback(stacks)
    if mapping.landmark is None or feedback is None or feedback.has("answered_at"):
        return ()
    return (
        Problem(
            file="mapping.toml",
            column="answered_at",
            what="The answers have no day, so none can be said to come before the landmark.",
            remedy="Map `answered_at`, or remove [landmark] to compare what is recorded, in no order of time.",
            severity=Severity.QUESTION,
            code="undated-answers",
        ),
    )
