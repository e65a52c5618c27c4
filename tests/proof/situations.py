"""The situations in which every kind of displayed interval is tried, and what became of each trial.

A trial draws a world whose truth is known, hands its sums to the product's own method, and notes whether a
number was shown and whether its interval held the truth. Every seed is made of the
situation's own name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from zlib import crc32

import numpy as np
from scipy import stats
from worlds import (
    BUCKETS,
    CEILING,
    LOW,
    NPS_POINTS,
    POINTS,
    POLAR,
    USUAL,
    Answers,
    Chance,
    Company,
    Floats,
    Whole,
    added,
)

from fulcrum.core.playbook import EvidenceRules
from fulcrum.core.quantities import POINTS as SHARE_POINTS
from fulcrum.core.quantities import SHARE, Estimate, Interval, Result, Unknown, money_unit, score_unit
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods import gap
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.comparable import Asked, not_adjustable, not_comparable
from fulcrum.evidence.methods.cross_products import cross_products
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse
from fulcrum.evidence.methods.groups import Measure, by_band
from fulcrum.evidence.methods.importance import lmg
from fulcrum.evidence.methods.refusals import too_few, too_few_customers
from fulcrum.evidence.methods.sample import sample_of
from fulcrum.evidence.methods.score import NPS_PULL
from fulcrum.evidence.methods.strata import Arms, standardise
from fulcrum.evidence.methods.survival import life_table, months_within
from fulcrum.playbook.load import load_playbook

NPS_BANDS = bands_for("nps", (0, 10))
ENDS = ((0.0, 0.5), (10.0, 0.5))


@lru_cache(maxsize=1)
def rules() -> EvidenceRules:
    """The shipped rules."""
    return load_playbook().evidence


@dataclass(frozen=True)
class Held:
    """What became of the trials of one situation, as shares of all trials."""

    shown: float
    below: float  # shown, and the truth lay below the interval
    above: float
    trials: int | None  # None: not simulated but worked out exactly

    @property
    def covered(self) -> float:
        """Of the intervals shown, the share that held the truth."""
        return 1 - (self.below + self.above) / self.shown if self.shown else float("nan")

    @property
    def missed(self) -> float:
        """Of all trials, the share in which an interval was shown that did not hold the truth."""
        return self.below + self.above

    @property
    def error(self) -> float:
        """Standard error of `covered`, for the number of trials."""
        if self.trials is None or self.shown == 0:
            return 0.0
        return float(np.sqrt(0.95 * 0.05 / (self.trials * self.shown)))


@dataclass(frozen=True)
class Situation:
    """One kind of interval in one situation; `try_out` is handed chance and a number of trials.

    `drawn_as` names what is drawn where several situations share it, as the drivers of one world do.
    """

    kind: str
    name: str
    trials: int
    try_out: Callable[[Chance, int], Held]
    drawn_as: str = ""

    @property
    def seed(self) -> int:
        """The seed of its trials, made of its name."""
        return seed_of(self.drawn_as or f"{self.kind}, {self.name}")

    def held(self, part: float = 1.0) -> Held:
        """What becomes of the trials, or of a first part of them."""
        return self.try_out(np.random.default_rng(self.seed), max(1, round(self.trials * part)))


def seed_of(name: str) -> int:
    """A seed from a name, the same everywhere."""
    return crc32(name.encode())


Trial = Callable[[Chance], tuple[Interval, float] | None]


def simulated(trial: Trial, chance: Chance, times: int) -> Held:
    """The trials one by one; a trial answers None where the product refuses."""
    found = [one for _ in range(times) if (one := trial(chance)) is not None]
    below = sum(truth < interval.low for interval, truth in found)
    above = sum(truth > interval.high for interval, truth in found)
    return Held(shown=len(found) / times, below=below / times, above=above / times, trials=times)


def all_situations() -> list[Situation]:
    """Every situation, kind by kind."""
    kinds = (_answers, _shares, _spend, _gaps, _months, _drivers)
    return [situation for kind in kinds for situation in kind()]


# ─── NPS, mean score, prevalence ─────────────────────────────────────────────────────────────────────


def _answers() -> Iterator[Situation]:
    shapes = {"usual": USUAL, "crowded at the top": CEILING, "low": LOW, "polar": POLAR}
    for name, thresholds in shapes.items():
        for n in (20, 60, 400):
            yield from _answer_situations(f"{name}, n {n}", Answers(customers=n, thresholds=thresholds), 6000)
    for name, n in (("usual", 20), ("usual", 300), ("crowded at the top", 60), ("polar", 300)):
        often = Answers(customers=n, thresholds=shapes[name], repeats=2)
        yield from _answer_situations(f"{name}, {n} customers, 3 answers each", often, 2500)
    for name, n in (("usual", 60), ("crowded at the top", 300)):
        weighted = Answers(customers=n, thresholds=shapes[name], weights=(1, 5))
        yield from _answer_situations(f"{name}, n {n}, weights 1 and 5", weighted, 2500)
    silent = Answers(customers=300, response=0.25)
    yield from _answer_situations("usual, a quarter of 300 answers", silent, 4000)


def _answer_situations(name: str, world: Answers, trials: int) -> Iterator[Situation]:
    low_band = np.where(POINTS <= 6, 1.0, 0.0)
    for kind, points in (("NPS", NPS_POINTS), ("mean score", POINTS), ("prevalence", low_band)):
        if kind == "prevalence" and world.once:
            continue  # worked out exactly among the shares
        yield Situation(kind, name, trials, partial(_try_answers, kind, points, world))


def _try_answers(kind: str, points: Floats, world: Answers, chance: Chance, times: int) -> Held:
    truth, confidence = world.truth(points), rules().confidence.value

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        answers = world.grid(chance)
        n = int(answers.n.sum())
        if too_few(n, rules()) or (not world.once and too_few_customers(answers.filled, n)):
            return None
        sample = sample_of(points.tolist(), answers, once=world.once)
        if kind == "prevalence":
            return sample.share_in(confidence), truth
        return sample.mean_in(NPS_PULL if kind == "NPS" else ENDS, confidence), truth

    return simulated(trial, chance, times)


# ─── shares of customers who come once: exactly, over every number of events ─────────────────────────


def _shares() -> Iterator[Situation]:
    for n in (20, 30, 60, 150, 1000):
        for share in (0.01, 0.02, 0.05, 0.1, 0.3, 0.5):
            name = f"{share:.0%} of {n}"
            yield Situation("share", name, 1, partial(_exactly, share, n))
    for n in (30, 300):
        for share in (0.7, 0.97):
            name = f"{share:.0%} of {n} stayed, weights 1 and 3"
            yield Situation("band retention", name, 2500, partial(_try_band, share, n, (1.0, 3.0)))
    for share, n in ((0.9, 20), (0.98, 60), (0.85, 400)):
        name = f"{share:.0%} of {n} stayed"
        yield Situation("band retention", name, 4000, partial(_try_band, share, n, None))


def share_coverage(shares: Floats, n: int) -> tuple[Floats, Floats]:
    """For each true share, how likely it lies below, and above, the interval of n customers."""
    events = np.arange(n + 1)
    at = np.array([_share_interval(int(k), n) for k in events])
    chance = stats.binom.pmf(events[np.newaxis], n, shares[:, np.newaxis])
    below, above = shares[:, np.newaxis] < at[:, 0], shares[:, np.newaxis] > at[:, 1]
    return (chance * below).sum(axis=1), (chance * above).sum(axis=1)


@lru_cache(maxsize=4096)
def _share_interval(events: int, n: int) -> tuple[float, float]:
    y = np.repeat([1.0, 0.0], [events, n - events])
    cases = added(np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), y, groups=1)
    found = sample_of([1.0], replace(cases, w=cases.w), once=True)
    sample = replace(found, mean=events / n, mean_square=events / n)
    interval = sample.share_in(rules().confidence.value)
    return interval.low, interval.high


def _exactly(share: float, n: int, chance: Chance, times: int) -> Held:
    """The mean over shares within a quarter of the stated one: nobody's share sits on a lattice point."""
    below, above = share_coverage(np.linspace(0.75 * share, min(1.25 * share, 0.5), 101), n)
    return Held(shown=1.0, below=float(below.mean()), above=float(above.mean()), trials=None)


