"""The case under the reader's hand: moved with and without JavaScript, saved, and printed in a brief."""

import re

import pytest
from desk_in_browser import TIDEWATER, Desk, NewContext
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
LONG = 240_000  # a job on a machine with other work


@pytest.mark.parametrize("is_scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_assumption_is_moved_and_every_figure_follows(
    tidewater: Desk, new_context: NewContext, is_scripted: bool
) -> None:
    page = new_context(java_script_enabled=is_scripted).new_page()
    open_case(tidewater, page)
    slider = page.get_by_role("slider", name=re.compile("Causal share"))
    before = page.locator("#follows").inner_text()
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    if not is_scripted:
        page.get_by_role("button", name="Apply").click()
    expect(page.locator("#follows")).to_contain_text("moved by hand, not saved")
    assert page.locator("#follows").inner_text() != before
    page.get_by_role("link", name="Reset").click()
    expect(page.locator("#follows")).not_to_contain_text("moved by hand")
    assert page.locator("#follows").inner_text() == before


def test_of_two_who_state_one_case_the_second_keeps_their_moves(
    tidewater: Desk, new_context: NewContext
) -> None:
    first, second = (new_context().new_page() for _ in range(2))
    for page in (first, second):
        open_case(tidewater, page)
    first.get_by_role("slider", name=re.compile("Customers reached")).press("ArrowRight")
    expect(first.locator("#follows")).to_contain_text("not saved")
    first.get_by_role("button", name="Save").click()
    first.wait_for_url(re.compile("/jobs/|/case/"), timeout=LONG)
    second.get_by_role("slider", name=re.compile("Customers reached")).press("ArrowLeft")
    expect(second.locator("#follows")).to_contain_text("not saved")
    second.get_by_role("button", name="Save").click()
    expect(second.locator("ul.said")).to_contain_text("Save again to keep yours")
    expect(second.locator("#follows")).to_contain_text("not saved")


def test_a_brief_is_made_without_javascript(tidewater: Desk, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(tidewater / f"{TIDEWATER}/briefs/make/")
    page.get_by_role("radio", name=re.compile("Dana Whitfield")).check()
    as_read = page.get_by_role("radio", name=re.compile("Take them as they were read"))
    if as_read.count():
        as_read.check()
    page.get_by_role("button", name="Show what would leave").click()
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_role("status")).to_contain_text("Kept as it was shown")


def open_case(desk: Desk, page: Page) -> None:
    page.goto(desk / f"{TIDEWATER}/evidence/programme/")
    page.get_by_role("link", name="Its case").first.click()
