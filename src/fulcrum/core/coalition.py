"""Who carries whom: the shortest way to each executive, and the smallest set that reaches all. Private."""

from fulcrum.core.quantities import Estimate
from fulcrum.core.value import value


@value
class WayTo:
    """The strongest way to one executive from somebody committed: who passes it on, and what arrives."""

    executive: str
    through: tuple[str, ...]  # from the one who is committed to the executive, both included
    strength: float


@value
class Carrier:
    """One executive of the smallest set: whom they reach, and how often they stay in it under doubt.

    `stays` is the share of draws of the strengths in which they belong to a smallest set.
    """

    executive: str
    reaches: tuple[str, ...]
    stays: Estimate


@value
class Coalition:
    """The smallest set of executives whose commitment carries the rest, and who is the way to whom.

    `others` are those outside the set who belong to it in some draws. `unreached` are those whom nobody
    reaches at `at_least`; they can only be met themselves, and belong to no set.
    """

    carriers: tuple[Carrier, ...]
    others: tuple[Carrier, ...]
    unreached: tuple[str, ...]
    ways: tuple[WayTo, ...]
    at_least: float
    draws: int
    assumptions: tuple[str, ...] = ()
