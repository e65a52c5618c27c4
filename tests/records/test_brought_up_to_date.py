"""A desk of an earlier version, brought up to date: what is there stays, and stands as it would today."""

import json

import pytest

from desk_fixtures import Home

pytestmark = pytest.mark.slow
ANSWERS = """
import json
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from fulcrum.records.actions.workspace import start_workspace
from fulcrum.records.models import PulseAnswer
def lie():
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM records_pulseanswer ORDER BY id")
        return [said for said, in cursor.fetchall()]
call_command("migrate", verbosity=0)
user = get_user_model().objects.create_user("local")
place = start_workspace(user, name="Northwind", industry="retail", currency="EUR").workspace
told = {"who_leads": "ceo", "in_own_words": "Nobody asks *us*, \\u00e7a va", "empty": ""}
for question, answer in told.items():
    PulseAnswer.objects.create(
        workspace=place, respondent="cfo", date="2026-03-09", question=question, answer=answer
    )
call_command("migrate", "records", "0002", verbosity=0)
earlier = lie()
call_command("migrate", verbosity=0)
read = list(PulseAnswer.objects.order_by("id").values_list("answer", flat=True))
print(json.dumps({"earlier": earlier, "now": lie(), "read": read}))
"""


def test_answers_that_lay_open_are_sealed(home: Home) -> None:
    found = json.loads(home.script(ANSWERS))
    assert found["earlier"] == ["ceo", "Nobody asks *us*, ça va", ""]
    assert found["read"] == found["earlier"]
    assert [len(said) > 80 for said in found["now"]] == [True, True, False]
    assert not set(found["earlier"][:2]) & set(found["now"])
