"""Files in and out of a .tar.gz or .zip, with what each weighs; nothing in an archive is believed.

A name that leaves the folder, occurs twice, or is no plain file refuses the whole archive.
"""

import gzip
import hashlib
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from fulcrum.core.errors import FulcrumError
from fulcrum.core.value import value

ENDINGS = (".tar.gz", ".tgz", ".zip")
_CHUNK = 1 << 20
_MOST_FILES = 200_000
_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
Put = Callable[[str, Path], "Weight"]


class Readable(Protocol):
    """What can be read."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""


class NotSound(FulcrumError):
    """An archive that is damaged, or that does what no archive of ours does."""


@value
class Weight:
    """What a file is told by: its size and the SHA-256 of its bytes."""

    size: int
    sha256: str


def check_ending(file: Path) -> None:
    """Raise unless the name says which kind of archive it is."""
    if not file.name.casefold().endswith(ENDINGS):
        raise NotSound(f"{file.name} must end in .tar.gz or .zip.")


@contextmanager
def writing(file: Path) -> Iterator[Put]:
    """A way to put files into a new archive, by name; each tells what it weighed as it went in."""
    if file.name.casefold().endswith(".zip"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
            yield lambda name, source: _put_zip(packed, name, source)
    else:
        with tarfile.open(file, "w:gz", compresslevel=6) as packed_tar:
            yield lambda name, source: _put_tar(packed_tar, name, source)


def files_in(file: Path) -> Iterator[tuple[str, Readable]]:
    """Every file of an archive as a stream, in its order; raises `NotSound` on the first oddity."""
    seen: set[str] = set()
    try:
        for name, is_plain, stream in _entries(file):
            _check(name, is_plain=is_plain, seen=seen)
            yield name, _Sound(stream, file.name)
    except _DAMAGE as error:
        raise _damaged(file.name, error) from None


def pour(stream: Readable, into: IO[bytes], *, most: int) -> Weight:
    """Copy a stream and weigh it; raises when it is larger than it says."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise NotSound("A file in the archive is larger than the archive says.")
        digest.update(chunk)
        into.write(chunk)
    return Weight(size=size, sha256=digest.hexdigest())


def _put_zip(packed: zipfile.ZipFile, name: str, source: Path) -> Weight:
    info = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    with source.open("rb") as stream, packed.open(info, "w", force_zip64=True) as into:
        return pour(stream, into, most=1 << 62)


def _put_tar(packed: tarfile.TarFile, name: str, source: Path) -> Weight:
    """The size is set before the bytes are read: a file that grows meanwhile is cut, its weight says so."""
    info = packed.gettarinfo(str(source), arcname=name)
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    with source.open("rb") as stream:
        weighed = _Weighed(stream)
        packed.addfile(info, weighed)
    return Weight(size=weighed.size, sha256=weighed.digest.hexdigest())


class _Weighed(io.RawIOBase):
    """A stream that weighs what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self.size += len(chunk)
        self.digest.update(chunk)
        return chunk


class _Sound:
    """A stream of an archive that tells damage as what it is."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name = stream, name

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._stream.read(size)
        except _DAMAGE as error:
            raise _damaged(self._name, error) from None


def _damaged(name: str, error: Exception) -> NotSound:
    return NotSound(f"{name} is damaged ({error or type(error).__name__}). Use another copy.")


def _entries(file: Path) -> Iterator[tuple[str, bool, IO[bytes]]]:
    if file.name.casefold().endswith(".zip"):
        with zipfile.ZipFile(file) as packed:
            for info in packed.infolist():
                with packed.open(info) as stream:
                    yield info.filename, not info.is_dir() and info.external_attr >> 28 != 0o12, stream
        return
    with gzip.open(file) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as packed_tar:
        for entry in packed_tar:
            held = packed_tar.extractfile(entry) if entry.isreg() else None
            yield entry.name, entry.isreg(), held or io.BytesIO()
        while unpacked.read(_CHUNK):  # to the end, so that the checksum of the whole is looked at
            pass


def _check(name: str, *, is_plain: bool, seen: set[str]) -> None:
    path = PurePosixPath(name)
    is_odd = path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0")
    if is_odd or not is_plain or str(path) != name:
        raise NotSound(f"The archive holds “{name[:80]}”, which no backup of Fulcrum does. Do not use it.")
    if name.casefold() in seen or len(seen) > _MOST_FILES:
        raise NotSound(f"The archive holds “{name[:80]}” twice, or far too many files. Do not use it.")
    seen.add(name.casefold())
