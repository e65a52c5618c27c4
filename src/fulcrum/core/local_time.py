"""Moments by the clock on somebody's wall, also on the two days of the year when that clock jumps.

A local time that does not exist (clocks go forward) is read with the offset from before the jump, so that
02:30 becomes 03:30; one that comes twice (clocks go back) means the first. Both as RFC 5545, 3.3.5 has it.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fulcrum.core.value import value

_DAY = timedelta(days=1)


@value
class QuietHours:
    """From when until when nothing is sent, by the wall clock; over midnight where `until` is the earlier."""

    from_: time
    until: time

    def hold(self, at: time) -> bool:
        """Whether it is quiet at this time of day; equal ends mean that it never is."""
        if self.from_ <= self.until:
            return self.from_ <= at < self.until
        return at >= self.from_ or at < self.until


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clock of this zone shows a time on a day."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def next_weekly(now: datetime, *, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The first moment after `now` that is this weekday (Monday is 0) and time in the zone."""
    today = now.astimezone(zone).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    found = moment_of(day, at, zone)
    return found if found > now else moment_of(day + timedelta(days=7), at, zone)


def quiet_until(now: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime | None:
    """When the quiet that holds at `now` ends; None where it is not quiet.

    Where the end comes twice, it is over at the first one that the clock has not passed.
    """
    here = now.astimezone(zone)
    if quiet is None or not quiet.hold(here.time()):
        return None
    day = here.date() if here.time() < quiet.until else here.date() + _DAY
    first = moment_of(day, quiet.until, zone)
    if first > now:
        return first
    return datetime.combine(day, quiet.until.replace(fold=1), tzinfo=zone).astimezone(UTC)
