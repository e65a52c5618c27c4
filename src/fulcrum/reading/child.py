"""The child process that parses one workbook: `python -m fulcrum.reading.child OPTIONS < workbook.xlsx`.

It takes its limits (`confined`), reads the workbook from standard input and answers with one line of JSON
(problems, rows that are spoilt), then the sheet as CSV.
"""

import csv
import io
import json
import sys
import zipfile
from dataclasses import asdict, dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook

from fulcrum.core.errors import Problem
from fulcrum.reading.archive import archive_problems
from fulcrum.reading.cell_text import texts_of
from fulcrum.reading.confined import confine
from fulcrum.reading.sheet_choice import Choice, choose_sheet, sheets_in, survey_problems
from fulcrum.reading.sheet_scan import SheetScan


@dataclass
class Answer:
    """What goes back to the parent."""

    problems: list[Problem] = field(default_factory=list)
    spoilt: dict[int, str] = field(default_factory=dict)
    rows: list[list[str]] | None = None


def main(options: dict[str, Any]) -> None:
    """Read the workbook on standard input and answer on standard output."""
    confine(options)
    answer = _answer(sys.stdin.buffer.read(), options)
    report = {
        "problems": [asdict(problem) for problem in answer.problems],
        "spoilt": answer.spoilt,
        "has_rows": answer.rows is not None,
    }
    buffer = io.StringIO(newline="")
    buffer.write(json.dumps(report) + "\n")
    csv.writer(buffer).writerows(answer.rows or [])
    sys.stdout.buffer.write(buffer.getvalue().encode())


def _answer(data: bytes, options: dict[str, Any]) -> Answer:
    file = str(options["file"])
    answer = Answer()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError):
        answer.problems.append(_damaged(file))
        return answer
    answer.problems.extend(archive_problems(archive, file=file))
    if any(problem.is_error for problem in answer.problems):
        return answer
    try:
        choice = choose_sheet(sheets_in(archive), file=file, wanted=options["sheet"])
        answer.problems.extend(choice.problems)
        if choice.scan is not None:
            _read(data, choice, choice.scan, answer, options)
    except (CalamineError, KeyError, ValueError, ExpatError, ElementTree.ParseError):
        answer.problems.append(_damaged(file))
        answer.rows = None
    return answer


def _read(data: bytes, choice: Choice, scan: SheetScan, answer: Answer, options: dict[str, Any]) -> None:
    answer.problems.extend(survey_problems(choice, scan, file=options["file"], columns=options["columns"]))
    if any(problem.is_error for problem in answer.problems):
        return
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheet = workbook.get_sheet_by_name(choice.name)
    rows = sheet.to_python(skip_empty_area=False)
    answer.rows, miscounted = texts_of(rows)
    answer.spoilt = {**miscounted, **scan.spoilt}
    for (row, column), text in scan.exact.items():
        answer.rows[row - 1][column - 1] = text


def _damaged(file: str) -> Problem:
    return Problem(
        file=file,
        what="The workbook is damaged or cut off.",
        remedy="Copy or export it again; if it opens in your program, save it under a new name.",
        code="damaged",
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
