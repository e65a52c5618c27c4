"""Where the files of a brief lie once they were laid out: by the fingerprint of what the brief says."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from fulcrum.briefing.formats import FORMATS
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Brief


def mark(stored: Any) -> str:
    """The fingerprint of a stored brief."""
    plain = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def place_of(brief: Brief, format_name: str) -> Path:
    """Where the brief's file of this format lies, or will."""
    name = f"{mark(brief.composed)}.{FORMATS[format_name].extension}"
    return folder_of(brief.workspace) / "briefs" / name


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, for two may ask at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(content)
    Path(aside.name).replace(path)


def forget(places: tuple[Path, ...]) -> None:
    """Remove what was laid out of a brief that is no more."""
    for path in places:
        path.unlink(missing_ok=True)
