"""Pages of executives."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def executives(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "executives"})


urlpatterns = [page("", executives, name="executives", reads=Act.READ)]
