"""Notices: when a digest or an alert falls due for a member, and how it leaves.

Planning only puts messages into the outbox (`outbox.py`), once for each occasion; what a message says is
decided when it leaves, by what its reader may see then. Executives get none, nor does who has left.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from fulcrum.core.cadence import NudgeKind
from fulcrum.core.local_time import QuietHours, next_weekly, quiet_until
from fulcrum.records import outbox, webhook
from fulcrum.records.access import Act, Actor, files_open_to
from fulcrum.records.models import Channel, Member, Message, Subscription, Told
from fulcrum.records.models.notices import ChannelKind, MessageKind
from fulcrum.records.notice_words import Notice, as_html, as_slack, as_teams, as_text, notice_of
from fulcrum.records.queries.due import due_for
from fulcrum.records.upkeep import keep_up

ALERTS = frozenset(NudgeKind) - {NudgeKind.ASK_DUE, NudgeKind.WHAT_DID_YOU_SEE}  # these wait for the digest
LOOK_EVERY = timedelta(minutes=15)
MOST_ATTEMPTS = 10  # more than the schedule has: only a message whose sender dies each time comes so far
_DIED = "Whoever sent it died each time, so it is not tried again. The log of the desk says more."
_LEFT = "This person gets no notices any more."
_OFF = "It was turned off meanwhile."
_SETTLED = "By the time it could leave, nothing of it was open any more."
_OLD = "It could not leave for three days, and was no news any more."
_BUG = "Something went wrong that is not your fault; the log of the desk says more."
logger = logging.getLogger(__name__)


def plan() -> None:
    """Put into the outbox what has fallen due for anybody since it was last looked."""
    now = timezone.now()
    for one in _all().filter(next_digest_at__lte=now):
        _plan_digest(one, now)
    is_time = Q(looked_at=None) | Q(looked_at__lte=now - LOOK_EVERY)
    for one in _all().filter(is_time, channels__wants_alerts=True).distinct():
        try:
            _plan_alert(one, now)
        except Exception:  # one member's trouble keeps nobody else from being told
            logger.exception("what is due for member %s could not be looked for", one.member_id)


def send_next(worker: str) -> bool:
    """Send the message whose turn it is, if there is one; whether there was."""
    message = outbox.claim(worker)
    if message is None:
        return False
    if message.attempts > MOST_ATTEMPTS:
        return outbox.give_up(message, _DIED)
    try:
        _send(message)
    except (webhook.Forbidden, webhook.Declined) as error:
        outbox.give_up(message, str(error))
    except webhook.NotReached as error:
        outbox.try_again(message, str(error))
    except (OSError, smtplib.SMTPException) as error:
        _mail_failed(message, error)
    except Exception:
        logger.exception("message %s (%s) could not be made", message.pk, message.kind)
        outbox.try_again(message, _BUG)
    return True


def put_test(channel: Channel) -> bool:
    """A test message, to leave at once, quiet hours or not; one a minute."""
    now = timezone.now()
    return outbox.put(channel, MessageKind.TEST, f"test:{now:%Y-%m-%dT%H:%M}", at=now)


def reach() -> webhook.Reach:
    """Where webhooks of this desk may lead."""
    more, inside = (
        tuple(name.casefold() for name in named)
        for named in (settings.FULCRUM_WEBHOOK_HOSTS, settings.FULCRUM_WEBHOOK_INSIDE)
    )
    return webhook.Reach(hosts=(*webhook.SLACK, *webhook.TEAMS, *more), inside=inside)


def zone_of(one: Subscription) -> ZoneInfo:
    """The zone by whose clock this member is told."""
    return ZoneInfo(one.time_zone)


def quiet_of(one: Subscription) -> QuietHours | None:
    """When nothing is sent; None where it may be at any time."""
    if one.quiet_from is None or one.quiet_until is None:
        return None
    return QuietHours(from_=one.quiet_from, until=one.quiet_until)


def next_digest(one: Subscription, now: datetime) -> datetime:
    """The moment of the next digest after `now`."""
    return next_weekly(now, weekday=one.weekday, at=one.digest_at, zone=zone_of(one))


def may_be_told(member: Member) -> bool:
    """Whether somebody gets notices at all: members who have not left, and are no executive themselves."""
    return member.is_active and member.user.is_active and member.is_executive_id is None


def _all() -> QuerySet[Subscription]:
    told = Subscription.objects.select_related("member__user", "member__workspace")
    return told.filter(member__is_active=True, member__user__is_active=True, member__is_executive=None)


def _plan_digest(one: Subscription, now: datetime) -> None:
    """Once a week by the member's calendar; one that is late by days is left out, and not made up for."""
    planned = one.next_digest_at
    if planned is None:
        return
    with transaction.atomic():
        same = Subscription.objects.filter(pk=one.pk, next_digest_at=planned)
        if not same.update(next_digest_at=next_digest(one, now)) or now - planned > outbox.TOO_OLD:
            return
        year, week, _ = planned.astimezone(zone_of(one)).isocalendar()
        for channel in one.channels.filter(wants_digest=True):
            outbox.put(channel, MessageKind.DIGEST, f"digest:{year}-W{week:02}", at=now)


