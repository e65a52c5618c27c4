"""How fast the share of the low band grows, where that is known."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from scipy import stats
from trials import Held, Situation, rules, simulated
from worlds import Chance

from fulcrum.core.quantities import Interval
from fulcrum.evidence.cells import cells_from_columns
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.trend import drift_of

BANDS = bands_for("nps", (0, 10))
Z = float(stats.norm.ppf(0.975))


def drifts() -> Iterator[Situation]:
    """A year to three of months with few and many answers, steady, falling and rising, restless and not."""
    moves = {"steady": 0.0, "falling by a tenth": -0.1, "rising by a fifth": 0.2}
    for months, n in ((12, 60), (12, 400), (18, 150), (36, 150)):
        for name, a_year in moves.items():
            yield _situation(f"{months} months of {n}, {name}", months, n, a_year, 0.0)
    yield _situation("12 months of 400, restless", 12, 400, 0.1, 0.03)
    yield _situation("24 months of 400, restless", 24, 400, 0.1, 0.03)


def _situation(name: str, months: int, n: int, a_year: float, unrest: float) -> Situation:
    return Situation("drift", name, 1500, partial(_try_drift, months, n, a_year, unrest))


def _try_drift(months: int, n: int, a_year: float, unrest: float, chance: Chance, times: int) -> Held:
    """`unrest` is the deviation of a month's own share, which chance in answering does not explain."""
    named = [(2023 + at // 12) * 100 + at % 12 + 1 for at in range(months)]
    share = 0.25 * (1 + a_year / 12 * np.arange(1.0 - months, 1.0))

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        low = chance.binomial(n, np.clip(share + chance.normal(0, unrest, months), 0, 1)).astype(np.float64)
        keys = ([*named, *named], [3] * months + [9] * months)
        answers = np.concatenate([low, n - low])
        scores = np.repeat([3.0, 9.0], months)
        sums = [answers, answers, answers, answers * scores, answers * scores**2]
        found = drift_of(cells_from_columns(("month", "score"), keys, sums), BANDS, rules())
        if found is None:
            return None
        half = Z * found.error
        return Interval(low=found.a_year - half, high=found.a_year + half, confidence=0.95), a_year

    return simulated(trial, chance, times)
