"""Behaviours, barriers and levers: every dot is an observation, every line an interval."""

import time
from dataclasses import replace

import pytest
from drawn_sample import barrier, belief, classes, estimate, of_class, option, points_of, root_of, said

from fulcrum.core.levers import Lever, Readiness
from fulcrum.core.quantities import Grade
from fulcrum.web.drawings.barriers import barrier_rows
from fulcrum.web.drawings.levers import gain_header, gain_scale, lever_gain, readiness_mark
from fulcrum.web.drawings.profile import profile_rows

OPTIONS = (
    option(Lever.OPPORTUNITIES, estimate(0.44, 0.16, 0.72, grade=Grade.ELSEWHERE), Readiness.THIN),
    option(Lever.FIRST_STEPS, estimate(0.38, -0.08, 0.8, grade=Grade.ELSEWHERE)),
    option(Lever.VISION, estimate(0.15, 0.02, 0.28, grade=Grade.ELSEWHERE), Readiness.MISSING),
)


def test_every_observation_is_a_dot_at_its_anchor() -> None:
    svg = profile_rows(belief())
    places = sorted(float(dot.get("cx")) for dot in of_class(svg, "c-ob"))
    anchor = (464 - 166) / 5
    assert len(places) == 7
    assert places[0] == pytest.approx(166 + anchor, abs=0.06)  # the one seen at 1
    assert places[-1] == pytest.approx(166 + 3 * anchor + 4.5, abs=0.06)  # one of two at 3, side by side


def test_the_band_is_the_interval_and_the_triangle_the_balance_point() -> None:
    svg = profile_rows(belief())
    band, tip = of_class(svg, "c-now-pale")[0], points_of(of_class(svg, "c-tri")[0])[0]
    anchor = (464 - 166) / 5
    assert float(band.get("x")) == pytest.approx(166 + 2.2 * anchor, abs=0.06)
    assert float(band.get("width")) == pytest.approx(1.4 * anchor, abs=0.06)
    assert tip[0] == pytest.approx(166 + 2.9 * anchor, abs=0.06)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_an_unknown_behaviour_has_neither_band_nor_triangle(is_narrow) -> None:
    svg = profile_rows(belief(), is_narrow=is_narrow)
    assert len(of_class(svg, "c-now-pale")) == len(of_class(svg, "c-tri")) == 3
    assert len(of_class(svg, "c-unknown")) == 2
    assert len(of_class(svg, "c-ob-open")) == 2  # seen long ago
    assert svg.count(">Unknown<") == 2
    assert "Aligns resources: Unknown, 0 observations." in said(svg)
    assert "Sets direction: 2.9 (80 %: 2.2 to 3.6), 2 observations." in said(svg)


def test_many_observations_of_one_anchor_stand_in_two_lines_and_none_is_lost() -> None:
    talk = replace(belief().profile[1], anchors=(4,) * 15)
    dots = of_class(profile_rows(replace(belief(), profile=(talk,))), "c-ob")
    places = {(one.get("cx"), one.get("cy")) for one in dots}
    assert len(places) == 15
    assert len({one.get("cy") for one in dots}) == 2


def test_the_likeliest_barrier_comes_first_in_blue_and_the_others_in_grey() -> None:
    svg = barrier_rows(barrier())
    texts = [one.text for one in root_of(svg).iter("text")]
    assert texts[:2] == ["Not worth it against other bets", "41\u00a0%"]
    assert len(of_class(svg, "c-pt")) == 1
    assert len(of_class(svg, "c-pt-grey")) == 5
    assert "on 3 reactions: not worth it against other bets 41 % (20 % to 62 %)" in said(svg)


def test_a_barriers_dot_lies_on_its_interval_and_the_longest_reaches_the_edge() -> None:
    svg = barrier_rows(barrier())
    (low, y), (high, _) = points_of(of_class(svg, "c-ci")[0])
    dot = of_class(svg, "c-pt")[0]
    assert low < float(dot.get("cx")) < high
    assert float(dot.get("cy")) == y
    assert high == pytest.approx(334, abs=0.06)


def test_levers_of_one_table_share_a_scale_that_holds_zero() -> None:
    scale = gain_scale(OPTIONS)
    assert (scale.low, scale.high) == (-0.08, 0.8)
    zeros = {points_of(of_class(lever_gain(one, scale), "c-dot-line")[0])[0][0] for one in OPTIONS}
    assert len(zeros) == 1
    assert gain_scale(()).high > gain_scale(()).low


def test_a_lever_that_is_not_ready_is_thin_and_open() -> None:
    scale = gain_scale(OPTIONS)
    thin, ready, missing = (lever_gain(one, scale) for one in OPTIONS)
    assert {"c-ci", "c-pt"} <= set(classes(ready))
    assert "thin" not in classes(ready)
    for svg in (thin, missing):
        assert {"thin", "c-pt-open"} <= set(classes(svg))
    assert said(ready) == "First steps: +0.38 levels, 80 % interval −0.08 to 0.80; ready"


def test_the_head_of_the_levers_stands_over_the_same_zero() -> None:
    scale = gain_scale(OPTIONS)
    first = next(root_of(gain_header(scale)).iter("text"))
    assert first.text == "0"
    assert float(first.get("x")) == pytest.approx(scale.at(0), abs=0.06)


def test_the_square_is_filled_half_or_dashed_and_silent() -> None:
    assert classes(readiness_mark(Readiness.READY)) == ["c-tri"]
    assert set(classes(readiness_mark(Readiness.THIN))) == {"c-tri", "h-out"}
    assert classes(readiness_mark(Readiness.MISSING)) == ["h-dash"]
    assert root_of(readiness_mark(Readiness.READY)).get("aria-hidden") == "true"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: lever_gain(OPTIONS[0], gain_scale(OPTIONS)),
        lambda: profile_rows(belief()),
        lambda: barrier_rows(barrier()),
    ],
    ids=["lever", "profile", "barriers"],
)
def test_each_takes_less_than_two_milliseconds(draw) -> None:
    spans = []
    for _ in range(20):
        start = time.perf_counter()
        draw()
        spans.append(time.perf_counter() - start)
    assert min(spans) < 0.002
