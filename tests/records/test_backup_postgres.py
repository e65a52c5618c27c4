"""The same desk on a real PostgreSQL: jobs claimed once, backup and restore by its own tools."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk_script import EXPORT, MAKE

from contracts.engines_at_hand import running_postgres
from desk_fixtures import Home, until

pytestmark = pytest.mark.slow
KINDS = Path(__file__).with_name("job_kinds.py")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server's address without the name of a database."""
    with running_postgres() as running:
        yield running.address.rpartition("/")[0]


@contextmanager
def _desk(server: str, folder: Path, name: str) -> Iterator[Home]:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    home = Home(folder)
    home.environ["DATABASE_URL"] = f"{server}/{name}"
    yield home
    home.end()


def test_a_backup_is_restored_into_an_empty_database_and_exports_the_same(
    server: str, tmp_path: Path
) -> None:
    with _desk(server, tmp_path / "home", "before") as desk, _desk(server, tmp_path / "new", "after") as new:
        desk.script(MAKE)
        done = desk.command("backup", tmp_path / "b.tar.gz", "--with-key")
        assert done.returncode == 0, done.stderr
        again = desk.command("restore", tmp_path / "b.tar.gz", "--home", tmp_path / "new")
        assert "is not empty" in again.stderr
        assert not (tmp_path / "new").exists()
        done = new.command("restore", tmp_path / "b.tar.gz", "--home", tmp_path / "new")
        assert done.returncode == 0, done.stderr
        assert "fail" not in new.command("doctor").stdout.split()
        for home, out in ((desk, "x"), (new, "y")):
            home.script(EXPORT.format(out=str(tmp_path / out)))
    told = [
        {
            one.relative_to(tmp_path / out).as_posix(): one.read_bytes()
            for one in (tmp_path / out).rglob("*.*")
        }
        for out in ("x", "y")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 3


def test_without_postgresql_s_tools_a_backup_is_refused_in_a_sentence(server: str, tmp_path: Path) -> None:
    with _desk(server, tmp_path / "home", "toolless") as desk:
        desk.script("from django.core.management import call_command as c; c('migrate', verbosity=0)")
        desk.environ["PATH"] = str(tmp_path)
        done = desk.command("backup", tmp_path / "b.tar.gz")
    assert done.returncode == 2
    assert "Install PostgreSQL's client" in done.stderr


def test_workers_share_the_jobs_of_one_server(server: str, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    with _desk(server, tmp_path / "home", "shared") as desk:
        desk.script(
            "from django.core.management import call_command as c; c('migrate', verbosity=0)\n"
            "from fulcrum.records.jobs import ask_for\n"
            f"told = {{'tally': {str(tally)!r}, 'to': 2, 'pause': 0}}\n"
            "for _ in range(40): ask_for(None, 'count', told, None)"
        )
        for _ in range(3):
            desk.start(sys.executable, KINDS, 30)
        until(lambda: tally.exists() and len(tally.read_text().splitlines()) >= 80)
        lines = [line.split() for line in tally.read_text().splitlines()]
    assert len(lines) == len({(line[0], line[3]) for line in lines}) == 80