def _try_band(share: float, n: int, weights: tuple[float, float] | None, chance: Chance, times: int) -> Held:
    measure = Measure(family="retention", title="Stayed", unit=SHARE, trace="t")

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        stayed = (chance.random(n) < share).astype(np.float64)
        return _known(_in_band(chance, stayed, weights, measure), share)

    return simulated(trial, chance, times)


def _in_band(chance: Chance, y: Floats, weights: tuple[float, float] | None, measure: Measure) -> Result:
    """The finding of customers who all gave a nine, by the whole method of bands."""
    n = len(y)
    w = None if weights is None else np.where(chance.random(n) < 0.5, *weights)
    sums = added(np.zeros(n, dtype=np.int64), chance.integers(0, BUCKETS, n), y, groups=1, weight=w)
    filled = np.flatnonzero(sums.n[0])
    cells = Cells(
        by=("score", "bucket"),
        keys=tuple((9, int(bucket)) for bucket in filled),
        n=sums.n[0][filled].astype(np.int64),
        w=sums.w[0][filled],
        ww=sums.ww[0][filled],
        wy=sums.wy[0][filled],
        wyy=sums.wyy[0][filled],
    )
    return by_band(cells, NPS_BANDS, rules(), measure)[0].result


def _known(result: Result, truth: float) -> tuple[Interval, float] | None:
    return None if isinstance(result, Unknown) else (result.interval, truth)


