"""A stranger's first day: a new folder, a few lines typed in a spreadsheet program, no customers' data."""

import json
from datetime import date
from pathlib import Path

import pytest
from journey_documents import FORMATS, pdf_pages, reading, squeezed, taken_apart

from fulcrum import workflow

pytestmark = pytest.mark.slow

BOM = "\ufeff"
EXECUTIVES = (
    "id;name;role;area;sponsor;desired_level;attention_hours_per_week\r\n"
    "chief ops;Zoë Åström-Nuñez;COO;bakeries;no;4;1\r\n"
    'cfo;"Łukasz ""Luk"" Żak; CPA";CFO;finance;no;3;0.5\r\n'
)
OBSERVATIONS = (
    "executive;date;behaviour;anchor;source;observer;note\r\n"
    'chief ops;2026-10-05;model;3;seen;CX lead;"Stood at the counter; wrote down five complaints"\r\n'
    "chief ops;2026-11-02;direction;2;own words;CX lead;Said that it matters\r\n"
    "cfo;2026-10-20;resources;1;told by;controller;Cut the tasting budget\r\n"
)
LUK = 'Łukasz "Luk" Żak; CPA'
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def folder(fulcrum, tmp_path: Path) -> Path:
    """What `fulcrum new` writes, filled in as a spreadsheet program of another country saves it."""
    folder = tmp_path / "bäckerei öz"
    assert fulcrum("new", folder).returncode == 0
    company = folder / "company.toml"
    text = company.read_text(encoding="utf-8").replace("Your company", "Bäckerei Öz & Söhne")
    company.write_text(text.replace("Your industry", "retail"), encoding="utf-8")
    typed(folder, "executives.csv", BOM + EXECUTIVES)
    typed(folder, "observations.csv", BOM + OBSERVATIONS)
    return folder


def typed(folder: Path, name: str, text: str) -> None:
    (folder / name).write_bytes(text.encode())


def test_two_executives_and_three_observations_are_enough_to_begin(fulcrum, folder: Path) -> None:
    assert fulcrum("check", folder, *DAY).returncode == 0
    people = json.loads(fulcrum("where", folder, "--json", *DAY).stdout)["executives"]
    seen = {one["belief"]["executive"]: one["belief"] for one in people}
    assert {id: one["observations"] for id, one in seen.items()} == {"chief ops": 2, "cfo": 1}
    assert seen["cfo"]["level"]["value"] < seen["chief ops"]["level"]["value"]
    shown = fulcrum("where", folder, "--executive", "cfo", *DAY).stdout
    assert LUK in shown
    assert "−0." in shown
    assert "-0." not in shown
    step = json.loads(fulcrum("next", folder, "--executive", "chief ops", "--json", *DAY).stdout)["choices"][
        0
    ]
    assert step["step"]["ask"]
    assert step["gather"]


def test_a_brief_without_data_says_what_is_missing_and_what_to_do(
    fulcrum, folder: Path, tmp_path: Path
) -> None:
    done = fulcrum("brief", folder, "--out", tmp_path / "out", *DAY)
    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_file())
    assert written == sorted(f"{who}.{kind}" for who in ("cfo", "chief ops") for kind in FORMATS)
    for who, name in (("chief ops", "Zoë Åström-Nuñez"), ("cfo", LUK)):
        for kind, text in reading(tmp_path / "out", who).items():
            for said in (
                name,
                "No goal of yours is recorded.",
                "No case was computed",
                "No customer's story is approved yet.",
                "The data carry no figure yet.",
                "There are no customers' data.",
                "Say which target you answer for",
                "Needed: the records of customers",
            ):
                assert squeezed(said) in text, (who, kind, said)
        assert squeezed("The evidence behind it") not in squeezed(
            pdf_pages(tmp_path / "out" / f"{who}.pdf")[0]
        )


def test_a_brief_without_data_holds_nobodys_assessment_either(fulcrum, folder: Path, tmp_path: Path) -> None:
    assert fulcrum("brief", folder, "--out", tmp_path / "out", *DAY).returncode == 0
    for path in filter(Path.is_file, (tmp_path / "out").iterdir()):
        text = taken_apart(path)
        for private in ("tasting budget", "Stood at the counter", "Said that it matters", "Endorsing"):
            assert private not in text, (path.name, private)
        other = "Żak" if path.stem == "chief ops" else "Zoë"
        assert other not in text, path.name


