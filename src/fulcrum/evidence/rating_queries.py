"""Cross-products of ratings from the engine: one query whatever the number of rows.

The rows are added up by bucket of the customer and by pattern of missing ratings; a missing rating counts as
zero in the sums of its own pattern only, where nobody reads it.
"""
# ruff: noqa: S608 — identifiers are made in `staging`

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np

from fulcrum.core.errors import WrongUse
from fulcrum.evidence.intake.loaded import Expression, Loaded, Relation
from fulcrum.evidence.methods.cross_products import CrossProducts

SCORE = "score"


def rating_products(loaded: Loaded) -> CrossProducts:
    """The cross-products of every rating and the score, by bucket and pattern of missing ratings.

    Names: the ratings in the order of the mapping, then `score`. Bit j of a pattern is set where the rating
    of the j-th name is missing. Weighted where the data are.
    """
    answers = _rated(loaded.checked().answers)
    return _asked(loaded, answers, rating_query(answers), (SCORE,))


def rating_query(answers: Relation) -> str:
    """The query behind `rating_products`: counts, sums and products by bucket and pattern."""
    score = answers.outcome(SCORE) or Expression(name=SCORE, sql="f.score")
    return _query(answers, (score,), bucket="f.bucket", where="")


def behaviour_products(loaded: Loaded, outcomes: Sequence[str]) -> CrossProducts:
    """The cross-products of the ratings in each customer's last answer and of what they did, in one scan.

    One row per customer of the base who answered (before the landmark, where there is one). Names: the
    ratings in the order of the mapping, then `outcomes`.
    """
    customers = _rated(loaded.checked().customers)
    return _asked(loaded, customers, behaviour_query(customers, outcomes), outcomes)


def behaviour_query(customers: Relation, outcomes: Sequence[str]) -> str:
    """The query behind `behaviour_products`."""
    known = tuple(part for name in outcomes if (part := customers.outcome(name)) is not None)
    return _query(customers, known, bucket="b.bucket", where="b.score IS NOT NULL")


def _rated(relation: Relation | None) -> Relation:
    if relation is None or not relation.ratings:
        raise WrongUse("The data hold no ratings: add columns.ratings to a file of feedback.")
    return relation


def _asked(loaded: Loaded, relation: Relation, query: str, outcomes: Sequence[str]) -> CrossProducts:
    names = (*(rating.name for rating in relation.ratings), *outcomes)
    return _products(names, loaded.engine.query(query), len(relation.ratings))


def _query(relation: Relation, outcomes: Sequence[Expression], *, bucket: str, where: str) -> str:
    """Counts, "not applicable" of each rating, sums and products, by bucket and pattern."""
    columns = (*relation.ratings, *outcomes)
    values = [part.sql for part in columns]
    pattern = " + ".join(f"CASE WHEN {sql} IS NULL THEN {1 << j} ELSE 0 END" for j, sql in enumerate(values))
    weight = "1" if relation.weight is None else relation.weight.sql
    joined = relation.weight is not None and relation.weight.joined
    narrow, wide, types = _types(columns, weight)
    given = [f"CAST(coalesce({sql}, 0) AS {types[j]}) AS v{j}" for j, sql in enumerate(values)]
    given += [f"coalesce({part.inapplicable or '0'}, 0) AS x{j}" for j, part in enumerate(relation.ratings)]
    pairs = combinations_with_replacement(range(len(values)), 2)
    terms = ["w", f"CAST(w AS {wide}) * w", *(f"w * v{j}" for j in range(len(values)))]
    terms += [f"w * v{i} * v{j}" for i, j in pairs]
    sums = [f"SUM({term if wide == 'DOUBLE' else f'CAST({term} AS DECIMAL(38,6))'})" for term in terms]
    counts = ["COUNT(*)", *(f"SUM(x{j})" for j in range(len(relation.ratings)))]
    return (
        f"SELECT bucket, pattern, {', '.join([*counts, *sums])} FROM "
        f"(SELECT {bucket} AS bucket, {pattern} AS pattern, CAST({weight} AS {narrow}) AS w, "
        f"{', '.join(given)} "
        f"FROM {relation.joined if joined else relation.source}{f' WHERE {where}' if where else ''}) rated "
        "WHERE w IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )


def _types(columns: Sequence[Expression], weight: str) -> tuple[str, str, list[str]]:
    """Types of the weight, of its copy for the square, and of the values, in which every sum is exact.

    Whole numbers without weights add up exactly as DOUBLE, which is fastest. All else is added as decimals,
    each product rounded once, to six of them; the same on every engine as in `queries`.
    """
    if weight == "1" and all(part.is_whole for part in columns):
        return "DOUBLE", "DOUBLE", ["DOUBLE"] * len(columns)
    types = ["INTEGER" if part.is_whole else "DECIMAL(19,4)" for part in columns]
    return "DECIMAL(18,6)", "DECIMAL(19,6)", types


def _products(names: tuple[str, ...], rows: list[tuple[float, ...]], ratings: int) -> CrossProducts:
    size, p = len(rows), len(names)
    keys = tuple((int(row[0]), int(row[1])) for row in rows)
    table = np.array([row[2:] for row in rows], dtype=np.float64).reshape(size, -1)
    n, start = table[:, 0], 1 + ratings
    w, ww, sums = table[:, start], table[:, start + 1], table[:, start + 2 :]
    products = np.zeros((size, p, p))
    for place, (i, j) in enumerate(combinations_with_replacement(range(p), 2)):
        products[:, i, j] = products[:, j, i] = sums[:, p + place]
    lacking = np.array([[pattern >> j & 1 for j in range(p)] for _, pattern in keys], dtype=np.float64)
    inapplicable = np.zeros((size, p))
    inapplicable[:, :ratings] = table[:, 1:start]
    return CrossProducts(
        names=names,
        keys=keys,
        n=n,
        w=w,
        ww=ww,
        missing=lacking.reshape(size, p) * n[:, None] - inapplicable,
        inapplicable=inapplicable,
        sums=sums[:, :p],
        products=products,
    )
