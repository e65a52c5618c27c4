"""Files of the words folder: what is read from each kind, whose words count, and every way to be refused."""

from datetime import date
from pathlib import Path

import pytest
from words_papers import a_docx, a_pdf
from words_spoken import DANA, IVO

from fulcrum.core.errors import Problem
from fulcrum.core.words import OwnText
from fulcrum.words.texts import text_of, texts_in

ON = date(2026, 4, 28)
AS_OF = date(2026, 11, 16)
LETTER = "We lost a customer in March because nobody called her back."

SRT = """1
00:00:01,000 --> 00:00:04,000
DANA OKAFOR: We lost a <i>customer</i>

2
00:00:04,000 --> 00:00:06,500
in March because nobody

3
00:00:06,500 --> 00:00:08,000
called her back.

4
00:00:09,000 --> 00:00:12,000
IVO BRANDT: What did the customer cost us?
"""
VTT = """WEBVTT

NOTE made by hand

intro
00:01.000 --> 00:04.000 align:start
<v Dana Okafor>We lost a <c.loud>customer</c>

00:04.000 --> 00:08.000
in March because nobody
called her back.

00:09.000 --> 00:12.000
<v Ivo Brandt>What did the customer cost us?
"""
CALL = """Quarterly call, 28 April 2026

Operator
Our first question comes from the line of an analyst.

Pat Analyst
How many customers did you lose?

Dana Okafor - Chief Executive
We lost a customer in March because nobody called her back.

Operator
Thank you.
"""
COLONS = (
    "Moderator: Welcome to the customer day.\nDana Okafor (chief executive): "
    + LETTER
    + "\nModerator: Why?\n"
)


def read(data: bytes | str, ending: str = "txt") -> tuple[OwnText | None, tuple[Problem, ...]]:
    content = data.encode() if isinstance(data, str) else data
    return text_of(content, DANA, said_on=ON, ending=ending, file=f"words/dana_2026-04-28.{ending}")


@pytest.mark.parametrize(
    ("data", "ending", "is_marked", "left_out"),
    [
        (LETTER, "txt", False, 0),
        ("\ufeff" + LETTER, "txt", False, 0),
        (LETTER.encode("utf-16"), "txt", False, 0),
        (COLONS, "txt", True, 6),
        (CALL, "txt", True, 21),
        (SRT, "srt", True, 6),
        (VTT, "vtt", True, 6),
        (a_docx([LETTER[:30], LETTER[30:]]), "docx", False, 0),
        (a_docx(["Moderator: Welcome.", f"Dana Okafor: {LETTER}"]), "docx", True, 1),
        (a_pdf([["We lost a customer in March be-", "cause nobody called her back."]]), "pdf", False, 0),
    ],
    ids=["txt", "BOM", "UTF-16", "colons", "names on lines", "srt", "vtt", "docx", "docx turns", "pdf"],
)
def test_every_kind_of_file_gives_the_executives_own_words(data, ending, is_marked, left_out):
    text, problems = read(data, ending)
    assert problems == ()
    assert text is not None
    said = " ".join(text.text.split())
    assert said == LETTER or said.replace(" ", "") == LETTER.replace(" ", "")
    assert (text.is_marked, text.left_out) == (is_marked, left_out)


ENTITY = '<!DOCTYPE x [<!ENTITY a "boom">]>'
REFUSED = [
    ("", "txt", "words-empty"),
    ("  \n\n 2026 — 14:00\n", "txt", "words-empty"),
    ("", "srt", "words-empty"),
    ("", "pdf", "words-empty"),
    (a_docx([]), "docx", "words-empty"),
    ("Dana Okafor:\nIvo Brandt: Customers.\nIvo Brandt: More.\n", "txt", "words-empty"),
    (a_pdf([[], []]), "pdf", "words-scanned"),
    (a_pdf([["Some words stand here."]], password="closed"), "pdf", "words-locked"),
    (a_pdf([["Some words stand on this page."]])[:180], "pdf", "damaged"),
    (b"%PDF-1.7 and then nothing that is one", "pdf", "damaged"),
    (a_pdf([["Words"]]), "txt", "words-kind"),
    (a_docx([LETTER]), "txt", "words-kind"),
    (b"\x00\x01\x02\x03" * 40, "txt", "words-kind"),
    ("Hear this: nothing is timed.", "vtt", "words-kind"),
    (b"PK\x05\x06" + bytes(18), "docx", "words-kind"),
    (b"\xd0\xcf\x11\xe0" + bytes(600), "docx", "words-locked"),
    (a_docx([LETTER])[:200], "docx", "damaged"),
    (a_docx([LETTER], head=ENTITY), "docx", "words-unsafe"),
    (a_docx(["x" * (70 << 20)]), "docx", "words-unsafe"),
    ("Größere Kunden zuerst.".encode("cp1252"), "txt", "encoding"),
    ("Pat Lee: Customers?\nAl Day: Yes.\nPat Lee: Thanks.\n", "txt", "words-speaker"),
]


