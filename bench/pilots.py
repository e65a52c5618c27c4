"""A pilot's read-out of millions of customers, against the raw scan and pandas + statsmodels.

    python bench/pilots.py [--customers 1000000 --customers 5000000]      writes `bench/pilots.md`

The results are one Parquet file: customer, arm, spend, spend before, the day of the outcome. Each contender
runs in a process of its own: one run that is not counted, then three, of which the median counts. Seconds are
of the processor, children included.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import polars as pl

from fulcrum.core.pilots import Assignment, PilotDesign, ResultsFile, registration_of
from fulcrum.core.quantities import Estimate
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.evidence.pilots.cells import PilotCells
from fulcrum.evidence.pilots.read_out import read_out
from fulcrum.evidence.pilots.results import read_results
from fulcrum.playbook.load import load_playbook

RESULTS = Path(__file__).parent / "pilots.md"
SIZES = (1_000_000, 5_000_000)
SEED = 20_261_116
_BAR, _END = "<!-- table: written by bench/pilots.py -->", "<!-- end of the table -->"
START, STOP = date(2026, 1, 5), date(2026, 4, 6)
DESIGN = PilotDesign(
    key="bench",
    name="Bench",
    question="How fast is it read?",
    assignment=Assignment.BY_CUSTOMER,
    outcome="spend",
    kind="amount",
    better="higher",
    minimum_effect=0.1,
    starts=START,
    stops=STOP,
    treated="new",
    others="old",
    cost=Decimal(1),
    results=ResultsFile(
        file="bench.parquet", customer="id", arm="arm", outcome="spend", before="before", measured="on"
    ),
)


def make(folder: Path, customers: int) -> None:
    """The results of so many customers; the effect is 0.2."""
    chance = np.random.default_rng(SEED)
    is_new = chance.random(customers) < 0.5
    before = np.round(chance.gamma(2, 20, customers), 2)
    spend = np.round(0.7 * before + chance.gamma(2, 6, customers) + 0.2 * is_new, 2)
    days = np.datetime64(START) + chance.integers(0, (STOP - START).days, customers)
    rows = pl.DataFrame(
        {
            "id": 10_000_000 + chance.permutation(customers),
            "arm": np.where(is_new, "new", "old"),
            "spend": spend,
            "before": before,
            "on": days.astype("datetime64[D]"),
        }
    )
    rows.write_parquet(folder / "bench.parquet", compression="zstd")


def scan(folder: Path) -> float:
    """The raw scan of the columns that are read."""
    with DuckDB(parquet=[folder / "bench.parquet"]) as engine:
        engine.register_parquet("raw", folder / "bench.parquet")
        ((total, *_),) = engine.query("SELECT SUM(c2), SUM(c3), MAX(c0), MAX(c4), COUNT(c1) FROM raw")
    return float(total)


def cells(folder: Path) -> float:
    """The results to cells: every row typed and checked, customers who come twice looked for."""
    found, problems = read_results(folder, DESIGN, as_of=STOP, crossed_at_most=0.01)
    if found is None:
        raise SystemExit("\n".join(map(str, problems)))
    return _mean(found)


def whole(folder: Path) -> float:
    """The whole read-out, fingerprint and the check of the file in a child of its own included."""
    rules = load_playbook(None)
    design = replace(DESIGN, looks="at any time")
    made, problems = read_out(
        folder,
        design,
        registration_of(design, on=date(2026, 1, 1)),
        as_of=STOP,
        currency="EUR",
        evidence_rules=rules.evidence,
        pilot_rules=rules.pilot,
        version="bench",
        seed=1,
    )
    if made is None or not isinstance(made.effect, Estimate):
        raise SystemExit("\n".join(map(str, problems)))
    return made.effect.value


def peer(folder: Path) -> float:
    """pandas and statsmodels: read, look for customers who come twice, regress spend on arm and before."""
    import duckdb
    import pandas as pd
    import statsmodels.api as sm

    rows = duckdb.execute(f"select * from '{folder}/bench.parquet'").df()
    if rows["id"].duplicated().any() or rows[["arm", "spend"]].isna().any().any():
        raise SystemExit("the data are not sound")
    rows["new"] = (rows["arm"] == "new").astype("float64")
    fitted = sm.OLS(rows["spend"], sm.add_constant(rows[["new", "before"]])).fit(cov_type="HC1")
    weeks = (pd.to_datetime(rows["on"]) - pd.Timestamp(START)).dt.days // 7
    rows.groupby([rows["arm"].astype(str), weeks])["spend"].agg(["count", "sum"])
    return float(fitted.params["new"])


CONTENDERS: dict[str, tuple[str, Callable[[Path], float]]] = {
    "scan": ("raw scan of the same columns", scan),
    "cells": ("**Fulcrum**, results to cells", cells),
    "whole": ("**Fulcrum**, the whole read-out", whole),
    "peer": ("pandas and statsmodels", peer),
}


def main() -> None:
    """Measure what was asked for and write the table into the page."""
    asked = _arguments()
    if asked.one:
        print(json.dumps(_measured(CONTENDERS[asked.one][1], Path(asked.folder))))
        return
    found: dict[int, dict[str, dict[str, float]]] = {}
    for size in asked.customers or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), size)
            found[size] = {name: _in_a_process(name, folder) for name in CONTENDERS}
        apart = abs(found[size]["whole"]["answer"] - found[size]["peer"]["answer"])
        if apart > 1e-6:
            raise SystemExit(f"The answers differ by {apart}.")
    head, _, rest = RESULTS.read_text(encoding="utf-8").partition(_BAR)
    page = f"{head}{_BAR}\n\n{_table(found)}\n\n{_END}{rest.partition(_END)[2]}"
    RESULTS.write_text(page, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, action="append")
    parser.add_argument("--one", choices=list(CONTENDERS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_a_process(name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", name, "--folder", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _measured(run: Callable[[Path], float], folder: Path) -> dict[str, float]:
    run(folder)
    seconds, clock, answer = [], [], 0.0
    for _ in range(3):
        start, began = _processor(), time.perf_counter()
        answer = run(folder)
        seconds.append(_processor() - start)
        clock.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": median(seconds), "clock": median(clock), "answer": answer, "peak": peak}


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _mean(found: PilotCells) -> float:
    return sum(cell.y for cell in found.cells) / sum(cell.n for cell in found.cells)


def _table(found: dict[int, dict[str, dict[str, float]]]) -> str:
    lines = [
        "| contender | customers | processor seconds | seconds | x raw scan | peak MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for size, of in found.items():
        for name, (title, _) in CONTENDERS.items():
            one: Any = of[name]
            times = one["seconds"] / of["scan"]["seconds"]
            lines.append(
                f"| {title} | {size:,} | {one['seconds']:.2f} | {one['clock']:.2f} "
                f"| {'' if name == 'scan' else f'{times:.1f}'} | {one['peak']:,.0f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
