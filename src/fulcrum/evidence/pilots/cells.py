"""What is left of a pilot's results once the engine has added them up: sums by arm, unit and week."""

from collections.abc import Callable, Iterable
from datetime import date

from fulcrum.core.findings import SourceFile
from fulcrum.core.value import value
from fulcrum.evidence.methods.adjust import Paired
from fulcrum.evidence.methods.moments import Moments


@value
class PilotCell:
    """Customers of one arm, unit and place in time with the same things known of them.

    n rows; sums of the outcome y, of the same before x, and of the same still earlier e, with squares and
    products. `knows` says which of the three these customers have; sums of what they lack are zero. `at` is
    the week since the start, or the month (yyyymm) of a stepped pilot; None where time plays no part.
    """

    arm: str
    unit: str
    at: int | None
    has_outcome: bool
    has_before: bool
    has_earlier: bool
    n: int
    y: float
    yy: float
    x: float
    xx: float
    xy: float
    e: float
    ee: float
    xe: float


@value
class PilotCells:
    """The results of a pilot, in cells, with the account of their file.

    `crossed` customers were found in both arms and are set apart. `first` and `last` are the days of the
    first and the last outcome, where the results have days.
    """

    cells: tuple[PilotCell, ...]
    file: SourceFile
    query: str
    crossed: int = 0
    first: date | None = None
    last: date | None = None

    def assigned(self, arm: str) -> int:
        """Customers in this arm, with an outcome or without one yet."""
        return sum(cell.n for cell in self.cells if cell.arm == arm)

    def measured(self, arm: str) -> int:
        """Customers of this arm who have an outcome."""
        return sum(cell.n for cell in self.of(arm))

    def of(self, arm: str) -> tuple[PilotCell, ...]:
        """The cells of this arm that hold an outcome."""
        return tuple(cell for cell in self.cells if cell.arm == arm and cell.has_outcome)

    def units(self, arm: str) -> tuple[str, ...]:
        """The units of this arm that have an outcome, sorted."""
        return tuple(sorted({cell.unit for cell in self.of(arm) if cell.unit}))

    def knows_before(self, *arms: str) -> bool:
        """Whether every customer with an outcome has what they did before."""
        return self._all(arms, lambda cell: cell.has_before)

    def knows_earlier(self, *arms: str) -> bool:
        """Whether every customer with an outcome has two measurements before the start."""
        return self._all(arms, lambda cell: cell.has_before and cell.has_earlier)

    def _all(self, arms: Iterable[str], knows: Callable[[PilotCell], bool]) -> bool:
        found = [cell for arm in arms for cell in self.of(arm)]
        return bool(found) and all(map(knows, found))


def paired(cells: Iterable[PilotCell]) -> Paired:
    """Outcome and before of these cells together."""
    held = list(cells)
    return Paired(
        n=sum(cell.n for cell in held),
        total=sum(cell.y for cell in held),
        squares=sum(cell.yy for cell in held),
        before=sum(cell.x for cell in held),
        before_squares=sum(cell.xx for cell in held),
        products=sum(cell.xy for cell in held),
    )


def outcome_moments(cells: Iterable[PilotCell]) -> Moments:
    """The outcome of these cells together."""
    return paired(cells).outcome


def earlier_pair(cells: Iterable[PilotCell]) -> Paired:
    """Before, and still earlier, of these cells together: as outcome and before of a time without a pilot."""
    held = list(cells)
    return Paired(
        n=sum(cell.n for cell in held),
        total=sum(cell.x for cell in held),
        squares=sum(cell.xx for cell in held),
        before=sum(cell.e for cell in held),
        before_squares=sum(cell.ee for cell in held),
        products=sum(cell.xe for cell in held),
    )
