"""Which story for whom: consent first, then none that they had, then area, goals and day."""

from dataclasses import replace
from datetime import date
from inspect import signature
from typing import Any

import pytest

from fulcrum.core.company import ApprovedStory, Company, Consent, Move
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Goal
from fulcrum.core.story_choice import common_words, stories_for

DAY = date(2026, 11, 16)
COO = Executive(id="coo", name="Dana", role="COO", area="field service")
CEO = Executive(id="ceo", name="Ines", role="CEO")


def story(id: str, **told: Any) -> ApprovedStory:
    usual = {"quote": f"Words of {id}", "approved_by": "CX lead", "approved_on": date(2026, 11, 3)}
    return ApprovedStory(**{"id": id, "consent": Consent.AGREED, **usual, **told})


def company(*stories: ApprovedStory, **told: Any) -> Company:
    usual: dict[str, Any] = {"name": "Acme", "industry": "retail", "currency": "EUR", "as_of": DAY}
    return Company(**usual, executives=(COO, CEO), stories=stories, **told)


def order(*stories: ApprovedStory, whom: Executive | None = COO, **told: Any) -> list[str]:
    had = told.pop("had", ())
    return [fit.story.id for fit in stories_for(whom, company(*stories, **told), told=had)]


def test_a_story_of_their_area_comes_before_one_of_their_goals_before_a_newer_one() -> None:
    goal = Goal(executive="coo", goal="Fewer repeat visits")
    found = order(
        story("new", approved_on=DAY),
        story("goal", quote="The third visit, and nothing held."),
        story("area", touchpoint="field"),
        goals=(goal,),
    )
    assert found == ["area", "goal", "new"]


def test_what_they_had_comes_last_whether_a_brief_or_a_move_told_it() -> None:
    move = Move(id="m", executive="coo", lever=Lever.EMPATHY, date=DAY, note="read moved aloud")
    stories = (story("kept", area="field"), story("moved", area="field"), story("left"))
    assert order(*stories, moves=(move,), had=("kept",)) == ["left", "kept", "moved"]
    assert order(*stories, moves=(replace(move, executive="ceo"),)) == ["kept", "moved", "left"]


@pytest.mark.parametrize(
    ("consent", "reaches"),
    [
        (Consent.AGREED, (True, True)),
        (Consent.BY_TERMS, (True, False)),
        (None, (True, False)),
        (Consent.NOT_ASKED, (False, False)),
    ],
)
def test_consent_says_which_briefs_a_story_reaches(
    consent: Consent | None, reaches: tuple[bool, bool]
) -> None:
    one = story("one", consent=consent)
    assert (bool(order(one)), bool(order(one, whom=None))) == reaches


def test_a_story_approved_tomorrow_is_not_there_today() -> None:
    assert order(story("later", approved_on=date(2026, 11, 17))) == []


def test_nothing_that_is_believed_of_anybody_can_enter_the_choice() -> None:
    assert set(signature(stories_for).parameters) == {"executive", "company", "metrics", "told"}
    seen = company(story("a"), story("b", area="field"))
    assert stories_for(COO, seen) == stories_for(COO, replace(seen, observations=(), reactions=()))


def test_words_are_alike_where_one_begins_the_other_and_common_words_say_nothing() -> None:
    assert common_words(["The bills", "customers"], ["billing for customers"]) == ()
    assert common_words(["bill"], ["billing"]) == ("bill",)
    assert common_words(["their customers"], ["customers"]) == ()
