"""Cells from the engine: how many, and with which sums, for each combination of keys.

The SQL is a small portable subset (SELECT, CASE, JOIN, GROUP BY, COUNT, SUM, CAST, md5): no quantiles, which
differ silently between engines. The same text, through a dialect, runs on any warehouse.
"""
# ruff: noqa: S608 — identifiers are made in `tables`, texts are quoted there

from collections.abc import Sequence
from typing import Any

import numpy as np

from fulcrum.core.errors import WrongUse
from fulcrum.evidence.cells import Cells, Floats, Key, cells_from_columns, cells_from_rows
from fulcrum.evidence.intake.loaded import Expression, Loaded, Relation
from fulcrum.evidence.intake.mapping import Outcome


def score_cells(loaded: Loaded, by: Sequence[str] = ()) -> Cells:
    """Cells of the answers, with the score as outcome.

    Keys: `score`, `bucket`, `touchpoint`, `month` (yyyymm of the answer), `early` (yes: given before the
    experience was over) and the names of segment fields. A decimal score becomes a text key such as "4.5".
    """
    return _cells(loaded, _answers(loaded), by, "score")


def outcome_cells(loaded: Loaded, outcome: Outcome | str, by: Sequence[str] = ()) -> Cells:
    """Cells of the customer base at the landmark, with the outcome asked for.

    Outcomes: `stayed`, `left`, `spend` (transactions in the window; the stated value where there are none),
    `prior_spend` (before the landmark), `value` (stated, a year), `cost` (of contacts in the window).

    One row per customer who had started, had not left, and was observable for the whole window. `score` and
    `touchpoint` are those of the customer's last answer strictly before the landmark; a customer who gave
    none has the score None, and is counted. `prior_spend` as a key is a band of spend before the landmark.
    The outcome `score` gives `score_cells`.
    """
    if outcome == Outcome.SCORE:
        return score_cells(loaded, by)
    return _cells(loaded, _customers(loaded), by, str(outcome))


def duration_cells(loaded: Loaded, by: Sequence[str] = ()) -> Cells:
    """Cells of the customer base by whole `month` since the landmark and whether the customer `left` in it.

    `left` 0 is a customer last seen in that month without having left (censored, or the window's end), so
    that hazards and Kaplan-Meier follow from counts. Customers not observable for the whole window are in.
    """
    return _cells(loaded, _durations(loaded), ("month", "left", *by), "one")


def presence_cells(loaded: Loaded) -> tuple[Cells, str]:
    """Customers by the month in which they started and ended (yyyymm, None where open), with the query."""
    relation = _told(loaded.checked().monthly.presence, "when customers started")
    return _with_query(loaded, relation, ("started", "ended"), "one")


def monthly_cells(loaded: Loaded, table: str, outcome: str = "one") -> tuple[Cells, str]:
    """Contacts or transactions by `month` (yyyymm) and `day`, or their `cost` or `amount`, with the query."""
    relation = _told(getattr(loaded.checked().monthly, table), f"when {table} happened")
    return _with_query(loaded, relation, ("month", "day"), outcome)


def score_query(loaded: Loaded, by: Sequence[str] = ()) -> str:
    """The query behind `score_cells`, for its trace."""
    return _sql(_answers(loaded), by, "score")


def outcome_query(loaded: Loaded, outcome: Outcome | str, by: Sequence[str] = ()) -> str:
    """The query behind `outcome_cells`, for its trace."""
    if outcome == Outcome.SCORE:
        return score_query(loaded, by)
    return _sql(_customers(loaded), by, str(outcome))


def duration_query(loaded: Loaded, by: Sequence[str] = ()) -> str:
    """The query behind `duration_cells`, for its trace."""
    return _sql(_durations(loaded), ("month", "left", *by), "one")


def keys_of(relation: Relation) -> tuple[str, ...]:
    """The keys that cells of this relation may have."""
    return tuple(key.name for key in relation.keys)


def _told(relation: Relation | None, what: str) -> Relation:
    if relation is None:
        raise WrongUse(f"The data do not say {what}.")
    return relation


def _with_query(loaded: Loaded, relation: Relation, by: Sequence[str], outcome: str) -> tuple[Cells, str]:
    return _cells(loaded, relation, by, outcome), _sql(relation, by, outcome)


def _answers(loaded: Loaded) -> Relation:
    relation = loaded.checked().answers
    if relation is None:
        raise WrongUse("The data hold no answers: no file of the mapping has a score.")
    return relation


