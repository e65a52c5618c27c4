"""Pages of settings."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def settings(request: Asked) -> HttpResponse:
    """The page."""
    return render(request, "fulcrum/base.html", {"here": "settings"})


urlpatterns = [page("", settings, name="settings", reads=Act.READ)]
