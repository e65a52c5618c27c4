"""Backup while others write, and restore that lays out nothing unless every byte is right."""

import gzip
import json
import shutil
import sqlite3
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desk_script import EXPORT, MAKE, WRITE

from desk_fixtures import Home
from fulcrum.core.errors import FulcrumError, WrongUse
from fulcrum.records.archive_file import NotSound
from fulcrum.records.restore import restore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A desk with a workspace, an executive's file with sealed text, and an export."""
    home = Home(tmp_path_factory.mktemp("desk") / "home")
    home.script(MAKE)
    yield home
    home.end()


@pytest.fixture(scope="module")
def archive(desk: Home) -> Path:
    """A backup of it."""
    out = desk.folder.parent / "whole.tar.gz"
    done = desk.command("backup", out)
    assert done.returncode == 0, done.stderr
    assert "The key is not inside" in done.stdout
    return out


@pytest.mark.parametrize("ending", ["tar.gz", "zip"])
def test_a_backup_made_while_others_write_restores_whole(desk: Home, tmp_path: Path, ending: str) -> None:
    writer = desk.start(sys.executable, "-c", f"import django\ndjango.setup()\n{WRITE}")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    out = tmp_path / f"b.{ending}"
    assert desk.command("backup", out).returncode == 0
    assert writer.poll() is None, "the writer had ended before the backup was made"
    writer.kill()
    writer.wait()
    key = desk.folder / "keys" / "notes.key"
    done = desk.command("restore", out, "--home", tmp_path / "new", "--key", key)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "new" / "fulcrum.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (halves,) = database.execute("SELECT count(*) FROM records_job WHERE kind = 'pair'").fetchone()
    assert halves > 0
    assert halves % 2 == 0, "a transaction was cut in half"
    assert _exported(desk, tmp_path / "before") == _exported(Home(tmp_path / "new"), tmp_path / "after")


def test_private_text_stays_sealed_without_the_key_and_opens_with_it(
    desk: Home, archive: Path, tmp_path: Path
) -> None:
    done = desk.command("restore", archive, "--home", tmp_path / "new")
    assert "private text stays sealed" in " ".join(done.stdout.split())
    new = Home(tmp_path / "new")
    looked = new.command("doctor")
    assert looked.returncode == 1
    assert "is gone, and sealed text is there" in looked.stdout
    (tmp_path / "new" / "keys" / "notes.key").write_bytes((desk.folder / "keys" / "notes.key").read_bytes())
    assert new.command("doctor").returncode == 0
    with gzip.open(archive) as packed:
        assert b"SEALED-CANARY" not in packed.read()


def test_the_key_comes_along_when_it_is_asked_for_and_that_is_said(desk: Home, tmp_path: Path) -> None:
    done = desk.command("backup", tmp_path / "b.zip", "--with-key")
    assert "can read every private note" in done.stdout
    assert oct((tmp_path / "b.zip").stat().st_mode)[-3:] == "600"
    restore(tmp_path / "b.zip", tmp_path / "new")
    key = tmp_path / "new" / "keys" / "notes.key"
    assert key.read_bytes() == (desk.folder / "keys" / "notes.key").read_bytes()
    assert oct(key.stat().st_mode)[-3:] == "600"


