"""What the settings show a member of their own notices."""

from datetime import datetime

from fulcrum.core.value import value
from fulcrum.records.access import Actor
from fulcrum.records.models import Channel, Message, Subscription
from fulcrum.records.models.notices import ChannelKind

A_LIST = 20


@value
class Way:
    """One way to be told: whether it is set up, where it leads (of a webhook the host alone), what comes."""

    kind: str
    label: str
    channel: Channel | None
    leads_to: str


@value
class Notices:
    """Everything that a member set, and what was sent to them lately, the newest first."""

    subscription: Subscription | None
    ways: tuple[Way, ...]
    next_digest_at: datetime | None
    has_calendar: bool
    messages: tuple[Message, ...]


def notices_of(actor: Actor) -> Notices:
    """The actor's own notices; nobody else's are shown to anybody."""
    one = Subscription.objects.filter(member=actor.member).first()
    held = {row.kind: row for row in Channel.objects.filter(subscription=one)} if one else {}
    sent = Message.objects.filter(channel__subscription=one).select_related("channel") if one else ()
    return Notices(
        subscription=one,
        ways=tuple(_way(actor, kind, held.get(kind.value)) for kind in ChannelKind),
        next_digest_at=None if one is None else one.next_digest_at,
        has_calendar=bool(one and one.calendar_sha256),
        messages=tuple(sent[:A_LIST]),
    )


def subscription_of(actor: Actor) -> Subscription | None:
    """What the actor set, if anything."""
    return Subscription.objects.filter(member=actor.member).first()


def channel_of(actor: Actor, kind: str) -> Channel | None:
    """The actor's own channel of this kind."""
    return Channel.objects.filter(subscription__member=actor.member, kind=kind).first()


def _way(actor: Actor, kind: ChannelKind, row: Channel | None) -> Way:
    if row is None:
        leads_to = ""
    elif kind is ChannelKind.EMAIL:
        leads_to = actor.member.user.email or row.address
    else:
        leads_to = row.address.split("/")[2].rpartition("@")[2]
    return Way(kind=kind.value, label=kind.label, channel=row, leads_to=leads_to)
