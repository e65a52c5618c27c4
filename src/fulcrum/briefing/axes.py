"""Where a value lies on a drawing, and which ticks are worth a label."""

from collections.abc import Sequence
from math import ceil, floor, log10

from fulcrum.core.findings import Density
from fulcrum.core.shown import Mass
from fulcrum.core.value import value

_NICE = (1.0, 2.0, 5.0, 10.0)
_TAIL = 0.004  # of the highest point: below this a distribution is not drawn


@value
class Axis:
    """A range of values laid over a range of places."""

    low: float
    high: float
    left: float
    right: float

    def at(self, number: float) -> float:
        """The place of `number`; may lie outside where the number does."""
        return self.left + (number - self.low) / (self.high - self.low) * (self.right - self.left)

    def held(self, number: float) -> float:
        """The place of `number`, held within the axis."""
        return min(max(self.at(number), self.left), self.right)


@value
class Ticks:
    """Round values from low to high, `step` apart."""

    at: tuple[float, ...]
    step: float


def ticks(low: float, high: float, most: int = 7) -> Ticks:
    """Four to `most` round values within the range."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    for step in (nice * power for nice in _NICE):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first + 1 <= most:
            break
    return Ticks(at=tuple(round(k * step, 10) for k in range(first, last + 1)), step=step)


def around(numbers: Sequence[float], margin: float = 0.06) -> tuple[float, float]:
    """A range that holds the numbers with some air; never of no width."""
    low, high = min(numbers), max(numbers)
    width = high - low or abs(high) or 1.0
    return low - margin * width, high + margin * width


def reach(masses: Sequence[Mass]) -> tuple[float, float]:
    """The range of money in which any of the masses is worth drawing, with zero and the balance points."""
    ends = [0.0]
    for mass in masses:
        ends += [*body(mass.density), mass.at, mass.low, mass.high]
    return around(ends, 0.01)


def body(density: Density) -> tuple[float, float]:
    """Where a distribution is high enough to be seen."""
    top = max(density.height)
    seen = [x for x, h in zip(density.at, density.height, strict=True) if h >= _TAIL * top]
    return seen[0], seen[-1]


def height_at(density: Density, x: float) -> float:
    """The height of a distribution at `x`, between its points; nothing outside."""
    at, heights = density.at, density.height
    if not at[0] <= x <= at[-1]:
        return 0.0
    step = (at[-1] - at[0]) / (len(at) - 1)
    k = min(int((x - at[0]) / step), len(at) - 2)
    part = (x - at[k]) / step - 0.0
    return heights[k] + (heights[k + 1] - heights[k]) * min(max(part, 0.0), 1.0)
