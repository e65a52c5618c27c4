"""Exports without a mapping: named by each command that needs one, proposed by `map`, confirmed by people."""

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ANSWERS = "customer_id,nps,answer_date,email\n" + "".join(
    f"c{i},{i % 11},2026-0{i % 9 + 1}-10,c{i}@example.com\n" for i in range(60)
)


@pytest.fixture
def acme(fulcrum: Run, tmp_path: Path) -> Path:
    """A new company folder with one export and no mapping."""
    folder = tmp_path / "acme"
    assert fulcrum("new", folder).returncode == 0
    (folder / "data" / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", ["check", "evidence"])
def test_exports_without_a_mapping_are_named_by_every_command_that_needs_one(
    fulcrum: Run, acme: Path, command: str
) -> None:
    done = fulcrum(command, acme)
    assert done.returncode == 1
    assert "data/ holds exports but no mapping.toml." in done.stderr
    assert "fulcrum map" in done.stderr
    assert "No errors" not in done.stdout


def test_a_proposal_is_shown_line_by_line_and_counts_once_it_is_renamed(fulcrum: Run, acme: Path) -> None:
    done = fulcrum("map", acme)
    assert done.returncode == 0, done.stderr
    for said in ("answers.csv", "score", "medium", "personal: email", "rename it to mapping.toml"):
        assert said in " ".join(done.stdout.split()), said
    proposal = acme / "data" / "mapping.proposed.toml"
    waiting = fulcrum("check", acme)
    assert waiting.returncode == 1
    assert "Check each line of mapping.proposed.toml" in waiting.stderr
    proposal.rename(acme / "data" / "mapping.toml")
    checked = fulcrum("check", acme)
    assert checked.returncode == 0, checked.stderr


def test_a_proposal_never_takes_the_place_of_one_that_somebody_has_worked_on(
    fulcrum: Run, acme: Path
) -> None:
    worked_on = acme / "data" / "mapping.proposed.toml"
    worked_on.write_text("# mine\n", encoding="utf-8")
    refused = fulcrum("map", acme)
    assert refused.returncode == 2
    assert worked_on.read_text(encoding="utf-8") == "# mine\n"


def test_without_exports_there_is_nothing_to_propose(fulcrum: Run, tmp_path: Path) -> None:
    assert fulcrum("new", tmp_path / "empty").returncode == 0
    refused = fulcrum("map", tmp_path / "empty", "--json")
    assert refused.returncode == 2
    assert "There are no exports" in refused.stderr


@pytest.mark.slow
def test_the_rejected_rows_are_written_with_their_reasons(fulcrum: Run, acme: Path, tmp_path: Path) -> None:
    assert fulcrum("map", acme).returncode == 0
    (acme / "data" / "mapping.proposed.toml").rename(acme / "data" / "mapping.toml")
    with (acme / "data" / "answers.csv").open("a", encoding="utf-8") as file:
        file.write("c60,eleven,2026-03-04,x@example.com\n")
    done = fulcrum("check", acme, "--json", "--rejected", tmp_path / "rejected.csv")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"]
    with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["row"], row["column"], row["cell"]) == ("answers.csv", "62", "nps", "eleven")
    again = fulcrum("check", acme, "--rejected", tmp_path / "rejected.csv")
    assert again.returncode == 2  # an earlier file is never overwritten
