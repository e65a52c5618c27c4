"""A file opened to be read, or why not: nothing is waited for that is no plain file."""

import os
import stat
from difflib import get_close_matches
from io import BufferedReader
from pathlib import Path

from fulcrum.core.errors import Problem

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def opened(path: Path, *, file: str) -> BufferedReader | Problem:
    """The file, opened to read; a folder, a pipe, a device or a link to nothing is a Problem."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        return _missing(path, file=file)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return _cannot_open(getattr(error, "strerror", None) or str(error), file=file)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return _cannot_open("it is a folder, a pipe or a device", file=file)
    return open(descriptor, "rb")  # noqa: PTH123 - a descriptor has no path


def size_of(source: BufferedReader) -> int:
    """The size of an open file in bytes."""
    return os.fstat(source.fileno()).st_size


def rewound(source: BufferedReader) -> BufferedReader:
    """The open file from its beginning, for a child as well."""
    source.seek(0)
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    return source


def _missing(path: Path, *, file: str) -> Problem:
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = [name for name in get_close_matches(path.name, beside, n=1) if name != path.name]
    return Problem(
        file=file,
        what="There is no such file.",
        remedy=f"Did you mean “{near[0]}”?" if near else "Check the name and where it lies.",
        code="missing-file",
    )


def _cannot_open(why: str, *, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"The file cannot be opened: {why}.",
        remedy="Check its name, that it is a file, and that you may read it.",
        code="cannot-open",
    )
