"""Drivers whose shares are known: strong and weak, alike and not, crowded, repeated and partly missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from trials import Held, Situation, seed_of
from worlds import BUCKETS, Chance, Floats, Whole

from fulcrum.core.quantities import Estimate, score_unit
from fulcrum.evidence.methods.cross_products import cross_products
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse
from fulcrum.evidence.methods.importance import lmg


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


def drivers() -> Iterator[Situation]:
    """Seven worlds of four drivers, with 130, 400 and 2,000 customers."""
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