def _durations(loaded: Loaded) -> Relation:
    relation = loaded.checked().durations
    if relation is None:
        raise WrongUse("The data do not say when customers left: map `ended` and declare a [landmark].")
    return relation


def _customers(loaded: Loaded) -> Relation:
    relation = loaded.checked().customers
    if relation is None:
        raise WrongUse("The data hold no customer base: no file of the mapping feeds `customers`.")
    return relation


def _cells(loaded: Loaded, relation: Relation, by: Sequence[str], outcome: str) -> Cells:
    rows = loaded.engine.query(_sql(relation, by, outcome))
    if not rows or not rows[0][len(by)]:  # without keys, one row that counts nothing
        return cells_from_rows(by, ())
    columns = list(zip(*rows, strict=True))
    keys = [tuple(map(_plain, column)) for column in columns[: len(by)]]
    sums = [np.array(column, dtype=np.float64) for column in columns[len(by) :]]
    y = columns[by.index("score")] if outcome == "score" and "score" in by else None
    return cells_from_columns(by, keys, _every_sum(sums, y, weighted=relation.weight is not None))


def _sql(relation: Relation, by: Sequence[str], outcome: str) -> str:
    """SELECT keys, n [, w, ww] [, wy, wyy] FROM the rows whose outcome is known GROUP BY keys."""
    keys = [_named(relation.key(name), name, relation) for name in by]
    y = _named(relation.outcome(outcome), outcome, relation)
    weight = relation.weight
    used = [*keys, y] + ([weight] if weight is not None else [])
    source = relation.joined if any(part.joined for part in used) else relation.source
    columns = [f"{key.sql} AS k{i}" for i, key in enumerate(keys)]
    columns += _sums(y, weight, is_key=outcome == "score" and outcome in by)
    known = " AND ".join(f"{part.sql} IS NOT NULL" for part in (y, weight) if part and part.may_lack)
    where = f" WHERE {known}" if known else ""
    grouped = f" GROUP BY {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else ""
    return f"SELECT {', '.join(columns)} FROM {source}{where}{grouped}"


def _sums(y: Expression, weight: Expression | None, *, is_key: bool) -> list[str]:
    """The sums that cannot be told from others: of weights, of an outcome that is no key, of its square.

    Whole numbers and decimals add up exactly, so that the digits depend on no order of rows, no number of
    threads and no engine. One factor of a product is one digit wider than 18: then no engine keeps it in 64
    bits, and none has to shorten it. Only the weighted square is rounded, to six decimals per row.
    """
    sums = ["COUNT(*) AS n"]
    exact, wide = (
        f"CAST({y.sql} AS {'BIGINT' if y.is_whole else f'DECIMAL({digits},4)'})" for digits in (18, 19)
    )
    if weight is not None:
        sums += [f"SUM({weight.sql}) AS w", f"SUM(CAST({weight.sql} AS DECIMAL(19,6)) * {weight.sql}) AS ww"]
    if is_key:
        return sums
    if weight is None:
        squares = [] if y.is_flag else [f"SUM({wide} * {exact}) AS wyy"]
        return [*sums, f"SUM({y.sql if y.is_whole else exact}) AS wy", *squares]
    square = f"CAST({weight.sql} * {wide} * {exact} AS DECIMAL(38,6))"
    return [*sums, f"SUM({weight.sql} * {wide}) AS wy", f"SUM({square}) AS wyy"]


def _every_sum(sums: Sequence[Floats], y: Sequence[Any] | None, *, weighted: bool) -> tuple[Floats, ...]:
    """Every sum that a cell has, n, w, ww, wy, wyy, from those that the engine was asked for."""
    n, *others = sums
    w, ww = (others.pop(0), others.pop(0)) if weighted else (n, n)
    if y is not None:
        score = np.array(y, dtype=np.float64)
        return n, w, ww, w * score, w * score * score
    return n, w, ww, others[0], others[-1]


def _plain(key: Any) -> Key:
    """A key as text or whole number: a decimal score becomes a text, for keys are never floats."""
    if isinstance(key, float):
        return int(key) if key.is_integer() else str(key)
    return key  # type: ignore[no-any-return]


def _named(part: Expression | None, name: str, relation: Relation) -> Expression:
    if part is None:
        offered = ", ".join((*keys_of(relation), *(outcome.name for outcome in relation.outcomes)))
        raise WrongUse(f"The data offer no `{name}`; they offer {offered}.")
    return part
