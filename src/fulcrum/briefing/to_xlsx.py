"""The brief as a spreadsheet: numbers as numbers, the case with named inputs and live formulas, the traces.

The only file that knows XlsxWriter. Every text is written as text, so that none can become a formula.
"""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from fulcrum.briefing.case_cells import CaseCells
from fulcrum.briefing.contents import blocks_of, figures_in, resting_on
from fulcrum.briefing.letters import writable
from fulcrum.briefing.pen import Pen
from fulcrum.briefing.sheet_rows import rows_of
from fulcrum.core import wording
from fulcrum.core.brief import Assumptions, Brief, FigureTable, Sources
from fulcrum.core.shown import Figure, Refused

_FIGURE_HEADS = (
    ("Figure", 30),
    ("Value", 11),
    ("Low", 11),
    ("High", 11),
    ("Held with", 7),
    ("Unit", 14),
    ("n", 10),
    ("Grade", 7),
    ("Rests on", 14),
    ("May be called", 12),
    ("Trace", 11),
    ("As said in the brief", 15),
    ("Interval as said", 15),
    ("What could make it wrong", 36),
)
_FILE_HEADS = ("File", "SHA-256", "Rows", "Accepted", "Rejected", "Skipped", "Skipped because")
_ASSUMPTION_HEADS = ("Input of a case", "Comes from", "Stated or measured", "Grade", "Trace", "Case")
_TRACE_HEADS = ("Trace", "Query", "Method", "Parameters", "Version", "Files", "Figures")
_SOURCE_WIDTHS = (26, 48, 18, 16, 10, 22, 30)


def to_xlsx(brief: Brief) -> bytes:
    """The brief as one workbook; formulas are computed anew when it is opened."""
    made = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, plain)
    book.set_properties(
        {
            "title": writable(brief.title)[:255],
            "subject": f"A brief for the {writable(brief.audience)}"[:255],
            "author": writable(brief.company)[:255],
            "comments": writable(brief.confidential)[:255],
            "created": datetime.combine(brief.as_of, time()),
        }
    )
    book.set_calc_mode("auto")
    pen = Pen(book)
    _brief_sheet(pen, book.add_worksheet("Brief"), brief)
    _figures_sheet(pen, book.add_worksheet("Figures"), brief)
    for place, table in enumerate(blocks_of(Assumptions, brief.sections), start=1):
        ending = "" if place == 1 else f"_{place}"
        sheet = book.add_worksheet(f"Case{ending.replace('_', ' ')}")
        CaseCells(pen, sheet, ending).write(table)
    _sources_sheet(pen, book.add_worksheet("Sources & traces"), brief)
    book.close()
    return made.getvalue()


def _brief_sheet(pen: Pen, sheet: Any, brief: Brief) -> None:
    """The whole brief in words, in reading order."""
    sheet.hide_gridlines(2)
    pen.columns(sheet, (22, 100))
    tag = " · Simulated" if brief.is_simulated else ""
    head = f"For the {brief.audience} · {wording.day(brief.as_of)} · {brief.company}{tag}"
    pen.say(sheet, 0, 1, head, "quiet")
    pen.say(sheet, 1, 1, brief.title, "title")
    y = 3
    for section in brief.sections:
        if section.heading:
            pen.say(sheet, y, 0, "", "section")
            y = pen.say(sheet, y, 1, section.heading, "section")
        for block in (*section.blocks, *section.beside):
            for label, said in rows_of(block):
                pen.say(sheet, y, 0, label, "quiet")
                y = pen.say(sheet, y, 1, said, "text")
        y += 1
    contact = f" Does a figure look wrong? {brief.contact}." if brief.contact else ""
    pen.say(sheet, y, 1, f"{brief.confidential}{contact} Fulcrum {brief.provenance.version}.", "quiet")


