"""Worlds without an effect, and worlds with a planted one: what the gaps of the product say of them."""

from dataclasses import dataclass, replace

import numpy as np
from gap_situations import LEFT, SCORE, SPEND, gap_of
from worlds import Company, Floats, added

from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.intervals import t_critical
from fulcrum.evidence.methods.strata import Arms, Target, standardise
from fulcrum.simulation.truth import Causes, imagine

SAME = Company(customers=1500, strata=3, base=0.2, slope=0.0, effect=0.0, exposed=(0.5, 0.5))
REPEATED = replace(SAME, customers=600, base=7.0, tails=1.0, repeats=1.0)
WORLDS: dict[str, tuple[Asked, Company]] = {
    "shares": (LEFT, SAME),
    "amounts": (SPEND, replace(SAME, base=1.0, tails=0.5)),
    "scores of customers who repeat": (SCORE, REPEATED),
}
PLANTED: dict[str, tuple[Company, float]] = {
    "share, 0.1": (Company(customers=1200, effect=0.1), 0.1),
    "share, none": (Company(customers=1200, effect=0.0), 0.0),
    "amount, 0.2": (Company(customers=1200, base=1, slope=0.5, effect=0.2, tails=0.5), 0.2),
}


def alarms(kind: str, asked: Asked, world: Company, times: int, seed: int) -> Floats:
    """For each comparison without an effect: 0 where its interval holds zero, else the sign of the gap."""
    chance, found = np.random.default_rng(seed), []
    for _ in range(times):
        exposed, against = world.sides(chance)
        result = gap_of(kind, asked, Arms(strata=exposed.groups, exposed=exposed, against=against))
        if result is None:
            raise ValueError(f"{kind} is refused in {world}")
        found.append(0.0 if 0 in result.interval else np.sign(result.value))
    return np.array(found)


def planted(world: Company, truth: float, times: int, seed: int) -> float:
    """The bias of the adjusted gap, in its standard errors."""
    chance, apart = np.random.default_rng(seed), []
    for _ in range(times):
        exposed, against = world.sides(chance)
        whole = Arms(strata=exposed.groups, exposed=exposed, against=against)
        found = standardise(whole.with_at_least(10), loss=None)
        apart.append((found.difference - truth, found.gap.error))
    bias, error = np.mean(apart, axis=0)
    return float(bias / error)


@dataclass(frozen=True)
class Recovered:
    """What many simulated companies gave back: bias in standard errors, coverage, and the mean truth."""

    bias: float
    held: float
    effect: float


def recovered(companies: int, customers: int, *, to: Target, seed: int = 40_000) -> Recovered:
    """The gap in staying after a repeated repair, against the truth of each company.

    Its causes act in months of tenure and in moods that nobody sees; it is adjusted for by line and bands of
    tenure, as its mapping says.
    """
    cuts, apart = (6, 12, 24, 48), []
    for at in range(companies):
        everyone, truth = imagine(customers, Causes(), seed=seed + at)
        stratum = 5 * everyone.line + np.digitize(np.maximum(everyone.tenure, 0), cuts)
        stayed, bucket = everyone.stayed.astype(np.float64), everyone.id % 64
        sides = [
            added(stratum[who], bucket[who], stayed[who], groups=15)
            for who in (
                everyone.is_repaired & everyone.is_repeated,
                everyone.is_repaired & ~everyone.is_repeated,
            )
        ]
        kept = Arms(strata=sides[0].groups, exposed=sides[0], against=sides[1]).with_at_least(10)
        found = standardise(kept, to=to, loss=False)
        half = found.gap.error * t_critical(0.95, found.gap.freedom)
        gone = found.difference - truth.stay_effect
        apart.append((gone, found.gap.error, abs(gone) <= half, truth.stay_effect))
    bias, error, held, effect = np.mean(apart, axis=0)
    return Recovered(bias=float(bias / error), held=float(held), effect=float(effect))
