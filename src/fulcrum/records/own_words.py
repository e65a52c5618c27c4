"""Where the texts of executives lie, and what is read of one; the same file is read once."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from fulcrum import from_words
from fulcrum.core import people
from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.core.words import OwnText
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Executive, Workspace
from fulcrum.records.rows import value_of


@value
class KeptText:
    """One file in words/: its name, its size, its words, and what is wrong with it."""

    name: str
    size: int
    text: OwnText | None
    problems: tuple[Problem, ...]


def place_of(workspace: Workspace) -> Path:
    """The folder that the texts lie in."""
    return folder_of(workspace) / "words"


def files_of(executive: Executive) -> tuple[Path, ...]:
    """The texts of one executive, in the order of names."""
    place = place_of(executive.workspace)
    found = sorted(place.iterdir()) if place.is_dir() else []
    return tuple(
        path
        for path in found
        if path.is_file() and not path.is_symlink() and from_words.whose(path.name) == executive.key
    )


def texts_of(executive: Executive, *, today: date) -> tuple[KeptText, ...]:
    """What is read of each of them."""
    person = value_of(executive, people.Executive)
    return tuple(_kept(path, person, today) for path in files_of(executive))


def forget_texts(executive: Executive) -> int:
    """Delete every text of an executive, for good; how many there were."""
    found = files_of(executive)
    for path in found:
        path.unlink()
    return len(found)


def _kept(path: Path, person: people.Executive, today: date) -> KeptText:
    found = path.stat()
    return _read(path, person, today, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, person: people.Executive, today: date, size: int, _: int) -> KeptText:
    text, problems = from_words.one_text(path, (person,), as_of=today)
    return KeptText(name=path.name, size=size, text=text, problems=problems)
