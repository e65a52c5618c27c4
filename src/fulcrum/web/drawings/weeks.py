"""Time on a drawing: which weeks are shown, in which of them the belief is known, and where nobody looked."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from fulcrum.briefing.axes import Axis
from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value

_LEAST = 12  # weeks back that are shown even where the history is shorter
_AHEAD = timedelta(days=46)  # at most after today
_MARGIN = 62.0  # px to the right of today where nothing lies ahead, for what is desired
_WEEK = timedelta(weeks=1)
_SILENCE = timedelta(weeks=8)  # shorter ones are ordinary and carry no note


@value
class Window:
    """The days that a drawing shows, laid from left to right."""

    start: date
    today: date
    axis: Axis

    def at(self, day: date) -> float:
        """The place of a day."""
        return self.axis.at(day.toordinal())

    @property
    def now(self) -> float:
        """The place of today."""
        return self.at(self.today)

    def holds(self, day: date) -> bool:
        """Whether a day that has been is shown."""
        return self.start <= day <= self.today

    def months(self) -> tuple[date, ...]:
        """The first day of each month that is shown."""
        first, last = int(self.axis.low), int(self.axis.high)
        days = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
        return tuple(day for day in days if day.day == 1)


@value
class Run:
    """Weeks in a row in which the belief was known, or unknown."""

    weeks: tuple[WeekOfBelief, ...]
    is_known: bool


@value
class Silence:
    """A stretch of days without evidence."""

    start: date
    end: date

    @property
    def weeks(self) -> int:
        """Its length in full weeks."""
        return (self.end - self.start).days // 7


def soon(belief: Belief, ahead: Iterable[WeekOfBelief]) -> tuple[WeekOfBelief, ...]:
    """The weeks after today that are near enough to be drawn; none where today is Unknown."""
    if isinstance(belief.level, Unknown):
        return ()
    return tuple(week for week in ahead if belief.as_of < week.week_ending <= belief.as_of + _AHEAD)


def window_of(
    belief: Belief, ahead: Sequence[WeekOfBelief], *, weeks_back: float, left: float, right: float
) -> Window:
    """As much of the history as fits, and after today as much as is told of it."""
    today = belief.as_of
    known = (today - belief.history[0].week_ending).days / 7 + 1 if belief.history else 0.0
    back = min(max(known, _LEAST), weeks_back)
    told = (ahead[-1].week_ending - today).days / 7 if ahead else back * _MARGIN / (right - left - _MARGIN)
    end = today.toordinal() + 7 * told
    start = today - timedelta(days=round(7 * back))
    return Window(
        start=start, today=today, axis=Axis(low=start.toordinal(), high=end, left=left, right=right)
    )


def runs_of(
    belief: Belief, seen: Sequence[date], window: Window, *, unknown_after_weeks: float
) -> tuple[Run, ...]:
    """The shown weeks in runs of known and unknown; an unknown run reaches to the known weeks beside it.

    A week is unknown where nothing had been seen for `unknown_after_weeks` before its end, as `believe` says;
    today is as unknown as the belief itself. Nobody observed yet is unknown all along.
    """
    weeks = [week for week in belief.history if week.week_ending > window.start - _WEEK]
    if not seen and weeks:
        weeks = [WeekOfBelief(week_ending=window.start, shares=weeks[0].shares), *weeks]
    patience = timedelta(weeks=unknown_after_weeks)
    is_known = [_is_known(week.week_ending, seen, patience) for week in weeks]
    if is_known:
        is_known[-1] = not isinstance(belief.level, Unknown)
    runs = []
    for known, places in groupby(range(len(weeks)), key=is_known.__getitem__):
        at = list(places)
        first, last = (at[0], at[-1]) if known else (max(at[0] - 1, 0), min(at[-1] + 1, len(weeks) - 1))
        runs.append(Run(weeks=_wide_enough(weeks[first : last + 1]), is_known=known))
    return tuple(runs)


def silences_in(seen: Iterable[date], window: Window) -> tuple[Silence, ...]:
    """Long stretches without evidence that are shown, the longest first; today ends the last."""
    days = sorted({day for day in seen if day <= window.today})
    if not days:
        return ()
    pairs = [
        Silence(start=start, end=end)
        for start, end in pairwise([*days, window.today])
        if end - start >= _SILENCE and end > window.start
    ]
    return tuple(sorted(pairs, key=lambda one: (one.start - one.end, one.start)))


def _is_known(day: date, seen: Sequence[date], patience: timedelta) -> bool:
    before = [each for each in seen if each <= day]
    return bool(before) and day - max(before) < patience


def _wide_enough(weeks: list[WeekOfBelief]) -> tuple[WeekOfBelief, ...]:
    """One week alone is drawn from its first day to its last."""
    if len(weeks) > 1:
        return tuple(weeks)
    only = weeks[0]
    return (
        WeekOfBelief(week_ending=only.week_ending - timedelta(days=6), shares=only.shares),
        only,
    )
