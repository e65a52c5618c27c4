"""Gaps, crude and adjusted, of companies whose effect is planted."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from trials import Held, Situation, rules, simulated
from worlds import Chance, Company

from fulcrum.core.quantities import POINTS, Estimate, Interval, money_unit, score_unit
from fulcrum.evidence.methods import gap
from fulcrum.evidence.methods.comparable import Asked, not_adjustable, not_comparable
from fulcrum.evidence.methods.strata import Arms, standardise

LEFT = Asked(
    key="late",
    title="Late against on time",
    exposure="late",
    exposed="yes",
    against="no",
    outcome="left",
    adjust=("line",),
    unit=POINTS,
    is_share=True,
    is_loss=True,
)
SPEND = replace(LEFT, is_share=False, outcome="spend", unit=money_unit("EUR", per="customer"))
SCORE = replace(LEFT, is_share=False, outcome="score", unit=score_unit(0, 10), once=False)


def gaps() -> Iterator[Situation]:
    """Shares, amounts and scores; rare events, uneven groups, weights and repeats."""
    worlds = [
        (LEFT, f"share, n {n}, {strata} strata", Company(customers=n, strata=strata))
        for n, strata in ((60, 2), (120, 2), (400, 4), (2000, 8))
    ]
    rare = {"base": 0.02, "slope": 0.02, "effect": 0.03}
    worlds += [
        (LEFT, f"rare events, n {n}", Company(customers=n, strata=3, **rare)) for n in (200, 400, 2000)
    ]
    worlds += [
        (LEFT, f"no effect, 2 %, n {n}", Company(customers=n, base=0.02, slope=0, effect=0))
        for n in (200, 1000)
    ]
    worlds += [
        (LEFT, f"one in six exposed, n {n}", Company(customers=n, strata=3, exposed=(0.05, 0.3)))
        for n in (300, 2000)
    ]
    worlds += [
        (LEFT, f"weights 1 and 5, n {n}", Company(customers=n, strata=3, weights=(1, 5))) for n in (300, 1500)
    ]
    worlds += [
        (
            SPEND,
            f"amounts, lognormal {sigma:g}, n {n}",
            Company(customers=n, strata=3, base=1, slope=0.5, effect=0.2, tails=sigma),
        )
        for sigma, n in ((0.5, 80), (0.5, 400), (1.0, 200), (1.0, 1000), (1.5, 1000))
    ]
    worlds += [
        (
            SCORE,
            f"scores, {n} customers, 3 answers each",
            Company(customers=n, strata=3, base=7, slope=1, effect=0.5, tails=1, repeats=2),
        )
        for n in (60, 400)
    ]
    for asked, name, world in worlds:
        for kind in ("crude gap", "adjusted gap"):
            yield Situation(kind, name, 2500, partial(_try_gap, kind, asked, world))


def gap_of(kind: str, asked: Asked, whole: Arms) -> Estimate | None:
    """The crude or the adjusted gap of these sums as the product shows it, None where it refuses."""
    if not_comparable(whole, asked, rules()):
        return None
    if kind == "crude gap":
        return gap._crude(whole, asked, rules(), "t")
    kept = whole.with_at_least(rules().stratum_side_at_least.value)
    if not_adjustable(whole, kept, asked, rules()):
        return None
    found = standardise(kept, loss=asked.is_loss if asked.is_share else None)
    return gap._adjusted(kept, found, asked, rules(), "t") if np.isfinite(found.gap.error) else None


def _try_gap(kind: str, asked: Asked, world: Company, chance: Chance, times: int) -> Held:
    truth = world.crude_truth if kind == "crude gap" else world.effect

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        exposed, against = world.sides(chance)
        found = gap_of(kind, asked, Arms(strata=exposed.groups, exposed=exposed, against=against))
        return None if found is None else (found.interval, truth)

    return simulated(trial, chance, times)
