"""The situations in which every kind of displayed interval is tried, and what became of each trial.

A trial draws a world whose truth is known, hands its sums to the product's own method, and notes whether a
number was shown and whether its interval held the truth. Every seed is made of
the situation's own name.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from case_situations import cases, chances
from dose_situations import doses
from drift_situations import drifts
from driver_situations import drivers
from gap_situations import gaps
from response_situations import responses
from scipy import stats
from stay_situations import months
from trials import Held, Situation, known, rules, simulated
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
    Floats,
    added,
)

from fulcrum.core.quantities import SHARE, Interval, Result, money_unit
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.groups import Measure, by_band
from fulcrum.evidence.methods.refusals import too_few, too_few_customers
from fulcrum.evidence.methods.sample import sample_of
from fulcrum.evidence.methods.score import NPS_PULL

NPS_BANDS = bands_for("nps", (0, 10))
ENDS = ((0.0, 0.5), (10.0, 0.5))


def all_situations() -> list[Situation]:
    """Every situation, kind by kind."""
    kinds = (_answers, _shares, _spend, gaps, months, drivers, doses, responses, drifts, cases, chances)
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
        return known(_in_band(chance, stayed, weights, measure), share)

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
            lambda chance: known(_in_band(chance, draw(chance, n), weights, measure), truth), chance, times
        )

    return Situation("band spend", name, 3000, try_out)
