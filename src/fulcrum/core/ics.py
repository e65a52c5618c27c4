"""A calendar as text that every calendar program reads (RFC 5545): stable ids, folded, escaped.

`UID` and `SEQUENCE` decide whether a program updates an event or shows a second one: give the same `uid` to
the same thing, and a higher `sequence` when it changed. Moments are written in UTC, so that no zone's rules
must travel along; whole days stay days, whatever zone they are read in.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from fulcrum import __version__
from fulcrum.core.value import value

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75  # octets, RFC 5545, 3.1
_CONTROLS = {code: None for code in (*range(32), 127) if code not in (9, 10)}


class Method(StrEnum):
    """What a calendar file is for: to be read, to invite, to call off."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@value
class Event:
    """Something on a day, or from one moment to another; moments must say their zone.

    `end` of a whole day is its last day. `stamp` is when the event was last written: the same event with the
    same stamp gives the same bytes.
    """

    uid: str
    summary: str
    start: date
    stamp: datetime
    end: date | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    sequence: int = 0
    organizer: str = ""
    attendees: tuple[str, ...] = ()
    is_busy: bool = False


def calendar(events: Iterable[Event], *, name: str = "", method: Method = Method.PUBLISH) -> bytes:
    """The events as one calendar file; raises `ValueError` for a moment that does not say its zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Fulcrum//{__version__}//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"METHOD:{method.value}")
    if name:
        lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, method)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: Event, method: Method) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{_moment(event.stamp)}"]
    lines += _times(event)
    lines += [f"SEQUENCE:{event.sequence}", f"SUMMARY:{_text(event.summary)}"]
    lines += [
        f"{key}:{_text(said)}"
        for key, said in (("DESCRIPTION", event.description), ("LOCATION", event.location))
        if said
    ]
    if event.url:
        lines.append(f"URL:{_plain(event.url)}")
    if event.organizer:
        lines.append(f"ORGANIZER:mailto:{_plain(event.organizer)}")
    lines += [
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{_plain(who)}"
        for who in event.attendees
    ]
    lines += ["CLASS:PRIVATE", f"TRANSP:{'OPAQUE' if event.is_busy else 'TRANSPARENT'}"]
    lines.append(f"STATUS:{'CANCELLED' if method is Method.CANCEL else 'CONFIRMED'}")
    return [*lines, "END:VEVENT"]


def _times(event: Event) -> list[str]:
    if isinstance(event.start, datetime):
        times = [f"DTSTART:{_moment(event.start)}"]
        return times + ([f"DTEND:{_moment(event.end)}"] if isinstance(event.end, datetime) else [])
    after = (event.end or event.start) + timedelta(days=1)  # the end of a day's event is the day after it
    return [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"{at} does not say its time zone")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    """Escaped as RFC 5545, 3.3.11 asks; what cannot stand in a line is left out."""
    clean = said.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(sign, escaped)
    return clean


def _plain(said: str) -> str:
    """An address: no line break or control can get out of it."""
    return "".join(said.translate(_CONTROLS).split())


def _folded(line: str) -> str:
    """In lines of at most 75 octets, never cut inside a character."""
    parts, part, room = [], "", _LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append(part)
            part, room = "", _LONGEST_LINE - 1  # the space that begins a folded line counts
        part, room = part + letter, room - size
    return "\r\n ".join([*parts, part])
