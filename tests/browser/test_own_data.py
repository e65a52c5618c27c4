"""A marketplace brings its own exports: mapped, read, refused where they carry no number, briefed."""

import re
import sys
from pathlib import Path

import pytest
from desk_in_browser import Desk, Serve
from playwright.sync_api import Page, expect

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
    page.get_by_text(re.compile("Its first")).first.click()
    expect(page.get_by_role("region", name=re.compile("First rows")).first).to_be_visible()
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


def test_a_case_that_rests_on_no_money_says_so_and_goes_into_a_brief_as_a_refusal(
    desk: Desk, page: Page
) -> None:
    page.goto(desk / f"{SLUG}/evidence/programme/")
    page.get_by_role("link", name="Its case").click()
    expect(page.get_by_role("main")).to_contain_text("This case holds no number yet")
    page.goto(desk / f"{SLUG}/briefs/make/")
    page.get_by_role("radio", name=re.compile("Renata")).check()
    page.get_by_role("button", name="Show what would leave").click()
    done(page, "/briefs/look/")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_role("status")).to_contain_text("Kept as it was shown")
