"""People at a desk: signed in, reading pages at their pace and writing one request in ten, over plain HTTP.

    python bench/desk_people.py PLAN.json FOUND.json

Each person is a thread with a connection of its own. A write is what a browser sends: the form's token, the
form, and where it leads. Between two pages a person reads for a random time (exponential, capped at thrice
its mean). Only 127.0.0.1 is spoken to; everything ends by itself when the time is over.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

WEEK = "/w/bench/"
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(rb'name="version" value="(\d+)"')
_OTHER_PAGES = ("evidence", "briefs", "levers", "library")
# What people do next, in shares: one of these pages, or a write.
_SHARES = (("week", 26), ("list", 16), ("executive", 32), ("form", 6), *((one, 2) for one in _OTHER_PAGES))
_WRITES = 12.6  # each comes with its form and the page after it, which makes one request in ten
_BEHAVIOURS = ("direction", "communication", "model", "accountability", "resources")


class Visitor:
    """A browser's cookies and one connection."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.cookies = port, {"sessionid": session} if session else {}
        self.connection = self._connected()

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = FORM) -> tuple[int, bytes, str]:
        """Status, body and where the answer leads."""
        headers = {"Cookie": "; ".join(f"{name}={held}" for name, held in self.cookies.items())}
        if body:
            headers["Content-Type"] = kind
        try:
            self.connection.request(method, address, body=body or None, headers=headers)
            answer = self.connection.getresponse()
            held = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = self._connected()
            raise
        for name, said in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, given = said.split(";")[0].partition("=")
                self.cookies[cookie] = given
        return answer.status, held, answer.getheader("Location") or ""

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)


def token_in(page: bytes) -> str:
    """What a form sends along so that nobody else can send it."""
    found = _TOKEN.search(page)
    return found.group(1).decode() if found else ""


class Person(threading.Thread):
    """One signed-in person; `found` holds (kind, seconds since the start, milliseconds, what went wrong)."""

    def __init__(self, plan: dict[str, Any], session: str, asks: list[list[Any]], seed: int) -> None:
        super().__init__(daemon=True)
        self.plan, self.asks = plan, asks
        self.chance = random.Random(seed)
        self.visitor = Visitor(plan["port"], session)
        self.found: list[tuple[str, float, float, str]] = []

    def run(self) -> None:
        """Go on until the time is over."""
        time.sleep(max(0.0, self.plan["start"] - time.time()) + self.chance.uniform(0, self.plan["think"]))
        while time.time() < self.plan["end"]:
            self._act()
            time.sleep(min(3 * self.plan["think"], self.chance.expovariate(1 / self.plan["think"])))

    def _act(self) -> None:
        drawn = self.chance.uniform(0, sum(share for _, share in _SHARES) + _WRITES)
        for kind, share in _SHARES:
            if drawn < share:
                self._read(kind)
                return
            drawn -= share
        if self.asks and self.chance.random() < 0.4:
            self._close_ask(*self.asks.pop())
        else:
            self._record()

    def _read(self, kind: str) -> bytes:
        number = self.chance.randrange(self.plan["executives"])
        pages = max(1, -(-self.plan["executives"] // 60))
        address = {
            "week": WEEK,
            "list": f"{WEEK}executives/?page={1 + min(pages - 1, int(self.chance.expovariate(1)))}",
            "executive": f"{WEEK}executives/executive-{number}/",
            "form": f"{WEEK}executives/executive-{number}/record/",
        }.get(kind, f"{WEEK}{kind}/")
        return self._timed(kind, "GET", address)[1]

    def _record(self) -> None:
        address = f"{WEEK}executives/executive-{self.chance.randrange(self.plan['executives'])}/record/"
        form = self._timed("form", "GET", address)[1]
        behaviour = self.chance.choice(_BEHAVIOURS)
        self._write("note", address, form, **_noted(behaviour, self.chance.randrange(6)))

    def _close_ask(self, key: str, row: int) -> None:
        address = f"{WEEK}executives/{key}/ask/{row}/"
        form = self._timed("form", "GET", address)[1]
        seen = _VERSION.search(form)
        entered = {"status": self.chance.choice(("done", "declined")), "closed_on": _today()}
        self._write("close ask", address, form, **entered, version=seen.group(1).decode() if seen else "0")

    def _write(self, kind: str, address: str, form: bytes, **entered: str) -> None:
        body = urlencode({"csrfmiddlewaretoken": token_in(form), **entered}).encode()
        status, _, leads = self._timed(kind, "POST", address, body, 302)
        if status == 302:
            self._timed("executive after a write", "GET", leads)

    def _timed(
        self, kind: str, method: str, address: str, body: bytes = b"", expected: int = 200
    ) -> tuple[int, bytes, str]:
        begun, since = time.perf_counter(), time.time() - self.plan["start"]
        status, held, leads = 0, b"", ""
        try:
            status, held, leads = self.visitor.ask(method, address, body)
            wrong = "" if status == expected else f"{method} {address} answered {status}"
        except (OSError, http.client.HTTPException) as error:
            wrong = f"{method} {address}: {error!r}"
        self.found.append((kind, since, 1e3 * (time.perf_counter() - begun), wrong))
        return status, held, leads


def _noted(behaviour: str, anchor: int) -> dict[str, str]:
    return {
        "behaviour": behaviour,
        "anchor": f"{behaviour}:{anchor}",
        "source": "seen",
        "date": _today(),
        "note": "Sat in on five calls, and asked what would have saved the third.",
        "observer": "",
    }


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  the desk looks from the machine's own day


def main(plan_file: Path, found_file: Path) -> None:
    """Everybody of one plan, until its end."""
    plan = json.loads(plan_file.read_text())
    people = [
        Person(plan, session, plan["asks"][place :: len(plan["sessions"])], plan["seed"] + place)
        for place, session in enumerate(plan["sessions"])
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=max(1.0, plan["end"] - time.time() + 90))
    found_file.write_text(json.dumps([one for person in people for one in person.found]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
