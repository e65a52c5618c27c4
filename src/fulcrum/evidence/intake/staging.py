"""One mapped file, typed: every row accepted, rejected for a reason, or skipped by a named rule.

A text file becomes a table in the engine; a Parquet file, and a table of a warehouse, stay where they lie and
become a view. In each,
`status` says what became of the row: 0 accepted, 1, 2, … rejected by that fault, negative: skipped.
"""
# ruff: noqa: S608 — identifiers are made here, texts are quoted

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import Engine, EngineError, SourceColumn
from fulcrum.evidence.engines.warehouse import Warehouse
from fulcrum.evidence.intake.mapping import ColumnRule, Lookup, MappedFile, Mapping, Sort, Table
from fulcrum.evidence.intake.parquet_check import unsound_parquet
from fulcrum.evidence.intake.sources import DuckDB, is_parquet, sha256_of
from fulcrum.evidence.intake.typed import Fault, Source, Typed, inapplicable, typed, weight_of
from fulcrum.reading.large_text import LaidOut
from fulcrum.reading.layout import Layout
from fulcrum.reading.text_table import TextTable, lay_out

NOT_KEPT, NO_SCORE, AGAIN, OUTSIDE = -1, -2, -3, -4
"""Why a row was skipped: by `keep`, without an answer, the same answer twice, customer outside the base."""


_INSIDE = {"left": "did_leave", "at": "happened_at", "value": "worth", "event": "happened"}


@value
class Names:
    """What columns are called inside the engine: canonical ones by their name, others by their place."""

    fields: tuple[str, ...]
    ratings: tuple[str, ...]

    def field(self, name: str) -> str:
        """The column of a segment field."""
        return f"s{self.fields.index(name)}"

    def rating(self, name: str) -> str:
        """The column of a rating."""
        return f"r{self.ratings.index(name)}"

    def inapplicable(self, name: str) -> str:
        """The column that says whether a rating was not applicable."""
        return f"na{self.ratings.index(name)}"

    def inside(self, rule: ColumnRule, file: MappedFile) -> str:
        """The column that this rule of this file becomes."""
        if rule in file.segments:
            return self.field(rule.name)
        if rule in file.ratings:
            return self.rating(rule.name)
        return _INSIDE.get(rule.name, rule.name)


def names_of(mapping: Mapping) -> Names:
    """The names inside the engine for everything that a mapping names."""
    ratings = dict.fromkeys(rule.name for file in mapping.files for rule in file.ratings)
    return Names(fields=mapping.fields, ratings=tuple(ratings))


@value
class Raw:
    """A file in the engine as it was read, before any typing; `unread` rows could not be read at all.

    `stays` where it lies and is scanned there: Parquet, or a table of a warehouse. A table (`is_table`) has
    typed columns and no order of rows, and no cell of it is ever shown.
    """

    relation: str
    columns: tuple[SourceColumn, ...]
    sha256: str
    stays: bool
    rows: int
    is_table: bool = False
    blank: int = 0
    unread: tuple[tuple[int, str], ...] = ()


@value
class Staged:
    """A mapped file, typed. `relation` has a row per row read, with `status` and the typed columns."""

    file: MappedFile
    relation: str
    raw: Raw
    columns: tuple[Typed, ...]
    faults: tuple[Fault, ...]
    counts: tuple[tuple[int, int], ...]

    def has(self, name: str) -> bool:
        """Whether the file gives this column."""
        return any(column.name == name for column in self.columns)

    def type_of(self, name: str) -> str:
        """The type of this column in the engine."""
        return next(column.type for column in self.columns if column.name == name)

    @property
    def accepted(self) -> str:
        """The accepted rows; without a filter where every row was accepted, to leave a scan as it is."""
        is_whole = all(status == 0 for status, _ in self.counts)
        return self.relation if is_whole else f"(SELECT * FROM {self.relation} WHERE status = 0)"

    def count(self, status: int) -> int:
        """How many rows have this status."""
        return dict(self.counts).get(status, 0)

    @property
    def rejected(self) -> int:
        """How many rows were rejected, unreadable ones included."""
        return sum(n for status, n in self.counts if status > 0) + len(self.raw.unread)


def open_raw(
    engine: DuckDB, path: Path, file: MappedFile, relation: str, read: Sequence[str]
) -> tuple[Raw | None, list[Problem]]:
    """The file in the engine: text through the reading room, Parquet where it lies (columns `read`)."""
    if is_parquet(path):
        unsound = unsound_parquet(engine, path, read, file=file.path)
        if unsound is not None:
            return None, [unsound]
        columns = engine.register_parquet(relation, path)
        ((rows,),) = engine.query(f"SELECT COUNT(*) FROM {relation}")
        return Raw(relation=relation, columns=columns, sha256=sha256_of(path), stays=True, rows=rows), []
    layout = Layout(
        encoding=file.encoding,
        delimiter=file.delimiter,
        title_rows=file.title_rows,
        header_rows=file.header_rows,
        sheet=file.sheet,
        decimal=file.decimal,
        thousands=file.thousands,
    )
    laid = engine.folder / f"{relation}.csv"
    table, problems = lay_out(path, into=laid, layout=layout, name=file.path)
    if table is None:
        return None, list(problems)
    if isinstance(table, LaidOut):
        engine.load_laid_out(relation, laid, len(table.header), table.widest)
        laid.unlink()
    else:
        by_column = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
        engine.load_texts(relation, table.row_numbers, by_column)
    return _read(engine, relation, table), list(problems)