def _figures_sheet(pen: Pen, sheet: Any, brief: Brief) -> None:
    """Every figure as a number, with the digits of the brief; refused ones keep a row."""
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    pen.columns(sheet, [width for _, width in _FIGURE_HEADS])
    pen.heads(sheet, 0, [head for head, _ in _FIGURE_HEADS], rights=(1, 2, 3, 4, 6))
    y = 1
    for figure in figures_in(brief.sections):
        _figure_row(pen, sheet, y, figure)
        y += 1
    for row in (row for table in blocks_of(FigureTable, brief.sections) for row in table.rows):
        if isinstance(row, Refused):
            pen.say(sheet, y, 0, row.label)
            pen.say(sheet, y, 1, row.word, "refused")
            for x in range(2, 13):
                pen.say(sheet, y, x, "")
            pen.say(sheet, y, 13, f"{row.reason} Needed: {row.needs}")
            y += 1


def _figure_row(pen: Pen, sheet: Any, y: int, figure: Figure) -> None:
    words = wording.worded(figure.estimate)
    pen.say(sheet, y, 0, figure.label)
    for x, shown in ((1, words.value), (2, words.low), (3, words.high)):
        sheet.write_number(y, x, shown.number, pen.number(shown.number_format))
    sheet.write_number(y, 4, figure.estimate.interval.confidence, pen.number("0 %"))
    pen.say(sheet, y, 5, str(figure.estimate.unit), "next")
    if figure.estimate.n is None:
        pen.say(sheet, y, 6, figure.n)
    else:
        sheet.write_number(y, 6, figure.estimate.n, pen.number("#,##0"))
    grade, caveats = figure.grade, " ".join(figure.caveats)
    said = (grade.value, grade.meaning, figure.claim, figure.trace, figure.said, figure.interval, caveats)
    for x, text in enumerate(said, start=7):
        pen.say(sheet, y, x, text, "next")


def _sources_sheet(pen: Pen, sheet: Any, brief: Brief) -> None:
    """The files as they were read, where the inputs of each case come from, and every trace and query."""
    pen.columns(sheet, _SOURCE_WIDTHS)
    pen.heads(sheet, 0, _FILE_HEADS, rights=(2, 3, 4, 5))
    y = 1
    for file in brief.provenance.files:
        pen.say(sheet, y, 0, file.name)
        pen.say(sheet, y, 1, file.sha256, "code")
        for x, number in enumerate((file.rows, file.accepted, file.rejected, file.skipped), start=2):
            sheet.write_number(y, x, number, pen.number("#,##0"))
        because = "; ".join(f"{why}: {wording.count(rows)}" for why, rows in file.skipped_because)
        pen.say(sheet, y, 6, because)
        y += 1
    for sources in blocks_of(Sources, brief.sections):
        for said in sources.items:
            y = pen.say(sheet, y, 0, said, "text")
    y = _assumptions(pen, sheet, y + 1, brief)
    pen.heads(sheet, y, _TRACE_HEADS)
    y += 1
    figures = resting_on(brief.sections)
    for trace in brief.provenance.traces:
        given = "; ".join(f"{key} = {said}" for key, said in trace.parameters)
        files = "; ".join(file.name for file in trace.files)
        named = "; ".join(figures.get(trace.id, ()))
        for x, said in (
            (0, trace.id),
            (2, trace.method),
            (3, given),
            (4, trace.version),
            (5, files),
            (6, named),
        ):
            pen.say(sheet, y, x, said)
        y = pen.say(sheet, y, 1, trace.query, "code")


def _assumptions(pen: Pen, sheet: Any, y: int, brief: Brief) -> int:
    """Where each input of each case comes from; gives the next free row."""
    tables = blocks_of(Assumptions, brief.sections)
    if not tables:
        return y
    pen.heads(sheet, y, _ASSUMPTION_HEADS)
    for table in tables:
        for row in table.rows:
            y += 1
            kind = "stated" if row.is_stated else "measured"
            grade = f"{row.figure.grade.value}: {row.figure.grade.meaning}"
            said = (row.figure.label, row.source, kind, grade, row.figure.trace, table.case.title)
            for x, text in enumerate(said):
                pen.say(sheet, y, x, text)
    return y + 2
