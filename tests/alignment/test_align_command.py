"""`fulcrum align` as a CX leader reads it, on the simulated company."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fulcrum.cli.app import app
from fulcrum.folder.write import write_folder
from fulcrum.simulation.company import tidewater


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "tidewater"
    write_folder(tidewater(), path)
    return path


def said_by(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["align", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_it_reads_as_sentences_with_intervals_and_the_outside_argument_beside(folder: Path) -> None:
    text = " ".join(said_by(folder).split())
    for words in (
        "Pulse of 12 October 2026 to 26 October 2026: 6 of 6 executives answered.",
        "The chief executive names themselves. Customers stand first among their own top five.",
        "Colleagues who name the chief executive: 60 % (95 %: 15 to 95 %).",
        "Retellings conflict on the colleagues' share: 27 to 28 % agree, or 27 % disagree.",
        "Agreement (Kendall's W, 0 as by chance to 1 all alike): 0.6",
        "+20 points (95 %: −33 to +62 points); no clear change, the same five people.",
        "Next: Who owns it, in place. Can build it: Ines Halvorsen (CEO).",
        "The proof of “Recognition” says “transformation” and “programme”.",
    ):
        assert words in text, words


def test_the_whole_result_is_json_and_mechanisms_alone_need_no_data(folder: Path) -> None:
    whole = json.loads(said_by(folder, "--json"))
    assert whole["alignment"]["ownership"]["gap"]["value"] == 0.4
    assert "unknown" in whole["alignment"]["perception"]["gap"]
    assert whole["outside"][0]["has_baseline"] is False
    alone = json.loads(said_by(folder, "--mechanisms", "--json"))
    assert alone["way_of_working"]["next"][0]["builders"] == ["ceo"]
    assert "alignment" not in alone


def test_looking_from_june_shows_the_first_pulse_alone(folder: Path) -> None:
    whole = json.loads(said_by(folder, "--json", "--as-of", "2026-07-01"))
    assert whole["alignment"]["asked"]["id"] == "2026-06"
    assert whole["alignment"]["since"] is None
