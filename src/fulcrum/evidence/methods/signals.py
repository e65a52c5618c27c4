"""Two rules that say when a point is more than the usual up and down, and how often they are wrong.

Two and no more, because each further rule adds false alarms. With limits from the series itself a stable and
roughly normal series shows a signal by chance in 3 of 100 cases at 12 points, 9 at 24 and 23 at 52; with two
of three beyond two deviations and four of five beyond one as well, it would be 5, 16 and 36. Skewed values
alarm far more often (an exponential series in 20 and 52 of 100 cases at 12 and 24 points): chart means of
many answers, or logarithms. Simulated, 20,000 series each; `chance_of_false_alarm` gives it for known limits.
"""

from enum import StrEnum
from typing import Literal

import numpy as np

from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats

RUN = 8  # points in a row on one side (Western Electric 1956)


class Rule(StrEnum):
    """Why a point is a signal."""

    BEYOND = "beyond a limit"
    RUN = "8 in a row on one side"


@value
class Setting:
    """How a point was measured. Where any of it changes, a new series begins: the two do not compare."""

    question: str = ""
    scale: tuple[float, float] | None = None
    channel: str = ""

    def changes_to(self, other: "Setting") -> tuple[str, ...]:
        """What is different in the other setting."""
        fields = ("question", "scale", "channel")
        return tuple(name for name in fields if getattr(self, name) != getattr(other, name))


@value
class Signal:
    """A point that is more than the usual up and down: where, by which rule, on which side."""

    index: int
    rule: Rule
    side: Literal["above", "below"]


@value
class Segment:
    """Points `start` to `stop` (the latter excluded) of one setting, with their limits or why they have none.

    `deviation`, `low` and `high` have one entry per point. `spread` is by how much the points differ beyond
    chance (Laney's sigma z), 1 where that is not asked. `broken_by` says what changed before the segment.
    """

    start: int
    stop: int
    centre: float | None
    deviation: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    spread: float
    broken_by: tuple[str, ...]
    refusal: Unknown | None


def signals_in(values: Floats, segment: Segment) -> list[Signal]:
    """The signals of one segment, in order; a point on the centre ends a run. `values` holds all points."""
    if segment.centre is None:
        return []
    found, run, last = [], 0, 0.0
    for at, (low, high) in enumerate(zip(segment.low, segment.high, strict=True)):
        index = segment.start + at
        point, side = float(values[index]), float(np.sign(values[index] - segment.centre))
        run = run + 1 if side != 0 and side == last else int(side != 0)
        last = side
        name: Literal["above", "below"] = "above" if side > 0 else "below"
        if point > high or point < low:
            found.append(Signal(index=index, rule=Rule.BEYOND, side=name))
        if run >= RUN:
            found.append(Signal(index=index, rule=Rule.RUN, side=name))
    return found


def chance_of_false_alarm(points: int) -> float:
    """How likely a stable normal series of so many points shows any signal, were its limits known.

    By the chain of run lengths: from a run of k, a point is beyond a limit (0.27 %), prolongs the run or
    turns it (half of the rest each). The mean time to a false alarm is 152.7 points (Champ & Woodall 1987).
    """
    inside = 0.9973002039367398 / 2  # one side of the centre, within three deviations
    runs = np.zeros(RUN)  # chance of being in a run of 1 to 7 with no signal so far; place 0 is the start
    runs[0] = 1.0
    for _ in range(points):
        turned = inside * (runs[1:].sum() + 2 * runs[0])
        runs = np.concatenate([[0.0, turned], inside * runs[1:-1]])
    return float(1 - runs.sum())
