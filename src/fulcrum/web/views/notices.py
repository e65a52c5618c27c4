"""Notices: what comes to a member, when and by which way; the calendar; the end of it by one click."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.views.decorators.csrf import csrf_exempt

from fulcrum.core.ics import MEDIA_TYPE
from fulcrum.records.access import Act
from fulcrum.records.actions import notices as deeds
from fulcrum.records.calendar import calendar_at
from fulcrum.records.models import Subscription
from fulcrum.records.models.notices import DIGEST_AT, ChannelKind
from fulcrum.records.notices import may_be_told, zone_of
from fulcrum.records.queries.notices import channel_of, notices_of, subscription_of
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.forms import notices as forms
from fulcrum.web.pages import Asked, Open, page


def notices(request: Asked) -> HttpResponse:
    """What comes when, what was sent, and what could not be."""
    return _page(request)


def change_times(request: Asked) -> HttpResponse:
    """Day and time of the digest, the clock, quiet hours."""
    one = subscription_of(request.actor)
    form = Form(
        title="When notices come",
        lead="In the night when clocks jump, a time that does not exist comes an hour later, and one that "
        "comes twice counts once.",
        fields=forms.times(),
        button="Save",
        back=_here(request),
        here="settings",
        start=_times(one),
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        deeds.set_times(request.actor, seen_version=seen_version(request), **entered)
        return _said(request, "Saved.")

    return answered(request, form, None, save)


def change_channel(request: Asked, kind: str) -> HttpResponse:
    """What comes by one way, and of a webhook its address."""
    if kind not in ChannelKind.values:
        raise Http404
    row, label = channel_of(request.actor, kind), ChannelKind(kind).label
    has_address = bool(request.actor.member.user.email)
    form = Form(
        title=f"Notices by {label}",
        lead="They say how many things are due, and name nobody: who may not see an assessment learns none.",
        fields=forms.channel(kind, has_address=has_address, is_there=row is not None),
        button="Save",
        back=_here(request),
        here="settings",
        start={
            "address": row.address if row is not None and kind == ChannelKind.EMAIL else "",
            "comes": _comes(row),
        },
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        comes = entered["comes"]
        deeds.set_channel(
            request.actor,
            kind,
            address=entered.get("address", ""),
            wants_digest="digest" in comes,
            wants_alerts="alerts" in comes,
        )
        return _said(request, f"Saved. A test message shows whether {label} takes it.")

    return answered(request, form, None, save)


def end_channel(request: Asked, kind: str) -> HttpResponse:
    """Nothing comes by it any more."""
    deeds.end_channel(request.actor, kind)
    return _said(request, "Nothing comes that way any more; its address is forgotten.")


def send_test(request: Asked, kind: str) -> HttpResponse:
    """A test message, by the worker, within seconds."""
    is_new = deeds.send_test(request.actor, kind)
    said = "A test message is on its way; what became of it stands below in a few seconds."
    return _said(request, said if is_new else "One was sent within this minute. Look below.")


def make_calendar(request: Asked) -> HttpResponse:
    """A new address of the calendar, shown once; an earlier one ends."""
    token = deeds.make_calendar(request.actor)
    address = settings.FULCRUM_ADDRESS + reverse("calendar_feed", kwargs={"token": token})
    return _page(request, made=address)


def end_calendar(request: Asked) -> HttpResponse:
    """The address leads nowhere any more."""
    deeds.end_calendar(request.actor)
    return _said(request, "The address leads nowhere any more. Programs that fetched it find nothing.")


def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for a program that knows its secret."""
    found = calendar_at(token)
    if found is None:
        raise Http404
    return _for_programs(HttpResponse(found, content_type=MEDIA_TYPE))


@csrf_exempt
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail: asked on GET, for programs follow links; done on POST, by a person or a mail program.

    The request carries no session and needs none (RFC 8058, 3.2): the secret in the address is the proof.
    """
    has_ended = request.method == "POST" and deeds.stop(token)
    if request.method == "POST" and not has_ended:
        raise Http404
    context = {"has_ended": has_ended, "token": token}
    return _for_programs(render(request, "notices/stop.html", context))


def _page(request: Asked, made: str = "") -> HttpResponse:
    found = notices_of(request.actor)
    one = found.subscription
    context = {
        "here": "settings",
        "part": "notices",
        "found": found,
        "is_told": may_be_told(request.actor.member),
        "weekday": "" if one is None else deeds.WEEKDAYS[one.weekday],
        "zone": None if one is None else zone_of(one),
        "mail_folder": settings.EMAIL_FILE_PATH,
        "made": made,
    }
    return render(request, "notices/notices.html", context)


def _times(one: Subscription | None) -> dict[str, str]:
    if one is None:
        start = {"weekday": deeds.WEEKDAYS[0], "digest_at": f"{DIGEST_AT:%H:%M}"}
        return start | {"time_zone": settings.TIME_ZONE, "quiet_from": "", "quiet_until": ""}
    return {
        "weekday": deeds.WEEKDAYS[one.weekday],
        "digest_at": f"{one.digest_at:%H:%M}",
        "time_zone": one.time_zone,
        "quiet_from": "" if one.quiet_from is None else f"{one.quiet_from:%H:%M}",
        "quiet_until": "" if one.quiet_until is None else f"{one.quiet_until:%H:%M}",
    }


def _comes(row: Any) -> list[str]:
    if row is None:
        return ["digest"]
    return [name for name, is_on in (("digest", row.wants_digest), ("alerts", row.wants_alerts)) if is_on]


def _for_programs(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _said(request: Asked, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(_here(request))


def _here(request: Asked) -> str:
    return reverse("notices", kwargs={"slug": request.actor.workspace.slug})


_OWN: dict[str, Any] = {"reads": Act.READ, "writes": Act.READ}
urlpatterns: list[URLPattern] = [
    page("notices/", notices, name="notices", reads=Act.READ),
    page("notices/times/", change_times, name="notice_times", **_OWN),
    page("notices/calendar/make/", make_calendar, name="make_calendar", writes=Act.READ),
    page("notices/calendar/end/", end_calendar, name="end_calendar", writes=Act.READ),
    page("notices/<str:kind>/", change_channel, name="notice_channel", **_OWN),
    page("notices/<str:kind>/end/", end_channel, name="end_channel", writes=Act.READ),
    page("notices/<str:kind>/test/", send_test, name="send_test", writes=Act.READ),
]
open_urlpatterns: list[URLPattern] = [
    page("n/calendar/<str:token>.ics", calendar_feed, name="calendar_feed", reads=Open.ANYONE),
    page("n/<str:token>/", stop_notices, name="stop_notices", reads=Open.ANYONE, writes=Open.ANYONE),
]
