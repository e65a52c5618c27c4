"""Links to one brief: how they stand, how they are closed, and what a guest sees who opens one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from fulcrum.briefing.formats import FORMATS
from fulcrum.records import models
from fulcrum.records.access import NotThere
from fulcrum.records.actions import briefs as deeds
from fulcrum.records.queries import briefs as queries
from fulcrum.web.brief_files import WORDS, as_document, as_file
from fulcrum.web.pages import Asked, Open, page


def links_shown(request: Asked, brief: models.Brief) -> list[dict[str, Any]]:
    """Every link to a brief: until when, by whom, how often it was opened, and whether it still opens."""
    now = timezone.now()
    return [
        {"row": link, "is_open": link.closed_at is None and link.expires_at > now}
        for link in queries.links_of(request.actor, brief)
    ]


def close(request: Asked, row: int, link: int) -> HttpResponse:
    """Close a link at once."""
    brief = queries.brief_of(request.actor, row)
    found = queries.links_of(request.actor, brief).filter(pk=link).first()
    if found is None:
        raise NotThere
    deeds.close_link(request.actor, found)
    messages.success(request, "The link is closed. Whoever follows it finds nothing.")
    return redirect("brief", slug=request.actor.workspace.slug, row=row)


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """One brief for somebody without an account: that brief, its files, and nothing else."""
    brief = deeds.shared(token, is_opening=request.method == "GET")
    if brief is None:
        return _closed(request)
    context = {
        "brief": brief,
        "token": token,
        "files": [{"name": name, "words": WORDS[name]} for name in ("pdf", "pptx", "xlsx", "html")],
    }
    return _for_guests(render(request, "briefs/guest.html", context))


def shared_document(request: HttpRequest, token: str) -> HttpResponse:
    """The brief's own page, for a guest."""
    brief = deeds.shared(token, is_opening=False)
    return _closed(request) if brief is None else _for_guests(as_document(deeds.document(brief, "html")))


def shared_file(request: HttpRequest, token: str, format_name: str) -> HttpResponse:
    """The brief as a file, for a guest."""
    if format_name not in FORMATS:
        raise Http404
    brief = deeds.shared(token, is_opening=False)
    if brief is None:
        return _closed(request)
    return _for_guests(as_file(brief, format_name, deeds.document(brief, format_name)))


def _closed(request: HttpRequest) -> HttpResponse:
    return _for_guests(render(request, "briefs/closed.html", status=404))


def _for_guests(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


shared_urlpatterns: list[URLPattern] = [
    page("b/<str:token>/", shared, name="shared_brief", reads=Open.ANYONE),
    page("b/<str:token>/document.html", shared_document, name="shared_document", reads=Open.ANYONE),
    page("b/<str:token>/file/<str:format_name>/", shared_file, name="shared_file", reads=Open.ANYONE),
]
