"""Pages of evidence."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def evidence(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "evidence"})


urlpatterns = [page("", evidence, name="evidence", reads=Act.READ)]
