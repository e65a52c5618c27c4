"""How a level moves from one week to the next: it spreads, leans downward, and answers to moves.

A birth-death chain in continuous time over levels 0 to 5: only neighbouring levels exchange, so a week's
table is totally positive, and a stronger belief stays the stronger one. Levels that few people stand on are
seldom entered without a push: that keeps talk from drifting upward into deeds.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm
from scipy.optimize import brentq

from fulcrum.commitment.emission import LEVELS
from fulcrum.core.levers import Lever
from fulcrum.core.playbook import MatrixCell
from fulcrum.core.rules import BeliefRules, SixNumbers

Floats = NDArray[np.float64]
Effect = tuple[float, ...]  # rise in levels a week, at levels 0 to 5

NO_EFFECT: Effect = (0.0,) * LEVELS


def week_of_drift(rules: BeliefRules, effect: Effect = NO_EFFECT) -> Floats:
    """P(level next week | level now) as a 6 x 6 table, rows adding to 1.

    exp(Q) with Q moving up from l at rate r (1 - lean) min(1, p(l+1) / p(l)) + max(effect, 0), and down at
    r lean + max(-effect, 0); p is the prior of somebody unknown. The rate r is such that, averaged over the
    levels, half of a certain belief has left its level after `half_life_weeks`. Effects are levels a week.
    """
    return _table(rules.half_life_weeks.value, rules.downward_lean.value, rules.prior.unknown, effect)


def weekly_effect(levers: Iterable[Lever], matrix: Iterable[MatrixCell], rules: BeliefRules) -> Effect:
    """What moves still at work add to the drift, in levels a week, at levels 0 to 5.

    A cell's effect (levels over 90 days) is spread evenly over `move_effect_weeks`. Moves at work together
    do not add up: at each level the strongest push up counts, and the strongest push down.
    """
    effects = effects_of(matrix)
    rows = [effects[lever] for lever in sorted(set(levers)) if lever in effects]
    weeks = rules.move_effect_weeks.value
    if not rows:
        return NO_EFFECT
    return tuple((max(0.0, *at_level) + min(0.0, *at_level)) / weeks for at_level in zip(*rows, strict=True))


def effects_of(matrix: Iterable[MatrixCell]) -> Mapping[Lever, Effect]:
    """The matrix as one row of six effects for each lever; a cell that is not there has no effect."""
    rows: dict[Lever, list[float]] = {}
    for cell in matrix:
        if cell.level != "drop":
            rows.setdefault(cell.lever, [0.0] * LEVELS)[cell.level] = cell.effect
    return {lever: tuple(row) for lever, row in rows.items()}


@lru_cache(maxsize=4096)
def _table(half_life_weeks: float, lean: float, common: SixNumbers, effect: Effect) -> Floats:
    rate, (up, down) = _rate(half_life_weeks, lean, common), _by_itself(lean, common)
    pushed_up = [rate * alone + max(push, 0.0) for alone, push in zip(up, effect, strict=True)]
    pushed_down = [rate * alone + max(-push, 0.0) for alone, push in zip(down, effect, strict=True)]
    table: Floats = expm(_generator(pushed_up, pushed_down))
    table.setflags(write=False)
    return table


@lru_cache(maxsize=64)
def _rate(half_life_weeks: float, lean: float, common: SixNumbers) -> float:
    unit = _generator(*_by_itself(lean, common))

    def left_of_certainty(log_rate: float) -> float:
        stayed: float = np.diag(expm(unit * np.exp(log_rate) * half_life_weeks)).mean()
        return stayed - 0.5

    rate: float = np.exp(brentq(left_of_certainty, -12.0, 6.0))
    return rate


def _by_itself(lean: float, common: SixNumbers) -> tuple[list[float], list[float]]:
    """Relative rates up and down, where nobody pushes."""
    rarer = [min(1.0, above / here) if here > 0 else 1.0 for here, above in pairwise(common)] + [0.0]
    return [(1 - lean) * each for each in rarer], [lean] * LEVELS


def _generator(up: list[float], down: list[float]) -> Floats:
    q = np.zeros((LEVELS, LEVELS))
    for level in range(LEVELS - 1):
        q[level, level + 1] = up[level]
        q[level + 1, level] = down[level + 1]
    np.fill_diagonal(q, -q.sum(axis=1))
    return q
