"""Bytes to text: by byte order mark, by strict UTF-8, by what the owner declares; otherwise a question."""

import codecs
import re

from fulcrum.core.errors import Problem, Severity
from fulcrum.reading.layout import Layout

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (
        b"PK\x03\x04",
        "a ZIP archive or an Excel workbook",
        "Unpack it, or give it the ending .xlsx if it is one.",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "Open it and save it as XLSX or as CSV UTF-8."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"%PDF", "a PDF", "Export the table as CSV or XLSX."),
    (b"PAR1", "a Parquet file", "Give it the ending .parquet."),
    (b"SQLite format 3", "a database", "Export the table as CSV or XLSX."),
    (b"$FL2", "an SPSS file", "Export it as CSV with codes and labels."),
)
_HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<table|<head|<body|<\?xml)", re.IGNORECASE)


def foreign(data: bytes) -> tuple[str, str] | None:
    """What a file really is, and what to do, if its content is no text table; None if it may be one."""
    for start, kind, remedy in _KINDS:
        if data.startswith(start):
            return kind, remedy
    if _HTML.match(data[:200].removeprefix(codecs.BOM_UTF8)):
        return (
            "a web page or XML, not a table",
            "Open it in a spreadsheet program and save it as CSV UTF-8 or XLSX.",
        )
    return None


def decoded(data: bytes, *, file: str, layout: Layout) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, or the question which encoding it has, with lines to compare."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        return _strictly(data, marked, file=file)
    if layout.encoding is not None:
        return _as_declared(data, layout.encoding, file=file)
    if _looks_utf16(data):
        return None, (_which_utf16(data, file=file),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return None, (_not_utf8(data, file=file),)


def _strictly(data: bytes, encoding: str, *, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        return None, (
            Problem(
                file=file,
                row=_line_at(data, error.start),
                what=f"The bytes from here on are not {encoding.removesuffix('-sig')}.",
                remedy="Export the file again, or declare its `encoding` in data/mapping.toml.",
                code="encoding",
            ),
        )


def _as_declared(data: bytes, encoding: str, *, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        "a".encode(encoding)
    except (LookupError, ValueError):
        return None, (
            Problem(
                file=file,
                what=f"“{encoding}” is not an encoding that we know.",
                remedy='Use "utf-8", "cp1252", "latin-1", "mac-roman" or another name of a text encoding.',
                code="encoding-unknown",
            ),
        )
    text, problems = _strictly(data, encoding, file=file)
    if text is None or _same_codec(encoding, "utf-8") or not _has_utf8_letters(data):
        return text, problems
    return text, (
        Problem(
            file=file,
            what=f"The file is declared as {encoding}, but it is also valid UTF-8 with letters beyond ASCII.",
            remedy=f"Remove `encoding` unless this reads right: {_preview(data, encoding)}",
            severity=Severity.QUESTION,
            code="encoding-doubtful",
        ),
    )


def _same_codec(one: str, other: str) -> bool:
    return codecs.lookup(one).name == codecs.lookup(other).name


def _has_utf8_letters(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _looks_utf16(data: bytes) -> bool:
    """Whether every other byte of the beginning is mostly NUL, as in UTF-16 without a byte order mark."""
    start = data[:2000]
    return len(start) >= 4 and max(start[0::2].count(0), start[1::2].count(0)) > 0.35 * (len(start) / 2)


def _which_utf16(data: bytes, *, file: str) -> Problem:
    guess = "utf-16-be" if data[:2000:2].count(0) > data[1:2000:2].count(0) else "utf-16-le"
    return Problem(
        file=file,
        what="The file looks like UTF-16 without a byte order mark.",
        remedy=f'Say encoding = "{guess}" in data/mapping.toml if this reads right: {_preview(data, guess)}',
        severity=Severity.QUESTION,
        code="encoding-ask",
    )


def _not_utf8(data: bytes, *, file: str) -> Problem:
    odd = [n for n, line in enumerate(data.splitlines(), start=1) if not _is_utf8(line)]
    if any(not line.isascii() and _is_utf8(line) for line in data.splitlines()):
        return Problem(
            file=file,
            row=odd[0] if odd else None,
            what=f"The file mixes two encodings: {len(odd)} lines are not UTF-8 (lines {_some(odd)}).",
            remedy="Export the parts again in one encoding, best UTF-8, before joining them.",
            code="encoding-mixed",
        )
    return Problem(
        file=file,
        row=odd[0] if odd else None,
        what="The file is not UTF-8.",
        remedy='Say encoding = "cp1252" (or the right one) in data/mapping.toml if this reads right: '
        + _preview(data, "cp1252"),
        severity=Severity.QUESTION,
        code="encoding-ask",
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _preview(data: bytes, encoding: str, *, lines: int = 3) -> str:
    """The first lines that hold anything beyond ASCII (else the first lines), decoded and quoted."""
    text = data[: 1 << 16].decode(encoding, errors="replace")
    every = [line.strip() for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    telling = [line for line in every if not line.isascii()] or every
    return " · ".join(f"“{line[:80]}”" for line in telling[:lines])


def _line_at(data: bytes, offset: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"{shown}, …" if len(numbers) > 5 else shown
