"""Which rows of a file are its header, and one label a column.

Recognised with certainty: Qualtrics (a row of ImportId tags) and SurveyMonkey (a second row of options or
"Response"). Anything else is one row, or what the owner declares, or a question.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence

from fulcrum.core.errors import Problem, Severity

Record = tuple[str, ...]

_QUALTRICS = frozenset({"responseid", "startdate", "recordeddate", "ipaddress", "v1"})
_ANSWER_WORDS = frozenset({"response", "open-ended response"})


def header_height(rows: Sequence[Record], *, file: str, first_row: int) -> int | Problem:
    """How many rows, from the first, are header: 1, 2 or 3."""
    for height in (2, 3):
        if len(rows) >= height and _is_import_ids(rows[height - 1]):
            return height
    if len(rows) < 2:
        return 1
    if _is_survey_monkey(rows[0], rows[1]):
        return 2
    if _is_label_row_of_qualtrics(rows[0], rows[1]):
        return Problem(
            file=file,
            row=first_row + 1,
            what="This row looks like question texts of a Qualtrics export, but the ImportId row is missing.",
            remedy="Say header_rows = 2 in data/mapping.toml if it is no answer, header_rows = 1 if it is.",
            severity=Severity.QUESTION,
            code="header-ask",
        )
    return 1


def labels(header: Sequence[Record], *, width: int) -> list[str]:
    """One label a column: the first header row where that names them all, else the rows joined."""
    rows = [tuple(map(clean_label, row)) + ("",) * (width - len(row)) for row in header]
    if len(rows) == 1 or (all(rows[0]) and len(set(rows[0])) == width):
        return list(rows[0])
    above = _filled_to_the_right(rows[0])
    below = [" ".join(filter(None, parts)) for parts in zip(*rows[1:], strict=True)]
    return [_joined(high, low) for high, low in zip(above, below, strict=True)]


def clean_label(text: str) -> str:
    """A header as it is compared: outer space and byte order mark removed, Unicode composed (NFC)."""
    return unicodedata.normalize("NFC", text.strip().strip("\ufeff\u200b").strip())


def told_apart(
    names: list[str], *, file: str, row: int, is_filled: Sequence[bool]
) -> tuple[list[str], tuple[Problem, ...]]:
    """Labels no two of which are equal, and a question for each that had to be told apart by its position."""
    problems = [*_blank(names, file=file, row=row, is_filled=is_filled), *_alike(names, file=file, row=row)]
    often = Counter(names)
    said: list[str] = []
    for place, name in enumerate(names, start=1):
        label = name if often[name] == 1 else f"{name} (column {place})"
        said.append(f"column {place}" if not name else label if label not in said else f"{label} (again)")
    return said, tuple(problems)


def _blank(names: list[str], *, file: str, row: int, is_filled: Sequence[bool]) -> list[Problem]:
    return [
        Problem(
            file=file,
            row=row,
            column=str(place),
            what="The column has values but no name.",
            remedy=f"Name it in the file, or call it “column {place}” in data/mapping.toml.",
            severity=Severity.QUESTION,
            code="header-blank",
        )
        for place, (name, filled) in enumerate(zip(names, is_filled, strict=True), start=1)
        if not name and filled
    ]


def _alike(names: list[str], *, file: str, row: int) -> list[Problem]:
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(names, start=1):
        if name:
            groups.setdefault(_folded(name), []).append(place)
    problems = []
    for places in groups.values():
        if len(places) < 2:
            continue
        same = len({names[place - 1] for place in places}) == 1
        name = names[places[0] - 1]
        how = "have the same name" if same else "have names that differ only in form"
        mean = f"“{name} (column {places[0]})”, “{name} (column {places[1]})”"
        problems.append(
            Problem(
                file=file,
                row=row,
                column=name,
                what=f"Columns {', '.join(map(str, places))} {how}.",
                remedy=f"Say which one you mean in data/mapping.toml: {mean}."
                if same
                else "Check that the one you map is the one you mean.",
                severity=Severity.QUESTION,
                code="header-twice" if same else "header-alike",
            )
        )
    return problems


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _filled_to_the_right(row: Sequence[str]) -> list[str]:
    filled: list[str] = []
    for cell in row:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _joined(high: str, low: str) -> str:
    if not low or low.casefold() in _ANSWER_WORDS or low == high:
        return high
    return f"{high}: {low}" if high else low


def _is_import_ids(row: Record) -> bool:
    tags = [cell for cell in row if cell.strip()]
    return bool(tags) and all(_is_import_id(tag) for tag in tags)


def _is_import_id(cell: str) -> bool:
    if not cell.lstrip().startswith('{"ImportId"'):
        return False
    try:
        return "ImportId" in json.loads(cell)
    except ValueError:
        return False


def _is_survey_monkey(first: Record, second: Record) -> bool:
    """Row 1 begins with the respondent's id, row 2 has nothing below it and the word Response somewhere."""
    starts = clean_label(first[0]).casefold().replace(" ", "") == "respondentid"
    return (
        starts and not second[0].strip() and any(cell.strip().casefold() in _ANSWER_WORDS for cell in second)
    )


def _is_label_row_of_qualtrics(first: Record, second: Record) -> bool:
    """At least two of Qualtrics' own columns, and below a name the same name with spaces ("Response ID")."""
    names = {_folded(cell): place for place, cell in enumerate(first)}
    own = [place for name, place in names.items() if name in _QUALTRICS and place < len(second)]
    alike = [
        place
        for name, place in names.items()
        if place < len(second) and name and _folded(second[place]) in (name, "responseid")
    ]
    return bool(own) and bool(alike)
