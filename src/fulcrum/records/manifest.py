"""What a backup says of itself: when, by which version, every file with its checksum, whose key it needs."""

import hashlib
import json
from pathlib import Path
from typing import Any

from fulcrum.core.value import value
from fulcrum.records.archive_file import NotSound, Weight

NAME = "manifest.json"
FORMAT = 1
SQLITE, DUMP, KEY, FILES = "fulcrum.db", "database.dump", "keys/notes.key", "workspaces/"
MOST_BYTES = 64 << 20


@value
class Manifest:
    """The first thing that is read of a backup, and the measure of all the rest."""

    version: str
    made_at: str
    database: str
    key_fingerprint: str
    files: dict[str, Weight]

    @property
    def has_key(self) -> bool:
        """Whether the key that opens private text is inside."""
        return KEY in self.files

    @property
    def size(self) -> int:
        """How many bytes all files have."""
        return sum(weight.size for weight in self.files.values())


def to_json(manifest: Manifest) -> str:
    """The manifest as it lies in the archive."""
    files = {name: [weight.size, weight.sha256] for name, weight in sorted(manifest.files.items())}
    told = {
        "format": FORMAT,
        "version": manifest.version,
        "made_at": manifest.made_at,
        "database": manifest.database,
        "key_fingerprint": manifest.key_fingerprint,
        "files": files,
    }
    return json.dumps(told, indent=1) + "\n"


def from_json(text: bytes) -> Manifest:
    """The manifest of an archive; raises `NotSound` for anything that this version cannot have written."""
    try:
        told = json.loads(text)
        files = {name: Weight(size=int(one[0]), sha256=str(one[1])) for name, one in told["files"].items()}
        known = {name: str(told[name]) for name in ("version", "made_at", "database", "key_fingerprint")}
        is_ours = told["format"] == FORMAT
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise NotSound("The archive's manifest cannot be read. Use another copy.") from None
    if not is_ours:
        raise NotSound(f"The backup is of format {told['format']}; this version reads format {FORMAT}.")
    for name in files:
        _check_known(name)
    return Manifest(files=files, **known)


def fingerprint(key_file: Path) -> str:
    """By which the key that seals now is recognised without being told; empty when there is no key yet."""
    return next(iter(_marks(key_file)), "")


def is_key_of(made: Manifest, key_file: Path) -> bool:
    """Whether a key file holds the key of this backup: as its first, or kept beside newer ones."""
    return made.key_fingerprint in _marks(key_file)


def _marks(key_file: Path) -> list[str]:
    if not key_file.exists():
        return []
    keys = key_file.read_bytes().split()
    return [hashlib.sha256(b"fulcrum key:" + key).hexdigest()[:16] for key in keys]


def _check_known(name: Any) -> None:
    if name not in (SQLITE, DUMP, KEY) and not str(name).startswith(FILES):
        raise NotSound(
            f"The archive holds “{str(name)[:80]}”, which no backup of Fulcrum does. Do not use it."
        )
