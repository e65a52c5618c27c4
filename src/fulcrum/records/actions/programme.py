"""What the team keeps beside the files: vision, stories, wins, risks, spend, mechanisms, events, pulses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from fulcrum.core.company import JourneyShift, Vision
from fulcrum.core.errors import errors_in
from fulcrum.folder import tables
from fulcrum.folder.consistency import inconsistencies
from fulcrum.folder.rows import Entries, Entry
from fulcrum.folder.tables import Table
from fulcrum.folder.vision_file import FILE, read_vision, write_vision
from fulcrum.folder.write import write_text
from fulcrum.records import models
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import Executive, Workspace
from fulcrum.records.models.programme import ProgrammeRow
from fulcrum.records.rows import columns_of
from fulcrum.records.taking import UNFIT, Invalid, invalid_by, is_unfit, taken
from fulcrum.records.vision import kept_vision

Row = TypeVar("Row", bound=ProgrammeRow)
_KINDS: dict[type[Any], tuple[Table, str]] = {
    models.Win: (tables.WINS, "a win"),
    models.Risk: (tables.RISKS, "a risk"),
    models.Spend: (tables.SPEND, "what was spent"),
    models.Mechanism: (tables.MECHANISMS, "where a mechanism stands"),
    models.OutsideMover: (tables.CONTEXT, "an event from outside"),
    models.Story: (tables.STORIES, "an approved story"),
}


def note_win(actor: Actor, **entered: Any) -> models.Win:
    """Something that worked: date, win, and if known value, owner, note."""
    return _noted(actor, models.Win, entered)


def note_risk(actor: Actor, **entered: Any) -> models.Risk:
    """Something that could go wrong: date, risk, and if known severity, owner, note."""
    return _noted(actor, models.Risk, entered)


def note_spend(actor: Actor, **entered: Any) -> models.Spend:
    """Money spent: date, item, amount, and if known owner, note."""
    return _noted(actor, models.Spend, entered)


def note_mechanism(actor: Actor, **entered: Any) -> models.Mechanism:
    """Where a mechanism stands: mechanism, state, and if there is one a proof with its day (proven_on)."""
    return _noted(actor, models.Mechanism, entered)


def note_outside_mover(actor: Actor, **entered: Any) -> models.OutsideMover:
    """What may have moved executives without us: date, kind, note."""
    return _noted(actor, models.OutsideMover, entered)


def approve_story(actor: Actor, *, key: str, **entered: Any) -> models.Story:
    """A masked story: quote, touchpoint, score, area; approved by the actor today if not said."""
    entered = {"approved_by": actor.member.name, "approved_on": actor.workspace.today} | entered
    stated = entered | {"id": key}
    story = taken(tables.STORIES, stated, today=actor.workspace.today)
    with deed(actor, Act.WRITE, "story.approve", "Approved a story."):
        if models.Story.objects.filter(workspace=actor.workspace, key=story.id).exists():
            raise Invalid({"id": "There is a story of this id already. Choose another."})
        return models.Story.objects.create(workspace=actor.workspace, **columns_of(story, {}))


def change_noted(actor: Actor, row: ProgrammeRow, *, seen_version: int, **entered: Any) -> None:
    """Change what a win, risk, story or the like says."""
    _here(actor, row)
    table, name = _KINDS[type(row)]
    fields = [column.field for column in table.columns if column.field != "id"]
    if unknown := set(entered) - set(fields):
        raise TypeError(f"{name} has no {', '.join(sorted(unknown))}")
    now = {field: getattr(row, field) for field in fields} | entered
    if isinstance(row, models.Story):
        now |= {"id": row.key}
    columns = columns_of(taken(table, now, today=actor.workspace.today), {})
    with deed(actor, Act.WRITE, f"{_kind(row)}.change", f"Changed {name}."):
        change(row, seen_version, **{field: columns[field] for field in fields})


def remove_noted(actor: Actor, row: ProgrammeRow) -> None:
    """Take a win, risk, story or the like away."""
    _here(actor, row)
    with deed(actor, Act.WRITE, f"{_kind(row)}.remove", f"Removed {_KINDS[type(row)][1]}."):
        row.delete()


def approve_vision(
    actor: Actor,
    *,
    seen_version: int,
    statement: str,
    journeys: Sequence[tuple[str, str, str]] = (),
    meaning: Mapping[str, str] | None = None,
    not_doing: Sequence[str] = (),
) -> None:
    """The approved vision: journeys as (journey, from, to), meaning by executive's key; empty ones go."""
    said = Vision(
        statement=statement,
        journeys=tuple(JourneyShift(journey=a, from_=b, to=c) for a, b, c in journeys if (a + b + c).strip()),
        meaning=tuple((who, what) for who, what in (meaning or {}).items() if what.strip()),
        not_doing=tuple(one for one in not_doing if one.strip()),
    )
    vision = _taken_vision(actor.workspace, said)
    with deed(actor, Act.WRITE, "vision.approve", "Approved the vision."):
        change(actor.workspace, seen_version, vision=kept_vision(vision))


