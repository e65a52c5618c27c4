"""Approving a story: its words masked further where needed, with consent on record; and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fulcrum.core import wording
from fulcrum.core.company import Consent
from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate
from fulcrum.core.story_choice import common_words
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.actions import stories as deeds
from fulcrum.records.actions.programme import CHECKED
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.queries.stories import approved_stories, proposal_of, searched, story_of, used_in
from fulcrum.records.taking import Invalid
from fulcrum.stories.edit import KINDS
from fulcrum.web.layout import stories as layout
from fulcrum.web.pages import Asked, page


def approve(request: Asked, id: str) -> HttpResponse:
    """A proposal to be read, masked further, and approved."""
    if request.method != "POST":
        return _page(request, id, {}, {})
    entered = {name: request.POST.get(name, "") for name in ("quote", "consent", "area")}
    checked = request.POST.getlist("checked")
    try:
        story = deeds.approve_found(request.actor, id, checked=checked, **entered)
    except Invalid as wrong:
        return _page(request, id, entered | {"checked": checked}, wrong.fields, status=422)
    permits = Consent(story.consent).permits if story.consent else ""
    messages.success(request, f"Approved. By its consent it may stand in {permits}.")
    return redirect("stories_approved", slug=request.actor.workspace.slug)


def approved(request: Asked) -> HttpResponse:
    """Every approved story: by whom, what its consent permits, how common it is, where it was used."""
    held, uses = searched(request.actor), used_in(request.actor)
    found = None if held is None else held.found
    rows = list(approved_stories(request.actor))
    evidence = newest_evidence(request.actor.workspace)
    counted = _counted(evidence)
    shown = [
        layout.approved_shown(row, found, uses.get(row.key, []), counted.get(row.key, "")) for row in rows
    ]
    context = {
        "here": "stories",
        "part": "approved",
        "search": None if held is None else held.search,
        "has_reading": evidence is not None,
        "standing": [one for one in shown if one["row"].taken_back_at is None],
        "taken_back": [one for one in shown if one["row"].taken_back_at is not None],
    }
    return render(request, "stories/approved.html", context)


def take_back(request: Asked, row: int) -> HttpResponse:
    """Take an approval back, or put it back."""
    found = story_of(request.actor, row)
    if found.taken_back_at is None:
        deeds.take_back_story(request.actor, found)
        messages.success(
            request,
            "Taken back: no new brief holds it. Briefs that were kept still do. “Put back” undoes this.",
        )
    else:
        deeds.put_back_story(request.actor, found)
        messages.success(request, "Put back: it counts as approved again.")
    return redirect("stories_approved", slug=request.actor.workspace.slug)


def _page(
    request: Asked, id: str, entered: dict[str, Any], mistakes: dict[str, str], *, status: int = 200
) -> HttpResponse:
    held, theme, told = proposal_of(request.actor, id)
    shown = layout.story_shown(told, layout.by_key(approved_stories(request.actor)))
    counter = theme.counter_story
    context = {
        "here": "stories",
        "part": "themes",
        "theme": theme,
        "label": layout.label_of(theme),
        "facts": layout.theme_facts(theme),
        "story": shown,
        "counter": None
        if counter is None or counter.id == told.id
        else layout.story_shown(counter, layout.by_key([])),
        "entered": {"quote": told.told.text, "area": _area(request, told.touchpoint)} | entered,
        "wrong": mistakes,
        "others": [
            said for name, said in mistakes.items() if name not in ("quote", "consent", "area", "checked")
        ],
        "consents": list(Consent),
        "areas": _areas(request),
        "kinds": KINDS,
        "checked": CHECKED,
        "search": held.search,
    }
    return render(request, "stories/approve.html", context, status=status)


def _areas(request: Asked) -> list[str]:
    people = models.Executive.objects.filter(workspace=request.actor.workspace)
    return sorted({one.area for one in people if one.area})


def _area(request: Asked, touchpoint: str) -> str:
    """The area that names the touchpoint, if one does; a person may choose another."""
    return next((area for area in _areas(request) if common_words([area], [touchpoint])), "")


def _counted(evidence: Evidence | None) -> dict[str, str]:
    """How common each story is by touchpoint and score, as the newest reading counted it."""
    return {
        one.story: f"{wording.one_in(one.prevalence)} {one.described_as}, {wording.say_fully(one.prevalence)}"
        for one in (() if evidence is None else evidence.stories)
        if isinstance(one.prevalence, Estimate)
    }


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("proposals/<str:id>/", approve, name="stories_approve", **WRITE),
    page("approved/", approved, name="stories_approved", reads=Act.READ),
    page("approved/<int:row>/back/", take_back, name="stories_take_back", writes=Act.WRITE),
]