# ─── mean amounts ────────────────────────────────────────────────────────────────────────────────────


def _amounts(sigma: float, spending: float, chance: Chance, n: int) -> Floats:
    return chance.lognormal(-(sigma**2) / 2, sigma, n) * (chance.random(n) < spending)


def _spend() -> Iterator[Situation]:
    for sigma in (0.5, 1.0, 1.25, 1.5, 2.0):
        for n in (20, 60, 200, 1000):
            draw = partial(_amounts, sigma, 1.0)
            yield _spend_situation(f"lognormal {sigma:g}, n {n}", draw, 1.0, n)
    for n in (20, 60, 400):
        yield _spend_situation(f"exponential, n {n}", lambda c, n: c.exponential(1, n), 1.0, n)
        yield _spend_situation(f"normal, n {n}", lambda c, n: c.normal(10, 3, n), 10.0, n)
    for n in (60, 400):
        yield _spend_situation(f"70 % spend nothing, n {n}", partial(_amounts, 0.5, 0.3), 0.3, n)
    for n in (60, 400):
        yield _spend_situation(f"Pareto 2.5, n {n}", lambda c, n: 1.5 * c.pareto(2.5, n), 1.0, n)
    for n in (200, 1000):
        draw = partial(_amounts, 1.0, 1.0)
        yield _spend_situation(f"lognormal 1, n {n}, weights 1 and 5", draw, 1.0, n, (1.0, 5.0))


def _spend_situation(
    name: str,
    draw: Callable[[Chance, int], Floats],
    truth: float,
    n: int,
    weights: tuple[float, float] | None = None,
) -> Situation:
    measure = Measure(family="spend", title="Spend", unit=money_unit("EUR", per="customer"), trace="t")

    def try_out(chance: Chance, times: int) -> Held:
        return simulated(
            lambda chance: _known(_in_band(chance, draw(chance, n), weights, measure), truth), chance, times
        )

    return Situation("band spend", name, 3000, try_out)


# ─── gaps ────────────────────────────────────────────────────────────────────────────────────────────

LEFT = Asked(
    key="late",
    title="Late against on time",
    exposure="late",
    exposed="yes",
    against="no",
    outcome="left",
    adjust=("line",),
    unit=SHARE_POINTS,
    is_share=True,
    is_loss=True,
)
SPEND = replace(LEFT, is_share=False, outcome="spend", unit=money_unit("EUR", per="customer"))
SCORE = replace(LEFT, is_share=False, outcome="score", unit=score_unit(0, 10), once=False)


def _gaps() -> Iterator[Situation]:
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


# ─── restricted means ────────────────────────────────────────────────────────────────────────────────


def _months() -> Iterator[Situation]:
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
        return _known(months_within(table, 12, rules(), trace="t"), truth)

    return simulated(trial, chance, times)


