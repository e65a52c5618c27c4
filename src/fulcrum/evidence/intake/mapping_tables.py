"""The part of `mapping.toml` on tables of a warehouse: connections, and what only files of text can have."""

from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.evidence.engines.connection import ENGINES, POSTGRES, Connection
from fulcrum.evidence.intake.mapping import Mapping
from fulcrum.evidence.intake.strict_toml import Reader

_OF_TEXTS = ("path", "sheet", "title_rows", "header_rows", "encoding", "delimiter", "decimal", "thousands")


def read_connections(connections: Reader | None) -> tuple[Connection, ...]:
    """The warehouses that the mapping names."""
    if connections is None:
        return ()
    found = tuple(
        _connection(name, reader) for name in connections if (reader := connections.table(name)) is not None
    )
    connections.finish()
    return found


def refuse_texts(file: Reader) -> None:
    """Notes every key that says how to read texts: a table is typed by its owner."""
    for key in _OF_TEXTS:
        if file.raw(key) is not None:
            file.wrong(key, "is for files, and this is a table of a warehouse.", "Leave it out.")


def problems_of_tables(mapping: Mapping) -> list[Problem]:
    """What the mapping says of tables that cannot be."""
    return [
        Problem(file="mapping.toml", what=what, remedy=remedy, column=column, code="mapping")
        for what, remedy, column in _contradictions(mapping)
    ]


def _contradictions(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """What, remedy, and where."""
    named = {file.connection for file in mapping.files}
    known = {connection.name for connection in mapping.connections}
    for name in sorted(filter(None, named - known)):
        yield f"There is no connection {name!r}.", f"Add a [connections.{name}] block.", "connection"
    for name in sorted(known - named):
        yield f"No file uses the connection {name!r}.", "Leave it out, or use it.", "connections"
    if len(named) > 1:
        yield (
            "The tables and files lie in more than one place, and rows never leave theirs.",
            "Bring them together: all in one warehouse, or all as files in the data folder.",
            "connection",
        )
    for file in mapping.files:
        if file.connection is None:
            continue
        for rule in file.rules:
            if rule.format is not None:
                yield (
                    f"{file.path} is a table, and `{rule.name}` has a `format`.",
                    "Map a column of type DATE or TIMESTAMP.",
                    rule.name,
                )
            if rule.lookup is not None:
                yield (
                    f"{file.path} is a table, and `{rule.name}` is looked up in a file.",
                    "Join it in a view of the warehouse.",
                    rule.name,
                )


def _connection(name: str, reader: Reader) -> Connection:
    engine = reader.choice("engine", ENGINES, required=True) or POSTGRES
    made = Connection(
        name=name,
        engine=engine,
        dsn_from_env=reader.text("dsn_from_env", required=engine == POSTGRES),
        timeout_seconds=reader.whole("timeout_seconds", lowest=1) or 600,
    )
    for key in ("dsn", "password"):
        if reader.raw(key) is not None:
            reader.wrong(
                key,
                "is a secret, and this file is passed around.",
                "Take it out and keep it in the variable that `dsn_from_env` names.",
            )
    reader.finish()
    return made
