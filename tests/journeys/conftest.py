"""The command line as a process, as a user runs it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def fulcrum() -> Run:
    """Runs the installed command; gives what it printed and its exit code."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("fulcrum")), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)

    return run
