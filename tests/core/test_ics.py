"""Calendar files: what a program reads back is what was meant."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from fulcrum.core.ics import Event, Method, calendar

STAMP = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def lines_of(file: bytes) -> list[str]:
    """The content lines, unfolded as RFC 5545, 3.1 says."""
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_ends_on_the_day_after_it() -> None:
    lines = lines_of(calendar([Event(uid="a@x", summary="Due", start=date(2026, 12, 31), stamp=STAMP)]))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


def test_a_moment_is_written_in_utc_on_either_side_of_daylight_saving() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day, at in (((2026, 7, 1), "20260701T070000Z"), ((2026, 12, 1), "20261201T080000Z")):
        event = Event(uid="a@x", summary="Talk", start=datetime(*day, 9, 0, tzinfo=berlin), stamp=STAMP)
        assert f"DTSTART:{at}" in lines_of(calendar([event]))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar([Event(uid="a", summary="b", start=datetime(2026, 1, 1, 9), stamp=STAMP)])  # noqa: DTZ001


def test_text_cannot_break_out_of_its_line() -> None:
    hostile = "Step; one, two\\three\r\nATTENDEE:mailto:evil@x\x00\x07"
    event = Event(uid="a@x", summary=hostile, start=date(2026, 1, 1), stamp=STAMP, url="https://x/\r\nX:y")
    lines = lines_of(calendar([event]))
    assert "SUMMARY:Step\\; one\\, two\\\\three\\nATTENDEE:mailto:evil@x" in lines
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X:y"))]


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut() -> None:
    said = "Gespräch über Kündigungsgründe 顧客 " * 20
    file = calendar([Event(uid="a@x", summary=said, start=date(2026, 1, 1), stamp=STAMP)])
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert f"SUMMARY:{said}" in lines_of(file)


def test_the_same_events_give_the_same_bytes() -> None:
    event = Event(uid="a@x", summary="Due", start=date(2026, 1, 1), stamp=STAMP, attendees=("b@x",))
    assert calendar([event], name="N", method=Method.REQUEST) == calendar(
        [event], name="N", method=Method.REQUEST
    )
