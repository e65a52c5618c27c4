"""The part of a company that a judgement on one executive rests on; with it nobody else need be read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from fulcrum.core.company import Ask, AskStatus, Company
from fulcrum.core.errors import WrongUse

T = TypeVar("T")

PROMISES_TOLD = 10  # so many kept promises are counted one by one; from there on it says "or more"


class Slices:
    """One part of a company for each of its executives; grouped once, so that all of them are quick.

    A slice is a `Company` with
    - executives: this one, and those whom they listen to; influence: the edges to them;
    - observations, reactions, goals, motivators, moves and pulses: theirs alone;
    - asks: theirs, those of whom they listen to, and the newest that are done, as many as are told of;
    - all else (vision, stories, wins, initiatives, mechanisms …): the whole company's.
    The order is the company's. What is believed and chosen on a slice is what the whole company gives.
    """

    def __init__(self, company: Company) -> None:
        self._company = company
        self._places = {person.id: at for at, person in enumerate(company.executives)}
        self._heard = _grouped((edge.listener, edge) for edge in company.influence)
        self._own = {
            name: _grouped((each.executive, each) for each in getattr(company, name))
            for name in ("observations", "reactions", "goals", "motivators", "moves")
        }
        self._pulses = _grouped((answer.respondent, answer) for answer in company.pulses)
        self._asks = _grouped((ask.executive, at) for at, ask in enumerate(company.asks))
        self._kept = newest_kept(company.asks, company.as_of)

    def of(self, executive: str) -> Company:
        """The slice of this executive; raises `WrongUse` if the company has nobody of this id."""
        if executive not in self._places:
            raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
        heard = {edge.listened_to for edge in self._heard[executive]} & self._places.keys()
        people = sorted(self._places[id] for id in {executive, *heard})
        asks = self._kept.union(*(self._asks[id] for id in (executive, *heard)))
        own: dict[str, Any] = {name: tuple(by[executive]) for name, by in self._own.items()}
        return replace(
            self._company,
            executives=tuple(self._company.executives[at] for at in people),
            influence=tuple(self._heard[executive]),
            asks=tuple(self._company.asks[at] for at in sorted(asks)),
            pulses=tuple(self._pulses[executive]),
            **own,
        )


def newest_kept(asks: Iterable[Ask], as_of: date) -> frozenset[int]:
    """The places of the asks done last, `PROMISES_TOLD` at most: more would change no judgement."""
    done = [
        (ask.closed_on, at)
        for at, ask in enumerate(asks)
        if ask.status is AskStatus.DONE and ask.closed_on is not None and ask.closed_on <= as_of
    ]
    return frozenset(at for _, at in sorted(done)[-PROMISES_TOLD:])


def _grouped(pairs: Iterable[tuple[str, T]]) -> defaultdict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, each in pairs:
        groups[key].append(each)
    return groups
