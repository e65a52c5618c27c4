"""Briefs: kept as they were seen, downloaded, and shown to guests by a link that ends."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from fulcrum.briefing.formats import FORMATS
from fulcrum.core.brief import Brief as Said
from fulcrum.records import models
from fulcrum.records.access import Act, files_open_to
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.queries import briefs as queries
from fulcrum.records.queries.people import open_file
from fulcrum.web.brief_files import WORDS, as_document, as_file
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import brief_links, confidence_brief, vision_brief
from fulcrum.web.views.brief_list import briefs

BOARD = "board"


def choose(request: Asked) -> HttpResponse:
    """For whom a brief shall be, and on which findings it shall rest."""
    wanted = request.POST.get("for", "")
    if wanted:
        return _chosen(request, wanted)
    days = queries.last_days(request.actor)
    people = [
        {"key": one.key, "name": one.name, "role": one.role, "last": days.get(one.pk)}
        for one in files_open_to(request.actor)
    ]
    context = {
        "here": "briefs",
        "people": people,
        "board": days.get(None),
        "grounds": queries.grounds_of(request.actor),
        "wanted": request.GET.get("for", ""),
        "is_unsaid": request.method == "POST",
    }
    return render(request, "briefs/choose.html", context, status=422 if request.method == "POST" else 200)


def _chosen(request: Asked, key: str) -> HttpResponse:
    slug, executive = request.actor.workspace.slug, _reader(request, key)
    grounds = queries.grounds_of(request.actor)
    is_kept_as_read = grounds.evidence is not None and request.POST.get("findings") == "as read"
    needs_reading = grounds.has_exports and (grounds.evidence is None or bool(grounds.stale))
    if needs_reading and not is_kept_as_read:
        job = deeds.ask_for_reading(request.actor, executive)
        return redirect("job", slug=slug, key=job.pk)
    return redirect("brief_look", slug=slug, key=key)


def look(request: Asked, key: str) -> HttpResponse:
    """Exactly what would leave; on POST it is kept, unless it is no longer what was seen."""
    executive = _reader(request, key)
    if request.method != "POST":
        return _look_page(request, key, executive)
    grounds = queries.grounds_of(request.actor)
    said = deeds.composed_for(request.actor, executive, grounds.evidence)
    try:
        kept = deeds.keep_brief(
            request.actor, executive, brief=said, run=grounds.run, seen=request.POST.get("seen", "")
        )
    except deeds.ChangedSinceLook as changed:
        messages.warning(request, str(changed))
        return _look_page(request, key, executive, status=409)
    messages.success(request, "Kept as it was shown. It changes no more; make another when things change.")
    return redirect("brief", slug=request.actor.workspace.slug, row=kept.pk)


def look_document(request: Asked, key: str) -> HttpResponse:
    """The page that would leave, by itself."""
    executive = _reader(request, key)
    grounds = queries.grounds_of(request.actor)
    _must_be_read(grounds)
    return as_document(FORMATS["html"].render(deeds.composed_for(request.actor, executive, grounds.evidence)))


def brief(request: Asked, row: int) -> HttpResponse:
    """One brief as it was kept, with its files, what changed since the one before, and its links."""
    return brief_page(request, queries.brief_of(request.actor, row))


def brief_page(request: Asked, found: models.Brief, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a brief; `more` is what a deed has to say on it."""
    said, earlier = queries.said_in(found), queries.before(found)
    is_shareable = request.actor.may(Act.WRITE)
    context = {
        "here": "briefs",
        "brief": found,
        "reader": deeds.reader_of(found),
        "is_readable": said is not None,
        "files": [
            {"name": name, "words": WORDS[name], "is_at_hand": deeds.is_at_hand(found, name)}
            for name in ("pdf", "pptx", "xlsx", "html")
        ],
        "earlier": earlier,
        "changes": _changes(earlier, said),
        "links": brief_links.links_shown(request, found) if is_shareable else (),
        "days": deeds.DAYS_OPEN,
        **more,
    }
    return render(request, "briefs/brief.html", context, status=status)


def document(request: Asked, row: int) -> HttpResponse:
    """The brief's own page."""
    return as_document(deeds.document(queries.brief_of(request.actor, row), "html"))


def file(request: Asked, row: int, format_name: str) -> HttpResponse:
    """The brief as a file."""
    found = queries.brief_of(request.actor, row)
    if format_name not in FORMATS:
        raise Http404
    return as_file(found, format_name, deeds.document(found, format_name))


def prepare(request: Asked, row: int, format_name: str) -> HttpResponse:
    """Lay out a file that takes its time."""
    found = queries.brief_of(request.actor, row)
    if format_name not in FORMATS:
        raise Http404
    job = deeds.ask_for_file(request.actor, found, format_name)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def share(request: Asked, row: int) -> HttpResponse:
    """Make a link; it is shown on this one answer and never again."""
    found = queries.brief_of(request.actor, row)
    days = request.POST.get("days", "")
    link, token = deeds.share(request.actor, found, days=int(days) if days in {"1", "7", "30"} else 0)
    address = request.build_absolute_uri(reverse("shared_brief", kwargs={"token": token}))
    return brief_page(request, found, status=201, made_link=address, made_until=link.expires_at)


def _look_page(
    request: Asked, key: str, executive: models.Executive | None, *, status: int = 200
) -> HttpResponse:
    grounds = queries.grounds_of(request.actor)
    _must_be_read(grounds)
    said = deeds.composed_for(request.actor, executive, grounds.evidence)
    earlier = queries.newest_for(request.actor, executive)
    context = {
        "here": "briefs",
        "key": key,
        "reader": "the board" if executive is None else executive.name,
        "title": said.title,
        "to_mend": deeds.to_mend(request.actor, said),
        "seen": deeds.mark_of(said),
        "grounds": grounds,
        "earlier": earlier,
        "changes": _changes(earlier, said),
    }
    return render(request, "briefs/look.html", context, status=status)


def _reader(request: Asked, key: str) -> models.Executive | None:
    """The executive for whom it shall be, whose file has to be open; None for the board."""
    return None if key == BOARD else open_file(request.actor, key)


def _must_be_read(grounds: queries.Grounds) -> None:
    if grounds.evidence is None and grounds.has_exports:
        raise Http404


def _changes(earlier: models.Brief | None, said: Said | None) -> tuple[queries.Change, ...] | None:
    """None where there is nothing to compare."""
    before = None if earlier is None else queries.said_in(earlier)
    return None if before is None or said is None else queries.changes(before, said)


MAKE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("", briefs, name="briefs", reads=Act.READ),
    *vision_brief.urlpatterns,
    *confidence_brief.urlpatterns,
    page("make/", choose, name="brief_choose", **MAKE),
    page("look/<str:key>/", look, name="brief_look", **MAKE),
    page("look/<str:key>/document.html", look_document, name="brief_look_document", reads=Act.WRITE),
    page("<int:row>/", brief, name="brief", reads=Act.READ),
    page("<int:row>/document.html", document, name="brief_document", reads=Act.READ),
    page("<int:row>/file/<str:format_name>/", file, name="brief_file", reads=Act.READ),
    page("<int:row>/prepare/<str:format_name>/", prepare, name="brief_prepare", writes=Act.READ),
    page("<int:row>/share/", share, name="brief_share", writes=Act.WRITE),
    page("<int:row>/link/<int:link>/close/", brief_links.close, name="brief_close_link", writes=Act.WRITE),
]
shared_urlpatterns: list[URLPattern] = brief_links.shared_urlpatterns
