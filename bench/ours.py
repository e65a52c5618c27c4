"""What is measured of Fulcrum, and the raw scan of the same columns that it is held against."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import duckdb
import numpy as np

from fulcrum.core.company import Company, Initiative
from fulcrum.core.quantities import Estimate, score_unit
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.engine import gather
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.cross_products import CrossProducts, cross_products
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse
from fulcrum.evidence.methods.score import score_findings
from fulcrum.evidence.queries import score_cells
from fulcrum.evidence.rating_queries import rating_products
from fulcrum.playbook.load import load_playbook
from make_feedback import RATINGS, SEGMENTS
from questions import CELL_KEYS, RATED, cells_told, products_told, some_ratings

Run = Callable[[], Any]
_AS_OF = date(2026, 11, 16)
_COMPANY = Company(
    name="A company",
    industry="any",
    currency="EUR",
    as_of=_AS_OF,
    initiatives=(
        Initiative(
            name="Visits that hold",
            one_off=Decimal(100_000),
            running=Decimal(20_000),
            horizon_years=3,
            reach=100_000,
            moved_share=0.1,
            comparison="promoters_stay",
        ),
    ),
)
_ANSWERS_ALONE = """currency = "EUR"
[[files]]
path = "feedback.parquet"
table = "feedback"
[files.columns]
customer = "customer_id"
score = { column = "score", scale = [0, 10], kind = "nps" }
[files.segments]
segment = "segment"
tenure = "tenure"
"""


def scan_for_cells(folder: Path) -> Run:
    """One pass over the columns of the cells, nothing but sums."""
    return _scan(folder, "sum(customer_id), sum(score), sum(strlen(segment)), sum(strlen(tenure))")


def scan_for_products(folder: Path) -> Run:
    """One pass over the columns of the drivers, nothing but sums."""
    return _scan(folder, ", ".join(f"sum({name})" for name in ("customer_id", *RATED)))


def scan_of_all(folder: Path) -> Run:
    """One pass over every column of both files that the whole path reads."""
    answers = _scan(
        folder,
        ", ".join(f"sum({name})" for name in ("customer_id", *RATED))
        + ", max(answered_on), sum(strlen(touchpoint))",
    )
    customers = _scan(
        folder,
        "sum(customer_id), max(started_on), max(ended_on), sum(value_a_year), sum(strlen(segment)), "
        "sum(strlen(tenure))",
        "customers",
    )
    return lambda: (answers(), customers())


def cells(folder: Path) -> Run:
    """Score x segment x tenure x 64 buckets, counts and exact sums."""
    loaded = _answers_alone(folder)
    return lambda: score_cells(loaded, CELL_KEYS)


def checked_and_cells(folder: Path) -> Run:
    """Fingerprint, mapping, checks of every row, and the cells."""

    def run() -> Cells:
        loaded = _answers_alone(folder)
        with loaded.engine:
            return score_cells(loaded, CELL_KEYS)

    return run


def products(folder: Path) -> Run:
    """The sums and products of ten ratings and the score, by bucket and pattern of missing ratings."""
    loaded = _loaded(folder)
    return lambda: rating_products(loaded)


def importance(folder: Path) -> Run:
    """Cross-products of complete rows, LMG and Johnson's weights, each with its jackknife interval."""
    ratings, customers = some_ratings(folder)
    rated = tuple(Rated(name=name, title=name, scale=(0, 10)) for name in RATINGS)
    outcome = Outcome(key="score", name="score", title="the score", unit=score_unit(0, 10), same_sitting=True)

    def run() -> list[float]:
        made = cross_products(RATED, ratings, customers % 64)
        found = analyse(made, rated, outcome, confidence=0.95, trace="")
        return [
            _number(one.variance) for one in sorted(found.drivers, key=lambda one: RATINGS.index(one.key))
        ]

    return run


def intervals(folder: Path) -> Run:
    """The NPS of each segment with its interval, customers who answer twice counted as one."""
    loaded = _answers_alone(folder)
    rules, bands = load_playbook().evidence, bands_for("nps", (0, 10))

    def run() -> list[list[float]]:
        made = score_cells(loaded, ("score", "segment", "bucket"))
        found = score_findings(made, bands, rules, trace="", split="segment", order=(), once=False)
        by_key = {one.key: one.result for one in found}
        results = [by_key[f"nps.segment.Segment {place}"] for place in range(SEGMENTS)]
        return [[one.interval.low, one.interval.high] for one in results if isinstance(one, Estimate)]

    return run


def whole(folder: Path) -> Run:
    """What `evidence`, `drivers` and `case` need, from the two files to the last interval."""
    rules = load_playbook()

    def run() -> dict[str, float]:
        evidence, problems = gather(
            folder,
            _COMPANY,
            evidence_rules=rules.evidence,
            case_rules=rules.case,
            version="bench",
            seed=1,
        )
        by_key = {one.key: one.result for one in evidence.findings}
        if "nps.all" not in by_key:
            raise SystemExit("\n".join(map(str, problems)))
        if not evidence.cases or not isinstance(evidence.cases[0].upside, Estimate):
            raise SystemExit("The benchmark's company has no case.")
        return {
            "nps": _number(by_key["nps.all"]),
            "gap of staying": _number(by_key["gap.adjusted.promoters_stay"]),
            "gap of value": _number(by_key["gap.adjusted.promoters_spend"]),
            "explained by drivers": _number(evidence.drivers[0].explained),
        }

    return run


def outside_the_engine(folder: Path) -> Run:
    """The same without what the engine does and without the fingerprints: statistics on cells, all else."""
    seconds = [0.0]
    query, run = DuckDB.query, whole(folder)

    def timed(self: DuckDB, sql: str, parameters: Any = ()) -> Any:
        start = process_time()
        try:
            return query(self, sql, parameters)
        finally:
            seconds[0] += process_time() - start

    DuckDB.query = timed  # type: ignore[method-assign]

    def without() -> float:
        seconds[0] = 0.0
        start = process_time()
        run()
        return process_time() - start - seconds[0]

    return without


def told_of_cells(made: Cells) -> str:
    """The digest of our cells in the peers' form."""
    return cells_told(zip(*made.keys, strict=True), made.n, made.wy, made.wyy)


def told_of_products(made: CrossProducts) -> str:
    """The digest of our products in the peers' form."""
    upper = np.triu_indices(len(made.names))
    buckets, patterns = zip(*made.keys, strict=True)
    return products_told(buckets, patterns, made.n, made.sums, made.products[:, upper[0], upper[1]])


def _number(result: object) -> float:
    if not isinstance(result, Estimate):
        raise SystemExit(f"The benchmark's company has no such number: {result}")
    return result.value


def _scan(folder: Path, columns: str, table: str = "feedback") -> Run:
    connection = duckdb.connect()
    return lambda: connection.execute(f"select {columns} from '{folder / table}.parquet'").fetchall()


def _answers_alone(folder: Path) -> Loaded:
    beside = folder / "answers_alone"
    beside.mkdir(exist_ok=True)
    if not (beside / "feedback.parquet").exists():
        (beside / "feedback.parquet").hardlink_to(folder / "feedback.parquet")
    (beside / "mapping.toml").write_text(_ANSWERS_ALONE, encoding="utf-8")
    return _loaded(beside)


def _loaded(folder: Path) -> Loaded:
    mapping, problems = read_mapping(folder)
    if mapping is None:
        raise SystemExit("\n".join(map(str, problems)))
    loaded = load(folder, mapping, rules=load_playbook().evidence, as_of=_AS_OF)
    if loaded.errors:
        raise SystemExit("\n".join(map(str, loaded.errors)))
    return loaded
