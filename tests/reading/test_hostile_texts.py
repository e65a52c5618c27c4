"""Texts made to harm: each ends in a Problem within seconds, and none takes the reader down with it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fulcrum.reading import confined
from fulcrum.reading.large_text import LaidOut
from fulcrum.reading.layout import Layout, Limits
from fulcrum.reading.text_table import TextTable, lay_out, read_table

BY_CHILD = Limits(in_place=0)
HERE = Limits(in_place=1 << 30)
SECONDS = 30  # on a busy machine; alone each takes a few
Write = Callable[[Path], object]
HUNDRED_MB = 100 << 20


def unclosed(path: Path) -> None:
    """A quote that opens in the second row and is closed nowhere: the rest is one cell."""
    with path.open("wb") as file:
        file.write(b'id,why\n1,"')
        for _ in range(HUNDRED_MB >> 20):
            file.write(b"x" * (1 << 20))


def one_cell(path: Path) -> None:
    """A closed cell far above what a cell may hold."""
    path.write_bytes(b'id,why\n1,"' + b"x" * (20 << 20) + b'"\n')


def sparse(path: Path) -> None:
    """Two gigabytes by its size, of which nothing is written."""
    path.write_bytes(b"id,score\n1,2\n")
    os.truncate(path, 2 << 30)


HOSTILE: tuple[tuple[str, Write, str], ...] = (
    ("a quote that is never closed", unclosed, "quote-unclosed"),
    ("a cell of twenty megabytes", one_cell, "cell-too-long"),
    ("two gigabytes of nothing", sparse, "too-big"),
    (
        "a hundred thousand columns",
        lambda p: p.write_bytes(b",".join(b"c%d" % i for i in range(100_000)) + b"\n1"),
        "too-wide",
    ),
    ("a million empty columns", lambda p: p.write_bytes(b"," * 1_000_000 + b"\n" + b"," * 1_000_000), ""),
    ("nothing but quotes", lambda p: p.write_bytes(b'"' * (3 << 20)), ""),
    (
        "quotes that open and close",
        lambda p: p.write_bytes(b"a,b\n" + b'"x"y,' * (1 << 20)),
        "quote-then-text",
    ),
    ("nothing but NUL", lambda p: p.write_bytes(bytes(3 << 20)), ""),
    ("NUL in every cell", lambda p: p.write_bytes(b"id,why\n" + b"1,a\0b\n" * (1 << 18)), "row-rejected"),
    ("nothing but line ends", lambda p: p.write_bytes(b"\n" * (3 << 20)), ""),
    ("random bytes", lambda p: p.write_bytes(os.urandom(3 << 20)), ""),
    ("a pipe", lambda p: os.mkfifo(p), "cannot-open"),
    ("a folder", lambda p: p.mkdir(), "cannot-open"),
    ("a device", lambda p: p.symlink_to("/dev/zero"), "cannot-open"),
    ("a link to nothing", lambda p: p.symlink_to("nowhere.csv"), "missing-file"),
    ("a link to itself", lambda p: p.symlink_to(p), "cannot-open"),
)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and limits of other systems")
@pytest.mark.parametrize(
    ("name", "write", "code"), HOSTILE, ids=[name.replace(" ", "_") for name, _, _ in HOSTILE]
)
def test_a_hostile_text_ends_in_a_problem_within_seconds(
    tmp_path: Path, name: str, write: Write, code: str
) -> None:
    path = tmp_path / "f.csv"
    write(path)
    start = time.monotonic()
    table, problems = lay_out(path, into=tmp_path / "rows", name="f.csv")
    assert time.monotonic() - start < SECONDS
    told = [one for one in problems if one.is_error or table is None]
    assert told, name
    assert all(one.file == "f.csv" and one.what and one.remedy for one in told)
    assert not code or told[0].code == code, told[0]
    assert table is None or table.account.accepted == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits; the time limit protects")
@pytest.mark.parametrize(
    ("room", "why"),
    [
        (confined.Room(addresses=40 << 20, seconds=5), "memory"),
        (confined.Room(addresses=4 << 30, seconds=5, written=10), "memory or time"),
    ],
)
def test_a_child_beyond_its_room_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: confined.Room, why: str
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"id,why\n" + b"1,two\n" * 400_000)
    monkeypatch.setattr("fulcrum.reading.large_text._room", lambda size, limits: room)
    table, (problem,) = read_table(path, limits=BY_CHILD)
    assert table is None
    assert problem.code == "gave-up"
    assert why in problem.what


def test_a_child_that_hangs_is_stopped_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n")
    sleeper.chmod(0o755)
    (tmp_path / "f.csv").write_text("id\n1\n")
    monkeypatch.setattr(confined.sys, "executable", str(sleeper))
    monkeypatch.setattr(
        "fulcrum.reading.large_text._room", lambda size, limits: confined.Room(addresses=1 << 30, seconds=1)
    )
    _, (problem,) = read_table(tmp_path / "f.csv", limits=BY_CHILD)
    assert "longer than 2 seconds" in problem.what


CELLS = st.text(st.sampled_from("ab ,;\t\"'\r\n\\é🙂\u2028\x1c=0"), max_size=8)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30))
def test_the_child_reads_what_is_read_here(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "f.csv"
    quoted = (
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("x", "y", "z"), *rows]
    )
    path.write_bytes("".join(f"{line}\n" for line in quoted).encode())
    layout = Layout(delimiter=",", header_rows=1)
    here, said_here = read_table(path, layout=layout, limits=HERE)
    there, said_there = read_table(path, layout=layout, limits=BY_CHILD)
    assert said_there == said_here
    assert _plain(there) == _plain(here)


def test_a_large_text_is_laid_out_and_a_small_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"id,why\n" + b'1,"two\nlines"\n' * 100_000)
    large, _ = lay_out(path, into=tmp_path / "rows")
    assert isinstance(large, LaidOut)
    assert large.account.accepted == 100_000
    assert (tmp_path / "rows").read_bytes().startswith(b'2,1,"two\nlines"\n3,1,')
    small, _ = lay_out(path, into=tmp_path / "none", limits=HERE)
    assert isinstance(small, TextTable)
    assert not (tmp_path / "none").exists()


def _plain(table: TextTable | None) -> object:
    if table is None:
        return None
    return (
        table.header,
        table.header_rows,
        list(table.rows),
        list(table.row_numbers),
        table.account,
        table.sha256,
    )
