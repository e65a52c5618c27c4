"""Belief, choice and plan against simulated teams whose truth is known; all of it: `commitment_study`."""

from functools import lru_cache

import numpy as np
import pytest
from commitment_study import USUAL, Judged, gains, judged, span, years
from responding_teams import WORLDS, World, lived
from rivals import NAIVE, OURS, all_knowing, nothing

BY_NAME = {world.name: world for world in WORLDS}
AS_STATED = BY_NAME["as the playbook says"]
TEAMS = 8


@lru_cache(maxsize=8)
def beliefs(playbook_version: str, name: str) -> tuple[Judged, ...]:
    from fulcrum.playbook.load import load_playbook

    playbook = load_playbook()
    return tuple(one for seed in range(10) for one in judged(BY_NAME[name], playbook, seed=seed))


def year_of(world: World, playbook, *names: str, teams: int = TEAMS) -> dict[str, list[float]]:
    rules = {name: decide for name, decide in {**OURS, **NAIVE}.items() if name in names}
    return gains([years(world, playbook, seed=1000 + seed, rules=rules) for seed in range(teams)])


def test_the_same_luck_gives_the_same_year_and_a_move_changes_only_what_it_moves(playbook):
    one, again = (lived(AS_STATED, playbook, nothing, USUAL, seed=3) for _ in range(2))
    assert np.array_equal(one.levels, again.levels)
    moved = lived(AS_STATED, playbook, all_knowing, USUAL, seed=3)
    untouched = [at for at in range(6) if not any(m.executive == f"e{at}" for m in moved.company.moves)]
    assert np.array_equal(one.levels[:, untouched], moved.levels[:, untouched])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["as the playbook says", "volatile", "talkers", "biased observers"])
def test_the_belief_is_nearer_the_truth_than_the_last_five_ratings(playbook, name):
    found = beliefs(playbook.version, name)
    assert np.mean([one.brier for one in found]) < 0.75 * np.mean([one.brier_of_ratings for one in found])
    assert np.mean([one.held for one in found]) >= 0.75


@pytest.mark.slow
def test_who_only_talks_is_not_believed_above_endorsing(playbook):
    talkers = [one for one in beliefs(playbook.version, "talkers") if one.talks and one.level <= 2]
    assert np.mean([sum(one.shares[3:]) for one in talkers]) <= 0.25


@pytest.mark.slow
def test_where_the_playbook_holds_its_levers_gain_more_than_every_naive_rule(playbook):
    found = year_of(AS_STATED, playbook, "Fulcrum, lever by lever", *NAIVE)
    ours = np.mean(found["Fulcrum, lever by lever"])
    assert all(np.mean(found[name]) < ours < np.mean(found["all-knowing"]) + 0.1 for name in NAIVE)


@pytest.mark.slow
def test_where_the_case_moves_everybody_the_naive_rule_wins(playbook):
    found = year_of(
        BY_NAME["the case moves all"],
        playbook,
        "Fulcrum, lever by lever",
        "always the business case",
        teams=4,
    )
    pairs = zip(found["always the business case"], found["Fulcrum, lever by lever"], strict=True)
    assert span([naive - ours for naive, ours in pairs]).mean > 0


@pytest.mark.slow
def test_the_plan_moves_the_team_upward(playbook):
    found = year_of(AS_STATED, playbook, "Fulcrum, the plan", teams=1)
    assert np.mean(found["Fulcrum, the plan"]) > 0
