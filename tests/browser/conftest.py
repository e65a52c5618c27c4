"""A real desk in a real browser: `fulcrum serve` in a home of its own, and Debian's Chromium."""

import shutil
import socket
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from desk_fixtures import Home, until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Desk:
    """A desk that serves, and its address."""

    def __init__(self, home: Home, port: int) -> None:
        self.home, self.address = home, f"http://127.0.0.1:{port}"

    def __truediv__(self, path: str) -> str:
        return f"{self.address}/{path.lstrip('/')}"


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
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Desk]]:
    """Starts `fulcrum serve` in a fresh home; ends it after the module."""
    homes: list[Home] = []

    def start() -> Desk:
        home = Home(tmp_path_factory.mktemp("home"))
        homes.append(home)
        port = _free_port()
        home.start(*home.fulcrum, "serve", "--port", port)
        desk = Desk(home, port)
        until(lambda: _answers(desk / "/health/"), seconds=60)
        return desk

    yield start
    for home in homes:
        home.end()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past; every error on its console fails the test."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    told: list[str] = []
    made.on("weberror", lambda error: told.append(str(error.error)))
    made.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    yield made
    made.close()
    assert told == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One page of that browser."""
    made = context.new_page()
    made.set_default_timeout(30_000)
    return made


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
