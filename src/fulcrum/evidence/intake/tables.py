"""From a mapping and its files to tables laid out for cells, with an account of every row.

`load` is the whole path: read each file, type it by its rules, stack or join the files of a table, check
them, and lay them out. It never raises for a mistake in the data: every one is a Problem.
"""

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem, errors_in
from fulcrum.core.findings import SourceFile
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.checks.all_checks import checked
from fulcrum.evidence.checks.checked import Checked
from fulcrum.evidence.engines.connection import connected
from fulcrum.evidence.engines.engine import Engine, EngineError
from fulcrum.evidence.engines.warehouse import Warehouse
from fulcrum.evidence.intake.accounts import account, column_totals, rejected_rows
from fulcrum.evidence.intake.canonical import canonical, set_apart
from fulcrum.evidence.intake.loaded import NO_MONTHLY, Loaded
from fulcrum.evidence.intake.lookups import load_lookups
from fulcrum.evidence.intake.mapping import Lookup, MappedFile, Mapping
from fulcrum.evidence.intake.relations import Laid, lay_out
from fulcrum.evidence.intake.sources import DuckDB, EngineLimits, is_parquet
from fulcrum.evidence.intake.staging import Raw, Staged, names_of, open_raw, open_table, read_of, stage

_REJECTED_KEPT = 10_000


def load(
    data_dir: Path,
    mapping: Mapping,
    *,
    rules: EvidenceRules,
    as_of: date,
    limits: EngineLimits | None = None,
    with_personal: bool = False,
) -> Loaded:
    """The data of this folder in a locked engine, accounted and checked, ready for `queries`.

    `as_of` is the day on which the data are looked at: a later date is in the future. `with_personal` keeps
    the personal columns of files in the engine too, to mask comments by them. The engine stays open until
    `loaded.engine.close()`.
    """
    engine, unopened = _opened(data_dir, mapping, limits)
    if unopened is not None:
        return _loaded(engine, mapping, (), (), [unopened], None)
    return load_into(engine, data_dir, mapping, rules=rules, as_of=as_of, with_personal=with_personal)


def load_into(
    engine: Engine,
    data_dir: Path,
    mapping: Mapping,
    *,
    rules: EvidenceRules,
    as_of: date,
    with_personal: bool = False,
) -> Loaded:
    """The same in an engine that is open already; it is closed if loading crashes."""
    with ExitStack() as until_loaded:
        until_loaded.enter_context(engine)
        staged, lookups, problems = _staged(engine, data_dir, mapping, with_personal=with_personal)
        try:
            laid = None
            if not errors_in(problems):
                staged, laid, told = _laid(engine, mapping, staged, rules=rules, as_of=as_of)
                problems += told
            made = _loaded(engine, mapping, staged, lookups, problems, laid)
        except EngineError as error:
            problems.append(_unreadable(", ".join(dict.fromkeys(file.path for file in mapping.files)), error))
            made = _loaded(engine, mapping, (), lookups, problems, None)
        until_loaded.pop_all()
        return made


def _opened(data_dir: Path, mapping: Mapping, limits: EngineLimits | None) -> tuple[Engine, Problem | None]:
    """DuckDB for files; for tables the warehouse that they lie in, or why it cannot be reached."""
    if mapping.connection is not None:
        warehouse = connected(mapping.connection)
        return (DuckDB(), warehouse) if isinstance(warehouse, Problem) else (warehouse, None)
    paths = dict.fromkeys(data_dir / file.path for file in mapping.files)
    return DuckDB(
        parquet=[path for path in paths if path.is_file() and is_parquet(path)], limits=limits
    ), None


def _laid(
    engine: Engine, mapping: Mapping, staged: tuple[Staged, ...], *, rules: EvidenceRules, as_of: date
) -> tuple[tuple[Staged, ...], Laid | None, tuple[Problem, ...]]:
    """The canonical tables, checked and, where no error was found, laid out for cells."""
    if isinstance(engine, DuckDB):
        staged = set_apart(engine, staged)
    stacks = canonical(engine, staged, int(rules.buckets.value))
    problems = checked(
        Checked(
            engine=engine,
            mapping=mapping,
            names=names_of(mapping),
            staged=staged,
            stacks=stacks,
            rules=rules,
            as_of=as_of,
        )
    )
    return staged, None if errors_in(problems) else lay_out(engine, mapping, stacks), problems


