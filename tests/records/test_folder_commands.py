"""`fulcrum import` and `fulcrum export`, as somebody at a terminal runs them."""

from pathlib import Path

import pytest

from desk_fixtures import Home
from folder.companies import TINY
from fulcrum.folder.read import read_folder
from fulcrum.folder.write import write_folder

pytestmark = pytest.mark.slow


def test_a_folder_is_brought_to_a_new_desk_and_taken_from_it_again(home: Home, tmp_path: Path) -> None:
    write_folder(TINY, tmp_path / "acme")
    brought = home.command("import", tmp_path / "acme")
    assert brought.returncode == 0, brought.stderr
    assert "Acme is on the desk as “acme”" in brought.stdout
    assert "It looks from 9 March 2026" in brought.stdout
    taken = home.command("export", "acme", tmp_path / "back")
    assert taken.returncode == 0, taken.stderr
    assert "Everything was written to" in taken.stdout
    assert read_folder(tmp_path / "back", as_of=None)[0] == TINY
    again = home.command("export", "acme", tmp_path / "back")
    assert (again.returncode, "holds something already" in again.stderr) == (2, True)


def test_a_folder_with_mistakes_says_all_of_them_and_leaves_the_desk_empty(
    home: Home, tmp_path: Path
) -> None:
    write_folder(TINY, tmp_path / "acme")
    (tmp_path / "acme" / "goals.csv").write_text("executive,goal\ncto,Margin\n,\n")
    refused = home.command("import", tmp_path / "acme")
    assert refused.returncode == 1
    assert "goals.csv, row 2, column executive: There is no executive “cto”" in refused.stderr
    unknown = home.command("export", "acme", tmp_path / "back")
    assert unknown.returncode == 2
    assert "There is no workspace “acme”" in unknown.stderr
