"""Cells with customer buckets against the physical limit and against peers, as ratios in one run.

Each contender runs in a process of its own on the same Parquet file, five times; the best time and the peak
of memory are kept. Writes one table, `bench/cells.md`. Rows: the first argument, 20 million if none.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from make_feedback import feedback_file

TIMES = 5
COLUMNS = ("customer_id", "score", "segment", "tenure_bin")
MAPPING = """
currency = "EUR"
[[files]]
path = "{path}"
table = "feedback"
[files.columns]
customer = "customer_id"
score = {{ column = "score", scale = [0, 10], kind = "nps" }}
[files.segments]
segment = "segment"
tenure = "tenure_bin"
"""


def floor(file: Path) -> Callable[[], object]:
    """The physical limit: one pass over the same columns, two threads, nothing but sums."""
    connection = duckdb.connect()
    sums = ", ".join(f"sum({column})" for column in COLUMNS)
    return lambda: connection.execute(f"select {sums} from '{file}'").fetchall()


def fulcrum(file: Path) -> Callable[[], object]:
    """Our cells: score x segment x tenure x 64 buckets, counts and exact sums."""
    from fulcrum.evidence.queries import score_cells

    loaded = _loaded(file)
    return lambda: score_cells(loaded, ("score", "segment", "tenure", "bucket"))


def fulcrum_whole(file: Path) -> Callable[[], object]:
    """Our whole way: fingerprint, mapping, checks of every row, and the cells."""
    from fulcrum.evidence.queries import score_cells

    def run() -> object:
        loaded = _loaded(file)
        cells = score_cells(loaded, ("score", "segment", "tenure", "bucket"))
        loaded.engine.close()
        return cells

    return run


def polars_streaming(file: Path) -> Callable[[], object]:
    """The same groups and sums by polars, streaming."""
    import polars as pl

    plan = (
        pl.scan_parquet(file)
        .select(*COLUMNS[1:], (pl.col("customer_id") % 64).alias("bucket"))
        .group_by("score", "segment", "tenure_bin", "bucket")
        .agg(
            pl.len(),
            pl.col("score").cast(pl.Int64).sum().alias("y"),
            (pl.col("score").cast(pl.Int64) ** 2).sum().alias("yy"),
        )
    )
    return lambda: plan.collect(engine="streaming")


def pandas_groupby(file: Path) -> Callable[[], object]:
    """The same groups and sums by pandas; DuckDB reads the file for it, quicker than pandas' own reader."""
    connection = duckdb.connect()

    def run() -> object:
        frame = connection.execute(f"select {', '.join(COLUMNS)} from '{file}'").df()
        frame["bucket"] = frame["customer_id"] % 64
        frame["yy"] = frame["score"].astype("int64") ** 2
        keys = ["score", "segment", "tenure_bin", "bucket"]
        return frame.groupby(keys).agg(n=("yy", "size"), y=("score", "sum"), yy=("yy", "sum"))

    return run


CONTENDERS = {
    "raw scan of the same columns (the limit)": floor,
    "fulcrum: cells with 64 buckets": fulcrum,
    "fulcrum: fingerprint, checks and cells": fulcrum_whole,
    "polars, streaming": polars_streaming,
    "pandas, read and group": pandas_groupby,
}


def _loaded(file: Path):  # type: ignore[no-untyped-def]
    from fulcrum.evidence.intake.mapping_file import read_mapping
    from fulcrum.evidence.intake.tables import load
    from fulcrum.playbook.load import load_playbook

    (file.parent / "mapping.toml").write_text(MAPPING.format(path=file.name), encoding="utf-8")
    mapping, problems = read_mapping(file.parent)
    if mapping is None:
        raise SystemExit("\n".join(map(str, problems)))
    loaded = load(file.parent, mapping, rules=load_playbook().evidence, as_of=date(2026, 11, 16))
    if loaded.errors:
        raise SystemExit("\n".join(map(str, loaded.errors)))
    return loaded


def measure(name: str, file: Path) -> dict[str, float]:
    """Best of `TIMES` seconds and the process's peak of memory in MB."""
    run = CONTENDERS[name](file)
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return {"seconds": min(seconds), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(rows: int) -> None:
    """Run every contender in a process of its own and write the table."""
    file = feedback_file(rows)
    found = {}
    for name in CONTENDERS:
        print(f"{name} …", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(file)], capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        found[name] = json.loads(done.stdout)
    limit = next(iter(found.values()))["seconds"]
    lines = [
        f"# Cells of {rows:,} answers in one Parquet file ({file.stat().st_size / 1e6:.0f} MB)",
        "",
        "| contender | seconds, best of five | times the raw scan | peak of memory, MB |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {one['seconds']:.3f} | {one['seconds'] / limit:.2f} | {one['peak_mb']:.0f} |"
            for name, one in found.items()
        ),
    ]
    text = "\n".join(lines) + "\n"
    (Path(__file__).parent / "cells.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 20_000_000)
