"""Companies whose levers work otherwise than the playbook says, with the truth known; what choosing costs.

Each quarter each executive gets one move: of the levers for which there is material, the one with the largest
effect at the level believed. With the true chance at the true level they rise by one level, else one in
twelve falls. Six acts a quarter show the level with the noise that the belief assumes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log

import numpy as np

from fulcrum.commitment.learning import learned_from
from fulcrum.commitment.outcomes import course_of, outcomes_of
from fulcrum.core.company import Company, Move
from fulcrum.core.learned import NOTHING_LEARNED, Learned, Outcome
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Level, Observation, Source
from fulcrum.core.playbook import Playbook

START = date(2023, 1, 2)
QUARTER = timedelta(weeks=13)
FALLS = 1 / 12


@dataclass(frozen=True)
class World:
    """How one company answers: the true chance of a rise by level and lever, and its seed."""

    chances: dict[tuple[int, Lever], float]
    seed: int


def world(playbook: Playbook, seed: int, *, spread: float) -> World:
    """A company whose levers differ from the playbook by `spread` on the logit scale, half by lever."""
    rng = np.random.default_rng(seed)
    lever = {each: rng.normal(0, spread * 0.5**0.5) for each in Lever}
    chances = {}
    for cell in playbook.matrix:
        if cell.level != "drop":
            p = min(max(cell.effect, 0.02), 0.9)
            x = log(p / (1 - p)) + lever[cell.lever] + rng.normal(0, spread * 0.5**0.5)
            chances[cell.level, cell.lever] = 1 / (1 + exp(-x))
    return World(chances=chances, seed=seed)


def regret(
    where: World, playbook: Playbook, *, learns: bool, people: int = 12, quarters: int = 12
) -> list[float]:
    """What each quarter lost on average: the best true chance at hand less that of the lever chosen."""
    rng = np.random.default_rng(where.seed + 1)
    executives = [Executive(id=f"e{at}", name=f"E{at}", role="CFO") for at in range(people)]
    levels = [int(level) for level in rng.choice(5, size=people, p=(0.12, 0.28, 0.40, 0.12, 0.08))]
    seen = {one.id: _acts(one.id, levels[at], START - QUARTER, rng) for at, one in enumerate(executives)}
    moves: dict[str, list[Move]] = {one.id: [] for one in executives}
    told: list[Outcome] = []
    lost = []
    for quarter in range(quarters):
        day = START + quarter * QUARTER
        learned = learned_from(told, playbook) if learns else NOTHING_LEARNED
        costs = []
        for at, one in enumerate(executives):
            if levels[at] == 5:  # nothing rises there, so nothing is lost by any choice
                levels[at] -= rng.random() < FALLS
                seen[one.id] += _acts(one.id, levels[at], day, rng)
                continue
            at_hand = [lever for lever in Lever if rng.random() < 0.7] or [Lever.FIRST_STEPS]
            course = course_of(one, seen[one.id], as_of=day, rules=playbook.belief)
            lever = best_of(at_hand, course.likeliest(course.column(day)), learned, playbook)
            chance = where.chances[levels[at], lever]
            costs.append(max(where.chances[levels[at], each] for each in at_hand) - chance)
            moves[one.id].append(Move(id=f"m{quarter}", executive=one.id, lever=lever, date=day))
            levels[at] = _next(levels[at], chance, rng)
            seen[one.id] += _acts(one.id, levels[at], day, rng)
        lost.append(float(np.mean(costs)) if costs else 0.0)
        told += _told(executives, seen, moves, playbook, day + QUARTER)
    return lost


def best_of(at_hand: list[Lever], level: Level, learned: Learned, playbook: Playbook) -> Lever:
    """The lever with the largest effect at this level, as it is taken here; ties go to the levers' order."""

    def effect(lever: Lever) -> float:
        cell = learned.cell(int(level), lever)
        return playbook.cell(int(level), lever).effect if cell is None else cell.effect

    return max(at_hand, key=effect)


def _next(level: int, chance: float, rng: np.random.Generator) -> int:
    draw, fall = rng.random(), rng.random()
    if draw < chance:
        return min(level + 1, 5)
    return max(level - (fall < FALLS), 0)


def _acts(id: str, level: int, since: date, rng: np.random.Generator) -> tuple[Observation, ...]:
    anchors = np.clip(np.round(level + 0.9 * rng.standard_normal(6)), 0, 5).astype(int)
    return tuple(
        Observation(
            executive=id,
            date=since + timedelta(days=10 + 13 * at),
            behaviour=list(Behaviour)[at % 5],
            anchor=Level(int(anchor)),
            source=Source.SEEN,
            observer="ann",
        )
        for at, anchor in enumerate(anchors)
    )


def _told(
    executives: list[Executive],
    seen: dict[str, tuple[Observation, ...]],
    moves: dict[str, list[Move]],
    playbook: Playbook,
    as_of: date,
) -> list[Outcome]:
    """The outcomes of the last quarter's moves, by the last year of what was seen."""
    found = []
    for one in executives:
        if not moves[one.id] or moves[one.id][-1].date <= as_of - 2 * QUARTER:
            continue
        recent = tuple(each for each in seen[one.id] if each.date > as_of - 5 * QUARTER)
        company = Company(
            name="Acme",
            industry="",
            currency="EUR",
            as_of=as_of,
            executives=(one,),
            observations=recent,
            moves=(moves[one.id][-1],),
        )
        found += outcomes_of(one, company, playbook, as_of=as_of)
    return found
