"""Signing in to a desk that others reach: passwords, second step, ends, and nothing inline."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from fulcrum.records.access import Actor
from fulcrum.records.actions import accounts, members
from fulcrum.records.models import Role, Workspace

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def open_desk(settings: Any) -> Iterator[None]:
    """A desk that is open to a team."""
    settings.FULCRUM_OPEN = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ana(workspace: Workspace) -> Any:
    """Somebody with an account and a place."""
    user = accounts.add_account(email="Ana@Northwind.example", name="Ana")
    accounts.give_password(user, PASSWORD)
    accounts.place_in(user, slug=workspace.slug, role=Role.EDITOR)
    return user


def test_somebody_with_an_account_signs_in_by_address_whatever_its_case(ana: Any, client: Client) -> None:
    assert client.get("/").status_code == 302
    answer = _sign_in(client, "ANA@northwind.example")
    assert answer.status_code == 302
    assert client.get("/").url == "/w/northwind/"


def test_a_wrong_password_says_so_and_not_whether_the_account_exists(ana: Any, client: Client) -> None:
    known = _sign_in(client, "ana@northwind.example", "wrong wrong wrong")
    unknown = _sign_in(client, "nobody@northwind.example", "wrong wrong wrong")
    told = [re.findall(r'role="alert".*?</div>', page.content.decode(), re.S) for page in (known, unknown)]
    assert told[0] == told[1] != []


def test_guessing_is_stopped(ana: Any, client: Client) -> None:
    for _ in range(6):
        answer = _sign_in(client, "ana@northwind.example", "wrong wrong wrong")
    assert "Too many" in answer.content.decode()
    assert _sign_in(client, "ana@northwind.example").status_code == 200, "even the right one waits"


def test_nobody_signs_themselves_up(client: Client) -> None:
    page = client.get("/accounts/signup/")
    assert "Nobody signs themselves up" in page.content.decode()
    client.post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD})
    assert _sign_in(client, "x@y.example").status_code == 200


def test_a_member_who_is_let_go_loses_the_workspace_with_the_next_request(
    ana: Any, owner: Actor, client: Client
) -> None:
    _sign_in(client, "ana@northwind.example")
    assert client.get("/w/northwind/settings/").status_code == 200
    members.end_membership(owner, ana.memberships.get())
    assert client.get("/w/northwind/settings/").status_code == 404


def test_an_account_that_is_ended_is_signed_out_everywhere_at_once(
    ana: Any, owner: Actor, client: Client
) -> None:
    _sign_in(client, "ana@northwind.example")
    accounts.end_account(ana)
    answer = client.get("/w/northwind/settings/")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    assert _sign_in(client, "ana@northwind.example").status_code == 200
    assert client.get("/").status_code == 302


def test_a_fragment_that_is_asked_for_after_the_end_leads_the_whole_page_to_the_sign_in(
    ana: Any, client: Client
) -> None:
    where = "/w/northwind/settings/"
    assert client.get(where).url == f"/accounts/login/?next={where}"
    fragment = client.get(where, headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/accounts/login/?next=/"
    assert client.post(where + "facts/").url == "/accounts/login/?next=/"


def test_a_new_password_ends_the_other_sessions(ana: Any, client: Client) -> None:
    other = Client()
    _sign_in(client, "ana@northwind.example")
    _sign_in(other, "ana@northwind.example")
    new = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert client.get("/").url == "/w/northwind/"
    assert other.get("/").url.startswith("/accounts/login/")


def test_a_short_or_common_password_is_refused(ana: Any) -> None:
    for bad in ("short", "password1234", "ana@northwind.example"):
        with pytest.raises(accounts.WrongUse):
            accounts.give_password(ana, bad)


def test_the_reset_link_goes_to_a_file_and_works_once(
    ana: Any, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    page = client.post("/accounts/password/reset/", {"email": "ana@northwind.example"}, follow=True)
    assert "writes it into its data folder" in page.content.decode()
    mail = next(tmp_path.iterdir()).read_text()
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail)
    assert link is not None
    form = client.get(link[1], follow=True)
    where = form.redirect_chain[-1][0]
    new = {"password1": "another long one", "password2": "another long one"}
    assert client.post(where, new).status_code == 302
    assert _sign_in(Client(), "ana@northwind.example", "another long one").status_code == 302
    again = Client().get(link[1], follow=True).content.decode()
    assert "password1" not in again


def test_no_mail_goes_to_an_address_without_an_account(client: Client, mailoutbox: list[Any]) -> None:
    client.post("/accounts/password/reset/", {"email": "nobody@northwind.example"})
    assert mailoutbox == []


def test_the_second_step_is_asked_for_and_a_recovery_code_works_once(ana: Any, client: Client) -> None:
    _sign_in(client, "ana@northwind.example")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    done = client.post("/accounts/2fa/totp/activate/", {"code": _code(secret[1])}, follow=True)
    codes = re.findall(r"<li><code>(\w+)</code></li>", done.content.decode())
    assert len(codes) == 10
    other = Client()
    assert _sign_in(other, "ana@northwind.example").url.startswith("/accounts/2fa/authenticate/")
    assert other.get("/").url.startswith("/accounts/login/"), "the password alone is not enough"
    assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert other.get("/").url == "/w/northwind/"
    third = Client()
    _sign_in(third, "ana@northwind.example")
    assert third.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def test_nobody_changes_the_address_under_which_they_are_known(ana: Any, client: Client) -> None:
    _sign_in(client, "ana@northwind.example")
    for sent in (
        {"action_add": "", "email": "boss@northwind.example"},
        {"action_primary": "", "email": "boss@northwind.example"},
        {"email": "boss@northwind.example"},
    ):
        assert client.post("/accounts/email/", sent).status_code == 405
    ana.refresh_from_db()
    assert ana.email == "ana@northwind.example"
    assert not EmailAddress.objects.filter(email__startswith="boss").exists()


def test_pages_of_accounts_hold_nothing_inline_and_nothing_from_elsewhere(ana: Any, client: Client) -> None:
    entrance = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
    inside = ["logout/", "password/change/", "reauthenticate/", "email/", "2fa/", "2fa/totp/activate/"]
    pages = {where: client.get(f"/accounts/{where}", follow=True) for where in entrance}
    _sign_in(client, "ana@northwind.example")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    pages |= {where: client.get(f"/accounts/{where}") for where in inside}
    for where, page in pages.items():
        text = page.content.decode()
        assert page.status_code == 200, where
        assert 'class="masthead"' in text, f"{where} is not in the look of the desk"
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text), where
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), where
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_desk_that_is_open_signs_nobody_in_by_itself(client: Client, workspace: Workspace) -> None:
    assert client.get("/").url.startswith("/accounts/login/")


def test_on_this_machine_alone_nobody_signs_in(client: Client, settings: Any) -> None:
    settings.FULCRUM_OPEN = False
    assert client.get("/").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get("/").url.startswith("/accounts/login/")
    forwarded = Client(headers={"X-Forwarded-For": "192.0.2.7"})
    assert forwarded.get("/").url.startswith("/accounts/login/")


def test_who_used_the_desk_without_signing_in_keeps_what_they_wrote(
    client: Client, settings: Any, workspace: Workspace
) -> None:
    settings.FULCRUM_OPEN = False
    client.get("/")
    local = client.get("/").wsgi_request.user
    place = accounts.Member.objects.create(workspace=workspace, user=local, name="You", role=Role.OWNER)
    user = accounts.add_account(email="me@northwind.example", was_local=True)
    place.refresh_from_db()
    assert place.name == "me@northwind.example"
    assert user.pk == local.pk
    accounts.give_password(user, PASSWORD)
    settings.FULCRUM_OPEN = True
    assert _sign_in(Client(), "me@northwind.example").status_code == 302


def test_the_last_owner_cannot_be_ended(owner: Actor, joined: Callable[..., Actor]) -> None:
    with pytest.raises(accounts.WrongUse, match="only owner"):
        accounts.end_account(owner.member.user)
    joined("otto", Role.OWNER)
    accounts.end_account(owner.member.user)
    owner.member.refresh_from_db()
    assert not owner.member.is_active


def _sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
