"""The five canonical tables: files of one table stacked, files of customers joined side by side.

Where every file of a table is text, the table is made once; where one of them is Parquet, or a table of a
warehouse, it is a view, so that a query over it is one scan where the rows lie.
"""
# ruff: noqa: S608 — identifiers are made here

import re
from collections.abc import Sequence

from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.evidence.intake.staging import AGAIN, NOT_KEPT, OUTSIDE, Staged, recounted

_CONTENT = ("response", "customer", "score", "answered_at", "comment", "touchpoint")


@value
class Stack:
    """A canonical table in the engine: which columns it has, and the files behind it."""

    table: Table
    columns: tuple[tuple[str, str], ...]  # name inside, type
    files: tuple[Staged, ...]
    is_view: bool

    @property
    def is_ordered(self) -> bool:
        """Whether its rows have an order: files do, tables of a warehouse do not."""
        return not any(part.raw.is_table for part in self.files)

    def has(self, *names: str) -> bool:
        """Whether the table has all of these columns."""
        return set(names) <= {name for name, _ in self.columns}

    def is_whole(self, name: str) -> bool:
        """Whether the column holds whole numbers only."""
        return dict(self.columns).get(name) in ("TINYINT", "BIGINT")

    @property
    def is_wide(self) -> bool:
        """Whether these are customers who carry their answer in the same row."""
        return self.table is Table.CUSTOMERS and self.has("score")


Stacks = dict[Table, Stack]


def set_apart(engine: DuckDB, staged: Sequence[Staged]) -> tuple[Staged, ...]:
    """Answers that came twice with the same content, and rows of customers outside the base, skipped."""
    _skip_repeats(engine, [part for part in staged if _is_text_feedback(part) and part.has("response")])
    outside = _outside(staged)
    if outside is not None:
        for part in staged:
            if part.file.table is not Table.CUSTOMERS and not part.raw.stays:
                engine.run(
                    f"UPDATE {part.relation} SET status = {OUTSIDE} WHERE status = 0 "
                    f"AND CAST(customer AS VARCHAR) IN ({outside})"
                )
    return tuple(part if part.raw.stays else recounted(engine, part) for part in staged)


def canonical(engine: Engine, staged: Sequence[Staged], buckets: int) -> Stacks:
    """Every canonical table that the files feed; `bucket` parts its customers into so many groups."""
    stacks: Stacks = {}
    identity = _identity_type(staged)
    bucket = bucket_of("customer", identity, buckets)
    for table in Table:
        parts = tuple(part for part in staged if part.file.table is table)
        if not parts:
            continue
        types = _types(engine, parts, identity)
        is_view = any(part.raw.stays for part in parts)
        body = _side_by_side(parts, types) if table is Table.CUSTOMERS else _stacked(parts, types)
        name = engine.view if is_view else engine.table
        name(table.value, f"SELECT *, {bucket} AS bucket FROM ({body})")
        stacks[table] = Stack(table=table, columns=tuple(types.items()), files=parts, is_view=is_view)
    if (customers := stacks.get(Table.CUSTOMERS)) is not None and customers.is_wide:
        engine.view("feedback", "SELECT 0 AS file, 0 AS row, * FROM customers WHERE score IS NOT NULL")
    return stacks


def bucket_of(customer: str, type: str, buckets: int) -> str:
    """The bucket of a customer, the same on every engine: by arithmetic for whole numbers, else by md5."""
    if type == "BIGINT":
        return f"CAST(abs({customer}) % {buckets} AS TINYINT)"
    digits = [f"strpos('0123456789abcdef', substr(md5({customer}), {i}, 1)) - 1" for i in (1, 2)]
    return f"CAST((16 * ({digits[0]}) + {digits[1]}) % {buckets} AS TINYINT)"


def _stacked(parts: Sequence[Staged], types: dict[str, str]) -> str:
    selects = []
    for i, part in enumerate(parts):
        columns = ", ".join(f"{_cast(part, name, type)} AS {name}" for name, type in types.items())
        selects.append(f"SELECT {i} AS file, row, {columns} FROM {part.accepted}")
    return " UNION ALL ".join(selects)


