"""A parser in a process of its own: with limits, stopped when its time is over, its crash told in a sentence.

    parent    confined("fulcrum.reading.text_child", options, source, room, result=…)
    child     confine(options)  — first of all, then reads standard input

A crafted file may crash a parser or eat all memory. The child gets so many bytes of addresses, seconds of the
processor and bytes to write, few open files, no core; under pressure the system ends it before its parent.
It sees neither the file's name nor the parent's environment. Where the system has no such limits (Windows),
only the time limit protects.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value

_OPEN_FILES = 64
_KEPT_SETTINGS = ("PYTHONPATH", "PATH", "SYSTEMROOT")  # all that a Python needs to start


@value
class Room:
    """What a child may use: bytes of addresses, seconds of the processor, bytes that it may write.

    Twice its seconds by the clock it is stopped: on a busy machine a parser waits as much as it works.
    """

    addresses: int
    seconds: int
    written: int = 0


@value
class Answered:
    """What a child said: on its standard output, unless that went to a file, and on its standard error."""

    output: bytes
    report: bytes


def confined(
    module: str,
    options: dict[str, Any],
    source: IO[bytes] | bytes | None,
    room: Room,
    *,
    result: IO[bytes] | None = None,
    wait: float | None = None,
) -> Answered | str:
    """The child's answer, or in half a sentence why it gave none. `source` becomes its standard input."""
    limits = {"addresses": room.addresses, "seconds": room.seconds, "written": room.written}
    command = [sys.executable, "-P", "-m", module, json.dumps({**options, "room": limits})]
    wait = 2 * room.seconds if wait is None else wait
    held: dict[str, Any] = {"stdin": source or subprocess.DEVNULL}
    if isinstance(source, bytes):
        held = {"input": source}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            **held,
            stdout=result or subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=wait,
            check=False,
            env={name: os.environ[name] for name in _KEPT_SETTINGS if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        return f"reading took longer than {wait:g} seconds"
    if done.returncode != 0:
        return "it needs too much memory or time, or stops the reader"
    return Answered(output=done.stdout or b"", report=done.stderr)


def confine(options: dict[str, Any]) -> None:
    """Takes the limits that the parent gave; nothing can lift them again."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    try:
        import resource
    except ImportError:
        return
    room = options["room"]
    limits = {
        resource.RLIMIT_AS: room["addresses"],
        resource.RLIMIT_CPU: room["seconds"],
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_FSIZE: room["written"],
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


def told(problems: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Problems that a child reported."""
    return tuple(Problem(**{**one, "severity": Severity(one["severity"])}) for one in problems)


def gave_up(why: str, *, file: str, kind: str, remedy: str) -> Problem:
    """The Problem with a file whose reader was stopped."""
    return Problem(
        file=file,
        what=f"The {kind} could not be read within safe limits: {why}.",
        remedy=remedy,
        code="gave-up",
    )
