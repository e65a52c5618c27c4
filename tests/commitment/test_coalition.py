"""The coalition: the smallest set by trying all, its doubt, and circles that do no harm."""

from itertools import combinations

import numpy as np
import pytest
from team_of_twelve import company_of_twelve

from fulcrum.commitment.coalition import coalition_of, smallest_cover, strongest
from fulcrum.commitment.routes import all_ways, edges_of
from fulcrum.core.people import Influence
from fulcrum.core.playbook import Playbook


def coalition(playbook: Playbook, people, influence, committed=(), seed=1):
    return coalition_of(people, influence, committed, rules=playbook.plan, confidence=0.8, seed=seed)


def test_the_smallest_set_is_that_found_by_trying_all_sets(playbook: Playbook) -> None:
    company = company_of_twelve()
    people = [one.id for one in company.executives]
    found = coalition(playbook, people, company.influence, committed={"ceo", "cfo", "north"})
    ways = all_ways(people, edges_of(company.influence, people))
    reach = {one: {to for to, way in ways[one].items() if way.strength >= 0.3} | {one} for one in people}
    reached = set().union(*(reach[one] - {one} for one in people))
    sizes = [
        size
        for size in range(1, 13)
        if any(reached <= set().union(*(reach[id] for id in those)) for those in combinations(people, size))
    ]
    assert len(found.carriers) == sizes[0]
    assert reached <= set().union(*({one.executive, *one.reaches} for one in found.carriers))
    assert {way.executive for way in found.ways} & {"ceo", "cfo", "north"} == set()
    to_sales = next(way for way in found.ways if way.executive == "sales")
    assert to_sales.through == ("cfo", "sales")


def test_the_programme_finds_covers_as_small_as_trying_all() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        covers = [int(mask) for mask in rng.integers(1, 1 << 7, size=9)]
        covers[0] |= (1 << 7) - 1 - int(np.bitwise_or.reduce(covers))
        whole = (1 << 7) - 1
        least = min(
            size
            for size in range(1, 10)
            for those in combinations(covers, size)
            if np.bitwise_or.reduce(those) == whole
        )
        chosen = smallest_cover(covers, [1.0] * 9, 7)
        assert len(chosen) == least
        assert np.bitwise_or.reduce([covers[i] for i in chosen]) == whole


def test_the_table_of_ways_agrees_with_the_ways_one_by_one() -> None:
    company = company_of_twelve()
    people = [one.id for one in company.executives]
    edges = edges_of(company.influence, people)
    links = np.array([[edges.get(a, {}).get(b, 0.0) for b in people] for a in people])
    table = strongest(links)
    for a, by in all_ways(people, edges).items():
        for b, way in by.items():
            assert table[people.index(a), people.index(b)] == pytest.approx(way.strength)


def test_a_circle_is_carried_by_one_of_it_and_a_stranger_stays_apart(playbook: Playbook) -> None:
    ring = [Influence(listened_to=a, listener=b, strength=0.9) for a, b in ("ab", "bc", "ca")]
    found = coalition(playbook, ["a", "b", "c", "d"], ring)
    assert [one.executive for one in found.carriers] == ["a"]
    assert found.unreached == ("d",)
    assert found.ways == ()


def test_the_same_seed_gives_the_same_doubt_and_sure_strengths_leave_little(playbook: Playbook) -> None:
    star = [Influence(listened_to="a", listener=b, strength=0.97) for b in "bcd"]
    first = coalition(playbook, list("abcd"), star)
    assert first == coalition(playbook, list("abcd"), star)
    assert first.carriers[0].stays.value > 0.95
    assert first.carriers[0].stays.value in first.carriers[0].stays.interval
    weak = [Influence(listened_to="a", listener=b, strength=0.32) for b in "bcd"]
    assert coalition(playbook, list("abcd"), weak).carriers[0].stays.value < 1


def test_nobody_heard_means_nobody_to_win_first(playbook: Playbook) -> None:
    found = coalition(playbook, ["a", "b"], [])
    assert found.carriers == ()
    assert found.unreached == ("a", "b")