def _staged(
    engine: Engine, data_dir: Path, mapping: Mapping, *, with_personal: bool
) -> tuple[tuple[Staged, ...], tuple[SourceFile, ...], list[Problem]]:
    """Every mapped file, read once however often it is mapped, and typed."""
    names = names_of(mapping)
    lookups: dict[Lookup, str] = {}
    accounts: tuple[SourceFile, ...] = ()
    problems: list[Problem] = []
    if isinstance(engine, DuckDB):
        lookups, accounts, problems = load_lookups(engine, data_dir, mapping)
    raws: dict[tuple[object, ...], Raw | None] = {}
    staged = []
    for i, file in enumerate(mapping.files):
        if any(rule.lookup not in lookups for rule in file.segments if rule.lookup is not None):
            continue  # its lookup could not be read, which has been told
        try:
            layout = _layout(file)
            if layout not in raws:
                raws[layout], told = _raw(engine, data_dir, file, f"raw{i}", _read_of_all(mapping, file))
                problems += told
            raw = raws[layout]
            part, told = None, []
            if raw is not None:
                part, told = stage(engine, file, raw, f"file{i}", names, lookups, with_personal=with_personal)
        except EngineError as error:
            part, told = None, [_unreadable(file.path, error)]
        problems += told
        if part is not None:
            staged.append(part)
    return tuple(staged), accounts, problems


def _read_of_all(mapping: Mapping, file: MappedFile) -> tuple[str, ...]:
    """Every column that any table is fed with from this file."""
    same = [other for other in mapping.files if other.path == file.path]
    return tuple(dict.fromkeys(column for other in same for column in (*read_of(other), *other.personal)))


def _raw(
    engine: Engine, data_dir: Path, file: MappedFile, name: str, read: tuple[str, ...]
) -> tuple[Raw | None, list[Problem]]:
    if isinstance(engine, Warehouse):
        return open_table(engine, file, name)
    if isinstance(engine, DuckDB):
        return open_raw(engine, data_dir / file.path, file, name, read)
    raise TypeError(f"{engine.name} reads neither files nor tables")


def _unreadable(file: str, error: EngineError) -> Problem:
    remedy = "Export it again, or mend the view."
    return Problem(file=file, what=str(error), remedy=remedy, code="unreadable")


def _layout(file: MappedFile) -> tuple[object, ...]:
    columns = read_of(file) if file.connection is not None else ()  # only these are read of a table
    return columns, file.path, file.sheet, file.title_rows, file.header_rows, file.encoding, file.delimiter


def _loaded(
    engine: Engine,
    mapping: Mapping,
    staged: tuple[Staged, ...],
    lookups: tuple[SourceFile, ...],
    problems: list[Problem],
    laid: Laid | None,
) -> Loaded:
    rejected = [row for part in staged for row in rejected_rows(engine, part, _REJECTED_KEPT)]
    totals = [total for part in staged for total in column_totals(engine, part)]
    if isinstance(engine, DuckDB) and not any(
        part.raw.stays for part in staged
    ):  # else a view may still read them
        for part in staged:
            engine.run(f"DROP TABLE IF EXISTS {part.raw.relation}")
            engine.run(f"DROP TABLE {part.relation}")
    return Loaded(
        mapping=mapping,
        engine=engine,
        files=(*(account(part) for part in staged), *lookups),
        totals=tuple(totals),
        rejected=tuple(rejected),
        problems=(*problems, *(laid.problems if laid is not None else ())),
        answers=laid.answers if laid is not None else None,
        customers=laid.customers if laid is not None else None,
        durations=laid.durations if laid is not None else None,
        time_order=laid.time_order if laid is not None else None,
        base=laid.base if laid is not None else None,
        answered_once=laid is not None and laid.answered_once,
        monthly=laid.monthly if laid is not None else NO_MONTHLY,
    )
