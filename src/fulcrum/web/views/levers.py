"""Pages of levers."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def levers(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "levers"})


urlpatterns = [page("", levers, name="levers", reads=Act.READ)]
