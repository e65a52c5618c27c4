"""What is written is read back the same."""

import json
import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from companies import AS_OF, TINY, Vision, companies
from hypothesis import given, settings

from fulcrum import workflow
from fulcrum.core.company import Company
from fulcrum.core.errors import DataProblems, WrongUse
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.folder.own_playbook import read_own_playbook, write_own_playbook
from fulcrum.folder.read import read_folder
from fulcrum.folder.tables import TABLES
from fulcrum.folder.write import write_folder
from fulcrum.playbook.load import load_playbook
from fulcrum.simulation.company import tidewater


@settings(max_examples=40, deadline=None)
@given(company=companies())
def test_a_company_comes_back_as_it_was_written(company: Company) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(company, Path(folder))
        read, problems = read_folder(Path(folder), as_of=None)
    assert not [str(problem) for problem in problems if problem.is_error]
    assert read == company


def test_every_field_of_every_value_has_its_column() -> None:
    for table in TABLES:
        assert {column.field for column in table.columns} == {field.name for field in fields(table.make)}


def test_every_tuple_of_a_company_has_its_file() -> None:
    in_toml = {"name", "industry", "currency", "as_of", "is_simulated", "hours_per_week", "contact", "budget"}
    in_files = {table.field for table in TABLES} | {"vision", "initiatives"}
    assert in_toml | in_files == {field.name for field in fields(Company)}


@settings(max_examples=50, deadline=None)
@given(company=companies())
def test_a_company_comes_back_from_its_snapshot(company: Company) -> None:
    kept = json.loads(json.dumps(to_stored(company), allow_nan=False))
    assert from_stored(Company, kept) == company


def test_the_simulated_company_comes_back_as_it_was_written(tmp_path: Path) -> None:
    whole = tidewater()
    workflow.write_company(whole, tmp_path / "demo")
    assert read_folder(tmp_path / "demo", as_of=None) == (whole, ())


@pytest.mark.parametrize(
    ("company", "said"),
    [
        (replace(TINY, spend=(replace(TINY.spend[0], note="x" * 2001),)), "spend.csv, row 2, column note"),
        (replace(TINY, executives=(replace(TINY.executives[0], id="a/b"),)), "executives.csv, row 2"),
        (replace(TINY, vision=Vision(statement=" ")), "vision.toml, at statement"),
    ],
    ids=["a long note", "an id that names no file", "a vision without words"],
)
def test_what_a_folder_cannot_hold_is_told_before_anything_is_written(
    company: Company, said: str, tmp_path: Path
) -> None:
    with pytest.raises(DataProblems) as told:
        write_folder(company, tmp_path / "new")
    assert str(told.value.problems[0]).startswith(said)
    assert not (tmp_path / "new").exists()


def test_the_own_playbook_comes_back_byte_for_byte_and_recommends_the_same(tmp_path: Path) -> None:
    own = {
        "rules.toml": '[case.discount_rate]\r\nvalue = 0.11\r\nwhy = "Ours."\r\nsource = "Treasury"\r\n',
        "steps/own.toml": "# nothing yet – später\n",
    }
    workflow.write_company(TINY, tmp_path / "a", own=own)
    assert read_own_playbook(tmp_path / "a") == own
    assert load_playbook(tmp_path / "a" / "playbook").case.discount_rate.value == 0.11


@pytest.mark.parametrize("name", ["../rules.toml", "/rules.toml", "rules.py", "a\\..\\rules.toml"])
def test_an_own_playbook_is_never_written_elsewhere(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="is no file of a playbook"):
        write_own_playbook({name: ""}, tmp_path)


def test_a_company_is_never_written_over_another(tmp_path: Path) -> None:
    write_folder(TINY, tmp_path)
    with pytest.raises(WrongUse, match=r"company\.toml"):
        write_folder(TINY, tmp_path)


def test_texts_that_a_spreadsheet_would_run_are_guarded_in_the_file(tmp_path: Path) -> None:
    risky = replace(TINY, spend=(replace(TINY.spend[0], note="=HYPERLINK(1)", item="-5"),))
    write_folder(risky, tmp_path)
    line = (tmp_path / "spend.csv").read_text("utf-8-sig").splitlines()[1]
    assert line == f"{AS_OF},-5,8200.50,,'=HYPERLINK(1)"
    assert read_folder(tmp_path, as_of=None)[0] == risky
