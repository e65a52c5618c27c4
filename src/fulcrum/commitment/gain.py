"""What each lever is expected to gain for one executive, and when it is wrong now."""

from math import sqrt
from statistics import NormalDist
from typing import Literal

from fulcrum import __version__
from fulcrum.core.findings import trace_of
from fulcrum.core.judgement import BarrierBelief, Belief
from fulcrum.core.learned import NOTHING_LEARNED, Learned
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Level
from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.core.quantities import LEVELS, Estimate, Grade, Interval, Unknown
from fulcrum.core.value import value

METHOD = "belief x effect x fit of the barrier; effects reasoned, untested"


@value
class Standing:
    """All that the gain of a lever depends on: where somebody stands, what holds them, and the playbook."""

    belief: Belief
    barrier: BarrierBelief
    playbook: Playbook
    learned: Learned = NOTHING_LEARNED

    @property
    def is_known(self) -> bool:
        """Whether anything was seen lately."""
        return not isinstance(self.belief.level, Unknown)

    @property
    def level(self) -> Level:
        """The level to speak to: the likeliest; where nothing was seen lately, the expected one, rounded."""
        if self.is_known:
            return self.belief.likeliest
        return Level(round(sum(level * share for level, share in enumerate(self.belief.shares))))

    def share_at_least(self, level: int) -> float:
        """Probability of this level or a higher one."""
        return sum(self.belief.shares[level:])

    def effects(self, lever: Lever) -> tuple[float, ...]:
        """The lever's effect at levels 0 to 5, as taken here; after a drop, six times that for drops."""
        return tuple(self._effect(cell) for cell in self.cells(lever))

    def doubts(self, lever: Lever) -> tuple[float, ...]:
        """The standard deviation of each of these effects: a share of the effect, less where it was tried."""
        share = self.playbook.choice.effect_sd_share.value
        return tuple(
            share * abs(self._effect(cell)) * self.learned.doubt_left(cell.level, lever)
            for cell in self.cells(lever)
        )

    def _effect(self, cell: MatrixCell) -> float:
        learned = self.learned.cell(cell.level, cell.lever)
        return cell.effect if learned is None else learned.effect

    def cells(self, lever: Lever) -> tuple[MatrixCell, ...]:
        """The lever's cells at levels 0 to 5; after a drop, the cell for drops six times."""
        rows: tuple[int | Literal["drop"], ...] = ("drop",) * 6 if self.belief.is_drop else tuple(range(6))
        return tuple(self.playbook.cell(row, lever) for row in rows)

    def cell(self, lever: Lever) -> MatrixCell:
        """The lever's cell at the level to speak to."""
        return self.cells(lever)[self.level]

    def answered(self, lever: Lever) -> tuple[Barrier, Estimate]:
        """The barrier that a lever answers, and its believed share."""
        barrier = self.playbook.barrier_of(lever).barrier
        return barrier, dict(self.barrier.shares)[barrier]

    def is_wrong_now(self, lever: Lever) -> bool:
        """Whether the lever is wrong now at levels that hold at least half of the belief."""
        wrong = [cell.role == "wrong now" for cell in self.cells(lever)]
        return sum(share for share, no in zip(self.belief.shares, wrong, strict=True) if no) >= 0.5


def fit(share: float, pull: float) -> float:
    """How a barrier's share scales the gain of its lever: 1 + pull (6 share - 1), so 1 at an even share."""
    return 1 + pull * (6 * share - 1)


def expected_gain(shares: tuple[float, ...], effects: tuple[float, ...], fitting: float) -> float:
    """sum_l b(l) e(l) x fit, in levels over 90 days."""
    return fitting * sum(share * effect for share, effect in zip(shares, effects, strict=True))


def gain_of(lever: Lever, standing: Standing) -> Estimate:
    """Expected rise of the level in 90 days if this lever is pulled, with its 80 % interval. Grade E.

    g = f e with e = sum_l b(l) e(l) and f the fit of the barrier. Variance, to first order:
    f^2 [sum b (e(l) - e)^2 + sum b (s e(l))^2] + e^2 (6 pull)^2 var(share), with s = `effect_sd_share`, less
    where moves here were counted (`Learned.doubt_left`). The first bracket is the spread over levels plus the
    doubt about each effect (law of total variance). The interval is normal; the barrier's variance is read
    off its interval. Assumption: the three doubts are independent.
    """
    rules = standing.playbook.choice
    pull, share = rules.barrier_pull.value, standing.answered(lever)[1]
    effects, belief = standing.effects(lever), standing.belief.shares
    fitting, mean = fit(share.value, pull), expected_gain(belief, effects, 1.0)
    spread = sum(b * (effect - mean) ** 2 for b, effect in zip(belief, effects, strict=True))
    doubt = sum(b * sd**2 for b, sd in zip(belief, standing.doubts(lever), strict=True))
    variance = fitting**2 * (spread + doubt) + (mean * 6 * pull * _sd(share)) ** 2
    confidence = standing.playbook.belief.interval_confidence.value
    reach = _reach(confidence) * sqrt(variance)
    gain = fitting * mean
    return Estimate(
        value=gain,
        interval=Interval(low=gain - reach, high=gain + reach, confidence=confidence),
        unit=LEVELS,
        n=standing.belief.observations,
        grade=Grade.ELSEWHERE,
        method=METHOD,
        trace=_trace(lever, standing, fitting),
    )


def _sd(share: Estimate) -> float:
    interval = share.interval
    return (interval.high - interval.low) / (2 * _reach(interval.confidence))


def _reach(confidence: float) -> float:
    """How many standard deviations a normal interval reaches to either side."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _trace(lever: Lever, standing: Standing, fitting: float) -> str:
    parameters = (
        ("executive", standing.belief.executive),
        ("as of", str(standing.belief.as_of)),
        ("lever", lever.value),
        ("playbook", standing.playbook.version),
        ("belief", " ".join(f"{share:.9f}" for share in standing.belief.shares)),
        ("effects", " ".join(f"{effect:g}" for effect in standing.effects(lever))),
        ("fit", f"{fitting:.9f}"),
    )
    return trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__).id
