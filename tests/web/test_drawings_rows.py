"""One belief on one beam: where things stand on it can be checked by hand."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from drawn_sample import SHARES, THEN, TODAY, belief, classes, of_class, points_of, root_of, said, unknown

from fulcrum.core.judgement import WeekOfBelief
from fulcrum.core.people import Level
from fulcrum.web.drawings.rows import belief_header, belief_mini, belief_row, earlier_of, highest_share
from fulcrum.web.drawings.words import moved_since, weeks_ago

LEADING = Level.LEADING_OWN_AREA


def row(**changes) -> str:
    given = {"name": "COO", "desired": LEADING, "earlier": earlier_of(belief()), "highest": 0.65}
    return belief_row(changes.pop("belief", belief()), **(given | changes))


def test_a_column_is_as_high_as_its_probability_and_the_likeliest_reaches_the_top() -> None:
    columns = {round(float(one.get("x"))): one for one in of_class(row(), "c-now")}
    participating, leading = columns[248], columns[329]
    assert float(participating.get("height")) == pytest.approx(56.5)
    assert float(leading.get("height")) == pytest.approx(56.5 * 0.19 / 0.65, abs=0.06)
    assert float(participating.get("y")) + float(participating.get("height")) == pytest.approx(60)


def test_the_likely_levels_are_dark_and_the_rest_pale() -> None:
    assert len(of_class(row(), "c-now")) == 2
    assert len(of_class(row(), "c-now-pale")) == 3  # the level without probability has no column


def test_the_filled_triangle_stands_at_the_balance_point_and_the_open_one_where_it_was() -> None:
    tip = points_of(of_class(row(), "c-tri")[0])[0]
    assert tip[0] == pytest.approx(40.5 + 81 * 3.05, abs=0.06)
    then = sum(level * share for level, share in enumerate(THEN))
    assert points_of(of_class(row(), "c-tri-open")[0])[0][0] == pytest.approx(40.5 + 81 * then, abs=0.06)


def test_a_move_too_small_to_see_has_no_second_triangle() -> None:
    earlier = WeekOfBelief(week_ending=earlier_of(belief()).week_ending, shares=SHARES)
    assert "c-tri-open" not in classes(row(earlier=earlier))


def test_the_diamond_stands_under_the_desired_level() -> None:
    assert points_of(of_class(row(), "c-want")[0])[0][0] == pytest.approx(40.5 + 81 * 4, abs=0.06)


def test_the_diamond_steps_down_where_it_would_hide_behind_the_triangle() -> None:
    apart = points_of(of_class(row(), "c-want")[0])[0][1]
    close = points_of(of_class(row(desired=Level.PARTICIPATING), "c-want")[0])[0][1]
    assert close > apart


def test_dashes_mark_the_level_of_twelve_weeks_ago() -> None:
    heights = {points_of(one)[0][1] for one in of_class(row(highest=1.0), "c-then")}
    assert pytest.approx(min(heights), abs=0.06) == 60 - 56.5 * 0.53


@pytest.mark.parametrize("is_narrow", [False, True])
def test_unknown_draws_dashed_outlines_without_triangle_or_filled_mass(is_narrow) -> None:
    drawn = classes(row(belief=unknown(), is_narrow=is_narrow))
    assert "c-unknown" in drawn
    assert not {"c-tri", "c-tri-open", "c-now", "c-now-pale", "c-then", "c-gap"} & set(drawn)
    assert "c-want" in drawn
    assert "Unknown. Nothing was seen for 26 weeks" in said(row(belief=unknown()))


def test_the_small_one_keeps_the_same_promises() -> None:
    drawn = classes(belief_mini(unknown(), name="COO", desired=None))
    assert set(drawn) == {"chart", "c-unknown", "c-beam"}
    assert root_of(belief_mini(belief(), name="COO", desired=LEADING)).get("viewBox") == "0 0 180 36"


def test_the_sentence_says_every_number_with_the_digits_of_the_house() -> None:
    assert said(row()) == (
        "COO: Endorsing 14 %, Participating 65 %, Leading own area 19 %; balance point 3.1, "
        "twelve weeks ago 2.2. Desired: Leading own area."
    )


def test_certainty_is_never_claimed() -> None:
    sure = belief(shares=(0.0, 0.0, 0.0, 0.001, 0.001, 0.998))
    assert "Driving one company over 99 %" in said(row(belief=sure))


def test_a_share_above_the_scale_of_the_page_stays_within_the_row() -> None:
    tall = row(highest=0.3)
    assert min(float(one.get("y")) for one in of_class(tall, "c-now")) >= 0


def test_the_phone_gets_a_row_of_its_own_on_the_same_grid() -> None:
    narrow = row(is_narrow=True)
    assert root_of(narrow).get("viewBox") == "0 0 358 68"
    assert len(of_class(narrow, "c-grid")) == len(of_class(row(), "c-grid")) == 7


def test_the_header_names_six_levels_in_six_equal_columns() -> None:
    assert len(re.findall("<span>", belief_header())) == 6
    assert 'class="rungs-head"' in belief_header()
    assert "Leading own area" in belief_header()


def test_there_is_nothing_to_compare_with_where_one_of_the_days_is_unknown() -> None:
    assert earlier_of(unknown()) is None
    assert earlier_of(belief(weeks=5)) is None
    week = earlier_of(belief())
    assert week is not None
    assert (belief().as_of - week.week_ending).days in range(84, 91)


def test_the_move_in_words_is_the_one_that_is_drawn() -> None:
    assert moved_since(belief(), earlier_of(belief())) == "+0.9 levels"
    assert moved_since(belief(), None) == ""
    assert moved_since(unknown(), earlier_of(belief())) == ""


@pytest.mark.parametrize("days", range(84, 91))
def test_any_week_end_twelve_weeks_back_is_called_twelve_weeks_ago(days) -> None:
    assert weeks_ago(TODAY - timedelta(days=days), TODAY) == "twelve weeks ago"


def test_all_rows_of_a_page_share_the_highest_share_now_or_then() -> None:
    assert highest_share([belief(), unknown()]) == 0.65
    assert highest_share([]) == 1.0
    assert highest_share([replace(belief(), shares=(1 / 6,) * 6)]) == 0.53


def test_a_name_cannot_bring_a_script() -> None:
    for svg in (row(name="<script>"), belief_mini(belief(), name='"><script>', desired=None)):
        assert "<script" not in svg
        assert root_of(svg).get("role") == "img"


def test_a_row_takes_less_than_two_milliseconds() -> None:
    made, earlier = belief(), earlier_of(belief())
    spans = []
    for _ in range(30):
        start = time.perf_counter()
        belief_row(made, name="COO", desired=LEADING, earlier=earlier)
        spans.append(time.perf_counter() - start)
    assert min(spans) < 0.002
