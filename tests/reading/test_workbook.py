"""Workbooks: cells as lossless text, and a child that may fail without harm."""

import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from bad_files import PLAIN, book, repacked

from fulcrum.reading import confined
from fulcrum.reading.cell_text import texts_of
from fulcrum.reading.text_table import Layout, Limits, read_table


def test_cells_become_the_shortest_exact_text() -> None:
    cells = [
        "00123",
        5.0,
        0.1 + 0.2,
        1e20,
        1e-7,
        -0.0,
        True,
        date(2026, 3, 9),
        time(12, 0),
        timedelta(hours=36),
    ]
    (texts,), miscounted = texts_of([cells])
    assert texts == [
        "00123",
        "5",
        "0.30000000000000004",
        "100000000000000000000",
        "0.0000001",
        "0",
        "TRUE",
        "2026-03-09",
        "12:00:00",
        "36:00:00",
    ]
    assert not miscounted


def test_a_column_with_times_of_day_shows_them_at_midnight_too() -> None:
    texts, _ = texts_of([[datetime(2026, 3, 9, 10, 30)], [date(2026, 3, 10)]])  # noqa: DTZ001
    assert texts == [["2026-03-09 10:30:00"], ["2026-03-10 00:00:00"]]


def test_days_that_spreadsheets_miscount_are_rejected_with_their_row() -> None:
    _, miscounted = texts_of([["id"], [date(1900, 2, 28)]])
    assert list(miscounted) == [2]


@pytest.mark.parametrize("is_1904", [False, True])
def test_both_date_systems_give_the_same_days(tmp_path: Path, is_1904: bool) -> None:
    path = tmp_path / "days.xlsx"
    file = xlsxwriter.Workbook(str(path), {"date_1904": is_1904})
    sheet = file.add_worksheet()
    sheet.write_row(0, 0, ["id", "on"])
    sheet.write_string(1, 0, "A")
    sheet.write_datetime(1, 1, datetime(2026, 3, 9), file.add_format({"num_format": "dd.mm.yy"}))  # noqa: DTZ001
    file.close()
    table, problems = read_table(path)
    assert table is not None
    assert not problems
    assert table.rows == (("A", "2026-03-09"),)


def test_rows_are_numbered_as_the_program_shows_them(tmp_path: Path) -> None:
    table, _ = read_table(book(((), (), ("id", "n"), ("A", 1), (), ("B", 2)))(tmp_path))
    assert table is not None
    assert list(table.row_numbers) == [4, 6]
    assert table.account.rows_skipped == 1


def test_a_sheet_written_with_namespace_prefixes_is_swept_too(tmp_path: Path) -> None:
    def prefixed(parts: dict[str, bytes]) -> None:
        text = re.sub(rb"<(/?)(\w+)", rb"<\1x:\2", parts["xl/worksheets/sheet1.xml"])
        parts["xl/worksheets/sheet1.xml"] = text.replace(b"xmlns=", b"xmlns:x=")

    table, _ = read_table(repacked(prefixed, (("id", "n"), ("A", "=1/0"), ("B", 3)))(tmp_path))
    assert table is not None
    assert table.rows == (("B", "3"),)
    assert [rejected.row for rejected in table.account.rejected] == [2]


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 30\n")
    sleeper.chmod(0o755)
    path = book(PLAIN)(tmp_path)
    monkeypatch.setattr(confined.sys, "executable", str(sleeper))
    table, problems = read_table(path, limits=Limits(seconds=1))
    assert table is None
    assert "longer than 1 seconds" in problems[0].what


def test_a_child_that_crashes_is_a_problem_and_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crasher = tmp_path / "python"
    crasher.write_text("#!/bin/sh\nkill -ABRT $$\n")
    crasher.chmod(0o755)
    path = book(PLAIN)(tmp_path)
    monkeypatch.setattr(confined.sys, "executable", str(crasher))
    table, problems = read_table(path)
    assert table is None
    assert problems[0].code == "gave-up"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits; the time limit protects")
def test_the_child_limits_itself(tmp_path: Path) -> None:
    code = (
        "from fulcrum.reading.confined import confine; import resource;"
        "confine({'room': {'addresses': 2 << 30, 'seconds': 5, 'written': 0}});"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(2 << 30), "0"]


def test_every_cell_of_a_workbook_written_elsewhere_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    file = openpyxl.Workbook()
    sheet = file.active
    expected = [tuple(f"r{r}c{c}" if (r + c) % 3 else "" for c in range(30)) for r in range(200)]
    sheet.append([f"h{c}" for c in range(30)])
    for row in expected:
        sheet.append([cell or None for cell in row])
    file.save(path)
    table, problems = read_table(path, layout=Layout(sheet=sheet.title))
    assert not problems
    assert table is not None
    assert list(table.rows) == expected
