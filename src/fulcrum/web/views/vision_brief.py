"""The vision brief: seen as it would leave, kept as it was seen; for all executives or for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from fulcrum.briefing.formats import FORMATS
from fulcrum.core.errors import WrongUse
from fulcrum.records import models
from fulcrum.records.access import Act, NotThere
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.models import BriefKind
from fulcrum.records.queries import briefs as queries
from fulcrum.records.queries.people import executive_of
from fulcrum.records.queries.vision import reading_of
from fulcrum.records.vision import vision_of
from fulcrum.web.brief_files import as_document
from fulcrum.web.pages import Asked, page


def look(request: Asked, key: str = "") -> HttpResponse:
    """Exactly what would leave; on POST it is kept, unless it is no longer what was seen."""
    executive = _reader(request, key)
    if vision_of(request.actor.workspace.vision) is None:
        messages.warning(request, "There is no vision yet: write it first.")
        return redirect("vision", slug=request.actor.workspace.slug)
    if request.method != "POST":
        return _page(request, executive)
    grounds = queries.grounds_of(request.actor)
    said = deeds.composed_vision(request.actor, executive, grounds.evidence)
    try:
        kept = deeds.keep_brief(
            request.actor,
            executive,
            brief=said,
            run=grounds.run,
            seen=request.POST.get("seen", ""),
            kind=BriefKind.VISION,
        )
    except deeds.ChangedSinceLook as changed:
        messages.warning(request, str(changed))
        return _page(request, executive, status=409)
    messages.success(request, "Kept as it was shown. It changes no more; make another when things change.")
    return redirect("brief", slug=request.actor.workspace.slug, row=kept.pk)


def document(request: Asked, key: str = "") -> HttpResponse:
    """The page that would leave, by itself."""
    executive, grounds = _reader(request, key), queries.grounds_of(request.actor)
    try:
        said = deeds.composed_vision(request.actor, executive, grounds.evidence)
    except WrongUse as nothing:
        raise NotThere from nothing
    return as_document(FORMATS["html"].render(said))


def _page(request: Asked, executive: models.Executive | None, *, status: int = 200) -> HttpResponse:
    actor, slug = request.actor, request.actor.workspace.slug
    grounds, stated = queries.grounds_of(actor), vision_of(actor.workspace.vision)
    said = deeds.composed_vision(actor, executive, grounds.evidence)
    place = {"slug": slug} | ({"key": executive.key} if executive is not None else {})
    named = "" if executive is not None else "_all"
    people = models.Executive.objects.filter(workspace=actor.workspace).order_by("id")
    context = {
        "here": "briefs",
        "executive": executive,
        "reader": "all executives" if executive is None else executive.name,
        "people": [(one, reverse("vision_look", kwargs={"slug": slug, "key": one.key})) for one in people],
        "address": reverse(f"vision_document{named}", kwargs=place),
        "title": said.title,
        "seen": deeds.mark_of(said),
        "grounds": grounds,
        "reading": None if stated is None else reading_of(actor, stated),
        "is_draft": stated is not None and not stated.approved_by.strip(),
    }
    return render(request, "briefs/vision.html", context, status=status)


def _reader(request: Asked, key: str) -> models.Executive | None:
    return executive_of(request.actor, key) if key else None


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns: list[URLPattern] = [
    page("vision/look/", look, name="vision_look_all", **WRITE),
    page("vision/look/document.html", document, name="vision_document_all", reads=Act.WRITE),
    page("vision/look/<str:key>/", look, name="vision_look", **WRITE),
    page("vision/look/<str:key>/document.html", document, name="vision_document", reads=Act.WRITE),
]
