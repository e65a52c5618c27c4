"""All that is held on one executive, for whoever answers their question what that is."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models as django

from fulcrum import from_words
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.models.file import FileRow
from fulcrum.records.own_words import files_of

_ROWS: tuple[type[Any], ...] = (
    models.Goal,
    models.Observation,
    models.Reaction,
    models.Motivator,
    models.Ask,
    models.Move,
    models.Influence,
    models.WordsSetAside,
)
_TEAM: tuple[type[Any], ...] = (
    models.Initiative,
    models.Story,
    models.Win,
    models.Risk,
    models.Spend,
    models.Promise,
    models.Decision,
    models.Mechanism,
    models.OutsideMover,
)


@value
class Held:
    """What is held on one person as JSON-ready data; what is not in it; and where their name also stands."""

    data: Mapping[str, Any]
    not_included: tuple[str, ...]
    named_elsewhere: tuple[str, ...]


def held_on(actor: Actor, executive: models.Executive) -> Held:
    """Everything on one executive, rows that were taken back too; for somebody whose file it is open to."""
    notes = models.PrivateNote.objects.filter(executive=executive)
    read = notes.filter(pk__in=models.PrivateNote.objects.visible_to(actor))
    data: dict[str, Any] = {
        "executive": _plain(executive),
        "readers": [
            {"member": one.member.name, "named_at": one.named_at.isoformat()}
            for one in models.Reader.objects.filter(executive=executive).select_related("member")
        ],
        "accounts": [member.name for member in executive.accounts.all()],
        **{model.__name__: [_plain(row) for row in _of(model, executive)] for model in _ROWS},
        "HeardBy": [_plain(row) for row in models.Influence.objects.filter(listened_to=executive)],
        "PrivateNote": [_plain(row) for row in read],
        "Standing": [_plain(row) for row in models.Standing.objects.filter(executive=executive)],
        "Brief": [_plain(row) for row in models.Brief.objects.filter(executive=executive)],
        "PulseAnswer": [_answer(row, executive) for row in answers_about(executive)],
        "PulseInvitation": [_plain(row) for row in _asked(executive)],
        "OwnWords": [_text(path) for path in files_of(executive)],
        "vision": dict((executive.workspace.vision or {}).get("meaning", [])).get(executive.key),
        "vision_before": [
            {"on": one.made_at.isoformat(), "meaning": said}
            for one in models.VisionVersion.objects.filter(workspace=executive.workspace)
            if (said := dict((one.stated or {}).get("meaning", [])).get(executive.key))
        ],
        "Audit": [_plain(row) for row in models.Audit.objects.filter(executive=executive)],
    }
    return Held(
        data=data,
        not_included=tuple(_not_included(notes.exclude(pk__in=read))),
        named_elsewhere=named_elsewhere(actor, executive),
    )


def named_elsewhere(actor: Actor, executive: models.Executive) -> tuple[str, ...]:
    """Rows about other things whose text holds the person's name; to be looked at by a person."""
    of_files: tuple[type[Any], ...] = (*_ROWS[1:], models.PrivateNote)
    rows = [
        *(row for model in _TEAM for row in model.objects.filter(workspace=executive.workspace)),
        *(row for model in of_files for row in model.objects.visible_to(actor).exclude(executive=executive)),
    ]
    name = executive.name.casefold()
    opened = files_open_to(actor).exclude(pk=executive.pk).select_related("workspace")
    texts = [path for one in opened for path in files_of(one) if from_words.holds_name(path, executive.name)]
    return (
        *(f"{type(row).__name__} {row.pk}" for row in rows if any(name in text for text in _texts(row))),
        *(f"words/{path.name}" for path in texts),
    )


def answers_about(executive: models.Executive) -> "django.QuerySet[models.PulseAnswer]":
    """Answers to pulses that are theirs, or name them as the one who leads: sealed, so that each is read."""
    answers = models.PulseAnswer.objects.filter(workspace=executive.workspace)
    leads = answers.filter(question="who_leads")
    naming = [one.pk for one in leads if one.answer == executive.key]
    return answers.filter(django.Q(respondent=executive.key) | django.Q(pk__in=naming))


def _text(path: Path) -> dict[str, str]:
    """A text as it was taken over, its bytes in base 64."""
    return {"file": path.name, "bytes": b64encode(path.read_bytes()).decode("ascii")}


def _of(model: type[Any], executive: models.Executive) -> Any:
    return model.objects.filter(executive=executive).order_by("pk")


def _asked(executive: models.Executive) -> Any:
    return models.PulseInvitation.objects.filter(executive=executive).select_related("round", "made_by")


def _answer(row: models.PulseAnswer, executive: models.Executive) -> dict[str, Any]:
    """An answer of theirs; of a colleague's that names them, not whose it is: that was promised."""
    is_own = row.respondent == executive.key
    return _plain(row) | ({} if is_own else {"respondent": "a colleague", "id": None})


def _not_included(closed: Any) -> Iterator[str]:
    authors = sorted({"somebody who left" if one.author is None else one.author.name for one in closed})
    if authors:
        yield f"Private notes that you may not read, by {', '.join(authors)}: ask each of them."
    yield "Copies outside of Fulcrum, such as briefs that were sent, and backups."


def _plain(row: django.Model) -> dict[str, Any]:
    """A row by its columns; people by name."""
    return {
        field.name: _shown(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if field.name != "workspace"
    }


def _shown(held: Any) -> Any:
    if isinstance(held, date | datetime):
        return held.isoformat()
    if isinstance(held, Decimal):
        return str(held)
    if isinstance(held, FileRow):
        return held.pk
    return str(held) if isinstance(held, django.Model) else held


def _texts(row: django.Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if isinstance(held := getattr(row, field.name), str):
            yield held.casefold()
