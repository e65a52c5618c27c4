"""What is written is read back the same."""

import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from companies import AS_OF, TINY, companies
from hypothesis import given, settings

from fulcrum.core.company import Company
from fulcrum.core.errors import WrongUse
from fulcrum.folder.read import read_folder
from fulcrum.folder.tables import TABLES
from fulcrum.folder.write import write_folder


@settings(max_examples=100, deadline=None)
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