def _read(engine: DuckDB, relation: str, table: TextTable | LaidOut) -> Raw:
    """What is in the engine of a text file; as many rows as its reader accepted, or an error."""
    ((rows,),) = engine.query(f"SELECT COUNT(*) FROM {relation}")
    if rows != table.account.accepted:
        raise EngineError(f"{table.account.accepted:,} rows were read, but {rows:,} arrived.")
    return Raw(
        relation=relation,
        columns=tuple(
            SourceColumn(header=header, name=f"c{i}", type="VARCHAR") for i, header in enumerate(table.header)
        ),
        sha256=table.sha256,
        stays=False,
        rows=table.account.rows_in,
        blank=table.account.rows_skipped,
        unread=tuple((row.row, row.reason) for row in table.account.rejected),
    )


def open_table(engine: Warehouse, file: MappedFile, relation: str) -> tuple[Raw | None, list[Problem]]:
    """The table where it lies; its fingerprint is that of its name, columns and number of rows."""
    columns = engine.register(relation, file.path, read_of(file))
    if not columns:
        return None, [_no_such_table(file)]
    ((rows,),) = engine.query(f"SELECT COUNT(*) FROM {relation}")
    known = repr((engine.name, file.path, [(column.header, column.type) for column in columns], rows))
    digest = sha256(known.encode()).hexdigest()
    return Raw(relation=relation, columns=columns, sha256=digest, stays=True, rows=rows, is_table=True), []


def read_of(file: MappedFile) -> tuple[str, ...]:
    """Every column of the user's file that is read."""
    read = [column for rule in file.rules for column in rule.columns]
    read += [part.column for part in (file.keep, file.weight) if part is not None]
    return tuple(dict.fromkeys(read))


def stage(
    engine: Engine,
    file: MappedFile,
    raw: Raw,
    relation: str,
    names: Names,
    lookups: Dictionary[Lookup, str],
    *,
    with_personal: bool = False,
) -> tuple[Staged | None, list[Problem]]:
    """The file typed by its rules, under the names that columns have inside the engine.

    `with_personal` brings its personal columns along as texts (`personal_names`), to mask comments by them.
    """
    source = Source(file, raw.columns, lookups)
    problems = _unknown_columns(file, source)
    problems = problems or _unfit_types(file, source, is_table=raw.is_table)
    if problems:
        return None, problems
    columns = [replace(typed(rule, source), name=names.inside(rule, file)) for rule in file.rules]
    if file.weight is not None:
        columns.append(weight_of(file.weight, source))
    columns += [
        replace(inapplicable(rule, source), name=names.inapplicable(rule.name))
        for rule in file.ratings
        if rule.not_applicable
    ]
    if with_personal and not raw.is_table:
        columns += [
            Typed(name=name, sql=source.text(header), type="VARCHAR")
            for name, header in zip(personal_names(file, relation), file.personal, strict=True)
        ]
    faults = (*(fault for column in columns for fault in column.faults), *_ended_first(file, source, columns))
    selected = ", ".join(f"{column.sql} AS {column.name}" for column in columns)
    name = engine.view if raw.stays else engine.table
    name(
        relation,
        f"SELECT row, {_status(file, source, columns, faults)} AS status, {selected} "
        f"FROM {raw.relation}{_lookup_joins(file, source)}",
    )
    staged = Staged(file=file, relation=relation, raw=raw, columns=tuple(columns), faults=faults, counts=())
    return recounted(engine, staged), []


def personal_names(file: MappedFile, relation: str) -> tuple[str, ...]:
    """What the personal columns of a file are called inside, where they were asked for."""
    return tuple(f"personal_{relation}_{i}" for i in range(len(file.personal)))


def recounted(engine: Engine, staged: Staged) -> Staged:
    """The same with its rows counted by status anew."""
    counts = engine.query(f"SELECT status, COUNT(*) FROM {staged.relation} GROUP BY 1 ORDER BY 1")
    return replace(staged, counts=tuple((int(status), int(n)) for status, n in counts))


