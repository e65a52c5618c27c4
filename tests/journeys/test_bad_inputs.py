"""Bad files as a user meets them: told with place and remedy, never a crash, never a silent change."""

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from journey_bad_inputs import CASES, COMPANY, Bad, folder_of

from fulcrum import __version__, workflow
from fulcrum.core.errors import Problem, Severity, errors_in
from fulcrum.core.findings import Evidence
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Estimate
from fulcrum.evidence.engine import gather
from fulcrum.folder.read import read_folder
from fulcrum.playbook.load import load_playbook
from fulcrum.reading.layout import Layout, Limits
from fulcrum.reading.text_table import read_table

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))
from bad_files import Case
from corpus import CASES as READING

TODAY = date(2026, 11, 22)
BY_NAME = {case.name: case for case in CASES}
AS_IT_STANDS = next(case.name for case in CASES if case.good is None)
MENDED = (AS_IT_STANDS, *(case.name for case in CASES if case.good is not None))
FILES = tuple(pytest.param(case, id=case.name) for case in READING if case.limits == Limits())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_wrong_is_told_with_its_place_and_its_remedy(case: Bad, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "acme", case.bad)
    problems = workflow.check(folder, today=TODAY)
    said = [one for one in problems if one.code == case.code and one.file == case.file]
    assert said, [f"{one.code}: {one}" for one in problems]
    assert said[0].severity.value == case.severity
    assert case.column is None or said[0].column == case.column
    assert case.row is None or said[0].row == case.row
    assert bool(errors_in(problems)) is case.is_error
    assert_told_well(problems)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_row_of_a_bad_file_is_accepted_rejected_or_skipped(case: Bad, tmp_path: Path) -> None:
    evidence, problems = evidence_of(folder_of(tmp_path / "acme", case.bad))
    assert_accounted(evidence)
    if errors_in(problems):
        assert evidence.findings == ()  # no number from data that hold an error


@pytest.mark.slow
@pytest.mark.parametrize("name", MENDED)
def test_its_valid_twin_gives_numbers(name: str, tmp_path: Path) -> None:
    case = BY_NAME[name]
    evidence, problems = evidence_of(folder_of(tmp_path / "acme", case.good or (lambda files: files)))
    assert not errors_in(problems), list(map(str, problems))
    assert case.code not in {one.code for one in problems}
    score = evidence.finding("score.all")
    assert score is not None
    assert isinstance(score.result, Estimate)
    assert score.result.interval.low < score.result.value < score.result.interval.high
    assert_accounted(evidence)


@pytest.mark.slow
@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_in_the_data_folder_is_named_kept_or_asked(case: Case, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "acme", case)
    problems = workflow.check(folder, today=TODAY)
    assert_told_well(problems)
    severities = {one.severity for one in problems}
    if case.outcome == "E":
        assert Severity.ERROR in severities
    elif case.outcome == "A":
        assert severities & {Severity.QUESTION, Severity.ERROR}
    else:
        assert Severity.ERROR not in severities, list(map(str, problems))
    evidence, _ = evidence_of(folder)
    assert_accounted(evidence)
    assert case.outcome != "K" or [file.name for file in evidence.files]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["nps of eleven", "don't know as 99", "a mapping that is no toml", "the same export twice"]
)
def test_the_command_says_the_same_with_its_exit_code(fulcrum, tmp_path: Path, name: str) -> None:
    case = BY_NAME[name]
    folder = folder_of(tmp_path / "acme", case.bad)
    done = fulcrum("check", folder, "--json")
    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == (1 if case.is_error else 0)
    assert case.code in {one["code"] for one in problems}
    shown = fulcrum("check", folder)
    assert shown.returncode == done.returncode
    assert case.file in shown.stderr
    assert "Traceback" not in shown.stderr
    if case.is_error:
        stopped = fulcrum("brief", folder, "--out", tmp_path / "out")
        assert stopped.returncode == 1
        assert not list((tmp_path / "out").glob("*"))


def assert_told_well(problems: tuple[Problem, ...]) -> None:
    for one in problems:
        assert one.file, one
        assert one.what.strip(), one
        assert one.remedy.strip(), one
        assert one.code, one


def assert_accounted(evidence: Evidence) -> None:
    for file in evidence.files:
        assert file.rows == file.accepted + file.rejected + file.skipped, file
        assert sum(rows for _, rows in file.skipped_because) == file.skipped, file
        assert len(file.sha256) == 64


def evidence_of(folder: Path) -> tuple[Evidence, tuple[Problem, ...]]:
    company, _ = read_folder(folder, as_of=None, today=TODAY)
    assert company is not None
    playbook = shipped()
    return gather(
        folder / "data",
        company,
        evidence_rules=playbook.evidence,
        case_rules=playbook.case,
        version=__version__,
        seed=workflow.SEED,
    )


@cache
def shipped() -> Playbook:
    return load_playbook(None)


def folder_with(folder: Path, case: Case) -> Path:
    """A company folder whose customers are in the bad file, laid out as its owner declares it."""
    (folder / "data").mkdir(parents=True)
    for name, text in COMPANY.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = case.build(folder / "data")
    table, _ = read_table(path, layout=case.layout)
    customer = "id" if table is None else table.header[0]
    lines = ['currency = "EUR"', "[[files]]", f"path = {toml(path.name)}", 'table = "customers"']
    lines += [f"{name} = {toml(said)}" for name, said in layout_of(case.layout)]
    lines += ["[files.columns]", f"customer = {toml(customer)}"]
    (folder / "data" / "mapping.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def layout_of(layout: Layout) -> list[tuple[str, object]]:
    """What the owner declares beyond what every file has."""
    names = ("sheet", "title_rows", "header_rows", "encoding", "delimiter")
    plain = Layout()
    return [(name, getattr(layout, name)) for name in names if getattr(layout, name) != getattr(plain, name)]


def toml(said: object) -> str:
    return json.dumps(said)  # a JSON string or number is TOML too
