"""The vision: one form for the sentence, the journeys, what it means for whom, and what is not done."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fulcrum.core.company import JourneyShift, Vision
from fulcrum.records import models
from fulcrum.records.actions import programme as deeds
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.taking import Invalid
from fulcrum.records.vision import vision_of
from fulcrum.web.entry import Field, Form, answered, seen_version
from fulcrum.web.pages import Asked

_SPARE = 2  # empty places for journeys
_MOST = 40
_PARTS = (("journey", "Journey"), ("from", "How it is"), ("to", "How it shall be"))
_HALF = "A journey needs its name, how it is and how it shall be."
_STATEMENT = Field(
    name="statement",
    label="The vision, in one sentence",
    kind="area",
    is_required=True,
    hint="What a customer will notice, not how anybody will feel about it.",
)


def vision(request: Asked) -> HttpResponse:
    """The approved picture of where this is heading."""
    workspace = models.Workspace.objects.get(pk=request.actor.workspace.pk)
    people = list(models.Executive.objects.filter(workspace=workspace))
    held = _flat(workspace)
    form = Form(
        title="Where this is heading",
        lead="One sentence that the chief executive has approved, what it changes by journey, what it means "
        "for each function, and what you will not do.",
        fields=_fields(_places(request, workspace), people),
        button="Save the vision",
        back=reverse("levers", kwargs={"slug": workspace.slug}),
        here="levers",
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        try:
            deeds.state_vision(
                request.actor, seen_version=seen_version(request), vision=_stated(entered, people)
            )
        except ChangedMeanwhile as changed:
            raise ChangedMeanwhile(cast(Any, _flat(cast(models.Workspace, changed.now)))) from changed
        messages.success(request, "Saved.")
        return redirect(form.back)

    return answered(request, form, cast(Any, held), save)


def _stated(entered: Mapping[str, Any], people: list[models.Executive]) -> Vision | None:
    """The vision that was entered, a journey with all three of its texts; None where nothing was."""
    texts = {name: str(text).strip() for name, text in entered.items()}
    places = [name.removeprefix("journey_") for name in texts if name.startswith("journey_")]
    names = [[f"{part}_{place}" for part, _ in _PARTS] for place in places]
    half = [row for row in names if any(texts[name] for name in row)]
    if wrong := {name: _HALF for row in half for name in row if not texts[name]}:
        raise Invalid(wrong)
    journeys = [[texts[name] for name in row] for row in names]
    vision = Vision(
        statement=texts["statement"],
        journeys=tuple(JourneyShift(journey=one, from_=was, to=to) for one, was, to in journeys if one),
        meaning=tuple((one.key, said) for one in people if (said := texts[f"meaning_{one.pk}"])),
        not_doing=tuple(line.strip() for line in texts["not_doing"].splitlines() if line.strip()),
    )
    return vision if any(texts.values()) else None


def _flat(workspace: models.Workspace) -> SimpleNamespace:
    """The vision as one row, as the form asks it."""
    kept = vision_of(workspace.vision) or Vision(statement="")
    named = dict(kept.meaning)
    held = {"version": workspace.version, "statement": kept.statement, "not_doing": "\n".join(kept.not_doing)}
    blank = JourneyShift(journey="", from_="", to="")
    for place, shift in enumerate((*kept.journeys, *[blank] * _MOST)):
        held |= {f"journey_{place}": shift.journey, f"from_{place}": shift.from_, f"to_{place}": shift.to}
    for one in models.Executive.objects.filter(workspace=workspace):
        held[f"meaning_{one.pk}"] = named.get(one.key, "")
    return SimpleNamespace(**held)


def _places(request: Asked, workspace: models.Workspace) -> int:
    """How many places for journeys the form has: those that are kept or were sent, and a few more."""
    kept = vision_of(workspace.vision)
    count = 0 if kept is None else len(kept.journeys)
    sent = sum(name.startswith("journey_") for name in request.POST)
    return max(count + _SPARE, min(sent, _MOST))


def _fields(places: int, people: list[models.Executive]) -> tuple[Field, ...]:
    journeys = [
        Field(name=f"{part}_{place}", label=f"{label} {place + 1}" if part == "journey" else label)
        for place in range(places)
        for part, label in _PARTS
    ]
    meaning = [
        Field(name=f"meaning_{one.pk}", label=f"What it means for {one.name}, {one.role}") for one in people
    ]
    undone = Field(name="not_doing", label="What you will not do", kind="area", hint="One line each.")
    return (_STATEMENT, *journeys, *meaning, undone)
