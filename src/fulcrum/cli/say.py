"""How the terminal shows things: results on stdout, progress and problems on stderr."""

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import typer

from fulcrum.core.company import Company
from fulcrum.core.errors import Problem, Severity, WrongUse
from fulcrum.core.people import Executive
from fulcrum.core.plain import to_plain

WIDTH = 100
NOBODY = "No executives yet: name them in executives.csv."


def progress(sentence: str) -> None:
    """One line on what is being done, on stderr."""
    typer.echo(sentence, err=True)


def mistake(sentence: str) -> None:
    """What was wrong with the request, on stderr."""
    typer.echo(sentence, err=True)


def problems(found: Iterable[Problem]) -> None:
    """Each Problem with its place and remedy, errors first, on stderr, and how many there are."""
    ordered = sorted(found, key=lambda one: list(Severity).index(one.severity))
    for one in ordered:
        typer.echo(f"{one.severity.value:8}  {one}", err=True)
    if ordered:
        typer.echo(_tally(ordered), err=True)


def whole(result: dict[str, Any]) -> None:
    """The whole result as JSON on stdout: same input, same bytes."""
    typer.echo(json.dumps(to_plain(result), ensure_ascii=False, indent=2))


def heading(text: str) -> None:
    """A heading with a rule under it."""
    typer.echo(f"\n{text}\n{'─' * min(len(text), WIDTH)}")


def line(text: str = "", *, indent: int = 0) -> None:
    """A paragraph, wrapped to the width of the page."""
    pad = " " * indent
    typer.echo(
        textwrap.fill(
            text,
            WIDTH,
            initial_indent=pad,
            subsequent_indent=pad,
            break_long_words=False,
            break_on_hyphens=False,  # a path is copied whole
        )
        if text
        else ""
    )


def table(rows: Sequence[Sequence[str]], *, header: Sequence[str], right: Sequence[int] = ()) -> None:
    """Rows in columns as wide as their longest text; `right` names the columns that hold figures."""
    everything = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[i]) for row in everything) for i in range(len(header))]
    for row in everything:
        cells = [
            text.rjust(width) if i in right else text.ljust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        typer.echo("  ".join(cells).rstrip())


def person(company: Company, who: str) -> Executive:
    """The executive that the request names; says who there is if there is none such."""
    found = company.executive(who)
    if found is None:
        known = ", ".join(one.id for one in company.executives) or "none yet"
        raise WrongUse(f"There is no executive “{who}”; executives.csv has {known}.")
    return found


def today() -> date:
    """The day at the door; everything below is told it."""
    return date.today()  # noqa: DTZ011  the user's own calendar day is meant


def is_terminal() -> bool:
    """Whether a person looks at stdout."""
    return sys.stdout.isatty()


def _tally(found: Sequence[Problem]) -> str:
    counts = {severity: sum(one.severity is severity for one in found) for severity in Severity}
    named = [f"{many} {kind.value}{'' if many == 1 else 's'}" for kind, many in counts.items() if many]
    return ", ".join(named)
