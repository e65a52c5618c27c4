"""The text of a PDF; runs in the limited child only."""

import io
import logging
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from fulcrum.core.errors import Problem, Severity

_PAGES = 1_000
_WORDS_OF_A_PAGE = 5  # a page with fewer is a picture with perhaps a number on it
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[a-zà-þ])")


def text_of_pdf(data: bytes, *, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of all pages in order, without running heads; or why there is none."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return "", (_locked(file),)
        if len(reader.pages) > _PAGES:
            return "", (_too_long(len(reader.pages), file),)
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return "", (_damaged(file),)  # what pypdf raises on damaged files is not only its own
    bare = [number for number, page in enumerate(pages, start=1) if len(page.split()) < _WORDS_OF_A_PAGE]
    if len(bare) == len(pages):
        return "", (_scanned(len(pages), file),)
    text = _BROKEN.sub("", "\n".join(_without_heads(pages)))
    return text, (_partly(bare, len(pages), file),) if bare else ()


def _without_heads(pages: list[str]) -> list[str]:
    """The pages without lines that, but for digits, stand on more than half of them."""
    lines = [page.splitlines() for page in pages]
    if len(pages) < 3:
        return pages
    on_pages = Counter(line for page in lines for line in {_without_digits(one) for one in page})
    return [
        "\n".join(line for line in page if on_pages[_without_digits(line)] <= len(pages) / 2)
        for page in lines
    ]


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _locked(file: str) -> Problem:
    return Problem(
        file=file,
        what="The PDF is locked with a password.",
        remedy="Save it without the password, or put its text into a .txt file.",
        code="words-locked",
    )


def _too_long(pages: int, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"The PDF has {pages:,} pages; we read up to {_PAGES:,}.",
        remedy="Save the pages that hold the executive's own words as a file of their own.",
        code="words-long",
    )


def _damaged(file: str) -> Problem:
    return Problem(
        file=file,
        what="The PDF is damaged or cut off.",
        remedy="Copy it again; if it opens in your program, print it to a new PDF, or save its text as .txt.",
        code="damaged",
    )


def _scanned(pages: int, file: str) -> Problem:
    many = "one page, and it is" if pages == 1 else f"{pages:,} pages, and they are"
    return Problem(
        file=file,
        what=f"The PDF holds no text: {many} probably a scan, a picture of paper.",
        remedy="Run text recognition (OCR) on it, read the result, and save that as PDF or .txt.",
        code="words-scanned",
    )


def _partly(bare: list[int], pages: int, file: str) -> Problem:
    shown = ", ".join(map(str, bare[:5])) + (", …" if len(bare) > 5 else "")
    return Problem(
        file=file,
        what=f"{len(bare)} of {pages} pages hold no text ({shown}); the rest was counted.",
        remedy="If words stand on them, run text recognition (OCR) and put the result in its place.",
        severity=Severity.NOTE,
        code="words-partly",
    )
