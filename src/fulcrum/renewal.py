"""Briefs renewed and not repeated: what each told its reader is kept in `told/` beside it, for the next."""

import json
from pathlib import Path

from fulcrum.core.brief import Brief
from fulcrum.core.errors import Outdated, WrongUse
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.core.told import Told, told_before

_KEPT = tuple[Told, ...]


def told_of(brief: Brief) -> Told:
    """What this brief tells: its story, its arguments, its figures, and what they rest on."""
    from fulcrum.briefing.told import told_by

    return told_by(brief)


def told_in(folder: Path, name: str) -> tuple[Told, ...]:
    """What earlier briefs told this reader, as kept beside them; nothing where none was kept."""
    path = _path(folder, name)
    if not path.is_file():
        return ()
    try:
        found: tuple[Told, ...] = from_stored(_KEPT, json.loads(path.read_text(encoding="utf-8")))
    except (Outdated, ValueError, OSError) as unread:
        raise WrongUse(
            f"{path} cannot be read as what earlier briefs told. Restore it, or remove it to begin anew."
        ) from unread
    return found


def keep_told(folder: Path, name: str, earlier: tuple[Told, ...], brief: Brief) -> Path:
    """Keep what this brief told, after those of earlier days; the same brief again changes nothing."""
    told = (*told_before(earlier, brief.as_of), told_of(brief))
    path = _path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(to_stored(told, _KEPT), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _path(folder: Path, name: str) -> Path:
    return folder / "told" / f"{name}.json"
