"""What a user of the command line meets: results, refusals, mistakes, exit codes."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fulcrum import workflow
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Told = Callable[[str], str]


def as_json(done: "subprocess.CompletedProcess[str]") -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def figures_in(thing: Any) -> list[dict[str, Any]]:
    """Every figure anywhere in a JSON result."""
    if isinstance(thing, dict):
        mine = [thing] if "confidence" in thing and "value" in thing else []
        return mine + [figure for item in thing.values() for figure in figures_in(item)]
    return [figure for item in thing for figure in figures_in(item)] if isinstance(thing, list) else []


def test_help_lists_every_command_of_the_contract(fulcrum: Run) -> None:
    shown = fulcrum("--help").stdout
    for command in ("demo", "new", "check", "where", "next", "evidence", "case", "brief", "playbook"):
        assert f"  {command} " in shown


def test_a_new_folder_checks_clean_and_says_what_to_do_next(fulcrum: Run, tmp_path: Path) -> None:
    made = fulcrum("new", tmp_path / "acme")
    assert made.returncode == 0
    assert "executives.csv" in made.stdout
    assert fulcrum("check", tmp_path / "acme").returncode == 0


def test_a_new_folder_never_overwrites(fulcrum: Run, tidewater: Path) -> None:
    refused = fulcrum("new", tidewater)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["where", "next", "evidence", "case"])
def test_every_reading_command_gives_the_same_bytes_twice(
    fulcrum: Run, tidewater: Path, told: Told, command: str
) -> None:
    assert fulcrum(command, tidewater, "--json").stdout == told(command)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["where", "next", "evidence", "case", "goals"])
def test_every_figure_in_json_has_the_contracts_shape(told: Told, command: str) -> None:
    figures = figures_in(json.loads(told(command)))
    assert figures
    shape = {"value", "low", "high", "confidence", "unit", "n", "grade", "method", "trace"}
    assert all(set(figure) == shape for figure in figures)


def test_where_holds_probabilities_over_six_levels(told: Told) -> None:
    people = json.loads(told("where"))["executives"]
    assert len(people) == 6
    for one in people:
        assert len(one["belief"]["shares"]) == 6
        assert sum(one["belief"]["shares"]) == pytest.approx(1)


def test_an_executive_unseen_for_two_quarters_is_unknown(fulcrum: Run, tidewater: Path) -> None:
    (one,) = as_json(fulcrum("where", tidewater, "--executive", "cio", "--json"))["executives"]
    assert set(one["belief"]["level"]) == {"unknown", "needs"}


@pytest.mark.slow
def test_whoever_looks_from_an_earlier_day_sees_less(fulcrum: Run, tidewater: Path) -> None:
    def seen(*more: str) -> int:
        (one,) = as_json(fulcrum("where", tidewater, "--executive", "coo", "--json", *more))["executives"]
        return int(one["belief"]["observations"])

    assert seen("--as-of", "2026-03-01") < seen()


@pytest.mark.slow
def test_next_names_at_most_one_step_and_never_a_declined_one(told: Told) -> None:
    chosen = {one["executive"]: one for one in json.loads(told("next"))["choices"]}
    assert chosen["chro"]["step"] is None  # an ask is open
    assert chosen["cmo"]["step"] is None or chosen["cmo"]["step"]["step"] != "map-beyond-purchase"


@pytest.mark.slow
def test_a_trace_leads_back_to_files_and_query(fulcrum: Run, tidewater: Path, told: Told) -> None:
    findings = json.loads(told("evidence"))["evidence"]["findings"]
    id = next(one["result"]["trace"] for one in findings if one["key"] == "gap.adjusted.repair_spend")
    shown = as_json(fulcrum("evidence", tidewater, "--trace", id, "--json"))["trace"]
    assert {file["name"] for file in shown["files"]} >= {"customers.csv", "invoices.csv"}
    assert all(len(file["sha256"]) == 64 for file in shown["files"])
    assert "SELECT" in shown["query"].upper()


@pytest.mark.slow
def test_who_names_an_engine_gets_that_one_or_none(fulcrum: Run, tidewater: Path) -> None:
    assert fulcrum("evidence", tidewater, "--engine", "duckdb").returncode == 0
    refused = fulcrum("evidence", tidewater, "--engine", "spark")
    assert refused.returncode == 2
    assert "These data lie in files, which duckdb counts." in refused.stderr
    assert "mapping.toml" in refused.stderr
    assert fulcrum("evidence", tidewater, "--engine", "oracle").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("where", "nowhere"), "fulcrum new"),
        (("where", "{folder}", "--executive", "nobody"), "ceo"),
        (("brief", "{folder}", "--executive", "coo", "--board"), "not both"),
        (("brief", "{folder}", "--formats", "docx"), "html"),
        pytest.param(("evidence", "{folder}", "--trace", "00000000"), "trace", marks=pytest.mark.slow),
    ],
)
def test_wrong_use_is_said_in_a_sentence_with_a_remedy(
    fulcrum: Run, tidewater: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    out = ("--out", tmp_path) if arguments[0] == "brief" else ()
    done = fulcrum(*(part.format(folder=tidewater) for part in arguments), *out)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_mistakes_in_the_folder_come_all_at_once_with_exit_code_one(fulcrum: Run, tmp_path: Path) -> None:
    fulcrum("new", tmp_path / "acme")
    (tmp_path / "acme" / "executives.csv").write_text("id,name,role\nx,Ada,CEO\nx,Bo,CFO\n", encoding="utf-8")
    (tmp_path / "acme" / "observations.csv").write_text(
        "executive,date,behaviour,anchor,source,observer,note\ny,2026-01-05,kindness,9,seen,CX lead,\n",
        encoding="utf-8",
    )
    done = fulcrum("check", tmp_path / "acme", "--json")
    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert {problem["file"] for problem in problems} >= {"executives.csv", "observations.csv"}
    assert all(problem["remedy"] for problem in problems)


def test_a_reading_command_stops_at_an_error_and_shows_it(fulcrum: Run, tmp_path: Path) -> None:
    fulcrum("new", tmp_path / "acme")
    (tmp_path / "acme" / "executives.csv").write_text("id,name\nx,Ada\n", encoding="utf-8")
    done = fulcrum("where", tmp_path / "acme")
    assert done.returncode == 1
    assert "executives.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_shipped_playbook_has_no_problems(fulcrum: Run) -> None:
    assert fulcrum("playbook", "check").returncode == 0


def test_the_demo_replaces_its_own_folder_and_nobody_elses(tmp_path: Path) -> None:
    workflow.simulate(tmp_path / "simulated", customers=200)
    workflow.simulate(tmp_path / "simulated", customers=200)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "company.toml").write_text('name = "Acme"', encoding="utf-8")
    with pytest.raises(WrongUse):
        workflow.simulate(tmp_path / "real", customers=200)
    assert (tmp_path / "real" / "company.toml").read_text(encoding="utf-8") == 'name = "Acme"'


def test_why_there_is_no_case_is_a_whole_sentence() -> None:
    at_hand = workflow.case_at_hand(Evidence(findings=()), as_of=date(2026, 11, 16), fresh_days=90)
    assert at_hand.why_not.endswith(".")


@pytest.mark.slow
def test_a_case_ages_with_the_window_that_it_rests_on(tidewater: Path) -> None:
    def is_fresh(as_of: date) -> bool:
        workspace = workflow.open_workspace(tidewater, today=date(2026, 11, 16))
        return workflow.case_at_hand(workflow.gather(workspace), as_of=as_of, fresh_days=90).is_fresh

    assert is_fresh(date(2026, 11, 16))
    assert not is_fresh(date(2027, 3, 1))
