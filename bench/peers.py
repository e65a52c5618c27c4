"""The same questions put to peers: polars, pandas with statsmodels, Spark, pingouin, scipy's bootstrap.

DuckDB reads the Parquet file for pandas, statsmodels, pingouin and scipy, quicker than their own readers.
"""

from collections.abc import Callable
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from make_feedback import RATINGS, SEGMENTS
from questions import CELL_KEYS, RATED, cells_told, products_told, some_ratings

Run = Callable[[], Any]
_PAIRS = tuple(combinations_with_replacement(range(len(RATED)), 2))
_RESAMPLES = 999


def polars_cells(folder: Path) -> Run:
    """Groups and sums by polars, streaming."""
    import polars as pl

    score = pl.col("score").cast(pl.Int64)
    plan = (
        pl.scan_parquet(folder / "feedback.parquet")
        .select("score", "segment", "tenure", (pl.col("customer_id") % 64).alias("bucket"))
        .group_by(*CELL_KEYS)
        .agg(pl.len().alias("n"), score.sum().alias("y"), (score**2).sum().alias("yy"))
    )
    return lambda: plan.collect(engine="streaming")


def polars_products(folder: Path) -> Run:
    """Sums and products by bucket and pattern by polars, streaming."""
    import polars as pl

    pattern = pl.sum_horizontal(
        *(pl.col(name).is_null().cast(pl.Int32) * (1 << j) for j, name in enumerate(RATED))
    )
    values = [pl.col(name).fill_null(0).cast(pl.Float64).alias(name) for name in RATED]
    plan = (
        pl.scan_parquet(folder / "feedback.parquet")
        .select((pl.col("customer_id") % 64).alias("bucket"), pattern.alias("pattern"), *values)
        .group_by("bucket", "pattern")
        .agg(
            pl.len().alias("n"),
            *(pl.col(name).sum().alias(f"s{j}") for j, name in enumerate(RATED)),
            *((pl.col(RATED[i]) * pl.col(RATED[j])).sum().alias(f"p{i}_{j}") for i, j in _PAIRS),
        )
    )
    return lambda: plan.collect(engine="streaming")


def pandas_cells(folder: Path) -> Run:
    """Groups and sums by pandas."""

    def run() -> Any:
        frame = _read(folder, ("customer_id", "score", "segment", "tenure")).df()
        frame["bucket"] = frame["customer_id"] % 64
        frame["y"] = frame["score"].astype("int64")
        frame["yy"] = frame["y"] ** 2
        grouped = frame.groupby(list(CELL_KEYS), sort=False)
        return grouped.agg(n=("y", "size"), y=("y", "sum"), yy=("yy", "sum")).reset_index()

    return run


def pandas_products(folder: Path) -> Run:
    """Sums and products by pandas: groups of rows, then one matrix product each by numpy."""

    def run() -> Any:
        frame = _read(folder, ("customer_id", *RATED)).df()
        keys = [frame["customer_id"].to_numpy() % 64]
        rated = frame[list(RATED)].to_numpy(dtype=np.float64, na_value=np.nan)
        lacks = np.isnan(rated)
        keys.append(lacks @ (1 << np.arange(len(RATED))))
        np.nan_to_num(rated, copy=False)
        frame = frame[["customer_id"]].assign(bucket=keys[0], pattern=keys[1])
        found = []
        for (bucket, pattern), rows in frame.groupby(["bucket", "pattern"]).indices.items():
            part = rated[rows]
            product = part.T @ part
            found.append((bucket, pattern, len(rows), part.sum(0), product[np.triu_indices(len(RATED))]))
        return found

    return run


def spark_cells(folder: Path) -> Run:
    """Groups and sums by Spark in this machine's two threads."""
    return _spark(
        folder,
        "SELECT score, segment, tenure, abs(customer_id) % 64 AS bucket, count(*), sum(score), "
        "sum(CAST(score AS INT) * score) FROM feedback GROUP BY 1, 2, 3, 4",
    )


def spark_products(folder: Path) -> Run:
    """Sums and products by Spark in this machine's two threads."""
    lacks = " + ".join(f"CASE WHEN {name} IS NULL THEN {1 << j} ELSE 0 END" for j, name in enumerate(RATED))
    values = ", ".join(f"CAST(coalesce({name}, 0) AS DOUBLE) AS v{j}" for j, name in enumerate(RATED))
    sums = ", ".join([f"sum(v{j})" for j in range(len(RATED))] + [f"sum(v{i} * v{j})" for i, j in _PAIRS])
    inner = f"SELECT abs(customer_id) % 64 AS bucket, {lacks} AS pattern, {values} FROM feedback"
    return _spark(folder, f"SELECT bucket, pattern, count(*), {sums} FROM ({inner}) GROUP BY 1, 2")


def pingouin_importance(folder: Path) -> Run:
    """LMG shares of ten drivers by pingouin's linear regression; no interval."""
    import pingouin

    ratings, _ = some_ratings(folder)
    return lambda: pingouin.linear_regression(
        ratings[:, :-1], ratings[:, -1], add_intercept=True, relimp=True
    )["relimp"].tolist()[1:]


def statsmodels_importance(folder: Path) -> Run:
    """LMG shares of ten drivers from statsmodels: one regression for each of the 1,024 sets of drivers."""
    from itertools import combinations
    from math import factorial

    from statsmodels.api import OLS, add_constant

    ratings, _ = some_ratings(folder)
    y, p = ratings[:, -1], len(RATINGS)

    def run() -> list[float]:
        fits = {
            members: OLS(y, add_constant(ratings[:, list(members)])).fit().rsquared if members else 0.0
            for size in range(p + 1)
            for members in combinations(range(p), size)
        }
        shares = [0.0] * p
        for members, without in fits.items():
            weight = (
                factorial(len(members)) * factorial(p - len(members) - 1) / factorial(p)
                if len(members) < p
                else 0
            )
            for one in set(range(p)) - set(members):
                shares[one] += weight * (fits[tuple(sorted((*members, one)))] - without)
        return shares

    return run


