"""Where a workspace's files lie, and the playbook that goes with them."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from fulcrum import __version__
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.playbook import Playbook
from fulcrum.core.stored import shape_of
from fulcrum.records.models import Workspace


def folder_of(workspace: Workspace) -> Path:
    """The workspace's own folder: `data/`, `pilots/`, `words/` and `playbook/`, as in a company folder."""
    folder: Path = settings.FULCRUM_HOME / "workspaces" / workspace.slug
    return folder


def playbook_of(workspace: Workspace) -> Playbook:
    """The playbook with the company's own additions; read again when one of their files changes."""
    files = _own_files(workspace)
    return _loaded(_own(workspace) if files else None, files)


def playbook_mark(workspace: Workspace) -> str:
    """By which code and which playbook something is judged; another mark means to judge anew."""
    return f"{__version__}, playbook {playbook_of(workspace).version}, {_fingerprint(_own_files(workspace))}"


def _own(workspace: Workspace) -> Path:
    return folder_of(workspace) / "playbook"


def _own_files(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    own = _own(workspace)
    files = sorted(own.rglob("*.toml")) if own.is_dir() else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in files)


@lru_cache(maxsize=8)
def _loaded(own: Path | None, _: tuple[tuple[str, int], ...]) -> Playbook:
    from fulcrum.playbook.load import load_playbook

    return load_playbook(own)


@lru_cache(maxsize=8)
def _fingerprint(files: tuple[tuple[str, int], ...]) -> str:
    """Of the own additions and of the shape in which judgements are kept."""
    found = sha256(f"{shape_of(Belief)} {shape_of(BarrierBelief)} {shape_of(Choice)}".encode())
    for file, _ in files:
        found.update(Path(file).name.encode() + b"\0" + Path(file).read_bytes() + b"\0")
    return found.hexdigest()[:12]
