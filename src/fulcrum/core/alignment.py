"""Alignment of a team of executives, and the way of working: what was measured, and what was refused.

Nothing here says who gave which answer, but for the chief executive, whom the role makes known.
"""

from datetime import date

from fulcrum.core.company import MechanismState
from fulcrum.core.findings import Trace
from fulcrum.core.quantities import Result, Unknown
from fulcrum.core.value import value


@value
class Asked:
    """One round of the pulse: its days, how many answered of how many executives, and whether it is over."""

    id: str
    first: date
    last: date
    answered: int
    executives: int


@value
class Ownership:
    """Who leads it: the chief executive's own answer against their colleagues'.

    `own` is whom the chief executive names (an executive's id or "nobody"); None where they did not answer.
    `colleagues` is the share of colleagues who name the chief executive, `gap` the chief's own claim (1 or 0)
    less that share. `agree` is the share of colleagues who name whom the chief names. `named` counts what
    colleagues say, most named first. `place` is the chief's own place for customers among their top five.
    """

    chief: str | None
    own: str | None
    colleagues: Result
    gap: Result
    agree: Result
    named: tuple[tuple[str, int], ...]
    place: int | None
    has_ranked: bool


@value
class OwnedThen:
    """Who leads it, in one round of the company's own history."""

    asked: Asked
    ownership: Ownership


@value
class RankedItem:
    """One priority: its mean rank (1 is the highest), and how many hold it in their top five."""

    item: str
    mean_rank: float
    in_top: int


@value
class Priorities:
    """How alike the executives rank: W with its chance, alpha on what they ranked, and the items in order.

    `chance` is the share of arrangements made by chance that agree as much (p). `set_apart` counts rankings
    with a gap, which no figure uses.
    """

    w: Result
    chance: Result
    alpha: Result
    items: tuple[RankedItem, ...]
    rankings: int
    set_apart: int = 0


@value
class CustomersPlace:
    """Where customers stand in each top five: the share that has them there, and every place without names.

    A place of None is outside the top five; the highest place comes first.
    """

    share: Result
    places: tuple[int | None, ...]


@value
class Perception:
    """What executives believe customers would answer, less what customers answered, on 0 to 10.

    `guesses` are the executives' answers in rising order, without names.
    """

    guess: Result
    said: Result
    gap: Result
    guesses: tuple[int, ...]


@value
class Spread:
    """Where each executive places the company on 1 to 5: mean, deviation, places in rising order."""

    mean: Result
    deviation: Result
    places: tuple[int, ...]


@value
class InOwnWords:
    """What executives wrote, without names, in an order that says nothing; or why it is not shown."""

    question: str
    texts: tuple[str, ...]
    refused: Unknown | None = None


@value
class Changed:
    """One figure in two rounds, and the change between them.

    `is_paired`: the change is among the same people, `people` of them; otherwise all answers of both rounds
    are compared as if they came from different people.
    """

    key: str
    title: str
    before: Result
    now: Result
    change: Result
    is_paired: bool
    people: int


@value
class Alignment:
    """One round measured, with the change since the round before it."""

    asked: Asked | None
    ownership: Ownership
    priorities: Priorities
    customers: CustomersPlace
    perception: Perception
    spread: Spread
    words: tuple[InOwnWords, ...]
    since: Asked | None
    changes: tuple[Changed, ...]
    cautions: tuple[str, ...]
    history: tuple[OwnedThen, ...] = ()  # ownership in every round, the earliest first
    traces: tuple[Trace, ...] = ()


@value
class Phrase:
    """Programme language in what the company itself wrote: where, the words, what to write instead."""

    where: str
    said: str
    phrase: str
    instead: str


@value
class MechanismStanding:
    """One mechanism: its state, its proof with its age, and what is doubtful about it.

    `next_state` describes the state above, in the playbook's words; it is empty at the top.
    """

    id: str
    name: str
    state: MechanismState
    proof: str
    proven_on: date | None
    doubts: tuple[str, ...]
    next_state: str
    builders: tuple[str, ...]
    is_noted: bool = True

    @property
    def is_built(self) -> bool:
        """Whether it runs without being asked for."""
        return self.state in (MechanismState.IN_PLACE, MechanismState.PROTECTED)


@value
class NextMechanism:
    """What to build or protect next: which mechanism, why that one, and the executives who can (by id)."""

    id: str
    name: str
    to: MechanismState
    looks_like: str
    because: tuple[str, ...]
    builders: tuple[str, ...]
    roles: tuple[str, ...]


@value
class WayOfWorking:
    """How far customer focus is a way of working: mechanisms, what to build next, telltale words."""

    mechanisms: tuple[MechanismStanding, ...]
    next: tuple[NextMechanism, ...]
    phrases: tuple[Phrase, ...]
    own: tuple[str, ...] = ()

    def count(self, state: MechanismState) -> int:
        """How many stand at this state."""
        return sum(one.state is state for one in self.mechanisms)
