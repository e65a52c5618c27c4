"""Executives whose true level is known, in worlds where the model holds and in worlds where it does not.

Each world gives paths of levels by week; notes are drawn around them. Nothing here looks at the engine's
answers.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from fulcrum.commitment.drift import week_of_drift
from fulcrum.commitment.emission import bell
from fulcrum.core.people import Behaviour, Executive, Level, Observation, Source
from fulcrum.core.rules import BeliefRules

START = date(2025, 1, 6)  # a Monday
WEEKS = 52
AS_OF = START + timedelta(days=7 * WEEKS - 1)
SOMEBODY = Executive(id="x", name="Somebody", role="COO")

World = Literal["true", "slow", "volatile"]


@dataclass(frozen=True)
class Life:
    """One simulated executive: what was seen of them, and where they stood at the end."""

    observations: tuple[Observation, ...]
    level: int


def lives(
    world: World,
    rules: BeliefRules,
    *,
    n: int,
    seed: int,
    notes_a_week: float = 0.4,
    shared_bias_sd: float = 0,
) -> list[Life]:
    """`n` executives of a world. A shared bias shifts everything noted on one behaviour alike."""
    rng = np.random.default_rng(seed)
    return [_life(world, rules, rng, notes_a_week, shared_bias_sd) for _ in range(n)]


def talker(*, speeches: int = 26, anchor: int = 5) -> tuple[Observation, ...]:
    """A year of speeches and no deed."""
    return tuple(
        seen(
            START + timedelta(days=7 * 52 * index // speeches),
            Behaviour.COMMUNICATION,
            anchor,
            Source.OWN_WORDS,
        )
        for index in range(speeches)
    )


def seen(
    day: date,
    behaviour: Behaviour = Behaviour.MODEL,
    anchor: int = 3,
    source: Source = Source.SEEN,
    *,
    executive: str = "x",
    observer: str = "ann",
) -> Observation:
    """One note."""
    return Observation(
        executive=executive,
        date=day,
        behaviour=behaviour,
        anchor=Level(anchor),
        source=source,
        observer=observer,
    )


def _life(
    world: World, rules: BeliefRules, rng: np.random.Generator, notes_a_week: float, shared_bias_sd: float
) -> Life:
    path = _path(world, rules, rng)
    bias = rng.normal(0, shared_bias_sd, len(Behaviour)) if shared_bias_sd else np.zeros(len(Behaviour))
    notes = []
    for week, level in enumerate(path):
        for _ in range(rng.poisson(notes_a_week)):
            which = int(rng.integers(len(Behaviour)))
            anchor = _anchor(level, bias[which], rules.emission_sd.value, rng)
            day = START + timedelta(days=7 * week + int(rng.integers(7)))
            notes.append(seen(day, list(Behaviour)[which], anchor))
    return Life(observations=tuple(notes), level=int(path[-1]))


def _anchor(level: int, bias: float, sd: float, rng: np.random.Generator) -> int:
    if bias == 0:
        return int(rng.choice(6, p=bell(sd)[level]))
    return int(np.clip(np.rint(level + bias + rng.normal(0, sd)), 0, 5))


def _path(world: World, rules: BeliefRules, rng: np.random.Generator) -> list[int]:
    prior = np.array(rules.prior.unknown)
    level = int(rng.choice(6, p=prior / prior.sum()))
    path = [level]
    table = week_of_drift(rules)
    for _ in range(WEEKS - 1):
        path.append(level := _next(world, level, table, rng))
    return path


def _next(world: World, level: int, table: np.ndarray, rng: np.random.Generator) -> int:
    match world:
        case "true":
            return int(rng.choice(6, p=table[level]))
        case "slow":  # one chance in ten of a step a quarter, either way
            step = int(rng.choice([-1, 0, 1], p=[0.004, 0.992, 0.004]))
        case "volatile":  # leaps of up to three levels about every ten weeks
            step = int(rng.integers(-3, 4)) if rng.random() < 0.1 else 0
    return int(np.clip(level + step, 0, 5))
