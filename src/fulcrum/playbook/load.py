"""The playbook, read from its data files and the company's own, with everything wrong in them at once.

A company's own folder holds files of the same names. An entry that is the same as a shipped one (same id;
same behaviour and level; same level and lever; same barrier; same constant) takes its place whole, in its
position; any other is added at the end. A folder that does not exist holds nothing.
"""

from collections.abc import Hashable
from hashlib import sha256
from pathlib import Path
from typing import Any

from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value
from fulcrum.playbook.fitting import Misfit, fit, in_words
from fulcrum.playbook.rules import Rules, read_rules
from fulcrum.playbook.shelves import RULES, SHELVES, SHIPPED, Shelf
from fulcrum.playbook.tables import TomlFile, entries_of, read_folder

EDITION = "2026.11"

Identity = tuple[Hashable, ...]


@value
class Reading:
    """What came of reading: the playbook unless a Problem stopped it, and the file of each entry."""

    playbook: Playbook | None
    problems: tuple[Problem, ...]
    said_by: dict[tuple[str, Identity], str]


def load_playbook(own: Path | None = None) -> Playbook:
    """The playbook, with the company's own entries from the folder `own`.

    Raises `DataProblems` with all of them when any entry does not fit its shape.
    """
    reading = read(own)
    if reading.playbook is None:
        raise DataProblems(reading.problems)
    return reading.playbook


def read_playbook(own: Path | None = None) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """The playbook, or None and every Problem that keeps it from being read."""
    reading = read(own)
    return reading.playbook, reading.problems


def read(own: Path | None = None, *, shipped: Path = SHIPPED) -> Reading:
    """The playbook with its Problems and with the file that each entry comes from."""
    files, problems = read_folder(shipped, shown_as="fulcrum/playbook/data")
    if own is not None:
        if own.is_file():
            raise WrongUse(f"{own} is a file; the company's playbook is a folder of files.")
        own_files, own_problems = read_folder(own, shown_as=own.name, is_own=True)
        files, problems = files + own_files, problems + own_problems
    said_by: dict[tuple[str, Identity], str] = {}
    entries: dict[str, tuple[Any, ...]] = {}
    for shelf in SHELVES:
        entries[shelf.name], misfits = _fill(shelf, files, said_by)
        problems += misfits
    rules, misfits, constants = read_rules(tuple(file for file in files if file.belongs_to == RULES))
    said_by |= {(RULES, (constant,)): file for constant, file in constants.items()}
    problems += misfits
    playbook = None if problems or rules is None else _bind(files, entries, rules)
    return Reading(playbook=playbook, problems=problems, said_by=said_by)


def _bind(files: tuple[TomlFile, ...], entries: dict[str, tuple[Any, ...]], rules: Rules) -> Playbook:
    """The version carries a fingerprint of all files: the same version recommends the same."""
    fingerprint = sha256("".join(file.sha256 for file in files).encode()).hexdigest()[:8]
    return Playbook(
        version=f"{EDITION}-{fingerprint}",
        belief=rules.belief,
        choice=rules.choice,
        evidence=rules.evidence,
        case=rules.case,
        pilot=rules.pilot,
        story=rules.story,
        cadence=rules.cadence,
        plan=rules.plan,
        learning=rules.learning,
        alignment=rules.alignment,
        vision=rules.vision,
        goal=rules.goal,
        words=rules.words,
        **entries,
    )


def _fill(
    shelf: Shelf, files: tuple[TomlFile, ...], said_by: dict[tuple[str, Identity], str]
) -> tuple[tuple[Any, ...], tuple[Problem, ...]]:
    """The entries of one shelf, own ones in the place of shipped ones, and all that is wrong with them."""
    entries: dict[Identity, Any] = {}
    first_in: dict[tuple[bool, Identity], str] = {}
    problems: list[Problem] = []
    for file in files:
        for number, content in entries_of(file, shelf.name):
            entry, misfits = fit(shelf.shape, content)
            problems += [_misfit(file, _place(shelf, number, content), misfit) for misfit in misfits]
            if entry is None:
                continue
            identity = shelf.identity(entry)
            if (file.is_own, identity) in first_in:
                problems.append(_twice(file, shelf, number, entry, first_in[file.is_own, identity]))
            first_in[file.is_own, identity] = said_by[shelf.name, identity] = file.shown_as
            entries[identity] = entry
    return tuple(entries.values()), tuple(problems)


def _place(shelf: Shelf, number: int, content: Any) -> str:
    names = [str(content[field]) for field in shelf.same_if if isinstance(content, dict) and field in content]
    return f"{shelf.name} {number}" + (f" ({', '.join(names)})" if names else "")


def _misfit(file: TomlFile, entry: str, misfit: Misfit) -> Problem:
    path = f"{entry} › {in_words(misfit.place)}" if misfit.place else entry
    return Problem(
        file=file.shown_as, path=path, what=misfit.what, remedy=misfit.remedy, code="playbook.misfit"
    )


def _twice(file: TomlFile, shelf: Shelf, number: int, entry: object, first: str) -> Problem:
    return Problem(
        file=file.shown_as,
        path=f"{shelf.name} {number} ({shelf.label(entry)})",
        what=f"“{shelf.label(entry)}” stands twice; the first is in {first}.",
        remedy="Remove one of them, or give it another identity.",
        code="playbook.twice",
    )
