"""`fulcrum drivers`: the rankings as a table and as JSON."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_drivers_are_ranked_with_their_doubt_and_what_was_set_apart_is_said(
    fulcrum: Callable[..., "subprocess.CompletedProcess[str]"], tidewater: Path
) -> None:
    done = fulcrum("drivers", tidewater)
    assert done.returncode == 0, done.stderr
    assert "What goes with the score" in done.stdout
    assert "Reached a person" in done.stdout
    assert "Set apart: Repair held." in done.stdout


def test_drivers_in_json_are_the_same_bytes_twice_and_have_the_contracts_shape(
    fulcrum: Callable[..., "subprocess.CompletedProcess[str]"], tidewater: Path, told: Callable[[str], str]
) -> None:
    assert fulcrum("drivers", tidewater, "--json").stdout == told("drivers")
    first = json.loads(told("drivers"))["drivers"][0]
    assert first["key"] == "drivers.score"
    shape = {"value", "low", "high", "confidence", "unit", "n", "grade", "method", "trace"}
    assert set(first["explained"]) == shape
    assert first["explained"]["trace"] in {trace["id"] for trace in json.loads(told("drivers"))["traces"]}


def test_evidence_shows_silence_dose_months_controls_curves_and_signals(
    fulcrum: Callable[..., "subprocess.CompletedProcess[str]"], tidewater: Path, told: Callable[[str], str]
) -> None:
    shown = fulcrum("evidence", tidewater).stdout
    for heading in (
        "Who answered, and who is silent",
        "Per point of score",
        "How long customers stay",
        "Negative controls",
        "Who is still there",
        "Over time",
    ):
        assert f"\n{heading}" in shown
    evidence = json.loads(told("evidence"))["evidence"]
    assert {"response", "dose", "months"} <= {one["family"] for one in evidence["findings"]}
    assert evidence["curves"]
    assert evidence["comparisons"][0]["control"]["verdict"] in ("passed", "failed", "not possible")
