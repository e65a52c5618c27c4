"""A belief over time: thickness is probability, marks stand in their week, and nothing is claimed unseen."""

import time
from datetime import date, timedelta

import pytest
from drawn_sample import SHARES, TODAY, belief, classes, of_class, points_of, root_of, said, seen, unknown

from fulcrum.core.company import Ask, AskStatus, Move
from fulcrum.core.judgement import WeekOfBelief
from fulcrum.core.levers import Lever
from fulcrum.core.people import Level, Source
from fulcrum.web.drawings.ribbons import belief_ribbons

EVIDENCE = tuple(seen(TODAY - timedelta(weeks=4 * k), 3) for k in range(13))
AHEAD = tuple(
    WeekOfBelief(week_ending=TODAY + timedelta(weeks=k), shares=(0, 0.1, 0.3, 0.5, 0.1, 0))
    for k in range(1, 7)
)


def ribbons(observations=EVIDENCE, *, asks=(), moves=(), ahead=(), of=None, **changes) -> str:
    given = {"name": "COO", "desired": Level.LEADING_OWN_AREA, "unknown_after_weeks": 26} | changes
    return belief_ribbons(of or belief(), observations, asks, moves, ahead=ahead, **given)


def ask(asked_on: date, status: AskStatus, closed_on: date | None = None, *, step: str = "s") -> Ask:
    return Ask(executive="coo", step=step, asked_on=asked_on, status=status, closed_on=closed_on)


