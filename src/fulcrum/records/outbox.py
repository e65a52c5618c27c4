"""The outbox: a message is put in once for each occasion, sent at least once, and marked when it was taken.

    waiting → sending (held under a lease) → sent | given up | dropped

Who dies between sending and marking leaves the message held; when the lease runs out it is sent again, under
the same Message-ID. That is the only way to a second copy. No network is spoken to inside a transaction.
Tries come on a fixed schedule; a message that grew old before it could leave is dropped, and says so.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from fulcrum.records.models import Channel, Message, Told
from fulcrum.records.models.notices import MessageKind, MessageState

LEASE = timedelta(minutes=2)
TRIES = tuple(timedelta(minutes=it) for it in (1, 5, 30, 120, 360, 720))
TOO_OLD = timedelta(days=3)
KEPT, KNOWN = timedelta(days=90), timedelta(days=730)
_NOT_HELD: dict[str, Any] = {"held_by": "", "lease_until": None}


def put(
    channel: Channel, kind: MessageKind, key: str, *, at: datetime, occasions: tuple[str, ...] = ()
) -> bool:
    """Put a message in, to leave at `at`; False where this channel has it already."""
    _, is_new = Message.objects.get_or_create(
        channel=channel,
        key=key,
        defaults={
            "kind": kind,
            "message_id": message_id(channel, key),
            "occasions": list(occasions),
            "next_try_at": at,
        },
    )
    return is_new


def message_id(channel: Channel, key: str) -> str:
    """The Message-ID of this occasion on this channel: the same also after a restored backup."""
    mark = sha256(f"{channel.stop_sha256} {key}".encode()).hexdigest()[:32]
    host = urlsplit(settings.FULCRUM_ADDRESS).hostname or "localhost"
    is_name = host.rpartition(".")[2].isalpha() and "." in host
    return f"<{mark}@{host if is_name else 'fulcrum.localhost'}>"


def claim(worker: str) -> Message | None:
    """The message that has waited longest for its time, now held by `worker`; None when none is due."""
    while True:
        now = timezone.now()
        is_due = Q(state=MessageState.WAITING, next_try_at__lte=now)
        is_left = Q(state=MessageState.SENDING, lease_until__lt=now)
        found = Message.objects.filter(is_due | is_left).order_by("next_try_at", "id")
        row = found.values_list("pk", "attempts").first()
        if row is None:
            return None
        same = Message.objects.filter(is_due | is_left, pk=row[0], attempts=row[1])
        held = {"state": MessageState.SENDING, "held_by": worker, "lease_until": now + LEASE}
        if same.update(attempts=F("attempts") + 1, **held):
            related = "channel__subscription__member__user", "channel__subscription__member__workspace"
            return Message.objects.select_related(*related).get(pk=row[0])


def sent(message: Message) -> bool:
    """It was taken by the other side."""
    return _end(message, MessageState.SENT, "")


def drop(message: Message, said: str) -> bool:
    """It shall not leave any more, and why."""
    return _end(message, MessageState.DROPPED, said)


def give_up(message: Message, said: str) -> bool:
    """It cannot leave; why stands on the channel too, where its member sees it."""
    Channel.objects.filter(pk=message.channel_id).update(failed=said)
    return _end(message, MessageState.GIVEN_UP, said)


def try_again(message: Message, said: str) -> bool:
    """Later, by the schedule; given up after its end."""
    if message.attempts > len(TRIES):
        return give_up(message, f"{said} It was tried {message.attempts} times.")
    at = timezone.now() + TRIES[message.attempts - 1]
    return _write(message, state=MessageState.WAITING, next_try_at=at, said=said, **_NOT_HELD)


def put_off(message: Message, until: datetime) -> bool:
    """Not before a moment; it does not count as a try."""
    return _write(
        message,
        state=MessageState.WAITING,
        next_try_at=until,
        attempts=F("attempts") - 1,
        **_NOT_HELD,
    )


def is_too_old(message: Message) -> bool:
    """Whether what it would say is no news any more."""
    return message.queued_at < timezone.now() - TOO_OLD


def tidy() -> None:
    """Let go of what ended long ago, and of occasions that can come no more."""
    now = timezone.now()
    Message.objects.filter(ended_at__lt=now - KEPT).delete()
    Told.objects.filter(at__lt=now - KNOWN).delete()


def _end(message: Message, state: MessageState, said: str) -> bool:
    return _write(message, state=state, said=said, ended_at=timezone.now(), **_NOT_HELD)


def _write(message: Message, **columns: Any) -> bool:
    """Only while this claim holds."""
    held = Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, held_by=message.held_by, attempts=message.attempts
    )
    return held.update(**columns) == 1
