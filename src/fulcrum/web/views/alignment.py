"""Alignment: what the newest pulse says, and the way of working with its mechanisms."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum import from_pulses
from fulcrum.core import wording
from fulcrum.core.alignment import MechanismStanding, NextMechanism
from fulcrum.core.company import MechanismState
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.actions import programme as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries import alignment as queries
from fulcrum.records.queries.people import executives_of
from fulcrum.web.entry import Field, Form, answered, seen_version
from fulcrum.web.layout import alignment as layout
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import pulse_rounds

_UNDO = "mechanism_before"
_UNNOTED = "not noted"
_FIELDS = ("state", "proof", "proven_on")
_TONES = {"absent": "□", "ad hoc": "◧", "in place": "■", "protected": "▣"}


def alignment(request: Asked) -> HttpResponse:
    """How far the executives see the same thing."""
    seen = queries.alignment_for(request.actor)
    fewest = int(playbook_of(request.actor.workspace).alignment.answers_at_least.value)
    context = {
        "here": "alignment",
        "part": "alignment",
        "fewest": fewest,
        "open_round": seen.open_round,
        "outside": from_pulses.outside_arguments(playbook_of(request.actor.workspace)),
        **layout.shown(seen),
    }
    return render(request, "alignment/alignment.html", context)


def working(request: Asked) -> HttpResponse:
    """Mechanisms with their dated proof, what to build next and who can, and programme language."""
    found = queries.way_of_working_for(request.actor)
    names = {one.key: f"{one.name} ({one.role})" for one in executives_of(request.actor)}
    rows = [_row(one) for one in found.mechanisms]
    context = {
        "here": "alignment",
        "part": "working",
        "rows": rows,
        "counts": [
            {"state": state, "count": count}
            for state in (*(one.value for one in reversed(MechanismState)), _UNNOTED)
            if (count := sum(row["state"] == state for row in rows))
        ],
        "headline": _headline(found.mechanisms),
        "next": [_next(one, names) for one in found.next],
        "phrases": found.phrases,
        "own": found.own,
        "undo": request.session.get(_UNDO),
    }
    return render(request, "alignment/working.html", context)


def mechanism(request: Asked, id: str) -> HttpResponse:
    """Say where a mechanism stands, with its proof; what stood there before can be put back."""
    entry = next((one for one in playbook_of(request.actor.workspace).mechanisms if one.id == id), None)
    if entry is None:
        raise Http404
    found = queries.mechanism_of(request.actor, id)
    states = {"ad hoc": entry.ad_hoc, "in place": entry.in_place, "protected": entry.protected}
    form = Form(
        title=f"Where it stands: {entry.name.lower()}",
        lead=" ".join(f"{state.capitalize()}: {text}" for state, text in states.items()),
        fields=_STATE_FIELDS,
        button="Save",
        back=reverse("working", kwargs={"slug": request.actor.workspace.slug}),
        here="alignment",
        start={"state": MechanismState.ABSENT.value},
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        before = None if found is None else {name: _plain(getattr(found, name)) for name in _FIELDS}
        if found is None:
            row = deeds.note_mechanism(request.actor, mechanism=id, **entered)
        else:
            row = found
            deeds.change_row(request.actor, row, seen_version=seen_version(request), **entered)
        row.refresh_from_db()
        held = {"row": row.pk, "version": row.version, "name": entry.name, "before": before}
        request.session[_UNDO] = held
        messages.success(request, "Saved.")
        return redirect(form.back)

    return answered(request, form, found, save)


def undo(request: Asked) -> HttpResponse:
    """Put back what stood before the last change that this person made here."""
    held = request.session.pop(_UNDO, None)
    row = None
    if held is not None:
        row = models.Mechanism.objects.filter(workspace=request.actor.workspace, pk=held["row"]).first()
    if held is None or row is None:
        messages.info(request, "There is nothing to take back.")
    elif held["before"] is None:
        deeds.remove_row(request.actor, row)
        messages.success(request, "Taken back.")
    else:
        deeds.change_row(request.actor, row, seen_version=held["version"], **held["before"])
        messages.success(request, "Taken back.")
    return redirect("working", slug=request.actor.workspace.slug)


_STATE_FIELDS = (
    Field(
        name="state",
        label="Where it stands",
        kind="choice",
        choices=tuple((state.value, state.value.capitalize()) for state in MechanismState),
        is_required=True,
        hint="In place: it runs without being asked for. Protected: it survived a squeeze or a change.",
    ),
    Field(
        name="proof",
        label="The proof",
        kind="area",
        hint="What somebody else could look up: an agenda, a rule, a decision.",
    ),
    Field(name="proven_on", label="Of which day", kind="date"),
)


def _row(one: MechanismStanding) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value if one.is_noted else _UNNOTED,
        "mark": _TONES[one.state.value],
        "proof": one.proof,
        "proven_on": one.proven_on,
        "doubts": " ".join(one.doubts) if one.is_noted else "",
    }


def _next(one: NextMechanism, names: Mapping[str, str]) -> dict[str, Any]:
    who = [names[key] for key in one.builders if key in names]
    return {
        "id": one.id,
        "name": one.name,
        "to": one.to.value,
        "looks_like": one.looks_like,
        "because": one.because,
        "who": wording.listed(who),
        "roles": " or ".join(one.roles) or "an executive",
    }


def _headline(standings: tuple[MechanismStanding, ...]) -> str:
    built = sum(one.is_built for one in standings)
    held = sum(one.state is MechanismState.PROTECTED for one in standings)
    many, held_said = (wording.number_word(number) if number else "none" for number in (built, held))
    runs, have = "runs" if built == 1 else "run", "has" if held == 1 else "have"
    return wording.sentence(
        f"{many} of {wording.number_word(len(standings))} mechanisms {runs} without being asked for; "
        f"{held_said} {have} held under pressure"
    )


def _plain(held: Any) -> str:
    return "" if held is None else str(held)


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("", alignment, name="alignment", reads=Act.READ),
    page("working/", working, name="working", reads=Act.READ),
    page("working/undo/", undo, name="working_undo", writes=Act.WRITE),
    page("working/<str:id>/", mechanism, name="mechanism", **WRITE),
    *pulse_rounds.urlpatterns,
]
