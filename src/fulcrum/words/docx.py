"""The text of a DOCX; runs in the limited child only.

Only the body is read: no comments, headers, footnotes, or text that a tracked change removed. A document type
or an entity, which no word processor writes, stops the reading.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from fulcrum.core.errors import Problem

_BODY = "word/document.xml"
_UNPACKED = 64 << 20
_CHUNK = 1 << 16
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_TWICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    expat.ExpatError,
)


class _Refused(Exception):
    """Something that no word processor writes."""


def text_of_docx(data: bytes, *, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The paragraphs of the body, one a line; or why there are none."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "", (_old(file),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _BODY not in archive.namelist():
                return "", (_other(file),)
            if archive.getinfo(_BODY).flag_bits & 1:
                return "", (_old(file),)
            return _body(archive), ()
    except _Refused as refused:
        return "", (_unsafe(str(refused), file),)
    except _DAMAGED:
        return "", (_damaged(file),)


def _body(archive: zipfile.ZipFile) -> str:
    reader = _Reader()
    total = 0
    with archive.open(_BODY) as stream:
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > _UNPACKED:
                raise _Refused(f"unpacks to more than {_UNPACKED >> 20} MB of text")
            reader.parser.Parse(chunk, False)
    reader.parser.Parse(b"", True)
    return "".join(reader.said)


class _Reader:
    """Collects the text of a body as it is parsed."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._in_text = False
        self._in_copy = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise _Refused("defines XML entities or a document type")

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._in_copy += name == _TWICE
        if self._in_copy:
            return
        self._in_text = name == f"{_W}t"
        if name in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            self.said.append("\t" if name == f"{_W}tab" else "\n")

    def _end(self, name: str) -> None:
        self._in_copy -= name == _TWICE
        self._in_text = False
        if name == f"{_W}p" and not self._in_copy:
            self.said.append("\n")

    def _text(self, text: str) -> None:
        if self._in_text and not self._in_copy:
            self.said.append(text)


def _old(file: str) -> Problem:
    return Problem(
        file=file,
        what="The document is locked with a password, or is of the old kind (.doc).",
        remedy="Open it and save it as .docx without a password, or as .txt.",
        code="words-locked",
    )


def _other(file: str) -> Problem:
    return Problem(
        file=file,
        what="The archive holds no Word document.",
        remedy="Open it in the program that made it and save it as .docx or .txt.",
        code="words-kind",
    )


def _unsafe(why: str, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"The document {why}, which no word processor writes.",
        remedy="Do not open it; ask its sender for the text.",
        code="words-unsafe",
    )


def _damaged(file: str) -> Problem:
    return Problem(
        file=file,
        what="The document is damaged or cut off.",
        remedy="Copy it again; if it opens in your program, save it under a new name.",
        code="damaged",
    )
