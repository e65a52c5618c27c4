"""Copies of the folders that belong to a company: regular files only, inside their place, byte for byte."""

import os
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from fulcrum.core.errors import Problem

FOLDERS = ("data", "pilots", "words", "playbook")


def copy_folders(source: Path, target: Path, *, but: Callable[[Path], bool] = lambda _: False) -> None:
    """Copy those of a company's folders that there are; hidden files stay behind. See `unfit_in` first.

    `but` says of a file, by its place within the source, that it stays behind too.
    """
    for file in files_in(source):
        if but(file.relative_to(source)):
            continue
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        with _opened(file) as read, place.open("xb") as write:
            shutil.copyfileobj(read, write)


def files_in(folder: Path) -> Iterator[Path]:
    """Every regular file of the company's folders, in a fixed order."""
    return (path for path in _within(folder) if path.is_file() and not path.is_symlink())


def unfit_in(folder: Path) -> tuple[Problem, ...]:
    """A Problem for everything in these folders that is neither a file nor a folder: it is not followed."""
    return tuple(
        Problem(
            file=path.relative_to(folder).as_posix(),
            what="It is a link or something else than a file; it is not followed.",
            remedy="Put the file itself in its place, or take it away.",
            code="not-a-file",
        )
        for path in _within(folder)
        if path.is_symlink() or not path.is_file()
    )


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as read:
        found = sha256()
        while block := read.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _within(folder: Path) -> Iterator[Path]:
    """Files, links and the like below the company's folders; links are named and never entered."""
    for name in FOLDERS:
        root = folder / name
        if root.is_symlink():
            yield root
            continue
        for place, folders, files in os.walk(root, followlinks=False):
            folders[:] = sorted(one for one in folders if not _is_hidden(one))
            links = [one for one in folders if (Path(place) / one).is_symlink()]
            yield from (Path(place) / one for one in sorted([*files, *links]) if not _is_hidden(one))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _opened(file: Path) -> BinaryIO:
    """The file opened so that a link put in its place meanwhile is refused."""
    return os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
