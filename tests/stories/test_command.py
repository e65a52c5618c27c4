"""From exports to the terminal: what the command shows, and what never leaves the exports."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fulcrum import from_comments, workflow
from fulcrum.cli.app import app
from fulcrum.core.quantities import Estimate
from fulcrum.simulation.voices import STREETS

AS_OF = "2026-11-16"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("stories") / "tidewater"
    workflow.simulate(made, customers=9_000)
    return made


def test_the_command_shows_themes_with_shares_journeys_and_counter_stories(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF])
    assert shown.exit_code == 0
    for part in (
        "of comments:",
        "customers who left",
        "Against it",
        "became a customer",
        "Nothing here is approved",
    ):
        assert part in " ".join(shown.stdout.split())


def test_no_name_of_the_customers_record_and_no_planted_detail_is_in_the_result(folder: Path) -> None:
    found = json.loads(CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF, "--json"]).stdout)
    with (folder / "data" / "customers.csv").open(encoding="utf-8") as file:
        names = {row[key] for row in csv.DictReader(file) for key in ("first_name", "last_name")}
    stories = [
        story["told"]["text"]
        for theme in found["stories"]["themes"]
        for story in (*theme["stories"], theme["counter_story"])
        if story is not None
    ]
    assert stories
    assert found["approved"] is False
    text = " ".join(stories)
    assert [name for name in (*names - {"Price", "Grant", "Rose"}, *STREETS) if name in text] == []
    assert "@" not in text
    assert not any(len(run) >= 6 for run in "".join(s if s.isdigit() else " " for s in text).split())


def test_the_same_folder_gives_the_same_bytes(folder: Path) -> None:
    once, again = (
        CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF, "--json"]).stdout for _ in range(2)
    )
    assert once == again


def test_every_figure_leads_to_a_trace_of_the_exports(folder: Path) -> None:
    workspace = workflow.open_workspace(folder, today=date(2026, 11, 16), as_of=None)
    found = from_comments.find_stories(workspace)
    (trace,) = found.traces
    assert {file.name for file in trace.files} >= {"feedback.csv", "customers.csv"}
    for theme in found.themes:
        assert isinstance(theme.share, Estimate)
        assert theme.share.trace == trace.id


def test_without_comments_it_says_what_is_needed(folder: Path) -> None:
    mapping = folder / "data" / "mapping.toml"
    whole = mapping.read_text(encoding="utf-8")
    mapping.write_text(whole.replace('comment = "comment"\n', ""), encoding="utf-8")
    shown = CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF])
    mapping.write_text(whole, encoding="utf-8")
    assert "There are no comments." in shown.stdout
