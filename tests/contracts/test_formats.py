"""One brief, four formats: nothing that it says may be lost, changed or executed in any of them."""

import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from fulcrum.briefing.contents import blocks_of, figures_in
from fulcrum.briefing.formats import FORMATS
from fulcrum.briefing.letters import MARK, readable
from fulcrum.core import brief as shapes
from fulcrum.core.brief import (
    ArgumentBlock,
    Assumptions,
    Brief,
    FigureTable,
    Missing,
    NumberedList,
    Quote,
    Refusals,
    Statement,
)
from fulcrum.core.errors import FulcrumError
from fulcrum.core.shown import Refused

sys.path.insert(0, str(Path(__file__).parents[1] / "briefing"))
import hostile
import sample

NAMES = tuple(FORMATS)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return sample.every_block_brief()


@pytest.fixture(scope="module")
def texts(brief: Brief) -> dict[str, str]:
    return {name: text_of(name, FORMATS[name].render(brief)) for name in NAMES}


def test_the_sample_holds_every_kind_of_block(brief: Brief) -> None:
    held = {type(block) for section in brief.sections for block in (*section.blocks, *section.beside)}
    inside = {shapes.TrendLine}  # stands within Progress
    assert set(get_args(shapes.Block)) - inside <= held


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_keeps_its_digits_interval_grade_and_trace(brief, texts, name) -> None:
    figures = figures_in(brief.sections)
    assert len(figures) > 15
    tables = [row for table in blocks_of(FigureTable, brief.sections) for row in table.rows]
    for figure in figures:
        assert squeezed(figure.said) in texts[name], figure.label
    for row in tables:
        if not isinstance(row, Refused):
            for said in (
                row.label,
                row.interval,
                row.n.replace(",", "") if name == "xlsx" else row.n,
                row.trace,
            ):
                assert squeezed(said) in texts[name], (row.label, said)


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_caveat_refusal_and_warning_is_there(brief, texts, name) -> None:
    said = [brief.title, brief.company, brief.audience, brief.confidential]
    said += [statement.text for statement in blocks_of(Statement, brief.sections)]
    said += [quote.text for quote in blocks_of(Quote, brief.sections)]
    said += [item for items in blocks_of(NumberedList, brief.sections) for item in items.items]
    for refusals in blocks_of(Refusals, brief.sections):
        said += [text for item in refusals.items for text in (item.word, item.label, item.reason, item.needs)]
    for missing in blocks_of(Missing, brief.sections):
        said += [missing.what, missing.why, missing.remedy]
    for argument in blocks_of(ArgumentBlock, brief.sections):
        said += [argument.claim, *argument.warnings, *(text for _, text in argument.details)]
    for table in blocks_of(Assumptions, brief.sections):
        said += [row.source for row in table.rows]
    for text in said:
        parts = statement_parts(text) if name == "pptx" else [text]
        for part in parts:
            assert squeezed(part) in texts[name], part


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_same_brief_gives_the_same_bytes(brief, name) -> None:
    assert FORMATS[name].render(brief) == FORMATS[name].render(brief)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [sample.board_brief, sample.empty_brief, sample.unknown_case_brief])
def test_every_kind_of_brief_can_be_rendered(name: str, make: Callable[[], Brief]) -> None:
    brief = make()
    text = text_of(name, FORMATS[name].render(brief))
    assert squeezed(brief.title) in text
    for missing in blocks_of(Missing, brief.sections):
        assert squeezed(missing.remedy) in text


@pytest.mark.parametrize("name", NAMES)
def test_an_arguments_warnings_stand_wherever_the_argument_does(name: str) -> None:
    brief = hostile.with_warned_argument(sample.executive_brief())
    text = text_of(name, FORMATS[name].render(brief))
    for argument in blocks_of(ArgumentBlock, brief.sections):
        assert argument.warnings
        for warning in argument.warnings:
            assert squeezed(warning) in text


