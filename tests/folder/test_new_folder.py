"""A fresh folder has nothing wrong with it, and what it teaches is true."""

import re
from datetime import date
from pathlib import Path

import pytest

from fulcrum.core.company import AskStatus, MechanismState, Mover
from fulcrum.core.errors import Severity, WrongUse
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Source
from fulcrum.folder.new import new_folder
from fulcrum.folder.read import read_folder
from fulcrum.folder.tables import BY_FILE, TABLES

TODAY = date(2026, 3, 9)


def test_a_fresh_folder_has_no_mistake_and_no_question(tmp_path: Path) -> None:
    written = new_folder(tmp_path / "acme")
    company, problems = read_folder(tmp_path / "acme", as_of=None, today=TODAY)
    assert company is not None
    assert {problem.severity for problem in problems} == {Severity.NOTE}
    assert all(path.exists() for path in written)
    assert {path.name for path in written} >= {table.file for table in TABLES}


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse):
        new_folder(tmp_path)
    with pytest.raises(WrongUse):
        new_folder(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_every_example_in_the_explanations_can_be_used_as_it_stands(tmp_path: Path) -> None:
    """Each CSV's example, and each TOML with its # removed, reads without a mistake."""
    folder = tmp_path / "acme"
    new_folder(folder)
    explained = (folder / "README.txt").read_text("utf-8")
    for name, header, rows in _examples(explained):
        assert header == ",".join(BY_FILE[name].headers), name
        (folder / name).write_text(f"{header}\n{rows}", encoding="utf-8")
    (folder / "executives.csv").write_text(
        (folder / "executives.csv").read_text("utf-8") + "coo,Mara Stone,COO,operations,no,4,1\n",
        encoding="utf-8",
    )
    for name in ("company.toml", "vision.toml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(re.sub(r"(?m)^# (?=[\w\[]+ =|\[)", "", text), encoding="utf-8")
    company, problems = read_folder(folder, as_of=None, today=TODAY)
    assert not problems, list(map(str, problems))
    assert company is not None
    assert all(getattr(company, table.field) for table in TABLES)
    assert company.initiatives[0].comparison == "repair_spend"
    assert company.vision is not None
    assert company.vision.journeys
    assert company.vision.meaning
    assert company.hours_per_week == 10


def test_every_allowed_word_is_in_the_explanations(tmp_path: Path) -> None:
    new_folder(tmp_path / "acme")
    explained = " ".join((tmp_path / "acme" / "README.txt").read_text("utf-8").split())
    for words in (Behaviour, Source, Barrier, AskStatus, Lever, MechanismState, Mover):
        assert ", ".join(word.value for word in words) in explained, words


def _examples(explained: str) -> list[tuple[str, str, str]]:
    blocks = re.findall(r"(?m)^(\w+\.csv)  [\s\S]*?\n\n((?:    .*\n)+)", explained)
    lines = [(name, [line[4:] for line in block.splitlines()]) for name, block in blocks]
    return [(name, rows[0], "\n".join(rows[1:]) + "\n") for name, rows in lines]
