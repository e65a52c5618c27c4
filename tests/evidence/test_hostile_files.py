"""Exports made to harm, mapped like any other: each ends in a Problem, and the engine lives on."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from folders import AS_OF, RULES, codes, feedback, file, loaded, mapped, problem, written

from fulcrum.evidence.intake.parquet_check import unsound_parquet
from fulcrum.evidence.intake.propose import propose_mapping
from fulcrum.evidence.intake.sources import DuckDB
from fulcrum.evidence.intake.tables import load

ROWS = 123_456
SECONDS = 40  # on a busy machine; alone each takes one to three
SELECT = (
    "SELECT CAST(range AS VARCHAR) AS customer, CAST(range % 11 AS INTEGER) AS score, "
    f"'because ' || (range * 7919 % 100000) AS why FROM range({ROWS})"
)
Bend = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sound Parquet file."""
    path = tmp_path_factory.mktemp("sound") / "f.parquet"
    duckdb.execute(f"COPY ({SELECT}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 200000)").fetchall()
    return path.read_bytes()


def said_rows(rows: int, *, places: int = 99) -> Bend:
    """A footer that says another number of rows, in the first so many places."""
    old, new = _number(ROWS), _number(rows)
    assert len(old) == len(new)

    def bend(data: bytes) -> bytes:
        start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        footer = data[start:-8]
        assert old in footer
        return data[:start] + footer.replace(old, new, places) + data[-8:]

    return bend


def _number(whole: int) -> bytes:
    """A whole number as Parquet's footer writes it."""
    left, out = whole << 1, b""
    while left > 127:
        out += bytes([left & 127 | 128])
        left >>= 7
    return out + bytes([left])


PARQUET: tuple[tuple[str, Bend, str], ...] = (
    ("cut off", lambda data: data[: len(data) // 2], "No magic bytes"),
    ("pages cut out", lambda data: data[: len(data) // 3] + data[len(data) // 2 :], ""),
    ("a page of zeros", lambda data: data[:5000] + bytes(50_000) + data[55_000:], ""),
    ("a footer longer than the file", lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1", "Footer length"),
    ("more rows than there are", said_rows(999_999), "999,999 rows where its pages hold 123,456"),
    ("fewer rows than there are", said_rows(70_000), "70,000 rows where its pages hold 123,456"),
    ("row groups that do not add up", said_rows(70_000, places=1), "its row groups 123,456"),
    ("nothing between its marks", lambda data: b"PAR1" + bytes(40) + b"PAR1", ""),
)


@pytest.mark.parametrize(
    ("name", "bend", "says"), PARQUET, ids=[name.replace(" ", "_") for name, _, _ in PARQUET]
)
def test_a_damaged_or_lying_parquet_is_a_problem(
    tmp_path: Path, sound: bytes, name: str, bend: Bend, says: str
) -> None:
    (tmp_path / "f.parquet").write_bytes(bend(sound))
    start = time.monotonic()
    with loaded(tmp_path, feedback("f.parquet", columns='comment = "why"'), {}) as data:
        found = problem(data, "unreadable")
        assert found.is_error, name
        assert (found.file, says in found.what) == ("f.parquet", True)
        assert str(tmp_path) not in str(found)
        assert data.engine.query("SELECT 1") == [(1,)]
    assert time.monotonic() - start < SECONDS


def test_the_sound_file_is_read(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / "f.parquet").write_bytes(sound)
    with loaded(tmp_path, feedback("f.parquet", columns='comment = "why"'), {}) as data:
        assert codes(data) == []
        assert data.files[0].accepted == ROWS


def test_a_parquet_that_unpacks_to_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    bomb = "SELECT range AS customer, 5 AS score, repeat('x', 4000000) AS why FROM range(400)"
    duckdb.execute(f"COPY ({bomb}) TO '{path}' (FORMAT parquet, CODEC zstd)").fetchall()
    assert path.stat().st_size < 100_000
    with loaded(tmp_path, feedback("f.parquet", columns='comment = "why"'), {}) as data:
        assert "unpacks to 1,600 MB" in problem(data, "unreadable").what
    with loaded(tmp_path, feedback("f.parquet"), {}) as data:  # the column is not read
        assert codes(data) == ["all-alike"]
    proposed, problems = propose_mapping(tmp_path)
    assert (proposed, [one.code for one in problems if one.file == "f.parquet"]) == ((), ["unreadable"])


def test_a_parquet_that_takes_too_long_is_a_problem(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "f.parquet"
    path.write_bytes(sound)
    with DuckDB() as engine:
        found = unsound_parquet(engine, path, file="f.parquet", seconds=0)
        assert found is not None
        assert found.code == "gave-up"
        assert not list(engine.folder.iterdir())  # nothing that the child began is left behind


def test_a_column_that_two_tables_read_is_read_first_for_both(tmp_path: Path, sound: bytes) -> None:
    place = sound.index(b"because ") + 200
    (tmp_path / "f.parquet").write_bytes(sound[:place] + bytes(3000) + sound[place + 3000 :])
    mapping = file("f.parquet", "customers", 'customer = "customer"')
    with loaded(tmp_path, mapping, {}) as data:
        assert codes(data) == []
    mapping += file("f.parquet", "contacts", 'customer = "customer"\nat = "score"\nreason = "why"')
    with loaded(tmp_path, mapping, {}) as data:
        assert problem(data, "unreadable").is_error


def test_a_large_text_goes_through_a_child_to_the_same_table(tmp_path: Path) -> None:
    rows = "".join(f'c{i},{i % 11},"so, ""{i}""\nand on"\n' for i in range(60_000))
    files = {"f.csv": f"customer,score,why\n{rows}"}
    with loaded(tmp_path, feedback(columns='comment = "why"'), files) as data:
        assert codes(data) == []
        assert data.files[0].accepted == 60_000
        last = data.engine.query(
            "SELECT row, customer, score, comment FROM feedback ORDER BY row DESC LIMIT 1"
        )
        assert last == [(60_001, "c59999", 59_999 % 11, 'so, "59999"\nand on')]
        assert not list(data.engine.folder.glob("*.csv"))  # type: ignore[attr-defined]


def test_a_pipe_a_folder_and_a_device_are_never_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    for name in ("pipe", "folder", "device"):
        written(tmp_path, feedback("there.csv"), {"there.csv": "customer,score\na,1\n"})
        mapping = mapped(tmp_path)
        moved = tmp_path / "there.csv"
        moved.unlink()  # the file is exchanged between the mapping's check and the reading
        moved.symlink_to(tmp_path / f"{name}.csv")
        data = load(tmp_path, mapping, rules=RULES, as_of=AS_OF)
        with data.engine:
            assert problem(data, "cannot-open").is_error
        moved.unlink()
