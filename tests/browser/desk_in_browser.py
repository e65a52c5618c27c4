"""A real desk in a real browser: `fulcrum serve` in a home of its own, and Debian's Chromium."""

import fcntl
import os
import shutil
import socket
import ssl
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desk_fixtures import Home, until

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))  # the walk of every page is shared

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 60_000  # milliseconds, for machines that do other things too
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TIDEWATER = "/w/tidewater-broadband"
expect.set_options(timeout=PATIENCE)


class Desk:
    """A desk that serves, and its address."""

    def __init__(self, home: Home, port: int, scheme: str) -> None:
        self.home, self.address = home, f"{scheme}://127.0.0.1:{port}"

    def __truediv__(self, path: str) -> str:
        return f"{self.address}/{path.lstrip('/')}"


Serve = Callable[..., Desk]
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; a skip that says why where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's chromium")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIETLY))
        yield made
        made.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts `fulcrum serve` in a fresh home; ends it after the module."""
    homes: list[Home] = []

    def start(*options: object, home: Home | None = None) -> Desk:
        made = home or Home(tmp_path_factory.mktemp("home"))
        homes.append(made)
        port = _free_port()
        made.start(*made.fulcrum, "serve", "--port", port, *options)
        desk = Desk(made, port, "https" if "FULCRUM_CERT_FILE" in made.environ else "http")
        until(lambda: _answers(desk / "/health/"), seconds=120)
        return desk

    yield start
    for home in homes:
        home.end()


@pytest.fixture(scope="module")
def tidewater(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which the simulated company was opened: once in a run, and its home copied for each."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    opened = common / "tidewater"
    with (common / "tidewater.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not opened.exists():
            _open_tidewater(serve(), opened)
    copy = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(opened, copy)
    return serve(home=Home(copy))


def _open_tidewater(desk: Desk, into: Path) -> None:
    from visitor import Visitor

    visitor = Visitor(desk.address)
    assert visitor.send("/", "/start/demo/").status_code == 302
    until(lambda: "briefs-list" in visitor.page_if_any(f"{TIDEWATER}/briefs/"), seconds=300)
    desk.home.stop()
    desk.home.folder.rename(into)


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Opens browsers without a past; every error on a console fails the test."""
    opened: list[BrowserContext] = []
    told: list[str] = []

    def open_one(**options: object) -> BrowserContext:
        usual = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "ignore_https_errors": True}
        chosen = usual | options
        made = browser.new_context(**chosen)  # type: ignore[arg-type]
        made.set_default_timeout(PATIENCE)
        made.on("weberror", lambda error: told.append(str(error.error)))
        made.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        opened.append(made)
        return made

    yield open_one
    for context in opened:
        context.close()
    unexpected = [
        said for said in told if not said.startswith("Failed to load resource: the server responded")
    ]
    assert unexpected == []


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    """A browser at a desk's width."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One page of that browser."""
    return context.new_page()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        unchecked = ssl._create_unverified_context()  # a certificate of the test's own
        with urllib.request.urlopen(address, timeout=5, context=unchecked) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
