"""Digests and alerts: once, to whom they may go, at the hour they want, and without a name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fulcrum.records import notices, outbox
from fulcrum.records.access import Actor, Refused
from fulcrum.records.actions import file, members
from fulcrum.records.actions import notices as deeds
from fulcrum.records.models import Channel, Executive, Message, Reader, Role, Subscription, Told
from fulcrum.records.models.notices import MessageKind
from fulcrum.records.taking import Invalid

pytestmark = pytest.mark.django_db
SECRET = "Vera Vance"
HOOK = "https://hooks.slack.com/services/T000/B000/CANARYsecret"


@pytest.fixture
def mail(settings: Any, tmp_path: Path) -> Callable[[], list[EmailMessage]]:
    """Mail as files, as on a desk without a mail server; gives what was sent so far."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.FULCRUM_ADDRESS = "https://desk.example"

    def sent() -> list[EmailMessage]:
        parts = [
            part for one in sorted((tmp_path / "mail").glob("*")) for part in one.read_bytes().split(_LINE)
        ]
        return [message_from_bytes(part.strip(), policy=policy.default) for part in parts if part.strip()]

    return sent


_LINE = b"-" * 79


@pytest.fixture
def vera(editor: Actor) -> Executive:
    """An executive of whom the editor may see everything."""
    return known(editor, "vera", SECRET)


def known(actor: Actor, key: str, name: str = "") -> Executive:
    """An executive whose file is open to the actor."""
    found = Executive.objects.create(
        workspace=actor.workspace, key=key, name=name or key, role="COO", is_sponsor=True
    )
    Reader.objects.create(executive=found, member=actor.member)
    return found


def late_ask(actor: Actor, of: Executive) -> Any:
    today = actor.workspace.today
    return file.put_ask(
        actor, of, step="Sit with a caller", asked_on=today - timedelta(days=9), due=today - timedelta(days=2)
    )


def by_mail(actor: Actor, *, digest: bool = True, alerts: bool = False) -> Subscription:
    deeds.set_channel(actor, "email", wants_digest=digest, wants_alerts=alerts)
    return Subscription.objects.get(member=actor.member)


def fall_due(one: Subscription, ago: timedelta = timedelta()) -> None:
    Subscription.objects.filter(pk=one.pk).update(next_digest_at=timezone.now() - ago)


def send_all() -> int:
    count = 0
    while notices.send_next("w"):
        count += 1
    return count


def look_again() -> None:
    Subscription.objects.exclude(looked_at=None).update(looked_at=timezone.now() - notices.LOOK_EVERY)
    notices.plan()


