"""How long customers stay, where how many leave is known."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from trials import Held, Situation, known, rules, simulated
from worlds import Chance

from fulcrum.core.quantities import Interval
from fulcrum.evidence.methods.survival import life_table, months_within


def months() -> Iterator[Situation]:
    """Few and many customers, few and many leavers, with and without some lost sight of."""
    for n in (30, 60, 200, 1000):
        for hazard in (0.01, 0.03, 0.08):
            for lost in (False, True):
                name = f"{hazard:.0%} leave a month, n {n}" + (", some lost sight of" if lost else "")
                yield Situation("restricted mean", name, 2500, partial(_try_months, hazard, n, lost))


def _try_months(hazard: float, n: int, lost: bool, chance: Chance, times: int) -> Held:
    truth = float(((1 - hazard) ** np.arange(12)).sum())

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        gone = chance.geometric(hazard, n)
        until = chance.integers(6, 25, n) if lost else np.full(n, 24)
        left, last = gone <= until, np.minimum(gone, until)
        table = life_table(*(np.bincount(last[who], minlength=25)[1:] for who in (left, ~left)))
        return known(months_within(table, 12, rules(), trace="t"), truth)

    return simulated(trial, chance, times)
