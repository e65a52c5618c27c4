"""The list of briefs."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.records.actions.briefs import reader_of
from fulcrum.records.models import BriefKind, Executive
from fulcrum.records.queries.briefs import briefs_of
from fulcrum.records.taking import is_unfit
from fulcrum.web.pages import Asked

A_PAGE = 50


def briefs(request: Asked) -> HttpResponse:
    """Every brief that was kept, the newest first."""
    found = briefs_of(request.actor)
    chosen = "" if is_unfit(request.GET.get("for", "")) else request.GET.get("for", "")
    if chosen:
        found = (
            found.filter(executive__isnull=True, kind=BriefKind.CASE)
            if chosen == "board"
            else found.filter(executive__key=chosen)
        )
    pages = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "briefs",
        "pages": pages,
        "briefs": [{"row": one, "reader": reader_of(one)} for one in pages],
        "chosen": chosen,
        "readers": Executive.objects.filter(
            workspace=request.actor.workspace, briefs__isnull=False
        ).distinct(),
        "has_exports": request.actor.workspace.datasets.exists(),
        "may_make": request.actor.may(Act.WRITE),
    }
    return render(request, "briefs/list.html", context)
