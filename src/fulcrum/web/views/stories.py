"""Stories: what customers write about, and the stories proposed for approval."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fulcrum.records.access import Act
from fulcrum.records.actions import stories as deeds
from fulcrum.records.queries.jobs import under_way
from fulcrum.records.queries.people import executives_of
from fulcrum.records.queries.stories import approved_stories, newest_search, searched, theme_of
from fulcrum.web.drawings.shares import highest_share, share_bars
from fulcrum.web.layout import stories as layout
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import stories_approval, stories_for

MOST_NAMED = 60


def stories(request: Asked) -> HttpResponse:
    """The themes of the newest search, with their shares."""
    held = searched(request.actor)
    search = newest_search(request.actor) if held is None else held.search
    shown: dict[str, Any] = {
        "here": "stories",
        "part": "themes",
        "search": search,
        "is_outdated": held is None and search is not None,
        "has_exports": request.actor.workspace.datasets.exists(),
        "approved": approved_stories(request.actor).filter(taken_back_at__isnull=True).count(),
    }
    if held is not None:
        shown |= {
            "found": held.found,
            "groups": layout.theme_groups(held.found),
            "apart": layout.apart(held.found),
            "people": executives_of(request.actor).order_by("id")[:MOST_NAMED],
            "is_one_mood": not any(one.is_praise for one in held.found.themes),
        }
    return render(request, "stories/stories.html", shown)


def find(request: Asked) -> HttpResponse:
    """Search the comments anew."""
    job = under_way(request.actor, "stories") or deeds.ask_for_stories(request.actor)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def theme(request: Asked, id: str) -> HttpResponse:
    """One theme: its figures, and for who may approve them its stories."""
    held, found = theme_of(request.actor, id)
    approved = layout.by_key(approved_stories(request.actor))
    may_approve = request.actor.may(Act.WRITE)
    shares = (found.share, found.among_leavers)
    label, months = layout.label_of(found), layout.months_of(found)
    drawing = share_bars(*shares, highest=highest_share(shares), label=label, is_narrow=True)
    shown = {
        "here": "stories",
        "part": "themes",
        "theme": found,
        "label": label,
        "facts": layout.theme_facts(found),
        "drawing": drawing,
        "months": months,
        "last_month": "" if months is None else months.at[-1],
        "search": held.search,
        "found": held.found,
        "stories": [layout.story_shown(one, approved) for one in found.stories] if may_approve else [],
        "counter": layout.story_shown(found.counter_story, approved)
        if may_approve and found.counter_story is not None
        else None,
        "trace": next(iter(held.found.traces), None),
    }
    return render(request, "stories/theme.html", shown)


urlpatterns = [
    page("", stories, name="stories", reads=Act.READ),
    page("find/", find, name="stories_find", writes=Act.WRITE),
    page("themes/<str:id>/", theme, name="stories_theme", reads=Act.READ),
    *stories_approval.urlpatterns,
    *stories_for.urlpatterns,
]
