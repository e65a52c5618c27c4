"""What is in the engine once the files are read: relations that cells are made from, accounts, problems."""

from datetime import date

from fulcrum.core.errors import DataProblems, Problem, errors_in
from fulcrum.core.findings import SourceFile
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.intake.mapping import Mapping


@value
class Expression:
    """A key or an outcome as SQL.

    `joined` says that it needs the customers beside the answers, `may_lack` that some rows do not have it.
    An outcome is summed as an exact decimal unless it `is_whole`; a flag is its own square. `inapplicable`
    is the SQL of a rating's "not applicable", 1 or 0.
    """

    name: str
    sql: str
    joined: bool = False
    may_lack: bool = False
    is_whole: bool = False
    is_flag: bool = False
    inapplicable: str = ""


@value
class Relation:
    """Rows that cells are made from, one per answer or one per customer.

    `source` is what the query reads, `joined` the same with the customers beside it. `weight` is the sampling
    weight, None where every row counts once.
    """

    source: str
    joined: str
    keys: tuple[Expression, ...]
    outcomes: tuple[Expression, ...]
    weight: Expression | None = None
    ratings: tuple[Expression, ...] = ()

    def key(self, name: str) -> Expression | None:
        """The key of this name, if the data offer it."""
        return next((key for key in self.keys if key.name == name), None)

    def outcome(self, name: str) -> Expression | None:
        """The outcome of this name, if the data offer it."""
        return next((outcome for outcome in self.outcomes if outcome.name == name), None)


@value
class Monthly:
    """Relations by month; None where the data do not tell it.

    `presence` has the keys `started` and `ended` (yyyymm, None where open); the others the key `month`.
    """

    presence: Relation | None = None
    contacts: Relation | None = None
    transactions: Relation | None = None


NO_MONTHLY = Monthly()


@value
class ColumnTotal:
    """What one column of one file held as it was read: filled cells, and their total where they are money."""

    file: str
    column: str
    filled: int
    total: str = ""


@value
class RejectedRow:
    """One row that was not accepted: where, why, what to do, and the cell, unless it is personal."""

    file: str
    row: int
    column: str
    code: str
    reason: str
    remedy: str
    text: str


@value
class TimeOrder:
    """How many answers stand on which side of what they judge and of what they are to foretell.

    `early` were given before the experience was over; `late` on or after the landmark; `undated` have no
    date; `used` are the answers that a customer's outcome is compared with: each customer's last before it.
    """

    answers: int
    early: int = 0
    late: int = 0
    undated: int = 0
    used: int = 0


@value
class Base:
    """The customers that an outcome is counted over, and who was set apart on the way.

    `censored` were not observable for the whole window; `not_yet` had not started and `gone` had left before
    the landmark. `window` is None where the data have no time: then an outcome is only "as recorded".
    """

    customers: int
    answered: int
    censored: int = 0
    not_yet: int = 0
    gone: int = 0
    window: tuple[date, date] | None = None


@value
class Loaded:
    """The data of one company, ready for cells; a relation is None where there is no such table.

    Close the engine when done (`with loaded.engine:`). Every problem of every file is in `problems`; while
    one of them is an error, the functions of `queries` raise `DataProblems` instead of counting.
    """

    mapping: Mapping
    engine: Engine
    files: tuple[SourceFile, ...]
    totals: tuple[ColumnTotal, ...]
    rejected: tuple[RejectedRow, ...]
    problems: tuple[Problem, ...]
    answers: Relation | None
    customers: Relation | None
    durations: Relation | None
    time_order: TimeOrder | None
    base: Base | None
    answered_once: bool
    monthly: Monthly = NO_MONTHLY

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the work."""
        return errors_in(self.problems)

    def checked(self) -> "Loaded":
        """Itself, or `DataProblems` where an error stops the work."""
        if self.errors:
            raise DataProblems(self.problems)
        return self
