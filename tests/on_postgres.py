"""The desk's tests on a real PostgreSQL that lives as long as they run: `tests/on_postgres.py [ARGUMENTS]`.

Without arguments every test of the records and of the pages; otherwise what pytest is to be told.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def run(arguments: list[str]) -> int:
    """Start the server, run pytest on it, stop the server; the exit code is pytest's."""
    from contracts.engines_at_hand import running_postgres

    with running_postgres() as server:
        environ = {**os.environ, "DATABASE_URL": server.address}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *arguments], env=environ, cwd=TESTS.parent, check=False
        ).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(run(sys.argv[1:] or ["tests/records", "tests/web"]))
    except pytest.skip.Exception as why:
        raise SystemExit(f"Not run: {why}") from None
