"""What keeps an executive where they are: probabilities over six barriers, from tagged reactions."""

from collections.abc import Iterable
from datetime import date

from scipy.special import betaincinv

from fulcrum import __version__
from fulcrum.core.findings import trace_of
from fulcrum.core.judgement import BarrierBelief, Belief
from fulcrum.core.levers import Barrier
from fulcrum.core.people import Executive, Reaction
from fulcrum.core.playbook import BarrierEntry
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval
from fulcrum.core.rules import BeliefRules

METHOD = "Dirichlet counts, prior by believed level, fading"


def barrier_of(
    executive: Executive,
    reactions: Iterable[Reaction],
    *,
    belief: Belief,
    as_of: date,
    barriers: tuple[BarrierEntry, ...],
    rules: BeliefRules,
) -> BarrierBelief:
    """Which barrier holds this executive, with how much doubt.

    Counts a_k = sum_l b(l) prior_k(l) + sum of 2^(-age / half-life) over the reactions tagged k, with b the
    belief over levels and ages in weeks. After a drop the prior is even, for something new holds them.
    Shares follow a Dirichlet(a): each is the mean a_k / A of its marginal Beta(a_k, A - a_k), with A the sum
    of the counts, and its interval lies between the Beta's equal tails. Reactions of others or dated after
    `as_of` are left out. Grade D with a reaction, E on the prior
    alone. Assumption: reactions are independent.
    """
    heard = [each for each in reactions if each.executive == executive.id and each.date <= as_of]
    counts = _prior(belief, barriers)
    for each in heard:
        counts[each.barrier] += 0.5 ** ((as_of - each.date).days / 7 / rules.barrier_half_life_weeks.value)
    trace = _trace(executive, heard, counts, as_of)
    grade = Grade.RAW if heard else Grade.ELSEWHERE
    confidence = rules.interval_confidence.value
    shares = tuple(
        (barrier, _share(counts[barrier], sum(counts.values()), confidence, len(heard), grade, trace))
        for barrier in Barrier
    )
    return BarrierBelief(executive=executive.id, shares=shares, reactions=len(heard))


def _prior(belief: Belief, barriers: tuple[BarrierEntry, ...]) -> dict[Barrier, float]:
    counts = {
        entry.barrier: sum(b * count for b, count in zip(belief.shares, entry.prior_by_level, strict=True))
        for entry in barriers
    }
    return dict.fromkeys(counts, sum(counts.values()) / len(counts)) if belief.is_drop else counts


def _share(mine: float, whole: float, confidence: float, n: int, grade: Grade, trace: str) -> Estimate:
    low, high = _tails(mine, whole - mine, confidence)
    return Estimate(
        value=mine / whole,
        interval=Interval(low=min(low, mine / whole), high=max(high, mine / whole), confidence=confidence),
        unit=SHARE,
        n=n,
        grade=grade,
        method=METHOD,
        trace=trace,
    )


def _tails(mine: float, others: float, confidence: float) -> tuple[float, float]:
    if mine <= 0 or others <= 0:  # counted out, or nothing else in the running: no doubt is left
        return (0.0, 0.0) if mine <= 0 else (1.0, 1.0)
    tail = (1 - confidence) / 2
    return float(betaincinv(mine, others, tail)), float(betaincinv(mine, others, 1 - tail))


def _trace(executive: Executive, heard: list[Reaction], counts: dict[Barrier, float], as_of: date) -> str:
    parameters = (
        ("executive", executive.id),
        ("as of", str(as_of)),
        ("reactions", "; ".join(sorted(f"{each.date} {each.barrier}" for each in heard))),
        ("counts", "; ".join(f"{barrier} {count:.9f}" for barrier, count in counts.items())),
    )
    return trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__).id
