"""A member's calendar: the days on which something is due, in words that tell nobody what or whose."""

from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from fulcrum.core.cadence import NudgeKind
from fulcrum.core.company import AskStatus
from fulcrum.core.ics import Event, calendar
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.actions.notices import hashed
from fulcrum.records.models import Ask, Subscription
from fulcrum.records.notices import may_be_told
from fulcrum.records.queries.due import due_for

_OPEN = tuple(status.value for status in AskStatus if status.is_open)


def calendar_at(token: str) -> bytes | None:
    """The calendar to which a token leads; None alike for tokens unknown, ended, and of who has left."""
    found = Subscription.objects.select_related("member__user", "member__workspace")
    one = found.filter(calendar_sha256=hashed(token)).exclude(calendar_sha256="").first()
    if one is None or not may_be_told(one.member):
        return None
    actor = Actor(member=one.member)
    return calendar([*_asks(actor), *_questions(actor)], name=f"Fulcrum, {actor.workspace.name}")


def _asks(actor: Actor) -> list[Event]:
    rows = Ask.objects.visible_to(actor).standing().filter(executive__in=files_open_to(actor))
    due = rows.filter(status__in=_OPEN, due__isnull=False).order_by("due", "id")
    return [
        _event(actor, f"ask-{row.pk}", "An ask falls due", row.due, row.written_at, row.version)
        for row in due.only("pk", "due", "written_at", "version")
    ]


def _questions(actor: Actor) -> list[Event]:
    """The moves that wait for what was seen, on the day from which they wait."""
    waiting = [one for one in due_for(actor) if one.nudge.kind is NudgeKind.WHAT_DID_YOU_SEE]
    return [
        _event(
            actor,
            f"move-{one.row}",
            "One line wanted: what did you see?",
            one.nudge.since,
            datetime.combine(one.nudge.since, time(), tzinfo=UTC),
        )
        for one in waiting
        if one.nudge.since is not None
    ]


def _event(actor: Actor, name: str, summary: str, day: date, stamp: datetime, sequence: int = 0) -> Event:
    address = f"{settings.FULCRUM_ADDRESS}{reverse('due', kwargs={'slug': actor.workspace.slug})}"
    return Event(
        uid=f"{name}-{actor.workspace.slug}@{urlsplit(settings.FULCRUM_ADDRESS).hostname}",
        summary=summary,
        start=day,
        stamp=stamp,
        sequence=sequence,
        description=f"What it is about stands on the desk: {address}",
        url=address,
    )
