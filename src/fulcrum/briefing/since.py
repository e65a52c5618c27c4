"""What happened since the last time: recent signals against noise, steps that were done, and wins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from fulcrum.briefing import pictures
from fulcrum.core import wording
from fulcrum.core.brief import Block, Missing, Paragraph, Progress, Section, Signal
from fulcrum.core.company import AskStatus, Company
from fulcrum.core.findings import Evidence, Trend
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Playbook
from fulcrum.core.story_choice import aims_of, common_words
from fulcrum.core.told import Told

RENEWED = "renewed"  # the key of the section where it follows an earlier brief
_DAYS_BACK = 90  # what "since" means to somebody who has had no brief yet
_POINTS = 18  # of a series, up to the day of the brief
_MONTHS_OLD = 6  # two quarters: beyond this the drawing says how old it is
_DATED = re.compile(r"\d{4}-\d\d")


def since_section(
    executive: Executive | None,
    company: Company,
    evidence: Evidence,
    playbook: Playbook,
    as_of: date,
    last: Told | None = None,
    changes: Sequence[str] = (),
) -> Section:
    """What happened since the last brief, with what changed in it; or since the last time we spoke."""
    since = last.on if last is not None else _since(executive, company, as_of)
    heading = f"Since {wording.month(since)}" + (f" {since.year}" if since.year != as_of.year else "")
    if last is not None:
        whose = "the" if executive is None else "your"
        heading = f"Since {whose} brief of {wording.day(since)}"
    signals = _signals(executive, company, evidence, playbook, since, as_of)
    blocks: list[Block] = [Paragraph(text=" ".join(changes))] if changes else []
    blocks += [Progress(signals=tuple(signals))] if signals else []
    if blocks:
        return Section(key="since" if last is None else RENEWED, heading=heading, blocks=tuple(blocks))
    nothing = Missing(
        what=heading,
        why="No win and no finished step is recorded, and no series is long enough to be read.",
        remedy="Wins stand here as they happen, and series once answers from more months are there.",
    )
    return Section(key="since", heading=heading, blocks=(nothing,))


def _signals(
    executive: Executive | None,
    company: Company,
    evidence: Evidence,
    playbook: Playbook,
    since: date,
    as_of: date,
) -> list[Signal]:
    """At most three: what they have done comes first, then series with a signal, then wins, then series."""
    readable = [_recent(trend, as_of) for trend in evidence.trends if trend.low is not None]
    trends = sorted(
        (trend for trend in readable if trend.values),
        key=lambda trend: (not _signals_since(trend, since), -nearness(trend, executive, company, playbook)),
    )
    drawn = [trend_signal(trend, since, as_of) for trend in trends][:2]
    done = _done_by(executive, company, playbook, since) if executive is not None else None
    wins = [
        Signal(label=win.win, note=win.note, large=win.value or wording.day_and_month(win.date))
        for win in sorted(company.wins, key=lambda win: win.date, reverse=True)
        if since <= win.date <= as_of
    ]
    return [*drawn, *([] if done is None else [done]), *wins][:3]


def nearness(trend: Trend, executive: Executive | None, company: Company, playbook: Playbook) -> int:
    """How many words a series shares with what this reader answers for."""
    if executive is None:
        return 0
    about = (*aims_of(executive, company, playbook.goal_metrics), executive.area)
    return len(common_words((trend.title,), about))


def _since(executive: Executive | None, company: Company, as_of: date) -> date:
    spoken = [
        move.date
        for move in company.moves
        if executive is not None and move.executive == executive.id and move.date < as_of
    ]
    return max(spoken, default=as_of - timedelta(days=_DAYS_BACK))


def _recent(trend: Trend, as_of: date) -> Trend:
    """The last points of a series, none of them after the brief's day."""
    kept = [k for k, at in enumerate(trend.at) if not _DATED.match(at) or at <= as_of.isoformat()[: len(at)]][
        -_POINTS:
    ]
    if not kept:
        return replace(trend, at=(), values=(), signals=())
    first, end = kept[0], kept[-1] + 1
    return replace(
        trend,
        at=trend.at[first:end],
        values=trend.values[first:end],
        signals=tuple(k - first for k in trend.signals if first <= k < end),
    )


def _signals_since(trend: Trend, since: date) -> list[str]:
    """The places of a trend's signals that are not older than `since`, where the places are dates."""
    places = [trend.at[k] for k in trend.signals]
    return [at for at in places if not _DATED.match(at) or at >= since.isoformat()[: len(at)]]


def trend_signal(trend: Trend, since: date, as_of: date) -> Signal:
    """The series, with what its marks mean, from when to when it goes, and how old it is."""
    recent, marks = _signals_since(trend, since), [trend.at[k] for k in trend.signals]
    if recent:
        note = f"A signal, beyond noise ({wording.period(recent[-1])}); not yet an effect."
    elif marks:
        last = f"the last in {wording.period(marks[-1])}" if len(marks) > 1 else wording.period(marks[-1])
        noun = f"{wording.number_word(len(marks))} earlier signal{'s' if len(marks) > 1 else ''}"
        note = f"{noun.capitalize()}, {last}; none since {wording.month(since)}."
    else:
        note = "No change beyond the noise."
    span = _span(trend, as_of)
    return Signal(
        label=f"{trend.title}: {pictures.last_of(trend)}",
        note=f"{span} {note}".strip(),
        trend=pictures.trend_of(trend),
    )


def _span(trend: Trend, as_of: date) -> str:
    """From when to when the drawing goes, where its places are months, and its age where that is great."""
    if not all(_DATED.match(at) for at in trend.at):
        return ""
    first, last = wording.period(trend.at[0]), wording.period(trend.at[-1])
    year, month = trend.at[-1].split("-")[:2]
    age = 12 * (as_of.year - int(year)) + as_of.month - int(month)
    old = f" The last point is {wording.many(age, 'month')} old." if age > _MONTHS_OLD else ""
    return f"{first} to {last}.{old}"


def _done_by(executive: Executive, company: Company, playbook: Playbook, since: date) -> Signal | None:
    done = [
        ask
        for ask in company.asks
        if ask.executive == executive.id
        and ask.status is AskStatus.DONE
        and ask.closed_on is not None
        and ask.closed_on >= since
    ]
    if not done:
        return None
    last = max(done, key=lambda ask: ask.closed_on or since)
    step = playbook.step(last.step)
    said = wording.sentence(step.ask if step is not None else last.step)
    when = f", {wording.day_and_month(last.closed_on)}" if last.closed_on else ""
    large = wording.number_word(len(done)).capitalize()
    return Signal(label="Done by you" + when, note=said, large=large)
