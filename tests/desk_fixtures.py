"""A desk for tests: a workspace with its people, and homes of their own for real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fulcrum.records.access import Actor
from fulcrum.records.models import Executive, Member, Role, Workspace

Clock = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def workspace(db: None) -> Workspace:
    """A company on the desk."""
    return Workspace.objects.create(slug="northwind", name="Northwind", industry="Telecoms", currency="EUR")


@pytest.fixture
def joined(workspace: Workspace, django_user_model: Any) -> Callable[..., Actor]:
    """Adds somebody to the workspace: `joined("ana", Role.EDITOR)`."""

    def join(name: str, role: str = Role.EDITOR, executive: Executive | None = None) -> Actor:
        email = f"{name}@northwind.example"
        user = django_user_model.objects.create_user(username=email, email=email, password="a long password")
        member = Member.objects.create(
            workspace=workspace, user=user, name=name.capitalize(), role=role, is_executive=executive
        )
        return Actor(member=member)

    return join


@pytest.fixture
def owner(joined: Callable[..., Actor]) -> Actor:
    """An owner of the workspace."""
    return joined("olga", Role.OWNER)


@pytest.fixture
def editor(joined: Callable[..., Actor]) -> Actor:
    """An editor."""
    return joined("edda", Role.EDITOR)


class Home:
    """A desk's home folder, and processes that run in it as a user's would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            **{
                name: held
                for name, held in os.environ.items()
                if not name.startswith(("FULCRUM", "DATABASE"))
            },
            "FULCRUM_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "fulcrum.config.settings",
            "PYTHONPATH": str(Path(__file__).parent),
        }
        self._running: list[subprocess.Popen[str]] = []

    @property
    def fulcrum(self) -> list[str]:
        """The `fulcrum` command as it was installed."""
        return [str(Path(sys.executable).with_name("fulcrum"))]

    def script(self, text: str) -> str:
        """What a script prints that runs inside the desk."""
        done = self._run([sys.executable, "-c", f"import django\ndjango.setup()\n{text}"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *arguments: object, **environ: str) -> "subprocess.CompletedProcess[str]":
        """The `fulcrum` command, run to its end."""
        return self._run([*self.fulcrum, *map(str, arguments)], environ)

    def start(self, *arguments: object, **environ: str) -> "subprocess.Popen[str]":
        """A process that runs until the test is over."""
        process = subprocess.Popen(
            [str(one) for one in arguments],
            env=self.environ | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running.append(process)
        return process

    def stop(self) -> None:
        """Ask what was started to end in order, and wait for it."""
        for process in self._running:
            process.terminate()
            process.communicate(timeout=60)

    def end(self) -> None:
        """End what was started."""
        for process in self._running:
            process.kill()
            process.communicate()

    def _run(
        self, command: list[str], environ: dict[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            env=self.environ | (environ or {}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home folder that is thrown away, with the processes that still run in it."""
    made = Home(tmp_path / "home")
    yield made
    made.end()


def until(what: Callable[[], Any], *, seconds: float = 30) -> Any:
    """What `what` gives as soon as it gives something; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} seconds for {what}")
