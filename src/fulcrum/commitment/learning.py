"""What works here: how often the level rose after a lever, shrunk towards the playbook and across levels."""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from scipy.special import betaincinv

from fulcrum import __version__
from fulcrum.commitment.outcomes import outcomes_of
from fulcrum.core.company import Company
from fulcrum.core.findings import trace_of
from fulcrum.core.learned import Learned, LearnedCell, Outcome, Row
from fulcrum.core.levers import Lever
from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval
from fulcrum.core.slices import Slices

METHOD = "Beta counts, prior from the playbook, pooled over levels and levers"
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
    - d = how differently this company answers at all, by the moves of other levers; e = how differently it
      answers to k, by its moves at other levels. Both maximise their binomial log-likelihood on the logit
      scale less x^2 / (2 `shift_sd`^2), so that a company without moves has 0.
    - m = expit(logit p0 + d + e); chance = mean of Beta(n0 m + s, n0 (1 - m) + f) with s rises and f others
      among the moves of k at l, and n0 = `prior_moves`; interval: its equal tails.
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
    cells = tuple(_cell(cell, counted, prior, playbook) for cell in playbook.matrix)
    return Learned(cells=cells, prior_moves=rules.prior_moves.value, outcomes=told)


def _chance(effect: float) -> float:
    return min(max(effect, LEAST), MOST)


def _cell(
    cell: MatrixCell,
    counted: Sequence[Outcome],
    prior: Mapping[tuple[Row | None, Lever], float],
    playbook: Playbook,
) -> LearnedCell:
    rules, p0 = playbook.learning, prior[cell.level, cell.lever]
    others = [one for one in counted if one.lever is not cell.lever]
    shift = _shift([(prior[one.row, one.lever], one) for one in others], 0.0, rules.shift_sd.value)
    beside = [one for one in counted if one.lever is cell.lever and one.row != cell.level]
    shift += _shift([(prior[one.row, one.lever], one) for one in beside], shift, rules.shift_sd.value)
    own = [one for one in counted if one.lever is cell.lever and one.row == cell.level]
    middle, n0 = _expit(_logit(p0) + shift), rules.prior_moves.value
    rises = sum(one.weight for one in own if one.rose)
    weight = sum(one.weight for one in own)
    a, b = n0 * middle + rises, n0 * (1 - middle) + weight - rises
    return LearnedCell(
        row=cell.level,
        lever=cell.lever,
        tried=len(own),
        rose=sum(one.rose for one in own),
        weight=weight,
        playbook=p0,
        here=_share(a, b, own, cell, playbook),
        effect=cell.effect + a / (a + b) - p0,
    )


def _shift(told: Sequence[tuple[float, Outcome]], offset: float, sd: float) -> float:
    """The x that maximises sum w log P(outcome | logit p + offset + x) - x^2 / (2 sd^2); Newton's method."""
    if not told or sd <= 0:
        return 0.0
    x = 0.0
    for _ in range(50):
        chances = [(_expit(_logit(p) + offset + x), one) for p, one in told]
        slope = sum(one.weight * (one.rose - p) for p, one in chances) - x / sd**2
        bend = sum(one.weight * p * (1 - p) for p, one in chances) + 1 / sd**2
        x += slope / bend
        if abs(slope / bend) < 1e-10:
            break
    return x


def _share(a: float, b: float, own: Sequence[Outcome], cell: MatrixCell, playbook: Playbook) -> Estimate:
    confidence = playbook.belief.interval_confidence.value
    tail = (1 - confidence) / 2
    low, high = float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))
    parameters = (
        ("lever", cell.lever.value),
        ("level", str(cell.level)),
        ("playbook", playbook.version),
        ("Beta", f"{a:.9f} {b:.9f}"),
        ("moves", "; ".join(f"{one.move} {one.executive} {one.date} {one.rose:d}" for one in own)),
    )
    return Estimate(
        value=a / (a + b),
        interval=Interval(low=min(low, a / (a + b)), high=max(high, a / (a + b)), confidence=confidence),
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
