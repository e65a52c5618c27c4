"""What works here: how often the level rose after a lever, shrunk towards the playbook and across levels."""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from fulcrum import __version__
from fulcrum.commitment.outcomes import outcomes_of
from fulcrum.core.company import Company
from fulcrum.core.findings import trace_of
from fulcrum.core.learned import Learned, LearnedCell, Outcome, Row
from fulcrum.core.levers import Lever
from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval
from fulcrum.core.rules import LearningRules
from fulcrum.core.slices import Slices
from fulcrum.core.value import value

METHOD = "Beta counts, prior from the playbook, pooled over levels and levers"
Floats = NDArray[np.float64]

GRID: Floats = (np.arange(2000) + 0.5) / 2000  # chances at which the posterior is worked out
LEAST, MOST = 0.02, 0.9  # chances of a rise that the playbook is taken to claim at least and at most


def learned_here(company: Company, playbook: Playbook) -> Learned:
    """What the moves of this company teach on its day."""
    slices = Slices(company)
    outcomes = [
        one
        for person in company.executives
        for one in outcomes_of(person, slices.of(person.id), playbook, as_of=company.as_of)
    ]
    return learned_from(outcomes, playbook)


def learned_from(outcomes: Iterable[Outcome], playbook: Playbook) -> Learned:
    """The matrix as it is taken after these outcomes, and the counts behind it.

    For lever k at level l: p0 = the playbook's effect, read as the chance of a rise by one level in 90 days.
    - What is seen of a move is not whether it worked: where the chance of a rise is p, one is seen with
      q(p) = f + (h - f) p, with h = `rise_seen` and f = `rise_mistaken`.
    - d = how differently this company answers at all, by the moves of other levers; e = how differently it
      answers to k, by its moves at other levels. Both maximise the binomial log-likelihood at
      q(expit(logit p0 + shift)) less shift^2 / (2 `shift_sd`^2), so that a company without moves has 0.
    - m = expit(logit p0 + d + e). The chance has the prior Beta(n0 m, n0 (1 - m)), n0 = `prior_moves`, and
      the likelihood q^s (1 - q)^(n - s) with s rises among the n moves of k at l: its mean and equal tails,
      on a grid. With h = 1 and f = 0 these are the Beta counts.
    - effect = the playbook's effect + chance - p0.
    A move counts with its weight. What is estimated for a cell from others never includes its own moves.
    Grade D where the cell was tried here (before and after, no comparison), else E. Assumptions: outcomes
    are independent given the chance; the same move moves everybody at one level alike.
    """
    told = tuple(outcomes)
    counted = [one for one in told if one.counts]
    rules = playbook.learning
    if not counted:
        return Learned(cells=(), prior_moves=rules.prior_moves.value, outcomes=told)
    prior: dict[tuple[Row | None, Lever], float] = {
        (cell.level, cell.lever): _chance(cell.effect) for cell in playbook.matrix
    }
    tallies = _tallied(counted, prior)
    elsewhere = {
        lever: _shift([one for one in tallies if one.lever is not lever], 0.0, rules)
        for lever in {cell.lever for cell in playbook.matrix}
    }
    cells = tuple(
        _cell(cell, counted, tallies, prior[cell.level, cell.lever], elsewhere[cell.lever], playbook)
        for cell in playbook.matrix
    )
    return Learned(cells=cells, prior_moves=rules.prior_moves.value, outcomes=told)


@value
class _Tally:
    """The moves of one lever at one level: the playbook's chance, and the weight of rises and of all else."""

    row: Row | None
    lever: Lever
    playbook: float
    rose: float
    stayed: float


def _tallied(
    counted: Sequence[Outcome], prior: Mapping[tuple[Row | None, Lever], float]
) -> tuple[_Tally, ...]:
    groups: dict[tuple[Row | None, Lever], list[Outcome]] = {}
    for one in counted:
        groups.setdefault((one.row, one.lever), []).append(one)
    return tuple(
        _Tally(
            row=row,
            lever=lever,
            playbook=prior[row, lever],
            rose=sum(one.weight for one in group if one.rose),
            stayed=sum(one.weight for one in group if not one.rose),
        )
        for (row, lever), group in groups.items()
    )


