"""The belief against executives whose true level is known, where the model holds and where it does not."""

import time
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from commitment_worlds import AS_OF, SOMEBODY, START, Life, lives, seen

from fulcrum.commitment.belief import believe
from fulcrum.core.judgement import Belief
from fulcrum.core.people import Behaviour


def brier(shares: tuple[float, ...], level: int) -> float:
    return float(((np.array(shares) - np.eye(6)[level]) ** 2).sum())


def mean_of_last_five(life: Life) -> tuple[float, ...]:
    last = [note.anchor for note in sorted(life.observations, key=lambda note: note.date)[-5:]]
    return tuple(np.eye(6)[int(np.floor(np.mean(last) + 0.5))])


def judged(playbook, world, *, bias=0.0) -> list[tuple[Life, Belief]]:
    known = [
        life
        for life in lives(world, playbook.belief, n=250, seed=7, shared_bias_sd=bias)
        if life.observations
    ]
    return [
        (
            life,
            believe(
                SOMEBODY, life.observations, (), as_of=AS_OF, rules=playbook.belief, matrix=playbook.matrix
            ),
        )
        for life in known
    ]


def scores(pairs: list[tuple[Life, Belief]]) -> tuple[float, float, float]:
    ours = np.mean([brier(belief.shares, life.level) for life, belief in pairs])
    naive = np.mean([brier(mean_of_last_five(life), life.level) for life, _ in pairs])
    held = np.mean([belief.credible[0] <= life.level <= belief.credible[1] for life, belief in pairs])
    return float(ours), float(naive), float(held)


@pytest.mark.parametrize(("world", "bias"), [("true", 0.0), ("true", 0.6), ("slow", 0.0), ("volatile", 0.0)])
def test_the_belief_beats_the_mean_of_the_last_five_ratings(playbook, world, bias):
    ours, naive, _ = scores(judged(playbook, world, bias=bias))
    assert ours < (0.7 if world != "slow" else 0.9) * naive


def test_the_set_of_80_percent_holds_the_truth_as_often_as_it_says(playbook):
    _, _, held = scores(judged(playbook, "true"))
    assert 0.80 <= held <= 0.95


def test_the_set_holds_when_notes_on_a_behaviour_share_a_bias(playbook):
    _, _, held = scores(judged(playbook, "true", bias=0.6))
    assert held >= 0.80


def test_thirty_executives_with_sixty_notes_over_two_years_take_well_under_half_a_second(playbook):
    notes = [
        seen(START - timedelta(days=364) + timedelta(days=12 * at), list(Behaviour)[at % 5], at % 6)
        for at in range(60)
    ]
    people = [replace(SOMEBODY, id=f"p{number}") for number in range(30)]
    all_notes = [replace(note, executive=person.id) for person in people for note in notes]
    started = time.process_time()
    for person in people:
        believe(person, all_notes, (), as_of=AS_OF, rules=playbook.belief, matrix=playbook.matrix)
    assert time.process_time() - started < 0.5
