"""What the moves of a company teach: what came of each, and what is taken of a lever since. Private."""

from datetime import date
from math import sqrt
from typing import Literal

from fulcrum.core.levers import Lever
from fulcrum.core.quantities import Estimate
from fulcrum.core.value import value

Row = int | Literal["drop"]  # the level at which a move was made, or that it came after a drop


@value
class Outcome:
    """What came of one move: the expected level 60 to 90 days on less that before it, by evidence alone.

    `why_not` is empty where the move counts; else it says why nothing is learned from it. `weight` is less
    than 1 where other moves on the same executive were at work at the same time.
    """

    move: str
    executive: str
    lever: Lever
    date: date
    row: Row | None
    change: float | None
    rose: bool
    weight: float
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether something is learned from it."""
        return not self.why_not


@value
class LearnedCell:
    """One lever at one level: how often it was pulled here and how often the level rose, and what follows.

    `playbook` is the chance of a rise by the playbook, `here` the one taken now, with its 80 % interval;
    `effect` the rise in levels that takes the place of the playbook's.
    """

    row: Row
    lever: Lever
    tried: int
    rose: int
    weight: float
    playbook: float
    here: Estimate
    effect: float


@value
class Learned:
    """All cells of the matrix as they are taken here, and how many moves the playbook is worth."""

    cells: tuple[LearnedCell, ...]
    prior_moves: float
    outcomes: tuple[Outcome, ...] = ()

    @property
    def counted(self) -> int:
        """How many moves something is learned from."""
        return sum(cell.tried for cell in self.cells)

    def cell(self, row: Row, lever: Lever) -> LearnedCell | None:
        """What is taken of one lever at one level."""
        return next((one for one in self.cells if one.row == row and one.lever is lever), None)

    def doubt_left(self, row: Row, lever: Lever) -> float:
        """What is left of the doubt about an effect: sqrt(prior / (prior + moves counted there))."""
        cell = self.cell(row, lever)
        tried = 0.0 if cell is None else cell.weight
        return sqrt(self.prior_moves / (self.prior_moves + tried))


NOTHING_LEARNED = Learned(cells=(), prior_moves=1.0)