def test_a_digest_says_how_much_is_due_and_names_nobody(editor: Actor, vera: Executive, mail: Any) -> None:
    late_ask(editor, vera)
    fall_due(by_mail(editor))
    notices.plan()
    assert send_all() == 1
    (found,) = mail()
    text, html = (found.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert "1 ask is past its day" in part
        assert "https://desk.example/w/northwind/due/" in part
    whole = f"{found}{text}{html}"
    assert not [name for name in (SECRET, "vera", "Sit with a caller") if name.casefold() in whole.casefold()]
    assert found["To"] == editor.member.user.email
    assert Message.objects.get().state == "sent"


def test_a_digest_comes_once_a_week_however_often_it_is_planned(editor: Actor, mail: Any) -> None:
    one = by_mail(editor)
    for _ in range(3):
        fall_due(one)
        notices.plan()
        send_all()
    assert len(mail()) == 1
    fall_due(one, -timedelta(days=7))  # not yet
    notices.plan()
    assert send_all() == 0


def test_a_digest_that_is_late_by_days_is_left_out(editor: Actor, mail: Any) -> None:
    one = by_mail(editor)
    fall_due(one, timedelta(days=20))
    notices.plan()
    assert send_all() == 0
    one.refresh_from_db()
    assert one.next_digest_at is not None
    assert one.next_digest_at > timezone.now()


def test_an_alert_comes_once_for_each_occasion(editor: Actor, vera: Executive, mail: Any) -> None:
    late_ask(editor, vera)
    by_mail(editor, digest=False, alerts=True)
    notices.plan()
    assert send_all() == 0, "what stood when alerts were turned on is no news"
    late_ask(editor, known(editor, "omar"))
    for _ in range(3):
        look_again()
        send_all()
    assert len(mail()) == 1
    late_ask(editor, known(editor, "ines"))
    look_again()
    send_all()
    assert len(mail()) == 2
    assert Told.objects.count() == 3


def test_a_crash_while_planning_loses_no_occasion(
    editor: Actor, vera: Executive, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_mail(editor, digest=False, alerts=True)
    notices.plan()
    late_ask(editor, vera)
    with monkeypatch.context() as fault:
        fault.setattr(outbox, "put", lambda *_, **__: 1 / 0)
        look_again()
    assert (Told.objects.count(), Message.objects.count()) == (0, 0), "told and put are one"
    look_again()
    assert send_all() == 1
    assert len(mail()) == 1


def test_what_was_settled_before_an_alert_could_leave_is_not_told(
    editor: Actor, vera: Executive, mail: Any
) -> None:
    by_mail(editor, digest=False, alerts=True)
    notices.plan()
    ask = late_ask(editor, vera)
    look_again()
    file.close_ask(editor, ask, seen_version=ask.version, status="done", closed_on=editor.workspace.today)
    send_all()
    assert mail() == []
    assert Message.objects.get().state == "dropped"


def test_what_its_reader_may_see_is_decided_when_it_leaves(editor: Actor, vera: Executive, mail: Any) -> None:
    late_ask(editor, vera)
    fall_due(by_mail(editor))
    notices.plan()
    Reader.objects.all().delete()
    send_all()
    (found,) = mail()
    assert "past its day" not in found.get_body(("plain",)).get_content()


def test_who_left_gets_nothing_that_waits(owner: Actor, editor: Actor, mail: Any) -> None:
    fall_due(by_mail(editor))
    notices.plan()
    members.end_membership(owner, editor.member)
    assert send_all() == 0
    assert mail() == []
    assert Subscription.objects.count() == 0


def test_an_executive_gets_no_notices(owner: Actor, editor: Actor, vera: Executive, mail: Any) -> None:
    fall_due(by_mail(editor))
    notices.plan()
    members.link_member_to_executive(owner, editor.member, executive=vera)
    assert send_all() == 0
    with pytest.raises(Refused):
        by_mail(editor)


def test_nothing_is_sent_in_quiet_hours(editor: Actor, mail: Any) -> None:
    one = by_mail(editor)
    here = timezone.now().astimezone(notices.zone_of(one))
    around = {
        "quiet_from": (here - timedelta(hours=1)).time(),
        "quiet_until": (here + timedelta(hours=2)).time(),
    }
    Subscription.objects.filter(pk=one.pk).update(**around)
    fall_due(one)
    notices.plan()
    send_all()
    message = Message.objects.get()
    assert (message.state, message.attempts, mail()) == ("waiting", 0, [])
    ahead = message.next_try_at - timezone.now()
    assert timedelta(hours=1, minutes=58) < ahead <= timedelta(hours=2)
    deeds.send_test(editor, "email")
    assert send_all() == 1, "a test message does not wait"


def test_a_failed_message_is_tried_on_schedule_and_then_given_up(
    editor: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    fall_due(by_mail(editor))
    notices.plan()
    waits = []
    for _ in outbox.TRIES:
        send_all()
        message = Message.objects.get()
        assert message.state == "waiting"
        waits.append(round((message.next_try_at - timezone.now()) / timedelta(minutes=1)))
        Message.objects.update(next_try_at=timezone.now())
    assert waits == [1, 5, 30, 120, 360, 720]
    send_all()
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("given up", 7)
    assert "mail server" in Channel.objects.get().failed


def test_a_message_that_grew_old_is_dropped(editor: Actor, mail: Any) -> None:
    fall_due(by_mail(editor))
    notices.plan()
    Message.objects.update(queued_at=timezone.now() - timedelta(days=3, minutes=1))
    send_all()
    assert (Message.objects.get().state, mail()) == ("dropped", [])


def test_mail_ends_by_one_click_without_signing_in(
    client: Any, editor: Actor, settings: Any, mail: Any
) -> None:
    settings.FULCRUM_OPEN = True
    fall_due(by_mail(editor))
    notices.plan()
    send_all()
    (found,) = mail()
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(found["List-Unsubscribe"]).replace("\n", "").replace(" ", "").strip("<>")
    path = address.removeprefix("https://desk.example")
    assert client.get(path).status_code == 200
    assert Channel.objects.get().wants_digest, "a program that follows links ends nothing"
    asked = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert asked.status_code == 200
    channel = Channel.objects.get()
    assert (channel.wants_digest, channel.wants_alerts) == (False, False)
    assert client.post("/n/not-a-token/").status_code == 404


def test_the_message_id_is_the_same_for_the_same_occasion(editor: Actor, settings: Any) -> None:
    settings.FULCRUM_ADDRESS = "https://desk.example"
    channel = by_mail(editor).channels.get()
    now = timezone.now()
    assert outbox.put(channel, MessageKind.DIGEST, "digest:2026-W48", at=now)
    assert not outbox.put(channel, MessageKind.DIGEST, "digest:2026-W48", at=now)
    first = Message.objects.get().message_id
    assert first.endswith("@desk.example>")
    Message.objects.all().delete()  # as after a backup that was made before
    outbox.put(channel, MessageKind.DIGEST, "digest:2026-W48", at=now)
    assert Message.objects.get().message_id == first


def test_two_senders_never_hold_one_message(editor: Actor, mail: Any) -> None:
    fall_due(by_mail(editor))
    notices.plan()
    first = outbox.claim("a")
    assert first is not None
    assert outbox.claim("b") is None
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = outbox.claim("b")
    assert second is not None
    assert not outbox.sent(first), "who lost the lease marks nothing"
    assert outbox.sent(second)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("digest_at", "25:00"),
        ("digest_at", ""),
        ("weekday", "Someday"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../etc/passwd"),
        ("quiet_until", ""),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_field(editor: Actor, field: str, said: str) -> None:
    good = {"weekday": "Monday", "digest_at": "08:00", "time_zone": "Europe/Berlin", "quiet_from": "20:00"}
    with pytest.raises(Invalid) as wrong:
        deeds.set_times(editor, seen_version=0, **good | {"quiet_until": "07:00"} | {field: said})
    assert field in wrong.value.fields


def test_the_digest_comes_by_the_members_own_clock(editor: Actor) -> None:
    by_mail(editor)
    given = {"weekday": "Sunday", "digest_at": "02:30", "time_zone": "Europe/Berlin"}
    deeds.set_times(editor, seen_version=0, **given)
    one = Subscription.objects.get()
    assert one.digest_at == time(2, 30)
    gap = notices.next_digest(one, datetime(2026, 3, 28, tzinfo=UTC))
    assert gap == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = notices.next_digest(one, datetime(2026, 10, 24, tzinfo=UTC))
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert notices.next_digest(one, twice) == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)


def test_a_webhook_is_a_secret(editor: Actor, client: Any) -> None:
    deeds.set_channel(editor, "slack", address=HOOK, wants_digest=True, wants_alerts=False)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, stop_token FROM records_channel")
        assert "CANARYsecret" not in str(cursor.fetchall())
    client.force_login(editor.member.user, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("notices/", "notices/slack/", "audit/"):
        shown = client.get(f"/w/northwind/settings/{page}")
        assert shown.status_code == 200
        assert b"CANARYsecret" not in shown.content
    assert b"hooks.slack.com" in client.get("/w/northwind/settings/notices/").content


def test_a_renewed_key_seals_the_webhooks_too(editor: Actor) -> None:
    from fulcrum.records.actions.keys import renew
    from fulcrum.records.tables import sealed_text

    deeds.set_channel(editor, "slack", address=HOOK, wants_digest=True, wants_alerts=False)
    before = sealed_text()
    assert renew() == 1
    assert sealed_text() != before
    assert Channel.objects.get().address == HOOK


def test_the_calendar_opens_by_its_secret_alone(
    client: Any, owner: Actor, editor: Actor, vera: Executive, settings: Any
) -> None:
    settings.FULCRUM_OPEN = True
    today = editor.workspace.today
    file.put_ask(editor, vera, step="Call a customer", asked_on=today, due=date(2030, 1, 2))
    token = deeds.make_calendar(editor)
    found = client.get(f"/n/calendar/{token}.ics")
    assert found["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20300102" in found.content
    assert not [name for name in (b"Vera", b"vera", b"Call a customer") if name in found.content]
    assert client.get(f"/n/calendar/{token}.ics").content == found.content, "the same ids and the same bytes"
    members.link_member_to_executive(owner, editor.member, executive=vera)
    assert client.get(f"/n/calendar/{token}.ics").status_code == 404, "an executive has none"
    members.link_member_to_executive(owner, editor.member, executive=None)
    token = deeds.make_calendar(editor)
    newer = deeds.make_calendar(editor)
    assert client.get(f"/n/calendar/{token}.ics").status_code == 404
    deeds.end_calendar(editor)
    assert client.get(f"/n/calendar/{newer}.ics").status_code == 404
    last = deeds.make_calendar(editor)
    members.end_membership(owner, editor.member)
    assert client.get(f"/n/calendar/{last}.ics").status_code == 404
    assert client.get("/n/calendar/.ics").status_code == 404


def test_an_address_inside_the_network_is_refused_when_it_is_entered(editor: Actor) -> None:
    for address in (
        "http://hooks.slack.com/x",
        "https://127.0.0.1/x",
        "https://hooks.slack.com.evil.example/x",
    ):
        with pytest.raises(Invalid):
            deeds.set_channel(editor, "slack", address=address, wants_digest=True, wants_alerts=False)
    assert Channel.objects.count() == 0


def test_a_host_that_the_operator_names_is_taken(editor: Actor, settings: Any) -> None:
    settings.FULCRUM_WEBHOOK_HOSTS, settings.FULCRUM_WEBHOOK_INSIDE = (
        ("*.Hooks.example",),
        ("Chat.Corp:8443",),
    )
    for address in ("https://a.hooks.example/x", "https://chat.corp:8443/hooks/x"):
        deeds.set_channel(editor, "slack", address=address, wants_digest=True, wants_alerts=False)
    with pytest.raises(Invalid):
        deeds.set_channel(
            editor, "slack", address="https://chat.corp/x", wants_digest=True, wants_alerts=False
        )


def test_another_role_reads_its_own_notices_only(joined: Callable[..., Actor], editor: Actor) -> None:
    by_mail(editor)
    viewer = joined("vic", Role.VIEWER)
    with pytest.raises(Exception, match="nothing here"):
        deeds.send_test(viewer, "email")
    by_mail(viewer)
    assert Subscription.objects.count() == 2
