"""Workers as processes: killed in the middle, two at once, asked to end."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desk_fixtures import Home, until

pytestmark = pytest.mark.slow
KINDS = Path(__file__).with_name("job_kinds.py")


@pytest.fixture
def desk(home: Home) -> Home:
    """A desk with its tables."""
    home.script("from django.core.management import call_command as c; c('migrate', verbosity=0)")
    return home


def test_a_job_whose_worker_is_killed_is_finished_by_another(desk: Home, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    _ask(desk, tally, to=20, pause=0.1)
    first = _worker(desk, lease=1)
    until(lambda: len(_lines(tally)) >= 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = len(_lines(tally))
    _worker(desk, lease=1)
    job = until(lambda: _ended(desk))[0]
    assert killed_at < 20
    assert (job["state"], job["attempts"], job["result"]) == ("done", 2, '{"counted": 20}')
    assert [int(line[3]) for line in _lines(tally) if line[1] == "2"] == list(range(20))


def test_two_workers_never_do_one_job_at_once(desk: Home, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    _ask(desk, tally, to=3, pause=0, times=60)
    for _ in range(3):
        _worker(desk, lease=30)
    jobs = until(lambda: _ended(desk, many=60))
    assert {job["state"] for job in jobs} == {"done"}
    assert {job["attempts"] for job in jobs} == {1}
    by_job = Counter(line[0] for line in _lines(tally))
    assert set(by_job.values()) == {3}
    assert len({line[2] for line in _lines(tally)}) > 1, "one worker did everything: the test says nothing"


def test_a_worker_asked_to_end_hands_its_job_back_at_once(desk: Home, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    _ask(desk, tally, to=400, pause=0.05)
    worker = _worker(desk, lease=30)
    until(lambda: len(_lines(tally)) >= 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert [(job["state"], job["attempts"]) for job in _jobs(desk)] == [("waiting", 0)]


def test_a_running_job_stops_when_somebody_wants_it(desk: Home, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    _ask(desk, tally, to=400, pause=0.05)
    _worker(desk, lease=30)
    until(lambda: len(_lines(tally)) >= 3)
    desk.script("from fulcrum.records.models import Job; Job.objects.update(is_cancel_wanted=True)")
    assert until(lambda: _ended(desk))[0]["state"] == "cancelled"
    assert len(_lines(tally)) < 400


def _worker(desk: Home, *, lease: float) -> "subprocess.Popen[str]":
    return desk.start(sys.executable, KINDS, lease)


def _ask(desk: Home, tally: Path, *, to: int, pause: float, times: int = 1) -> None:
    arguments = json.dumps({"tally": os.fspath(tally), "to": to, "pause": pause})
    desk.script(
        "import json\nfrom fulcrum.records.jobs import ask_for\n"
        f"for _ in range({times}): ask_for(None, 'count', json.loads({arguments!r}), None)"
    )


def _jobs(desk: Home) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(desk.folder / "fulcrum.db")) as database:
        rows = database.execute("SELECT state, attempts, result, error FROM records_job").fetchall()
    names = ("state", "attempts", "result", "error")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _ended(desk: Home, *, many: int = 1) -> list[dict[str, Any]]:
    found = [job for job in _jobs(desk) if job["state"] in ("done", "failed", "cancelled")]
    return found if len(found) == many else []


def _lines(tally: Path) -> list[list[str]]:
    return [line.split() for line in tally.read_text().splitlines()] if tally.exists() else []
