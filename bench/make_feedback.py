"""Make the benchmark's company: seeded, so that everybody measures the same rows.

`N` answers of `N / 2` customers in the order of time, as two Parquet files and the mapping that explains
them: a customer answers twice on average, one in seven never; each answer has a score, a touchpoint, and ten
ratings of which two are missing now and then; customers have a segment, a tenure, a value a year and, some,
an end.
"""

import sys
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
RATINGS = tuple(f"rating_{place}" for place in range(1, 11))
SEGMENTS, TENURES, TOUCHPOINTS = 12, 8, 5
_CHUNK = 1_000_000
_LAYOUT = "format parquet, compression zstd, row_group_size 500000"
_MAPPING = """currency = "EUR"

[[files]]
path = "feedback.parquet"
table = "feedback"
[files.columns]
customer = "customer_id"
answered_at = "answered_on"
score = {{ column = "score", scale = [0, 10], kind = "nps" }}
touchpoint = "touchpoint"
{ratings}

[[files]]
path = "customers.parquet"
table = "customers"
[files.columns]
customer = "customer_id"
started = "started_on"
ended = "ended_on"
value = "value_a_year"
[files.segments]
segment = "segment"
tenure = "tenure"

[landmark]
date = "2026-01-01"
outcome_months = 6

[[comparisons]]
key = "promoters_stay"
title = "Promoters against detractors: who stayed"
exposure = "band"
outcome = "stayed"
adjust = ["segment", "tenure"]

[[comparisons]]
key = "promoters_spend"
title = "Promoters against detractors: value a year"
exposure = "band"
outcome = "spend"
adjust = ["segment", "tenure"]
"""


def company_data(rows: int) -> Path:
    """The folder with this many answers; made if it is not there yet."""
    folder = DATA / str(rows)
    if not (folder / "mapping.toml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        chance = np.random.default_rng(7)
        customers = _customers(max(1, rows // 2), chance)
        _write(folder / "customers.parquet", [customers.drop("felt")], _CUSTOMER)
        chunks = (_answers(start, rows, customers, chance) for start in range(0, rows, _CHUNK))
        _write(folder / "feedback.parquet", chunks, _ANSWER)
        ratings = "\n".join(f'ratings.{name} = {{ column = "{name}", scale = [0, 10] }}' for name in RATINGS)
        (folder / "mapping.toml").write_text(_MAPPING.format(ratings=ratings), encoding="utf-8")
    return folder


def _customers(many: int, chance: np.random.Generator) -> pl.DataFrame:
    segment, tenure = chance.integers(0, SEGMENTS, many), chance.integers(0, TENURES, many)
    felt = (chance.normal(0, 1, many) + 0.15 * (tenure - 3.5) / 2 - 0.05 * (segment - 5.5)).astype(np.float32)
    odds = -2.6 - 0.5 * felt - 0.15 * (tenure - 3.5) + 0.05 * (segment - 5.5)
    leaves = chance.random(many) < 1 / (1 + np.exp(-odds))
    value = np.exp(5 + 0.1 * felt + 0.1 * tenure + 0.03 * segment + chance.normal(0, 0.8, many))
    return pl.DataFrame(
        {
            "customer_id": np.arange(1, many + 1, dtype=np.int64),
            "felt": felt,
            "segment": segment.astype(np.int8),
            "tenure": tenure.astype(np.int8),
            "started": (365 * tenure + chance.integers(0, 365, many)).astype(np.int16),
            "ended": np.where(leaves, chance.integers(0, 181, many), -1).astype(np.int16),
            "cents": np.rint(100 * value).astype(np.int64),
        }
    )


def _answers(start: int, rows: int, customers: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    many = min(_CHUNK, rows - start)
    who = chance.integers(0, len(customers), many)
    felt = (0.8 * customers["felt"].to_numpy()[who] + chance.normal(0, 0.6, many)).astype(np.float32)
    given = {name: _rated(felt, 0.35 + 0.05 * place, chance) for place, name in enumerate(RATINGS)}
    frame = pl.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy()[who],
            "day": (np.arange(start, start + many) * 390 // rows).astype(np.int16),
            "score": _rated(felt, 0.9, chance),
            "touchpoint": chance.integers(0, TOUCHPOINTS, many).astype(np.int8),
            "segment": customers["segment"].to_numpy()[who],
            "tenure": customers["tenure"].to_numpy()[who],
            **given,
        }
    )
    lacking = [pl.Series(name, chance.random(many) < 0.05) for name in RATINGS[-2:]]
    return frame.with_columns(pl.when(~lack).then(pl.col(lack.name)).alias(lack.name) for lack in lacking)


def _rated(felt: NDArray[np.float32], tie: float, chance: np.random.Generator) -> NDArray[np.int8]:
    """What one feels as a number from 0 to 10, tied to the whole feeling more or less closely."""
    noise = chance.standard_normal(len(felt), dtype=np.float32)
    return np.clip(np.rint(7 + 1.8 * (tie * felt + np.sqrt(1 - tie**2) * noise)), 0, 10).astype(np.int8)


_FIELDS = "'Segment ' || segment AS segment, tenure || ' to ' || (tenure + 1) || ' years' AS tenure"
_CUSTOMER = (
    f"customer_id, {_FIELDS}, DATE '2025-12-31' - started AS started_on, "
    "CASE WHEN ended >= 0 THEN DATE '2026-01-01' + ended END AS ended_on, "
    "CAST(cents / 100 AS DECIMAL(18,2)) AS value_a_year"
)
_ANSWER = (
    "customer_id, DATE '2025-01-01' + day AS answered_on, score, 'Touchpoint ' || touchpoint AS touchpoint, "
    f"{_FIELDS}, {', '.join(RATINGS)}"
)


def _write(path: Path, chunks, columns: str) -> None:  # type: ignore[no-untyped-def]
    parts = path.with_suffix("")
    parts.mkdir(exist_ok=True)
    for place, chunk in enumerate(chunks):
        chunk.write_parquet(parts / f"{place:06}.parquet")
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        connection.execute(
            f"copy (select {columns} from '{parts}/*.parquet') to '{path}' ({_LAYOUT})"
        ).fetchall()
    for part in parts.iterdir():
        part.unlink()
    parts.rmdir()


if __name__ == "__main__":
    print(company_data(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 1_000_000))
