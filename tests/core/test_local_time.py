"""The clock on the wall: what a local time means on ordinary days, and when clocks jump."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from fulcrum.core.local_time import QuietHours, moment_of, next_weekly, quiet_until

BERLIN, NEW_YORK, LORD_HOWE = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
)
NIGHT = QuietHours(from_=time(20), until=time(7))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        (date(2026, 7, 1), time(9), BERLIN, utc(2026, 7, 1, 7)),
        (date(2026, 12, 1), time(9), BERLIN, utc(2026, 12, 1, 8)),
        (date(2026, 3, 29), time(2, 30), BERLIN, utc(2026, 3, 29, 1, 30)),  # never: it becomes 03:30
        (date(2026, 10, 25), time(2, 30), BERLIN, utc(2026, 10, 25, 0, 30)),  # twice: the first
        (date(2026, 3, 8), time(2, 30), NEW_YORK, utc(2026, 3, 8, 7, 30)),
        (date(2026, 11, 1), time(1, 30), NEW_YORK, utc(2026, 11, 1, 5, 30)),
        (date(2026, 10, 4), time(2, 15), LORD_HOWE, utc(2026, 10, 3, 15, 45)),  # a jump of half an hour
    ],
)
def test_a_local_time_is_one_moment(day: date, at: time, zone: ZoneInfo, moment: datetime) -> None:
    assert moment_of(day, at, zone) == moment


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"])
@pytest.mark.parametrize("at", [time(0), time(2, 30), time(8)])
def test_a_weekly_time_comes_once_in_each_of_260_weeks(name: str, at: time) -> None:
    zone, now = ZoneInfo(name), utc(2026, 1, 1)
    weeks = []
    for _ in range(260):
        now = next_weekly(now, weekday=6, at=at, zone=zone)
        weeks.append(now.astimezone(zone).date().isocalendar()[:2])
        assert next_weekly(now - timedelta(seconds=1), weekday=6, at=at, zone=zone) == now
    assert len(set(weeks)) == 260


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (utc(2026, 7, 1, 17, 59), None),
        (utc(2026, 7, 1, 18), utc(2026, 7, 2, 5)),
        (utc(2026, 7, 2, 4, 59), utc(2026, 7, 2, 5)),
        (utc(2026, 7, 2, 5), None),
        (utc(2026, 3, 28, 22), utc(2026, 3, 29, 5)),  # the short night
        (utc(2026, 10, 24, 22), utc(2026, 10, 25, 6)),  # the long one
    ],
)
def test_quiet_hours_go_by_the_wall_clock(now: datetime, end: datetime | None) -> None:
    assert quiet_until(now, NIGHT, BERLIN) == end


def test_an_end_that_comes_twice_is_never_behind_us() -> None:
    quiet = QuietHours(from_=time(22), until=time(2, 30))
    for minute in range(0, 24 * 60, 5):
        now = utc(2026, 10, 24, 12) + timedelta(minutes=minute)
        end = quiet_until(now, quiet, BERLIN)
        assert end is None or now < end <= now + timedelta(hours=6)


def test_equal_ends_mean_no_quiet() -> None:
    assert quiet_until(utc(2026, 7, 1), QuietHours(from_=time(7), until=time(7)), BERLIN) is None
