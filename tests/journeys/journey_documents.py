"""What a reader finds in each written document, and what somebody who takes it apart finds."""

import html
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from pptx import Presentation
from pypdf import PdfReader

FORMATS = ("html", "pdf", "pptx", "xlsx")


def reading(folder: Path, name: str) -> dict[str, str]:
    """The text of the brief `name` in every format, without white space."""
    texts = {
        "html": page_text(folder / f"{name}.html"),
        "pdf": "\n".join(pdf_pages(folder / f"{name}.pdf")),
        "pptx": slide_text(folder / f"{name}.pptx"),
        "xlsx": sheet_text(folder / f"{name}.xlsx"),
    }
    return {kind: squeezed(text) for kind, text in texts.items()}


def taken_apart(path: Path) -> str:
    """Everything that is in a file, seen or not: source of a page, parts of a package, data of a PDF."""
    if path.suffix == ".html":
        return html.unescape(re.sub(r"url\(data:[^)]*\)", "", path.read_text(encoding="utf-8")))
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    with ZipFile(path) as parts:
        texts = [parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    return html.unescape("\n".join(text.decode("utf-8") for text in texts))


def page_text(path: Path) -> str:
    page = re.sub(r"(?s)<style.*?</style>", "", path.read_text(encoding="utf-8"))
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def pdf_pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def slide_text(path: Path) -> str:
    words: list[str] = []

    def read(shapes) -> None:
        for shape in shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if getattr(shape, "has_table", False) and shape.has_table:
                words.extend(cell.text for row in shape.table.rows for cell in row.cells)
            if hasattr(shape, "shapes"):
                read(shape.shapes)

    for slide in Presentation(path).slides:
        read(slide.shapes)
        if slide.has_notes_slide:
            words.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(words)


def sheet_text(path: Path) -> str:
    cells = (
        cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
    )
    return "\n".join(str(value) for value in cells if value is not None)


def squeezed(text: str) -> str:
    """`text` without white space, so that a broken line hides nothing."""
    return re.sub(r"[\s\u200b]+", "", text)
