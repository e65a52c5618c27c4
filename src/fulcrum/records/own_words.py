"""Where the texts of executives lie, and what is read of one; the same file is read once."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fulcrum import from_words
from fulcrum.core import people
from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.core.words import OwnText
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Executive, Workspace
from fulcrum.records.remembered import remembered
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
    return _files(executive.workspace).get(executive.key, ())


def texts_of(
    workspace: Workspace, executives: Iterable[Executive], *, today: date
) -> dict[int, tuple[KeptText, ...]]:
    """What is read of the texts of these executives, by row; nothing for somebody who has none."""
    files = _files(workspace)
    return {
        one.pk: tuple(_kept(path, value_of(one, people.Executive), today) for path in files[one.key])
        for one in executives
        if one.key in files
    }


def _files(workspace: Workspace) -> dict[str, tuple[Path, ...]]:
    """Every text by the id that its name begins with; links are not followed."""
    place, found = place_of(workspace), dict[str, tuple[Path, ...]]()
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        who = from_words.whose(path.name)
        if who and path.is_file() and not path.is_symlink():
            found[who] = (*found.get(who, ()), path)
    return found


def forget_texts(executive: Executive) -> int:
    """Delete every text of an executive, for good; how many there were."""
    found = files_of(executive)
    for path in found:
        path.unlink()
    return len(found)


def _kept(path: Path, person: people.Executive, today: date) -> KeptText:
    found = path.stat()
    return _read(path, person, today, found.st_size, found.st_mtime_ns)


@remembered(most=256)
def _read(path: Path, person: people.Executive, today: date, size: int, _: int) -> KeptText:
    text, problems = from_words.one_text(path, (person,), as_of=today)
    return KeptText(name=path.name, size=size, text=text, problems=problems)
