"""Executives and their files, as one actor may see them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from fulcrum.core import company, people
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, files_open_to
from fulcrum.records.rows import value_of

NOTED: dict[str, type[Any]] = {
    "observation": models.Observation,
    "reaction": models.Reaction,
    "ask": models.Ask,
    "move": models.Move,
    "motivator": models.Motivator,
}


def executives_of(actor: Actor) -> "QuerySet[models.Executive]":
    """Everybody on the list but the actor themselves: name, role and area are no secret inside the team."""
    found = models.Executive.objects.filter(workspace=actor.workspace)
    return found.exclude(pk=actor.member.is_executive_id) if actor.member.is_executive_id else found


def executive_of(actor: Actor, key: str) -> models.Executive:
    """The executive with this key, for somebody who may write about them; raises `NotThere`."""
    found = executives_of(actor).filter(key=key).first()
    if found is None:
        raise NotThere
    return found


def open_file(actor: Actor, key: str) -> models.Executive:
    """The executive whose whole file this actor may see; raises `NotThere`."""
    found = files_open_to(actor).select_related("workspace").filter(key=key).first()
    if found is None:
        raise NotThere
    return found


@value
class Seen:
    """The rows of one file, as values for drawings and as rows for the page."""

    observations: tuple[people.Observation, ...]
    asks: tuple[company.Ask, ...]
    moves: tuple[company.Move, ...]
    rows: tuple[tuple[str, Any], ...]


def file_of(actor: Actor, executive: models.Executive) -> Seen:
    """What was noted of one executive, the newest first; rows that were taken back come along."""
    rows = [
        (kind, row)
        for kind, model in NOTED.items()
        for row in model.objects.visible_to(actor)
        .filter(executive=executive)
        .select_related("author", "executive")
    ]
    return Seen(
        observations=_standing(rows, "observation", people.Observation),
        asks=_standing(rows, "ask", company.Ask),
        moves=_standing(rows, "move", company.Move),
        rows=tuple(sorted(rows, key=lambda pair: (day_of(pair[1]), pair[1].pk), reverse=True)),
    )


def day_of(row: Any) -> Any:
    """The day that a row of a file speaks of."""
    if isinstance(row, models.Ask):
        return row.closed_on or row.asked_on
    return getattr(row, "date", None) or row.written_at.date()


def row_of(actor: Actor, executive: models.Executive, kind: str, row: int) -> Any:
    """One row of a file; raises `NotThere`."""
    model = NOTED.get(kind)
    found = (
        None if model is None else model.objects.visible_to(actor).filter(executive=executive, pk=row).first()
    )
    if found is None:
        raise NotThere
    return found


def influence_on(
    actor: Actor, executive: models.Executive
) -> tuple[list[models.Influence], list[models.Influence]]:
    """Whom they listen to, and who listens to them, the strongest first; only from files that are open."""
    shown = (
        models.Influence.objects.visible_to(actor)
        .standing()
        .select_related("executive", "listened_to")
        .order_by("-strength", "id")
    )
    return list(shown.filter(executive=executive)), list(shown.filter(listened_to=executive))


def last_seen(actor: Actor, executives: Iterable[models.Executive]) -> dict[int, models.Observation]:
    """The newest observation of each executive, in one query."""
    rows = (
        models.Observation.objects.visible_to(actor)
        .standing()
        .filter(executive__in=list(executives))
        .order_by("executive_id", "date", "id")
        .only("executive_id", "date", "source")
    )
    return {row.executive_id: row for row in rows}


def open_asks(actor: Actor) -> list[models.Ask]:
    """What is asked of executives and not closed, the first to fall due first."""
    open_states = [status.value for status in company.AskStatus if status.is_open]
    rows = models.Ask.objects.visible_to(actor).standing().filter(status__in=open_states)
    return sorted(
        rows.select_related("executive", "author"), key=lambda ask: (ask.due is None, ask.due, ask.asked_on)
    )


def private_notes(actor: Actor, executive: models.Executive) -> list[models.PrivateNote]:
    """That there are private notes which this actor may read; their text is not fetched."""
    rows = models.PrivateNote.objects.visible_to(actor).standing().filter(executive=executive)
    return list(rows.select_related("author").defer("note").order_by("-id"))


def _standing(rows: list[tuple[str, Any]], kind: str, shape: type[Any]) -> tuple[Any, ...]:
    found = [row for name, row in rows if name == kind and row.taken_back_at is None]
    return tuple(value_of(row, shape) for row in sorted(found, key=lambda row: row.pk))


def seen_since(actor: Actor, since: date) -> list[tuple[str, int]]:
    """How many observations of each executive date from after a day, by name."""
    rows = (
        models.Observation.objects.visible_to(actor)
        .standing()
        .filter(date__gt=since)
        .values_list("executive__name")
        .annotate(count=Count("pk"))
        .order_by("executive__name")
    )
    return list(rows)