@pytest.mark.parametrize(("data", "ending", "code"), REFUSED, ids=[f"{c} {e}" for _, e, c in REFUSED])
def test_a_file_that_cannot_be_counted_says_why_and_what_to_do(data, ending, code):
    text, (problem,) = read(data, ending)
    assert text is None
    assert (problem.code, problem.is_error) == (code, True)
    assert problem.file == f"words/dana_2026-04-28.{ending}"
    assert problem.what.endswith(".")
    assert problem.remedy.endswith(".")


def test_pages_without_text_are_told_and_the_rest_is_counted():
    text, (problem,) = read(a_pdf([[LETTER], [], ["A second page with some more words."]]), "pdf")
    assert text is not None
    assert (problem.code, problem.is_error) == ("words-partly", False)
    assert "1 of 3 pages" in problem.what


def test_running_heads_of_a_pdf_are_no_words_of_theirs():
    pages = [[f"Customer letter 2026 - {n}", f"This page has its own words {'abc'[n]}."] for n in range(3)]
    text, _ = read(a_pdf(pages), "pdf")
    assert text is not None
    assert "letter" not in text.text


def test_removed_text_of_a_docx_and_second_copies_are_left_out():
    gone = "<w:p><w:del><w:r><w:delText>customers</w:delText></w:r></w:del></w:p>"
    copy = (
        '<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:p><w:r><w:t>customers</w:t></w:r></w:p></mc:Fallback>"
    )
    text, _ = read(a_docx([LETTER], extra=gone + copy), "docx")
    assert text is not None
    assert "customers" not in text.text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("dana.txt", "words-name"),
        ("dana_28-04-2026.txt", "words-name"),
        ("dana_2026-02-30.txt", "words-name"),
        ("dana_2026-04-28.doc", "words-name"),
        ("dana_2026-04-28", "words-name"),
        ("dna_2026-04-28.txt", "executive-unknown"),
        ("dana_2027-04-28.txt", "future"),
    ],
)
def test_a_file_name_that_does_not_say_who_and_when_is_told(name: str, code: str, tmp_path: Path):
    place = tmp_path / "words"
    place.mkdir()
    (place / name).write_text(LETTER, encoding="utf-8")
    (place / "README.md").write_text("Transcripts go here.", encoding="utf-8")
    texts, (problem,) = texts_in(tmp_path, (DANA, IVO), as_of=AS_OF)
    assert texts == ()
    assert problem.code == code


def test_a_folder_beside_others_and_a_text_twice_are_told_and_the_rest_is_read(tmp_path: Path):
    place = tmp_path / "words"
    (place / "dana_2026-01-01.txt").mkdir(parents=True)
    (place / "dana_2026-04-28.txt").write_text(LETTER, encoding="utf-8")
    (place / "dana_2026-04-29.docx").write_bytes(a_docx([LETTER]))
    (place / "ivo_2026-04-28.txt").write_text("b" * (1 << 20) + "bb", encoding="utf-8")
    texts, problems = texts_in(tmp_path, (DANA, IVO), as_of=AS_OF)
    assert [text.file for text in texts] == ["words/dana_2026-04-28.txt"]
    assert [one.code for one in problems] == ["cannot-open", "repeated", "words-large"]


def test_a_company_without_words_has_none(tmp_path: Path):
    assert texts_in(tmp_path, (DANA,), as_of=AS_OF) == ((), ())
