"""Whether a comment reads as praise or not, learned from the scores of these comments themselves.

A score says how the whole was, not what is told: five stars stand over "it never came, the shop was kind". A
story must read as the side that its score puts it on, or its counter-story says the same thing again.
"""

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.value import value
from fulcrum.stories.embed import Points

Moods = NDArray[np.float64]

FEWEST = 50
_RIDGE = 5.0


@value
class Side:
    """The texts of a pool that praise, or those that do not; `others` are the texts of the other side."""

    is_praise: bool
    places: tuple[int, ...]
    others: tuple[int, ...]
    mood: Moods | None

    def reads(self) -> frozenset[int]:
        """The texts of this side that read as of it; all where that could not be learned."""
        if self.mood is None:
            return frozenset(self.places)
        sign = 1 if self.is_praise else -1
        return frozenset(place for place in self.places if sign * self.mood[place] > 0)

    def clearly_other(self) -> tuple[int, ...]:
        """The texts of the other side that read so, and more clearly than its middle one."""
        if self.mood is None or not self.others:
            return self.others
        other = self.mood[list(self.others)] * (-1 if self.is_praise else 1)
        least = max(0.0, float(np.median(other)))
        return tuple(place for place, mood in zip(self.others, other, strict=True) if mood > least)


def moods(points: Points, is_praise: NDArray[np.bool_]) -> Moods | None:
    """For each text how it reads: above nought as praise, below as not; None where a side is too small.

    Fisher's discriminant by ridge regression (Hoerl & Kennard 1970): weights w of the points' directions and
    a constant, minimising the sum of c (x·w - y)² + 5 |w|², y = 1 for praise and -1 else, c so that both
    sides weigh the same. A side of fewer than 50 texts teaches nothing.
    """
    praise = int(is_praise.sum())
    rest = len(is_praise) - praise
    if min(praise, rest) < FEWEST:
        return None
    design = np.column_stack([points.astype(np.float64), np.ones(len(points))])
    weights = np.where(is_praise, len(points) / praise, len(points) / rest)
    goal = np.where(is_praise, 1.0, -1.0)
    gram = (design * weights[:, np.newaxis]).T @ design + _RIDGE * np.eye(design.shape[1])
    fitted: Moods = design @ np.linalg.solve(gram, design.T @ (weights * goal))
    return fitted
