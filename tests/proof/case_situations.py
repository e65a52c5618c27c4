"""Cases of companies whose gap, worth and leavers are known; what people state is drawn from its own prior.

The truth of a case holds numbers that nobody measures: how much of the gap is causal, how many customers
move, what it costs. So a trial draws these from the same triangles that the case doubts them by, and the
company's data from the known world; the interval shall hold the case that both together make.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial

import numpy as np
from trials import Held, Situation, known, rules, seed_of, simulated
from worlds import BUCKETS, Chance, Floats

from fulcrum.core.company import Initiative
from fulcrum.core.grounds import CaseGrounds
from fulcrum.core.quantities import POINTS, Estimate, Interval, Result, money_unit
from fulcrum.core.rules import CaseRules
from fulcrum.evidence.case.basis import Basis, basis_of
from fulcrum.evidence.case.draws import Triangle
from fulcrum.evidence.case.formula import (
    CaseInputs,
    break_even,
    break_even_moved,
    inaction,
    payback_months,
    upside,
)
from fulcrum.evidence.case.forward import leaving_of
from fulcrum.evidence.case.grounds import grounds_of, why_not
from fulcrum.evidence.case.inputs import doubts_of, middle_inputs
from fulcrum.evidence.case.joint import only
from fulcrum.evidence.case.one_case import case_on
from fulcrum.evidence.cells import Cells, cells_from_columns
from fulcrum.evidence.comparisons import Compared
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.playbook.load import load_playbook

DRAWS = 2_000  # a tenth of the product's: the ends then waver by 2 to 3 %, which coverage hardly feels
SHOWN = ("upside", "inaction", "break-even causal share", "break-even share moved", "payback")
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
SPEND = replace(LEFT, is_share=False, is_loss=False, outcome="spend", unit=money_unit("EUR", per="customer"))
REPAIR = Initiative(
    name="Repair", one_off=Decimal(40_000), running=Decimal(10_000), horizon_years=3, reach=5_000,
    moved_share=0.2,
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Customers whose experience costs them so many points of staying, or so much spend; and their worth.

    `loss` is the gap caused; both the share with the bad experience and the rate of leaving rise along the
    strata. `worth` is lognormal of mean 400 and this sigma; `richer` is how much more, as a share, those
    are worth who leave. `stated` False leaves only what was measured in doubt.
    """

    customers: int
    asked: Asked = LEFT
    loss: float = 0.1
    base: float = 0.15
    slope: float = 0.1
    strata: int = 3
    sigma: float = 0.7
    richer: float = 0.0
    weights: tuple[float, float] | None = None
    stated: bool = True
    initiative: Initiative = field(default_factory=lambda: REPAIR)

    @property
    def case_rules(self) -> CaseRules:
        """The shipped rules with fewer draws; without what is stated, if this world leaves it out."""
        shipped = _shipped()
        fewer = replace(shipped, draws=replace(shipped.draws, value=DRAWS))
        if self.stated:
            return fewer
        none = replace(shipped.cost_spread, value=0.0)
        whole = tuple(replace(prior, low=1.0, mode=1.0, high=1.0) for prior in shipped.causal_share)
        return replace(fewer, cost_spread=none, moved_share_spread=none, causal_share=whole)

    @property
    def rates(self) -> tuple[Floats, Floats]:
        """By stratum: the share with the bad experience, and the rate of leaving (or spend) without it."""
        return np.linspace(0.3, 0.6, self.strata), np.linspace(self.base, self.base + self.slope, self.strata)

    @property
    def true_leaving(self) -> float:
        """The share of those with the bad experience who leave within the year."""
        share, rate = self.rates
        return float(np.average(rate, weights=share)) + self.loss

    @property
    def true_worth(self) -> float:
        """Mean money a year of those with the bad experience."""
        return 400 * (1 + self.richer * self.true_leaving)

    def truth(self, middle: CaseInputs, gain: float) -> CaseInputs:
        """The inputs of the true case but for what is stated; the customers worse off are those counted."""
        is_share = self.asked.is_share
        return replace(
            middle,
            gain=gain,
            worth=self.true_worth if is_share else 1.0,
            leaving=self.true_leaving if is_share else 0.0,
        )

    def cells(self, chance: Chance) -> tuple[Cells, Cells]:
        """The outcome, and the money a year, by late, line and bucket."""
        share, rate = self.rates
        n = self.customers
        line, bucket = chance.integers(0, self.strata, n), chance.integers(0, BUCKETS, n)
        late = chance.random(n) < share[line]
        money = 400 * chance.lognormal(-(self.sigma**2) / 2, self.sigma, n)
        weight = np.ones(n) if self.weights is None else np.where(chance.random(n) < 0.5, *self.weights)
        if self.asked.is_share:
            y = (chance.random(n) < rate[line] + self.loss * late).astype(np.float64)
            money = money * (1 + self.richer * y)
        else:
            y = money * (1 + rate[line] - self.loss * late)
        made = partial(_cells, late, line, bucket, weight)
        return made(y), made(money)


