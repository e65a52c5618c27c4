"""Which of several things to buy: the set that brings most within a budget, found exactly."""

from collections.abc import Sequence
from decimal import Decimal

from fulcrum.core.value import value

_ROUNDING = 1e-9  # two sums that differ by less are the same money


@value
class Offer:
    """Something that brings `brings` and needs `needs`; of one `group` only one may be taken."""

    brings: float
    needs: Decimal
    group: str


def best_set(offers: Sequence[Offer], budget: Decimal | None) -> frozenset[int]:
    """The places of the offers that together bring most for at most `budget`; None is no limit.

    Maximise sum of brings over sets with sum of needs <= budget and at most one offer of each group; offers
    that bring nothing are never taken. Exact: depth-first search that leaves a branch once it could not beat
    the best set so far, even if the rest of the budget were filled with parts of offers in the order of what
    they bring per unit of money (Dantzig 1957), or the best of each group cost nothing. Of two sets that
    bring the same, the cheaper wins.
    """
    worthwhile = [place for place, offer in enumerate(offers) if offer.brings > 0]
    worthwhile.sort(key=lambda place: _rate(offers[place]), reverse=True)
    found = _Best()
    _search(offers, worthwhile, budget, (), found)
    return frozenset(found.places)


class _Best:
    """The best set so far; the search carries it along."""

    def __init__(self) -> None:
        self.places: tuple[int, ...] = ()
        self.brings = 0.0
        self.needs = Decimal(0)

    def offered(self, offers: Sequence[Offer], places: tuple[int, ...]) -> None:
        brings = sum(offers[place].brings for place in sorted(places))
        needs = sum((offers[place].needs for place in places), Decimal(0))
        if (brings, -needs) > (self.brings, -self.needs):
            self.places, self.brings, self.needs = places, brings, needs


def _search(
    offers: Sequence[Offer], left: list[int], rest: Decimal | None, taken: tuple[int, ...], best: _Best
) -> None:
    best.offered(offers, taken)
    if not left:
        return
    so_far = sum(offers[place].brings for place in taken)
    if so_far + _bound(offers, left, rest) < best.brings * (1 - _ROUNDING):
        return
    first, others = left[0], left[1:]
    offer = offers[first]
    if rest is None or offer.needs <= rest:
        free = [place for place in others if offers[place].group != offer.group]
        _search(offers, free, None if rest is None else rest - offer.needs, (*taken, first), best)
    _search(offers, others, rest, taken, best)


def _bound(offers: Sequence[Offer], left: list[int], rest: Decimal | None) -> float:
    """At least as much as any set of the offers left could bring."""
    best_of: dict[str, float] = {}
    for place in left:
        offer = offers[place]
        best_of[offer.group] = max(best_of.get(offer.group, 0.0), offer.brings)
    return min(sum(best_of.values()), _in_parts(offers, left, rest))


def _in_parts(offers: Sequence[Offer], left: list[int], rest: Decimal | None) -> float:
    if rest is None:
        return float("inf")
    total, money = 0.0, float(rest)
    for place in left:
        offer = offers[place]
        needs = float(offer.needs)
        if needs > money:
            return total + offer.brings * money / needs
        total, money = total + offer.brings, money - needs
    return total


def _rate(offer: Offer) -> float:
    return offer.brings / float(offer.needs) if offer.needs > 0 else float("inf")
