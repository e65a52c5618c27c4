"""The programme: initiatives stated, changed and removed, and what they are beside one another."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.records.access import Act
from fulcrum.records.actions import initiatives as actions
from fulcrum.records.models import Initiative
from fulcrum.records.queries.evidence import the_findings
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.forms.evidence import INITIATIVE
from fulcrum.web.layout.case import programme_blocks
from fulcrum.web.pages import Asked, page

_LEAD = "What it costs, whom it reaches and how many it moves. The case follows at the next reading."


def programme(request: Asked) -> HttpResponse:
    """Every initiative, and how they stand beside one another."""
    found = the_findings(request.actor)
    evidence = None if found is None else found[1]
    shown = {
        "here": "evidence",
        "part": "programme",
        "initiatives": list(request.actor.workspace.initiatives.all()),
        "cases": {one.title: one.key for one in evidence.cases} if evidence else {},
        "blocks": programme_blocks(evidence.programme) if evidence else (),
    }
    return render(request, "evidence/programme.html", shown)


def add(request: Asked) -> HttpResponse:
    """State an initiative."""

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        made = actions.add_initiative(request.actor, **entered)
        return _done(request, f"{made.name} is stated. Read the data, and its case is made.")

    form = _form(request, "State an initiative", "State it", {"horizon_years": "3", "moved_share": "0.1"})
    return answered(request, form, None, save)


def change(request: Asked, key: int) -> HttpResponse:
    """State one anew."""
    initiative = _initiative(request, key)

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        version = seen_version(request)
        actions.change_initiative(request.actor, initiative, seen_version=version, **entered)
        return _done(request, "Stated anew. Read the data, and its case follows.")

    return answered(request, _form(request, initiative.name, "Save", None), initiative, save)


def remove(request: Asked, key: int) -> HttpResponse:
    """Take one out of the programme, once they said that they mean it."""
    initiative = _initiative(request, key)
    if request.method != "POST":
        return render(request, "evidence/remove_initiative.html", {"here": "evidence", "one": initiative})
    actions.remove_initiative(request.actor, initiative)
    return _done(request, f"{initiative.name} is removed. Earlier readings keep its case.")


def _form(request: Asked, title: str, button: str, start: Mapping[str, Any] | None) -> Form:
    back = reverse("evidence_programme", kwargs={"slug": request.actor.workspace.slug})
    return Form(
        title=title,
        lead=_LEAD,
        fields=INITIATIVE,
        button=button,
        back=back,
        here="evidence",
        start=start,
    )


def _done(request: Asked, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("evidence_programme", slug=request.actor.workspace.slug)


def _initiative(request: Asked, key: int) -> Initiative:
    found = Initiative.objects.filter(workspace=request.actor.workspace, pk=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    page("programme/", programme, name="evidence_programme", reads=Act.READ),
    page("programme/add/", add, name="add_initiative", reads=Act.ASSUME, writes=Act.ASSUME),
    page("programme/<int:key>/", change, name="change_initiative", reads=Act.ASSUME, writes=Act.ASSUME),
    page(
        "programme/<int:key>/remove/", remove, name="remove_initiative", reads=Act.ASSUME, writes=Act.ASSUME
    ),
]
