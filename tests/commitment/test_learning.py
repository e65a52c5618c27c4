"""Learning from moves: what counts, what never does, how it is shrunk, and that it improves the choice."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from commitment_teams import acts, company
from learning_worlds import regret, world

from fulcrum.commitment.gain import Standing, gain_of
from fulcrum.commitment.learning import learned_from, learned_here
from fulcrum.commitment.outcomes import outcomes_of
from fulcrum.core.company import Move, Mover, OutsideMover
from fulcrum.core.learned import Outcome
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Source
from fulcrum.core.playbook import Playbook

MADE = date(2026, 3, 2)
ON = MADE + timedelta(days=91)
CFO = Executive(id="cfo", name="Kim", role="CFO")
MOVE = Move(id="m1", executive="cfo", lever=Lever.VISION, date=MADE)
BEFORE = acts(2, 2, 2, 2, 2, 2, last=MADE - timedelta(days=3))
RISEN = acts(4, 4, 4, 4, 4, 4, last=MADE + timedelta(days=70))


def outcome(playbook, *, after=RISEN, before=BEFORE, as_of=ON, moves=(MOVE,), context=()):
    whole = company(observations=before + after, moves=moves, context=context, as_of=as_of)
    return outcomes_of(CFO, whole, playbook, as_of=as_of)[0]


def told(rose: int, of: int, *, lever=Lever.VISION, row=2) -> list[Outcome]:
    return [
        Outcome(
            move=f"m{at}",
            executive=f"e{at}",
            lever=lever,
            date=MADE,
            row=row,
            change=1.0 if at < rose else 0.0,
            rose=at < rose,
            weight=1.0,
        )
        for at in range(of)
    ]


def test_a_rise_after_a_move_counts_at_the_level_where_it_was_made(playbook: Playbook) -> None:
    found = outcome(playbook)
    assert (found.row, found.rose, found.why_not) == (2, True, "")
    assert found.change is not None
    assert found.change > 1
    assert not outcome(playbook, after=acts(2, 2, 2, 2, 2, last=MADE + timedelta(days=70))).rose


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ({"as_of": MADE + timedelta(days=59)}, "too early"),
        ({"before": ()}, "seen lately before"),
        ({"after": ()}, "seen after"),
        ({"after": tuple(replace(one, source=Source.OWN_WORDS) for one in RISEN)}, "own words"),
        ({"context": (OutsideMover(date=MADE + timedelta(days=20), kind=Mover.CRISIS),)}, "outside"),
        ({"context": (OutsideMover(date=MADE - timedelta(days=29), kind=Mover.PAY),)}, "outside"),
        ({"before": acts(5, 5, 5, 5, 5, 5, 5, 5, last=MADE - timedelta(days=3))}, "highest level"),
    ],
)
def test_nothing_is_learned_where_something_else_may_explain_it(because, said, playbook: Playbook) -> None:
    found = outcome(playbook, **because)
    assert not found.counts
    assert said in found.why_not
    assert learned_from([found], playbook).cells == ()


def test_a_mover_that_was_over_long_before_does_not_stand_in_the_way(playbook: Playbook) -> None:
    long_ago = OutsideMover(date=MADE - timedelta(days=31), kind=Mover.CRISIS)
    assert outcome(playbook, context=(long_ago,)).counts


def test_the_playbooks_own_push_does_not_count_as_a_rise(playbook: Playbook) -> None:
    strong = tuple(replace(cell, effect=3.0) for cell in playbook.matrix)
    assert outcome(replace(playbook, matrix=strong)).change == outcome(playbook).change


def test_moves_at_work_together_share_the_credit(playbook: Playbook) -> None:
    beside = replace(MOVE, id="m2", lever=Lever.EMPATHY, date=MADE + timedelta(days=14))
    assert outcome(playbook, moves=(MOVE, beside)).weight == 0.5


def test_the_chance_is_the_beta_mean_by_hand_where_every_rise_is_seen_and_none_mistaken(
    playbook: Playbook,
) -> None:
    sure = replace(
        playbook.learning,
        rise_seen=replace(playbook.learning.rise_seen, value=1.0),
        rise_mistaken=replace(playbook.learning.rise_mistaken, value=0.0),
    )
    cell = learned_from(told(3, 4), replace(playbook, learning=sure)).cell(2, Lever.VISION)
    assert cell is not None
    assert (cell.tried, cell.rose, cell.playbook) == (4, 3, 0.46)
    assert cell.here.value == pytest.approx((8 * 0.46 + 3) / 12, abs=1e-4)
    assert cell.effect == pytest.approx((8 * 0.46 + 3) / 12, abs=1e-4)
    assert cell.here.value in cell.here.interval
    assert cell.here.interval.low < 0.46 < cell.here.interval.high  # four moves do not overturn it


def test_other_levels_of_a_lever_are_taken_along_in_part_and_other_levers_less(playbook: Playbook) -> None:
    learned = learned_from(told(8, 8), playbook)
    own, beside, other = (
        learned.cell(row, lever) for row, lever in ((2, Lever.VISION), (3, Lever.VISION), (3, Lever.EMPATHY))
    )
    assert own is not None
    assert beside is not None
    assert other is not None
    assert own.here.value - own.playbook > beside.here.value - beside.playbook > 0.02
    assert (beside.tried, other.tried) == (0, 0)
    sunk = learned_from(told(0, 8), playbook).cell(3, Lever.VISION)
    assert sunk is not None
    assert sunk.here.value < sunk.playbook


def test_many_moves_bring_the_chance_to_what_happened_here(playbook: Playbook) -> None:
    cell = learned_from(told(132, 300), playbook).cell(2, Lever.VISION)
    assert cell is not None
    assert cell.here.value == pytest.approx((132 / 300 - 0.13) / (0.75 - 0.13), abs=0.02)


def test_a_learned_lever_changes_the_gain_and_narrows_its_doubt(playbook: Playbook) -> None:
    from commitment_teams import beliefs, choice

    whole = company(observations=acts(2, 2, 2, 2, 2))
    chosen = choice(whole, playbook)
    belief = beliefs(whole, playbook)["cfo"]
    from fulcrum.commitment.barrier import barrier_of

    barrier = barrier_of(
        CFO, (), belief=belief, as_of=whole.as_of, barriers=playbook.barriers, rules=playbook.belief
    )
    plain = Standing(belief=belief, barrier=barrier, playbook=playbook)
    worse = replace(plain, learned=learned_from(told(0, 12), playbook))
    assert chosen.ranked
    assert gain_of(Lever.VISION, worse).value < gain_of(Lever.VISION, plain).value
    assert worse.doubts(Lever.VISION)[2] < plain.doubts(Lever.VISION)[2]


def test_a_company_without_moves_is_judged_by_the_playbook_alone(playbook: Playbook) -> None:
    assert learned_here(company(observations=BEFORE), playbook).cells == ()


@pytest.mark.slow
def test_learning_lowers_regret_where_levers_work_otherwise_than_the_playbook_says(
    playbook: Playbook,
) -> None:
    saved = []
    for seed in range(12):
        where = world(playbook, seed, spread=1.2)
        last = [np.mean(regret(where, playbook, learns=it)[-4:]) for it in (False, True)]
        saved.append(last[0] - last[1])
    assert np.mean(saved) > 1.96 * np.std(saved, ddof=1) / len(saved) ** 0.5
