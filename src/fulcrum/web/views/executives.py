"""Executives: everybody as a list and as a board, and one executive's page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fulcrum.core import wording
from fulcrum.core.judgement import Belief
from fulcrum.core.people import Level
from fulcrum.core.quantities import Unknown
from fulcrum.records import models
from fulcrum.records.access import Act, is_open
from fulcrum.records.actions import people as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.people import executive_of, executives_of, last_seen, open_file, private_notes
from fulcrum.records.remembered import remembered
from fulcrum.records.standings import beliefs_for
from fulcrum.web.drawings.rows import belief_mini
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.executive_page import executive_page
from fulcrum.web.forms import people
from fulcrum.web.pages import Asked, page
from fulcrum.web.standing_words import moved, seen_words

A_PAGE = 60


def executives(request: Asked) -> HttpResponse:
    """Everybody on the list; of those whose file is open, where they stand."""
    found = Paginator(executives_of(request.actor).order_by("id"), A_PAGE)
    pages = found.get_page(request.GET.get("page"))
    stands = beliefs_for(request.actor, pages)
    rows = _rows(request, pages, stands)
    is_board = request.GET.get("view") == "board"
    context = {
        "here": "executives",
        "pages": pages,
        "people": rows,
        "columns": _columns(rows) if is_board else (),
        "is_board": is_board,
        "has_standing": bool(stands),
        "headline": _headline(found.count),
    }
    return render(request, "executives/list.html", context)


def executive(request: Asked, key: str) -> HttpResponse:
    """One executive: where they stand, what moved that, which lever next, and what was noted."""
    found = open_file(request.actor, key)
    shown = executive_page(request.actor, found, is_all="all" in request.GET)
    return render(request, "executives/executive.html", {"here": "executives", **shown})


def add_executive(request: Asked) -> HttpResponse:
    """Put somebody on the list."""
    form = Form(
        title="Add an executive",
        lead="Whose commitment decides whether anything happens? You are named for whom you add.",
        fields=people.EXECUTIVE,
        button="Add",
        back=reverse("executives", kwargs={"slug": request.actor.workspace.slug}),
        start={"desired_level": str(Level.LEADING_OWN_AREA.value)},
    )

    def save(entered: Any) -> HttpResponse:
        made = deeds.add_executive(request.actor, **entered)
        messages.success(request, f"{made.name} is on the list. Now note one thing that you saw.")
        return redirect("executive", slug=request.actor.workspace.slug, key=made.key)

    return answered(request, form, None, save)


def change_executive(request: Asked, key: str) -> HttpResponse:
    """Change name, role, area or desired level."""
    found = executive_of(request.actor, key)
    slug = request.actor.workspace.slug
    form = Form(
        title=f"Change {found.name}",
        lead="",
        fields=people.EXECUTIVE,
        button="Save",
        back=reverse("executives", kwargs={"slug": slug}),
    )

    def save(entered: Any) -> HttpResponse:
        deeds.change_executive(request.actor, found, seen_version=seen_version(request), **entered)
        messages.success(request, "Saved.")
        if is_open(request.actor, found):
            return redirect("executive", slug=slug, key=found.key)
        return redirect("executives", slug=slug)

    return answered(request, form, found, save)


def _rows(request: Asked, pages: "Page[models.Executive]", stands: dict[int, Belief]) -> list[dict[str, Any]]:
    actor = request.actor
    real = playbook_of(actor.workspace).belief.drop_levels.value
    seen = last_seen(actor, [one for one in pages if one.pk in stands])
    notes = private_notes(actor, [one for one in pages if one.pk not in stands])
    return [
        {
            **_row(one, stands.get(one.pk), seen.get(one.pk), real, actor.workspace.today),
            "notes": [note for note in notes if note.executive_id == one.pk],
        }
        for one in pages
    ]


def _row(one: models.Executive, belief: Belief | None, seen: Any, real: float, today: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "key": one.key,
        "name": one.name,
        "role": one.role,
        "area": one.area,
        "is_sponsor": one.is_sponsor,
        "is_open": belief is not None,
        "level": None,
    }
    if belief is None:
        return known
    desired = Level(one.desired_level)
    is_known = not isinstance(belief.level, Unknown)
    return known | {
        "drawing": _drawing(belief, one.name, desired),
        "moved": moved(belief, desired, real=real),
        "desired": desired.label,
        "seen": seen_words(belief, seen, today),
        "level": belief.likeliest if is_known else None,
    }


@remembered(most=3_000)
def _drawing(belief: Belief, name: str, desired: Level) -> SafeString:
    return mark_safe(belief_mini(belief, name=name, desired=desired))  # noqa: S308


def _columns(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = [
        {"label": level.label, "people": [row for row in rows if row["level"] == level]} for level in Level
    ]
    return [
        *known,
        {"label": "Not known", "people": [row for row in rows if row["is_open"] and row["level"] is None]},
    ]


def _headline(count: int) -> str:
    if not count:
        return "Whose commitment matters?"
    return wording.sentence(f"{wording.number_word(count)} executive{'' if count == 1 else 's'} on the list.")


urlpatterns = [
    page("", executives, name="executives", reads=Act.READ),
    page("add/", add_executive, name="add_executive", reads=Act.WRITE, writes=Act.WRITE),
    page("<str:key>/", executive, name="executive", reads=Act.READ),
    page("<str:key>/change/", change_executive, name="change_executive", reads=Act.WRITE, writes=Act.WRITE),
]
