"""Stories and half an hour with customers for one executive: chosen, shown, printed, taken along."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from fulcrum import from_comments
from fulcrum.briefing.formats import FORMATS
from fulcrum.records.access import Act, NotThere, is_open
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import Executive
from fulcrum.records.queries.people import executive_of
from fulcrum.records.queries.stories import company_for_stories, moves_seen, searched
from fulcrum.records.standings import standing_of
from fulcrum.web.layout.stories_for import itinerary_of, offered, story_page
from fulcrum.web.pages import Asked, page

TAKEN_ALONG = ("pdf", "html")


def choice(request: Asked, key: str) -> HttpResponse:
    """Which stories for this executive and why; and where to listen for thirty minutes."""
    executive = executive_of(request.actor, key)
    shown = story_page(request.actor, executive)
    return render(
        request,
        "stories/for.html",
        {"here": "stories", "part": "for", "offered": _offered(request, executive), **shown},
    )


def sheet(request: Asked, key: str, format_name: str) -> HttpResponse:
    """The itinerary as a file for its executive: without answers, customers or what is believed of them."""
    executive = executive_of(request.actor, key)
    held = searched(request.actor)
    if held is None or format_name not in TAKEN_ALONG:
        raise Http404
    company = company_for_stories(request.actor, executive, moves_seen(request.actor, executive))
    made = itinerary_of(request.actor, executive, held.found)
    brief = from_comments.itinerary_sheet(company, held.found, made)
    chosen = FORMATS[format_name]
    response = HttpResponse(chosen.render(brief), content_type=chosen.media_type)
    name = f"listening-{request.actor.workspace.slug}-{company.as_of.isoformat()}.{chosen.extension}"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def _offered(request: Asked, executive: Executive) -> str:
    """How to offer stories, told only to those for whom the executive's file is open."""
    if not is_open(request.actor, executive):
        return ""
    try:
        belief = standing_of(request.actor, executive).belief
    except NotThere:
        return ""
    return offered(belief, playbook_of(request.actor.workspace).story)


urlpatterns = [
    page("for/<str:key>/", choice, name="stories_for", reads=Act.READ),
    page("for/<str:key>/listening.<str:format_name>", sheet, name="stories_sheet", reads=Act.READ),
]
