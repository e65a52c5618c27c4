"""The company's own additions to the playbook: checked as a whole before they count, or not taken at all."""

import io
import secrets
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fulcrum.core.errors import DataProblems, Problem, WrongUse, errors_in
from fulcrum.core.wording import many
from fulcrum.folder.own_playbook import read_own_playbook, write_own_playbook
from fulcrum.playbook.check import check_playbook
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import deed
from fulcrum.records.folders import folder_of

MOST_BYTES, MOST_FILES = 5_000_000, 300
Texts = Mapping[str, str]


def own_playbook(actor: Actor) -> Texts:
    """The company's own files, as texts by their place."""
    actor.must(Act.READ)
    return read_own_playbook(folder_of(actor.workspace))


def put_playbook(actor: Actor, *, name: str, content: bytes) -> tuple[Problem, ...]:
    """Take over a TOML file beside the others, or a ZIP in the place of all; gives what to know of them.

    Raises `DataProblems` when anything in the whole is wrong; then everything stays as it was.
    """
    actor.must(Act.KEEP)
    if name.casefold().endswith(".zip"):
        texts: Texts = _unpacked(content)
    else:
        texts = {**own_playbook(actor), _file_name(name): _text(name, content)}
    return _kept(actor, texts, f"Took over {many(len(texts), 'file')} of the company's own playbook.")


def remove_playbook(actor: Actor, *, place: str = "") -> None:
    """Take one of the company's own files away, or all of them."""
    actor.must(Act.KEEP)
    texts = {name: text for name, text in own_playbook(actor).items() if place and name != place}
    _kept(actor, texts, f"Took {place or 'the company’s own playbook'} away.")


def packed_playbook(actor: Actor) -> bytes:
    """The company's own files as a ZIP that can be put back."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in own_playbook(actor).items():
            archive.writestr(name, text)
    return packed.getvalue()


def _kept(actor: Actor, texts: Texts, said: str) -> tuple[Problem, ...]:
    folder = folder_of(actor.workspace)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".playbook-", dir=folder) as aside:
        write_own_playbook(texts, Path(aside))
        made = Path(aside) / "playbook"
        problems = check_playbook(made if texts else None)
        if errors_in(problems):
            raise DataProblems(problems)
        with deed(actor, Act.KEEP, "playbook.change", said, is_about_all=True):
            _swap(made, folder / "playbook")
    return problems


def _swap(made: Path, place: Path) -> None:
    """Put `made` in the place of what stands there."""
    old = place.with_name(f".playbook-old-{secrets.token_hex(4)}")
    if place.exists():
        place.rename(old)
    if made.exists():
        made.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _unpacked(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if _is_meant(one)]
            if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_BYTES:
                raise WrongUse("The ZIP holds too much for a playbook. Pack its TOML files alone.")
            top = _common_top([one.filename for one in files])
            return {
                one.filename.removeprefix(top): _text(one.filename, archive.read(one)) for one in files
            } or _nothing()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError):
        raise WrongUse("The file is no ZIP that can be read. Pack the playbook folder anew.") from None


def _nothing() -> dict[str, str]:
    raise WrongUse("There is no .toml file in the ZIP. To take the own playbook away, use “Take all away”.")


def _is_meant(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    is_hidden = any(part.startswith((".", "__")) for part in path.parts)
    return not entry.is_dir() and not is_hidden and path.suffix == ".toml"


def _common_top(names: list[str]) -> str:
    """The folder `playbook/` in which somebody may have packed all of it."""
    return "playbook/" if names and all(name.startswith("playbook/") for name in names) else ""


def _file_name(name: str) -> str:
    plain = PurePosixPath(name.replace("\\", "/")).name
    if not plain.casefold().endswith(".toml") or plain.startswith("."):
        raise WrongUse(f"“{plain[:80]}” is neither a .toml file nor a .zip of them.")
    return plain


def _text(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise WrongUse(f"{name[:80]} is too large for a playbook.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(f"{name[:80]} is not UTF-8: save it as UTF-8.") from None
