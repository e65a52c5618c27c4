"""A pilot's results from their file to cells: typed by the design's rules, every row accounted for, one scan.

Refused where anything stands in the way of reading them as planned: an arm that nobody named, an outcome from
before the start, customers or units on both sides, a customer twice.
"""
# ruff: noqa: S608 — identifiers are made here, texts are quoted

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem, errors_in
from fulcrum.core.pilots import Assignment, PilotDesign
from fulcrum.evidence.engines.engine import EngineError, quoted
from fulcrum.evidence.intake.accounts import account, rejection_problems
from fulcrum.evidence.intake.mapping import MappedFile
from fulcrum.evidence.intake.sources import DuckDB, EngineLimits, is_parquet
from fulcrum.evidence.intake.staging import Raw, Staged, open_raw, read_of
from fulcrum.evidence.intake.typed import Fault, Source, Typed, typed
from fulcrum.evidence.pilots.cells import PilotCell, PilotCells
from fulcrum.evidence.pilots.results_rules import as_mapped, misplaced

_ROWS = "pilot_rows"
_SUMS = (("y", "y"), ("x", "x"), ("e", "e"))


def read_results(
    folder: Path,
    design: PilotDesign,
    *,
    as_of: date,
    crossed_at_most: float,
    limits: EngineLimits | None = None,
) -> tuple[PilotCells | None, tuple[Problem, ...]]:
    """The results of this design in cells, or None with every Problem that stops the reading.

    `as_of` is the day of the reading: an outcome after it is in the future.
    """
    path = folder / design.results.file
    if not design.results.file or not path.is_file():
        return None, (_no_results(design),)
    parquet = [path] if is_parquet(path) else []
    with DuckDB(parquet=parquet, limits=limits) as engine:
        try:
            return _cells(engine, path, design, as_of=as_of, crossed_at_most=crossed_at_most)
        except EngineError as error:
            return None, (_problem(design, str(error), "Export it again."),)


def _cells(
    engine: DuckDB, path: Path, design: PilotDesign, *, as_of: date, crossed_at_most: float
) -> tuple[PilotCells | None, tuple[Problem, ...]]:
    file = as_mapped(design)
    raw, problems = open_raw(engine, path, file, "raw", read_of(file))
    if raw is None or errors_in(problems):
        return None, tuple(problems)
    source = Source(file, raw.columns)
    if unknown := [column for column in read_of(file) if column not in source]:
        return None, tuple(_no_column(design, column, source) for column in unknown)
    columns = [replace(typed(rule, source), name=rule.name) for rule in file.columns]
    faults = (
        *(fault for one in columns for fault in one.faults),
        *misplaced(design, source, columns, as_of),
    )
    cases = " ".join(f"WHEN {fault.condition} THEN {i}" for i, fault in enumerate(faults, start=1))
    status = f"CAST(CASE {cases} ELSE 0 END AS SMALLINT)" if cases else "CAST(0 AS SMALLINT)"
    selected = ", ".join(f"{column.sql} AS {column.name}" for column in columns)
    engine.view(_ROWS, f"SELECT row, {status} AS status, {selected} FROM {raw.relation}")
    query = _query(design, columns)
    rows = engine.query(query)
    staged = _staged(file, raw, columns, faults, rows)
    problems += rejection_problems(engine, staged) + _unread(staged)
    crossed, more = _twice(engine, design, rows, crossed_at_most)
    if crossed and not more:
        query = _query(design, columns, without=_CROSSED)
        rows = engine.query(query)
    problems += more
    if errors_in(problems):
        return None, tuple(problems)
    accounted = account(staged)
    return PilotCells(
        cells=tuple(_cell(row) for row in rows if row[0] == 0),
        file=replace(
            accounted,
            accepted=accounted.accepted - crossed,
            skipped=accounted.skipped + crossed,
            skipped_because=(
                *accounted.skipped_because,
                *((("in both arms", crossed),) if crossed else ()),
            ),
        ),
        query=query,
        crossed=crossed // 2,
        first=min((row[-2].date() for row in rows if row[-2] is not None), default=None),
        last=max((row[-1].date() for row in rows if row[-1] is not None), default=None),
    ), tuple(problems)


def _query(design: PilotDesign, columns: Sequence[Typed], *, without: str = "") -> str:
    """Counts and exact sums by status, arm, unit, time and what is known: one scan of the rows."""
    names = {column.name for column in columns}
    is_share = design.kind == "share"
    known = {name: name in names for name, _ in _SUMS}
    keys = [
        "status",
        "arm" if "arm" in names else quoted(design.treated),
        "CAST(unit AS VARCHAR)" if "unit" in names else "NULL",
        _time(design, names),
        *(f"{name} IS NOT NULL" if known[name] else "FALSE" for name in known),
    ]
    sums = ["COUNT(*)"]
    for one, other in (
        ("y", ""),
        ("y", "y"),
        ("x", ""),
        ("x", "x"),
        ("x", "y"),
        ("e", ""),
        ("e", "e"),
        ("x", "e"),
    ):
        sums.append(_sum(one, other, is_share) if known[one] and known.get(other, True) else "0")
    days = ("MIN(measured)", "MAX(measured)") if "measured" in names else ("NULL", "NULL")
    where = f" WHERE customer NOT IN ({without})" if without else ""
    selected = ", ".join(f"{key} AS k{i}" for i, key in enumerate(keys))
    return (
        f"SELECT {selected}, {', '.join((*sums, *days))} FROM {_ROWS}{where} "
        f"GROUP BY {', '.join(str(i + 1) for i in range(len(keys)))}"
    )


