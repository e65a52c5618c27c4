"""Speed and memory against the raw scan and against peers, in one table: `bench/results.md`.

    python bench/run.py [--rows 1000000 --rows 5000000] [--only cells] [--python-of-pingouin PATH]

Each contender runs in a process of its own: one run that is not counted, then several that are (of what takes
more than ten seconds, the first counts). Only contenders whose answer equals Fulcrum's are compared. The
median of the runs, the processor time of that run, and the peak of memory are kept.
Nothing here is a test: a machine that is busy makes numbers worse, not wrong.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from make_feedback import company_data
from table import written

HERE = Path(__file__).parent
FOUND, RESULTS = HERE / "data" / "found.json", HERE / "results.md"
SIZES = (1_000_000, 5_000_000)
_LONG = 10.0  # seconds: what takes longer is run once …
_STARTS = "pyspark"  # … but for an engine whose first run is its start


@dataclass(frozen=True)
class Contender:
    """Somebody who answers a question: `module.function`, what it needs, how often, and up to which size."""

    name: str
    where: str
    told: str = ""  # what makes its answer comparable
    needs: str = ""
    times: int = 5
    most: int = 10**9


@dataclass(frozen=True)
class Question:
    """One thing that is measured: the raw scan first where there is one, then Fulcrum, then peers."""

    key: str
    title: str
    scan: str
    fulcrum: Contender
    others: tuple[Contender, ...]
    tolerance: float | None = None  # None: equal to the digit
    most: int = 10**9


def _ours(name: str, where: str, told: str = "", times: int = 5) -> Contender:
    return Contender(name=f"**Fulcrum**{name}", where=f"ours.{where}", told=told, times=times)


QUESTIONS = (
    Question(
        "cells",
        "Cells: score x segment x tenure x 64 buckets",
        "ours.scan_for_cells",
        _ours("", "cells", "ours.told_of_cells"),
        (
            _ours(", with fingerprint and checks of every row", "checked_and_cells", "ours.told_of_cells", 3),
            Contender("polars, streaming", "peers.polars_cells", "peers.told_of_polars_cells", "polars"),
            Contender("pandas", "peers.pandas_cells", "peers.told_of_pandas_cells", "pandas", 3, 5_000_000),
            Contender(
                "Spark, two threads, warm",
                "peers.spark_cells",
                "peers.told_of_row_cells",
                "pyspark",
                3,
                5_000_000,
            ),
        ),
    ),
    Question(
        "products",
        "Cross-products: 10 drivers and the score, by bucket and pattern of missing ratings",
        "ours.scan_for_products",
        _ours("", "products", "ours.told_of_products"),
        (
            Contender(
                "polars, streaming", "peers.polars_products", "peers.told_of_polars_products", "polars"
            ),
            Contender(
                "pandas and numpy",
                "peers.pandas_products",
                "peers.told_of_pandas_products",
                "pandas",
                3,
                5_000_000,
            ),
            Contender(
                "Spark, two threads, warm",
                "peers.spark_products",
                "peers.told_of_row_products",
                "pyspark",
                3,
                5_000_000,
            ),
        ),
    ),
    Question(
        "importance",
        "LMG shares of 10 drivers from 100,000 rows in memory (ours with 11 jackknife intervals)",
        "",
        _ours("", "importance"),
        (
            Contender("pingouin, no interval", "peers.pingouin_importance", "", "pingouin"),
            Contender(
                "statsmodels, 1,024 regressions, no interval",
                "peers.statsmodels_importance",
                "",
                "statsmodels",
                1,
            ),
        ),
        1e-6,
        1_000_000,  # it takes the same rows at every size
    ),
    Question(
        "intervals",
        "NPS of 12 segments with intervals, customers who answer twice counted as one",
        "",
        _ours(", jackknife over 64 buckets", "intervals"),
        (
            Contender(
                "scipy, bootstrap of customers, 999 resamples",
                "peers.scipy_intervals",
                "",
                "scipy",
                1,
                1_000_000,
            ),
        ),
        0.25,
    ),
    Question(
        "whole",
        "The whole of `evidence`, `drivers` and `case`, from files to findings",
        "ours.scan_of_all",
        _ours("", "whole", "", 3),
        (
            _ours(": of it outside the engine, in processor seconds", "outside_the_engine", "itself", 1),
            Contender(
                "pandas and statsmodels: four of its numbers, no checks, no case",
                "peers.pandas_whole",
                "",
                "statsmodels",
                1,
                5_000_000,
            ),
        ),
        1e-9,
    ),
)


def measured(contender: Contender, folder: Path) -> dict[str, Any]:
    """One contender in this process: its answer, the median of its runs, and the peak of memory."""
    run = _called(contender.where)(folder)
    runs: list[tuple[float, float]] = []
    answers = []
    while len(runs) <= contender.times and (not runs or runs[0][0] < _LONG or contender.needs == _STARTS):
        start, before = time.perf_counter(), _processor()
        answers.append(run())
        runs.append((time.perf_counter() - start, _processor() - before))
    if contender.told == "itself":  # it answers with its own seconds
        runs = [(seconds, seconds) for seconds in answers]
    counted = sorted(runs[1:] or runs)
    seconds, processor = counted[len(counted) // 2]
    told = answers[0] if not contender.told else None
    if contender.told not in ("", "none", "itself"):
        told = _called(contender.told)(answers[0])
    return {"seconds": seconds, "processor": processor, "peak_mb": _peak(), "answer": told}


def main(sizes: list[int], only: str | None, pingouin: str | None) -> None:
    """Measure all, keep what was found beside the data, and write the table of everything found so far."""
    found = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.exists() else {}
    for rows in sizes:
        folder = company_data(rows)
        for question in QUESTIONS:
            if only in (None, question.key) and rows <= question.most:
                found[f"{question.key} {rows}"] = _asked(question, folder, rows, pingouin)
                FOUND.write_text(json.dumps(found, indent=1), encoding="utf-8")
    page = RESULTS.read_text(encoding="utf-8")
    RESULTS.write_text(written(page, QUESTIONS, found), encoding="utf-8")
    print(RESULTS)


def _asked(question: Question, folder: Path, rows: int, pingouin: str | None) -> dict[str, Any]:
    """Everybody's figures for one question and size; a peer with another answer stops the benchmark."""
    load = os.getloadavg()[0]
    figures: dict[str, Any] = {}
    if question.scan:
        scan = Contender("raw scan of the same columns", question.scan, "none")
        figures[scan.name] = _apart(scan, folder, sys.executable)
    figures[question.fulcrum.name] = ours = _apart(question.fulcrum, folder, sys.executable)
    for other in question.others:
        python = pingouin if pingouin and other.needs == "pingouin" else sys.executable
        if rows > other.most:
            figures[other.name] = f"not run beyond {other.most:,} rows"
        elif python == sys.executable and other.needs and find_spec(other.needs) is None:
            figures[other.name] = "not installed"
        else:
            figures[other.name] = it = _apart(other, folder, python)
            if it["answer"] is not None and not _agree(it["answer"], ours["answer"], question.tolerance):
                raise SystemExit(f"{other.name} answers {it['answer']}\nFulcrum answers {ours['answer']}")
    for one in figures.values():
        if isinstance(one, dict):
            one.pop("answer")
    return {"figures": figures, "load": load, "day": time.strftime("%Y-%m-%d"), "machine": _machine(folder)}


