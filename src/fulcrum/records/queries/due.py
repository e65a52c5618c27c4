"""What is due, as one actor may see it: of the executives whose file is open to them, and of no other."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F, Q

from fulcrum import cadence
from fulcrum.core.cadence import Nudge, NudgeKind, Stand
from fulcrum.core.company import Ask, AskStatus, Move, Mover, OutsideMover
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Goal, Level, Observation, Source
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.folders import playbook_of
from fulcrum.records.judging import believed
from fulcrum.records.queries.company import head_of
from fulcrum.records.rows import value_of

_OPEN = tuple(status.value for status in AskStatus if status.is_open)
_ASK = ("executive__key", "step", "asked_on", "due", "status", "closed_on", "pk")
_MOVE = ("key", "executive__key", "lever", "date", "nothing_seen_on", "pk")
_SEEN = ("executive__key", "date", "behaviour", "anchor", "source")


@value
class Due:
    """A nudge, the executive's row, and the row of the ask or move that it speaks of."""

    nudge: Nudge
    executive: models.Executive | None
    row: int | None

    @property
    def occasion(self) -> str:
        """The fingerprint of the occasion: it names nobody, and is the same from day to day."""
        who = None if self.executive is None else self.executive.pk
        told = (self.nudge.kind.value, who, self.nudge.since, self.nudge.subject)
        return sha256(repr(told).encode()).hexdigest()


def due_for(actor: Actor) -> tuple[Due, ...]:
    """Everything that this actor may be reminded of today; the number of queries does not grow with it.

    Whose commitment fell is known from the snapshots as they stand; `upkeep.keep_up` renews them.
    """
    place, playbook = actor.workspace, playbook_of(actor.workspace)
    opened = list(
        files_open_to(actor).annotate(seen_on=F("standing__last_evidence"), fell=F("standing__is_drop"))
    )
    since = place.today - timedelta(days=_longest(playbook))
    asks, moves = _asks(actor, opened, since), _moves(actor, opened, since)
    context = _context(actor, since)
    company = head_of(
        place,
        today=place.today,
        executives=tuple(value_of(one, Executive) for one in opened),
        asks=tuple(asks),
        moves=tuple(moves),
        observations=_observations(actor, moves),
        context=context,
        goals=_goals(opened, context),
    )
    found = cadence.nudges(company, _stands(actor, opened, playbook), playbook, as_of=place.today)
    people = {one.key: one for one in opened}
    rows: dict[Any, int] = {_mark(ask): pk for ask, pk in asks.items()}
    rows |= {move.id: pk for move, pk in moves.items()}
    return tuple(
        Due(nudge=one, executive=people.get(one.executive), row=_row(one, rows))
        for one in found
        if one.executive or not _has_sponsor(actor)
    )


def _longest(playbook: Playbook) -> float:
    """How many days back anything that was noted can still count."""
    return max(playbook.cadence.look_until_days.value, playbook.cadence.mover_days.value)


def _stands(actor: Actor, opened: Sequence[Any], playbook: Playbook) -> list[Stand]:
    fallen = [one for one in opened if one.fell]
    beliefs = believed(actor.workspace, fallen) if fallen else {}
    return [
        cadence.stand_of(beliefs[one.pk], playbook)
        if one.pk in beliefs
        else Stand(executive=one.key, last_evidence=one.seen_on)
        for one in opened
    ]


def _asks(actor: Actor, opened: Sequence[models.Executive], since: date) -> dict[Ask, int]:
    rows = models.Ask.objects.visible_to(actor).standing().filter(executive__in=opened)
    return {
        Ask(
            executive=who,
            step=step,
            asked_on=asked_on,
            due=due,
            status=AskStatus(status),
            closed_on=closed_on,
        ): pk
        for who, step, asked_on, due, status, closed_on, pk in rows.filter(
            Q(status__in=_OPEN) | Q(closed_on__gte=since)
        ).values_list(*_ASK)
    }


def _moves(actor: Actor, opened: Sequence[models.Executive], since: date) -> dict[Move, int]:
    rows = models.Move.objects.visible_to(actor).standing().filter(executive__in=opened, date__gte=since)
    return {
        Move(id=key, executive=who, lever=Lever(lever), date=day, nothing_seen_on=nothing): pk
        for key, who, lever, day, nothing, pk in rows.order_by("id").values_list(*_MOVE)
    }


def _observations(actor: Actor, moves: dict[Move, int]) -> tuple[Observation, ...]:
    """What was seen since the first of these moves, of those for whom they were."""
    if not moves:
        return ()
    whose, first = {move.executive for move in moves}, min(move.date for move in moves)
    rows = models.Observation.objects.visible_to(actor).standing().filter(date__gte=first)
    here = {"executive__workspace": actor.workspace, "executive__key__in": whose}
    return tuple(
        Observation(
            executive=who, date=day, behaviour=Behaviour(shown), anchor=Level(anchor), source=Source(source)
        )
        for who, day, shown, anchor, source in rows.filter(**here).values_list(*_SEEN)
    )


def _context(actor: Actor, since: date) -> tuple[OutsideMover, ...]:
    calls = (Mover.SUCCESSOR.value, Mover.STRATEGY.value)
    rows = models.OutsideMover.objects.filter(workspace=actor.workspace, date__gte=since, kind__in=calls)
    return tuple(value_of(row, OutsideMover) for row in rows)


def _goals(opened: Sequence[models.Executive], context: tuple[OutsideMover, ...]) -> tuple[Goal, ...]:
    """Goals matter only where the strategy changed."""
    if not any(one.kind is Mover.STRATEGY for one in context):
        return ()
    rows = models.Goal.objects.filter(executive__in=opened).select_related("executive")
    return tuple(value_of(row, Goal) for row in rows)


def _has_sponsor(actor: Actor) -> bool:
    """Whether anybody is the sponsor, be their file open to the actor or not: that is no secret."""
    return models.Executive.objects.filter(workspace=actor.workspace, is_sponsor=True).exists()


def _mark(ask: Ask) -> tuple[str, str, date | None]:
    return (ask.executive, ask.step, ask.due)


def _row(nudge: Nudge, rows: dict[Any, int]) -> int | None:
    if nudge.kind is NudgeKind.WHAT_DID_YOU_SEE:
        return rows.get(nudge.subject)
    named = (nudge.executive, nudge.subject)
    return rows.get((*named, nudge.by), rows.get((*named, None)))
