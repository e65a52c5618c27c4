"""What every drawing of the desk keeps: one grammar, a sentence with numbers, nothing a strict page bars."""

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from drawn_sample import TODAY, barrier, belief, classes, estimate, option, root_of, said, seen, unknown

from fulcrum.core.company import Ask, AskStatus, Move
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Influence, Level
from fulcrum.core.quantities import SHARE
from fulcrum.web.drawings.barriers import barrier_rows
from fulcrum.web.drawings.influence import influence_map
from fulcrum.web.drawings.intervals import interval_axis, interval_cell, scale_of
from fulcrum.web.drawings.keys import ladder_key, sightings_key
from fulcrum.web.drawings.levers import gain_header, gain_scale, lever_gain
from fulcrum.web.drawings.marks import on_both
from fulcrum.web.drawings.profile import profile_rows
from fulcrum.web.drawings.ribbons import belief_ribbons
from fulcrum.web.drawings.rows import belief_mini, belief_row, earlier_of

HOSTILE = '<script>alert("x")</script> & “all”'


def ribbons(is_narrow: bool, of) -> str:
    return belief_ribbons(
        of,
        [seen(TODAY - timedelta(weeks=k), k % 6) for k in range(0, 40, 3)],
        [Ask(executive="coo", step=HOSTILE, asked_on=TODAY - timedelta(weeks=9), status=AskStatus.ASKED)],
        [Move(id="m", executive="coo", lever=lever, date=TODAY - timedelta(weeks=5)) for lever in Lever],
        name=HOSTILE,
        desired=Level.DRIVING_ONE_COMPANY,
        unknown_after_weeks=26,
        is_narrow=is_narrow,
    )


def mapped(is_narrow: bool) -> str:
    people = [Executive(id=str(k), name=HOSTILE, role="x") for k in range(5)]
    beliefs = {person.id: belief() if person.id != "3" else unknown() for person in people}
    ties = [Influence(listened_to="0", listener=str(k), strength=0.2 * k) for k in range(1, 5)]
    return influence_map(people, beliefs, ties, routes={("0", "2")}, is_narrow=is_narrow)


def levers(is_narrow: bool) -> list[str]:
    one = option(Lever.VISION, estimate(0.4, -0.1, 0.9))
    scale = gain_scale([one], is_narrow=is_narrow)
    return [lever_gain(one, scale, is_narrow=is_narrow), gain_header(scale, is_narrow=is_narrow)]


def intervals(is_narrow: bool) -> list[str]:
    share = estimate(0.918, 0.906, 0.93, unit=SHARE)
    scale = scale_of([share])
    assert scale is not None
    cells = [
        interval_cell(one, scale, label=HOSTILE, is_narrow=is_narrow) for one in (share, unknown().level)
    ]
    return [*cells, interval_axis(scale, is_narrow=is_narrow)]


def every_drawing(is_narrow: bool) -> list[str]:
    drawn = []
    for one in (belief(), unknown()):
        earlier = earlier_of(one)
        drawn += [
            belief_row(one, name=HOSTILE, desired=Level.ENDORSING, earlier=earlier, is_narrow=is_narrow),
            belief_mini(one, name=HOSTILE, desired=Level.ENDORSING),
            ribbons(is_narrow, one),
            profile_rows(one, is_narrow=is_narrow),
        ]
    return [
        *drawn,
        barrier_rows(barrier(), is_narrow=is_narrow),
        mapped(is_narrow),
        *levers(is_narrow),
        *intervals(is_narrow),
    ]


@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_drawing_is_an_image_with_a_sentence_that_holds_its_numbers(is_narrow) -> None:
    for svg in every_drawing(is_narrow):
        assert root_of(svg).get("role") == "img"
        assert re.search(r"\d", said(svg))


@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_drawing_has_inline_style_or_script_or_a_reference(is_narrow) -> None:
    for svg in every_drawing(is_narrow):
        assert not re.search(r"(?i)\sstyle=|<style|<script|\son\w+=|href|url\(|\sid=", svg)
        assert not re.search(r' (?:fill|stroke|opacity)="', svg)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_every_class_has_a_style(is_narrow) -> None:
    desk = files("fulcrum.web") / "static" / "fulcrum"
    sheets = [desk / "fulcrum.css", desk / "desk.css", files("fulcrum.briefing") / "assets" / "brief.css"]
    css = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    for svg in every_drawing(is_narrow):
        for name in classes(svg):
            assert f".{name}" in css, name


@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_label_leaves_its_drawing(is_narrow) -> None:
    for svg in every_drawing(is_narrow):
        width, height = (float(one) for one in root_of(svg).get("viewBox").split()[2:])
        for label in root_of(svg).iter("text"):
            if label.text and HOSTILE in label.text:
                continue
            x, half = float(label.get("x")), len(label.text or "") * 5.6 / 2
            middle = {"start": x + half, "middle": x, "end": x - half}[label.get("text-anchor")]
            assert middle - half >= -6, label.text
            assert middle + half <= width + 6, label.text
            assert 0 < float(label.get("y")) <= height, label.text


def test_a_belief_that_is_unknown_draws_no_filled_mass_and_no_triangle_anywhere() -> None:
    without_profile = unknown(profile=())
    silent = [seen(TODAY - timedelta(weeks=40), 3)]
    drawn = [
        belief_row(without_profile, name="COO", desired=None),
        belief_mini(without_profile, name="COO", desired=None),
        belief_ribbons(without_profile, silent, (), (), name="COO", desired=None, unknown_after_weeks=1),
    ]
    for svg in drawn:
        assert not {"c-now", "c-now-pale", "c-now-mid", "c-tri", "c-tri-open", "c-break"} & set(classes(svg))


def test_a_wide_and_a_narrow_drawing_stand_side_by_side_for_the_stylesheet_to_choose() -> None:
    assert on_both("<a/>", "<b/>") == '<div class="wide-only"><a/></div><div class="phone-only"><b/></div>'


def test_keys_are_silent_marks_with_words() -> None:
    for item in (*ladder_key(), *sightings_key()):
        assert root_of(item.mark).get("aria-hidden") == "true"
        assert item.said
    assert len(sightings_key()) == 5
