"""What the team keeps beside the files: vision, stories, wins, risks, spend, mechanisms, events, pulses."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from fulcrum.core.company import Vision
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
from fulcrum.records.taking import UNFIT, Invalid, is_unfit, taken
from fulcrum.records.vision import kept_vision
from fulcrum.stories.edit import wrong_with_edit

CHECKED = "nobody can be recognised"
_JOURNEY = re.compile(r"journeys\[(\d+)\]")
Row = TypeVar("Row", bound=ProgrammeRow)
_KINDS: dict[type[Any], tuple[Table, str]] = {
    models.Win: (tables.WINS, "a win"),
    models.Risk: (tables.RISKS, "a risk"),
    models.Spend: (tables.SPEND, "what was spent"),
    models.Promise: (tables.PROMISES, "a promise"),
    models.Decision: (tables.DECISIONS, "a decision"),
    models.Mechanism: (tables.MECHANISMS, "where a mechanism stands"),
    models.OutsideMover: (tables.CONTEXT, "an event from outside"),
    models.Story: (tables.STORIES, "an approved story"),
}


def note_win(actor: Actor, **entered: Any) -> models.Win:
    """Something that worked: date, win, and if known value, owner, note, proof, thanks."""
    return _noted(actor, models.Win, entered)


def note_risk(actor: Actor, **entered: Any) -> models.Risk:
    """Something that could go wrong: date, risk, and if known the other columns of risks.csv."""
    return _noted(actor, models.Risk, entered)


def note_spend(actor: Actor, **entered: Any) -> models.Spend:
    """Money spent: date, item, amount, and if known owner, note."""
    return _noted(actor, models.Spend, entered)


def note_promise(actor: Actor, **entered: Any) -> models.Promise:
    """What the CX team promised: promise, made_on, and if known to, due, kept_on, note."""
    return _noted(actor, models.Promise, entered)


def note_decision(actor: Actor, **entered: Any) -> models.Decision:
    """What was decided: date, decision, and if known kind, decided_by, why."""
    return _noted(actor, models.Decision, entered)


def note_mechanism(actor: Actor, **entered: Any) -> models.Mechanism:
    """Where a mechanism stands: mechanism, state, and if there is one a proof with its day (proven_on)."""
    return _noted(actor, models.Mechanism, entered)


def note_outside_mover(actor: Actor, **entered: Any) -> models.OutsideMover:
    """What may have moved executives without us: date, kind, note."""
    return _noted(actor, models.OutsideMover, entered)


def approve_story(
    actor: Actor, *, checked: Sequence[str] = (), key: str = "", **entered: Any
) -> models.Story:
    """A masked story: quote, touchpoint, score, area. The actor approves it, having checked it."""
    stated = _approved(actor, checked, entered) | {"id": key or f"s-{secrets.token_hex(4)}"}
    story = taken(tables.STORIES, stated, today=actor.workspace.today)
    with deed(actor, Act.WRITE, "story.approve", "Approved a story."):
        if models.Story.objects.filter(workspace=actor.workspace, key=story.id).exists():
            raise Invalid({"id": "There is a story of this id already. Choose another."})
        return models.Story.objects.create(workspace=actor.workspace, **columns_of(story, {}))


def change_row(actor: Actor, row: ProgrammeRow, *, seen_version: int, **entered: Any) -> None:
    """Change what a win, risk or the like says; a story is approved anew by that."""
    _here(actor, row)
    if isinstance(row, models.Story):
        entered = _approved(actor, entered.pop("checked", ()), entered)
    table, name = _KINDS[type(row)]
    fields = [column.field for column in table.columns if column.field != "id"]
    if unknown := set(entered) - set(fields):
        raise TypeError(f"{name} has no {', '.join(sorted(unknown))}")
    if isinstance(row, models.Story):
        _only_shortened(row, str(entered.get("quote", row.quote)))
    now = {field: getattr(row, field) for field in fields} | entered
    if isinstance(row, models.Story):
        now |= {"id": row.key}
    columns = columns_of(taken(table, now, today=actor.workspace.today), {})
    with deed(actor, Act.WRITE, f"{_kind(row)}.change", f"Changed {name}."):
        change(row, seen_version, **{field: columns[field] for field in fields})


def remove_row(actor: Actor, row: ProgrammeRow) -> None:
    """Take a win, risk, story or the like away."""
    _here(actor, row)
    with deed(actor, Act.WRITE, f"{_kind(row)}.remove", f"Removed {_KINDS[type(row)][1]}."):
        row.delete()


def state_vision(actor: Actor, *, seen_version: int, vision: Vision | None) -> None:
    """The vision, or that there is none; every saved text is kept. `seen_version` is the workspace's."""
    found = None if vision is None else _taken_vision(actor.workspace, vision)
    with deed(actor, Act.WRITE, "vision.state", "Stated the vision."):
        change(actor.workspace, seen_version, vision=kept_vision(found))
        models.VisionVersion.objects.create(
            workspace=actor.workspace, stated=kept_vision(found), made_by=actor.member
        )


def answer_pulse(actor: Actor, executive: Executive, *, date: Any, answers: Mapping[str, str]) -> int:
    """The answers of an executive to the one-minute questionnaire, by question; a later one replaces."""
    workspace = actor.workspace
    if executive.workspace_id != workspace.pk:
        raise NotThere
    given = {question: answer for question, answer in answers.items() if answer.strip()}
    found = [_taken_answer(workspace, executive, date, *one) for one in given.items()]
    with deed(actor, Act.WRITE, "pulse.answer", "Kept answers to the questionnaire.", executive=executive):
        for one in found:  # a row is replaced and never changed: whoever seals it anew meets the same or none
            whose = {"workspace": workspace, "respondent": one.respondent, "date": one.date, "round": ""}
            models.PulseAnswer.objects.filter(**whose, question=one.question).delete()
            models.PulseAnswer.objects.create(**whose, question=one.question, answer=one.answer)
    return len(found)


def _noted(actor: Actor, model: type[Row], entered: Mapping[str, Any]) -> Row:
    table, name = _KINDS[model]
    found = taken(table, entered, today=actor.workspace.today)
    with deed(actor, Act.WRITE, f"{model.__name__.lower()}.note", f"Noted {name}."):
        row = model(workspace=actor.workspace, **columns_of(found, {}))
        row.save(force_insert=True)
        return row


def _approved(actor: Actor, checked: Sequence[str], entered: Mapping[str, Any]) -> dict[str, Any]:
    wrong = {}
    if CHECKED not in checked:
        wrong["checked"] = "Check this first: a story is shown to executives."
    if not entered.get("consent"):
        wrong["consent"] = "Say how it was made sure that these words may be used."
    if wrong:
        raise Invalid(wrong)
    on = entered.get("approved_on") or actor.workspace.today
    return {**entered, "approved_by": actor.member.name, "approved_on": on}


def _only_shortened(row: models.Story, quote: str) -> None:
    """A story that was found stays in the customer's words; one that was typed in may be typed anew."""
    if row.theme and (foreign := wrong_with_edit(row.quote, quote[:10_000])):
        raise Invalid({"quote": foreign})


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
        raise Invalid({_field(one.path): f"{one.what} {one.remedy}" for one in errors_in(problems)})
    return found


def _field(path: str) -> str:
    """The field of a form for a place in `vision.toml`: journeys[1].from is from_0."""
    name, journey = path.rpartition(".")[2], _JOURNEY.match(path)
    return name if journey is None else f"{name}_{int(journey[1]) - 1}"


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
