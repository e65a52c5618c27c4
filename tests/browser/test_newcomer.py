"""From an empty machine to a finished brief, with the mouse alone."""

import re

import pytest
from desk_in_browser import Desk
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
MAGIC = {"PDF": b"%PDF-", "Slides": b"PK\x03\x04", "Spreadsheet": b"PK\x03\x04", "Web page": b"<!"}


@pytest.fixture(scope="module")
def desk(serve) -> Desk:
    return serve()


def test_a_newcomer_opens_the_simulated_company_and_holds_a_brief(desk: Desk, page: Page) -> None:
    page.goto(desk / "/")
    page.get_by_role("button", name="Open the simulated company").click()
    page.wait_for_url(re.compile("/w/tidewater"), timeout=240_000)
    page.get_by_role("link", name="This week").click()
    expect(page.get_by_role("row", name=re.compile("Dana Whitfield"))).to_be_visible()
    expect(page.get_by_text("Simulated", exact=True)).to_be_visible()
    page.get_by_role("link", name="Briefs").click()
    page.locator(".briefs-list tbody th a").first.click()
    brief = page.frame_locator("iframe")
    expect(brief.get_by_role("heading", level=1)).to_be_visible()
    for words, magic in MAGIC.items():
        _laid_out(page, words)
        with page.expect_download() as waiting:
            page.get_by_role("link", name=words, exact=True).click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(magic) or content.lower().startswith(magic), words
        assert len(content) > 5_000, words
    assert "/briefs/" in page.url, "nothing of it left the page"


def _laid_out(page: Page, words: str) -> None:
    """Where a file is not at hand yet, it is asked for first."""
    wanted = page.get_by_role("button", name=words, exact=True)
    if wanted.count():
        back = page.url
        wanted.click()
        page.wait_for_url(back, timeout=120_000)


def test_what_was_seen_moves_the_belief(desk: Desk, page: Page) -> None:
    page.goto(desk / "/w/tidewater-broadband/executives/cio/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("no longer known")
    page.get_by_role("link", name="Record what I saw").first.click()
    page.get_by_text("Accountability", exact=True).click()
    page.locator(".of-accountability label").nth(1).click()
    expect(page.locator("#effect")).to_contain_text("becomes likelier")
    page.get_by_label("The fact, in one sentence").fill("Asked an owner for an action after a review.")
    page.get_by_role("button", name="Save observation").click()
    expect(page.get_by_role("status")).to_contain_text("Noted")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("no longer known")
    page.get_by_role("button", name=re.compile("Take back ?: Holds others accountable")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("no longer known")
