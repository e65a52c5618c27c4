"""The engine reads the files it was given and nothing else, and nobody can change that."""

from pathlib import Path

import duckdb
import pytest

from fulcrum.evidence.engines.engine import EngineError, quoted
from fulcrum.evidence.intake.sources import DuckDB, EngineLimits, sha256_of


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "given.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS a) TO '{path}' (FORMAT parquet)").fetchall()
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "link.parquet").symlink_to(tmp_path / "other.csv")
    return path


FORBIDDEN = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('{dir}/other.csv')",
    "SELECT * FROM read_text('{dir}/link.parquet')",
    "SELECT * FROM read_text('{dir}/../{name}/other.csv')",
    "SELECT * FROM sniff_csv('{dir}/other.csv')",
    "SELECT * FROM glob('{dir}/*')",
    "SELECT * FROM read_csv('https://example.org/a.csv')",
    "COPY (SELECT 1) TO '{dir}/out.csv'",
    "EXPORT DATABASE '{dir}/out'",
    "ATTACH '{dir}/out.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 1",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
    "RESET lock_configuration",
    "CREATE SECRET s (TYPE s3)",
    "SELECT * FROM secret_of_python",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_statement_that_reaches_out_fails(given: Path, statement: str) -> None:
    secret_of_python = [1]
    with DuckDB(parquet=[given]) as engine, pytest.raises((duckdb.Error, EngineError)):
        engine.run(statement.format(dir=given.parent, name=given.parent.name))
    assert secret_of_python


def test_the_given_file_is_read_with_names_of_our_own(given: Path) -> None:
    with DuckDB(parquet=[given]) as engine:
        (column,) = engine.register_parquet("p", given)
        assert (column.header, column.name) == ("a", "c0")
        assert engine.query("SELECT * FROM p") == [(1, 2)]


def test_a_query_beyond_the_memory_ends_in_an_error_and_not_in_the_system(tmp_path: Path) -> None:
    tight = EngineLimits(memory="40MB", spill="1MB", threads=1)
    with DuckDB(limits=tight) as engine, pytest.raises(EngineError):
        engine.query("SELECT COUNT(DISTINCT md5(CAST(range AS VARCHAR))) FROM range(5000000)")


def test_texts_arrive_as_they_are_and_nothing_is_left_behind() -> None:
    engine = DuckDB()
    engine.load_texts("t", [2, 3], [["a'; DROP TABLE t; --", None], ["", "🙂"]])
    assert engine.query("SELECT * FROM t ORDER BY row") == [(2, "a'; DROP TABLE t; --", ""), (3, None, "🙂")]
    spill = Path(engine.query("SELECT current_setting('temp_directory')")[0][0])
    assert spill.is_dir()
    engine.close()
    assert not spill.exists()


def test_a_text_is_quoted_and_a_file_has_its_fingerprint(tmp_path: Path) -> None:
    assert quoted("it's") == "'it''s'"
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a").startswith("ba7816bf8f01cfea")
