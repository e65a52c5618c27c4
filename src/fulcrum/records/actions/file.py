"""The file of an executive: what was seen, said and asked, noted one row at a time, and taken back."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from fulcrum.core.company import AskStatus
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Source
from fulcrum.folder import tables
from fulcrum.folder.tables import Table
from fulcrum.records import models
from fulcrum.records.access import Act, Actor, NotThere, Refused, whom
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import Executive, Member, Role
from fulcrum.records.models.file import FileRow
from fulcrum.records.rows import columns_of
from fulcrum.records.taking import Invalid, taken, taken_note

Row = TypeVar("Row", bound=FileRow)
_OPEN = frozenset(status.value for status in AskStatus if status.is_open)
_TABLE: dict[type[Any], Table] = {
    models.Observation: tables.OBSERVATIONS,
    models.Reaction: tables.REACTIONS,
    models.Motivator: tables.MOTIVATORS,
    models.Influence: tables.INFLUENCE,
    models.Ask: tables.ASKS,
    models.Move: tables.MOVES,
}


def record_observation(
    actor: Actor,
    executive: Executive,
    *,
    behaviour: Behaviour | str,
    anchor: int | str,
    source: Source | str,
    date: date | str,
    observer: str = "",
    note: str = "",
) -> models.Observation:
    """One behaviour, seen at one anchor on one day."""
    entered = {"behaviour": behaviour, "anchor": anchor, "source": source, "date": date}
    entered |= {"observer": observer, "note": note}
    return _recorded(actor, executive, models.Observation, entered, "observation")


def record_reaction(
    actor: Actor, executive: Executive, *, barrier: Barrier | str, date: date | str, note: str = ""
) -> models.Reaction:
    """What they said or how they reacted, tagged with the barrier that it speaks of."""
    entered = {"barrier": barrier, "date": date, "note": note}
    return _recorded(actor, executive, models.Reaction, entered, "reaction")


def record_motivator(
    actor: Actor, executive: Executive, *, motivator: str, note: str = ""
) -> models.Motivator:
    """Why they act, in their own words or published aims."""
    return _recorded(actor, executive, models.Motivator, {"motivator": motivator, "note": note}, "motivator")


def record_move(
    actor: Actor,
    executive: Executive,
    *,
    lever: Lever | str,
    date: date | str,
    brief: str = "",
    note: str = "",
) -> models.Move:
    """A lever pulled for them."""
    entered = {"id": f"m-{secrets.token_hex(5)}", "lever": lever, "date": date, "brief": brief, "note": note}
    return _recorded(actor, executive, models.Move, entered, "move")


def put_ask(
    actor: Actor,
    executive: Executive,
    *,
    step: str,
    asked_on: date | str,
    due: date | str | None = None,
    status: AskStatus | str = AskStatus.ASKED,
    note: str = "",
) -> models.Ask:
    """A step put to them; raises `StillOpen` while another ask of them is open."""
    whom(actor, executive)
    entered = {"step": step, "asked_on": asked_on, "due": due, "status": status, "note": note}
    columns = _columns(actor, executive, tables.ASKS, entered)
    with deed(actor, Act.WRITE, "ask.note", f"Noted an ask of {executive.name}.", executive=executive):
        if is_open_ask(columns["status"]):
            _must_be_the_only_one(actor, executive)
        return models.Ask.objects.create(author=actor.member, **columns)


class StillOpen(Invalid):
    """One ask at a time: another is open. `ask` is that one, where this actor may see it."""

    def __init__(self, ask: models.Ask | None) -> None:
        self.ask = ask
        where = "say what became of it" if ask is not None else "its file is closed to you: ask an owner"
        super().__init__({"step": f"One ask at a time: another is open. To ask this one, {where} first."})


def is_open_ask(status: AskStatus | str) -> bool:
    """Whether an ask of this status still waits for an answer or a deed."""
    return str(status) in _OPEN


def settle_ask(actor: Actor, ask: models.Ask, *, seen_version: int, status: AskStatus | str) -> None:
    """What became of an ask, today, in one click; going back to an earlier status undoes it."""
    if not str(status).strip():
        raise Invalid({"status": "Say what became of it."})
    day = None if is_open_ask(status) else actor.workspace.today
    close_ask(actor, ask, seen_version=seen_version, status=status, closed_on=day)


def close_ask(
    actor: Actor,
    ask: models.Ask,
    *,
    seen_version: int,
    status: AskStatus | str,
    closed_on: date | str | None = None,
) -> None:
    """What became of an ask; accepted and the like leave it open and need no day."""
    correct(actor, ask, seen_version=seen_version, status=status, closed_on=closed_on)


def set_influence(
    actor: Actor, executive: Executive, *, listened_to: Executive, strength: float | str
) -> models.Influence:
    """How strongly `executive` listens to another one, from 0 to 1; a strength set before is replaced."""
    whom(actor, executive)
    if listened_to.workspace_id != actor.workspace.pk:
        raise NotThere
    entered = {"listener": executive.key, "listened_to": listened_to.key, "strength": strength}
    found = taken(tables.INFLUENCE, entered, today=actor.workspace.today)
    kept = {"strength": found.strength, "author": actor.member, "taken_back_at": None}
    said = f"Set whom {executive.name} listens to."
    with deed(actor, Act.WRITE, "influence.set", said, executive=executive):
        row, is_new = models.Influence.objects.get_or_create(
            executive=executive, listened_to=listened_to, defaults=kept
        )
        if not is_new:
            change(row, row.version, **kept)
    return row


def correct(actor: Actor, row: Any, *, seen_version: int, **entered: Any) -> None:
    """Change what a row of a file says, by somebody who may see it; taken by the same rules as a new one."""
    _seen(actor, row)
    table = _TABLE[type(row)]
    names = [name for name in _entries(table) if name != "listened_to"]
    if unknown := set(entered) - set(names):
        raise TypeError(f"a row of {table.file} has no {', '.join(sorted(unknown))}")
    now = {name: getattr(row, name) for name in names} | entered
    columns = _columns(actor, row.executive, table, now | _fixed(row))
    kind = type(row).__name__.lower()
    said = f"Changed {_an(kind)} of {row.executive.name}."
    with deed(actor, Act.WRITE, f"{kind}.change", said, executive=row.executive):
        if isinstance(row, models.Ask) and is_open_ask(columns["status"]) and not is_open_ask(row.status):
            _must_be_the_only_one(actor, row.executive, but=row)
        change(row, seen_version, **{name: columns[name] for name in names})


def write_private_note(
    actor: Actor, executive: Executive, *, note: str, named: Iterable[Member] = ()
) -> models.PrivateNote:
    """A note for its author and those whom the author names; never for the person it is about."""
    whom(actor, executive)
    text, readers = taken_note(note), list(named)
    said = f"Wrote a private note on {executive.name}."
    with deed(actor, Act.WRITE, "note.write", said, executive=executive) as line:
        found = _who_may_read(actor, executive, readers)
        row: models.PrivateNote = models.PrivateNote.objects.create(
            executive=executive, author=actor.member, note=text
        )
        row.named.set(found)
        line.note = row
    return row


def change_private_note(
    actor: Actor, row: models.PrivateNote, *, seen_version: int, note: str, named: Iterable[Member] = ()
) -> None:
    """Change what one's own note says, and who else may read it; nobody changes somebody else's."""
    if row.author_id != actor.member.pk:
        raise NotThere
    whom(actor, row.executive)
    text, readers = taken_note(note), list(named)
    said = f"Changed a private note on {row.executive.name}."
    with deed(actor, Act.WRITE, "note.change", said, executive=row.executive) as line:
        found = _who_may_read(actor, row.executive, readers)
        line.note = row
        change(row, seen_version, note=text)
        row.named.set(found)


def _who_may_read(actor: Actor, executive: Executive, named: list[Member]) -> list[Member]:
    """Those named, if each of them may read a private note on this executive."""
    members = Member.objects.filter(workspace=actor.workspace, is_active=True)
    found = list(members.exclude(is_executive=executive).filter(pk__in=[member.pk for member in named]))
    if len(found) != len({member.pk for member in named}):
        raise Invalid({"named": "Somebody named cannot read this note. Name members of the workspace."})
    return found


def take_back(actor: Actor, row: Any) -> None:
    """Withdraw a row, so that nothing rests on it; it can be put back."""
    _move_back(actor, row, to=timezone.now(), said="Took back")


def put_back(actor: Actor, row: Any) -> None:
    """Undo the taking back."""
    _move_back(actor, row, to=None, said="Put back")


def _move_back(actor: Actor, row: Any, *, to: Any, said: str) -> None:
    _seen(actor, row)
    if row.author_id != actor.member.pk and actor.member.role != Role.OWNER:
        raise Refused("Somebody else wrote this: its author or an owner may take it back.")
    kind = type(row).__name__.lower()
    deed_said = f"{said} {_an(kind)} of {row.executive.name}."
    action = f"{kind}.{said.lower().replace(' ', '_')}"
    with deed(actor, Act.WRITE, action, deed_said, executive=row.executive) as line:
        line.note = row if isinstance(row, models.PrivateNote) else None
        row.refresh_from_db()
        if to is None and isinstance(row, models.Ask) and is_open_ask(row.status):
            _must_be_the_only_one(actor, row.executive, but=row)
        change(row, row.version, taken_back_at=to)


def _must_be_the_only_one(actor: Actor, executive: Executive, *, but: models.Ask | None = None) -> None:
    """One ask of an executive is open at a time; deeds of one workspace come one after the other."""
    others = models.Ask.objects.filter(executive=executive, status__in=_OPEN).standing()
    if but is not None:
        others = others.exclude(pk=but.pk)
    found = others.order_by("-id").first()
    if found is not None:
        raise StillOpen(others.visible_to(actor).order_by("-id").first())


def _recorded(
    actor: Actor, executive: Executive, model: type[Row], entered: dict[str, Any], kind: str
) -> Row:
    whom(actor, executive)
    columns = _columns(actor, executive, _TABLE[model], entered)
    said = f"Noted {_an(kind)} of {executive.name}."
    with deed(actor, Act.WRITE, f"{kind}.note", said, executive=executive):
        return model.objects.create(author=actor.member, **columns)


def _columns(actor: Actor, executive: Executive, table: Table, entered: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row after its value went through the folder's cells."""
    who = {"listener" if table is tables.INFLUENCE else "executive": executive.key}
    found = taken(table, entered | who, today=actor.workspace.today)
    people = {executive.key: executive}
    if table is tables.INFLUENCE:
        people[found.listened_to] = Executive.objects.get(workspace=actor.workspace, key=found.listened_to)
    return columns_of(found, people)


def _entries(table: Table) -> list[str]:
    """The fields of a row that a person enters."""
    return [column.field for column in table.columns if column.field not in ("executive", "listener", "id")]


def _fixed(row: Any) -> dict[str, Any]:
    """What a correction never touches."""
    if isinstance(row, models.Influence):
        return {"listened_to": row.listened_to.key}
    return {"id": row.key} if isinstance(row, models.Move) else {}


def _seen(actor: Actor, row: Any) -> None:
    if not type(row).objects.visible_to(actor).filter(pk=row.pk).exists():
        raise NotThere


def _an(kind: str) -> str:
    kind = {"privatenote": "private note", "influence": "influence"}.get(kind, kind)
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