def answer_pulse(actor: Actor, executive: Executive, *, date: Any, answers: Mapping[str, str]) -> int:
    """The answers of an executive to the one-minute questionnaire, by question; a later one replaces."""
    workspace = actor.workspace
    if executive.workspace_id != workspace.pk:
        raise NotThere
    given = {question: answer for question, answer in answers.items() if answer.strip()}
    found = [_taken_answer(workspace, executive, date, *one) for one in given.items()]
    with deed(actor, Act.WRITE, "pulse.answer", "Kept answers to the questionnaire.", executive=executive):
        for one in found:
            where = {"workspace": workspace, "respondent": one.respondent, "date": one.date}
            models.PulseAnswer.objects.update_or_create(
                **where, question=one.question, defaults={"answer": one.answer}
            )
    return len(found)


def _noted(actor: Actor, model: type[Row], entered: Mapping[str, Any]) -> Row:
    table, name = _KINDS[model]
    found = taken(table, entered, today=actor.workspace.today)
    with deed(actor, Act.WRITE, f"{model.__name__.lower()}.note", f"Noted {name}."):
        row = model(workspace=actor.workspace, **columns_of(found, {}))
        row.save(force_insert=True)
        return row


def _taken_vision(workspace: Workspace, vision: Vision) -> Vision:
    """The vision as `vision.toml` would give it back; raises `Invalid` with every mistake."""
    keys = set(Executive.objects.filter(workspace=workspace).values_list("key", flat=True))
    text = write_vision(vision)
    if "\\u0000" in text or is_unfit(text):
        raise Invalid({"statement": UNFIT})
    with TemporaryDirectory(prefix="fulcrum-") as folder:
        write_text(Path(folder) / FILE, text)
        found, problems = read_vision(Path(folder), executives=keys)
    if found is None or errors_in(problems):
        raise invalid_by(errors_in(problems))
    return found


def _taken_answer(workspace: Workspace, executive: Executive, on: Any, question: str, answer: str) -> Any:
    """One answer by the rules of `pulses.csv`, those between its cells too."""
    entered = {"respondent": executive.key, "date": on, "question": question, "answer": answer}
    found = taken(tables.PULSES, entered, today=workspace.today)
    keys = set(Executive.objects.filter(workspace=workspace).values_list("key", flat=True))
    alone = Entries(table=tables.PULSES, entries=(Entry(row=2, value=found),))
    for problem in inconsistencies([alone], executives=keys, as_of=workspace.today):
        raise Invalid({question: f"{problem.what} {problem.remedy}"})
    return replace(found, answer=found.answer.strip())


def _here(actor: Actor, row: ProgrammeRow) -> None:
    if row.workspace_id != actor.workspace.pk:
        raise NotThere


def _kind(row: ProgrammeRow) -> str:
    return type(row).__name__.lower()
