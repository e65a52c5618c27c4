"""What somebody wants to be told, when, and by which way; for themselves alone."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from fulcrum.records import notices, webhook
from fulcrum.records.access import Act, Actor, NotThere, Refused
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import Audit, Channel, Subscription
from fulcrum.records.models.notices import ChannelKind
from fulcrum.records.taking import Invalid

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_EXECUTIVE = (
    "Notices go to the team that works with the executives. You are one of them here, so you get none."
)


def set_times(
    actor: Actor,
    *,
    seen_version: int,
    weekday: str,
    digest_at: str,
    time_zone: str,
    quiet_from: str = "",
    quiet_until: str = "",
) -> None:
    """On which day and at which time the digest comes, by whose clock, and when nothing does."""
    wrong: dict[str, str] = {}
    at, start, end = (
        _time(name, said, wrong)
        for name, said in (("digest_at", digest_at), ("quiet_from", quiet_from), ("quiet_until", quiet_until))
    )
    if at is None and "digest_at" not in wrong:
        wrong["digest_at"] = "Say at which time. Write it like 08:00."
    if weekday not in WEEKDAYS:
        wrong["weekday"] = "Choose a day of the week."
    if not _is_zone(time_zone):
        wrong["time_zone"] = "There is no such time zone. Write it like Europe/Berlin."
    if (start is None) != (end is None) and not wrong:
        wrong["quiet_until"] = "Quiet hours need a beginning and an end, or neither."
    if wrong or at is None:
        raise Invalid(wrong)
    with _own(actor, "notices.times", "Changed when notices come.") as one:
        change(
            one,
            seen_version or one.version,
            weekday=WEEKDAYS.index(weekday),
            digest_at=at,
            time_zone=time_zone,
            quiet_from=start,
            quiet_until=end,
        )
        _plan_anew(one)


def set_channel(
    actor: Actor, kind: str, *, address: str = "", wants_digest: bool, wants_alerts: bool
) -> Channel:
    """A way to be told, and what comes by it. An empty address leaves the one that is there."""
    if kind not in ChannelKind.values:
        raise NotThere
    where = _address_of(actor, kind, address.strip())
    with _own(actor, "notices.channel", f"Changed what comes by {_called(kind)}.") as one:
        row = Channel.objects.filter(subscription=one, kind=kind).first()
        if row is None and not where:
            raise Invalid({"address": "Say where to: the address of the webhook, as it was given."})
        if row is None:
            token = secrets.token_urlsafe(32)
            row = Channel(subscription=one, kind=kind, stop_token=token, stop_sha256=hashed(token))
        starts = wants_alerts and not one.channels.filter(wants_alerts=True).exists()
        row.address, row.failed = where or row.address, ""
        row.wants_digest, row.wants_alerts = wants_digest, wants_alerts
        row.version += 1
        row.save()
        if starts:
            Subscription.objects.filter(pk=one.pk).update(looked_at=None)
        _plan_anew(one)
    return row


def end_channel(actor: Actor, kind: str) -> None:
    """Nothing comes by it any more; its address is forgotten."""
    with _own(actor, "notices.channel", f"Ended notices by {_called(kind)}.") as one:
        Channel.objects.filter(subscription=one, kind=kind).delete()


def send_test(actor: Actor, kind: str) -> bool:
    """A test message by one way, now; False where one was asked for within the minute."""
    with _own(actor, "notices.test", f"Asked for a test message by {_called(kind)}.") as one:
        row = Channel.objects.filter(subscription=one, kind=kind).first()
        if row is None:
            raise NotThere
        return notices.put_test(row)


def make_calendar(actor: Actor) -> str:
    """The secret of a calendar that programs may fetch; told only here. An earlier one ends."""
    token = secrets.token_urlsafe(32)
    with _own(actor, "notices.calendar", "Made an address for their calendar.") as one:
        Subscription.objects.filter(pk=one.pk).update(calendar_sha256=hashed(token))
    return token


def end_calendar(actor: Actor) -> None:
    """The address of the calendar leads nowhere any more."""
    with _own(actor, "notices.calendar", "Ended the address of their calendar.") as one:
        Subscription.objects.filter(pk=one.pk).update(calendar_sha256="")


def stop(token: str) -> bool:
    """No more mail, by the link in it and without signing in; whether the link was one of ours."""
    row = Channel.objects.select_related("subscription__member").filter(stop_sha256=hashed(token)).first()
    if row is None:
        return False
    if row.wants_digest or row.wants_alerts:
        Channel.objects.filter(pk=row.pk).update(wants_digest=False, wants_alerts=False)
        member = row.subscription.member
        said = f"{member.name} ended notices by the link in a mail."
        Audit.objects.create(
            workspace_id=member.workspace_id, member=member, action="notices.stop", said=said
        )
    return True


def hashed(token: str) -> str:
    """By which a token is found; the token itself is not kept."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@contextmanager
def _own(actor: Actor, action: str, said: str) -> Iterator[Subscription]:
    """The actor's own subscription, made where there is none; refused for executives."""
    with deed(actor, Act.READ, action, said):
        if not notices.may_be_told(actor.member):
            raise Refused(_NO_EXECUTIVE)
        one, _ = Subscription.objects.get_or_create(
            member=actor.member, defaults={"time_zone": settings.TIME_ZONE}
        )
        yield one


def _plan_anew(one: Subscription) -> None:
    """The next digest by what is set now; none where no channel wants it."""
    one.refresh_from_db()
    wanted = one.channels.filter(wants_digest=True).exists()
    at = notices.next_digest(one, timezone.now()) if wanted else None
    Subscription.objects.filter(pk=one.pk).update(next_digest_at=at)


def _address_of(actor: Actor, kind: str, entered: str) -> str:
    """Where to, checked; for mail the account's own address, which nobody can point elsewhere."""
    if kind == ChannelKind.EMAIL:
        return actor.member.user.email or _mail_address(entered)
    if not entered:
        return ""
    try:
        webhook.checked(entered, notices.reach())
    except webhook.Forbidden as error:
        raise Invalid({"address": str(error)}) from None
    return entered


def _mail_address(entered: str) -> str:
    if not entered:
        return ""
    try:
        validate_email(entered)
    except ValidationError:
        raise Invalid({"address": "This is no e-mail address."}) from None
    return entered


def _called(kind: str) -> str:
    return ChannelKind(kind).label if kind in ChannelKind.values else "an unknown way"


def _time(name: str, said: str, wrong: dict[str, str]) -> time | None:
    if not said.strip():
        return None
    try:
        return time.fromisoformat(said.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        wrong[name] = "This is no time of day. Write it like 08:00."
        return None


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
