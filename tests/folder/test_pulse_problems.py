"""Pulses in a company folder: gaps, answers given twice and late ones are named, and nothing stops."""

from pathlib import Path

import pytest
from companies import TINY

from fulcrum.core.errors import Severity
from fulcrum.folder.read import read_folder
from fulcrum.folder.write import write_folder

ROUNDS = "round,opens_on,closes_on,priorities\nspring,2026-02-01,2026-02-14,customers; cost\n"
HEAD = "respondent,date,question,answer,round\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(TINY, tmp_path / "acme")
    (tmp_path / "acme" / "pulse_rounds.csv").write_text(ROUNDS, encoding="utf-8")
    return tmp_path / "acme"


@pytest.mark.parametrize(
    ("rows", "row", "column", "says"),
    [
        (
            "cfo,2026-02-02,priority:cost,1,spring\ncfo,2026-02-02,priority:customers,3,spring\n",
            3,
            "answer",
            "nothing stands at 2",
        ),
        (
            "cfo,2026-02-02,who_leads,cfo,spring\ncfo,2026-02-05,who_leads,nobody,spring\n",
            3,
            "question",
            "in row 2",
        ),
        ("cfo,2026-02-20,who_leads,cfo,spring\n", 2, "date", "after the round closed"),
        ("cfo,2026-01-20,who_leads,cfo,spring\n", 2, "date", "before the round opened"),
        ("cfo,2026-02-02,who_leads,cfo,sprnig\n", 2, "round", "no round “sprnig”"),
    ],
)
def test_what_is_doubtful_is_asked_at_its_row(
    folder: Path, rows: str, row: int, column: str, says: str
) -> None:
    (folder / "pulses.csv").write_text(HEAD + rows, encoding="utf-8")
    company, problems = read_folder(folder, as_of=None)
    (problem,) = problems
    assert company is not None
    assert (problem.file, problem.row, problem.column) == ("pulses.csv", row, column)
    assert problem.severity is Severity.QUESTION
    assert says in problem.what
    assert problem.remedy


def test_ties_in_a_ranking_are_no_gap_however_they_are_written(folder: Path) -> None:
    ties = "cfo,2026-02-02,priority:a,1,\ncfo,2026-02-02,priority:b,1,\ncfo,2026-02-02,priority:c,{},\n"
    for rank in (2, 3):
        (folder / "pulses.csv").write_text(HEAD + ties.format(rank), encoding="utf-8")
        assert read_folder(folder, as_of=None)[1] == ()


def test_a_round_cannot_close_before_it_opens(folder: Path) -> None:
    (folder / "pulse_rounds.csv").write_text(ROUNDS.replace("2026-02-14", "2026-01-14"), encoding="utf-8")
    company, (problem,) = read_folder(folder, as_of=None)
    assert company is None
    assert (problem.row, problem.column) == (2, "closes_on")


def test_an_executive_without_a_role_is_a_problem_that_says_so(folder: Path) -> None:
    path = folder / "executives.csv"
    path.write_text("id,name,role\ncfo,Tomas,\n", encoding="utf-8")
    company, problems = read_folder(folder, as_of=None)
    assert company is None
    assert ("executives.csv", 2, "role") in {(one.file, one.row, one.column) for one in problems}
