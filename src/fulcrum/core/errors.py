"""What can go wrong, in two kinds.

    Problem                 a mistake in the user's data or playbook: a value; collected and shown together
    FulcrumError            a request that cannot be served; a door translates it to a sentence
    ├─ WrongUse             the request itself is wrong (exit code 2)
    ├─ DataProblems         the data stop it; carries its Problems (exit code 1)
    └─ Outdated             what was stored is of another version; compute it anew

Anything else is a bug and crashes.
"""

from collections.abc import Iterable
from enum import StrEnum

from fulcrum.core.value import value


class Severity(StrEnum):
    """Whether a Problem stops the work (error), needs a decision (question) or is good to know (note)."""

    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


@value
class Problem:
    """Where something is wrong, what it is, and what to do about it.

    `row` counts as the user's own program shows it: the header is row 1. `path` is the place inside a file
    that has no rows ("steps[3].lever").
    """

    file: str
    what: str
    remedy: str
    row: int | None = None
    column: str | None = None
    severity: Severity = Severity.ERROR
    code: str = ""
    path: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        if self.path:
            place += f", at {self.path}"
        return f"{place}: {self.what} {self.remedy}"

    @property
    def is_error(self) -> bool:
        """Whether this Problem must be mended before a result can be given."""
        return self.severity is Severity.ERROR


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those Problems that stop the work."""
    return tuple(problem for problem in problems if problem.is_error)


class FulcrumError(Exception):
    """A request that cannot be served, said in a sentence that a user understands."""


class WrongUse(FulcrumError):
    """The request itself is wrong: a name that does not exist, a folder that is none."""


class Outdated(FulcrumError):
    """What was stored was made by another version and cannot be read; the answer is to compute it anew."""


class DataProblems(FulcrumError):
    """The data hold mistakes that stop the request; all of them come along."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in the data")
