"""Which of several things to buy: the set that brings most within a budget, found exactly."""

from collections.abc import Sequence
from decimal import Decimal

from fulcrum.core.value import value

_ROUNDING = 1e-9  # two sums that differ by less of themselves are the same money


@value
class Offer:
    """Something that brings `brings` and needs `needs`; of one `group` only one may be taken."""

    brings: float
    needs: Decimal
    group: str


@value
class _Set:
    """Offers taken together."""

    needs: Decimal
    brings: float
    places: tuple[int, ...]

    def with_one(self, place: int, offer: Offer) -> "_Set":
        return _Set(
            needs=self.needs + offer.needs,
            brings=self.brings + offer.brings,
            places=(*self.places, place),
        )


def best_set(offers: Sequence[Offer], budget: Decimal | None) -> frozenset[int]:
    """The places of the offers that together bring most for at most `budget`; None is no limit.

    Maximise sum of brings over sets with sum of needs <= budget and at most one offer of each group; offers
    that bring nothing are never taken. Exact: group by group, every set is kept that no cheaper one matches
    (Nemhauser & Ullmann 1969), so that no rule of thumb can miss the best. Of two sets that bring the same,
    the cheaper wins.
    """
    groups: dict[str, list[int]] = {}
    for place, offer in enumerate(offers):
        if offer.brings > 0:
            groups.setdefault(offer.group, []).append(place)
    kept = [_Set(needs=Decimal(0), brings=0.0, places=())]
    for places in groups.values():
        wider = [one.with_one(place, offers[place]) for one in kept for place in places]
        kept = _unmatched([*kept, *(one for one in wider if budget is None or one.needs <= budget)])
        if budget is None:
            kept = kept[-1:]  # without a limit only what brings most matters
    most = kept[-1].brings
    return frozenset(next(one for one in kept if one.brings >= most * (1 - _ROUNDING)).places)


def _unmatched(sets: list[_Set]) -> list[_Set]:
    """Only the sets that bring more than every cheaper one, the cheapest first."""
    found: list[_Set] = []
    for one in sorted(sets, key=lambda one: (one.needs, -one.brings)):
        if not found or one.brings > found[-1].brings:
            found.append(one)
    return found
