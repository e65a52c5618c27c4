"""Exports: taken over as they come, under a safe name, with their fingerprint; and removed."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from fulcrum.core.value import value
from fulcrum.core.wording import count
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import deed
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Dataset
from fulcrum.records.taking import Invalid

LARGEST = 500_000_000  # bytes of one export
ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".parquet")
_LONGEST_NAME = 120


@value
class Received:
    """An export as it was taken over: its row, and what is worth knowing of it, in a sentence."""

    export: Dataset
    said: str


def receive_export(actor: Actor, *, name: str, chunks: Iterable[bytes]) -> Received:
    """Keep an export beside the others; one of the same name takes the place of the earlier one."""
    actor.must(Act.WRITE)
    safe = safe_name(name)
    folder = folder_of(actor.workspace) / "data"
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{secrets.token_hex(8)}.part"
    try:
        size, digest = _written(beside, chunks)
        said = _said(actor, safe, digest)
        with deed(actor, Act.WRITE, "export.receive", f"Took over {safe}, {count(size)} bytes."):
            export, _ = Dataset.objects.update_or_create(
                workspace=actor.workspace,
                name=safe,
                defaults={"size": size, "sha256": digest, "uploaded_by": actor.member},
            )
            beside.replace(folder / safe)
    finally:
        beside.unlink(missing_ok=True)
    return Received(export=export, said=said)


def remove_export(actor: Actor, export: Dataset) -> None:
    """Remove an export and its file; what was found with it stays in the earlier readings."""
    path = folder_of(actor.workspace) / "data" / export.name
    with deed(actor, Act.WRITE, "export.remove", f"Removed {export.name}."):
        export.delete()
        path.unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """A file name that is one on every system; raises `Invalid` for an ending that we do not read."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r"[^\w.\- ()]", "_", plain).strip(" .")
    stem, ending = Path(plain).stem.strip(" ."), Path(plain).suffix.casefold()
    if ending not in ENDINGS or not stem:
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        raise Invalid({"files": f"“{shown}” is not an export that we read. Bring {', '.join(ENDINGS)}."})
    return stem[: _LONGEST_NAME - len(ending)] + ending


def _written(beside: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    size, digest = 0, sha256()
    with beside.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                limit = f"{LARGEST // 1_000_000} MB"
                raise Invalid(
                    {"files": f"The file is larger than {limit}. Split it by date, or bring Parquet."}
                )
            digest.update(chunk)
            file.write(chunk)
    if not size:
        raise Invalid({"files": "The file is empty."})
    return size, digest.hexdigest()


def _said(actor: Actor, name: str, digest: str) -> str:
    """What became of it, and whether the same content was there already."""
    alike = Dataset.objects.filter(workspace=actor.workspace, sha256=digest).exclude(name=name).first()
    before = Dataset.objects.filter(workspace=actor.workspace, name=name).first()
    if before is not None and before.sha256 == digest:
        return f"{name} was here already, with the same content."
    said = f"{name} took the place of the earlier one." if before is not None else f"{name} was taken over."
    if alike is not None:
        said += f" It holds the same content as {alike.name}: map only one of them, or answers count twice."
    return said
