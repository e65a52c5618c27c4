"""What no database can hold is asked for in vain: the answer is the same as for what is not there."""

import pytest
from django.test import Client

from fulcrum.records.access import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("key", ["%00", "a%00b", "a" * 3_000])
def test_an_address_that_no_database_holds_is_not_there(owner: Actor, key: str) -> None:
    browser = Client()
    browser.force_login(owner.member.user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/w/northwind/executives/nobody/").status_code == 404
    assert browser.get(f"/w/northwind/executives/{key}/").status_code == 404
