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
    return _products(relation, names, loaded.engine.query(query))


def _query(relation: Relation, outcomes: Sequence[Expression], *, bucket: str, where: str) -> str:
    """Rows, [w, ww], "not applicable" of ratings that may be so, sums and products, by bucket and pattern."""
    columns, weight = (*relation.ratings, *outcomes), relation.weight
    lacks = [f"CASE WHEN {part.sql} IS NULL THEN {1 << j} ELSE 0 END" for j, part in enumerate(columns)]
    rows = [f"{bucket} AS bucket", f"{' + '.join(lacks)} AS pattern"]
    sums = ["COUNT(*)"]
    if weight is not None:
        rows += [f"CAST({weight.sql} AS DECIMAL(18,6)) AS w"]
        sums += _exact("w", "CAST(w AS DECIMAL(19,6)) * w")
    for j, part in enumerate(_may_not_apply(relation)):
        rows += [f"coalesce({part.inapplicable}, 0) AS x{j}"]
        sums += [f"SUM(x{j})"]
    rows += [
        f"CAST(coalesce({part.sql}, 0) AS {_type(part, weight)}) AS v{j}" for j, part in enumerate(columns)
    ]
    sums += _sums(columns) if weight is None else _weighted_sums(len(columns))
    source = relation.joined if weight is not None and weight.joined else relation.source
    known = " AND ".join(filter(None, (where, "" if weight is None else f"{weight.sql} IS NOT NULL")))
    return (
        f"SELECT bucket, pattern, {', '.join(sums)} FROM (SELECT {', '.join(rows)} FROM {source}"
        f"{f' WHERE {known}' if known else ''}) rated GROUP BY 1, 2 ORDER BY 1, 2"
    )


def _type(part: Expression, weight: Expression | None) -> str:
    """The type of a value in which its sums are exact: whole numbers are, as DOUBLE, which is fastest."""
    if not part.is_whole:
        return "DECIMAL(19,4)"
    return "DOUBLE" if weight is None else "INTEGER"


def _sums(columns: Sequence[Expression]) -> list[str]:
    """Sums and products without weights: whole numbers as they are, all else as decimals."""
    sums = [f"SUM(v{j})" if part.is_whole else _exact(f"v{j}")[0] for j, part in enumerate(columns)]
    for (i, one), (j, other) in combinations_with_replacement(enumerate(columns), 2):
        if one.is_whole and other.is_whole:
            sums.append(f"SUM(v{i} * v{j})")
        else:
            factors = [
                f"CAST(v{k} AS INTEGER)" if part.is_whole else f"v{k}" for k, part in ((i, one), (j, other))
            ]
            sums += _exact(" * ".join(factors))
    return sums


def _weighted_sums(size: int) -> list[str]:
    pairs = combinations_with_replacement(range(size), 2)
    return _exact(*(f"w * v{j}" for j in range(size)), *(f"w * v{i} * v{j}" for i, j in pairs))


def _exact(*terms: str) -> list[str]:
    """Sums of decimals, each term rounded once, to six; the same on every engine as in `queries`."""
    return [f"SUM(CAST({term} AS DECIMAL(38,6)))" for term in terms]


def _may_not_apply(relation: Relation) -> list[Expression]:
    return [rating for rating in relation.ratings if rating.inapplicable]


def _products(relation: Relation, names: tuple[str, ...], rows: Sequence[tuple[float, ...]]) -> CrossProducts:
    """The answer to `_query`, column by column."""
    size, p = len(rows), len(names)
    keys = tuple((int(row[0]), int(row[1])) for row in rows)
    table = iter(np.array([row[2:] for row in rows], dtype=np.float64).reshape(size, -1).T)
    n = next(table)
    w, ww = (n, n) if relation.weight is None else (next(table), next(table))
    inapplicable = np.zeros((size, p))
    for rating in _may_not_apply(relation):
        inapplicable[:, names.index(rating.name)] = next(table)
    sums = np.stack([next(table) for _ in names], axis=1)
    products = np.zeros((size, p, p))
    for i, j in combinations_with_replacement(range(p), 2):
        products[:, i, j] = products[:, j, i] = next(table)
    lacking = np.array([[pattern >> j & 1 for j in range(p)] for _, pattern in keys], dtype=np.float64)
    return CrossProducts(
        names=names,
        keys=keys,
        n=n,
        w=w,
        ww=ww,
        missing=lacking.reshape(size, p) * n[:, None] - inapplicable,
        inapplicable=inapplicable,
        sums=sums,
        products=products,
    )