def _chance(effect: float) -> float:
    return min(max(effect, LEAST), MOST)


def _cell(
    cell: MatrixCell,
    counted: Sequence[Outcome],
    tallies: Sequence[_Tally],
    p0: float,
    elsewhere: float,
    playbook: Playbook,
) -> LearnedCell:
    beside = [one for one in tallies if one.lever is cell.lever and one.row != cell.level]
    shift = elsewhere + _shift(beside, elsewhere, playbook.learning)
    own = [one for one in counted if one.lever is cell.lever and one.row == cell.level]
    here = _posterior(_expit(_logit(p0) + shift), own, cell, playbook)
    return LearnedCell(
        row=cell.level,
        lever=cell.lever,
        tried=len(own),
        rose=sum(one.rose for one in own),
        weight=sum(one.weight for one in own),
        playbook=p0,
        here=here,
        effect=cell.effect + here.value - p0,
    )


def _shift(tallies: Sequence[_Tally], offset: float, rules: LearningRules) -> float:
    """The shift on the logit scale that these moves, with their playbook's chances, make likeliest."""
    sd = rules.shift_sd.value
    if not tallies or sd <= 0:
        return 0.0
    logits = np.array([_logit(one.playbook) + offset for one in tallies])
    rose = np.array([one.rose for one in tallies])
    stayed = np.array([one.stayed for one in tallies])

    def unlikely(x: float) -> float:
        q = _shown(1 / (1 + np.exp(-(logits + x))), rules)
        return float(x**2 / (2 * sd**2) - rose @ np.log(q) - stayed @ np.log(1 - q))

    found = minimize_scalar(unlikely, bounds=(-5 * sd, 5 * sd), method="bounded", options={"xatol": 1e-9})
    return float(found.x)


def _shown(chance: Floats, rules: LearningRules) -> Floats:
    """The probability that a rise is seen, for chances of one."""
    mistaken = rules.rise_mistaken.value
    seen: Floats = np.clip(mistaken + (rules.rise_seen.value - mistaken) * chance, 1e-9, 1 - 1e-9)
    return seen


def _posterior(middle: float, own: Sequence[Outcome], cell: MatrixCell, playbook: Playbook) -> Estimate:
    rules, n0 = playbook.learning, playbook.learning.prior_moves.value
    rises, moves = sum(one.weight for one in own if one.rose), sum(one.weight for one in own)
    q = _shown(GRID, rules)
    log_density = (n0 * middle - 1) * np.log(GRID) + (n0 * (1 - middle) - 1) * np.log(1 - GRID)
    log_density += rises * np.log(q) + (moves - rises) * np.log(1 - q)
    density = np.exp(log_density - log_density.max())
    density /= density.sum()
    mean, below = float(density @ GRID), np.cumsum(density)
    confidence = playbook.belief.interval_confidence.value
    low, high = (
        float(GRID[np.searchsorted(below, tail)]) for tail in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    parameters = (
        ("lever", cell.lever.value),
        ("level", str(cell.level)),
        ("playbook", playbook.version),
        ("prior", f"{n0 * middle:.9f} of {n0:g}"),
        ("moves", "; ".join(f"{one.move} {one.executive} {one.date} {one.rose:d}" for one in own)),
    )
    return Estimate(
        value=mean,
        interval=Interval(low=min(low, mean), high=max(high, mean), confidence=confidence),
        unit=SHARE,
        n=len(own),
        grade=Grade.RAW if own else Grade.ELSEWHERE,
        method=METHOD,
        trace=trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__).id,
    )


def _logit(p: float) -> float:
    return log(p / (1 - p))


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x))
