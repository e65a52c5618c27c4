"""The start: the workspaces, or the first run; and whether the desk is well."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from fulcrum import __version__
from fulcrum.records.access import workspaces_of
from fulcrum.web.pages import Open, page


def home(request: HttpRequest) -> HttpResponse:
    """The one workspace, a choice of several, or the first run."""
    workspaces = list(workspaces_of(request.user))
    if len(workspaces) == 1 and "all" not in request.GET:
        return redirect("week", slug=workspaces[0].slug)
    return render(request, "home/start.html", {"workspaces": workspaces})


def health(request: HttpRequest) -> HttpResponse:
    """For machines: that pages are answered and the records can be read; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


urlpatterns = [
    page("", home, name="home", reads=Open.SIGNED_IN),
    page("health/", health, name="health", reads=Open.ANYONE),
]
