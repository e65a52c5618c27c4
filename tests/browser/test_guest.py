"""A guest with a link sees one brief and nothing else; a desk for a team asks who comes."""

import re
import subprocess
from pathlib import Path

import pytest
from desk_in_browser import PHONE, TIDEWATER, Desk, NewContext, Serve
from forms_on import links_in
from playwright.sync_api import Page, expect
from visitor import Visitor

from desk_fixtures import Home

pytestmark = pytest.mark.slow
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def team(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk for a team: the simulated company, an owner and an editor with accounts."""
    home = Home(tmp_path_factory.mktemp("team"))
    folder = tmp_path_factory.mktemp("made") / "company"
    home.script(
        "from pathlib import Path\n"
        "from fulcrum import workflow\n"
        "from fulcrum.records import tables\n"
        "tables.bring_up_to_date()\n"
        "from fulcrum.records.actions import accounts\n"
        "from fulcrum.records.actions.folder_in import import_folder\n"
        "olga = accounts.add_account(email='olga@tidewater.example', name='Olga')\n"
        f"accounts.give_password(olga, {PASSWORD!r})\n"
        f"folder = Path({str(folder)!r})\n"
        "workflow.simulate(folder, customers=3000)\n"
        "import_folder(olga, folder)\n"
    )
    home.environ |= _certificate(tmp_path_factory.mktemp("certificate"))
    return serve("--open-to", "127.0.0.1", home=home)


def signed_in(desk: Desk, page: Page) -> Page:
    page.goto(desk / "/")
    page.get_by_label(re.compile("E-?mail")).fill("olga@tidewater.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/w/|all"))
    return page


def test_a_desk_for_a_team_asks_who_comes_and_works_over_it(team: Desk, page: Page) -> None:
    page.goto(team / f"{TIDEWATER}/executives/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    signed_in(team, page)
    page.get_by_role("link", name="Executives").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("on the list")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(team / f"{TIDEWATER}/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_a_guest_sees_the_brief_and_nothing_else_until_the_link_is_closed(
    team: Desk, page: Page, new_context: NewContext
) -> None:
    signed_in(team, page)
    _kept_for_the_board(team, page)
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="The link").input_value()
    guest = new_context(**PHONE).new_page()
    guest.goto(link)
    expect(guest.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    assert guest.get_by_role("navigation", name="Main").count() == 0
    token = link.removeprefix(team.address).rstrip("/")
    assert all(to.startswith(token) for to in links_in(guest.content(), token + "/"))
    for address in ("", "executives/", "evidence/", "briefs/", "settings/", "library/"):
        guest.goto(team / f"{TIDEWATER}/{address}")
        expect(guest).to_have_url(re.compile("/accounts/login/"))
    page.get_by_role("button", name="Close it now").click()
    expect(page.get_by_role("status")).to_contain_text("The link is closed")
    answer = guest.goto(link)
    assert answer is not None
    assert answer.status == 404
    assert Visitor(team.address).get(f"{token}/file/pdf/").status_code == 404


def test_a_link_ends_by_itself(team: Desk, page: Page, new_context: NewContext) -> None:
    signed_in(team, page)
    page.goto(team / f"{TIDEWATER}/briefs/")
    page.locator(".briefs-list tbody th a").first.click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="The link").input_value()
    team.home.script(
        "from fulcrum.records.models import ShareLink\n"
        "from django.utils import timezone\n"
        "ShareLink.objects.update(expires_at=timezone.now())\n"
    )
    guest = new_context().new_page()
    answer = guest.goto(link)
    assert answer is not None
    assert answer.status == 404
    expect(guest.locator("iframe")).to_have_count(0)


def _certificate(folder: Path) -> dict[str, str]:
    certificate, key = folder / "desk.pem", folder / "desk.key"
    how = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
    subprocess.run(["openssl", *how, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return {"FULCRUM_CERT_FILE": str(certificate), "FULCRUM_CERT_KEY_FILE": str(key)}


def _kept_for_the_board(desk: Desk, page: Page) -> None:
    page.goto(desk / f"{TIDEWATER}/briefs/make/?for=board")
    page.get_by_role("button", name="Show what would leave").click()
    page.wait_for_url(re.compile("/look/"), timeout=180_000)
    page.get_by_role("button", name="Keep this brief").click()
    page.wait_for_url(re.compile(r"/briefs/\d+/"))
