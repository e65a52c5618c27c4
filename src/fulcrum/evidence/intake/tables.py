"""From a mapping and its files to tables laid out for cells, with an account of every row.

`load` is the whole path: read each file, type it by its rules, stack or join the files of a table, check
them, and lay them out. It never raises for a mistake in the data: every one is a Problem.
"""

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem, errors_in
from fulcrum.core.findings import SourceFile
from fulcrum.core.playbook import EvidenceRules
from fulcrum.evidence.checks.all_checks import checked
from fulcrum.evidence.checks.checked import Checked
from fulcrum.evidence.intake.accounts import account, column_totals, rejected_rows
from fulcrum.evidence.intake.canonical import canonical, set_apart
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.lookups import load_lookups
from fulcrum.evidence.intake.mapping import MappedFile, Mapping
from fulcrum.evidence.intake.relations import Laid, lay_out
from fulcrum.evidence.intake.sources import Engine, EngineError, EngineLimits, is_parquet
from fulcrum.evidence.intake.staging import Raw, Staged, names_of, open_raw, stage

_REJECTED_KEPT = 10_000


def load(
    data_dir: Path,
    mapping: Mapping,
    *,
    rules: EvidenceRules,
    as_of: date,
    limits: EngineLimits | None = None,
) -> Loaded:
    """The data of this folder in a locked engine, accounted and checked, ready for `queries`.

    `as_of` is the day on which the data are looked at: a later date is in the future. The engine stays open
    until `loaded.engine.close()`.
    """
    paths = dict.fromkeys(data_dir / file.path for file in mapping.files)
    parquet = [path for path in paths if path.is_file() and is_parquet(path)]
    with ExitStack() as until_loaded:
        engine = until_loaded.enter_context(Engine(parquet=parquet, limits=limits))
        staged, lookups, problems = _staged(engine, data_dir, mapping)
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


def _laid(
    engine: Engine, mapping: Mapping, staged: tuple[Staged, ...], *, rules: EvidenceRules, as_of: date
) -> tuple[tuple[Staged, ...], Laid | None, tuple[Problem, ...]]:
    """The canonical tables, checked and, where no error was found, laid out for cells."""
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
    engine: Engine, data_dir: Path, mapping: Mapping
) -> tuple[tuple[Staged, ...], tuple[SourceFile, ...], list[Problem]]:
    """Every mapped file, read once however often it is mapped, and typed."""
    names = names_of(mapping)
    lookups, accounts, problems = load_lookups(engine, data_dir, mapping)
    raws: dict[tuple[object, ...], Raw | None] = {}
    staged = []
    for i, file in enumerate(mapping.files):
        if any(rule.lookup not in lookups for rule in file.segments if rule.lookup is not None):
            continue  # its lookup could not be read, which has been told
        try:
            layout = _layout(file)
            if layout not in raws:
                raws[layout], told = open_raw(engine, data_dir / file.path, file, f"raw{i}")
                problems += told
            raw = raws[layout]
            part, told = (None, []) if raw is None else stage(engine, file, raw, f"file{i}", names, lookups)
        except EngineError as error:
            part, told = None, [_unreadable(file.path, error)]
        problems += told
        if part is not None:
            staged.append(part)
    return tuple(staged), accounts, problems


def _unreadable(file: str, error: EngineError) -> Problem:
    return Problem(file=file, what=str(error), remedy="Export the file again.", code="unreadable")


def _layout(file: MappedFile) -> tuple[object, ...]:
    return file.path, file.sheet, file.title_rows, file.header_rows, file.encoding, file.delimiter


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
    if not any(part.raw.is_parquet for part in staged):  # else a view may still read them
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
    )
