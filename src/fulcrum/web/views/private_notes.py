"""Private notes: written, read (which is logged), changed and taken back by their author."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.records import models
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions import file, notes
from fulcrum.records.queries.people import executive_of
from fulcrum.web.entry import Field, Form, answered, seen_version
from fulcrum.web.forms import people
from fulcrum.web.pages import Asked, page


def write_private_note(request: Asked, key: str) -> HttpResponse:
    """A sealed note for oneself and those whom one names."""
    executive = executive_of(request.actor, key)
    others = _others(request.actor, executive)

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        named = _named(others, entered)
        made = file.write_private_note(request.actor, executive, note=entered["note"], named=named)
        messages.success(request, "Saved. The note can be changed and taken back here.")
        return redirect(_page_of(executive, made))

    back = reverse("executives", kwargs={"slug": executive.workspace.slug})
    return answered(request, _form(executive, others, back), None, save)


def private_note(request: Asked, key: str, row: int) -> HttpResponse:
    """Read one private note; the reading is logged."""
    executive = executive_of(request.actor, key)
    found = _note(request.actor, executive, row)
    context = {
        "here": "executives",
        "executive": executive,
        "note": found,
        "text": notes.read_private_note(request.actor, found),
        "is_mine": found.author_id == request.actor.member.pk,
    }
    return render(request, "executives/private_note.html", context)


def change_private_note(request: Asked, key: str, row: int) -> HttpResponse:
    """Change one's own note; to see what it says is a reading, and logged like every other."""
    executive = executive_of(request.actor, key)
    found = _own(request.actor, executive, row)
    others, address = _others(request.actor, executive), _page_of(executive, found)
    start: dict[str, Any] = {"named": [str(pk) for pk in found.named.values_list("pk", flat=True)]}
    if request.method != "POST":
        start["note"] = notes.read_private_note(request.actor, found)
    form = replace(_form(executive, others, address), title="Change the private note", start=start)

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        said = {"note": entered["note"], "named": _named(others, entered)}
        file.change_private_note(request.actor, found, seen_version=seen_version(request), **said)
        messages.success(request, "Saved.")
        return redirect(address)

    return answered(request, form, found, save)


def take_note_back(request: Asked, key: str, row: int) -> HttpResponse:
    """Take one's own note back, or put it back."""
    executive = executive_of(request.actor, key)
    found = _own(request.actor, executive, row)
    if found.taken_back_at is None:
        file.take_back(request.actor, found)
        messages.success(request, "Taken back: nobody but you can read it. “Put back” undoes this.")
    else:
        file.put_back(request.actor, found)
        messages.success(request, "Put back.")
    return redirect(_page_of(executive, found))


def _note(actor: Actor, executive: models.Executive, row: int) -> models.PrivateNote:
    shown = models.PrivateNote.objects.visible_to(actor)
    found: models.PrivateNote | None = shown.filter(executive=executive, pk=row).first()
    if found is None:
        raise NotThere
    return found


def _own(actor: Actor, executive: models.Executive, row: int) -> models.PrivateNote:
    found = _note(actor, executive, row)
    if found.author_id != actor.member.pk:
        raise NotThere
    return found


def _others(actor: Actor, executive: models.Executive) -> list[models.Member]:
    """The members who may be named for a note on this executive."""
    members = models.Member.objects.filter(workspace=actor.workspace, is_active=True)
    return list(members.exclude(is_executive=executive).exclude(pk=actor.member.pk).order_by("name"))


def _named(others: list[models.Member], entered: Mapping[str, Any]) -> list[models.Member]:
    return [one for one in others if str(one.pk) in entered["named"]]


def _page_of(executive: models.Executive, note: models.PrivateNote) -> str:
    where = {"slug": executive.workspace.slug, "key": executive.key, "row": note.pk}
    return reverse("private_note", kwargs=where)


def _form(executive: models.Executive, others: list[models.Member], back: str) -> Form:
    note = Field(
        name="note",
        label="The note",
        kind="area",
        is_required=True,
        hint="Work behaviour only. Would you be comfortable if they read this?",
    )
    return Form(
        title=f"A private note on {executive.name}",
        lead="Sealed before it is stored. Nothing is computed from it; each reading is logged.",
        fields=(note, people.naming(others, "Who else may read it", "Nobody, if none is chosen.")),
        button="Save note",
        back=back,
        is_private=True,
    )


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
ONE = "<str:key>/private/<int:row>/"
urlpatterns = [
    page("<str:key>/private/write/", write_private_note, name="write_private_note", **WRITE),
    page(ONE, private_note, name="private_note", reads=Act.READ),
    page(f"{ONE}change/", change_private_note, name="change_private_note", **WRITE),
    page(f"{ONE}back/", take_note_back, name="take_note_back", writes=Act.WRITE),
]
