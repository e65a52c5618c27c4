"""Pilots whose truth is known: at most five false alarms of a hundred, however often one looks."""

from collections.abc import Callable
from math import ceil, sqrt

import numpy as np
import pytest
from worlds import Chance, Floats

from fulcrum.evidence.methods.comparable import FEWEST_EVENTS
from fulcrum.evidence.methods.intervals import t_critical
from fulcrum.evidence.methods.moments import Contrast, Moments, difference
from fulcrum.evidence.methods.power import Promise, clusters_for, customers_for_means, customers_for_shares
from fulcrum.evidence.methods.sequential import sequence_interval

Draw = Callable[[Chance, int], Floats]
USUAL = Promise(false_alarms=0.05, power=0.8)
FIRST_LOOK = 20
WORLDS: dict[str, Draw] = {
    "half of all": lambda chance, n: (chance.random(n) < 0.5).astype(np.float64),
    "5 of 100": lambda chance, n: (chance.random(n) < 0.05).astype(np.float64),
    "2 of 100": lambda chance, n: (chance.random(n) < 0.02).astype(np.float64),
    "scores": lambda chance, n: chance.normal(7, 2, n),
    "lognormal amounts": lambda chance, n: chance.lognormal(0, 1, n),
    "amounts that nine in ten lack": lambda chance, n: chance.lognormal(0, 1, n) * (chance.random(n) < 0.1),
}


def _reach(customers: int, tuned_for: float) -> Floats:
    """How many errors the sequence reaches at each customer more on either side."""
    return np.array(
        [
            sequence_interval(
                Contrast(value=0.0, error=1.0, freedom=1.0, n=2 * n), tuned_for=tuned_for, false_alarms=0.05
            ).high
            for n in range(1, customers + 1)
        ]
    )


def _running(values: Floats) -> tuple[Floats, Floats]:
    """Mean, and error² of the mean, after each customer."""
    n = np.arange(1, len(values) + 1.0)
    total, squares = np.cumsum(values), np.cumsum(values**2)
    return total / n, np.maximum(squares - total**2 / n, 0) / np.maximum(n - 1, 1) / n


def _alarms(draw: Draw, pilots: int, customers: int, tuned_for: float, seed: int) -> tuple[float, float]:
    """The share of pilots without effect that alarm at any look: by the sequence, by one look's interval."""
    chance, reach = np.random.default_rng(seed), _reach(customers, tuned_for)
    once = np.array([t_critical(0.95, 2 * n - 1) for n in range(1, customers + 1)])
    found = np.zeros(2)
    for _ in range(pilots):
        (one, first), (other, second) = (_running(draw(chance, customers)) for _ in range(2))
        apart, error = np.abs(one - other), np.sqrt(first + second)
        found += [(apart > error * far)[FIRST_LOOK - 1 :].any() for far in (reach, once)]
    return float(found[0] / pilots), float(found[1] / pilots)


def test_a_look_at_every_customer_alarms_falsely_in_five_of_a_hundred_at_most() -> None:
    ours, naive = _alarms(WORLDS["scores"], 400, 800, tuned_for=800, seed=4)
    assert ours <= 0.05 + 3 * sqrt(0.05 * 0.95 / 400)
    assert naive > 0.25


@pytest.mark.slow
@pytest.mark.parametrize("tuned_for", [200, 5000])
@pytest.mark.parametrize("name", list(WORLDS))
def test_at_every_customer_from_the_twentieth_on_whatever_is_measured(name: str, tuned_for: float) -> None:
    ours, naive = _alarms(WORLDS[name], 3000, 5000, tuned_for, seed=11)
    assert ours <= 0.05 + 2 * sqrt(0.05 * 0.95 / 3000)
    assert naive > 0.35


@pytest.mark.slow
def test_the_sequence_holds_an_effect_at_every_look_too() -> None:
    chance, reach, missed = np.random.default_rng(12), _reach(4000, 2000), np.zeros(2)
    n = np.arange(1, 4001)
    for _ in range(2000):
        sides = [(chance.random(4000) < rate).astype(np.float64) for rate in (0.04, 0.02)]
        (one, first), (other, second) = map(_running, sides)
        outside = (np.abs(one - other - 0.02) > np.sqrt(first + second) * reach) & (n >= FIRST_LOOK)
        is_readable = np.min([np.cumsum(side) for side in sides], axis=0) >= FEWEST_EVENTS
        missed += [(outside & is_readable).any(), outside.any()]
    assert missed[0] / 2000 <= 0.05
    assert missed[1] / 2000 > 0.2  # why rare events are waited for


def _seen(sides: tuple[Floats, Floats]) -> bool:
    """Whether a pilot read once calls these two sides apart."""
    treated, others = (
        Moments(n=len(side), total=float(side.sum()), squares=float((side**2).sum())) for side in sides
    )
    return 0 not in difference(treated, others).interval(1 - USUAL.false_alarms)


def _seen_share(draw: Callable[[Chance], tuple[Floats, Floats]], pilots: int, seed: int) -> float:
    chance = np.random.default_rng(seed)
    return float(np.mean([_seen(draw(chance)) for _ in range(pilots)]))


@pytest.mark.parametrize(("one", "other"), [(0.50, 0.75), (0.10, 0.15), (0.90, 0.95)])
def test_shares_are_told_apart_as_often_as_promised(one: float, other: float) -> None:
    n = ceil(customers_for_shares(one, other, USUAL))

    def pilot(chance: Chance) -> tuple[Floats, Floats]:
        first, second = ((chance.random(n) < share).astype(np.float64) for share in (one, other))
        return first, second

    assert _seen_share(pilot, 3000, seed=21) == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("effect", [1.0, 0.5, 0.2])
def test_means_are_told_apart_as_often_as_promised(effect: float) -> None:
    n = ceil(customers_for_means(effect, 2.0, USUAL))

    def pilot(chance: Chance) -> tuple[Floats, Floats]:
        return chance.normal(effect, 2, n), chance.normal(0, 2, n)

    assert _seen_share(pilot, 3000, seed=22) == pytest.approx(0.8, abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("is_even", [True, False])
def test_clusters_are_told_apart_as_often_as_promised(is_even: bool) -> None:
    """Read by the means of clusters; sizes vary by a gamma of coefficient 0.6 where they are not even."""
    alike, size, variation = 0.05, 30, 0.0 if is_even else 0.6
    per_side = ceil(clusters_for(size, 0.3, 1.0, alike, USUAL, variation))

    def side(chance: Chance, mean: float) -> Floats:
        sizes = np.full(per_side, size)
        if not is_even:
            sizes = np.maximum(2, np.rint(chance.gamma(1 / 0.36, size * 0.36, per_side))).astype(int)
        own = chance.normal(0, sqrt(alike), per_side)
        spread = np.sqrt((1 - alike) / sizes)
        return np.asarray(mean + own + chance.normal(size=per_side) * spread)

    found = _seen_share(lambda chance: (side(chance, 0.3), side(chance, 0.0)), 6000, seed=23)
    assert found == pytest.approx(0.8, abs=0.03)
