"""A pulse from the desk to a phone and back: opened, answered by a link, closed, and seen as totals."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_in_browser import PHONE, TIDEWATER, Desk, NewContext
from playwright.sync_api import Page, expect
from visitor import Visitor

pytestmark = pytest.mark.slow
SHEET = {
    "who_leads": "ceo",
    "rank_1": "cost",
    "rank_2": "customers",
    "customers_would_recommend_0_10": "9",
    "where_we_stand_1_5": "4",
}


def test_a_pulse_is_opened_answered_on_a_phone_and_seen_as_totals(
    tidewater: Desk, page: Page, new_context: NewContext
) -> None:
    page.goto(tidewater / f"{TIDEWATER}/alignment/")
    page.get_by_role("link", name="Pulses").click()
    page.get_by_role("link", name="Open a pulse").click()
    page.get_by_role("button", name="Open it and make the links").click()
    links = [one.input_value() for one in page.locator("input[id^=made-]").all()]
    assert len(links) == 6

    guest = new_context(**PHONE, java_script_enabled=False).new_page()
    answer_by_keyboard(guest, links[0])
    for link in links[1:]:
        Visitor(tidewater.address).send(link, **SHEET)
    page.goto(tidewater / f"{TIDEWATER}/alignment/")
    expect(page.get_by_role("status")).to_contain_text("A pulse is open until")
    page.get_by_role("link", name="See who has answered").click()
    expect(page.locator(".deck")).to_contain_text("6 of 6 answered")
    page.get_by_role("button", name="Close it now").click()
    page.goto(tidewater / f"{TIDEWATER}/alignment/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("five of five colleagues say so too")
    expect(page.get_by_role("img", name="Who leads customer experience")).to_be_visible()
    guest.goto(links[0])
    expect(guest.get_by_role("heading", level=1)).to_have_text("This pulse is over.")


def answer_by_keyboard(guest: Page, link: str) -> None:
    """Without script and without a mouse; a gap in the ranking is told, and mended."""
    guest.goto(link)
    assert guest.evaluate("document.documentElement.scrollWidth") <= 390
    guest.get_by_label("Who leads customer experience here?").press_sequentially("Ines")
    guest.get_by_label("First").press_sequentially("customers")
    guest.get_by_label("Third").press_sequentially("cost")
    guest.locator("input[name=customers_would_recommend_0_10][value='8']").press("Space")
    guest.get_by_role("button", name="Send").press("Enter")
    expect(guest.get_by_label("Second")).to_be_focused()
    expect(guest.get_by_text("Fill place 2.")).to_be_visible()
    guest.get_by_label("Second").press_sequentially("growth")
    guest.get_by_role("button", name="Send").press("Enter")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Your answers are kept.")


def test_the_form_has_no_serious_fault_in_light_or_dark(
    tidewater: Desk, page: Page, new_context: NewContext
) -> None:
    page.goto(tidewater / f"{TIDEWATER}/alignment/pulses/open/")
    page.get_by_role("button", name="Open it and make the links").click()
    link = page.locator("#made-1").input_value()
    for scheme in ("light", "dark"):
        guest = new_context(**PHONE, color_scheme=scheme, bypass_csp=True).new_page()
        guest.goto(link)
        found = Axe().run(guest).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
