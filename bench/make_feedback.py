"""Make the benchmark's feedback as one Parquet file: seeded, so that everybody measures the same rows."""

import sys
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

CHUNK = 1_000_000
DATA = Path(__file__).parent / "data"


def feedback_file(rows: int) -> Path:
    """The file with this many rows; made if it is not there yet."""
    path = DATA / f"feedback_{rows}.parquet"
    if not path.exists():
        _make(path, rows)
    return path


def _make(path: Path, rows: int) -> None:
    parts = path.with_suffix("")
    parts.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(7)
    for start in range(0, rows, CHUNK):
        many = min(CHUNK, rows - start)
        _chunk(start, many, chance).write_parquet(parts / f"{start:010}.parquet", compression="zstd")
    layout = "format parquet, compression zstd, row_group_size 500000"
    duckdb.execute(f"copy (select * from '{parts}/*.parquet') to '{path}' ({layout})").fetchall()
    for part in parts.iterdir():
        part.unlink()
    parts.rmdir()


def _chunk(start: int, many: int, chance: np.random.Generator) -> pl.DataFrame:
    segment, tenure = chance.integers(0, 12, many), chance.integers(0, 8, many)
    felt = chance.normal(0, 1, many) + 0.15 * (tenure - 3.5) / 2 - 0.05 * (segment - 5.5)
    score = np.clip(np.rint(7 + 1.8 * felt), 0, 10)
    odds = -1.2 - 0.18 * (score - 7) - 0.25 * (tenure - 3.5) + 0.05 * (segment - 5.5)
    left = chance.random(many) < 1 / (1 + np.exp(-odds))
    spend = np.exp(4 + 0.05 * score + 0.1 * tenure + 0.03 * segment + chance.normal(0, 0.8, many))
    return pl.DataFrame(
        {
            "customer_id": np.arange(start, start + many, dtype=np.int64),
            "score": score.astype(np.int8),
            "segment": segment.astype(np.int8),
            "tenure_bin": tenure.astype(np.int8),
            "churned": left,
            "revenue": np.round(spend, 2),
        }
    )


if __name__ == "__main__":
    print(feedback_file(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000_000))
