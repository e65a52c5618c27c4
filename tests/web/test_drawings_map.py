"""Who listens to whom: place is level and influence, an arrow leaves the one who is heard."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from drawn_sample import belief, classes, of_class, points_of, root_of, said, unknown

from fulcrum.core.people import Executive, Influence, Level
from fulcrum.web.drawings.influence import influence_map
from fulcrum.web.drawings.labels import Label, placed

PEOPLE = tuple(Executive(id=id, name=id.upper(), role=id.upper()) for id in ("ceo", "cfo", "coo", "chro"))
BELIEFS = {
    "ceo": belief(shares=(0, 0, 0, 0, 1.0, 0)),
    "cfo": belief(shares=(0, 0, 1.0, 0, 0, 0)),
    "coo": belief(),
    "chro": unknown(),
}
HEARD = (
    Influence(listened_to="ceo", listener="cfo", strength=0.9),
    Influence(listened_to="ceo", listener="coo", strength=0.4),
    Influence(listened_to="cfo", listener="coo", strength=0.5),
)


def drawn(influence=HEARD, people=PEOPLE, beliefs=None, **changes) -> str:
    return influence_map(people, beliefs or BELIEFS, influence, **changes)


def place_of(svg: str, x: float) -> float:
    """The height of the point that stands at x."""
    found = [one for one in root_of(svg).iter("circle") if abs(float(one.get("cx")) - x) < 0.1]
    return float(found[0].get("cy"))


def test_across_stands_the_level_and_up_how_much_somebody_is_heard() -> None:
    svg = drawn()
    column = 122
    ceo, cfo = place_of(svg, 14 + 4.5 * column), place_of(svg, 14 + 2.5 * column)
    assert ceo < cfo < 412
    assert ceo == 42  # the most heard stand at the top


def test_the_band_is_the_likely_range() -> None:
    first = points_of(of_class(drawn(), "c-span")[0])
    assert first[0][0] == pytest.approx(14 + 3 * 122 + 9.8, abs=0.06)
    assert first[1][0] == pytest.approx(14 + 5 * 122 - 9.8, abs=0.06)


def test_an_unknown_executive_is_a_ring_on_a_dashed_line() -> None:
    svg = drawn()
    assert len(of_class(svg, "c-ob-open")) == 1
    assert len(of_class(svg, "c-break")) == 1
    assert "CHRO (unknown)" in svg
    assert "CHRO: Unknown" in said(svg)
    assert "c-tri" not in classes(svg)


def test_routes_of_the_plan_are_blue_and_stronger_ties_broader() -> None:
    svg = drawn(routes={("cfo", "coo")})
    assert len(of_class(svg, "e-hot")) == 1
    broad, narrow = (float(one.get("stroke-width")) for one in of_class(svg, "e-cold"))
    assert broad > narrow


def test_two_who_listen_to_each_other_get_two_curves() -> None:
    both = (HEARD[0], Influence(listened_to="cfo", listener="ceo", strength=0.9))
    first, second = (points_of(one)[1] for one in of_class(drawn(both), "e-cold"))
    assert abs(first[0] - second[0]) + abs(first[1] - second[1]) > 20


def test_rows_keep_apart_however_many_are_heard_alike() -> None:
    people = tuple(Executive(id=f"e{k}", name=f"Executive {k}", role="x") for k in range(12))
    beliefs = {person.id: belief() for person in people}
    svg = drawn((), people, beliefs)
    heights = sorted(float(one.get("cy")) for one in root_of(svg).iter("circle"))
    assert min(lower - upper for upper, lower in pairwise(heights)) > 25
    assert heights[0] >= 40
    assert heights[-1] <= 372
    assert "Who listens to whom is not recorded yet." in svg


def test_ties_to_somebody_without_a_belief_are_left_out() -> None:
    strange = (*HEARD, Influence(listened_to="nobody", listener="coo", strength=1.0))
    assert drawn(strange) == drawn()
    assert root_of(drawn((), (), {})).get("role") == "img"


def test_one_alone_can_be_drawn() -> None:
    assert len(list(root_of(drawn((), PEOPLE[:1])).iter("circle"))) == 1


def test_names_are_escaped_and_long_ones_shortened_on_a_phone() -> None:
    people = (
        replace(PEOPLE[0], name="<script>"),
        replace(PEOPLE[1], name="An executive with quite a long name"),
    )
    svg = drawn(people=people, is_narrow=True)
    assert "<script" not in svg
    assert "An executive with q…" in svg
    assert "An executive with quite a long name" in said(svg)


def test_the_sentence_says_who_listens_to_whom_and_how_strongly() -> None:
    assert "CFO listens to CEO (0.9)" in said(drawn())
    assert "COO: balance point 3.1, likely Participating to Leading own area" in said(drawn())


def test_a_name_gives_way_to_points_and_other_names() -> None:
    first, second = placed([Label(said="First", x=100, y=100), Label(said="Second", x=100, y=104)], [], 300)
    assert abs(first.y - second.y) >= 13 or first.anchor != second.anchor
    edge = placed([Label(said="At the edge", x=4, y=100)], [], 300)[0]
    assert edge.anchor == "start"


def test_levels_are_named_in_short_on_a_phone() -> None:
    svg = drawn(is_narrow=True)
    assert re.search(r'viewBox="0 0 358 ', svg)
    assert ">Indiff.<" in svg
    assert f">{Level.INDIFFERENT.label}<" in drawn()