# ─── driver shares ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ratings:
    """Drivers alike to each other, an outcome made of them, and customers who may answer more than once."""

    slopes: tuple[float, ...]
    customers: int
    alike: float = 0.4
    repeats: float = 0.0
    whole: bool = False
    missing: float = 0.0

    def rows(self, chance: Chance, customers: int) -> tuple[Whole, Floats]:
        """The customer of each row, and the ratings with the outcome last."""
        size = len(self.slopes)
        who = np.repeat(np.arange(customers), 1 + chance.poisson(self.repeats, customers))
        root = np.linalg.cholesky(np.full((size, size), self.alike) + np.eye(size) * (1 - self.alike))
        mixed = np.sqrt(0.5) * (
            chance.normal(size=(customers, size + 1))[who] + chance.normal(size=(len(who), size + 1))
        )
        felt = mixed[:, :size] @ root.T
        outcome = felt @ np.array(self.slopes) + mixed[:, size]
        if self.whole:
            felt, outcome = (
                np.clip(np.rint(8 + 2 * felt), 0, 10),
                np.clip(np.rint(8.2 + 1.4 * outcome), 0, 10),
            )
        if self.missing:
            felt[chance.random(felt.shape) < self.missing] = np.nan
        return who, np.column_stack([felt, outcome])

    @property
    def truth(self) -> Floats:
        """The shares of the explained variance among a million rows."""
        _, rows = self.rows(np.random.default_rng(99), 1_000_000)
        shares = lmg(np.corrcoef(rows[~np.isnan(rows).any(axis=1)].T))
        return np.asarray(shares / shares.sum())


def _drivers() -> Iterator[Situation]:
    worlds = {
        "four that matter": Ratings((0.5, 0.3, 0.2, 0.1), 0),
        "two of four matter": Ratings((0.5, 0.3, 0.0, 0.0), 0),
        "unlike each other, two hardly matter": Ratings((0.5, 0.3, 0.05, 0.0), 0, alike=0.0),
        "whole ratings crowded at the top, 2 answers each": Ratings(
            (0.6, 0.4, 0.2, 0.1), 0, repeats=1, whole=True
        ),
        "some ratings missing": Ratings((0.5, 0.3, 0.2, 0.1), 0, missing=0.05),
        "little explained": Ratings((0.25, 0.1, 0.1, 0.0), 0),
        "next to nothing explained": Ratings((0.1, 0.05, 0.05, 0.0), 0),
    }
    for name, world in worlds.items():
        for customers in (130, 400, 2000):
            tried = replace(world, customers=customers)
            for place in range(4):
                label = f"{name}, n {customers}, driver {place + 1}"
                yield Situation("driver share", label, 700, partial(_try_drivers, tried, place), repr(tried))


@lru_cache(maxsize=64)
def _driver_trials(world: Ratings, times: int) -> tuple[Held, ...]:
    chance = np.random.default_rng(seed_of(repr(world)))
    names = tuple(f"d{at}" for at in range(len(world.slopes)))
    rated = tuple(Rated(name=name, title=name, scale=(0, 10)) for name in names)
    outcome = Outcome(key="score", name="y", title="the score", unit=score_unit(0, 10), same_sitting=True)
    truth, size = world.truth, len(names)
    shown, below, above = np.zeros(size), np.zeros(size), np.zeros(size)
    for _ in range(times):
        who, rows = world.rows(chance, world.customers)
        bucket = chance.integers(0, BUCKETS, world.customers)[who]
        products = cross_products((*names, "y"), rows, bucket)
        for driver in analyse(products, rated, outcome, confidence=0.95, trace="t").ranked:
            at, share = int(driver.key[1:]), driver.share
            if isinstance(share, Estimate):
                shown[at] += 1
                below[at] += truth[at] < share.interval.low
                above[at] += truth[at] > share.interval.high
    return tuple(
        Held(shown=shown[at] / times, below=below[at] / times, above=above[at] / times, trials=times)
        for at in range(size)
    )


def _try_drivers(world: Ratings, place: int, chance: Chance, times: int) -> Held:
    return _driver_trials(world, times)[place]
