"""Signing in with the company's identity, against a provider that answers over HTTP."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from identity_provider import CLIENT, SECRET, Provider, running_provider

from fulcrum.config import environment
from fulcrum.core.errors import WrongUse
from fulcrum.records.actions import accounts
from fulcrum.records.models import Role, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any, tmp_path: Path) -> Iterator[Provider]:
    """A provider, and a desk that is set up for it by its environment."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    with running_provider() as running:
        settings.FULCRUM_OPEN = True
        settings.SOCIALACCOUNT_PROVIDERS = environment.oidc(
            {
                "FULCRUM_OIDC_ISSUER": running.issuer,
                "FULCRUM_OIDC_CLIENT": CLIENT,
                "FULCRUM_OIDC_SECRET_FILE": str(secret),
            }
        )
        yield running


def test_an_account_under_the_verified_address_signs_in(
    provider: Provider, client: Client, workspace: Workspace
) -> None:
    user = accounts.add_account(email="ana@northwind.example")
    accounts.place_in(user, slug="northwind", role=Role.VIEWER)
    assert "your company account" in client.get("/accounts/login/").content.decode()
    provider.person = {"sub": "1", "email": "Ana@Northwind.example", "email_verified": True}
    assert _come_back(client).status_code == 302
    assert client.get("/").url == "/w/northwind/"
    assert provider.refused == []


def test_whoever_was_not_added_is_told_so_and_gets_no_account(provider: Provider, client: Client) -> None:
    provider.person = {"sub": "2", "email": "eve@northwind.example", "email_verified": True}
    answer = _come_back(client)
    assert answer.status_code == 403
    assert "no account for you here" in answer.content.decode()
    assert client.get("/").url.startswith("/accounts/login/")


@pytest.mark.parametrize("said", [False, None, "false"])
def test_an_address_that_the_provider_did_not_verify_opens_nothing(
    provider: Provider, client: Client, said: object
) -> None:
    accounts.add_account(email="ana@northwind.example")
    provider.person = {"sub": "3", "email": "ana@northwind.example", "email_verified": said}
    assert _come_back(client).status_code == 403
    assert client.get("/").url.startswith("/accounts/login/")


def test_an_account_that_was_ended_does_not_come_back_by_its_identity(
    provider: Provider, client: Client
) -> None:
    user = accounts.add_account(email="ana@northwind.example")
    provider.person = {"sub": "4", "email": "ana@northwind.example", "email_verified": True}
    _come_back(client)
    assert client.get("/").status_code == 200
    accounts.end_account(user)
    fresh = Client()
    _come_back(fresh)
    assert fresh.get("/").url.startswith("/accounts/login/")


def test_an_answer_that_nobody_asked_for_is_refused(provider: Provider, client: Client) -> None:
    provider.person = {"sub": "5", "email": "ana@northwind.example", "email_verified": True}
    accounts.add_account(email="ana@northwind.example")
    client.get("/accounts/oidc/company/login/callback/?code=x&state=y")
    assert client.get("/").url.startswith("/accounts/login/")


def test_an_issuer_without_https_is_refused() -> None:
    with pytest.raises(WrongUse, match="https"):
        environment.oidc(
            {
                "FULCRUM_OIDC_ISSUER": "http://login.example",
                "FULCRUM_OIDC_CLIENT": "x",
                "FULCRUM_OIDC_SECRET_FILE": "x",
            }
        )


def _come_back(client: Client) -> Any:
    """Through the provider and back, as a browser would go."""
    begun = client.post("/accounts/oidc/company/login/")
    assert begun.status_code == 302, begun.content
    asked = urlsplit(begun.url)
    connection = http.client.HTTPConnection(asked.netloc)
    connection.request("GET", f"{asked.path}?{asked.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}")
