"""The levers: what is at hand, what is missing and where it is entered, and for whom each is the best now."""

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.records.access import Act, files_open_to
from fulcrum.records.standings import standings_for, that_matter_most
from fulcrum.web.layout.levers import levers_shown
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import programme

MOST = 60


def levers(request: Asked) -> HttpResponse:
    """The six levers, each with its shelf; of executives only those whose file is open."""
    opened = files_open_to(request.actor).count()
    stands = list(standings_for(request.actor, that_matter_most(request.actor, MOST)).values())
    context = {
        "here": "levers",
        "levers": levers_shown(request.actor, stands),
        "has_standing": bool(stands),
        "is_cut": opened > len(stands),
        "shown": len(stands),
    }
    return render(request, "levers/levers.html", context)


urlpatterns = [page("", levers, name="levers", reads=Act.READ), *programme.urlpatterns]
