"""From exports to the terminal: what the command shows, and what never leaves the exports."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fulcrum import from_comments, workflow
from fulcrum.cli.app import app
from fulcrum.core.errors import WrongUse
from fulcrum.core.quantities import Estimate
from fulcrum.core.stories import FoundStories
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


@pytest.mark.slow
def test_the_same_folder_gives_the_same_bytes(folder: Path) -> None:
    once, again = (
        CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF, "--json"]).stdout for _ in range(2)
    )
    assert once == again


@pytest.mark.slow
def test_every_figure_leads_to_a_trace_of_the_exports(folder: Path) -> None:
    workspace = workflow.open_workspace(folder, today=date(2026, 11, 16), as_of=None)
    found = from_comments.find_stories(workspace)
    (trace,) = found.traces
    assert {file.name for file in trace.files} >= {"feedback.csv", "customers.csv"}
    for theme in found.themes:
        assert isinstance(theme.share, Estimate)
        assert theme.share.trace == trace.id


@pytest.mark.slow
def test_a_draft_approves_nothing_until_a_person_fills_it_in(folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.csv"
    order = ["stories", str(folder), "--as-of", AS_OF, "--draft", str(draft)]
    said = CliRunner().invoke(app, order)
    assert "None is approved" in " ".join(said.stdout.split())
    with pytest.raises(WrongUse):
        from_comments.write_draft(FoundStories(comments=0, customers=0, themes=()), draft)
    rows = list(csv.DictReader(draft.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 10
    assert not any(row["approved_by"] or row["approved_on"] or row["consent"] for row in rows)
    kept = (folder / "stories.csv").read_bytes()
    (folder / "stories.csv").write_bytes(draft.read_bytes())
    assert workflow.open_workspace(folder, today=date(2026, 11, 16)).company.stories == ()
    rows[0] |= {"approved_by": "Ana", "approved_on": "2026-11-10", "consent": "agreed"}
    with (folder / "stories.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[:3])
    (story,) = workflow.open_workspace(folder, today=date(2026, 11, 16)).company.stories
    assert (story.id, story.kind) == (rows[0]["id"], rows[0]["kind"])
    (folder / "stories.csv").write_bytes(kept)


@pytest.mark.slow
def test_half_an_hour_of_listening_is_shown_and_an_unknown_executive_named(folder: Path) -> None:
    order = ["stories", str(folder), "--as-of", AS_OF, "--itinerary"]
    shown = CliRunner().invoke(app, [*order, "coo"]).stdout
    assert "30 minutes with customers" in shown
    assert "For the CX team alone" in shown
    refused = CliRunner().invoke(app, [*order, "nobody-here"])
    assert isinstance(refused.exception, WrongUse)


def test_without_comments_it_says_what_is_needed(folder: Path) -> None:
    mapping = folder / "data" / "mapping.toml"
    whole = mapping.read_text(encoding="utf-8")
    mapping.write_text(whole.replace('comment = "comment"\n', ""), encoding="utf-8")
    shown = CliRunner().invoke(app, ["stories", str(folder), "--as-of", AS_OF])
    mapping.write_text(whole, encoding="utf-8")
    assert "There are no comments." in shown.stdout
