"""The pulse for somebody who holds a personal link: one page, no account, no word of any assessment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from fulcrum.core.pulses import (
    NOBODY,
    SUCCESS,
    TOP,
    VISION,
    WHERE_WE_STAND,
    WHO_LEADS,
    WOULD_RECOMMEND,
)
from fulcrum.core.roles import role_of
from fulcrum.records import models
from fulcrum.records.actions import pulses as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.taking import Invalid
from fulcrum.web.pages import Open, page

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")


def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire, always empty; on POST the answers are kept in place of earlier ones.

    Earlier answers are not shown again: whoever made the link holds it too.
    """
    found = deeds.invitation_by(token)
    if found is None:
        return _for_guests(render(request, "pulse/closed.html", {"round": None}, status=404))
    if not found.round.is_open():
        return _for_guests(render(request, "pulse/closed.html", {"round": found.round}, status=410))
    if request.method != "POST":
        return _form(request, found, token, {}, {})
    entered = {name: request.POST.get(name, "") for name in _names()}
    try:
        deeds.answer(found, entered)
    except Invalid as wrong:
        return _form(request, found, token, entered, wrong.fields)
    return _for_guests(redirect("pulse_thanks", token=token))


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """That the answers are kept, and until when they can be changed."""
    found = deeds.invitation_by(token)
    if found is None or found.answered_at is None:
        return _for_guests(render(request, "pulse/closed.html", {"round": None}, status=404))
    context = {
        "round": found.round,
        "token": token,
        "is_open": found.round.is_open(),
        "is_again": found.times_answered > 1,
    }
    return _for_guests(render(request, "pulse/thanks.html", context))


def _form(
    request: HttpRequest,
    found: models.PulseInvitation,
    token: str,
    entered: dict[str, str],
    wrong: dict[str, str],
) -> HttpResponse:
    workspace, executive = found.round.workspace, found.executive
    everybody = models.Executive.objects.filter(workspace=workspace)
    context = {
        "workspace_name": workspace.name,
        "round": found.round,
        "executive": executive,
        "is_chief": role_of(executive.role) == "CEO",
        "fewest": int(playbook_of(workspace).alignment.answers_at_least.value),
        "answered_at": found.answered_at,
        "people": [*((one.key, f"{one.name}, {one.role}") for one in everybody), (NOBODY, "Nobody does")],
        "leads": entered.get(WHO_LEADS, ""),
        "ranks": [
            {
                "name": f"rank_{rank}",
                "label": _ORDINALS[rank - 1],
                "chosen": entered.get(f"rank_{rank}", ""),
                "wrong": wrong.get(f"rank_{rank}", ""),
            }
            for rank in range(1, TOP + 1)
        ],
        "items": deeds.items_of(found.round),
        "guess": entered.get(WOULD_RECOMMEND, ""),
        "guesses": [str(number) for number in range(11)],
        "stand": entered.get(WHERE_WE_STAND, ""),
        "stands": _STANDS,
        "vision": entered.get(VISION, ""),
        "success": entered.get(SUCCESS, ""),
        "wrong": wrong,
        "first_wrong": next((name for name in _names() if name in wrong), ""),
        "wrong_leads": wrong.get(WHO_LEADS, ""),
        "wrong_guess": wrong.get(WOULD_RECOMMEND, ""),
        "wrong_stand": wrong.get(WHERE_WE_STAND, ""),
        "wrong_vision": wrong.get(VISION, ""),
        "wrong_success": wrong.get(SUCCESS, ""),
        "wrong_round": wrong.get("round", ""),
        "token": token,
    }
    return _for_guests(render(request, "pulse/pulse.html", context, status=422 if wrong else 200))


_STANDS = (
    ("1", "Far behind what we promise customers"),
    ("2", "Behind it"),
    ("3", "About there"),
    ("4", "Mostly keeping it"),
    ("5", "Keeping it, every day"),
)


def _names() -> tuple[str, ...]:
    ranks = (f"rank_{rank}" for rank in range(1, TOP + 1))
    return (WHO_LEADS, *ranks, WOULD_RECOMMEND, WHERE_WE_STAND, VISION, SUCCESS)


def _for_guests(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "same-origin"  # with less the browser would send no origin to check
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


GUEST: dict[str, Any] = {"reads": Open.ANYONE, "writes": Open.ANYONE}
urlpatterns: list[URLPattern] = [
    page("p/<str:token>/", pulse, name="pulse", **GUEST),
    page("p/<str:token>/thanks/", thanks, name="pulse_thanks", reads=Open.ANYONE),
]
