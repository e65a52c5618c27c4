"""Half an hour with customers: what to read, whom to sit with, whom to call, and what to ask there.

An `Itinerary` may be given to its executive: nothing in it says what is believed of them. Who exactly could
be called is for the CX team alone, and stands apart in `for_team`.
"""

from fulcrum.core.cited import Cited
from fulcrum.core.company import ApprovedStory
from fulcrum.core.playbook import ListeningWay
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value


@value
class Stop:
    """One part of the time: where, how long, why there, what to ask, and what not to do.

    `stories` are approved ones to be read; `for_team` are ids of answers whose customers could be asked
    whether they would take a call, never a way to reach them.
    """

    way: ListeningWay
    minutes: int
    title: str
    how: str
    why: str
    questions: tuple[str, ...]
    never: str
    stories: tuple[ApprovedStory, ...] = ()
    for_team: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()


@value
class Itinerary:
    """The parts in order; their minutes sum to `minutes`. `theme` is in the customers' own words."""

    executive: str
    minutes: int
    theme: str
    about: str
    because: tuple[str, ...]
    stops: tuple[Stop, ...]
    missing: tuple[Unknown, ...] = ()
