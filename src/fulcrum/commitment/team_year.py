"""The team's year: expected numbers at each level week by week, what was done, and what pilots proved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief
from fulcrum.core.pilots import ReadOut
from fulcrum.core.progress import Mark, Proved, TeamWeek, TeamYear
from fulcrum.core.quantities import Estimate, Grade

WEEKS = 52
_PROVING = (Grade.RANDOMISED, Grade.QUASI_EXPERIMENT)


def team_year(
    company: Company,
    beliefs: Iterable[Belief],
    *,
    unknown_after_weeks: float,
    readouts: Sequence[ReadOut] = (),
    left_out: int = 0,
) -> TeamYear:
    """The last 52 weeks of those whose beliefs are given.

    `at_level` are sums of the probabilities of everybody known in that week: expected numbers of executives,
    which add up with the `unknown` to all of them. Somebody is unknown before the first thing seen of them,
    and from `unknown_after_weeks` after the last.
    """
    people = list(beliefs)
    ends = sorted({week.week_ending for one in people for week in one.history})[-WEEKS:]
    seen = {one.executive: _days_seen(company, one.executive) for one in people}
    weeks_of = {one.executive: {week.week_ending: week.shares for week in one.history} for one in people}
    start = (ends[0] if ends else company.as_of - timedelta(weeks=WEEKS)) - timedelta(days=7)
    longest = timedelta(weeks=unknown_after_weeks)
    return TeamYear(
        weeks=tuple(_team_week(end, weeks_of, seen, longest) for end in ends),
        marks=_marks(company, readouts, start, set(seen)),
        proved=_proved(readouts, company.as_of),
        left_out=left_out,
    )


def _team_week(
    end: date,
    weeks_of: Mapping[str, Mapping[date, tuple[float, ...]]],
    seen: Mapping[str, Sequence[date]],
    longest: timedelta,
) -> TeamWeek:
    known = [
        weeks[end]
        for who, weeks in weeks_of.items()
        if end in weeks and any(end - longest < day <= end for day in seen[who])
    ]
    at_level = tuple(sum(shares[level] for shares in known) for level in range(6))
    return TeamWeek(week_ending=end, at_level=at_level, unknown=len(weeks_of) - len(known))


def _days_seen(company: Company, executive: str) -> list[date]:
    """The days of what was noted of them, and of what became of their asks."""
    noted = [one.date for one in company.observations if one.executive == executive]
    return noted + [one.closed_on for one in company.asks if one.executive == executive and one.closed_on]


def _marks(company: Company, readouts: Sequence[ReadOut], start: date, shown: set[str]) -> tuple[Mark, ...]:
    """Moves with those who are shown, pilots as they started and were read, and outside movers, by day."""
    found = [
        Mark(on=move.date, kind="move", what=move.lever.label, executive=move.executive)
        for move in company.moves
        if move.executive in shown
    ]
    started = {one.design.key: one.design for one in readouts}
    for design in started.values():
        found.append(Mark(on=design.starts, kind="pilot", what=f"{design.name} starts"))
    for one in readouts:
        found.append(Mark(on=one.as_of, kind="pilot", what=f"{one.design.name}: {one.decision.word}"))
    found += [Mark(on=one.date, kind="mover", what=one.kind.value) for one in company.context]
    within = (one for one in found if start < one.on <= company.as_of)
    return tuple(sorted(within, key=lambda one: (one.on, one.kind, one.what, one.executive)))


def _proved(readouts: Sequence[ReadOut], as_of: date) -> tuple[Proved, ...]:
    """What sound, finished pilots of grade A or B say that an initiative returns, by their last reading."""
    last = {one.design.key: one for one in sorted(readouts, key=lambda one: one.as_of)}
    return tuple(
        Proved(on=one.as_of, title=one.design.name, worth=one.worth)
        for one in sorted(last.values(), key=lambda one: (one.as_of, one.design.key))
        if one.look == "final"
        and one.is_sound
        and one.grade in _PROVING
        and one.as_of <= as_of
        and isinstance(one.worth, Estimate)
    )
