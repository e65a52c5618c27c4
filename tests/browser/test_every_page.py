"""Every page that an owner can open: for every eye, at every width, by keyboard, and quiet on the console."""

import re
from collections.abc import Iterator

import pytest
from access_world import routes
from axe_playwright_python.sync_playwright import Axe
from desk_in_browser import PATIENCE, TIDEWATER, Desk, NewContext
from django.urls import resolve
from forms_on import Walk
from playwright.sync_api import Page, expect
from visitor import Visitor

from fulcrum.web.middleware import policy_of

pytestmark = pytest.mark.slow
WIDE, PHONE = (1280, 900), (390, 844)
LOOKS = ((WIDE, "light"), (PHONE, "dark"))  # of every page; the main pages are looked at crossed over too
CROSSED = ((WIDE, "dark"), (PHONE, "light"))
FILES = re.compile(r"\.csv$|\.ics$|spreadsheet/$|/file/|/download/$|/health/$|/backups/.+$")
MAIN = (
    "",
    "executives/",
    "executives/cmo/",
    "executives/cmo/record/",
    "evidence/",
    "evidence/mapping/",
    "briefs/",
    "library/",
)


@pytest.fixture(scope="module")
def walk(tidewater: Desk) -> Walk:
    """Every page of the desk, with a private note and a link that were made."""
    visitor = Visitor(tidewater.address)
    cmo = f"{TIDEWATER}/executives/cmo/"
    assert visitor.send(f"{cmo}private/write/", note="For myself alone.").status_code == 302
    asked = visitor.send(f"{TIDEWATER}/evidence/problems/", f"{TIDEWATER}/evidence/read/")
    job = asked.headers["Location"]
    board = f"{TIDEWATER}/executives/?view=board"
    typed_in = (
        "briefs/look/board/",
        "executives/cmo/change/",
        "executives/cmo/move/",
        "executives/coo/step/",
    )
    asked_for = (f"{TIDEWATER}/{one}" for one in (*typed_in, "settings/notices/times/"))
    places = (f"{TIDEWATER}/", f"{TIDEWATER}/executives/", board, cmo, job, *asked_for)
    return Walk(visitor, "/?all", *places)


@pytest.fixture(scope="module")
def addresses(walk: Walk) -> list[str]:
    return [address for address in walk.pages.values() if not FILES.search(address.partition("?")[0])]


def test_the_walk_opens_nearly_every_route_of_a_workspace(walk: Walk) -> None:
    expected = {
        resolve(re.sub(r"\{\w+\}", "1", address)).url_name
        for address, _, view in routes()
        if address.startswith("/w/") and policy_of(view).reads is not None
    }
    missing = expected - {name.partition(":")[0] for name in walk.pages}
    assert len(missing) <= 10, " ".join(sorted(missing))


def test_no_page_has_a_serious_fault_in_light_or_dark_on_desk_or_phone(
    tidewater: Desk, addresses: list[str], new_context: NewContext
) -> None:
    page = new_context().new_page()
    shut_in = new_context(bypass_csp=True).new_page()  # a brief's own page runs no script, axe's neither
    faults = [
        fault
        for address in addresses
        for fault in _looked_at(shut_in if "document.html" in address else page, tidewater, address)
    ]
    assert not faults, "\n".join(faults)


def test_text_at_twice_its_size_loses_nothing_on_the_main_pages(
    tidewater: Desk, new_context: NewContext
) -> None:
    page = new_context(viewport={"width": 640, "height": 450}).new_page()
    for address in MAIN:
        page.goto(tidewater / f"{TIDEWATER}/{address}")
        assert _beyond(page) <= 0, address
        assert page.evaluate(CLIPPED) == [], address


def test_the_skip_link_comes_first_and_leads_to_the_content(tidewater: Desk, page: Page) -> None:
    page.goto(tidewater / f"{TIDEWATER}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


@pytest.mark.parametrize("address", ["executives/cmo/record/", "evidence/mapping/", "case"])
def test_tab_reaches_every_control_and_shows_where_it_is(tidewater: Desk, page: Page, address: str) -> None:
    page.goto(tidewater / f"{TIDEWATER}/{address if address != 'case' else 'evidence/programme/'}")
    if address == "case":
        page.get_by_role("link", name="Its case").first.click()
    wanted = set(page.evaluate(CONTROLS))
    reached, seen = set(), set()  # a date has several stops, of which one shows it from outside
    for _ in range(2 * len(wanted) + 60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or not wanted - reached:
            break
        reached.add(at["name"])
        if at["seen"]:
            seen.add(at["name"])
    assert wanted - reached == set()
    assert reached - seen == set()


def test_escape_closes_the_trace_and_gives_the_focus_back(tidewater: Desk, page: Page) -> None:
    page.goto(tidewater / f"{TIDEWATER}/evidence/")
    figure = page.locator("td.v a").nth(3)
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#trace.is-open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#trace.is-open")).to_have_count(0)
    expect(figure).to_be_focused()


CONTROLS = """() => {
  const kinds = ["input:not([type=hidden])", "select", "textarea", "button", "summary"];
  const every = document.querySelectorAll(kinds.map((one) => "main " + one).join());
  return [...every]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
    .filter((one) => one.type !== "radio" || one.checked)
    .map((one, place) => one.dataset.seenAs = one.tagName + place);
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const near = [one, one.nextElementSibling, one.closest("label"), one.parentElement];
  const seen = near.some((each) => {
    if (!each) return false;
    const style = getComputedStyle(each);
    const isLined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return isLined || style.boxShadow !== "none";
  });
  return {name: one.dataset.seenAs ?? "", seen};
}"""
CLIPPED = """() => [...document.querySelectorAll("main :is(h1, h2, p, label, button, a.btn)")]
  .filter((one) => one.checkVisibility() && !one.closest(".vh, .scroll, details"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 90))"""


def _looked_at(page: Page, desk: Desk, address: str) -> Iterator[str]:
    answer = page.goto(desk / address, timeout=PATIENCE)
    if answer is None or answer.status >= 400:
        yield f"{address}: {answer and answer.status}"
        return
    is_main = address.removeprefix(f"{TIDEWATER}/") in MAIN
    for (width, height), scheme in (*LOOKS, *(CROSSED if is_main else ())):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if (beyond := _beyond(page)) > 0:
            yield f"{address} at {width}: {beyond} px beyond the edge"
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                where = fault["nodes"][0]["html"][:120]
                yield f"{address} at {width}, {scheme}: {fault['id']} ({len(fault['nodes'])}) {where}"


def _beyond(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
