"""Where a simulated company may be written: nowhere that holds somebody's own files."""

import shutil
import tomllib
from pathlib import Path

from fulcrum.core.errors import WrongUse


def clear_simulated(folder: Path) -> None:
    """Take an earlier simulated company away; whatever else is there is somebody's and stays."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    about = folder / "company.toml"
    if not about.is_file() or tomllib.loads(about.read_text(encoding="utf-8")).get("simulated") is not True:
        raise WrongUse(f"{folder} holds something other than a simulated company; choose another place.")
    shutil.rmtree(folder)