@lru_cache(maxsize=1)
def _shipped() -> CaseRules:
    return load_playbook().case


def _cells(late: Floats, line: Floats, bucket: Floats, weight: Floats, y: Floats) -> Cells:
    at = (late * 10 + line).astype(np.int64) * BUCKETS + bucket
    places, into = np.unique(at, return_inverse=True)

    def total(of: Floats) -> Floats:
        return np.bincount(into, weights=of, minlength=len(places))

    side, rest = np.divmod(places, 10 * BUCKETS)
    keys = (
        ["yes" if one else "no" for one in side],
        [str(one) for one in rest // BUCKETS],
        [int(one) for one in rest % BUCKETS],
    )
    sums = [total(of) for of in (np.ones(len(y)), weight, weight**2, weight * y, weight * y * y)]
    return cells_from_columns(("late", "line", "bucket"), keys, sums)


def cases() -> Iterator[Situation]:
    """Eighteen companies: few and many customers, rare leaving, skewed and linked worth, weights, spend."""
    one = World
    crude = replace(LEFT, adjust=())
    dear = replace(REPAIR, one_off=Decimal(60_000), running=Decimal(15_000))
    worlds = {
        "leaving, n 200": one(200),
        "leaving, n 400": one(400),
        "leaving, n 1000": one(1000),
        "leaving, n 5000": one(5000),
        "rare leaving, n 1000": one(1000, base=0.02, slope=0.02, loss=0.04),
        "rare leaving, n 5000": one(5000, base=0.02, slope=0.02, loss=0.04),
        "a gap of nothing, n 1000": one(1000, loss=0.0),
        "leavers worth half as much again, n 1000": one(1000, richer=0.5),
        "worth skewed, n 1000": one(1000, sigma=1.2),
        "weights 1 and 5, n 1000": one(1000, weights=(1, 5)),
        "nothing to adjust for, n 1000": one(1000, asked=crude, slope=0.0),
        "cost near the gain, n 2000": one(2000, initiative=dear),
        "spend, n 400": one(400, asked=SPEND, base=1.0, loss=0.3, sigma=0.5),
        "spend, n 2000": one(2000, asked=SPEND, base=1.0, loss=0.3, sigma=1.0),
        "only what was measured, leaving, n 400": one(400, stated=False),
        "only what was measured, leaving, n 2000": one(2000, stated=False),
        "only what was measured, worth skewed, n 400": one(400, stated=False, sigma=1.0),
        "only what was measured, spend, n 400": one(
            400, asked=SPEND, base=1.0, loss=0.3, sigma=0.5, stated=False
        ),
    }
    for name, world in worlds.items():
        drawn_as = f"case, {name}"
        for what in SHOWN:
            for confidence in (0.95, 0.80):
                try_out = partial(_try_case, world, seed_of(drawn_as), what, confidence)
                yield Situation(f"{what}, {confidence:.0%}", name, 800, try_out, drawn_as, confidence)


def chances() -> Iterator[Situation]:
    """The chance of a gain, told by a tenth of the draws, against that of two hundred times as many."""
    for name, world in (("leaving, n 400", World(400)), ("spend, n 400", World(400, SPEND, 0.3, 1.0))):
        kind = "chance of a gain, 80%"
        yield Situation(kind, name, 400, partial(_try_chance, world), confidence=0.80)


def _try_chance(world: World, chance: Chance, times: int) -> Held:
    grounds = grounds_of(world.initiative, _basis(world, chance), world.case_rules, currency="EUR", seed=0)
    many = case_on(replace(grounds, draws=200 * DRAWS)).gain_probability
    if not isinstance(many, Estimate):
        raise TypeError("the chance of a gain is always told where there is a case")

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        return known(case_on(replace(grounds, seed=int(chance.integers(2**31)))).gain_probability, many.value)

    return replace(simulated(trial, chance, times), confidence=0.80)


def _try_case(world: World, seed: int, what: str, confidence: float, chance: Chance, times: int) -> Held:
    return _case_trials(world, seed, times)[what, confidence]


@lru_cache(maxsize=64)
def _case_trials(world: World, seed: int, times: int) -> dict[tuple[str, float], Held]:
    """Shown, truth below and truth above, for every number of the case at either confidence."""
    chance = np.random.default_rng(seed)
    found = {(what, confidence): np.zeros(3) for what in SHOWN for confidence in (0.95, 0.80)}
    for at in range(times):
        basis = _basis(world, chance)
        if why_not(basis) is not None:
            continue
        grounds = grounds_of(world.initiative, basis, world.case_rules, currency="EUR", seed=at)
        truth = _truth(world, grounds, chance)
        for confidence in (0.95, 0.80):
            for what, result in zip(SHOWN, _shown(grounds, confidence), strict=True):
                if isinstance(result, Estimate):
                    low, high = result.interval.low, result.interval.high
                    found[what, confidence] += (1, truth[what] < low, truth[what] > high)
    return {
        key: Held(
            shown=shown / times, below=below / times, above=above / times, trials=times, confidence=key[1]
        )
        for key, (shown, below, above) in found.items()
    }


def _basis(world: World, chance: Chance) -> Basis:
    cells, money = world.cells(chance)
    comparison = compare(cells, world.asked, rules(), trace="t")
    compared = Compared(comparison=comparison, asked=world.asked, cells=cells, query="q", cautions=())
    leaving = None
    if world.asked.is_share:
        theirs = only(cells, "late", "yes").by_only("bucket")
        leaving = leaving_of(theirs, rules(), is_loss=True, months=12, trace="t")
    return basis_of(
        compared, money, rules(), currency="EUR", months=12, query="q", trace="t", leaving=leaving
    )


def _shown(grounds: CaseGrounds, confidence: float) -> tuple[Result, ...]:
    case = case_on(replace(grounds, confidence=confidence))
    return case.upside, case.inaction, case.break_even, case.break_even_moved, case.payback_months


def _truth(world: World, grounds: CaseGrounds, chance: Chance) -> dict[str, float]:
    """The true case: the world's gap, worth and leavers, and stated inputs drawn from their triangles."""
    doubts = doubts_of(grounds)
    true = replace(
        world.truth(middle_inputs(grounds), _true_gain(world) * (1.0 if grounds.worse == "yes" else -1.0)),
        moved_share=_drawn(doubts.moved_share, chance),
        one_off=_drawn(doubts.one_off, chance),
        running=_drawn(doubts.running, chance),
        causal_share=_drawn(doubts.causal_share, chance),
        worse_off=_worse_off(world, grounds.worse_off),
    )
    horizon = 12 * true.horizon_years
    return {
        "upside": float(upside(true)),
        "inaction": float(inaction(true)),
        "break-even causal share": min(1.0, float(break_even(true))),
        "break-even share moved": min(1.0, float(break_even_moved(true))),
        "payback": min(horizon, float(payback_months(true))),
    }


def _true_gain(world: World) -> float:
    return world.loss if world.asked.is_share else 400 * world.loss


def _worse_off(world: World, seen: Estimate) -> float:
    """Those counted; where they are estimated by weights, the number that the world has on average."""
    if seen.interval.confidence == 1:
        return seen.value
    share, _ = world.rates
    mean = sum(world.weights or (1.0, 1.0)) / 2
    return float(share.mean()) * world.customers * mean


def _drawn(of: Triangle, chance: Chance) -> float:
    return of.mode if of.low == of.high else float(chance.triangular(of.low, of.mode, of.high))
