"""Everything wrong in the playbook, its own knowledge included: gaps, unsourced claims, numbers out of range.

`load` asks whether each entry has its shape; this asks whether the entries together hold.
"""

from collections.abc import Iterator
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.playbook import Playbook
from fulcrum.playbook.claims import unsound_claims
from fulcrum.playbook.gaps import gaps
from fulcrum.playbook.load import read
from fulcrum.playbook.numbers import numbers_out_of_range
from fulcrum.playbook.questions import closed_questions
from fulcrum.playbook.whereabouts import Whereabouts

PROMISED = {
    "steps": 60,
    "arguments": 30,
    "examples": 60,
    "mechanisms": 12,
    "motivators": 8,
    "goal_metrics": 30,
}
PROMISED_FAILURES = 10
PROMISED_INDUSTRIES = 10


def check_playbook(own: Path | None = None) -> tuple[Problem, ...]:
    """All Problems of the playbook with the company's own entries; none means that it may be used.

    While an entry does not fit its shape only such misfits are told: the rest cannot be judged without it.
    """
    return checked_playbook(own)[1]


def checked_playbook(own: Path | None = None) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """The same Problems with the playbook that has them, None where it could not be read."""
    reading = read(own)
    if reading.playbook is None:
        return None, reading.problems
    return reading.playbook, problems_in(reading.playbook, Whereabouts(files=reading.said_by))


def problems_in(playbook: Playbook, where: Whereabouts | None = None) -> tuple[Problem, ...]:
    """All Problems of a playbook that was read; `where` knows the file of each entry."""
    where = Whereabouts() if where is None else where
    return (
        *gaps(playbook, where),
        *unsound_claims(playbook, where),
        *closed_questions(playbook, where),
        *numbers_out_of_range(playbook, where),
        *_broken_promises(playbook, where),
    )


def _broken_promises(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    """What the product says it brings along, counted."""
    for shelf, promised in PROMISED.items():
        if len(getattr(playbook, shelf)) < promised:
            yield _too_few(where, shelf, len(getattr(playbook, shelf)), promised, shelf.replace("_", " "))
    failures = sum(example.is_failure for example in playbook.examples)
    if failures < PROMISED_FAILURES:
        yield _too_few(where, "examples", failures, PROMISED_FAILURES, "examples of failure")
    industries = len({example.industry for example in playbook.examples})
    if industries < PROMISED_INDUSTRIES:
        yield _too_few(where, "examples", industries, PROMISED_INDUSTRIES, "industries among the examples")


def _too_few(where: Whereabouts, shelf: str, there_are: int, promised: int, things: str) -> Problem:
    return where.problem(
        shelf,
        what=f"There are {there_are} {things}; {promised} are promised.",
        remedy="Restore the missing entries, or change the promise in the documentation and here.",
        code="playbook.promise",
    )
