"""The same numbers to the last digit, wherever the rows lie: files, PostgreSQL, Spark."""

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fulcrum import workflow
from fulcrum.core.errors import Severity, WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.plain import to_plain
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.engine import gather
from fulcrum.evidence.engines.engine import EngineError
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping import Mapping
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load, load_into
from fulcrum.evidence.queries import (
    duration_cells,
    keys_of,
    outcome_cells,
    outcome_query,
    score_cells,
)
from fulcrum.evidence.rating_queries import behaviour_products, rating_products, rating_query
from fulcrum.playbook.load import load_playbook

sqlglot = pytest.importorskip("sqlglot", reason="sqlglot is not installed (make engines)")

sys.path.insert(0, str(Path(__file__).parent))
import engine_data  # noqa: E402
from engines_at_hand import VARIABLE, Paper, PostgresServer, SparkHere, running_postgres, running_spark  # noqa: E402

SNAPSHOTS = Path(__file__).parent / "snapshots"
AS_OF = date(2026, 11, 22)
Place = Paper | PostgresServer | SparkHere


@pytest.fixture(scope="module", params=["paper", "postgres", pytest.param("spark", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Each engine in turn, for the length of this module."""
    if request.param == "paper":
        yield Paper()
    elif request.param == "postgres":
        with running_postgres() as server:
            os.environ[VARIABLE] = server.address
            yield server
            del os.environ[VARIABLE]
    else:
        with running_spark(tmp_path_factory.mktemp("spark")) as spark:
            yield spark


@pytest.fixture(scope="session")
def rules() -> EvidenceRules:
    return load_playbook().evidence


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("awkward")
    return folder, engine_data.awkward(folder)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("simulated")
    return folder, engine_data.simulated(folder, 1500)


def as_files(folder: Path, mapping: str) -> Mapping:
    """The mapping of the tables as Parquet files in this folder."""
    return mapped(folder, re.sub(r"<(\w+)>", r'path = "\1.parquet"', mapping))


def as_tables(folder: Path, mapping: str, place: Place) -> Mapping:
    """The mapping of the same tables where they lie in an engine, put there first."""
    names = tuple(re.findall(r"<(\w+)>", mapping))
    place.put(folder, names)
    address = {name: f'connection = "w"\nrelation = "{place.relation(name)}"' for name in names}
    return mapped(folder, re.sub(r"<(\w+)>", lambda found: address[found[1]], f"{mapping}\n{place.toml}"))


def mapped(folder: Path, text: str) -> Mapping:
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    mapping, problems = read_mapping(folder)
    assert mapping is not None, [str(problem) for problem in problems]
    return mapping


def all_cells(loaded: Loaded) -> dict[str, object]:
    """Every kind of cell and cross-product that the data carry, by all keys at once."""
    assert not loaded.errors, [str(problem) for problem in loaded.errors]
    assert loaded.answers is not None
    assert loaded.customers is not None
    keys = keys_of(loaded.answers)
    found: dict[str, object] = {
        "scores": score_cells(loaded, keys),
        "sums": score_cells(loaded, [key for key in keys if key != "score"]),
    }
    if loaded.durations is not None:
        found["durations"] = duration_cells(loaded, ("bucket",))
    for outcome in loaded.customers.outcomes:
        found[outcome.name] = outcome_cells(loaded, outcome.name, keys_of(loaded.customers))
    if loaded.answers.ratings:
        found["ratings"] = rating_products(loaded)
        outcomes = [one.name for one in loaded.customers.outcomes if one.name in ("spend", "stayed")]
        found["behaviour"] = behaviour_products(loaded, outcomes)
    return found


def assert_same(found: object, expected: object, what: str) -> None:
    """Both values hold the same digits."""
    for field in fields(expected):  # type: ignore[arg-type]
        ours, theirs = getattr(found, field.name), getattr(expected, field.name)
        same = np.array_equal(ours, theirs) if isinstance(theirs, np.ndarray) else ours == theirs
        assert same, f"{what}: {field.name}"


def loaded_from(folder: Path, mapping: Mapping, place: Place | None, rules: EvidenceRules) -> Loaded:
    if isinstance(place, Paper):
        return load_into(place.open(), folder, mapping, rules=rules, as_of=AS_OF)
    return load(folder, mapping, rules=rules, as_of=AS_OF)


@pytest.mark.slow
@pytest.mark.parametrize("company", ["awkward", "simulated"])
def test_every_cell_is_the_same_to_the_digit(
    company: str, place: Place, rules: EvidenceRules, request: pytest.FixtureRequest
) -> None:
    if company == "simulated" and isinstance(place, SparkHere):
        pytest.skip("the whole evidence of this company is compared below, and Spark is slow to warm up")
    folder, text = request.getfixturevalue(company)
    with (here := loaded_from(folder, as_files(folder, text), None, rules)).engine:
        expected = all_cells(here)
    with (there := loaded_from(folder, as_tables(folder, text, place), place, rules)).engine:
        found = all_cells(there)
    assert found.keys() == expected.keys()
    for what, cells in expected.items():
        assert_same(found[what], cells, what)
    assert (there.base, there.time_order, there.answered_once) == (
        here.base,
        here.time_order,
        here.answered_once,
    )
    assert [(f.rows, f.accepted, f.rejected) for f in there.files] == [
        (f.rows, f.accepted, f.rejected) for f in here.files
    ]


def test_a_large_account_and_a_large_weight_overflow_nothing(
    awkward: tuple[Path, str], rules: EvidenceRules
) -> None:
    folder, text = awkward
    with (data := loaded_from(folder, as_files(folder, text), None, rules)).engine:
        cells = outcome_cells(data, "spend", ("bucket",))
    assert cells.wyy.max() > 1e15


WRONG = {
    "missing",
    "off-scale",
    "customer-twice",
    "response-twice",
    "orphans",
    "currency",
    "control-total",
    "negative",
    "thousand-fold",
    "dominant-account",
    "dont-know",
    "future",
    "window-open",
}


@pytest.mark.slow
def test_what_is_wrong_with_files_is_found_in_tables_and_no_row_is_shown(
    place: Place, rules: EvidenceRules, tmp_path: Path
) -> None:
    text = engine_data.bad(tmp_path)
    with (here := loaded_from(tmp_path, as_files(tmp_path, text), None, rules)).engine:
        assert {problem.code for problem in here.problems} == WRONG
    with (there := loaded_from(tmp_path, as_tables(tmp_path, text, place), place, rules)).engine:
        assert {problem.code for problem in there.problems} == WRONG | {"in-warehouse"}
    assert [problem.severity for problem in there.problems if problem.code != "in-warehouse"] == [
        problem.severity for problem in here.problems
    ]
    assert {problem.row for problem in there.problems} == {None}
    assert there.rejected == ()
    assert [(f.rows, f.accepted, f.rejected) for f in there.files] == [
        (f.rows, f.accepted, f.rejected) for f in here.files
    ]


def test_a_table_is_typed_by_its_owner_and_told_where_it_is_not(
    place: Place, rules: EvidenceRules, tmp_path: Path
) -> None:
    engine_data.copy(
        "SELECT 1 AS customer, '7' AS nps, '01.02.2025' AS day, 1.5::DOUBLE AS paid, 2.5::DOUBLE AS size",
        tmp_path / "t.parquet",
    )
    feedback = """currency = "EUR"
[[files]]
<t>
table = "feedback"
[files.columns]
customer = "customer"
score = { column = "nps", scale = [0, 10], kind = "nps" }
answered_at = "day"
touchpoint = "nowhere"
"""
    with (data := loaded_from(tmp_path, as_tables(tmp_path, feedback, place), place, rules)).engine:
        assert [(one.code, one.column) for one in data.errors] == [("no-such-column", "nowhere")]
    feedback = feedback.replace("nowhere", "size")
    with (data := loaded_from(tmp_path, as_tables(tmp_path, feedback, place), place, rules)).engine:
        wrong = [(one.code, one.column) for one in data.errors]
    assert wrong == [("stored-type", "nps"), ("stored-type", "day"), ("stored-type", "size")]
    money = feedback[: feedback.index("table")] + (
        'table = "transactions"\n[files.columns]\ncustomer = "customer"\namount = "paid"\n'
    )
    with (data := loaded_from(tmp_path, as_tables(tmp_path, money, place), place, rules)).engine:
        assert [(one.code, one.column) for one in data.errors] == [("stored-type", "paid")]
    mapping = as_tables(tmp_path, money, place)
    gone = replace(mapping, files=(replace(mapping.files[0], path=f"{mapping.files[0].path}x"),))
    with (data := loaded_from(tmp_path, gone, place, rules)).engine:
        assert [one.code for one in data.errors] == ["no-such-table"]


@pytest.mark.slow
def test_the_evidence_is_the_same_but_for_the_name_of_the_engine(
    simulated: tuple[Path, str], place: Place
) -> None:
    if isinstance(place, Paper):
        pytest.skip("is no engine that a mapping may name")
    folder, text = simulated
    workspace = workflow.open_workspace(folder / "company", today=AS_OF)
    playbook = workspace.playbook

    def gathered() -> str:
        evidence, problems = gather(
            folder,
            workspace.company,
            evidence_rules=playbook.evidence,
            case_rules=playbook.case,
            version="test",
            seed=workflow.SEED,
        )
        assert not [one for one in problems if one.severity is Severity.ERROR], problems
        return without_place(evidence)

    as_files(folder, text)
    expected = gathered()
    as_tables(folder, text, place)
    assert gathered() == expected


def without_place(evidence: Evidence) -> str:
    """The evidence as JSON, its traces by number, without the files, mapping and engine that they name."""
    plain = replace(evidence, files=(), traces=tuple(replace(one, files=()) for one in evidence.traces))
    text = json.dumps(to_plain(plain), ensure_ascii=False, indent=1)
    for i, trace in enumerate(evidence.traces):
        text = text.replace(f'"{trace.id}"', f'"trace {i}"')
    return re.sub(r'"(engine|mapping)",\s*"\w+"', r'"\1"', text)


def test_nothing_but_a_query_ever_reaches_postgres(place: Place, awkward: tuple[Path, str]) -> None:
    if not isinstance(place, PostgresServer):
        pytest.skip("only PostgreSQL has a read-only mode")
    place.put(awkward[0], ("people",))
    with place.open() as engine:
        for statement in (
            "CREATE TABLE cx.t (a int)",
            "DELETE FROM cx.people",
            "CREATE TEMP VIEW v AS SELECT 1",
        ):
            with pytest.raises(EngineError, match="read-only"):
                engine.rows(statement)
            with pytest.raises(WrongUse):
                engine.query(statement)
        assert engine.rows("SHOW default_transaction_read_only") == [("on",)]
        assert engine.rows("SHOW statement_timeout") == [("2min",)]
        hostile = 'cx."people; DROP TABLE cx.people"'
        assert engine.describe(hostile) == []
        assert engine.rows("SELECT COUNT(*) FROM cx.people") == [(300,)]


def test_an_address_that_is_wrong_is_told_without_its_password() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (make engines)")
    from fulcrum.evidence.engines.postgres import Postgres

    for address in ("postgresq//u:secret@h/d", "postgresql://u:secret@127.0.0.1:1/d"):
        with pytest.raises(EngineError) as told:
            Postgres(address, timeout_seconds=1)
        assert "secret" not in str(told.value)


@pytest.mark.slow
@pytest.mark.shared_data
def test_a_marketplace_of_a_hundred_thousand_weighted_orders_is_the_same(
    place: Place, rules: EvidenceRules, shared_data: Path, tmp_path: Path
) -> None:
    text = engine_data.marketplace(shared_data / "olist", tmp_path)
    with (here := loaded_from(tmp_path, as_files(tmp_path, text), None, rules)).engine:
        expected = all_cells(here)
    with (there := loaded_from(tmp_path, as_tables(tmp_path, text, place), place, rules)).engine:
        found = all_cells(there)
    for what, cells in expected.items():
        assert_same(found[what], cells, what)


@pytest.mark.slow
def test_the_whole_query_stands_in_the_words_of_engines_that_are_not_run_here(
    awkward: tuple[Path, str], rules: EvidenceRules
) -> None:
    folder, text = awkward
    paper = Paper()
    mapping = as_tables(folder, text, paper)
    with (data := load_into(paper.open(), folder, mapping, rules=rules, as_of=AS_OF)).engine as engine:
        queries = {
            "spend": outcome_query(data, "spend", ("prior_spend", "late", "bucket")),
            "ratings": rating_query(data.answers),
        }
        for dialect in ("snowflake", "bigquery", "databricks"):
            written = "".join(
                f"-- {name}\n{shown(engine.definitions.text(query, dialect), dialect)};\n\n"
                for name, query in queries.items()
            ).replace(str(folder), "data")
            compare(
                SNAPSHOTS / f"{dialect}.sql", f"-- Written and parsed by sqlglot; not executed.\n\n{written}"
            )


def shown(text: str, dialect: str) -> str:
    """The text laid out for reading, once it has been parsed as its dialect and written back unchanged."""
    written = sqlglot.parse_one(text, read=dialect).sql(dialect=dialect)
    parsed = sqlglot.parse_one(written, read=dialect)
    assert parsed.sql(dialect=dialect) == written
    return str(parsed.sql(dialect=dialect, pretty=True))


def compare(path: Path, text: str) -> None:
    """The text against its snapshot; FULCRUM_SNAPSHOTS=1 renews it."""
    if os.environ.get("FULCRUM_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
