"""Executives, what they were seen to do, and what they care about.

Work behaviour only, dated and sourced, written as if the executive will read it.
"""

from datetime import date
from enum import IntEnum, StrEnum

from fulcrum.core.levers import Barrier
from fulcrum.core.value import value


class Level(IntEnum):
    """Commitment level, ordered. "Unaware" is not a level."""

    OPPOSING = 0
    INDIFFERENT = 1
    ENDORSING = 2
    PARTICIPATING = 3
    LEADING_OWN_AREA = 4
    DRIVING_ONE_COMPANY = 5

    @property
    def label(self) -> str:
        """The level's name as people say it."""
        return self.name.replace("_", " ").capitalize()


class Behaviour(StrEnum):
    """What commitment shows in: the four that the mission names, and aligning resources."""

    DIRECTION = "direction"
    COMMUNICATION = "communication"
    MODEL = "model"
    ACCOUNTABILITY = "accountability"
    RESOURCES = "resources"

    @property
    def label(self) -> str:
        """The behaviour's name as people say it."""
        return {
            "direction": "Sets direction",
            "communication": "Leads communication",
            "model": "Models the behaviour",
            "accountability": "Holds others accountable",
            "resources": "Aligns resources",
        }[self.value]


class Source(StrEnum):
    """How an observation came to us; acts weigh more than reports, reports more than own words."""

    SEEN = "seen"
    TOLD_BY = "told by"
    DOCUMENT = "document"
    ASK_OUTCOME = "ask outcome"
    OWN_WORDS = "own words"


@value
class Executive:
    """A person whose commitment matters."""

    id: str
    name: str
    role: str
    area: str = ""
    is_sponsor: bool = False
    desired_level: Level = Level.LEADING_OWN_AREA
    attention_hours_per_week: float | None = None


@value
class Influence:
    """`listened_to` is heard by `listener`, with a strength from 0 to 1."""

    listened_to: str
    listener: str
    strength: float


@value
class Observation:
    """One behaviour, seen at one anchor (0 to 5), on one day."""

    executive: str
    date: date
    behaviour: Behaviour
    anchor: Level
    source: Source
    observer: str = ""
    note: str = ""


@value
class Reaction:
    """What an executive said or how they reacted, tagged with the barrier that it speaks of."""

    executive: str
    date: date
    barrier: Barrier
    note: str = ""


@value
class Goal:
    """What an executive answers for. `metric` is a goal metric of the playbook or free text."""

    executive: str
    goal: str
    metric: str = ""
    baseline: str = ""
    target: str = ""
    due: date | None = None


@value
class Motivator:
    """Why an executive acts, in their own words or published aims; an id of the playbook or free text."""

    executive: str
    motivator: str
    note: str = ""
