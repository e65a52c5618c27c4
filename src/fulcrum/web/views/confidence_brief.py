"""The confidence brief: how a month or quarter went; seen as it would leave, kept as it was seen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from fulcrum.briefing.formats import FORMATS
from fulcrum.core.brief import Brief
from fulcrum.over_time import A_MONTH, A_QUARTER
from fulcrum.records import models
from fulcrum.records.access import Act, files_open_to
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.models import BriefKind
from fulcrum.records.queries import briefs as queries
from fulcrum.records.queries.people import open_file
from fulcrum.web.brief_files import as_document
from fulcrum.web.pages import Asked, page

BOARD = "board"
EVERY = {"month": A_MONTH.days, "quarter": A_QUARTER.days}


def look(request: Asked, every: str, key: str) -> HttpResponse:
    """Exactly what would leave; on POST it is kept, unless it is no longer what was seen."""
    executive, days = _asked(request, every, key)
    grounds = queries.grounds_of(request.actor)
    said = deeds.composed_confidence(request.actor, executive, grounds.evidence, days=days)
    if request.method != "POST":
        return _page(request, every, key, executive, said)
    try:
        kept = deeds.keep_brief(
            request.actor,
            executive,
            brief=said,
            run=grounds.run,
            seen=request.POST.get("seen", ""),
            kind=BriefKind.CONFIDENCE,
        )
    except deeds.ChangedSinceLook as changed:
        messages.warning(request, str(changed))
        return _page(request, every, key, executive, said, status=409)
    messages.success(request, "Kept as it was shown. It changes no more; make another when things change.")
    return redirect("brief", slug=request.actor.workspace.slug, row=kept.pk)


def document(request: Asked, every: str, key: str) -> HttpResponse:
    """The page that would leave, by itself."""
    executive, days = _asked(request, every, key)
    grounds = queries.grounds_of(request.actor)
    said = deeds.composed_confidence(request.actor, executive, grounds.evidence, days=days)
    return as_document(FORMATS["html"].render(said))


def _page(
    request: Asked,
    every: str,
    key: str,
    executive: models.Executive | None,
    said: Brief,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "briefs",
        "every": every,
        "times": list(EVERY),
        "key": key,
        "reader": "the board" if executive is None else executive.name,
        "people": list(files_open_to(request.actor).order_by("id")),
        "title": said.title,
        "seen": deeds.mark_of(said),
        "grounds": queries.grounds_of(request.actor),
        "to_mend": deeds.to_mend(request.actor, said),
    }
    return render(request, "briefs/confidence.html", context, status=status)


def _asked(request: Asked, every: str, key: str) -> tuple[models.Executive | None, int]:
    """For whom, whose file has to be open, and of how many days."""
    if every not in EVERY:
        raise Http404
    return (None if key == BOARD else open_file(request.actor, key)), EVERY[every]


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns: list[URLPattern] = [
    page("confidence/<str:every>/<str:key>/", look, name="confidence_look", **WRITE),
    page(
        "confidence/<str:every>/<str:key>/document.html",
        document,
        name="confidence_document",
        reads=Act.WRITE,
    ),
]