def _side_by_side(parts: Sequence[Staged], types: dict[str, str]) -> str:
    """One row per customer: all files' columns, without customers that a `keep` rule left out."""
    if len(parts) == 1:
        columns = ", ".join(f"{_cast(parts[0], name, type)} AS {name}" for name, type in types.items())
        return f"SELECT {columns} FROM {parts[0].accepted}"
    identity = f"CAST(customer AS {types['customer']}) AS customer"
    everyone = " UNION ".join(f"SELECT {identity} FROM {part.accepted}" for part in parts)
    joins: list[str] = []
    output = ["everyone.customer"]
    for i, part in enumerate(parts):
        own = [name for name in types if name != "customer" and part.has(name)]
        typed = ", ".join([identity, *(f"{_cast(part, name, types[name])} AS {name}" for name in own)])
        joins.append(f"LEFT JOIN (SELECT {typed} FROM {part.accepted}) p{i} USING (customer)")
        output += [f"p{i}.{name}" for name in own]
    outside = _outside(parts)
    where = [] if outside is None else [f"CAST(everyone.customer AS VARCHAR) NOT IN ({outside})"]
    where += [f"NOT coalesce({ended} < {started}, FALSE)" for started, ended in _of_two_files(parts)]
    kept = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {', '.join(output)} FROM ({everyone}) everyone {' '.join(joins)}{kept}"


def _of_two_files(parts: Sequence[Staged]) -> list[tuple[str, str]]:
    """Start and end of a customer, where they come from two files; within one, the row is rejected."""
    places = [
        next((i for i, part in enumerate(parts) if part.has(name)), None) for name in ("started", "ended")
    ]
    started, ended = places
    if started is None or ended is None or started == ended:
        return []
    return [(f"p{started}.started", f"p{ended}.ended")]


def _outside(staged: Sequence[Staged]) -> str | None:
    """The customers whom a `keep` rule of a customers file left out, as a subquery."""
    parts = [part for part in staged if part.file.table is Table.CUSTOMERS and part.count(NOT_KEPT)]
    selects = [
        f"SELECT CAST(customer AS VARCHAR) FROM {part.relation} "
        f"WHERE status = {NOT_KEPT} AND customer IS NOT NULL"
        for part in parts
    ]
    return " UNION ".join(selects) or None


def _skip_repeats(engine: DuckDB, parts: Sequence[Staged]) -> None:
    if not parts:
        return
    seen = " UNION ALL ".join(
        f"SELECT {i} AS part, row, {', '.join(_content(part))} FROM {part.relation} WHERE status = 0"
        for i, part in enumerate(parts)
    )
    engine.run(
        f"CREATE TEMP TABLE repeats AS SELECT part, row FROM (SELECT part, row, response, ROW_NUMBER() OVER "
        f"(PARTITION BY {', '.join(_CONTENT)} ORDER BY part, row) AS place FROM ({seen})) "
        "WHERE place > 1 AND response IS NOT NULL"
    )
    for i, part in enumerate(parts):
        engine.run(
            f"UPDATE {part.relation} SET status = {AGAIN} "
            f"WHERE row IN (SELECT row FROM repeats WHERE part = {i})"
        )
    engine.run("DROP TABLE repeats")


def _content(part: Staged) -> list[str]:
    return [f"CAST({name if part.has(name) else 'NULL'} AS VARCHAR) AS {name}" for name in _CONTENT]


def _is_text_feedback(part: Staged) -> bool:
    return part.file.table is Table.FEEDBACK and not part.raw.stays


def _identity_type(staged: Sequence[Staged]) -> str:
    """Ids are whole numbers only where every file stores them so; otherwise they are text everywhere."""
    is_whole = all(part.type_of("customer") == "BIGINT" for part in staged)
    return "BIGINT" if is_whole else "VARCHAR"


def _types(engine: Engine, parts: Sequence[Staged], identity: str) -> dict[str, str]:
    """The columns that any of the files gives, each with a type that all of them can have."""
    types: dict[str, str] = {}
    for part in parts:
        for column in part.columns:
            known = types.setdefault(column.name, column.type)
            if known != column.type:
                types[column.name] = "DOUBLE" if _is_scored(column.name) else "VARCHAR"
    types["customer"] = identity
    broken = [name for name, type in types.items() if _is_scored(name) and type == "DOUBLE"]
    return types | dict.fromkeys(_whole(engine, parts, broken), "TINYINT")


def _is_scored(name: str) -> bool:
    return re.fullmatch(r"score|r\d+", name) is not None


def _whole(engine: Engine, parts: Sequence[Staged], names: Sequence[str]) -> list[str]:
    """Those columns that hold small whole numbers in every file, although they are stored as broken ones."""
    whole = list(names)
    for part in parts:
        held = [name for name in whole if part.has(name)]
        if not held:
            continue
        counts = ", ".join(
            f"COUNT(CASE WHEN {name} <> floor({name}) OR abs({name}) > 100 THEN 1 END)" for name in held
        )
        (broken,) = engine.query(f"SELECT {counts} FROM {part.relation} WHERE status = 0")
        whole = [name for name in whole if name not in held or broken[held.index(name)] == 0]
    return whole


def _cast(part: Staged, name: str, to: str) -> str:
    if not part.has(name):
        return f"CAST(NULL AS {to})"
    return name if part.type_of(name) == to else f"CAST({name} AS {to})"
