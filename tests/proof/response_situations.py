"""The score of a whole base, raked from those who answered, where all of the base's feelings are known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from scipy import stats
from trials import Held, Situation, known, rules, simulated
from worlds import BUCKETS, CEILING, NPS_POINTS, POINTS, POLAR, USUAL, Chance, Floats, Whole

from fulcrum.core.quantities import NPS, Interval, score_unit
from fulcrum.evidence.cells import Cells, cells_from_columns
from fulcrum.evidence.methods.margins import Margin
from fulcrum.evidence.methods.raking import raked_mean

LINES, PLANS = ("cable", "copper", "fibre"), ("basic", "plus")
UNITS = {"raked score": (POINTS, score_unit(0, 10)), "raked NPS": (NPS_POINTS, NPS)}


@dataclass(frozen=True)
class Asked:
    """A base whose lines and plans answer unlike each other and feel unlike each other.

    Within a line and a plan whether somebody answers has nothing to do with what they feel: that is what
    raking assumes. `unlike` scales both how unlike they answer and how unlike they feel. `repeats` answers
    beyond the first on average, one customer's alike. `fields` are those raked to.
    """

    customers: int
    response: float = 0.25
    thresholds: Floats = field(default_factory=lambda: USUAL)
    unlike: float = 1.0
    repeats: float = 0.0
    fields: tuple[str, ...] = ("line", "plan")
    parts: tuple[float, ...] = (0.25, 0.35, 0.4)

    @property
    def answering(self) -> Floats:
        """The share who answer, by line and plan."""
        shape = np.outer(np.array([1.0, 0.6, 1.4]) ** self.unlike, np.array([0.8, 1.3]) ** self.unlike)
        return np.minimum(0.95, self.response * shape)

    @property
    def feeling(self) -> Floats:
        """How far each line and plan feels above or below the usual, in deviations."""
        return self.unlike * np.add.outer([0.3, -0.5, 0.2], [-0.2, 0.3])

    def expected(self, points: Floats) -> Floats:
        """The mean of these points in each line and plan."""
        spread = np.sqrt(2.0) if self.repeats else 1.0
        cuts = (self.thresholds - self.feeling[..., np.newaxis]) / spread
        below = stats.norm.cdf(cuts)
        ends = np.zeros((*self.feeling.shape, 1))
        parts = np.diff(np.concatenate([ends, below, ends + 1], axis=-1), axis=-1)
        return np.asarray(parts @ points)


def responses() -> Iterator[Situation]:
    """Thirty answers to thousands, one field and two, alike and unlike, crowded, polar, repeated."""
    one = Asked
    worlds = {
        "about 30 of 120 answer": one(120),
        "about 60 of 240 answer": one(240),
        "about 150 of 600 answer": one(600),
        "about 500 of 2000 answer": one(2000),
        "about 2000 of 8000 answer": one(8000),
        "about 60 of 1500 answer": one(1500, response=0.04),
        "one field, about 60 answer": one(240, fields=("line",), unlike=0.0),
        "very unlike, about 150 answer": one(600, unlike=1.6),
        "very unlike, about 500 answer": one(2000, unlike=1.6),
        "a small line, about 150 answer": one(600, parts=(0.08, 0.46, 0.46)),
        "crowded at the top, about 60 answer": one(240, thresholds=CEILING),
        "crowded at the top, about 150 answer": one(600, thresholds=CEILING),
        "polar, about 60 answer": one(240, thresholds=POLAR),
        "polar, about 500 answer": one(2000, thresholds=POLAR),
        "3 answers each, about 60 customers": one(240, repeats=2),
        "3 answers each, about 150 customers": one(600, repeats=2),
    }
    for name, world in worlds.items():
        for kind in UNITS:
            yield Situation(kind, name, 1000, partial(_try_raking, kind, world))


def _try_raking(kind: str, world: Asked, chance: Chance, times: int) -> Held:
    points, unit = UNITS[kind]
    means = world.expected(points)

    def trial(chance: Chance) -> tuple[Interval, float] | None:
        line = chance.choice(3, world.customers, p=world.parts)
        plan = (chance.random(world.customers) < 0.4).astype(np.int64)
        truth = float(means[line, plan].mean())
        here = chance.random(world.customers) < world.answering[line, plan]
        if not here.any():
            return None
        margins = [
            Margin(
                field=name,
                totals=tuple((names[at], float(count)) for at, count in enumerate(np.bincount(of)) if count),
            )
            for name, names, of in (("line", LINES, line), ("plan", PLANS, plan))
            if name in world.fields
        ]
        cells = _answers(world, line[here], plan[here], points, chance)
        return known(raked_mean(cells, margins, unit, rules(), trace="t"), truth)

    return simulated(trial, chance, times)


def _answers(world: Asked, line: Whole, plan: Whole, points: Floats, chance: Chance) -> Cells:
    """The cells of those who answered, by line, plan and bucket."""
    size = len(line)
    times = np.ones(size, dtype=np.int64) if not world.repeats else 1 + chance.poisson(world.repeats, size)
    who = np.repeat(np.arange(size), times)
    own = chance.normal(size=size) if world.repeats else np.zeros(size)
    felt = world.feeling[line, plan][who] + own[who] + chance.normal(size=len(who))
    y = points[np.searchsorted(world.thresholds, felt)]
    at = ((line * 2 + plan) * BUCKETS + chance.integers(0, BUCKETS, size))[who]
    places, into = np.unique(at, return_inverse=True)
    n, wy, wyy = (np.bincount(into, weights=of) for of in (np.ones(len(y)), y, y * y))
    named = {
        "line": [LINES[place // BUCKETS // 2] for place in places],
        "plan": [PLANS[place // BUCKETS % 2] for place in places],
        "bucket": [int(place % BUCKETS) for place in places],
    }
    return cells_from_columns(tuple(named), list(named.values()), [n, n, n, wy, wyy])
