"""Keeps processes running: begins each again when it dies, ends all of them together."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from fulcrum.cli import say
from fulcrum.core.errors import FulcrumError

GRACE = 10.0
_LOOK = 0.2
_SHORT = 10.0
_MOST_SHORT_LIVES = 5


class GaveUp(FulcrumError):
    """A process that ends again and again."""


@dataclass
class Kept:
    """One process that shall run: how it is begun, and how it fared."""

    name: str
    command: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = None
    begun: float = 0.0
    short_lives: int = 0
    not_before: float = field(default=0.0)

    def begin(self) -> None:
        """Start it, in a group of its own: Ctrl-C reaches the keeper alone, who ends it in order."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603  our own command

    def look_after(self) -> None:
        """Begin it again if it died: at once the first time, later and later when it dies young."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self._note_death(now, self.process)
        if now >= self.not_before:
            self.begin()

    def _note_death(self, now: float, process: "subprocess.Popen[bytes]") -> None:
        _kill_group(process)
        is_short = now - self.begun < _SHORT
        self.short_lives = self.short_lives + 1 if is_short else 0
        if self.short_lives >= _MOST_SHORT_LIVES:
            raise GaveUp(f"The {self.name} ends again and again; what it said above tells why.")
        say.progress(f"The {self.name} ended ({_reason(process.returncode)}) and is begun again.")
        self.not_before = now + min(30.0, 2.0**self.short_lives - 1)
        self.process = None

    def end(self, until: float) -> None:
        """End it: asked first, killed with all its children when it does not go by `until`."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_group(self.process)
            self.process.wait()


class Keeper:
    """Keeps several processes until it is asked to end."""

    def __init__(self, *kept: Kept) -> None:
        self._kept = kept
        self._stopping = threading.Event()

    def __enter__(self) -> "Keeper":
        for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(one, self._stop)
        for kept in self._kept:
            kept.begin()
        return self

    def __exit__(self, *_: object) -> None:
        running = [one.process for one in self._kept if one.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for kept in self._kept:
            kept.end(until)

    def watch(self) -> None:
        """Begin again whatever dies, until a signal ends it."""
        while not self._stopping.wait(_LOOK):
            for kept in self._kept:
                kept.look_after()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float = 60.0) -> bool:
        """Wait for something to become true, looking after the processes meanwhile; whether it did."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._stopping.wait(_LOOK):
            for kept in self._kept:
                kept.look_after()
            if ready():
                return True
        return False

    def _stop(self, _: int, __: FrameType | None) -> None:
        self._stopping.set()


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Its own children too: a port that an orphan holds would keep the next one from serving."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _reason(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
