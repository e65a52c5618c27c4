"""The pages say what the code does: every file, column, word and command stands in them, and works."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import typer

from fulcrum.cli.app import app
from fulcrum.core.company import Initiative
from fulcrum.folder.cells import Refused
from fulcrum.folder.read import read_folder
from fulcrum.folder.tables import TABLES, Table
from fulcrum.folder.toml_table import load_toml

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path: path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")}
FOLDER_PAGE = PAGES[ROOT / "docs" / "company-folder.md"]
SECTIONS = dict(re.findall(r"^## (\S+\.\w+)\n(.*?)(?=^## |\Z)", FOLDER_PAGE, re.MULTILINE | re.DOTALL))
HERE_AND_THERE = {"README.md": README} | {path.name: text for path, text in PAGES.items()}
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)


def commands(group: typer.Typer = app) -> dict[str, list[str]]:
    """Every command with the options that it knows."""
    root = typer.main.get_command(group)
    found: dict[str, list[str]] = {}
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {})
        for words, one in [(f"{name} {key}", sub) for key, sub in inner.items()] or [(name, command)]:
            found[words] = [option for parameter in one.params for option in parameter.opts]
    return found


def example(name: str) -> str:
    """What a file of the page's section holds."""
    (text,) = re.findall(r"```(?:csv|toml)\n(.*?)```", SECTIONS[name], re.DOTALL)
    return str(text)


@every_table
def test_every_column_of_every_file_stands_on_the_page_and_whether_it_must_be_filled(table: Table) -> None:
    rows = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \|", SECTIONS[table.file], re.MULTILINE)
    assert [(name, bool(bold)) for bold, name in rows] == [
        (column.header, column.is_required) for column in table.columns
    ]


@every_table
def test_every_word_of_a_list_stands_on_the_page(table: Table) -> None:
    for column in table.columns:
        refused = column.cell.read("no such word")
        if not isinstance(refused, Refused) or "Allowed: " not in refused.remedy:
            continue
        (line,) = re.findall(rf"^\| \**`{column.header}`\** \|.*$", SECTIONS[table.file], re.MULTILINE)
        allowed = refused.remedy.partition("Allowed: ")[2].removesuffix(".").split(", ")
        assert [word for word in allowed if f"`{word}`" not in line] == []


def test_the_examples_of_the_page_together_are_a_folder_without_a_problem(tmp_path: Path) -> None:
    for name in SECTIONS:
        (tmp_path / name).write_text(example(name), encoding="utf-8")
    company, problems = read_folder(tmp_path, as_of=date(2026, 11, 16))
    assert [str(problem) for problem in problems] == []
    assert company is not None
    assert company.vision is not None
    assert all(getattr(company, table.field) for table in TABLES)


def test_the_page_names_every_key_of_an_initiative(tmp_path: Path) -> None:
    path = tmp_path / "company.toml"
    path.write_text(example("company.toml"), encoding="utf-8")
    content, _ = load_toml(path)
    assert content is not None
    assert set(content["programme"]["initiatives"][0]) == {field.name for field in fields(Initiative)}


def test_every_command_stands_in_the_readme_or_the_pages() -> None:
    everything = "\n".join(HERE_AND_THERE.values())
    assert [words for words in commands() if f"fulcrum {words}" not in everything] == []


@pytest.mark.parametrize("line", re.findall(r"^(fulcrum .*)$", README, re.MULTILINE))
def test_every_command_that_the_readme_quotes_exists_with_its_options(line: str) -> None:
    quoted = line.partition("#")[0].split()[1:]
    known = commands()
    words = next((name for name in known if quoted[: len(name.split())] == name.split()), None)
    assert words is not None
    assert {word for word in quoted if word.startswith("--")} <= set(known[words])


def test_every_make_target_that_the_readme_quotes_exists() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    quoted = re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)
    assert quoted
    assert set(quoted) <= set(targets)


@pytest.mark.parametrize("path", [ROOT / "README.md", *PAGES], ids=lambda path: path.name)
def test_every_link_to_a_file_of_ours_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    ours = [link for link in links if "://" not in link]
    assert [link for link in ours if not (path.parent / link).exists()] == []


def test_the_modules_that_the_glossary_names_exist() -> None:
    named = re.findall(r"`((?:core|evidence|folder)\.[\w.]+)`", PAGES[ROOT / "docs" / "glossary.md"])
    assert named
    assert [name for name in named if not _exists(name)] == []


def _exists(dotted: str) -> bool:
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        place = ROOT / "src" / "fulcrum" / Path(*parts[:size])
        if place.is_dir():
            return size == len(parts)
        file = place.with_suffix(".py")
        if file.exists():
            rest = parts[size:]
            return (
                not rest or re.search(rf"^(class|def) {rest[0]}\b", file.read_text("utf-8"), re.M) is not None
            )
    return False