def test_the_thickness_of_a_ribbon_is_the_probability() -> None:
    at_today = [
        abs(points[len(points) // 2 - 1][1] - points[len(points) // 2][1])
        for points in map(points_of, of_class(ribbons(), "c-ribbon"))
        if points[len(points) // 2 - 1][0] > 790
    ]
    assert max(at_today) == pytest.approx(46 * 0.65, abs=0.15)
    assert sorted(at_today)[-2] == pytest.approx(46 * 0.19, abs=0.15)


def test_the_line_ends_today_at_the_balance_point() -> None:
    x, y = points_of(of_class(ribbons(), "c-line")[0])[-1]
    assert y == pytest.approx(42 + 48 * (5 - 3.05), abs=0.06)
    assert x == points_of(of_class(ribbons(), "c-today")[0])[0][0]


def test_an_observation_stands_at_its_anchor_and_the_end_of_its_week() -> None:
    svg = ribbons((seen(date(2026, 11, 4), 1), seen(date(2026, 11, 8), 4)))
    low, high = sorted(of_class(svg, "c-ob"), key=lambda one: -float(one.get("cy")))
    assert float(low.get("cy")) == 42 + 48 * 4
    assert float(high.get("cy")) == 42 + 48
    assert low.get("cx") == high.get("cx")  # Wednesday and Sunday of one week


def test_the_shape_says_how_an_observation_came_to_us() -> None:
    svg = ribbons(tuple(seen(TODAY - timedelta(weeks=k), 3, one) for k, one in enumerate(Source)))
    closed = [one.tag for one in of_class(svg, "c-ob")]
    opened = [one.tag for one in of_class(svg, "c-ob-open")]
    assert sorted(closed) == ["circle", "path", "rect"]  # seen, ask outcome, document
    assert sorted(opened) == ["circle", "path"]  # told by, own words


def test_nobody_observed_is_dashed_outlines_and_says_so() -> None:
    svg = ribbons((), of=unknown(last_evidence=None), ahead=AHEAD)
    assert not {"c-ribbon", "c-line", "c-break", "c-now-pale", "c-tri"} & set(classes(svg))
    assert "c-unknown" in classes(svg)
    assert "No observation yet" in svg
    assert "Unknown" in said(svg)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_belief_that_turned_unknown_is_filled_only_as_long_as_it_was_known(is_narrow) -> None:
    last = TODAY - timedelta(weeks=32)
    first = last - timedelta(weeks=9)
    turned = unknown(history=belief(weeks=42).history)
    svg = ribbons((seen(first, 2), seen(last, 2)), of=turned, is_narrow=is_narrow)
    filled = [x for one in of_class(svg, "c-ribbon") for x, _ in points_of(one)]
    dashed = [x for one in of_class(svg, "c-unknown") for x, _ in points_of(one)]
    assert max(filled) <= min(dashed) + 0.1
    assert max(dashed) == points_of(of_class(svg, "c-today")[0])[0][0]
    assert "32 weeks without evidence" in svg
    assert ("where they stand is unknown" in svg) is not is_narrow


def test_one_observation_this_week_can_be_seen() -> None:
    svg = ribbons((seen(TODAY, 3),), of=belief(weeks=1))
    assert of_class(svg, "c-ob")
    assert any(points[0][0] < points[1][0] for points in map(points_of, of_class(svg, "c-ribbon")))


def test_sixty_observations_neither_hide_one_another_nor_get_lost() -> None:
    spread = [seen(TODAY - timedelta(days=5 * k), 2 + k % 3, by=str(k)) for k in range(52)]
    crowd = [seen(date(2026, 9, 3), 5, by=str(k)) for k in range(8)]
    svg = ribbons((*spread, *crowd))
    discs = [(float(one.get("cx")), float(one.get("cy"))) for one in of_class(svg, "c-ob")]
    assert len(discs) == 52 + 5
    assert ">+3<" in svg
    for k, (x, y) in enumerate(discs):
        assert all(abs(x - other) >= 8 or abs(y - height) >= 8 for other, height in discs[:k])
    assert "60 observations" in said(svg)


def test_asks_that_overlap_in_time_lie_in_lanes_of_their_own() -> None:
    asks = [
        ask(TODAY - timedelta(weeks=20 - k), AskStatus.DONE, TODAY - timedelta(weeks=10 - k), step=str(k))
        for k in range(4)
    ]
    svg = ribbons(asks=asks)
    beam = 42 + 48 * 5 + 24
    lanes = {y for one in of_class(svg, "c-line") for x, y in points_of(one) if y > beam}
    assert len(lanes) == 4
    many = [
        ask(TODAY - timedelta(weeks=20), AskStatus.DONE, TODAY - timedelta(weeks=10), step=str(k))
        for k in range(30)
    ]
    assert float(root_of(ribbons(asks=many)).get("viewBox").split()[3]) < 520


def test_an_ask_ends_in_what_became_of_it_and_an_open_one_in_nothing() -> None:
    day = TODAY - timedelta(weeks=8)
    done, lapsed, still = (
        ribbons((), asks=(ask(day, status, closed),))
        for status, closed in (
            (AskStatus.DONE, TODAY - timedelta(weeks=2)),
            (AskStatus.LAPSED, TODAY - timedelta(weeks=2)),
            (AskStatus.ACCEPTED, None),
        )
    )
    assert of_class(done, "c-ob")
    assert not of_class(lapsed, "c-ob")
    assert of_class(lapsed, "c-ob-open")
    assert not of_class(still, "c-ob")
    assert not of_class(still, "c-ob-open")
    assert of_class(still, "c-gap")


def test_moves_are_named_under_their_triangle() -> None:
    moves = (Move(id="m", executive="coo", lever=Lever.FIRST_STEPS, date=TODAY - timedelta(weeks=9)),)
    svg = ribbons(moves=moves)
    assert "First steps" in svg
    assert "Moves: 1 first steps." in said(svg)


def test_what_lies_ahead_is_pale_and_drawn_only_where_it_is_told() -> None:
    svg = ribbons(ahead=AHEAD)
    today = points_of(of_class(svg, "c-today")[0])[0][0]
    pale = [x for one in of_class(svg, "c-now-pale") for x, _ in points_of(one)]
    assert min(pale) == pytest.approx(today, abs=0.1)
    assert "If nothing is seen, the balance point is 2.6 on 28 December 2026." in said(svg)
    assert not of_class(ribbons(), "c-now-pale")
    assert not of_class(ribbons(), "c-break")
    assert "If nothing" not in ribbons()


def test_a_long_silence_is_named_and_what_it_did_to_the_belief() -> None:
    sinking = belief(then=SHARES, shares=(0.0, 0.3, 0.4, 0.2, 0.1, 0.0))
    svg = ribbons((seen(TODAY - timedelta(weeks=40), 3), seen(TODAY - timedelta(weeks=15), 3)), of=sinking)
    assert "25 weeks without evidence:" in svg
    assert "the belief spreads<" in svg
    assert "the belief spreads and sinks" in svg  # after the last one, until today


def test_what_belongs_to_others_or_is_dated_later_is_left_out() -> None:
    others = (seen(TODAY, 5, of="cfo"), seen(TODAY + timedelta(days=3), 5))
    svg = ribbons((*EVIDENCE, *others), asks=(Ask(executive="cfo", step="s", asked_on=TODAY),))
    assert len(of_class(svg, "c-ob")) == len(
        [one for one in EVIDENCE if one.date > TODAY - timedelta(weeks=46)]
    )
    assert "Asks" not in said(svg)


def test_the_phone_gets_half_a_year_and_the_names_above_the_ribbons() -> None:
    narrow = ribbons(is_narrow=True)
    assert root_of(narrow).get("viewBox").startswith("0 0 358 ")
    assert "3 Participating" in narrow
    assert len(of_class(narrow, "c-ob")) == 6


def test_the_year_of_a_belief_takes_less_than_thirty_milliseconds() -> None:
    spans = []
    for _ in range(5):
        start = time.perf_counter()
        ribbons(ahead=AHEAD)
        spans.append(time.perf_counter() - start)
    assert min(spans) < 0.03
