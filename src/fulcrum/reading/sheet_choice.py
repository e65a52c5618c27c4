"""Which sheet of a workbook is meant, and what its owner should know of it. For the child only."""

import zipfile
from collections.abc import Sequence
from difflib import get_close_matches
from posixpath import join, normpath
from xml.etree import ElementTree

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.reading.sheet_scan import SheetScan, scan_sheet

_CELLS = 20_000_000  # what the reader reserves: rows times columns up to the farthest cell
_SHOWN = 5


@value
class Sheet:
    """One sheet: its name, whether the program shows it, and the sweep over its cells."""

    name: str
    is_hidden: bool
    scan: SheetScan


@value
class Choice:
    """The sheet that was chosen (no scan if none was), and what must be said or asked."""

    name: str = ""
    scan: SheetScan | None = None
    is_recalculated: bool = False
    problems: tuple[Problem, ...] = ()


@value
class Sheets:
    """All sheets in order, and whether the workbook asks to be recalculated when it is opened."""

    sheets: tuple[Sheet, ...]
    is_recalculated: bool


def sheets_in(archive: zipfile.ZipFile) -> Sheets:
    """Every worksheet of the workbook, swept."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - as above
    targets = _targets(archive)
    sheets = []
    for entry in _named(book, "sheet"):
        part = targets.get(_relation(entry), "")
        if "/worksheets/" not in f"/{part}":
            continue
        with archive.open(part) as stream:
            scan = scan_sheet(stream)
        hidden = entry.get("state", "visible") != "visible"
        sheets.append(Sheet(name=entry.get("name", ""), is_hidden=hidden, scan=scan))
    recalculated = any(e.get("fullCalcOnLoad") in ("1", "true") for e in _named(book, "calcPr"))
    return Sheets(sheets=tuple(sheets), is_recalculated=recalculated)


def choose_sheet(book: Sheets, *, file: str, wanted: str | None) -> Choice:
    """The wanted sheet, or the only visible one that holds anything; otherwise a question."""
    filled = [s for s in book.sheets if not s.is_hidden and not s.scan.is_blank]
    if wanted is not None:
        chosen = [s for s in book.sheets if s.name == wanted]
        if not chosen:
            return Choice(problems=(_no_such_sheet(wanted, book.sheets, file=file),))
    elif len(filled) > 1:
        return Choice(problems=(_which_sheet(filled, file=file),))
    else:
        chosen = filled
    if not chosen or chosen[0].scan.is_blank:
        return Choice(problems=(_nothing(file),))
    hidden = [s.name for s in book.sheets if s.is_hidden and not s.scan.is_blank and s is not chosen[0]]
    return Choice(
        name=chosen[0].name,
        scan=chosen[0].scan,
        is_recalculated=book.is_recalculated,
        problems=(_hidden_sheets(hidden, file=file),) if hidden else (),
    )


def survey_problems(choice: Choice, scan: SheetScan, *, file: str, columns: int) -> tuple[Problem, ...]:
    """What the sweep over the chosen sheet gives reason to refuse, to ask or to note."""
    if scan.last_column > columns or scan.last_row * scan.last_column > _CELLS:
        return (_far_cell(scan, columns=columns, file=file),)
    found = []
    if scan.unplaced:
        what = f"{scan.unplaced} formulas, errors or long numbers have no cell address in the file."
        remedy = "Open it in a spreadsheet program and save it again."
        found.append(Problem(file=file, code="unplaced", what=what, remedy=remedy))
    if scan.merged:
        what = (
            f"{len(scan.merged)} areas are merged ({_some(scan.merged)}): only their first cell has a value."
        )
        remedy = "Unmerge them and fill every cell, unless they stand beside the table."
        found.append(_question(file, "merged", what, remedy))
    if scan.hidden_rows:
        what = f"{scan.hidden_rows:,} rows are hidden or filtered out; they are read like any other."
        found.append(_question(file, "hidden-rows", what, "Delete them if they should not count."))
    if scan.hidden_columns:
        what = "Some columns are hidden; they are read like any other."
        found.append(_note(file, "hidden-columns", what, "Nothing to do unless you map one by mistake."))
    if scan.formulas and choice.is_recalculated:
        what = f"{scan.formulas:,} cells are formulas, and the workbook asks to be recalculated when opened."
        remedy = "Open it and save it once, so that it holds the results."
        found.append(_question(file, "recalculate", what, remedy))
    return tuple(found)


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation id to the part of the archive that it means."""
    tree = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    parts = {}
    for entry in _named(tree, "Relationship"):
        target = entry.get("Target", "")
        parts[entry.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return parts


def _named(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """All elements of this name, whatever namespace they carry."""
    return [element for element in tree.iter() if element.tag.rpartition("}")[2] == name]


def _relation(entry: ElementTree.Element) -> str:
    return next((text for key, text in entry.attrib.items() if key.rpartition("}")[2] == "id"), "")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _question(file: str, code: str, what: str, remedy: str) -> Problem:
    return Problem(file=file, code=code, what=what, remedy=remedy, severity=Severity.QUESTION)


def _note(file: str, code: str, what: str, remedy: str) -> Problem:
    return Problem(file=file, code=code, what=what, remedy=remedy, severity=Severity.NOTE)


def _which_sheet(sheets: Sequence[Sheet], *, file: str) -> Problem:
    sizes = [f"“{s.name}” (to row {s.scan.last_row:,})" for s in sheets]
    what = f"The workbook has {len(sheets)} filled sheets: {_some(sizes)}."
    return _question(file, "sheet-ask", what, "Say which one as `sheet` for this file in data/mapping.toml.")


def _no_such_sheet(wanted: str, sheets: Sequence[Sheet], *, file: str) -> Problem:
    names = [s.name for s in sheets]
    near = get_close_matches(wanted, names, n=1) or names[:_SHOWN]
    remedy = f"Say `sheet` as one of: {', '.join(f'“{name}”' for name in near)}."
    return Problem(file=file, code="sheet-missing", what=f"There is no sheet “{wanted}”.", remedy=remedy)


def _nothing(file: str) -> Problem:
    what = "The workbook has no visible sheet with anything in it."
    return Problem(file=file, code="empty", what=what, remedy="Export it again, or declare a hidden `sheet`.")


def _hidden_sheets(names: Sequence[str], *, file: str) -> Problem:
    what = f"Hidden sheets were not read: {_some(names)}."
    return _note(file, "hidden-sheets", what, "Declare `sheet` in data/mapping.toml if one of them is meant.")


def _far_cell(scan: SheetScan, *, columns: int, file: str) -> Problem:
    what = (
        f"The sheet reaches to row {scan.last_row:,} and column {scan.last_column:,}; "
        f"we read up to {columns:,} columns and {_CELLS:,} cells."
    )
    remedy = "Delete the stray cells far out (Ctrl+End shows the last one), or export the table as CSV."
    return Problem(file=file, code="far-cell", what=what, remedy=remedy)
