"""Pages of library."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def library(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "library"})


urlpatterns = [page("", library, name="library", reads=Act.READ)]
