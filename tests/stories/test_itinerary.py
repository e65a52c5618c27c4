"""Half an hour of listening: minutes that sum, open questions, and nobody's name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulcrum.briefing.itinerary import compose_itinerary
from fulcrum.briefing.to_html import to_html
from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.itinerary import Itinerary
from fulcrum.core.people import Executive
from fulcrum.core.stories import FoundStories, Moment
from fulcrum.playbook.load import load_playbook
from fulcrum.stories.itinerary import itinerary_for, shared_out
from stories.stories_made import planted, themes_of

COO = Executive(id="coo", name="Dana", role="COO", area="repair visit")
STORY = ApprovedStory(
    id="a",
    quote="Three visits <b>and</b> nobody knew.",
    touchpoint="repair visit",
    approved_by="CX",
    approved_on=date(2026, 11, 3),
)
COMPANY = Company(
    name="Acme", industry="x", currency="EUR", as_of=date(2026, 11, 16), executives=(COO,), stories=(STORY,)
)


@pytest.fixture(scope="module")
def found() -> FoundStories:
    return themes_of(planted(900)[0])


def made(found: FoundStories, company: Company = COMPANY, minutes: int = 30) -> Itinerary:
    return itinerary_for(COO, company, found, load_playbook().listening, minutes=minutes)


@settings(deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(8, 240))
def test_minutes_are_whole_sum_and_keep_the_order_of_sizes(parts: list[int], whole: int) -> None:
    shares = shared_out(parts, whole)
    assert sum(shares) == whole
    assert min(shares) >= 1
    assert all(shares[i] >= shares[j] for i, a in enumerate(parts) for j, b in enumerate(parts) if a > b)


def test_half_an_hour_is_about_their_area_and_sums(found: FoundStories) -> None:
    plan = made(found)
    assert plan.about == "“repair visit”"
    assert sum(stop.minutes for stop in plan.stops) == plan.minutes == 30
    assert [stop.way for stop in plan.stops] == ["read", "sit", "call", "write down"]
    assert plan.stops[0].stories == (STORY,)
    assert "1 in" in plan.stops[0].why
    assert not plan.missing


def test_without_an_approved_story_nothing_is_read_and_the_rest_fills_the_time(found: FoundStories) -> None:
    plan = made(found, replace(COMPANY, stories=()))
    assert [stop.way for stop in plan.stops] == ["sit", "call", "write down"]
    assert sum(stop.minutes for stop in plan.stops) == 30
    assert "approved" in plan.missing[0].needs


def test_without_themes_one_still_listens(found: FoundStories) -> None:
    plan = made(replace(found, themes=()))
    assert sum(stop.minutes for stop in plan.stops) == 30
    assert plan.about == "whatever comes"


def test_a_theme_of_those_who_left_is_followed_to_one_who_left(found: FoundStories) -> None:
    gone = Moment(days=20, what="left")
    theme = next(one for one in found.themes if one.touchpoints[0] == "repair visit" and not one.is_praise)
    told = replace(theme.stories[0], journey=(*theme.stories[0].journey, gone))
    weighed = replace(theme, stories=(told, *theme.stories[1:]), share=theme.share, among_leavers=theme.score)
    plan = made(replace(found, themes=(weighed,)))
    (call,) = [stop for stop in plan.stops if stop.way == "call"]
    assert "who left" in call.title
    assert call.for_team == (told.comment,)


def test_the_sheet_holds_no_answer_and_no_markup_of_a_customer(found: FoundStories) -> None:
    plan = made(found)
    team = [answer for stop in plan.stops for answer in stop.for_team]
    page = to_html(compose_itinerary(plan, COO, COMPANY, ()))
    assert team
    said = page.decode() if isinstance(page, bytes) else page
    assert not any(answer in said for answer in team)
    assert "<b>and</b>" not in said
    assert "&lt;b&gt;and" in said
