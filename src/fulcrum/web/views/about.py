"""Beside observations: goals, motivators, whom they listen to, who may see their file."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.records import models
from fulcrum.records.access import Act, NotThere
from fulcrum.records.actions import file
from fulcrum.records.actions import people as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.people import executive_of, executives_of, influence_on, open_file
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Field, Form, answered, seen_version
from fulcrum.web.forms import people
from fulcrum.web.layout.goals import appeals_to, goals_tied
from fulcrum.web.pages import Asked, page


def goals(request: Asked, key: str) -> HttpResponse:
    """Their goals, what moves them, and whom they listen to."""
    executive = open_file(request.actor, key)
    shown = models.Motivator.objects.visible_to(request.actor).standing().filter(executive=executive)
    playbook = playbook_of(executive.workspace)
    hears, heard = influence_on(request.actor, executive)
    context = {
        "here": "executives",
        "executive": executive,
        "goals": goals_tied(request.actor, executive),
        "appeals": appeals_to(shown, playbook),
        "hears": hears,
        "heard": heard,
    }
    return render(request, "executives/goals.html", context)


def add_goal(request: Asked, key: str) -> HttpResponse:
    """One more goal."""
    executive = executive_of(request.actor, key)
    return _asked(
        request,
        executive,
        Form(
            title=f"A goal of {executive.name}",
            lead="What they answer for. Briefs tie findings to it; it is no assessment.",
            fields=people.GOAL,
            button="Save goal",
            back=_goals_of(executive),
        ),
        lambda entered: deeds.set_goal(request.actor, executive, **entered),
    )


def change_goal(request: Asked, key: str, row: int) -> HttpResponse:
    """What a goal says."""
    executive = executive_of(request.actor, key)
    goal = _goal(executive, row)
    form = Form(
        title=f"A goal of {executive.name}",
        lead="",
        fields=people.GOAL,
        button="Save goal",
        back=_goals_of(executive),
    )

    def save(entered: Mapping[str, Any]) -> None:
        deeds.change_goal(request.actor, goal, seen_version=seen_version(request), **entered)

    return _asked(request, executive, form, save, row=goal)


def remove_goal(request: Asked, key: str, row: int) -> HttpResponse:
    """Take a goal away."""
    executive = executive_of(request.actor, key)
    deeds.remove_goal(request.actor, _goal(executive, row))
    messages.success(request, "The goal is gone.")
    return redirect(_goals_of(executive))


def add_motivator(request: Asked, key: str) -> HttpResponse:
    """Why they act."""
    executive = executive_of(request.actor, key)

    def save(entered: Mapping[str, Any]) -> None:
        said = entered["motivator"] or entered["own"]
        if not said.strip():
            raise Invalid({"motivator": "Choose one, or write their own words below."})
        file.record_motivator(request.actor, executive, motivator=said, note=entered["note"])

    form = Form(
        title=f"What moves {executive.name}",
        lead="In their own words or published aims, never a guess at character. Never printed for them.",
        fields=people.motivating(playbook_of(executive.workspace)),
        button="Save",
        back=_goals_of(executive),
        is_private=True,
    )
    return _asked(request, executive, form, save)


def set_influence(request: Asked, key: str) -> HttpResponse:
    """Whom they listen to, and how strongly."""
    executive = executive_of(request.actor, key)
    others = executives_of(request.actor).exclude(pk=executive.pk)
    fields = (
        Field(
            name="listened_to",
            label=f"{executive.name} listens to",
            kind="choice",
            choices=tuple((one.key, f"{one.name}, {one.role}") for one in others),
        ),
        Field(
            name="strength",
            label="How strongly",
            kind="choice",
            choices=(
                ("0.9", "Follows them"),
                ("0.7", "Weighs their word"),
                ("0.4", "Hears them"),
                ("0.1", "Hardly"),
            ),
            hint="A guess that you can change: it says whom to ask first.",
        ),
    )

    def save(entered: Mapping[str, Any]) -> None:
        listened = executive_of(request.actor, entered["listened_to"])
        file.set_influence(request.actor, executive, listened_to=listened, strength=entered["strength"])

    form = Form(
        title=f"Whom {executive.name} listens to",
        lead="",
        fields=fields,
        button="Save",
        back=_goals_of(executive),
        is_private=True,
    )
    return _asked(request, executive, form, save)


def readers(request: Asked, key: str) -> HttpResponse:
    """Who is named to see this file."""
    executive = executive_of(request.actor, key)
    members = models.Member.objects.filter(workspace=request.actor.workspace, is_active=True)
    members = members.exclude(is_executive=executive).order_by("name")
    field = people.naming(members, "Named", "Whoever is not named cannot see; the person assessed never can.")
    named = {str(pk) for pk in executive.readers.values_list("pk", flat=True)}

    def save(entered: Mapping[str, Any]) -> None:
        for one in members:
            wanted, is_named = str(one.pk) in entered["named"], str(one.pk) in named
            if wanted and not is_named:
                deeds.name_reader(request.actor, executive, member=one)
            if is_named and not wanted:
                deeds.unname_reader(request.actor, executive, member=one)

    form = Form(
        title=f"Who may see the file of {executive.name}",
        lead="Naming is on record, and those who are named see that.",
        fields=(field,),
        button="Save",
        back=reverse("executives", kwargs={"slug": executive.workspace.slug}),
        start={"named": named},
    )

    def saved(entered: Mapping[str, Any]) -> HttpResponse:
        save(entered)
        messages.success(request, "Saved.")
        return redirect("executives", slug=executive.workspace.slug)

    return answered(request, form, None, saved)


def _asked(
    request: Asked,
    executive: models.Executive,
    form: Form,
    deed: Any,
    *,
    row: Any = None,
) -> HttpResponse:
    def save(entered: Mapping[str, Any]) -> HttpResponse:
        deed(entered)
        messages.success(request, "Saved.")
        return redirect(_goals_of(executive))

    return answered(request, form, row, save)


def _goals_of(executive: models.Executive) -> str:
    return reverse("goals", kwargs={"slug": executive.workspace.slug, "key": executive.key})


def _goal(executive: models.Executive, row: int) -> models.Goal:
    found = executive.goals.filter(pk=row).first()
    if found is None:
        raise NotThere
    return found


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("<str:key>/goals/", goals, name="goals", reads=Act.READ),
    page("<str:key>/goals/add/", add_goal, name="add_goal", **WRITE),
    page("<str:key>/goals/<int:row>/", change_goal, name="change_goal", **WRITE),
    page("<str:key>/goals/<int:row>/remove/", remove_goal, name="remove_goal", writes=Act.WRITE),
    page("<str:key>/motivators/add/", add_motivator, name="add_motivator", **WRITE),
    page("<str:key>/influence/", set_influence, name="set_influence", **WRITE),
    page("<str:key>/readers/", readers, name="readers", reads=Act.KEEP, writes=Act.KEEP),
]