def _plan_alert(one: Subscription, now: datetime) -> None:
    """What is new since it was last looked, in one message; what stood at the first look counts as told."""
    actor = Actor(member=one.member)
    keep_up(actor.workspace, files_open_to(actor))
    occasions = {each.occasion for each in due_for(actor) if each.nudge.kind in ALERTS}
    with transaction.atomic():
        same = Subscription.objects.filter(pk=one.pk, looked_at=one.looked_at)
        if not same.update(looked_at=now):
            return
        known = Told.objects.filter(subscription=one, occasion__in=occasions)
        new = tuple(sorted(occasions - set(known.values_list("occasion", flat=True))))
        Told.objects.bulk_create(Told(subscription=one, occasion=each) for each in new)
        if not new or one.looked_at is None:
            return
        key = f"alert:{sha256(''.join(new).encode()).hexdigest()[:40]}"
        for channel in one.channels.filter(wants_alerts=True):
            outbox.put(channel, MessageKind.ALERT, key, at=now, occasions=new)


def _send(message: Message) -> None:
    """Let it leave if it still shall, with what its reader may see at this moment."""
    channel, one = message.channel, message.channel.subscription
    if not may_be_told(one.member):
        outbox.drop(message, _LEFT)
    elif not _is_wanted(message):
        outbox.drop(message, _OFF)
    elif outbox.is_too_old(message):
        outbox.drop(message, _OLD)
    elif (until := _quiet(message)) is not None:
        outbox.put_off(message, until)
    elif (notice := _notice(message)) is None:
        outbox.drop(message, _SETTLED)
    else:
        _deliver(channel, message, notice)
        if outbox.sent(message):
            Channel.objects.filter(pk=channel.pk).exclude(failed="").update(failed="")


def _is_wanted(message: Message) -> bool:
    wants = {
        MessageKind.DIGEST.value: message.channel.wants_digest,
        MessageKind.ALERT.value: message.channel.wants_alerts,
    }
    return wants.get(message.kind, True)


def _quiet(message: Message) -> datetime | None:
    one = message.channel.subscription
    is_test = message.kind == MessageKind.TEST
    return None if is_test else quiet_until(timezone.now(), quiet_of(one), zone_of(one))


def _notice(message: Message) -> Notice | None:
    """What it says now; None where all that an alert is about was settled meanwhile."""
    kind, channel = MessageKind(message.kind), message.channel
    actor = Actor(member=channel.subscription.member)
    found = () if kind is MessageKind.TEST else due_for(actor)
    if kind is MessageKind.ALERT:
        found = tuple(one for one in found if one.occasion in message.occasions)
        if not found:
            return None
    if not actor.may(Act.WRITE):  # nobody is asked what they cannot answer
        found = tuple(one for one in found if one.nudge.kind is not NudgeKind.WHAT_DID_YOU_SEE)
    here = {"slug": actor.workspace.slug}
    stop = {"token": channel.stop_token}
    return notice_of(
        kind,
        (one.nudge for one in found),
        company=" ".join(actor.workspace.name.split()),
        link=_address("due", here),
        settings=_address("notices", here),
        stop=_address("stop_notices", stop) if channel.kind == ChannelKind.EMAIL else "",
    )


def _address(page: str, of: dict[str, str]) -> str:
    return f"{settings.FULCRUM_ADDRESS}{reverse(page, kwargs=of)}"


def _deliver(channel: Channel, message: Message, notice: Notice) -> None:
    if channel.kind == ChannelKind.EMAIL:
        _mail(channel, message, notice)
        return
    payload = as_slack(notice) if channel.kind == ChannelKind.SLACK else as_teams(notice)
    webhook.post(channel.address, payload, reach(), headers=(("Idempotency-Key", message.message_id),))


def _mail(channel: Channel, message: Message, notice: Notice) -> None:
    """With an end by one click (RFC 8058), and marked so that no automatic answer comes back (RFC 3834)."""
    headers = {
        "Message-ID": message.message_id,
        "List-Unsubscribe": f"<{notice.stop}>",
        "Auto-Submitted": "auto-generated",
    }
    if notice.stop.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    to = channel.subscription.member.user.email or channel.address
    mail = EmailMultiAlternatives(notice.subject, as_text(notice), to=[to], headers=headers)
    mail.attach_alternative(as_html(notice), "text/html")
    mail.send()


def _mail_failed(message: Message, error: Exception) -> None:
    """Refused for good by the receiving side, or a matter of the moment."""
    codes = [getattr(error, "smtp_code", 0)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    is_final = any(500 <= code < 600 for code in codes)
    if is_final and not isinstance(error, smtplib.SMTPAuthenticationError):
        outbox.give_up(message, f"The mail server refused it for good ({max(codes)}).")
    else:
        outbox.try_again(message, "The mail server could not be reached, or did not take it.")