def _apart(contender: Contender, folder: Path, python: str) -> dict[str, Any]:
    print(f"{folder.name}: {contender.name} …", file=sys.stderr)
    given = json.dumps([contender.where, contender.told, contender.needs, contender.times])
    done = subprocess.run(
        [python, __file__, "--one", given, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _agree(one: Any, other: Any, tolerance: float | None) -> bool:
    """Equal to the digit, or every number within the tolerance; intervals by the widths' mean and middles."""
    import numpy as np

    if tolerance is None:
        return bool(one == other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_agree(one[key], other[key], tolerance) for key in one)
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if first.ndim == 2:  # intervals: resampling is chance, so widths agree on average
        widths, others = first[:, 1] - first[:, 0], second[:, 1] - second[:, 0]
        middles = np.abs(first.mean(axis=1) - second.mean(axis=1)) / others
        return bool(abs(widths.mean() / others.mean() - 1) < tolerance and middles.max() < tolerance)
    return bool(np.allclose(first, second, rtol=tolerance, atol=0))


def _called(where: str) -> Any:
    module, name = where.split(".")
    return getattr(import_module(module), name)


def _processor() -> float:
    """Seconds of processor time of this process and of the ones that it started, such as Spark's."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + sum(_times(child) for child in _children())


def _peak() -> float:
    """Peak of resident memory in MB, with that of the processes that it started."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return own + sum(_high_water(child) for child in _children())


def _children() -> list[Any]:
    if find_spec("psutil") is None:
        return []
    import psutil

    return [child for child in psutil.Process().children(recursive=True) if child.is_running()]


def _times(child: Any) -> float:
    times = child.cpu_times()
    return float(times.user + times.system)


def _high_water(child: Any) -> float:
    status = Path(f"/proc/{child.pid}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _machine(folder: Path) -> dict[str, Any]:
    sizes = {file.stem: file.stat().st_size / 1e6 for file in sorted(folder.glob("*.parquet"))}
    names = ("duckdb", "numpy", "polars", "pandas", "statsmodels", "scipy", "pyspark")
    known = {name: version(name) for name in names if find_spec(name) is not None}
    return {"cores": os.cpu_count(), "system": platform.machine(), "megabytes": sizes, "versions": known}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        where, told, needs, times = json.loads(sys.argv[2])
        print(json.dumps(measured(Contender("", where, told, needs, times), Path(sys.argv[3]))))
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--rows", type=int, action="append", help="answers; may be given more than once")
        parser.add_argument("--only", choices=[question.key for question in QUESTIONS])
        parser.add_argument(
            "--python-of-pingouin", help="an interpreter that has pingouin, duckdb and polars"
        )
        given = parser.parse_args()
        main(given.rows or list(SIZES), given.only, given.python_of_pingouin)
