"""Executives, what they answer for, and who is named to read what is noted of each."""

from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from fulcrum.core.people import Level
from fulcrum.folder import tables
from fulcrum.records.access import Act, Actor, NotThere, must_be_open, whom
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import (
    Audit,
    Executive,
    Goal,
    Member,
    Reader,
    VisionVersion,
    Workspace,
)
from fulcrum.records.queries.person import answers_about
from fulcrum.records.remembered import forget_everything
from fulcrum.records.rows import columns_of
from fulcrum.records.taking import Invalid, taken

_NAMED_BEFORE = "Somebody has this id already. Choose another."


def add_executive(
    actor: Actor,
    *,
    name: str,
    role: str,
    area: str = "",
    is_sponsor: bool | str = False,
    desired_level: int | str = Level.LEADING_OWN_AREA,
    attention_hours_per_week: float | str | None = None,
    key: str = "",
) -> Executive:
    """A new executive; who adds them is named for them. Without a key it is made from the name."""
    workspace = actor.workspace
    entered = {
        "id": key or "made-from-the-name",
        "name": name,
        "role": role,
        "area": area,
        "is_sponsor": is_sponsor,
        "desired_level": desired_level,
        "attention_hours_per_week": attention_hours_per_week,
    }
    person = taken(tables.EXECUTIVES, entered, today=workspace.today)
    with deed(actor, Act.WRITE, "executive.add", f"Added {person.name}."):
        if not key:
            person = replace(person, id=_free_key(workspace, person.name))
        elif Executive.objects.filter(workspace=workspace, key=person.id).exists():
            raise Invalid({"id": _NAMED_BEFORE})
        executive = Executive.objects.create(workspace=workspace, **columns_of(person, {}))
        Reader.objects.create(executive=executive, member=actor.member, named_by=actor.member)
    return executive


def change_executive(actor: Actor, executive: Executive, *, seen_version: int, **entered: Any) -> None:
    """Change name, role, area, is_sponsor, desired_level or attention_hours_per_week."""
    whom(actor, executive)
    if unknown := set(entered) - set(_PUBLIC):
        raise TypeError(f"an executive has no {', '.join(sorted(unknown))}")
    now = {name: getattr(executive, name) for name in _PUBLIC} | entered
    person = taken(tables.EXECUTIVES, now | {"id": executive.key}, today=actor.workspace.today)
    columns = columns_of(person, {})
    said = f"Changed {', '.join(sorted(entered))} of {executive.name}."
    with deed(actor, Act.WRITE, "executive.change", said, executive=executive):
        change(executive, seen_version, **{name: columns[name] for name in _PUBLIC})


def remove_executive(actor: Actor, executive: Executive) -> None:
    """Take an executive off the desk with their file, for good; by somebody who may see that file."""
    must_be_open(actor, executive)
    with deed(actor, Act.WRITE, "executive.remove", "Removed an executive and their file."):
        forget(executive)
    forget_everything()


def forget(executive: Executive) -> int:
    """Delete the row, all that hangs on it and what names its key, and the name in the audit; how many."""
    workspace = Workspace.objects.get(pk=executive.workspace_id)
    answered, _ = answers_about(executive).delete()
    if workspace.vision is not None:
        meaning = [pair for pair in workspace.vision["meaning"] if pair[0] != executive.key]
        change(workspace, workspace.version, vision=workspace.vision | {"meaning": meaning})
    for version in VisionVersion.objects.filter(workspace=workspace):
        if version.stated is None:
            continue
        kept = [pair for pair in version.stated["meaning"] if pair[0] != executive.key]
        version.stated = version.stated | {"meaning": kept}
        version.save(update_fields=["stated"])
    for line in Audit.objects.filter(workspace=workspace, said__contains=executive.name):
        line.said = line.said.replace(executive.name, "somebody who was erased")
        line.save(update_fields=["said"])
    rows, _ = executive.delete()
    return rows + answered


def set_goal(actor: Actor, executive: Executive, **entered: Any) -> Goal:
    """What they answer for: goal, and if known metric, baseline, target, due."""
    goal = _goal(actor, executive, entered)
    with deed(actor, Act.WRITE, "goal.set", f"Noted a goal of {executive.name}.", executive=executive):
        return Goal.objects.create(**columns_of(goal, {executive.key: executive}))


def change_goal(actor: Actor, goal: Goal, /, *, seen_version: int, **entered: Any) -> None:
    """Change what a goal says."""
    now = {name: getattr(goal, name) for name in _OF_GOAL} | entered
    found = columns_of(_goal(actor, goal.executive, now), {goal.executive.key: goal.executive})
    said = f"Changed a goal of {goal.executive.name}."
    with deed(actor, Act.WRITE, "goal.change", said, executive=goal.executive):
        change(goal, seen_version, **{name: found[name] for name in _OF_GOAL})


def remove_goal(actor: Actor, goal: Goal) -> None:
    """Take a goal away."""
    whom(actor, goal.executive)
    said = f"Removed a goal of {goal.executive.name}."
    with deed(actor, Act.WRITE, "goal.remove", said, executive=goal.executive):
        goal.delete()


def name_reader(actor: Actor, executive: Executive, *, member: Member) -> None:
    """Let a member see the file of an executive; never the person whose file it is."""
    whom(actor, executive)
    if member.workspace_id != actor.workspace.pk or not member.is_active:
        raise NotThere
    said = f"Named {member.name} for {executive.name}."
    with deed(actor, Act.KEEP, "reader.name", said, executive=executive):
        member.refresh_from_db()
        if member.is_executive_id == executive.pk:
            raise Invalid({"member": "Nobody is named for their own file. Choose somebody else."})
        Reader.objects.get_or_create(executive=executive, member=member, defaults={"named_by": actor.member})


def unname_reader(actor: Actor, executive: Executive, *, member: Member) -> None:
    """Close the file of an executive to a member; what they wrote in it stays theirs to see."""
    whom(actor, executive)
    said = f"{member.name} is no longer named for {executive.name}."
    with deed(actor, Act.KEEP, "reader.unname", said, executive=executive):
        Reader.objects.filter(executive=executive, member=member).delete()


_PUBLIC = ("name", "role", "area", "is_sponsor", "desired_level", "attention_hours_per_week")
_OF_GOAL = ("goal", "metric", "baseline", "target", "due")


def _goal(actor: Actor, executive: Executive, entered: dict[str, Any]) -> Any:
    whom(actor, executive)
    if unknown := set(entered) - set(_OF_GOAL):
        raise TypeError(f"a goal has no {', '.join(sorted(unknown))}")
    return taken(tables.GOALS, entered | {"executive": executive.key}, today=actor.workspace.today)


def _free_key(workspace: Workspace, name: str) -> str:
    wanted = slugify(name)[:60] or "executive"
    held = set(Executive.objects.filter(workspace=workspace).values_list("key", flat=True))
    keys = (wanted, *(f"{wanted}-{count}" for count in range(2, 1_000)))
    return next(key for key in keys if key not in held and key not in ("board", "nobody"))
