"""From the comments to an executive's brief, in a browser: found, masked, consented, used, taken back."""

import re

import pytest
from desk_in_browser import Desk, NewContext, Serve
from playwright.sync_api import Page, expect
from stories_desk import write_exports

from desk_fixtures import Home

pytestmark = pytest.mark.slow
SLUG = "/w/northwind"
LONG = 120_000  # a job on a machine with other work


@pytest.fixture(scope="module")
def desk(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A company of few comments, taken over from its folder before the desk opens."""
    folder = tmp_path_factory.mktemp("northwind")
    facts = 'name = "Northwind"\nindustry = "telecom"\ncurrency = "EUR"\nas_of = 2026-03-09\n'
    (folder / "company.toml").write_text(facts, encoding="utf-8")
    people = "id,name,role,area\ncoo,Dana Whitfield,COO,repair visit\n"
    (folder / "executives.csv").write_text(people, encoding="utf-8")
    write_exports(folder / "data")
    home = Home(tmp_path_factory.mktemp("home"))
    made = home.command("import", folder)
    assert made.returncode == 0, made.stderr
    return serve(home=home)


def heading(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("heading", level=1)


def test_a_story_is_found_masked_consented_used_and_taken_back(desk: Desk, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(desk / f"{SLUG}/stories/")
    page.get_by_role("button", name="Find stories").click()
    page.wait_for_url(re.compile("/stories/$"), timeout=LONG)
    expect(heading(page)).to_contain_text("themes in")
    address = _first_proposal(page, desk)

    plain = new_context(java_script_enabled=False).new_page()  # approval needs no script
    plain.goto(address)
    words = plain.get_by_label("The words that may be shown")
    said = words.input_value()
    words.fill(f"{said} I will sue you.")
    plain.get_by_label("The customer was asked and agreed").check()
    plain.get_by_label("I have read it whole").check()
    plain.get_by_role("button", name="Approve this story").click()
    expect(plain.locator("#wrong-quote")).to_contain_text("not what the customer wrote")
    shorter = f"{' '.join(said.split()[:6])} […]"
    words.fill(shorter)
    plain.get_by_role("button", name="Approve this story").click()
    expect(plain.get_by_role("status")).to_contain_text("Approved")
    expect(plain.get_by_role("main")).to_contain_text(shorter)

    page.goto(desk / f"{SLUG}/stories/for/coo/")
    expect(page.get_by_role("main")).to_contain_text("Half an hour with customers")
    page.goto(desk / f"{SLUG}/briefs/make/")
    page.get_by_role("radio", name=re.compile("Dana")).check()
    page.get_by_role("button", name="Show what would leave").click()
    page.wait_for_url(re.compile("/briefs/look/"), timeout=LONG)
    expect(page.frame_locator("iframe").get_by_text(shorter).first).to_be_visible()
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_role("status")).to_contain_text("Kept as it was shown")
    page.goto(desk / f"{SLUG}/stories/approved/")
    expect(page.get_by_role("link", name=re.compile("Dana Whitfield"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Take back")).click()
    expect(heading(page)).to_contain_text("No story is approved")
    page.get_by_role("button", name=re.compile("Put back")).click()
    expect(heading(page)).to_contain_text("1 approved story")


def _first_proposal(page: Page, desk: Desk) -> str:
    """The address of the first proposal of the first theme about repairs."""
    page.get_by_role("link", name=re.compile("engineer|repair|line|ticket")).first.click()
    link = page.get_by_role("link", name=re.compile("Read and approve story")).first
    return f"{desk.address}{link.get_attribute('href')}"
