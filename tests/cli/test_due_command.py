"""`fulcrum due`: what wants to be done, from a folder of plain files."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One sponsor with a late ask, one executive with a move that waits, one of whom nothing is due."""
    files = {
        "company.toml": 'name = "Northwind"\nindustry = "retail"\ncurrency = "EUR"\n',
        "executives.csv": "id,name,role,sponsor\nvera,Vera Vance,COO,yes\n"
        "omar,Omar Okoye,CFO,no\nida,Ida Ito,CIO,no\n",
        "asks.csv": "executive,step,asked_on,due,status\n"
        "vera,Sit with a caller,2026-03-01,2026-03-10,asked\n",
        "moves.csv": "id,executive,lever,date,nothing_seen_on\n"
        "m1,omar,empathy,2026-03-05,\nm2,ida,vision,2026-03-05,2026-03-12\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_due_is_listed_with_its_reason(fulcrum: Run, folder: Path) -> None:
    done = fulcrum("due", folder, "--as-of", "2026-03-15")
    assert done.returncode == 0, done.stderr
    for said in (
        "Asks past their day",
        "Ask Vera Vance how it went",
        "“Sit with a caller”",
        "What did you see?",
    ):
        assert said in done.stdout
    assert "Ida Ito" not in done.stdout, "it was said that there was nothing to see"


@pytest.mark.slow
def test_the_same_as_json_and_for_one_executive(fulcrum: Run, folder: Path) -> None:
    done = fulcrum("due", folder, "--as-of", "2026-03-15", "--executive", "omar", "--json")
    (one,) = json.loads(done.stdout)["due"]
    assert (one["kind"], one["executive"], one["subject"]) == ("what did you see", "omar", "m1")
    assert (one["since"], one["by"]) == ("2026-03-12", None)
