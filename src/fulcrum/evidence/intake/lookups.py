"""Files that only translate one value to another, such as a customer's id to their state."""
# ruff: noqa: S608 — identifiers are made here

from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.findings import SourceFile
from fulcrum.evidence.intake.mapping import Lookup, Mapping
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.reading.text_table import TextTable, read_table


def load_lookups(
    engine: DuckDB, data_dir: Path, mapping: Mapping
) -> tuple[dict[Lookup, str], tuple[SourceFile, ...], list[Problem]]:
    """Each lookup of the mapping as a relation with `key` and `taken`, every key once."""
    wanted = dict.fromkeys(
        rule.lookup for file in mapping.files for rule in file.segments if rule.lookup is not None
    )
    relations: dict[Lookup, str] = {}
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for lookup in wanted:
        table, told = read_table(data_dir / lookup.path, name=lookup.path)
        problems += told
        if table is None:
            continue
        wrong = _unfit(lookup, table)
        if wrong is not None:
            problems.append(wrong)
            continue
        relation = f"look{len(relations)}"
        texts = [[text.strip() or None for text in table.column(name)] for name in (lookup.key, lookup.take)]
        engine.load_texts(f"{relation}_read", table.row_numbers, texts)
        engine.run(
            f"CREATE TABLE {relation} AS SELECT c0 AS key, MIN(c1) AS taken FROM {relation}_read "
            "WHERE c0 IS NOT NULL GROUP BY 1"
        )
        relations[lookup] = relation
        files[lookup.path] = _account(lookup, table)
    return relations, tuple(files.values()), problems


def _unfit(lookup: Lookup, table: TextTable) -> Problem | None:
    for name in (lookup.key, lookup.take):
        if name not in table.header:
            return Problem(
                file=lookup.path,
                row=1,
                column=name,
                what=f"The lookup names a column {name!r} that the file does not have.",
                remedy=f"It has: {', '.join(table.header[:12])}.",
                code="no-such-column",
            )
    return _two_answers(lookup, table)


def _two_answers(lookup: Lookup, table: TextTable) -> Problem | None:
    """A key that is exchanged for two different values would make the result a matter of chance."""
    seen: dict[str, str] = {}
    for row, key, taken in zip(
        table.row_numbers, table.column(lookup.key), table.column(lookup.take), strict=True
    ):
        if seen.setdefault(key.strip(), taken.strip()) != taken.strip():
            return Problem(
                file=lookup.path,
                row=row,
                column=lookup.key,
                what=f"{key!r} stands for two different values of {lookup.take!r}.",
                remedy="Leave one of them, or look up by another key.",
                code="lookup-twice",
            )
    return None


def _account(lookup: Lookup, table: TextTable) -> SourceFile:
    account = table.account
    return SourceFile(
        name=lookup.path,
        sha256=table.sha256,
        rows=account.rows_in,
        accepted=account.accepted,
        rejected=len(account.rejected),
        skipped=account.rows_skipped,
        skipped_because=tuple((skipped.rule, skipped.rows) for skipped in account.skipped),
    )
