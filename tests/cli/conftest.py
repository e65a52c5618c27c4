"""A small simulated company, and the command line as a user runs it."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from fulcrum import workflow

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def tidewater(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The simulated company's folder, with a third of its customers."""
    folder = tmp_path_factory.mktemp("company") / "tidewater"
    workflow.simulate(folder, customers=13_000)
    return folder


@pytest.fixture(scope="session")
def fulcrum() -> Run:
    """Runs the command as a process of its own, as a user would."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("fulcrum")), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    return run


@pytest.fixture(scope="session")
def told(fulcrum: Run, tidewater: Path) -> Callable[[str], str]:
    """What a reading command says of the company in JSON; each is run once and kept."""

    @cache
    def run(command: str) -> str:
        done = fulcrum(command, tidewater, "--json")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
