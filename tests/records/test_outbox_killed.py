"""A sender that is killed a hundred times between sending and marking: nothing is missing."""

import json
import re
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from certificates import certificate_in, speaking_tls
from smtp_sink import SmtpSink

from desk_fixtures import Home

pytestmark = pytest.mark.slow
SENDER = Path(__file__).with_name("sender.py")
MESSAGES, KILLS, IN_A_ROW = 26, 100, 4
POINTS = ("before", "taken", "acknowledged", "taken")

MAKE = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
from django.utils import timezone
from fulcrum.records.access import Actor
from fulcrum.records.actions.notices import set_channel
from fulcrum.records.models import Member, Subscription, Workspace
from fulcrum.records.notices import plan
place = Workspace.objects.create(slug="northwind", name="Northwind", currency="EUR")
for number in range({MESSAGES}):
    user = get_user_model().objects.create(username=str(number), email=f"m{{number}}@x.example")
    member = Member.objects.create(workspace=place, user=user, name=f"M{{number}}", role="viewer")
    set_channel(Actor(member=member), "email", wants_digest=True, wants_alerts=False)
Subscription.objects.update(next_digest_at=timezone.now())
plan()
"""
TOLD = """
import json
from fulcrum.records.models import Message
print(json.dumps(list(Message.objects.values_list("message_id", "state", "attempts"))))
"""


def test_a_hundred_kills_lose_no_message_and_double_only_what_was_not_marked(
    home: Home, tmp_path: Path
) -> None:
    home.script(MAKE)
    senders: list[int] = []
    killed: list[str] = []

    def point(number: int) -> str:
        """Four kills in a row, then one mail that passes; a hundred kills in all."""
        if len(killed) >= KILLS or number % (IN_A_ROW + 1) == IN_A_ROW:
            return ""
        killed.append(POINTS[len(killed) % len(POINTS)])
        return killed[-1]

    cert, key = certificate_in(tmp_path)
    with SmtpSink(speaking_tls(cert, key), point, lambda: senders[-1]) as sink:
        environ = {"FULCRUM_MAIL_URL": f"smtps://127.0.0.1:{sink.port}", "SSL_CERT_FILE": str(cert)}
        running = home.start(sys.executable, SENDER, **environ)
        assert running.stdout is not None
        for line in running.stdout:
            senders.append(int(line))
        assert running.wait(timeout=60) == 0
    told = json.loads(home.script(TOLD))
    copies = Counter(re.findall(r"^Message-ID: (<[^>]+>)", "\n".join(sink.mails), re.MULTILINE))
    window = Counter(sink.killed)
    print(f"{len(sink.killed)} kills {dict(window)}, {len(sink.mails)} copies of {len(told)} messages")
    assert len(sink.killed) == KILLS
    assert {state for _, state, _ in told} == {"sent"}
    assert set(copies) == {message_id for message_id, _, _ in told}, "each arrived, under its own Message-ID"
    extra = len(sink.mails) - MESSAGES
    assert window["taken"] <= extra <= window["taken"] + window["acknowledged"], "doubles in the window alone"
    assert threading.active_count() < 10