@pytest.mark.parametrize("text", hostile.TEXTS, ids=range(len(hostile.TEXTS)))
def test_hostile_text_stays_text_on_a_page(text: str) -> None:
    made = FORMATS["html"].render(hostile.brief_with((text,)))
    assert squeezed(hostile.writable(text)) in text_of("html", made)
    hostile.assert_harmless("html", made)


@pytest.mark.parametrize("name", ["pptx", "xlsx"])
def test_hostile_text_stays_text_in_office_files(name: str) -> None:
    made = FORMATS[name].render(hostile.brief_with(hostile.TEXTS))
    shown = text_of(name, made)
    for text in hostile.TEXTS:
        assert squeezed(hostile.writable(text)) in shown
    hostile.assert_harmless(name, made)


def test_hostile_text_stays_text_in_pdf_and_other_scripts_are_marked() -> None:
    shown = text_of("pdf", FORMATS["pdf"].render(hostile.brief_with(hostile.TEXTS)))
    for text in hostile.TEXTS:
        for word in readable(text).replace(MARK, " ").replace("\u200b", "").split():
            assert squeezed(word) in shown
    assert squeezed("the web page shows the original") in shown


def test_a_brief_in_a_script_without_a_font_is_refused_as_pdf_and_given_as_slides() -> None:
    brief = hostile.in_japanese()
    with pytest.raises(FulcrumError, match="html or pptx"):
        FORMATS["pdf"].render(brief)
    assert squeezed(brief.title) in text_of("pptx", FORMATS["pptx"].render(brief))


def test_a_page_needs_nothing_from_elsewhere(brief: Brief) -> None:
    page = FORMATS["html"].render(brief).decode()
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert not re.search(r"url\((?!data:)", page)


def text_of(name: str, made: bytes) -> str:
    """Everything that a reader of the file can come upon, without white space."""
    return squeezed({"html": _of_html, "pdf": _of_pdf, "pptx": _of_pptx, "xlsx": _of_xlsx}[name](made))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def statement_parts(text: str) -> list[str]:
    """On slides a grade in words follows each figure, so a sentence is looked for in its parts."""
    return re.split(r"(?<=causal\.)|(?<=stake\.)|(?= \(\d+\s%:)", text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag == "style" or dict(attrs).get("class") == "vh"
        self.words += [said or "" for name, said in attrs if name == "aria-label"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _of_html(made: bytes) -> str:
    parser = _Words()
    parser.feed(made.decode())
    plain = "".join(parser.words)
    # A grade stands as a letter within a sentence; it is looked for on its own.
    return plain + "".join(_without_grades(made.decode()))


def _without_grades(page: str) -> list[str]:
    parser = _Words()
    parser.feed(
        re.sub(r'<span class="grade.*?</span></span>|<span class="grade[^>]*>.*?[A-E]</span>', "", page)
    )
    return parser.words


def _of_pdf(made: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    said = "\n".join(pages)
    return said + re.sub(r"\s[A-E](?=\s)", " ", said)


def _of_pptx(made: bytes) -> str:
    words: list[str] = []

    def read(shapes) -> None:
        for shape in shapes:
            if shape.shape_type is not None and shape.has_text_frame:
                words.append(shape.text_frame.text)
            if getattr(shape, "has_table", False) and shape.has_table:
                words.extend(cell.text for row in shape.table.rows for cell in row.cells)
            if hasattr(shape, "shapes"):
                read(shape.shapes)

    for slide in Presentation(BytesIO(made)).slides:
        read(slide.shapes)
        words.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(words)


def _of_xlsx(made: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(made))
    return "\n".join(
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def test_no_file_holds_a_path_or_a_moment_of_this_machine(brief: Brief) -> None:
    for name in ("pptx", "xlsx"):
        with ZipFile(BytesIO(FORMATS[name].render(brief))) as parts:
            core = parts.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-16T00:00:00Z"}
