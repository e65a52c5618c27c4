"""Where a workspace's files lie, and the playbook that goes with them."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fulcrum.core.playbook import Playbook
from fulcrum.records.models import Workspace


def folder_of(workspace: Workspace) -> Path:
    """The workspace's own folder: `data/`, `pilots/`, `words/` and `playbook/`, as in a company folder."""
    folder: Path = settings.FULCRUM_HOME / "workspaces" / workspace.slug
    return folder


def playbook_of(workspace: Workspace) -> Playbook:
    """The playbook with the company's own additions; read again when one of their files changes."""
    own = folder_of(workspace) / "playbook"
    files = sorted(own.rglob("*.toml")) if own.is_dir() else []
    return _loaded(own if files else None, tuple((str(file), file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def _loaded(own: Path | None, _: tuple[tuple[str, int], ...]) -> Playbook:
    from fulcrum.playbook.load import load_playbook

    return load_playbook(own)