def test_a_truncated_backup_is_refused_and_nothing_is_left(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    for share in (0.01, 0.3, 0.9, 0.999):
        cut = tmp_path / "cut.tar.gz"
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(NotSound):
            restore(cut, tmp_path / "new")
        assert [one.name for one in tmp_path.iterdir()] == ["cut.tar.gz"]


def test_one_flipped_byte_is_refused_and_nothing_is_left(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    bent = tmp_path / "bent.tar.gz"
    for at in range(60, len(whole), max(1, len(whole) // 25)):
        bent.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(NotSound):
            restore(bent, tmp_path / "new")
        assert [one.name for one in tmp_path.iterdir()] == ["bent.tar.gz"]


def test_a_file_that_was_changed_added_or_taken_is_named(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as packed:
        held = {one.name: packed.extractfile(one).read() for one in packed}  # type: ignore[union-attr]
    name = "workspaces/northwind/data/answers.csv"
    for changed, word in (
        (held | {name: held[name] + b"x"}, "not as it was"),
        (held | {"workspaces/northwind/data/more.csv": b"x"}, "not in its manifest"),
        ({key: text for key, text in held.items() if key != name}, "is missing"),
        ({key: text for key, text in held.items() if key != "manifest.json"}, "no manifest"),
        (held | {"manifest.json": b"{}"}, "manifest cannot be read"),
        (held | {"manifest.json": _of_format(held["manifest.json"], 2)}, "format 2"),
    ):
        bent = tmp_path / "bent.zip"
        _zip(bent, changed)
        with pytest.raises(NotSound, match=word):
            restore(bent, tmp_path / "new")
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name", ["../out.txt", "/tmp/out.txt", "workspaces/../../out", "a\\b", "C:x", "./fulcrum.db", "x//y"]
)
def test_a_name_that_leaves_the_folder_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    bent = tmp_path / "bent.zip"
    _zip(bent, {name: b"x"})
    with pytest.raises(NotSound, match="no backup of Fulcrum"):
        restore(bent, tmp_path / "new")
    assert [one.name for one in tmp_path.iterdir()] == ["bent.zip"]


def test_links_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bent.tar.gz", "w:gz") as packed:
        link = tarfile.TarInfo("workspaces/x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    with pytest.raises(NotSound):
        restore(tmp_path / "bent.tar.gz", tmp_path / "new")


def test_nothing_that_is_there_is_written_over(desk: Home, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    with pytest.raises(WrongUse, match="not empty"):
        restore(archive, tmp_path / "new")
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["mine.txt"]
    assert desk.command("backup", archive).returncode == 2
    assert desk.command("backup", tmp_path / "no" / "b.zip").returncode == 2


def test_another_key_is_refused(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_bytes(b"another")
    with pytest.raises(WrongUse, match="not the key"):
        restore(archive, tmp_path / "new", key=tmp_path / "other.key")
    assert not (tmp_path / "new").exists()


def test_a_key_file_that_was_renewed_since_still_opens_an_old_backup(
    desk: Home, archive: Path, tmp_path: Path
) -> None:
    renewed = tmp_path / "renewed.key"
    renewed.write_bytes(b"a-newer-key\n" + (desk.folder / "keys" / "notes.key").read_bytes())
    restore(archive, tmp_path / "new", key=renewed)
    assert (tmp_path / "new" / "fulcrum.db").is_file()


def test_an_export_that_the_records_name_and_the_disk_lost_is_not_passed_over(
    desk: Home, archive: Path, tmp_path: Path
) -> None:
    restore(archive, tmp_path / "new")
    (tmp_path / "new" / "workspaces" / "northwind" / "data" / "answers.csv").write_text("changed")
    done = Home(tmp_path / "new").command("backup", tmp_path / "b.zip")
    assert done.returncode == 2
    assert "answers.csv" in done.stderr
    assert not (tmp_path / "b.zip").exists()


def test_a_full_disk_is_told_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    if not _is_small_disk(tmp_path / "disk"):
        pytest.skip("a small disk can be mounted by root only")
    import subprocess

    try:
        with pytest.raises(FulcrumError):
            restore(archive, tmp_path / "disk" / "new")
        assert list((tmp_path / "disk").iterdir()) == []
    finally:
        subprocess.run(["umount", tmp_path / "disk"], check=True)


def _is_small_disk(folder: Path) -> bool:
    import subprocess

    folder.mkdir()
    if shutil.which("mount") is None:
        return False
    asked = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _exported(home: Home, out: Path) -> dict[str, bytes]:
    home.script(EXPORT.format(out=str(out)))
    return {
        one.relative_to(out).as_posix(): one.read_bytes() for one in sorted(out.rglob("*")) if one.is_file()
    }


def _of_format(told: bytes, number: int) -> bytes:
    return json.dumps(json.loads(told) | {"format": number}).encode()


def _zip(file: Path, held: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in held.items():
            packed.writestr(name, text)
