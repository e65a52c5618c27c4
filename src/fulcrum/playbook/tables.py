"""The TOML files of one playbook folder as plain tables, and a Problem for each file that is none."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.playbook.shelves import RULES, SHELVES

NAMES = (*(shelf.name for shelf in SHELVES), RULES)


@value
class TomlFile:
    """One file: `belongs_to` is its shelf (or "rules"), `shown_as` its name in a Problem."""

    belongs_to: str
    shown_as: str
    is_own: bool
    sha256: str
    content: dict[str, Any]


def read_folder(
    folder: Path, *, shown_as: str, is_own: bool = False
) -> tuple[tuple[TomlFile, ...], tuple[Problem, ...]]:
    """All playbook files of a folder in a stable order; a folder that does not exist holds none."""
    files: list[TomlFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.toml")):
        inside = path.relative_to(folder)
        name = f"{shown_as}/{inside.as_posix()}"
        match _read(path, inside.parts[0].removesuffix(".toml"), name, is_own=is_own):
            case TomlFile() as file:
                problems += _strangers(file)
                files.append(file)
            case Problem() as problem:
                problems.append(problem)
    return tuple(files), tuple(problems)


def entries_of(file: TomlFile, shelf: str) -> Iterator[tuple[int, Any]]:
    """The entries that a file puts on a shelf, counted from 1."""
    listed = file.content.get(shelf, []) if file.belongs_to == shelf else []
    yield from enumerate(listed if isinstance(listed, list) else [], start=1)


def _read(path: Path, belongs_to: str, shown_as: str, *, is_own: bool) -> TomlFile | Problem:
    if belongs_to not in NAMES:
        return Problem(
            file=shown_as,
            what="No part of the playbook has this name.",
            remedy=f"Rename the file. {_choose_from(belongs_to)}",
            code="playbook.unknown-file",
        )
    content = path.read_bytes()
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as refused:
        return Problem(
            file=shown_as,
            what=f"The file is not valid TOML: {refused}.",
            remedy="Mend that line: texts stand in quotes, lists in square brackets, and the file is UTF-8.",
            code="playbook.not-toml",
        )
    return TomlFile(
        belongs_to=belongs_to,
        shown_as=shown_as,
        is_own=is_own,
        sha256=sha256(content).hexdigest(),
        content=table,
    )


def _strangers(file: TomlFile) -> Iterator[Problem]:
    """Top-level keys that the file should not have; in a shelf only its own array may stand."""
    if file.belongs_to == RULES:
        return
    for key, content in file.content.items():
        if key == file.belongs_to and isinstance(content, list):
            continue
        yield Problem(
            file=file.shown_as,
            path=key,
            what=f"“{key}” does not belong at the top of this file.",
            remedy=f"Begin each entry with a line [[{file.belongs_to}]].",
            code="playbook.unknown-key",
        )


def _choose_from(given: str) -> str:
    near = get_close_matches(given, NAMES, n=1)
    meant = f"Did you mean {near[0]}.toml? " if near else ""
    return f"{meant}Allowed: {', '.join(f'{name}.toml' for name in NAMES)}; or folders of these names."
