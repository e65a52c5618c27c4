"""What is due, slips or ages, whose commitment fell, and which moves wait for their evidence.

Every nudge follows from dated facts alone, so that the same facts give the same nudges on the same day and an
occasion can be told once. Days are whole days; "within n days" includes the n-th.

- An open ask is *due* from `ask_due_days` before its day, *slips* from the day after it, *lapses* more than
  `ask_lapses_days` after it. One without a day is taken to be due `ask_lapses_days` after it was put.
- Evidence *ages* from `evidence_ages_days` after the last of it. Of whom nothing was ever seen, nothing ages.
- Commitment *fell* while the expected level is more than `drop_levels` under that of `drop_window_days` ago;
  the occasion is the first week of that run (see `stand_of`).
- A *successor* (context) calls for a renewed pitch to each sponsor, a new *strategy* for linking the goals of
  everybody who has some. It is settled by a move for that executive since (for goals: on their motivators),
  and in any case after `mover_days`. Where nobody is a sponsor, one is to be found.
- A *move* asks what was seen from `look_after_days` to `look_until_days` after it, unless a deed was noted
  of that executive since (their own words are none), or it was said that there was nothing to see. Only the
  newest move of each asks.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from fulcrum.commitment.asks import closing_day
from fulcrum.core.cadence import Nudge, NudgeKind, Stand
from fulcrum.core.company import Ask, Company, Move, Mover, OutsideMover
from fulcrum.core.judgement import Belief
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Source
from fulcrum.core.playbook import Step
from fulcrum.core.rules import BeliefRules, CadenceRules
from fulcrum.core.wording import day

_ORDER = {kind: at for at, kind in enumerate(NudgeKind)}


def due(
    company: Company,
    stands: Iterable[Stand],
    *,
    rules: CadenceRules,
    steps: Iterable[Step] = (),
    as_of: date,
) -> tuple[Nudge, ...]:
    """Everything that wants to be done on this day, the most pressing first, then the longest so."""
    names, stands = {person.id: person.name for person in company.executives}, tuple(stands)
    found = [
        *_fallen(stands, names),
        *_pitches(company, rules, as_of),
        *_goals(company, names, rules, as_of),
        *_asks(company.asks, names, {step.id: step.ask for step in steps}, rules, as_of),
        *_ageing(stands, names, rules, as_of),
        *_unseen(company, names, rules, as_of),
    ]
    return tuple(sorted(found, key=lambda it: (_ORDER[it.kind], it.since or as_of, it.executive, it.subject)))


def stand_of(belief: Belief, rules: BeliefRules) -> Stand:
    """What the cadence needs of a belief.

    The fall began in the first week of the unbroken run of weeks, up to now, whose expected level lies more
    than `drop_levels` under that of `drop_window_days` before. The day named is that week's Monday.
    """
    fell = _fell_since(belief, rules) if belief.is_drop else None
    return Stand(executive=belief.executive, last_evidence=belief.last_evidence, fell_since=fell)


def _fell_since(belief: Belief, rules: BeliefRules) -> date:
    levels = [sum(at * share for at, share in enumerate(week.shares)) for week in belief.history]
    back = round(rules.drop_window_days.value / 7)
    at = len(levels) - 1
    while at - 1 >= back and levels[at - 1] - levels[at - 1 - back] < -rules.drop_levels.value:
        at -= 1
    first = belief.history[at].week_ending
    return first - timedelta(days=first.weekday())


def _fallen(stands: Iterable[Stand], names: Mapping[str, str]) -> Iterator[Nudge]:
    for stand in stands:
        if stand.fell_since is not None and stand.executive in names:
            yield Nudge(
                kind=NudgeKind.COMMITMENT_FELL,
                executive=stand.executive,
                what=f"Talk to {names[stand.executive]} before anything else is asked of them.",
                why=f"Since the week of {day(stand.fell_since)} what is seen lies clearly under what was.",
                since=stand.fell_since,
            )


def _pitches(company: Company, rules: CadenceRules, as_of: date) -> Iterator[Nudge]:
    came = _newest(company.context, Mover.SUCCESSOR, rules, as_of)
    sponsors = [person for person in company.executives if person.is_sponsor]
    if not sponsors and company.executives:
        yield Nudge(
            kind=NudgeKind.SPONSOR_LEFT,
            executive="",
            what="Find a sponsor, and mark them as such.",
            why="None of the executives is the sponsor of the work.",
            since=None if came is None else came.date,
        )
    for person in sponsors if came is not None else ():
        if came is not None and not _moved_since(company.moves, person, came.date):
            yield Nudge(
                kind=NudgeKind.SPONSOR_LEFT,
                executive=person.id,
                what=f"Renew the pitch with {person.name}, and note the move.",
                why=f"A successor came on {day(came.date)}; what was agreed before need not hold.",
                since=came.date,
            )


def _goals(company: Company, names: Mapping[str, str], rules: CadenceRules, as_of: date) -> Iterator[Nudge]:
    changed = _newest(company.context, Mover.STRATEGY, rules, as_of)
    if changed is None:
        return
    with_goals = {goal.executive for goal in company.goals}
    for person in company.executives:
        linked = _moved_since(company.moves, person, changed.date, Lever.MOTIVATORS)
        if person.id in with_goals and not linked:
            yield Nudge(
                kind=NudgeKind.STRATEGY_CHANGED,
                executive=person.id,
                what=f"Go through {names[person.id]}’s goals, link them again, and note the move.",
                why=f"The strategy changed on {day(changed.date)}.",
                since=changed.date,
            )


def _asks(
    asks: Iterable[Ask],
    names: Mapping[str, str],
    steps: Mapping[str, str],
    rules: CadenceRules,
    as_of: date,
) -> Iterator[Nudge]:
    soon, lapse = (timedelta(days=it.value) for it in (rules.ask_due_days, rules.ask_lapses_days))
    for ask in asks:
        if not ask.status.is_open or ask.executive not in names or ask.asked_on > as_of:
            continue
        by, name = ask.due or ask.asked_on + lapse, names[ask.executive]
        step = f"“{steps.get(ask.step, ask.step).rstrip('.')}”"
        agreed = f"to be done by {day(by)}" if ask.due else f"put on {day(ask.asked_on)}, without a day"
        told: dict[str, Any] = {
            "executive": ask.executive,
            "subject": ask.step,
            "by": by,
            "why": f"{step}: {agreed}.",
        }
        if as_of - by > lapse:
            what = f"Close the ask of {name} as lapsed, or agree on a new day."
            yield Nudge(kind=NudgeKind.ASK_LAPSES, what=what, since=by + lapse + _DAY, **told)
        elif as_of > by:
            what = f"Ask {name} how it went, and note what became of the ask."
            yield Nudge(kind=NudgeKind.ASK_SLIPS, what=what, since=by + _DAY, **told)
        elif by - as_of <= soon:
            what = f"See whether {name} needs anything for the ask."
            yield Nudge(kind=NudgeKind.ASK_DUE, what=what, since=by - soon, **told)


def _ageing(
    stands: Iterable[Stand], names: Mapping[str, str], rules: CadenceRules, as_of: date
) -> Iterator[Nudge]:
    patience = timedelta(days=rules.evidence_ages_days.value)
    for stand in stands:
        last = stand.last_evidence
        if last is not None and as_of - last >= patience and stand.executive in names:
            yield Nudge(
                kind=NudgeKind.EVIDENCE_AGES,
                executive=stand.executive,
                what=f"See {names[stand.executive]} at work, and note one thing that you saw.",
                why=f"The last evidence is of {day(last)}.",
                since=last + patience,
            )


def _unseen(company: Company, names: Mapping[str, str], rules: CadenceRules, as_of: date) -> Iterator[Nudge]:
    last_seen: dict[str, date] = {}
    for who, on in _evidence_days(company):
        if on <= as_of:
            last_seen[who] = max(last_seen.get(who, date.min), on)
    newest: dict[str, Move] = {}
    for move in sorted(company.moves, key=lambda it: it.date):
        if move.date <= as_of:
            newest[move.executive] = move
    after, until = (timedelta(days=it.value) for it in (rules.look_after_days, rules.look_until_days))
    for who, move in newest.items():
        is_time = after <= as_of - move.date <= until
        is_answered = move.nothing_seen_on is not None or last_seen.get(who, date.min) >= move.date
        if is_time and not is_answered and who in names:
            yield Nudge(
                kind=NudgeKind.WHAT_DID_YOU_SEE,
                executive=who,
                what=f"What did you see {names[who]} do since?",
                why=f"{move.lever.label}, on {day(move.date)}; nothing was noted after it.",
                since=move.date + after,
                subject=move.id,
            )


def _evidence_days(company: Company) -> Iterator[tuple[str, date]]:
    """Of whom a deed was noted, and on which day; the fate of an ask is one, their own words are none."""
    deeds = (seen for seen in company.observations if seen.source is not Source.OWN_WORDS)
    yield from ((seen.executive, seen.date) for seen in deeds)
    yield from ((ask.executive, closing_day(ask)) for ask in company.asks if not ask.status.is_open)


def _newest(
    context: Iterable[OutsideMover], kind: Mover, rules: CadenceRules, as_of: date
) -> OutsideMover | None:
    """The newest event of this kind that still calls for something."""
    days = timedelta(days=rules.mover_days.value)
    found = [one for one in context if one.kind is kind and _NOW <= as_of - one.date <= days]
    return max(found, key=lambda one: one.date, default=None)


def _moved_since(moves: Iterable[Move], person: Executive, since: date, lever: Lever | None = None) -> bool:
    return any(
        move.executive == person.id and move.date >= since and lever in (None, move.lever) for move in moves
    )


_NOW, _DAY = timedelta(), timedelta(days=1)
