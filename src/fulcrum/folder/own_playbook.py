"""The company's own playbook as texts by their place in `playbook/`, to be kept elsewhere and put back."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from fulcrum.core.errors import WrongUse
from fulcrum.folder.write import write_text

FOLDER = "playbook"


def read_own_playbook(folder: Path) -> Mapping[str, str]:
    """Every TOML file under `playbook/` of a company folder, by its place there; none where there is none.

    The texts are byte for byte those of the files, for the playbook's version is their fingerprint.
    """
    own = folder / FOLDER
    return {path.relative_to(own).as_posix(): _text(path) for path in sorted(own.rglob("*.toml"))}


def write_own_playbook(texts: Mapping[str, str], folder: Path) -> None:
    """Writes the texts under `playbook/` of a company folder; never over a file that is there."""
    places = {folder / FOLDER / _within(name): text for name, text in texts.items()}
    taken = [path for path in places if path.exists()]
    if taken:
        raise WrongUse(f"{folder} already holds {taken[0].relative_to(folder)}; choose a new folder.")
    for path, text in places.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{path} is not UTF-8: save it as UTF-8.") from error


def _within(name: str) -> PurePosixPath:
    """A place below the folder, and nowhere else."""
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name or place.suffix != ".toml":
        raise WrongUse(f"“{name}” is no file of a playbook.")
    return place
