"""The vision: a guided form that says where it is vague while it is written, and every saved text."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from fulcrum.core.company import Vision
from fulcrum.core.vision import Vague, VisionReading
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.actions import programme as deeds
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries import vision as queries
from fulcrum.records.taking import Invalid
from fulcrum.records.vision import vision_of
from fulcrum.web.entry import Field, Shown, seen_version
from fulcrum.web.forms import vision as form
from fulcrum.web.pages import Asked, page

NO_VISION = Vision(statement="")


def vision(request: Asked) -> HttpResponse:
    """The form, with what is vague beside each field; nothing vague keeps it from being saved."""
    workspace = models.Workspace.objects.get(pk=request.actor.workspace.pk)
    people = _people(request)
    if request.method != "POST":
        kept = vision_of(workspace.vision) or NO_VISION
        texts = form.texts_of(kept, people, places=len(kept.journeys) + form.SPARE)
        return _page(request, texts, people, version=workspace.version, is_read=workspace.vision is not None)
    texts = form.sent_texts(request.POST, people)
    if request.POST.get("do") == "check":
        return _page(request, texts, people, version=seen_version(request), is_read=True)
    try:
        stated = form.entered_vision(texts, people)
        deeds.state_vision(request.actor, seen_version=seen_version(request), vision=stated)
    except Invalid as wrong:
        return _page(request, texts, people, version=seen_version(request), mistakes=wrong.fields, status=422)
    except ChangedMeanwhile as changed:
        now = cast(models.Workspace, changed.now)
        return _page(request, texts, people, version=now.version, now=vision_of(now.vision), status=409)
    return _saved(request, stated)


def check(request: Asked) -> HttpResponse:
    """What is vague in the text as it stands in the form; nothing is kept."""
    people = _people(request)
    texts = form.sent_texts(request.POST, people)
    reading = queries.reading_of(request.actor, form.draft_of(texts, people))
    found = _by_field(reading, texts, people)
    context = {"reading": reading, "by_field": [(name, found.get(name, ())) for name in texts]}
    return render(request, "levers/vision_found.html", context)


def history(request: Asked) -> HttpResponse:
    """Every text of the vision that was saved, by whom and when."""
    names = {one.key: f"{one.name}, {one.role}" for one in _people(request)}
    saved = [
        {"saved": one, "meaning": _meanings(one.vision, names), "is_now": place == 0}
        for place, one in enumerate(queries.saved_visions(request.actor))
    ]
    kept = vision_of(request.actor.workspace.vision)
    return render(
        request,
        "levers/vision_history.html",
        {"here": "levers", "saved": saved, "kept": kept, "kept_meaning": _meanings(kept, names)},
    )


def _saved(request: Asked, stated: Vision | None) -> HttpResponse:
    slug = request.actor.workspace.slug
    serious = 0 if stated is None else len(queries.reading_of(request.actor, stated).serious)
    messages.success(request, "Saved." if stated is not None else "Saved: there is no vision now.")
    if serious:
        messages.warning(request, "It is still vague in places, so that the lever is thin. They are marked.")
        return redirect("vision", slug=slug)
    return redirect("levers", slug=slug)


def _page(
    request: Asked,
    texts: Mapping[str, str],
    people: list[models.Executive],
    *,
    version: int,
    is_read: bool = True,
    mistakes: Mapping[str, str] | None = None,
    now: Vision | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong, playbook = dict(mistakes or {}), playbook_of(request.actor.workspace)
    places = [int(name.removeprefix("journey_")) for name in texts if name.startswith("journey_")]
    theirs = {} if now is None else form.texts_of(now, people, places=max(places, default=0) + 1)
    reading = queries.reading_of(request.actor, form.draft_of(texts, people)) if is_read else None
    found = {} if reading is None else _by_field(reading, texts, people)

    def shown(field: Field) -> dict[str, Any]:
        meanwhile = theirs.get(field.name, "") if status == 409 else ""
        made = Shown(
            field=replace(field, also=f"found-{field.name}"),
            entered=texts.get(field.name, ""),
            mistake=wrong.pop(field.name, ""),
            meanwhile=meanwhile if meanwhile != texts.get(field.name, "") else "",
        )
        return {"shown": made, "found": found.get(field.name, ())}

    context = {
        "here": "levers",
        "version": version,
        "statement": shown(form.STATEMENT),
        "journeys": [[shown(field) for field in form.journey_fields(place)] for place in places],
        "meanings": [shown(form.meaning_field(one, playbook)) for one in people],
        "not_doing": shown(form.NOT_DOING),
        "approved": [shown(field) for field in form.APPROVED],
        "lowest": queries.worth_a_journey(request.actor),
        "touchpoints": queries.touchpoints(request.actor),
        "reading": reading,
        "is_conflict": status == 409,
        "has_mistakes": bool(mistakes),
        "has_vision": request.actor.workspace.vision is not None,
        "back": reverse("levers", kwargs={"slug": request.actor.workspace.slug}),
    }
    context["others"] = tuple(wrong.values())
    return render(request, "levers/vision.html", context, status=status)


def _by_field(
    reading: VisionReading, texts: Mapping[str, str], people: list[models.Executive]
) -> dict[str, tuple[Vague, ...]]:
    found: dict[str, tuple[Vague, ...]] = {}
    for one in reading.found:
        name = form.field_at(one.place, texts, people)
        found[name] = (*found.get(name, ()), one)
    return found


def _meanings(said: Vision | None, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [] if said is None else [(names.get(who, who), what) for who, what in said.meaning]


def _people(request: Asked) -> list[models.Executive]:
    return list(models.Executive.objects.filter(workspace=request.actor.workspace).order_by("id"))


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns: list[URLPattern] = [
    page("vision/", vision, name="vision", **WRITE),
    page("vision/check/", check, name="vision_check", writes=Act.WRITE),
    page("vision/history/", history, name="vision_history", reads=Act.READ),
]
