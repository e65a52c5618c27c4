"""A marketplace brings its own exports: from the upload to a case that was moved by hand, and a brief."""

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, NewContext, Serve

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))
from journey_folders import ORDERS

pytestmark = [pytest.mark.slow, pytest.mark.shared_data]
EXPORTS = ("order_reviews", "orders", "order_items", "customers")
SLUG = "/w/mercado-sul"
LONG = 240_000  # a job on a machine with other work


@pytest.fixture(scope="module")
def desk(serve: Serve) -> Desk:
    return serve()


def done(page: Page, to: str) -> None:
    """The job that was asked for leads on by itself."""
    page.wait_for_url(re.compile(to), timeout=LONG)


def test_a_company_is_begun_with_its_executive(desk: Desk, page: Page) -> None:
    page.goto(desk / "/")
    page.get_by_role("link", name="Begin", exact=True).click()
    page.get_by_label("Company").fill("Mercado Sul")
    page.get_by_label("Industry").fill("retail")
    page.get_by_label("Currency").fill("BRL")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Name").fill("Renata Siqueira")
    page.get_by_label("Role").fill("COO")
    page.get_by_label("Area").fill("logistics")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("status")).to_contain_text("on the list")
    page.goto(desk / f"{SLUG}/settings/facts/")
    page.get_by_label("Look from this day").fill("2018-10-31")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")


def test_exports_are_brought_mapped_by_form_and_by_text_and_read(
    desk: Desk, page: Page, shared_data: Path
) -> None:
    page.goto(desk / f"{SLUG}/evidence/data/")
    files = [shared_data / "olist" / f"olist_{name}_dataset.csv" for name in EXPORTS]
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Bring them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("4 exports")
    page.get_by_role("link", name="Say what the columns are").click()
    page.get_by_role("button", name="Propose one from the exports").click()
    done(page, "/mapping/$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A draft")
    expect(page.get_by_role("region", name=re.compile("First rows")).first).to_be_attached()
    page.get_by_label("Currency").fill("BRL")
    page.get_by_role("button", name="Keep as draft").click()
    page.get_by_role("link", name="Edit it as text instead").click()
    page.get_by_label("mapping.toml").fill(ORDERS.replace('currency = "BRL"', 'currency = "Real"'))
    page.get_by_role("button", name="Check and save").click()
    expect(page.get_by_role("alert").first).to_contain_text("does not count yet")
    page.goto(desk / f"{SLUG}/evidence/mapping/?as=text")
    page.get_by_label("mapping.toml").fill(ORDERS)
    page.get_by_role("button", name="Check and save").click()
    done(page, r"/evidence/(problems/|mapping/)?$")
    page.goto(desk / f"{SLUG}/evidence/")
    expect(page.get_by_role("main")).to_contain_text("Findings")
    page.goto(desk / f"{SLUG}/evidence/problems/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing")


def test_an_initiative_is_stated_and_its_case_stands_beside_what_is_refused(desk: Desk, page: Page) -> None:
    page.goto(desk / f"{SLUG}/evidence/programme/add/")
    said = {
        "What you want to do": "On-time delivery",
        "One-off cost": "60000",
        "Running cost, a year": "25000",
        "Horizon in years": "2",
        "Customers reached": "6500",
        "Share of them moved": "0.2",
        "Comparison": "late_delivery",
    }
    for label, text in said.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name=re.compile("State|Save")).click()
    page.get_by_role("button", name="Read the data").click()
    done(page, "/evidence/")
    page.goto(desk / f"{SLUG}/evidence/")
    expect(page.locator("tr.refused").first).to_be_visible()
    page.locator("td.v a").first.click()
    expect(page.locator("#trace")).to_contain_text("olist_order_reviews_dataset.csv")


@pytest.mark.parametrize("is_scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_assumption_is_moved_and_every_figure_follows(
    desk: Desk, new_context: NewContext, is_scripted: bool
) -> None:
    page = new_context(java_script_enabled=is_scripted).new_page()
    open_case(desk, page)
    slider = page.locator("#assumptions input[type=range]").first
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


def test_a_moved_assumption_is_saved_and_goes_into_a_brief(desk: Desk, page: Page) -> None:
    open_case(desk, page)
    slider = page.get_by_label(re.compile("Customers reached"))
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(page.locator("#follows")).to_contain_text("not saved")
    page.get_by_role("button", name="Save").click()
    done(page, "/evidence/case/")
    page.goto(desk / f"{SLUG}/evidence/programme/")
    expect(page.get_by_role("main")).not_to_contain_text("6,500 customers")
    page.goto(desk / f"{SLUG}/briefs/make/")
    page.get_by_role("radio", name=re.compile("Renata")).check()
    page.get_by_role("button", name="Show what would leave").click()
    done(page, "/briefs/look/")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_role("status")).to_contain_text("Kept as it was shown")


def open_case(desk: Desk, page: Page) -> None:
    page.goto(desk / f"{SLUG}/evidence/programme/")
    page.get_by_role("link", name="Its case").click()