def test_evidence_and_case_without_data_say_what_would_open_them(fulcrum, folder: Path) -> None:
    assert "mapping.toml" in fulcrum("evidence", folder).stdout
    assert "[[programme.initiatives]]" in fulcrum("case", folder).stdout


def test_a_decimal_comma_is_named_with_its_row_and_column(fulcrum, folder: Path) -> None:
    typed(folder, "executives.csv", BOM + EXECUTIVES.replace("0.5", "0,5"))
    done = fulcrum("check", folder, "--json")
    (problem,) = json.loads(done.stdout)["problems"]  # and not a second time for each file that names them
    assert done.returncode == 1
    place = (problem["file"], problem["row"], problem["column"])
    assert place == ("executives.csv", 3, "attention_hours_per_week")
    assert "decimal point" in problem["remedy"]


@pytest.mark.parametrize("command", ["check", "where", "brief"])
@pytest.mark.parametrize("has_company", [False, True], ids=["an empty folder", "company.toml alone"])
def test_a_folder_that_lacks_its_files_is_told_which(
    fulcrum, tmp_path: Path, command: str, has_company: bool
) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    if has_company:
        typed(folder, "company.toml", 'name = "Acme"\nindustry = "retail"\ncurrency = "EUR"\n')
    out = ("--out", tmp_path / "out") if command == "brief" else ()
    done = fulcrum(command, folder, *out)
    assert done.returncode == 1
    assert "executives.csv" in done.stderr
    assert ("company.toml:" in done.stderr) is not has_company
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["where", "next", "brief"])
def test_a_folder_without_executives_yet_says_where_to_name_them(
    fulcrum, tmp_path: Path, command: str
) -> None:
    assert fulcrum("new", tmp_path / "acme").returncode == 0
    out = ("--out", tmp_path / "out") if command == "brief" else ()
    done = fulcrum(command, tmp_path / "acme", *out)
    assert done.returncode == 0
    assert "name them in executives.csv" in done.stdout


@pytest.mark.parametrize("id", ["../evil", "ops/eu", "a\\b", ".hidden", "board", "Nobody", "c:ops"])
def test_an_id_under_which_no_brief_can_be_written_is_refused(tmp_path: Path, id: str) -> None:
    typed(tmp_path, "company.toml", 'name = "Acme"\nindustry = "retail"\ncurrency = "EUR"\n')
    typed(tmp_path, "executives.csv", f"id,name,role\n{id},Ada Winter,COO\n")
    (problem,) = workflow.check(tmp_path, today=date(2026, 11, 22))
    assert (problem.file, problem.row, problem.column) == ("executives.csv", 2, "id")
    assert problem.is_error
    assert problem.remedy


def test_no_brief_is_written_outside_the_folder_that_was_named(fulcrum, folder: Path, tmp_path: Path) -> None:
    typed(folder, "executives.csv", "id,name,role\n../evil,Ada Winter,COO\n")
    done = fulcrum("brief", folder, "--out", tmp_path / "out", "--formats", "html")
    assert done.returncode == 1
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--formats", "html,docx"), "“docx” is no format"),
        (("--formats", ""), "choose from html, pdf, pptx, xlsx"),
        (("--out", "{folder}/company.toml"), "is a file"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(
    fulcrum, folder: Path, tmp_path: Path, more: tuple[str, str], said: str
) -> None:
    option, given = more
    out = () if option == "--out" else ("--out", tmp_path / "out")
    done = fulcrum("brief", folder, *out, option, given.format(folder=folder))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_brief_for_nobody_known_says_who_there_is(fulcrum, folder: Path, tmp_path: Path) -> None:
    done = fulcrum("brief", folder, "--executive", "CFO", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.strip() == "There is no executive “CFO”; executives.csv has chief ops, cfo."


def test_a_playbook_of_ones_own_is_part_of_the_folder(fulcrum, folder: Path) -> None:
    (folder / "playbook").mkdir()
    done = fulcrum("check", folder, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["problems"] == []


def test_formats_may_be_named_with_blanks_between(fulcrum, folder: Path, tmp_path: Path) -> None:
    done = fulcrum("brief", folder, "--executive", "cfo", "--out", tmp_path, "--formats", "html, xlsx")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.glob("cfo.*")} == {"cfo.html", "cfo.xlsx"}


def test_a_clean_folder_is_named_in_full(fulcrum, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert fulcrum("check", ".").stdout.strip() == f"No errors in {folder}."