def scipy_intervals(folder: Path) -> Run:
    """The NPS of each segment with scipy's bootstrap over customers, 999 resamples."""
    from scipy.stats import bootstrap

    def run() -> list[list[float]]:
        frame = duckdb.execute(
            "select segment, sum((score >= 9)::int - (score <= 6)::int)::double as net, "
            f"count(*)::double as n from '{folder}/feedback.parquet' group by segment, customer_id"
        ).df()
        found = []
        for place in range(SEGMENTS):
            part = frame[frame["segment"] == f"Segment {place}"]
            made = bootstrap(
                (part["net"].to_numpy(), part["n"].to_numpy()),
                lambda net, n, axis: 100 * net.sum(axis) / n.sum(axis),
                paired=True,
                vectorized=True,
                n_resamples=_RESAMPLES,
                batch=50,
                method="percentile",
                rng=np.random.default_rng(1),
            )
            found.append([made.confidence_interval.low, made.confidence_interval.high])
        return found

    return run


def pandas_whole(folder: Path) -> Run:
    """The four numbers by pandas and statsmodels, with standard errors by customer; no checks, no case."""
    from statsmodels.api import OLS, add_constant

    def run() -> dict[str, float]:
        answers = _read(folder, ("customer_id", "answered_on", *RATED)).df()
        customers = duckdb.execute(f"select * from '{folder}/customers.parquet'").df()
        promoters, detractors = answers["score"] >= 9, answers["score"] <= 6
        rated = answers.dropna(subset=list(RATINGS))
        fit = OLS(
            rated["score"].to_numpy(dtype=np.float64),
            add_constant(rated[list(RATINGS)].to_numpy(dtype=np.float64)),
        ).fit(cov_type="cluster", cov_kwds={"groups": rated["customer_id"].to_numpy()})
        base = _base(customers, answers)
        return {
            "nps": 100 * float(promoters.mean() - detractors.mean()),
            "gap of staying": _standardised(base, "stayed"),
            "gap of value": _standardised(base, "value_a_year"),
            "explained by drivers": float(fit.rsquared),
        }

    return run


def _base(customers: Any, answers: Any) -> Any:
    """One row per customer at the landmark with the last answer before it, as our landmark design has it."""
    import pandas as pd

    landmark, end = pd.Timestamp("2026-01-01"), pd.Timestamp("2026-07-01")
    before = answers.loc[answers["answered_on"] < landmark, ["customer_id", "answered_on", "score"]]
    last = before.sort_values("answered_on", kind="stable").drop_duplicates("customer_id", keep="last")
    there = customers[
        (customers["started_on"] < landmark)
        & (customers["ended_on"].isna() | (customers["ended_on"] >= landmark))
    ]
    base = there.merge(last, on="customer_id", how="left")
    base["stayed"] = (~(base["ended_on"] < end)).astype("int8")
    score = base["score"]
    base["band"] = np.select([score >= 9, score <= 6], ["best", "worst"], "other")
    return base


def _standardised(base: Any, outcome: str) -> float:
    """The gap of the best over the worst band, standardised over segment and tenure, with its error."""
    strata = base.groupby(["segment", "tenure", "band"])[outcome].agg(["mean", "size", "var"]).unstack("band")
    size = strata["size"]["best"] + strata["size"]["worst"]
    gap = strata["mean"]["best"] - strata["mean"]["worst"]
    return float((gap * size).sum() / size.sum())


def _read(folder: Path, columns: tuple[str, ...]) -> Any:
    return duckdb.execute(f"select {', '.join(columns)} from '{folder}/feedback.parquet'")


def _spark(folder: Path, sql: str) -> Run:
    from pyspark.sql import SparkSession

    settings = {"spark.driver.memory": "4g", "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}
    builder = SparkSession.builder.master("local[2]").appName("bench")
    for name, setting in settings.items():
        builder = builder.config(name, setting)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.read.parquet(str(folder / "feedback.parquet")).createOrReplaceTempView("feedback")
    return lambda: session.sql(sql).collect()


def told_of_polars_cells(frame: Any) -> str:
    """The digest of cells in a polars frame."""
    return cells_told((frame[name] for name in CELL_KEYS), frame["n"], frame["y"], frame["yy"])


def told_of_pandas_cells(frame: Any) -> str:
    """The digest of cells in a pandas frame."""
    return cells_told((frame[name] for name in CELL_KEYS), frame["n"], frame["y"], frame["yy"])


def told_of_row_cells(rows: Any) -> str:
    """The digest of cells that came as rows."""
    columns = list(zip(*rows, strict=True))
    return cells_told(columns[:4], *columns[4:])


def told_of_row_products(rows: Any) -> str:
    """The digest of products that came as rows of numbers."""
    table = np.array([list(row) for row in rows], dtype=np.float64)
    split = 3 + len(RATED)
    return products_told(table[:, 0], table[:, 1], table[:, 2], table[:, 3:split], table[:, split:])


def told_of_polars_products(frame: Any) -> str:
    """The digest of products in a polars frame."""
    return told_of_row_products(frame.rows())


def told_of_pandas_products(found: Any) -> str:
    """The digest of products group by group."""
    buckets, patterns, n, sums, products = zip(*found, strict=True)
    return products_told(buckets, patterns, n, np.array(sums), np.array(products))
