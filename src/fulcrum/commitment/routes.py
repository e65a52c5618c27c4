"""Who reaches whom through whom: the strongest way through a team, and how far each is heard."""

from collections.abc import Collection, Iterable, Mapping
from heapq import heappop, heappush

from fulcrum.core.people import Influence
from fulcrum.core.value import value

Edges = Mapping[str, Mapping[str, float]]  # who is heard -> who listens -> strength


@value
class Way:
    """The strongest way from one executive to another: who passes it on, in order, and how much arrives."""

    people: tuple[str, ...]
    strength: float

    @property
    def is_direct(self) -> bool:
        """Whether nobody stands between the two."""
        return len(self.people) == 2


def edges_of(influence: Iterable[Influence], known: Collection[str]) -> Edges:
    """Influence among these people, as strengths from who is heard to who listens.

    Listening to oneself says nothing and is left out; of a pair named twice the stronger counts. Strengths
    lie between 0 and 1.
    """
    edges: dict[str, dict[str, float]] = {}
    for one in influence:
        if (
            one.listened_to == one.listener
            or one.strength <= 0
            or not {one.listened_to, one.listener} <= set(known)
        ):
            continue
        listeners = edges.setdefault(one.listened_to, {})
        listeners[one.listener] = max(listeners.get(one.listener, 0.0), min(one.strength, 1.0))
    return edges


def ways_from(source: str, edges: Edges) -> dict[str, Way]:
    """The strongest way from one executive to each whom they reach, themselves left out.

    A way is as strong as the product of its links. Since no link is stronger than 1, going round a circle
    never makes a way stronger, and the strongest come out in order: Dijkstra's method on -log(strength).
    Of equally strong ways the one over fewer people, then the first by ids.
    """
    found: dict[str, Way] = {}
    ahead: list[tuple[float, int, tuple[str, ...]]] = [(-1.0, 1, (source,))]
    while ahead:
        minus, _, people = heappop(ahead)
        here = people[-1]
        if here in found:
            continue
        found[here] = Way(people=people, strength=-minus)
        for listener, strength in edges.get(here, {}).items():
            if listener not in found:
                heappush(ahead, (minus * strength, len(people) + 1, (*people, listener)))
    found.pop(source)
    return found


def all_ways(people: Iterable[str], edges: Edges) -> dict[str, dict[str, Way]]:
    """The strongest ways from each to each."""
    return {one: ways_from(one, edges) for one in people}


def weights_of(people: Collection[str], edges: Edges) -> dict[str, float]:
    """How much the rise of each counts: 1 for themselves, and what arrives of it at each who hears them.

    weight(e) = 1 + sum over others of the strength of the strongest way to them; 1 for all where nobody's
    influence is noted.
    """
    ways = all_ways(people, edges)
    return {one: 1 + sum(way.strength for way in ways[one].values()) for one in people}
