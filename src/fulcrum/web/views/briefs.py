"""Pages of briefs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def briefs(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "briefs"})


urlpatterns = [page("", briefs, name="briefs", reads=Act.READ)]
shared_urlpatterns: list[URLPattern] = []
