"""What a mapping says of tables in a warehouse, and what stands in the way of reaching it."""

from pathlib import Path

import pytest
from folders import AS_OF, RULES, feedback, mapped, written

from fulcrum.evidence.engines.warehouse import parts_of
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load

WAREHOUSE = '[connections.w]\nengine = "postgres"\ndsn_from_env = "FULCRUM_NOWHERE"\n'


def table(*, more: str = "", columns: str = "") -> str:
    entry = feedback(columns=columns, more=more)
    return entry.replace('path = "f.csv"', 'connection = "w"\nrelation = "cx.f"')


LOOKED_UP = '[files.segments.s]\ncolumn = "a"\nlookup = { path = "l.csv", key = "k", take = "t" }'


def told(folder: Path, mapping: str) -> str:
    """Everything that is wrong with a mapping, in one text."""
    found, problems = read_mapping(written(folder, mapping, {}))
    assert found is None
    return "\n".join(str(problem) for problem in problems)


def test_a_table_is_mapped_by_its_connection_and_name(tmp_path: Path) -> None:
    mapping = mapped(written(tmp_path, table() + WAREHOUSE, {}))
    assert mapping.connection is not None
    assert (mapping.files[0].path, mapping.connection.engine, mapping.connection.timeout_seconds) == (
        "cx.f",
        "postgres",
        600,
    )


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (table(), "There is no connection 'w'"),
        (feedback() + WAREHOUSE, "No file uses the connection 'w'"),
        (table(more='path = "g.csv"') + WAREHOUSE, "`path` is for files"),
        (table(more='decimal = ","') + WAREHOUSE, "`decimal` is for files"),
        (table() + WAREHOUSE + 'password = "x"', "is a secret"),
        (table() + WAREHOUSE.replace('dsn_from_env = "FULCRUM_NOWHERE"', ""), "`dsn_from_env` is missing"),
        (table() + WAREHOUSE.replace("postgres", "oracle"), "one of: postgres, spark"),
        (table() + feedback("g.csv") + WAREHOUSE, "in more than one place"),
        (table(columns='answered_at = { column = "a", format = "%Y" }') + WAREHOUSE, "has a `format`"),
        (table(columns=LOOKED_UP) + WAREHOUSE, "Join it in a view"),
    ],
)
def test_what_cannot_be_said_of_a_table_is_told_with_its_remedy(
    tmp_path: Path, mapping: str, said: str
) -> None:
    assert said in told(tmp_path, mapping)


def test_an_address_that_is_not_set_is_a_problem_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FULCRUM_NOWHERE", raising=False)
    mapping = mapped(written(tmp_path, table() + WAREHOUSE, {}))
    with (data := load(tmp_path, mapping, rules=RULES, as_of=AS_OF)).engine:
        (problem,) = data.errors
    assert problem.code in ("no-address", "engine-missing")
    assert problem.column == "connections.w"


def test_a_name_is_taken_apart_at_its_dots_unless_they_are_quoted() -> None:
    assert parts_of("cx.feedback") == ("cx", "feedback")
    assert parts_of('cx."a.b"') == ("cx", "a.b")
