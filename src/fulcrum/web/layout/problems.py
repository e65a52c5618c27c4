"""Problems by file, and as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.core.wording import many
from fulcrum.evidence.intake.accounts import harmless

_HEADS = ("severity", "file", "row", "column", "place", "what", "remedy")


@value
class OfFile:
    """All Problems of one file, errors first."""

    file: str
    tally: str
    problems: tuple[Problem, ...]


def by_file(problems: Iterable[Problem]) -> tuple[OfFile, ...]:
    """Files with errors first, else in the order in which they are told."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.file, []).append(problem)
    groups = [OfFile(file=file, tally=tally(told), problems=_ordered(told)) for file, told in found.items()]
    return tuple(sorted(groups, key=lambda one: not one.problems[0].is_error))


def tally(problems: Sequence[Problem]) -> str:
    """ "2 errors, 1 question": how many of each kind."""
    counts = {severity: sum(one.severity is severity for one in problems) for severity in Severity}
    return ", ".join(many(number, kind.value) for kind, number in counts.items() if number)


def problems_csv(problems: Iterable[Problem]) -> str:
    """One row a Problem; a text that would be a formula begins with an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for one in problems:
        row = "" if one.row is None else str(one.row)
        cells = (one.severity.value, one.file, row, one.column or "", one.path, one.what, one.remedy)
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + buffer.getvalue()


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    order = list(Severity)
    return tuple(sorted(problems, key=lambda one: order.index(one.severity)))
