"""This week: who stands where, what is due, what changed."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act
from fulcrum.web.pages import Asked, page


def week(request: Asked) -> HttpResponse:
    """The week's page."""
    return render(request, "week/week.html", {"here": "week"})


urlpatterns = [page("", week, name="week", reads=Act.READ)]