def _ended_first(file: MappedFile, source: Source, columns: Sequence[Typed]) -> tuple[Fault, ...]:
    """Customers who ended before they started, where one file gives both days."""
    made = {column.name: column.sql for column in columns}
    rule = file.rule("ended")
    if rule is None or "started" not in made or file.table is not Table.CUSTOMERS:
        return ()
    return (
        Fault(
            condition=f"({made['ended']}) < ({made['started']})",
            column=rule.column or "",
            code="ended-first",
            reason="The customer ended before they started.",
            remedy="Mend both days or their formats; or leave such customers out: write `tolerate` for this "
            "file, the share of its rows that may be rejected.",
            shown=source.shown(rule.column or ""),
        ),
    )


def _status(file: MappedFile, source: Source, columns: Sequence[Typed], faults: Sequence[Fault]) -> str:
    cases = []
    if file.keep is not None:
        texts = ", ".join("'" + text.replace("'", "''") + "'" for text in file.keep.texts)
        cases.append(f"WHEN coalesce({source.text(file.keep.column)}, '') NOT IN ({texts}) THEN {NOT_KEPT}")
    cases += [f"WHEN {fault.condition} THEN {i}" for i, fault in enumerate(faults, start=1)]
    if file.table is Table.FEEDBACK:
        score = next(column for column in columns if column.name == "score")
        cases.append(f"WHEN ({score.sql}) IS NULL THEN {NO_SCORE}")
    return f"CAST(CASE {' '.join(cases)} ELSE 0 END AS SMALLINT)" if cases else "CAST(0 AS SMALLINT)"


def _lookup_joins(file: MappedFile, source: Source) -> str:
    return "".join(
        f" LEFT JOIN {source.lookups[rule.lookup]} ON {source.lookups[rule.lookup]}.key = "
        f"{source.text(rule.column or '')}"
        for rule in file.segments
        if rule.lookup is not None
    )


def _no_such_table(file: MappedFile) -> Problem:
    return Problem(
        file=file.path,
        what=f"The warehouse has no table of this name, or not for this login ({file.connection}).",
        remedy="Name it with its schema, exactly as it is written there, and grant SELECT on it.",
        code="no-such-table",
    )


def _unknown_columns(file: MappedFile, source: Source) -> list[Problem]:
    return [
        Problem(
            file=file.path,
            column=column,
            what=f"The mapping names a column {column!r} that the file does not have.",
            remedy=_did_you_mean(column, source.headers),
            row=1,
            code="no-such-column",
        )
        for column in dict.fromkeys((*read_of(file), *file.personal))
        if column not in source
    ]


def _did_you_mean(column: str, headers: Sequence[str]) -> str:
    near = get_close_matches(column, headers, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {near[0]!r}?"
    shown = ", ".join(headers[:12]) + (", …" if len(headers) > 12 else "")
    return f"It has: {shown}."


def _unfit_types(file: MappedFile, source: Source, *, is_table: bool) -> list[Problem]:
    """Columns of a Parquet file or a table whose stored type no rule can read."""
    return [
        Problem(
            file=file.path,
            column=column,
            what=f"The column is stored as {source.column(column).type}, which is no {rule.sort.value}.",
            remedy=_TYPED_TABLE if is_table else _TYPED_FILE,
            code="stored-type",
        )
        for rule in file.rules
        for column in rule.columns
        if column != rule.currency or not source.is_text(column)
        if not (_fits_table if is_table else _fits)(rule, source.column(column).type)
    ]


def _fits(rule: ColumnRule, stored: str) -> bool:
    if stored == "VARCHAR":
        return True
    if any(sign in stored for sign in ("STRUCT", "MAP", "[", "UNION", "BLOB")):
        return False
    if rule.sort is Sort.DATE or rule.later is not None:
        return stored.startswith(("DATE", "TIMESTAMP"))
    if rule.sort in (Sort.MONEY, Sort.SCORE, Sort.RATING) or rule.cut:
        return stored.endswith("INT") or stored.startswith(
            ("INTEGER", "UINTEGER", "DOUBLE", "FLOAT", "DECIMAL")
        )
    return True


def _fits_table(rule: ColumnRule, stored: str) -> bool:
    """A table is typed by its owner: texts are not read as numbers or dates, floats not as money."""
    if stored == "VARCHAR":
        is_text = rule.sort in (Sort.IDENTITY, Sort.TEXT, Sort.FLAG)
        return is_text and rule.later is None and not rule.cut
    if rule.sort is Sort.MONEY:
        return stored.endswith(("INT", "INTEGER")) or stored.startswith("DECIMAL")
    if stored in ("FLOAT", "DOUBLE"):
        return rule.sort in (Sort.SCORE, Sort.RATING) or bool(rule.cut)
    return stored.split("(")[0] in _OF_TABLES and _fits(rule, stored)


_OF_TABLES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP")
_TYPED_FILE = "Store it as a plain column of the right type, or as text with a declared form."
_TYPED_TABLE = (
    "Map a view that casts it: money to NUMERIC(18, 4), scores to a number, days to DATE or TIMESTAMP, "
    "texts to TEXT."
)
