"""The library: all that Fulcrum recommends and cites, found by words and filters, each under its address."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.records.folders import playbook_of
from fulcrum.web.layout.library import KINDS, Entry, entries_in
from fulcrum.web.layout.library_search import FILTERS, LABELS, Query, counts_by, found_by, options, query_of
from fulcrum.web.pages import Asked, page

A_PAGE = 30


def library(request: Asked) -> HttpResponse:
    """What was found; for htmx the results alone."""
    entries = entries_in(request.actor.workspace)
    query = query_of(request.GET.dict())
    found = found_by(query, entries)
    shown = {
        "here": "library",
        "query": query,
        "count": len(found),
        "pages": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "kinds": _kinds(query, entries),
        "filters": _filters(query, entries),
        "address": _address(query),
        "version": playbook_of(request.actor.workspace).version,
    }
    is_part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = render(request, "library/found.html" if is_part else "library/library.html", shown)
    response.headers["Vary"] = "HX-Request"
    return response


def entry(request: Asked, kind: str, id: str) -> HttpResponse:
    """One entry with all that stands beside it, and its sources."""
    entries = entries_in(request.actor.workspace)
    found = next((one for one in entries if one.kind == kind and one.id == id), None)
    if found is None:
        raise Http404
    context = {"here": "library", "entry": found, "kind_name": KINDS[kind], "near": _near(found, entries)}
    return render(request, "library/entry.html", context)


def _kinds(query: Query, entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
    counts = counts_by(query, entries)
    total = {"key": "", "label": "All", "count": sum(counts.values())}
    kinds = [total, *({"key": key, "label": label, "count": counts[key]} for key, label in KINDS.items())]
    return [one | {"address": _address(Query(words=query.words, kind=str(one["key"])))} for one in kinds]


def _filters(query: Query, entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
    chosen = dict(query.filters)
    return [
        {
            "name": name,
            "label": LABELS[name],
            "options": options(name, query.kind, entries),
            "chosen": chosen.get(name, ""),
        }
        for name in FILTERS.get(query.kind, ())
    ]


def _address(query: Query) -> str:
    """The query as it stands in the address."""
    held = {"q": query.words, "kind": query.kind, **dict(query.filters)}
    return urlencode({name: text for name, text in held.items() if text})


def _near(found: Entry, entries: tuple[Entry, ...]) -> list[Entry]:
    """What belongs beside an entry: the study that contradicts it, the anchors of a level."""
    if found.kind == "level":
        return [one for one in entries if one.kind == "anchor" and one.lowest_level == found.lowest_level]
    disputed = [id for facet, id in found.facets if facet == "disputed by"]
    return [one for one in entries if one.kind == "argument" and one.id in disputed]


urlpatterns = [
    page("", library, name="library", reads=Act.READ),
    page("<str:kind>/<str:id>/", entry, name="library_entry", reads=Act.READ),
]
