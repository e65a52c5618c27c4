"""One ask: its card, its note, its calendar files, and what becomes of it in one click."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from fulcrum import first_steps
from fulcrum.core import company as core
from fulcrum.core import ics, wording
from fulcrum.core.company import AskStatus
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.local_time import moment_of
from fulcrum.records import models
from fulcrum.records.access import Act, NotThere
from fulcrum.records.actions import file
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.company import company_around
from fulcrum.records.queries.people import open_ask_of, open_file, row_of
from fulcrum.records.rows import value_of
from fulcrum.records.standings import standing_of
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import seen_version
from fulcrum.web.forms.notices import zones
from fulcrum.web.pages import Asked, page

FATES = (
    (AskStatus.PROPOSED, "Planned", "Not asked yet"),
    (AskStatus.ASKED, "Asked", "They know; no answer yet"),
    (AskStatus.ACCEPTED, "Accepted", "They said yes"),
    (AskStatus.DONE, "Done", "It happened"),
    (AskStatus.DECLINED, "Declined", "They said no"),
    (AskStatus.LAPSED, "Lapsed", "The day passed"),
)
WORDS = {status.value: words for status, words, _ in FATES}


def next_step(request: Asked, key: str) -> HttpResponse:
    """The step that is chosen, with all that goes with it, before it is on record."""
    executive = open_file(request.actor, key)
    whole, playbook = _around(executive), playbook_of(executive.workspace)
    waiting = open_ask_of(request.actor, executive)
    if waiting is not None:
        return redirect(_address(executive, waiting.pk))
    stands = standing_of(request.actor, executive)
    step = stands.choice.step
    context = {
        "here": "executives",
        "executive": executive,
        "no_step": stands.choice.no_step_because,
        **({} if step is None else _shown(whole, playbook, step)),
    }
    return render(request, "record/next_step.html", context)


def put_step(request: Asked, key: str) -> HttpResponse:
    """Put the chosen step on record: asked, or planned."""
    executive = open_file(request.actor, key)
    step = standing_of(request.actor, executive).choice.step
    if step is None or step.step != request.POST.get("step"):
        messages.warning(request, "The step changed since this was shown. This is the one that fits now.")
        return redirect("next_step", slug=executive.workspace.slug, key=executive.key)
    planned = request.POST.get("status") == AskStatus.PROPOSED.value
    try:
        put = file.put_ask(
            request.actor,
            executive,
            step=step.step,
            asked_on=executive.workspace.today,
            due=step.until,
            status=AskStatus.PROPOSED if planned else AskStatus.ASKED,
        )
    except file.StillOpen as refused:
        messages.warning(request, str(refused))
        return redirect("next_step", slug=executive.workspace.slug, key=executive.key)
    said = "Planned: it is on record, and not asked yet." if planned else "The ask is on record."
    messages.success(request, said)
    return redirect(_address(executive, put.pk))


def asked(request: Asked, key: str, row: int) -> HttpResponse:
    """One ask on record, and what may become of it."""
    executive = open_file(request.actor, key)
    found = _ask(request, executive, row)
    if request.method == "POST":
        return _settled(request, executive, found)
    whole, playbook = _around(executive), playbook_of(executive.workspace)
    step = first_steps.step_of(whole, playbook, value_of(found, core.Ask))
    was = request.GET.get("was", "")
    context = {
        "here": "executives",
        "executive": executive,
        "ask": found,
        "fates": [
            {"value": status.value, "words": words, "means": means, "is_now": status.value == found.status}
            for status, words, means in FATES
        ],
        "now": WORDS[found.status].lower(),
        "was": was if was in WORDS and was != found.status else "",
        "was_words": WORDS.get(was, "").lower(),
        "is_open": AskStatus(found.status).is_open,
        "zones": zones(),
        "zone": settings.TIME_ZONE if settings.TIME_ZONE in dict(zones()) else "UTC",
        **_shown(whole, playbook, step),
    }
    return render(request, "record/asked.html", context)


def _settled(request: Asked, executive: models.Executive, found: models.Ask) -> HttpResponse:
    """What became of it, today; with the way back in the address that follows."""
    was, status = found.status, request.POST.get("status", "")
    try:
        file.settle_ask(request.actor, found, seen_version=seen_version(request), status=status)
    except ChangedMeanwhile:
        messages.warning(request, "Somebody changed this ask since you opened it. This is how it stands now.")
        return redirect(_address(executive, found.pk))
    except Invalid as wrong:
        messages.warning(request, str(wrong))
        return redirect(_address(executive, found.pk))
    messages.success(request, f"On record: {WORDS[status].lower()}.")
    return redirect(f"{_address(executive, found.pk)}?{urlencode({'was': was})}")


def calendar(request: Asked, key: str, row: int) -> HttpResponse:
    """The ask for the executive's calendar; once it is refused, the file that takes it out again."""
    executive = open_file(request.actor, key)
    found = _ask(request, executive, row)
    whole = _around(executive)
    step = first_steps.step_of(whole, playbook_of(executive.workspace), value_of(found, core.Ask))
    at = _slot(request)
    if at is None and request.GET.get("day"):
        messages.warning(request, "That day and time cannot be read. Choose both, and a time zone.")
        return redirect(_address(executive, found.pk))
    is_off = found.status in (AskStatus.DECLINED, AskStatus.LAPSED) or found.taken_back_at is not None
    content = first_steps.calendar_file(whole, step, sequence=found.version, at=at, is_off=is_off)
    return _file(content, f"{executive.key}-{step.until.isoformat()}.ics")


