"""The belief over barriers: counts that fade, with the doubt of few reactions."""

from datetime import timedelta

import pytest
from commitment_teams import CFO, TODAY, acts, beliefs, company
from scipy import stats

from fulcrum.commitment.barrier import barrier_of
from fulcrum.core.judgement import BarrierBelief
from fulcrum.core.levers import Barrier
from fulcrum.core.people import Reaction
from fulcrum.core.quantities import Grade


def heard(*weeks_ago: int, barrier: Barrier = Barrier.NOT_WORTH_IT, executive: str = "cfo") -> list[Reaction]:
    return [
        Reaction(executive=executive, date=TODAY - timedelta(weeks=weeks), barrier=barrier)
        for weeks in weeks_ago
    ]


@pytest.fixture
def held(playbook):
    belief = beliefs(company(observations=acts(2, 2, 2)), playbook)["cfo"]

    def by(reactions: list[Reaction]) -> BarrierBelief:
        return barrier_of(
            CFO, reactions, belief=belief, as_of=TODAY, barriers=playbook.barriers, rules=playbook.belief
        )

    by.belief = belief
    return by


def share(held: BarrierBelief, barrier: Barrier) -> float:
    return dict(held.shares)[barrier].value


def test_without_reactions_the_barrier_is_the_prior_of_the_believed_level(held, playbook):
    silent = held([])
    prior = next(entry for entry in playbook.barriers if entry.barrier is Barrier.NO_PICTURE).prior_by_level
    wanted = sum(b * p for b, p in zip(held.belief.shares, prior, strict=True)) / 6
    assert share(silent, Barrier.NO_PICTURE) == pytest.approx(wanted)
    assert sum(each.value for _, each in silent.shares) == pytest.approx(1)
    assert silent.shares[0][1].grade is Grade.ELSEWHERE
    assert silent.reactions == 0


def test_a_reaction_counts_one_and_half_after_a_quarter(held):
    before, now, older = (share(held(heard(*ago)), Barrier.NOT_WORTH_IT) for ago in ((), (0,), (13,)))
    assert now == pytest.approx((6 * before + 1) / 7)
    assert older == pytest.approx((6 * before + 0.5) / 6.5)


def test_the_interval_lies_between_the_tails_of_the_marginal(held):
    told = held(heard(0, 0))
    estimate = dict(told.shares)[Barrier.NOT_WORTH_IT]
    low, high = stats.beta(8 * estimate.value, 8 * (1 - estimate.value)).interval(0.8)
    assert (estimate.interval.low, estimate.interval.high) == (pytest.approx(low), pytest.approx(high))
    assert told.likeliest is Barrier.NOT_WORTH_IT


def test_reactions_of_others_or_of_tomorrow_are_left_out(held):
    assert held([*heard(0, executive="coo"), *heard(-1)]) == held([])
