"""What was seen, said, asked and done: noted in seconds, taken back with one click."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core.people import Behaviour, Source
from fulcrum.core.roles import role_of
from fulcrum.records import models
from fulcrum.records.access import Act, is_open
from fulcrum.records.actions import file
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.people import executive_of, open_ask_of, row_of
from fulcrum.records.standings import what_if
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Field, Form, answered, seen_version
from fulcrum.web.forms import people
from fulcrum.web.pages import Asked, page
from fulcrum.web.standing_words import effect_words

SHORT = {
    Behaviour.DIRECTION: "Direction",
    Behaviour.COMMUNICATION: "Communication",
    Behaviour.MODEL: "Model",
    Behaviour.ACCOUNTABILITY: "Accountability",
    Behaviour.RESOURCES: "Resources",
}
SOURCES = (
    (Source.SEEN, "I saw it"),
    (Source.TOLD_BY, "I was told"),
    (Source.DOCUMENT, "Document"),
    (Source.OWN_WORDS, "Own words"),
)


def record(request: Asked, key: str) -> HttpResponse:
    """One behaviour, seen at one anchor on one day."""
    executive = executive_of(request.actor, key)
    entered = _entered(request)
    if request.method != "POST":
        return _record_page(request, executive, entered, {})
    try:
        file.record_observation(request.actor, executive, **_observation(entered))
    except Invalid as wrong:
        return _record_page(request, executive, entered, _beside(wrong.fields), status=422)
    messages.success(request, "Noted. It stands under “What was noted”, where it can be taken back.")
    return _back_to(request, executive)


def effect(request: Asked, key: str) -> HttpResponse:
    """What an observation would do to the belief; nothing is kept."""
    executive = executive_of(request.actor, key)
    said = ""
    if is_open(request.actor, executive):
        try:
            now, then = what_if(request.actor, executive, **_observation(_entered(request)))
            said = effect_words(now, then)
        except Invalid:
            said = ""
    return render(request, "record/effect.html", {"effect": said})


def record_reaction(request: Asked, key: str) -> HttpResponse:
    """What they said or how they reacted, and of which barrier it speaks."""
    return _dated(
        request,
        executive_of(request.actor, key),
        title="How they reacted",
        lead="About {name}, at work. Would you be comfortable if they read this?",
        fields=people.REACTION,
        button="Save reaction",
        deed=file.record_reaction,
    )


def record_move(request: Asked, key: str) -> HttpResponse:
    """A lever that was pulled."""
    return _dated(
        request,
        executive_of(request.actor, key),
        title="A lever was pulled",
        lead="For {name}: which, when, with what in hand. Later it is seen whether it moved them.",
        fields=people.MOVE,
        button="Save move",
        deed=file.record_move,
    )


def ask(request: Asked, key: str) -> HttpResponse:
    """Put a step to them: one of the library, or one in the team's own words."""
    executive = executive_of(request.actor, key)
    waiting = open_ask_of(request.actor, executive)
    if waiting is not None:
        context = {"here": "executives", "executive": executive, "waiting": waiting}
        words = step_words(waiting)
        status = 409 if request.method == "POST" else 200
        return render(request, "record/one_at_a_time.html", {**context, "words": words}, status=status)
    form = Form(
        title="Ask one thing",
        lead=f"Of {executive.name}. One open ask at a time; what they do with it is the best evidence.",
        fields=people.asking(playbook_of(executive.workspace), role_of(executive.role)),
        button="Ask it",
        back=_address(executive),
        is_private=True,
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        step = entered["step"] or entered["own"]
        if not step.strip():
            raise Invalid({"step": "Choose a step, or write one below."})
        today = executive.workspace.today
        file.put_ask(
            request.actor, executive, step=step, asked_on=today, due=entered["due"], note=entered["note"]
        )
        messages.success(request, "The ask is on record. Say here what becomes of it.")
        return _back_to(request, executive)

    return answered(request, form, None, save)


def outcome(request: Asked, key: str, row: int) -> HttpResponse:
    """What became of an ask."""
    executive = executive_of(request.actor, key)
    asked: models.Ask = row_of(request.actor, executive, "ask", row)
    form = Form(
        title="What became of the ask",
        lead=step_words(asked),
        fields=people.OUTCOME,
        button="Save outcome",
        back=_address(executive),
        is_private=True,
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        file.close_ask(request.actor, asked, seen_version=seen_version(request), **entered)
        messages.success(request, "Noted; it counts as evidence.")
        return _back_to(request, executive)

    return answered(request, form, asked, save)


def take_back(request: Asked, key: str, kind: str, row: int) -> HttpResponse:
    """Take a note back, or put it back."""
    executive = executive_of(request.actor, key)
    found = row_of(request.actor, executive, kind, row)
    if found.taken_back_at is None:
        file.take_back(request.actor, found)
        messages.success(request, "Taken back: nothing rests on it any more. “Put back” undoes this.")
    else:
        file.put_back(request.actor, found)
        messages.success(request, "Put back.")
    return _back_to(request, executive)


def step_words(asked: models.Ask) -> str:
    """An ask as a sentence: the library's words, or the team's own."""
    steps = {step.id: step.ask for step in playbook_of(asked.executive.workspace).steps}
    return steps.get(asked.step, asked.step)


def _dated(
    request: Asked,
    executive: models.Executive,
    *,
    title: str,
    lead: str,
    fields: tuple[Field, ...],
    button: str,
    deed: Callable[..., object],
) -> HttpResponse:
    """A form for something of one day, kept by `deed`."""
    form = Form(
        title=title,
        lead=lead.replace("{name}", executive.name),
        fields=fields,
        button=button,
        back=_address(executive),
        is_private=True,
        start={"date": executive.workspace.today.isoformat()},
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        deed(request.actor, executive, **entered)
        messages.success(request, "Noted.")
        return _back_to(request, executive)

    return answered(request, form, None, save)


def _record_page(
    request: Asked,
    executive: models.Executive,
    entered: dict[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    anchors = playbook_of(executive.workspace).anchors
    behaviours = [
        {
            "value": one.value,
            "label": one.label,
            "short": SHORT[one],
            "anchors": [
                {"level": each.level, "seen": each.seen, "entry": f"{one.value}:{each.level}"}
                for each in sorted(anchors, key=lambda each: -each.level)
                if each.behaviour is one
            ],
        }
        for one in Behaviour
    ]
    context = {
        "here": "executives",
        "executive": executive,
        "behaviours": behaviours,
        "sources": [{"value": source.value, "words": words} for source, words in SOURCES],
        "entered": entered,
        "errors": errors,
    }
    return render(request, "record/record.html", context, status=status)


def _entered(request: Asked) -> dict[str, str]:
    start = {"source": Source.SEEN.value, "date": request.actor.workspace.today.isoformat()}
    names = ("behaviour", "anchor", "source", "note", "date", "observer")
    return {name: request.POST.get(name, start.get(name, "")) for name in names}


def _observation(entered: Mapping[str, str]) -> dict[str, str]:
    """The anchor's button names its behaviour too; one left from another behaviour does not count."""
    behaviour, _, anchor = entered["anchor"].partition(":")
    is_of_it = behaviour == entered["behaviour"]
    return {**entered, "anchor": anchor if is_of_it else ""}


def _beside(fields: Mapping[str, str]) -> dict[str, str]:
    words = {"behaviour": "Choose one of the five.", "anchor": "Choose the sentence that came closest."}
    return {name: words.get(name, said) for name, said in fields.items()}


def _address(executive: models.Executive) -> str:
    return reverse("executive", kwargs={"slug": executive.workspace.slug, "key": executive.key})


def _back_to(request: Asked, executive: models.Executive) -> HttpResponse:
    if is_open(request.actor, executive):
        return redirect(_address(executive))
    return redirect("executives", slug=executive.workspace.slug)


WRITE = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("<str:key>/record/", record, name="record", **WRITE),
    page("<str:key>/record/effect/", effect, name="record_effect", writes=Act.WRITE),
    page("<str:key>/reaction/", record_reaction, name="record_reaction", **WRITE),
    page("<str:key>/move/", record_move, name="record_move", **WRITE),
    page("<str:key>/ask/", ask, name="ask", **WRITE),
    page("<str:key>/ask/<int:row>/", outcome, name="outcome", **WRITE),
    page("<str:key>/note/<str:kind>/<int:row>/", take_back, name="take_back", writes=Act.WRITE),
]
