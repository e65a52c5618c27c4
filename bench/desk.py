"""The desk under load: fifty signed-in people, one request in ten a write; one table: `bench/desk.md`.

    python bench/desk.py [--seconds 300] [--think 5] [--executives 2000] [--observations 50000]

Three times the real `fulcrum serve` is started on a home of its own and used by processes that speak HTTP: a
small company, the large one, and the large one while somebody brings an export of 500,000 rows that is then
checked by a mapping and read. Only 127.0.0.1 is spoken to; everything ends by itself.
"""

import argparse
import http.client
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from desk_people import Visitor, token_in
from desk_table import written

HERE = Path(__file__).parent
RESULTS = HERE / "desk.md"
WARM = 300
EDGE = "fulcrum-bench"
DATA = "/w/bench/evidence/"
MAPPING = """currency = "EUR"

[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "who"
answered_at = { column = "when", format = "%Y-%m-%d" }
score = { column = "how", scale = [0, 10], kind = "nps" }
touchpoint = "where"
"""


def main() -> None:
    """Measure what was asked for and write the page."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="fulcrum-bench-") as folder:
        place = Path(folder)
        small = _made(place / "small", 6, 150, asked.users)
        large = _made(place / "large", asked.executives, asked.observations, asked.users)
        found = {
            "small": _measured(place / "small", small, 6, asked),
            "large": _measured(place / "large", large, asked.executives, asked),
        }
        if asked.rows:
            asked.seconds = asked.upload_seconds or asked.seconds
            found["upload"] = _measured(place / "large", large, asked.executives, asked, rows=asked.rows)
    found["about"] = _about(asked)
    page = RESULTS.read_text(encoding="utf-8")
    RESULTS.write_text(written(page, found), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--executives", type=int, default=2_000)
    parser.add_argument("--observations", type=int, default=50_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument(
        "--upload-seconds", type=float, help="of the part with the export; else as the others"
    )
    parser.add_argument("--think", type=float, default=5, help="seconds between a person's pages, on average")
    parser.add_argument("--rows", type=int, default=500_000, help="of the export; 0 leaves that part out")
    return parser.parse_args()


def _made(home: Path, executives: int, observations: int, users: int) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "desk_home.py"), str(home)]
    done = subprocess.run(
        [*command, str(executives), str(observations), str(users)], check=True, capture_output=True, text=True
    )
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def _measured(
    home: Path, made: dict[str, Any], executives: int, asked: argparse.Namespace, *, rows: int = 0
) -> dict[str, Any]:
    """What people met with on one home, and what the desk took; with an export brought meanwhile."""
    with _served(home) as (port, desk):
        _warmed(home, port, made["sessions"][0])
        start = time.time() + 3
        plan = {
            "port": port,
            "start": start,
            "end": start + asked.seconds,
            "think": asked.think,
            "executives": executives,
        }
        people = _begun(home, plan, made)
        before = {name: sum(map(_seconds, group)) for name, group in _groups(desk).items()}
        brought = _brought(port, made["sessions"][0], rows, start) if rows else None
        memory = _watched(desk, plan["end"])
        told = [one for process, file in people for one in _told(process, file)]
        took = {
            name: sum(map(_seconds, group)) - before.get(name, 0.0) for name, group in _groups(desk).items()
        }
    return {
        "told": told,
        "seconds": asked.seconds,
        "memory": memory,
        "processor": took,
        "brought": brought,
        "load": psutil.getloadavg()[0],
    }


@contextmanager
def _served(home: Path) -> Iterator[tuple[int, psutil.Process]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("fulcrum")), "serve", "--home", str(home)]
    environ = {
        name: held for name, held in os.environ.items() if not name.startswith(("FULCRUM", "DATABASE"))
    }
    process = subprocess.Popen([*command, "--port", str(port)], env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError, http.client.HTTPException):
            if Visitor(port).ask("GET", "/health/")[0] == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the desk did not begin to answer within a minute")


def _begun(home: Path, plan: dict[str, Any], made: dict[str, Any]) -> list[tuple[Any, Path]]:
    """Two processes of people, so that those who measure do not wait for each other."""
    begun = []
    for place in range(2):
        part = {"sessions": made["sessions"][place::2], "asks": made["asks"][place::2], "seed": 100 * place}
        file, found = home / f"plan-{place}.json", home / f"found-{place}.json"
        file.write_text(json.dumps(plan | part))
        command = [sys.executable, str(HERE / "desk_people.py"), str(file), str(found)]
        begun.append((subprocess.Popen(command), found))
    return begun


def _told(process: Any, file: Path) -> list[Any]:
    process.wait(timeout=180)
    told: list[Any] = json.loads(file.read_text())
    return told


def _warmed(home: Path, port: int, session: str) -> None:
    """The first visit of the morning: pages judge whom they show, and the worker is let judge the others."""
    for address in ("", "executives/", "executives/executive-0/", "library/", "levers/"):
        Visitor(port, session).ask("GET", f"/w/bench/{address}")
    with closing(sqlite3.connect(f"file:{home / 'fulcrum.db'}?mode=ro", uri=True, timeout=30)) as records:
        going_on = "SELECT COUNT(*) FROM records_job WHERE state IN ('waiting', 'running')"
        for _ in range(WARM):
            time.sleep(1)
            if not records.execute(going_on).fetchone()[0]:
                return
    raise SystemExit("the worker was not done with the morning's judgements in five minutes")


def _brought(port: int, session: str, rows: int, start: float) -> dict[str, Any]:
    """Bring an export, have it checked by a mapping and read; when each part began and ended."""
    csv, visitor = _export(rows), Visitor(port, session)
    time.sleep(max(0.0, start + 10 - time.time()))
    begun = time.time()
    token = token_in(visitor.ask("GET", f"{DATA}data/")[1])
    body = _part('name="csrfmiddlewaretoken"', token.encode())
    body += _part('name="files"; filename="answers.csv"', csv) + f"--{EDGE}--\r\n".encode()
    sent, _, _ = visitor.ask("POST", f"{DATA}data/", body, f"multipart/form-data; boundary={EDGE}")
    there = time.time()
    entered = {"csrfmiddlewaretoken": token, "as": "text", "text": MAPPING, "do": "check"}
    status, _, job = visitor.ask("POST", f"{DATA}mapping/", urlencode(entered).encode())
    state = _ended(visitor, job) if (sent, status) == (302, 302) else f"refused: {sent} and {status}"
    return {
        "rows": rows,
        "megabytes": len(csv) / 1e6,
        "sent": there - begun,
        "read": time.time() - there,
        "from": begun - start,
        "to": time.time() - start,
        "state": state,
    }


def _part(name: str, held: bytes) -> bytes:
    return f"--{EDGE}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + held + b"\r\n"


def _ended(visitor: Visitor, job: str) -> str:
    for _ in range(1_200):
        status, page, leads = visitor.ask("GET", job)
        if status == 302:
            return f"done, leads to {leads}"
        if b"See what came of it" in page:
            return "done"
        if b"/cancel/" not in page:
            return " ".join(re.sub(rb"<[^>]+>", b" ", page).decode().split())[:300]
        time.sleep(0.5)
    return "not done in ten minutes"


def _export(rows: int) -> bytes:
    chance, today = random.Random(3), date.today()  # noqa: DTZ011
    days = [(today - timedelta(days=back)).isoformat() for back in range(400)]
    lines = [
        f"c{chance.randrange(rows // 2)},{days[row * 399 // rows]},{chance.randrange(11)},shop {row % 3}"
        for row in range(rows)
    ]
    return ("who,when,how,where\n" + "\n".join(lines) + "\n").encode()


def _groups(desk: psutil.Process) -> dict[str, list[psutil.Process]]:
    """The processes that the desk keeps running, each with its children."""
    kept: dict[str, list[psutil.Process]] = {}
    for child in desk.children():
        name = "worker" if child.cmdline()[-1] == "worker" else "web"
        kept[name] = [child, *child.children(recursive=True)]
    return kept


def _watched(desk: psutil.Process, end: float) -> dict[str, float]:
    """The most memory that each held, in MB."""
    most: dict[str, float] = {}
    while time.time() < end:
        for name, group in _groups(desk).items():
            with suppress(psutil.NoSuchProcess):
                now = sum(one.memory_info().rss for one in group) / 1e6
                most[name] = max(most.get(name, 0.0), now)
        time.sleep(1)
    return most


def _seconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def _about(asked: argparse.Namespace) -> dict[str, Any]:
    import django
    import granian

    return {
        "executives": asked.executives,
        "observations": asked.observations,
        "users": asked.users,
        "think": asked.think,
        "cores": os.cpu_count(),
        "day": time.strftime("%Y-%m-%d"),
        "versions": f"django {django.__version__}, granian {granian.__version__}",
    }


if __name__ == "__main__":
    main()
