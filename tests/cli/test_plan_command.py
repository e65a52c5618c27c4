"""`fulcrum plan`: the weeks, what if, and requests that make no sense, as a user meets them."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]


@pytest.mark.slow
def test_the_plan_is_told_by_week_with_reasons_and_its_proof(fulcrum: Run, tidewater: Path) -> None:
    done = fulcrum("plan", tidewater)
    assert done.returncode == 0, done.stderr
    for said in ("Private to the CX team", "Proved optimal", "Week 1 · 23 November 2026", "Look first"):
        assert said in done.stdout
    assert "an ask is open, “Add one question" in done.stdout


@pytest.mark.slow
def test_what_if_changes_the_plan_and_nothing_else(fulcrum: Run, tidewater: Path) -> None:
    away = "coo:2026-11-23..2026-12-13"
    done = fulcrum("plan", tidewater, "--json", "--hours", 4, "--weeks", 4, "--away", away)
    plan = json.loads(done.stdout)["plan"]
    assert plan["weeks"] == 4
    assert all(week["hours"] <= 4 for week in plan["by_week"])
    assert all(move["week"] == 4 for move in plan["moves"] if move["executive"] == "coo")
    assert plan["gap"] == 0
    assert {"value", "low", "high", "trace"} <= plan["gain"].keys()


@pytest.mark.slow
def test_a_request_that_makes_no_sense_is_said_in_a_sentence(fulcrum: Run, tidewater: Path) -> None:
    for wrong, said in (
        (("--away", "cfo"), "does not say who is away when"),
        (("--away", "cfo:2026-13-01..2026-12-15"), "does not say who is away when"),
        (("--away", "boss:2026-12-01..2026-12-15"), "no executive “boss”"),
        (("--weeks", 99), "--weeks"),
    ):
        done = fulcrum("plan", tidewater, *wrong)
        assert done.returncode == 2
        assert said in done.stderr
