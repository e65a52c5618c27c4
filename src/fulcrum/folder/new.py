"""A new company folder: every file with its header, and the explanations beside them."""

from importlib.resources import files
from pathlib import Path

from fulcrum.core.errors import WrongUse
from fulcrum.folder.tables import TABLES
from fulcrum.folder.write import table_text, write_text

_EXPLAINED = ("README.txt", "company.toml", "vision.toml")
_FOLDERS = ("data", "pilots", "words")
_PILOT = "pilots/README.txt"


def new_folder(path: Path) -> tuple[Path, ...]:
    """Makes the folder and returns what it wrote; a folder that holds anything is left alone."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WrongUse(f"{path} is not an empty folder; choose a new name.")
    path.mkdir(parents=True, exist_ok=True)
    texts = {name: (files("fulcrum.folder") / "skeleton" / name).read_text("utf-8") for name in _EXPLAINED}
    texts |= {table.file: table_text(table, ()) for table in TABLES}
    for name, text in texts.items():
        write_text(path / name, text)
    for name in _FOLDERS:
        (path / name).mkdir()
    write_text(path / _PILOT, (files("fulcrum.folder") / "skeleton" / "pilot.txt").read_text("utf-8"))
    return tuple(path / name for name in (*texts, *_FOLDERS, _PILOT))
