"""`fulcrum pilot design` and `pilot read`, as a user runs them: results, refusals, exit codes."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., "CompletedProcess[str]"]
TODAY = date.today()  # noqa: DTZ011  a pilot is registered on the day of the user
DESIGN = f"""\
name = "Call back within the hour"
question = "Do fewer leave?"
outcome = "left within three months"
kind = "share"
better = "lower"
minimum_effect = -0.05
treated = "new"
others = "old"
customers = 800
starts = {TODAY + timedelta(days=1)}
stops = {TODAY + timedelta(days=60)}
[baseline]
mean = 0.3
[results]
file = "call_back.csv"
customer = "id"
arm = "arm"
outcome = "left"
yes = ["yes"]
no = ["no"]
"""


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    (tmp_path / "pilots").mkdir()
    (tmp_path / "company.toml").write_text('name = "A"\nindustry = "b"\ncurrency = "EUR"\n', encoding="utf-8")
    (tmp_path / "executives.csv").write_text("id,name,role\nceo,Ada,CEO\n", encoding="utf-8")
    (tmp_path / "pilots" / "call_back.toml").write_text(DESIGN, encoding="utf-8")
    return tmp_path / "pilots" / "call_back.toml"


@pytest.mark.slow
def test_a_pilot_is_designed_frozen_and_read_on_the_command_line(fulcrum: Run, pilot: Path) -> None:
    designed = fulcrum("pilot", "design", pilot, "--register", "--json")
    assert designed.returncode == 0, designed.stderr
    told: dict[str, Any] = json.loads(designed.stdout)
    assert told["plan"]["needed"]["value"] == 2502
    frozen = told["registered"]["sha256"]
    assert frozen in (pilot.parent / "call_back.registered.toml").read_text("utf-8")
    rows = [f"n{i},new,{'yes' if i < 80 else 'no'}" for i in range(400)]
    rows += [f"o{i},old,{'yes' if i < 120 else 'no'}" for i in range(400)]
    (pilot.parent / "call_back.csv").write_text("\n".join(["id,arm,left", *rows]), encoding="utf-8")
    read = fulcrum("pilot", "read", pilot, "--as-of", TODAY + timedelta(days=61))
    assert read.returncode == 0, read.stderr
    assert "Decision: scale." in read.stdout
    assert frozen[:12] in read.stdout
    pilot.write_text(DESIGN.replace("-0.05", "-0.02"), encoding="utf-8")
    changed = fulcrum("pilot", "read", pilot, "--as-of", TODAY + timedelta(days=61))
    assert changed.returncode == 1
    assert "minimum_effect: -0.05 became -0.02" in changed.stderr
    assert changed.stdout == ""


def test_a_file_outside_of_a_company_folder_is_wrong_use(fulcrum: Run, tmp_path: Path) -> None:
    (tmp_path / "lonely.toml").write_text(DESIGN, encoding="utf-8")
    assert fulcrum("pilot", "design", tmp_path / "lonely.toml").returncode == 2
