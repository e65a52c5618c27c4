"""Which order the data allow: which drivers can be told apart, and the best and worst place of each."""

import numpy as np
from scipy import stats

from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.replicated import Replicated


@value
class Ranking:
    """The order of p positive numbers, from the largest.

    order   p places into the numbers, largest first
    above   (p, p) true where the row can be told to be larger than the column
    """

    order: tuple[int, ...]
    above: tuple[tuple[bool, ...], ...]

    def place(self, at: int) -> int:
        """The rank of one number, 1 for the largest."""
        return self.order.index(at) + 1

    def places(self, at: int) -> tuple[int, int]:
        """The best and the worst rank that the data allow."""
        return 1 + sum(row[at] for row in self.above), len(self.order) - sum(self.above[at])

    def alike(self, at: int) -> tuple[int, ...]:
        """The numbers that it cannot be told apart from, largest first."""
        return tuple(
            other
            for other in self.order
            if other != at and not (self.above[at][other] or self.above[other][at])
        )


def rank(shares: Replicated, confidence: float) -> Ranking:
    """The order of shares, and which pairs of them differ by more than chance.

    Two shares differ where the logarithm of their ratio does, by the jackknife's t. All pairs together keep
    the stated confidence (Holm 1979): where all shares are equal in truth, any pair at all is told apart in
    at most 1 - confidence of cases.
    """
    logs = shares.through(np.log)
    one, other = np.triu_indices(len(shares.whole), k=1)
    apart = logs.through(lambda values: values[..., one] - values[..., other])
    with np.errstate(divide="ignore"):
        chances = 2 * stats.t.sf(np.abs(apart.whole) / apart.error, apart.freedom)
    differs = _holm(chances, 1 - confidence)
    above = np.zeros((len(shares.whole),) * 2, dtype=bool)
    above[one, other] = differs & (apart.whole > 0)
    above[other, one] = differs & (apart.whole < 0)
    order = tuple(int(at) for at in np.argsort(-shares.whole, kind="stable"))
    return Ranking(order=order, above=tuple(tuple(bool(cell) for cell in row) for row in above))


def _holm(chances: Floats, level: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which of several tests stand when all of them together may err in `level` of cases."""
    order = np.argsort(chances)
    passed = chances[order] <= level / np.arange(len(chances), 0, -1)
    standing = np.cumprod(passed).astype(bool)
    stands = np.zeros(len(chances), dtype=bool)
    stands[order] = standing
    return stands