def _time(design: PilotDesign, names: set[str]) -> str:
    if "measured" not in names:
        return "NULL"
    if design.assignment is Assignment.STEPPED:
        return "CAST(EXTRACT(YEAR FROM measured) * 100 + EXTRACT(MONTH FROM measured) AS INTEGER)"
    if design.assignment is Assignment.BY_CUSTOMER:
        return f"CAST(floor((CAST(measured AS DATE) - DATE '{design.starts}') / 7) AS INTEGER)"
    return "NULL"


def _sum(one: str, other: str, is_share: bool) -> str:
    """A sum that is exact: flags as whole numbers, amounts as decimals."""
    if is_share:
        return f"SUM({one})" if not other or other == one else f"SUM({one} * {other})"
    if not other:
        return f"SUM({one})"
    return f"SUM(CAST({one} AS DECIMAL(19,4)) * CAST({other} AS DECIMAL(18,4)))"


def _cell(row: tuple[Any, ...]) -> PilotCell:
    _, arm, unit, at, has_y, has_x, has_e, n, *sums = row[:-2]
    y, yy, x, xx, xy, e, ee, xe = (float(one or 0) for one in sums)
    return PilotCell(
        arm=str(arm),
        unit="" if unit is None else str(unit),
        at=None if at is None else int(at),
        has_outcome=bool(has_y),
        has_before=bool(has_x),
        has_earlier=bool(has_e),
        n=int(n),
        y=y,
        yy=yy,
        x=x,
        xx=xx,
        xy=xy,
        e=e,
        ee=ee,
        xe=xe,
    )


def _staged(
    file: MappedFile, raw: Raw, columns: Sequence[Typed], faults: tuple[Fault, ...], rows: Sequence[Any]
) -> Staged:
    counts: dict[int, int] = {}
    for row in rows:
        counts[int(row[0])] = counts.get(int(row[0]), 0) + int(row[7])
    return Staged(
        file=file,
        relation=_ROWS,
        raw=raw,
        columns=tuple(columns),
        faults=faults,
        counts=tuple(sorted(counts.items())),
    )


_ARMS_OF = (
    "(SELECT customer, MIN(arm) AS one, MAX(arm) AS other, COUNT(*) AS times "
    f"FROM {_ROWS} WHERE status = 0 GROUP BY customer HAVING COUNT(*) > 1)"
)
_CROSSED = f"SELECT customer FROM {_ARMS_OF} WHERE one <> other AND times = 2"


def _twice(
    engine: DuckDB, design: PilotDesign, rows: Sequence[Any], crossed_at_most: float
) -> tuple[int, list[Problem]]:
    """Rows of customers on both sides, to be set apart; or why nothing is read: too many, or repeats."""
    if design.assignment is Assignment.STEPPED:
        return 0, []
    whole = sum(int(row[7]) for row in rows if row[0] == 0)
    accepted = "" if all(row[0] == 0 for row in rows) else " WHERE status = 0"  # else only their ids are read
    ((distinct,),) = engine.query(f"SELECT COUNT(DISTINCT customer) FROM {_ROWS}{accepted}")
    if distinct == whole:
        return 0, []
    arms = _ARMS_OF if design.results.arm else _ARMS_OF.replace("MIN(arm)", "''").replace("MAX(arm)", "''")
    ((crossed, again),) = engine.query(
        f"SELECT COUNT(*) FILTER (WHERE one <> other), COUNT(*) FILTER (WHERE one = other OR times > 2) "
        f"FROM {arms}"
    )
    problems = []
    if again:
        problems.append(
            _problem(
                design,
                f"{again:,} customers come more than once.",
                "Keep one row a customer, with their outcome over the whole window.",
                column=design.results.customer,
            )
        )
    if crossed > crossed_at_most * max(1, whole):
        problems.append(
            _problem(
                design,
                f"{crossed:,} of {whole - crossed:,} customers are in both arms: it was not kept to.",
                "Find out how they came to get both ways. To leave out so many would choose among customers "
                "by what happened to them.",
                column=design.results.arm,
            )
        )
    return 2 * int(crossed), problems


def _unread(staged: Staged) -> list[Problem]:
    return [
        Problem(file=staged.file.path, row=row, what=why, remedy="Mend the row.", code="unread")
        for row, why in staged.raw.unread
    ]


def _no_column(design: PilotDesign, column: str, source: Source) -> Problem:
    held = ", ".join(source.headers[:12])
    what = f"The design names a column {column!r} that the results do not have."
    return _problem(design, what, f"They have: {held}.", column=column)


def _no_results(design: PilotDesign) -> Problem:
    if not design.results.file:
        return Problem(
            file=f"{design.key}.toml",
            what="The design does not say where the results are.",
            remedy="Add a table [results]: file, customer, arm, outcome.",
            code="pilot-results",
        )
    return _problem(design, "There are no results yet.", "Put the file beside the design, under this name.")


def _problem(design: PilotDesign, what: str, remedy: str, *, column: str | None = None) -> Problem:
    return Problem(
        file=design.results.file or f"{design.key}.toml",
        what=what,
        remedy=remedy,
        column=column or None,
        code="pilot-results",
    )