def follow_up(request: Asked, key: str, row: int) -> HttpResponse:
    """The day on which to come back to it, for one's own calendar."""
    executive = open_file(request.actor, key)
    found = _ask(request, executive, row)
    whole = _around(executive)
    step = first_steps.step_of(whole, playbook_of(executive.workspace), value_of(found, core.Ask))
    content = first_steps.follow_up_file(whole, step, sequence=found.version)
    return _file(content, f"{executive.key}-follow-up.ics")


def next_calendar(request: Asked, key: str) -> HttpResponse:
    """The chosen step for the executive's calendar, before it is on record."""
    executive = open_file(request.actor, key)
    step = standing_of(request.actor, executive).choice.step
    if step is None:
        raise NotThere
    content = first_steps.calendar_file(_around(executive), step, sequence=0)
    return _file(content, f"{executive.key}-{step.until.isoformat()}.ics")


def _shown(whole: core.Company, playbook: Any, step: StepToAsk) -> dict[str, Any]:
    """The card, the terms and the note; what in the note to mend; and the words for whoever asks."""
    hand = first_steps.in_hand(whole, playbook, step)
    library = playbook.step(step.step)
    return {
        "step": step,
        "sentence": hand.sentence,
        "takes": wording.minutes(step.minutes) if step.minutes else "not known",
        "card": hand.card,
        "subject": hand.subject,
        "note": hand.note,
        "mail": f"mailto:?subject={quote(hand.subject)}&body={quote(hand.note)}",
        "to_mend": hand.to_mend,
        "watch_for": "" if library is None else library.watch_for,
    }


def _around(executive: models.Executive) -> core.Company:
    return company_around([executive], [], workspace=executive.workspace)


def _ask(request: Asked, executive: models.Executive, row: int) -> models.Ask:
    found: models.Ask = row_of(request.actor, executive, "ask", row)
    return found


def _slot(request: Asked) -> datetime | None:
    """The moment that was chosen; None where none was, or where it cannot be read."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        at = time.fromisoformat(request.GET.get("at", ""))
        zone = ZoneInfo(request.GET.get("zone", ""))
        return moment_of(day, at.replace(tzinfo=None), zone)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        return None


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ics.MEDIA_TYPE)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


def _address(executive: models.Executive, row: int) -> str:
    return reverse("asked", kwargs={"slug": executive.workspace.slug, "key": executive.key, "row": row})


urlpatterns = [
    page("<str:key>/step/", next_step, name="next_step", reads=Act.READ),
    page("<str:key>/step/put/", put_step, name="put_step", writes=Act.WRITE),
    page("<str:key>/step/calendar.ics", next_calendar, name="next_calendar", reads=Act.READ),
    page("<str:key>/asked/<int:row>/", asked, name="asked", reads=Act.READ, writes=Act.WRITE),
    page("<str:key>/asked/<int:row>/calendar.ics", calendar, name="ask_calendar", reads=Act.READ),
    page("<str:key>/asked/<int:row>/follow-up.ics", follow_up, name="ask_follow_up", reads=Act.READ),
]
