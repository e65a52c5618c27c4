"""Any table, written in any dialect, is read back to the last character."""

import csv
import io
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulcrum.reading.text_table import Layout, read_table

ALPHABET = st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff")
CELL = st.text(ALPHABET, max_size=12) | st.sampled_from(
    ['"', '""', "a,b", "x;y", "1\n2", "\r\n", " ", "=1+1"]
)
PRINTED = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = CELL) -> list[list[str]]:
    """A header of plain labels and up to eight rows that are not wholly empty."""
    width = draw(st.integers(2, 5))
    row = st.lists(cells, min_size=width, max_size=width).filter(any)
    return [[f"c{i}" for i in range(width)], *draw(st.lists(row, min_size=1, max_size=8))]


def read_back(data: bytes, layout: Layout) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(data)
        table, problems = read_table(path, layout=layout)
    assert table is not None, list(map(str, problems))
    assert table.account.rows_in == len(table.rows)
    return [list(table.header), *map(list, table.rows)]


@settings(max_examples=300, deadline=None)
@given(
    table=tables(),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
)
def test_a_table_comes_back_from_every_dialect(
    table: list[list[str]], delimiter: str, quoting: int, end: str, encoding: str
) -> None:
    buffer = io.StringIO(newline="")
    if end != "\r\n":  # Python's writer quotes only the line ends that it writes itself
        quoting = csv.QUOTE_ALL
    csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    layout = Layout(delimiter=delimiter, encoding=encoding, header_rows=1)
    assert read_back(buffer.getvalue().encode(encoding), layout) == table


@settings(max_examples=150, deadline=None)
@given(table=tables(st.text(PRINTED, max_size=8)), delimiter=st.sampled_from(",;\t|"))
def test_undeclared_a_table_comes_back_or_the_delimiter_is_asked(
    table: list[list[str]], delimiter: str
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(buffer.getvalue().encode())
        read, problems = read_table(path)
    if read is None:
        assert {problem.code for problem in problems} <= {"delimiter-ask", "title-rows-ask"}
    else:
        assert [list(read.header), *map(list, read.rows)] == table


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        table, problems = read_table(path)
    assert table is not None or problems


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.sampled_from('ab",;\n\r1 '), max_size=60))
def test_whatever_the_text_the_account_adds_up(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(b"a,b\n" + text.encode())
        table, problems = read_table(path, layout=Layout(delimiter=","))
    if table is None:
        assert any(problem.is_error or problem.code.endswith("-ask") for problem in problems)
        return
    account = table.account
    assert account.rows_in == account.accepted + len(account.rejected) + account.rows_skipped
    assert len(table.rows) == account.accepted
    assert set(table.row_numbers).isdisjoint(rejected.row for rejected in account.rejected)


@pytest.mark.slow
def test_half_a_million_rows_are_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    rows = (
        f'"C{i:06d}",2026-01-{i % 28 + 1:02d},{i % 11},"seg{i % 5}",{i * 1.5},"text ""{i % 97}"""\n'
        for i in range(500_000)
    )
    path.write_text("id,date,score,segment,revenue,comment\n" + "".join(rows), encoding="utf-8")
    start = time.perf_counter()
    table, problems = read_table(path)
    taken = time.perf_counter() - start
    assert table is not None
    assert not problems
    assert len(table.rows) == 500_000
    assert taken < 10  # about 1.5 s on the machine it was written on
