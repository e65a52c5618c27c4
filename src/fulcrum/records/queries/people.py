"""Executives and their files, as one actor may see them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from fulcrum.core import company, people
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, files_open_to, must_be_open
from fulcrum.records.queries.files import read_files
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
    found = files_open_to(actor).filter(key=key).first()
    if found is None:
        raise NotThere
    found.workspace = actor.workspace
    return found


@value
class Seen:
    """The rows of one file, as values for drawings and as rows for the page; who wrote them, by row id."""

    executive: people.Executive
    reactions: tuple[people.Reaction, ...]
    observations: tuple[people.Observation, ...]
    asks: tuple[company.Ask, ...]
    moves: tuple[company.Move, ...]
    rows: tuple[tuple[str, Any], ...]
    authors: Mapping[int, str]

    @property
    def newest(self) -> models.Observation | None:
        """The row of the newest observation that stands."""
        found = [row for kind, row in self.rows if kind == "observation" and row.taken_back_at is None]
        return found[0] if found else None


def file_of(actor: Actor, executive: models.Executive) -> Seen:
    """What was noted of one executive, the newest first, rows that were taken back too; or `NotThere`."""
    must_be_open(actor, executive)
    file = read_files([executive], actor.workspace)[executive.pk]
    rows = [(kind, row) for kind in NOTED for row in file.rows[f"{kind}s"]]
    authors = models.Member.objects.filter(pk__in={row.author_id for _, row in rows} - {None})
    return Seen(
        executive=value_of(executive, people.Executive),
        reactions=file.standing["reactions"],
        observations=file.standing["observations"],
        asks=file.standing["asks"],
        moves=file.standing["moves"],
        rows=tuple(sorted(rows, key=lambda pair: (day_of(pair[1]), pair[1].pk), reverse=True)),
        authors=dict(authors.values_list("pk", "name")),
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


def open_ask_of(actor: Actor, executive: models.Executive) -> models.Ask | None:
    """The ask that stands in the way of another, where this actor may see it."""
    states = [status.value for status in company.AskStatus if status.is_open]
    rows = models.Ask.objects.visible_to(actor).standing().filter(executive=executive, status__in=states)
    return rows.select_related("executive__workspace").order_by("-id").first()


def influence_on(
    actor: Actor, executive: models.Executive
) -> tuple[list[models.Influence], list[models.Influence]]:
    """Whom they listen to, and who listens to them, the strongest first; only from files that are open."""
    shown = (
        models.Influence.objects.visible_to(actor)
        .standing()
        .filter(Q(executive=executive) | Q(listened_to=executive))
        .select_related("executive", "listened_to")
        .order_by("-strength", "id")
    )
    found = list(shown)
    hears = [edge for edge in found if edge.executive_id == executive.pk]
    return hears, [edge for edge in found if edge.listened_to_id == executive.pk]


def last_seen(actor: Actor, executives: Iterable[models.Executive]) -> dict[int, models.Observation]:
    """The newest observation of each of these executives, whose file is open: one row each, in one query."""
    of_each = models.Observation.objects.standing().filter(executive=OuterRef("pk")).order_by("-date", "-id")
    keys = [one.pk for one in executives]
    people = models.Executive.objects.filter(pk__in=keys).order_by()
    newest = people.annotate(newest=Subquery(of_each.values("pk")[:1])).values("newest")
    rows = (
        models.Observation.objects.visible_to(actor)
        .filter(executive__in=keys, pk__in=newest)  # the first for the index alone
        .order_by()
        .only("executive_id", "date", "source")
    )
    return {row.executive_id: row for row in rows}


@value
class OpenAsks:
    """What is asked of executives and not closed: the first to fall due in full, all of them counted."""

    first: tuple[models.Ask, ...]
    count: int
    due: int
    asked: frozenset[int]


def open_asks(actor: Actor, *, most: int, due_by: date) -> OpenAsks:
    """At most so many asks in full, how many there are, how many fall due by a day, and of whom (row ids)."""
    open_states = [status.value for status in company.AskStatus if status.is_open]
    rows = models.Ask.objects.visible_to(actor).standing().filter(status__in=open_states)
    every = list(
        rows.order_by(F("due").asc(nulls_last=True), "asked_on", "id").values_list(
            "pk", "executive_id", "due"
        )
    )
    shown = rows.filter(pk__in=[pk for pk, _, _ in every[:most]]).select_related("executive", "author")
    place = {pk: at for at, (pk, _, _) in enumerate(every)}
    return OpenAsks(
        first=tuple(sorted(shown.defer("note"), key=lambda ask: place[ask.pk])),
        count=len(every),
        due=sum(due is not None and due <= due_by for _, _, due in every),
        asked=frozenset(who for _, who, _ in every),
    )


def counted(actor: Actor) -> tuple[int, int]:
    """How many executives there are whose file is open to the actor, and how many others are on the list."""
    is_open = Q(pk__in=files_open_to(actor).values("pk"))
    found = executives_of(actor).aggregate(opened=Count("pk", filter=is_open), everybody=Count("pk"))
    return found["opened"], found["everybody"] - found["opened"]


def private_notes(actor: Actor, executives: Iterable[models.Executive]) -> list[models.PrivateNote]:
    """The private notes on these that this actor may read; their text is not fetched."""
    about = [one.pk for one in executives]
    rows = models.PrivateNote.objects.visible_to(actor).filter(executive__in=about)
    return list(rows.select_related("author").defer("note").order_by("-id"))


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
