"""Cross-products of ratings from the engine: one query whatever the number of rows.

The rows are added up by bucket of the customer and by pattern of missing ratings; a missing rating counts as
zero in the sums of its own pattern only, where nobody reads it.
"""
# ruff: noqa: S608 — identifiers are made in `staging`

from itertools import combinations_with_replacement

import numpy as np

from fulcrum.core.errors import WrongUse
from fulcrum.evidence.intake.loaded import Loaded, Relation
from fulcrum.evidence.methods.cross_products import CrossProducts

SCORE = "score"


def rating_products(loaded: Loaded) -> CrossProducts:
    """The cross-products of every rating and the score, by bucket and pattern of missing ratings.

    Names: the ratings in the order of the mapping, then `score`. Bit j of a pattern is set where the rating
    of the j-th name is missing. Weighted where the data are.
    """
    answers = loaded.checked().answers
    if answers is None or not answers.ratings:
        raise WrongUse("The data hold no ratings: add columns.ratings to a file of feedback.")
    names = (*(rating.name for rating in answers.ratings), SCORE)
    rows = loaded.engine.query(rating_query(answers))
    return _products(names, rows)


def rating_query(answers: Relation) -> str:
    """The query behind `rating_products`: counts, sums and products by bucket and pattern."""
    values = [*(rating.sql for rating in answers.ratings), "f.score"]
    pattern = " + ".join(f"CASE WHEN {sql} IS NULL THEN {1 << j} ELSE 0 END" for j, sql in enumerate(values))
    weight = "1" if answers.weight is None else answers.weight.sql
    joined = answers.weight is not None and answers.weight.joined
    given = ", ".join(f"CAST(coalesce({sql}, 0) AS DOUBLE) AS v{j}" for j, sql in enumerate(values))
    pairs = combinations_with_replacement(range(len(values)), 2)
    terms = [f"w * v{j}" for j in range(len(values))] + [f"w * v{i} * v{j}" for i, j in pairs]
    sums = [f"SUM({_exactly(term, weight)})" for term in ["w", "w * w", *terms]]
    return (
        f"SELECT bucket, pattern, COUNT(*), {', '.join(sums)} FROM "
        f"(SELECT f.bucket, {pattern} AS pattern, CAST({weight} AS DOUBLE) AS w, {given} "
        f"FROM {answers.joined if joined else answers.source}) "
        "WHERE w IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )


def _exactly(term: str, weight: str) -> str:
    """Ratings are mostly whole and add up exactly; weighted ones are rounded per row so that they do too."""
    return term if weight == "1" else f"CAST({term} AS DECIMAL(38,6))"


def _products(names: tuple[str, ...], rows: list[tuple[float, ...]]) -> CrossProducts:
    size, p = len(rows), len(names)
    keys = tuple((int(row[0]), int(row[1])) for row in rows)
    table = np.array([row[2:] for row in rows], dtype=np.float64).reshape(size, -1)
    n, w, ww = table[:, 0], table[:, 1], table[:, 2]
    products = np.zeros((size, p, p))
    for place, (i, j) in enumerate(combinations_with_replacement(range(p), 2)):
        products[:, i, j] = products[:, j, i] = table[:, 3 + p + place]
    is_missing = np.array([[pattern >> j & 1 for j in range(p)] for _, pattern in keys], dtype=np.float64)
    return CrossProducts(
        names=names,
        keys=keys,
        n=n,
        w=w,
        ww=ww,
        missing=is_missing.reshape(size, p) * n[:, None],
        inapplicable=np.zeros((size, p)),
        sums=table[:, 3 : 3 + p],
        products=products,
    )
