"""An observation from the pocket; the same without JavaScript; two editors with the same form open."""

import re

import pytest
from desk_in_browser import PHONE, TIDEWATER, Desk, NewContext
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
CIO = f"{TIDEWATER}/executives/cio/"


def heading(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("heading", level=1)


def test_an_observation_is_recorded_with_five_taps_on_a_phone(
    tidewater: Desk, new_context: NewContext
) -> None:
    page = new_context(**PHONE).new_page()
    page.goto(tidewater / CIO)
    expect(heading(page)).to_contain_text("no longer known")
    page.get_by_role("link", name="Record what I saw").first.tap()
    page.get_by_text("Accountability", exact=True).tap()
    page.locator(".of-accountability label").nth(1).tap()
    expect(page.locator("#effect")).to_contain_text("What this will do")
    page.get_by_label("The fact, in one sentence").tap()
    page.keyboard.type("Asked an owner for an action after a review.")
    assert no_scroll_aside(page)
    page.get_by_role("button", name="Save observation").tap()
    expect(page.get_by_role("status")).to_contain_text("Noted")
    expect(heading(page)).not_to_contain_text("no longer known")
    told = heading(page).inner_text()
    page.get_by_role("button", name=re.compile("Take back ?: Holds others accountable")).first.tap()
    expect(heading(page)).to_contain_text("no longer known")
    page.get_by_role("button", name=re.compile("Put back ?: Holds others accountable")).first.tap()
    expect(heading(page)).to_have_text(told)
    page.get_by_role("button", name=re.compile("Take back ?: Holds others accountable")).first.tap()
    expect(heading(page)).to_contain_text("no longer known")


def test_recording_and_asking_work_without_javascript(tidewater: Desk, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(tidewater / f"{CIO}record/")
    page.get_by_role("button", name="Save observation").click()
    expect(page.locator("#wrong-behaviour")).to_be_visible()
    page.get_by_text("Resources", exact=True).click()
    page.locator(".of-resources label").first.click()
    page.get_by_label("The fact, in one sentence").fill("Lent an analyst for a month.")
    page.get_by_role("button", name="Save observation").click()
    expect(page.get_by_role("status")).to_contain_text("Noted")
    page.get_by_role("button", name=re.compile("Take back ?:")).first.click()
    page.goto(tidewater / f"{CIO}ask/")
    page.get_by_label("Or in your own words").fill("Sit beside an agent on Tuesday.")
    page.get_by_role("button", name="Ask it").click()
    expect(page.get_by_role("status")).to_contain_text("on record")
    page.get_by_role("link", name="What became of it?").first.click()
    page.get_by_role("button", name=re.compile("Accepted")).click()
    expect(page.get_by_role("status")).to_contain_text("On record: accepted")
    page.get_by_role("button", name="Undo: back to asked").click()
    page.get_by_role("link", name="It was on another day").click()
    page.get_by_label("What became of it").select_option("declined")
    page.get_by_label("On which day").fill("2026-10-01")
    page.get_by_role("button", name="Save outcome").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("counts as evidence|Correct"))


def test_of_two_who_change_one_executive_nobody_loses_a_word(
    tidewater: Desk, new_context: NewContext
) -> None:
    first, second = (new_context().new_page() for _ in range(2))
    for page in (first, second):
        page.goto(tidewater / f"{CIO}change/")
    first.get_by_label("Area").fill("Networks and data")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("status")).to_contain_text("Saved")
    second.get_by_label("Area").fill("Information")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_contain_text("Somebody changed this")
    expect(second.locator("#wrong-area")).to_contain_text("Networks and data")
    expect(second.get_by_label("Area")).to_have_value("Information")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("status")).to_contain_text("Saved")
    first.goto(tidewater / f"{CIO}change/")
    expect(first.get_by_label("Area")).to_have_value("Information")


def test_of_two_who_change_one_goal_the_second_sees_what_the_first_wrote(
    tidewater: Desk, new_context: NewContext
) -> None:
    first, second = (new_context().new_page() for _ in range(2))
    goals = tidewater / f"{TIDEWATER}/executives/cmo/goals/"
    for page in (first, second):
        page.goto(goals)
        page.get_by_role("main").get_by_role("link", name=re.compile("Change")).first.click()
    first.get_by_label("It shall reach").fill("71 %")
    first.get_by_role("button", name="Save goal").click()
    expect(first.get_by_role("status")).to_contain_text("Saved")
    second.get_by_label("It shall reach").fill("72 %")
    second.get_by_role("button", name="Save goal").click()
    expect(second.locator("#wrong-target")).to_contain_text("71 %")
    second.get_by_role("button", name="Save goal").click()
    first.goto(goals)
    expect(first.get_by_role("main")).to_contain_text("72 %")


def no_scroll_aside(page: Page) -> bool:
    """Whether the page stays within its width."""
    wide, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return bool(wide <= shown)
