"""Own words: what an executive speaks of in their texts, and what that suggests to note."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fulcrum.core.words import ProposedObservation
from fulcrum.records import models
from fulcrum.records.access import Act, NotThere
from fulcrum.records.actions import own_words as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.own_words import files_of
from fulcrum.records.queries.own_words import name_of, spoken_by
from fulcrum.records.queries.people import open_file
from fulcrum.records.taking import Invalid
from fulcrum.web.layout.own_words import words_page
from fulcrum.web.pages import Asked, page
from fulcrum.web.uploads import files_in as sent


def own_words(request: Asked, key: str) -> HttpResponse:
    """Attention, passages and proposals of one executive; and room to bring a text."""
    executive = open_file(request.actor, key)
    if request.method != "POST":
        return _page(request, executive)
    entered = {"said_on": request.POST.get("said_on", "")}
    try:
        (file,) = sent(request, "text")[:1]
        kept = deeds.keep_words(
            request.actor,
            executive,
            said_on=_day(entered["said_on"]),
            name=str(file.name),
            chunks=file.chunks(),
        )
    except Invalid as wrong:
        return _page(request, executive, entered=entered, wrong=wrong.fields, status=422)
    messages.success(request, kept.said)
    return _back(request, executive)


def confirm(request: Asked, key: str) -> HttpResponse:
    """Note what a text proposes."""
    executive = open_file(request.actor, key)
    name = request.POST.get("name", "")
    try:
        deeds.confirm_words(
            request.actor,
            executive,
            name=name,
            anchor=request.POST.get("anchor", ""),
            note=request.POST.get("note", ""),
        )
    except Invalid as wrong:
        again = {"name": name, "anchor": request.POST.get("anchor", ""), "note": request.POST.get("note", "")}
        return _page(request, executive, refused=again | {"wrong": str(wrong)}, status=422)
    messages.success(request, "Noted as own words. It stands on their page, where it can be taken back.")
    return _back(request, executive)


def dismiss(request: Asked, key: str) -> HttpResponse:
    """Dismiss a proposal, or bring one back."""
    executive = open_file(request.actor, key)
    name = request.POST.get("name", "")
    if request.POST.get("again"):
        deeds.propose_again(request.actor, executive, name=name)
        messages.success(request, "It is proposed again.")
    else:
        deeds.dismiss_words(request.actor, executive, name=name)
        messages.success(request, "Dismissed. The text stays, and is counted.")
    return _back(request, executive)


def remove(request: Asked, key: str) -> HttpResponse:
    """Delete a text, once that is confirmed."""
    executive = open_file(request.actor, key)
    name = (request.POST if request.method == "POST" else request.GET).get("name", "")
    if name not in {path.name for path in files_of(executive)}:
        raise NotThere
    if request.method == "POST":
        deeds.remove_words(request.actor, executive, name=name)
        messages.success(request, f"{name} is deleted. What was noted from it stays.")
        return _back(request, executive)
    return render(
        request, "own_words/remove.html", {"here": "executives", "executive": executive, "name": name}
    )


def _page(
    request: Asked,
    executive: models.Executive,
    *,
    entered: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    refused: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    spoken = spoken_by(request.actor, executive)
    shown: dict[str, Any] = words_page(spoken, executive, playbook_of(request.actor.workspace))
    shown |= {
        "here": "executives",
        "executive": executive,
        "proposals": [_offered(one, refused, dict(shown["anchors"])) for one in spoken.proposals],
        "entered": entered or {},
        "wrong": wrong or {},
        "endings": ",".join(deeds.ENDINGS),
    }
    return render(request, "own_words/own_words.html", shown, status=status)


def _offered(
    one: ProposedObservation, refused: dict[str, str] | None, anchors: dict[str, str]
) -> dict[str, Any]:
    """A proposal as a form: as it was proposed, or as it was entered and refused."""
    name = name_of(one.file)
    again = refused if refused is not None and refused["name"] == name else {}
    anchor = again.get("anchor", str(int(one.observation.anchor)))
    return {
        "name": name,
        "on": one.observation.date,
        "why": one.why,
        "anchor": anchor,
        "seen": anchors.get(anchor, ""),
        "note": again.get("note", one.observation.note),
        "wrong": again.get("wrong", ""),
    }


def _day(entered: str) -> date:
    try:
        return date.fromisoformat(entered)
    except ValueError:
        raise Invalid({"said_on": "Say the day on which it was said or written."}) from None


def _back(request: Asked, executive: models.Executive) -> HttpResponse:
    return redirect("own_words", slug=request.actor.workspace.slug, key=executive.key)


urlpatterns = [
    page("<str:key>/words/", own_words, name="own_words", reads=Act.READ, writes=Act.WRITE),
    page("<str:key>/words/confirm/", confirm, name="own_words_confirm", writes=Act.WRITE),
    page("<str:key>/words/dismiss/", dismiss, name="own_words_dismiss", writes=Act.WRITE),
    page("<str:key>/words/remove/", remove, name="own_words_remove", reads=Act.WRITE, writes=Act.WRITE),
]
