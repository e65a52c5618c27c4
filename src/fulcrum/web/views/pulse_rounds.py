"""Rounds of the pulse on the desk: open one, hand out links, remind, close; who answered, never what."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fulcrum.core.roles import role_of
from fulcrum.core.wording import day
from fulcrum.folder.cells import DAY, Refused
from fulcrum.records import models
from fulcrum.records.access import Act, NotThere
from fulcrum.records.actions import pulses as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.records.pulse_letters import Letter, invitation
from fulcrum.records.queries import alignment as queries
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Field, Form, answered
from fulcrum.web.pages import Asked, page


def pulses(request: Asked) -> HttpResponse:
    """Every round: when, whom it asked, and how many answered."""
    found = [
        {"row": one, "is_open": one.is_open(), "asked": one.asked, "answered": one.answered}
        for one in queries.counted_rounds(request.actor)
    ]
    context = {"here": "alignment", "part": "pulses", "rounds": found, "fewest": _fewest(request)}
    return render(request, "alignment/pulses.html", context)


def open_(request: Asked) -> HttpResponse:
    """Whom to ask, until when, and what can be ranked; the answer shows each link, this once."""
    actor, rules = request.actor, playbook_of(request.actor.workspace).alignment
    people = list(models.Executive.objects.filter(workspace=actor.workspace))
    last = actor.workspace.today + timedelta(days=int(rules.days_open.value))
    form = Form(
        title="Open a pulse",
        lead="Each executive gets a personal link. Nobody needs an account, and it takes about a minute.",
        fields=_fields(people),
        button="Open it and make the links",
        back=reverse("pulses", kwargs={"slug": actor.workspace.slug}),
        here="alignment",
        start={
            "executives": [one.key for one in people],
            "closes_on": last.isoformat(),
            "priorities": "\n".join(deeds.PRIORITIES),
        },
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        closes = DAY.read(str(entered["closes_on"])) if entered["closes_on"] else None
        opened, links = deeds.open_round(
            actor,
            executives=[one for one in people if one.key in entered["executives"]],
            closes_on=None if isinstance(closes, Refused) else closes,
            priorities=str(entered["priorities"]).splitlines(),
        )
        made = [_letter(request, opened, executive, token) for executive, token in links]
        return _round_page(request, opened, made=made, status=201)

    return answered(request, form, None, save)


def round_(request: Asked, round: int) -> HttpResponse:
    """One round: who was asked and who has answered."""
    return _round_page(request, queries.round_of(request.actor, round))


def link(request: Asked, round: int, asked: int) -> HttpResponse:
    """A further link for one executive, with the words of a reminder."""
    found = queries.round_of(request.actor, round)
    invited = queries.invitations_of(request.actor, found).filter(pk=asked).first()
    if invited is None or not found.is_open():
        raise NotThere
    token = deeds.link_again(request.actor, invited)
    made = _letter(request, found, invited.executive, token, is_reminder=True)
    return _round_page(request, found, made=[made], status=201)


def close(request: Asked, round: int) -> HttpResponse:
    """End a round now."""
    found = queries.round_of(request.actor, round)
    deeds.close_round(request.actor, found)
    messages.success(request, "The pulse is closed. Links open a page that says so.")
    return redirect("pulse_round", slug=request.actor.workspace.slug, round=found.pk)


def reopen(request: Asked, round: int) -> HttpResponse:
    """Take closing back, as long as nothing was shown."""
    found = queries.round_of(request.actor, round)
    try:
        deeds.reopen_round(request.actor, found, fewest=_fewest(request))
        messages.success(request, "The pulse is open again.")
    except Invalid as refused:
        messages.error(request, " ".join(refused.fields.values()))
    return redirect("pulse_round", slug=request.actor.workspace.slug, round=found.pk)


def _round_page(
    request: Asked, found: models.PulseRound, *, made: list[dict[str, Any]] | None = None, status: int = 200
) -> HttpResponse:
    rules = playbook_of(request.actor.workspace).alignment
    invited = list(queries.invitations_of(request.actor, found))
    answered_ = _answered(invited)
    context = {
        "here": "alignment",
        "part": "pulses",
        "round": found,
        "is_running": found.is_open(),
        "may_reopen": found.closed_at is not None
        and found.expires_at is not None
        and found.expires_at > timezone.now()
        and answered_ < _fewest(request),
        "invited": invited,
        "answered": answered_,
        "items": deeds.items_of(found),
        "made": made or [],
        "fewest": _fewest(request),
        "is_too_few": 0 < _besides_the_chief(invited) < _fewest(request),
        "is_remindable": queries.is_remindable(found, rules.remind_after_days.value),
        "remind_on": day(found.opens_on + timedelta(days=int(rules.remind_after_days.value))),
    }
    return render(request, "alignment/round.html", context, status=status)


def _letter(
    request: Asked,
    round: models.PulseRound,
    executive: models.Executive,
    token: str,
    *,
    is_reminder: bool = False,
) -> dict[str, Any]:
    """A link with the words to send it by; no address is kept here, so the mail program asks for it."""
    address = request.build_absolute_uri(reverse("pulse", kwargs={"token": token}))
    letter = invitation(
        name=executive.name,
        company=request.actor.workspace.name,
        link=address,
        closes_on=round.closes_on,
        sender=request.actor.member.name,
        fewest=_fewest(request),
        is_reminder=is_reminder,
    )
    return {"executive": executive, "link": address, "letter": letter, "mailto": _mailto(letter)}


def _mailto(letter: Letter) -> str:
    return f"mailto:?subject={quote(letter.subject)}&body={quote(letter.body)}"


def _fields(people: list[models.Executive]) -> tuple[Field, ...]:
    return (
        Field(
            name="executives",
            label="Whom to ask",
            kind="many",
            choices=tuple((one.key, f"{one.name}, {one.role}") for one in people),
        ),
        Field(
            name="closes_on",
            label="Until which day",
            kind="date",
            is_required=True,
            hint="Answers can be changed until the end of this day. Results show after it.",
        ),
        Field(
            name="priorities",
            label="What can be ranked",
            kind="area",
            is_required=True,
            hint="One a line, five to twelve, in the words of your executives. “customers” stays among them.",
        ),
    )


def _answered(invited: list[models.PulseInvitation]) -> int:
    return sum(one.answered_at is not None for one in invited)


def _besides_the_chief(invited: list[models.PulseInvitation]) -> int:
    return sum(role_of(one.executive.role) != "CEO" for one in invited)


def _fewest(request: Asked) -> int:
    return int(playbook_of(request.actor.workspace).alignment.answers_at_least.value)


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    page("pulses/", pulses, name="pulses", reads=Act.WRITE),
    page("pulses/open/", open_, name="pulse_open", **WRITE),
    page("pulses/<int:round>/", round_, name="pulse_round", reads=Act.WRITE),
    page("pulses/<int:round>/close/", close, name="pulse_close", writes=Act.WRITE),
    page("pulses/<int:round>/reopen/", reopen, name="pulse_reopen", writes=Act.WRITE),
    page("pulses/<int:round>/asked/<int:asked>/", link, name="pulse_link", writes=Act.WRITE),
]
