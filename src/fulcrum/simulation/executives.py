"""The simulated company's executives: a true level behind each, and what was seen of it.

The truth is the path of levels; observations are drawn around it, words above it. What people see and
write down is all that the engine may read.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from fulcrum.core.levers import Barrier
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Goal,
    Influence,
    Level,
    Motivator,
    Observation,
    Reaction,
    Source,
)

AS_OF = date(2026, 11, 16)
FIRST_SEEN = date(2025, 11, 10)


@dataclass(frozen=True)
class Cast:
    """An executive, the true level at the start and at the end of the year, and how they are seen."""

    person: Executive
    level_then: int
    level_now: int
    weeks_between: float
    talks: float  # share of what is recorded that is their own words
    last_seen: date = AS_OF
    turns: tuple[tuple[date, date, int], ...] = ()  # from a day until another, the level that was true then


CAST = (
    Cast(
        Executive(
            id="ceo",
            name="Ines Halvorsen",
            role="CEO",
            area="whole company",
            is_sponsor=True,
            desired_level=Level.DRIVING_ONE_COMPANY,
            attention_hours_per_week=1.0,
        ),
        level_then=3,
        level_now=4,
        weeks_between=2.2,
        talks=0.3,
    ),
    Cast(
        Executive(
            id="cfo",
            name="Marcus Oyelaran",
            role="CFO",
            area="finance",
            desired_level=Level.PARTICIPATING,
            attention_hours_per_week=0.5,
        ),
        level_then=1,
        level_now=2,
        weeks_between=3.0,
        talks=0.1,
    ),
    Cast(
        Executive(
            id="coo",
            name="Dana Whitfield",
            role="COO",
            area="field and contact centre",
            desired_level=Level.LEADING_OWN_AREA,
            attention_hours_per_week=1.0,
        ),
        level_then=2,
        level_now=3,
        weeks_between=2.0,
        talks=0.1,
        turns=(
            (FIRST_SEEN, date(2026, 3, 1), 3),
            (date(2026, 3, 1), date(2026, 5, 18), 1),  # until the first move
        ),
    ),
    Cast(
        Executive(
            id="cmo",
            name="Priya Raman",
            role="CMO",
            area="marketing",
            desired_level=Level.LEADING_OWN_AREA,
            attention_hours_per_week=1.0,
        ),
        level_then=4,
        level_now=2,
        weeks_between=2.4,
        talks=0.25,
    ),
    Cast(
        Executive(
            id="cio",
            name="Tomasz Zielinski",
            role="CIO",
            area="systems",
            desired_level=Level.PARTICIPATING,
            attention_hours_per_week=0.5,
        ),
        level_then=2,
        level_now=2,
        weeks_between=3.0,
        talks=0.1,
        last_seen=date(2026, 4, 20),
    ),
    Cast(
        Executive(
            id="chro",
            name="Lea Fontaine",
            role="CHRO",
            area="people",
            desired_level=Level.PARTICIPATING,
            attention_hours_per_week=0.5,
        ),
        level_then=2,
        level_now=2,
        weeks_between=2.6,
        talks=0.85,
    ),
)

INFLUENCE = (
    Influence(listened_to="ceo", listener="coo", strength=0.8),
    Influence(listened_to="ceo", listener="cmo", strength=0.7),
    Influence(listened_to="ceo", listener="cfo", strength=0.5),
    Influence(listened_to="coo", listener="cfo", strength=0.6),
    Influence(listened_to="coo", listener="cio", strength=0.6),
    Influence(listened_to="cfo", listener="ceo", strength=0.7),
    Influence(listened_to="cmo", listener="chro", strength=0.4),
)

GOALS = (
    Goal(
        executive="ceo",
        goal="Grow revenue from today's customers",
        metric="revenue-growth",
        baseline="1.5 %",
        target="4 %",
        due=date(2027, 12, 31),
    ),
    Goal(
        executive="cfo",
        goal="Bring down the cost to serve a customer",
        metric="cost-to-serve",
        baseline="€4.90",
        target="€4.00",
        due=date(2027, 9, 30),
    ),
    Goal(
        executive="coo",
        goal="Solve faults at the first visit",
        metric="rework-returns-repeat-visits",
        baseline="62 %",
        target="75 %",
        due=date(2027, 6, 30),
    ),
    Goal(
        executive="ceo",
        goal="More customers would recommend us than warn against us",
        metric="NPS",
        baseline="17",
        target="25",
        due=date(2027, 12, 31),
    ),
    Goal(
        executive="cmo",
        goal="Fewer customers leave",
        metric="churn",
        baseline="16 %",
        target="13 %",
        due=date(2027, 12, 31),
    ),
)

MOTIVATORS = (
    Motivator(
        executive="coo", motivator="mastery", note="Asked for the raw visit notes to read them, 9 July 2026"
    ),
    Motivator(
        executive="cfo",
        motivator="security",
        note="“Show me the exit before the entrance”, budget meeting, 2 June 2026",
    ),
    Motivator(
        executive="ceo", motivator="legacy", note="Staff meeting, 14 January 2026: what the next leader finds"
    ),
)

REACTIONS = (
    Reaction(
        executive="cfo",
        date=date(2026, 6, 2),
        barrier=Barrier.NOT_WORTH_IT,
        note="Asked what else the money would do",
    ),
    Reaction(
        executive="cfo",
        date=date(2026, 9, 8),
        barrier=Barrier.NOT_WORTH_IT,
        note="Asked for the low case and how it was reached",
    ),
    Reaction(
        executive="coo",
        date=date(2026, 8, 20),
        barrier=Barrier.TELL_ME_WHAT,
        note="“Tell me what Monday looks like”",
    ),
    Reaction(
        executive="cmo",
        date=date(2026, 10, 6),
        barrier=Barrier.IS_IT_SAFE,
        note="Asked whether the pilot has moved anything yet",
    ),
    Reaction(
        executive="chro",
        date=date(2026, 9, 22),
        barrier=Barrier.NO_PICTURE,
        note="Asked what it would mean for hiring",
    ),
)

NOTES: dict[tuple[Behaviour, int], str] = {
    (Behaviour.DIRECTION, 0): "Took the repeat-visit item off the agenda",
    (Behaviour.DIRECTION, 1): "Quarterly plan of the area has no line on customers",
    (Behaviour.DIRECTION, 2): "Said that repairs matter; named no owner and no date",
    (Behaviour.DIRECTION, 3): "Agreed to one objective on repeat visits when asked",
    (Behaviour.DIRECTION, 4): "Area plan carries two customer objectives with owners and dates",
    (Behaviour.DIRECTION, 5): "Gave up an own target so that field service could hire",
    (Behaviour.COMMUNICATION, 0): "Called the survey a popularity contest in the team meeting",
    (Behaviour.COMMUNICATION, 1): "Said nothing on customers in an hour's update",
    (Behaviour.COMMUNICATION, 2): "Closed the town hall with a general line on customers",
    (Behaviour.COMMUNICATION, 3): "Read out the prepared message on first-visit repair",
    (Behaviour.COMMUNICATION, 4): "Raised repeat visits unprompted and said why they cost us",
    (Behaviour.COMMUNICATION, 5): "Told the board what customers lost through repeat visits",
    (Behaviour.MODEL, 0): "Waved away the recorded calls as single cases",
    (Behaviour.MODEL, 1): "Declined the listening hour, gave no other date",
    (Behaviour.MODEL, 2): "Came to the listening hour for the first fifteen minutes",
    (Behaviour.MODEL, 3): "Rode along with an engineer for a morning when asked",
    (Behaviour.MODEL, 4): "Rang four customers who left, without being asked",
    (Behaviour.MODEL, 5): "Brought two peers along to the dispatch floor",
    (Behaviour.ACCOUNTABILITY, 0): "Praised the team with the most visits a day, repeats included",
    (Behaviour.ACCOUNTABILITY, 1): "Held a review without one customer figure",
    (Behaviour.ACCOUNTABILITY, 2): "Asked for the score and moved on",
    (Behaviour.ACCOUNTABILITY, 3): "Asked the head of field service for an action and a date",
    (Behaviour.ACCOUNTABILITY, 4): "Put repeat visits into the goals of two direct reports",
    (Behaviour.ACCOUNTABILITY, 5): "Settled a dispute between billing and field for the customer",
    (Behaviour.RESOURCES, 0): "Withdrew the two planners promised to the pilot",
    (Behaviour.RESOURCES, 1): "Agreed on condition that it costs nothing",
    (Behaviour.RESOURCES, 2): "Was sympathetic; the budget has no line for it",
    (Behaviour.RESOURCES, 3): "Lent two planners to the repair pilot",
    (Behaviour.RESOURCES, 4): "Paid for the second depot from the area's own budget",
    (Behaviour.RESOURCES, 5): "Moved money across functions and kept it there in the squeeze",
}

OBSERVERS = ("CX lead", "CX analyst", "chief of staff", "head of field service")


def watch(cast: Cast, *, seed: int) -> tuple[Observation, ...]:
    """What was seen of one executive over the year, drawn around their true level."""
    chance = np.random.default_rng(seed)
    seen, day = [], FIRST_SEEN + timedelta(days=int(chance.integers(0, 10)))
    while day <= cast.last_seen:
        seen.append(_one(cast, day, chance))
        day += timedelta(days=int(7 * cast.weeks_between * chance.uniform(0.6, 1.4)))
    return tuple(seen)


def _one(cast: Cast, day: date, chance: np.random.Generator) -> Observation:
    through = (day - FIRST_SEEN) / (AS_OF - FIRST_SEEN)
    level = cast.level_then + (cast.level_now - cast.level_then) * min(max(2 * through - 0.5, 0), 1)
    level = next((turn for since, until, turn in cast.turns if since <= day < until), level)
    if chance.random() < cast.talks:
        return _observation(cast, day, Behaviour.COMMUNICATION, 4, Source.OWN_WORDS, "CX analyst")
    anchor = int(np.clip(np.round(level + chance.normal(0, 0.7)), 0, 5))
    behaviour = tuple(Behaviour)[int(chance.integers(0, 5))]
    source = (Source.SEEN, Source.SEEN, Source.TOLD_BY, Source.DOCUMENT)[int(chance.integers(0, 4))]
    return _observation(cast, day, behaviour, anchor, source, OBSERVERS[int(chance.integers(0, 4))])


def _observation(
    cast: Cast, day: date, behaviour: Behaviour, anchor: int, source: Source, observer: str
) -> Observation:
    return Observation(
        executive=cast.person.id,
        date=day,
        behaviour=behaviour,
        anchor=Level(anchor),
        source=source,
        observer=observer,
        note=NOTES[behaviour, anchor],
    )
