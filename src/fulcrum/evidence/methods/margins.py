"""What is known of the customer base, and the factors that bring answers in line with it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats, Key

CONVERGED = 1e-12  # largest relative distance of any margin from its known total
MOST_ROUNDS = 2000
SAME_BASE = 1e-6  # relative difference of the margins' sums beyond which they are not of one base


@value
class Margin:
    """What is known of the customer base: how many customers have each value of one field."""

    field: str
    totals: tuple[tuple[Key, float], ...]

    @property
    def total(self) -> float:
        """All customers."""
        return float(sum(count for _, count in self.totals))


@value
class Frame:
    """The answers by the fields of the margins.

    start, answers  (K,) sum of starting weights, and number of answers, by cell
    places          per margin (K,), the place of each cell among its values
    totals          per margin (V,), the known totals
    """

    keys: tuple[tuple[Key, ...], ...]
    start: Floats
    answers: Floats
    places: tuple[NDArray[np.intp], ...]
    totals: tuple[Floats, ...]

    @classmethod
    def of(cls, cells: Cells, margins: Sequence[Margin]) -> "Frame":
        """The frame of cells that hold every value of the margins (see `unusable`)."""
        wanted = cells.by_only(*(margin.field for margin in margins))
        places, totals = [], []
        for at, margin in enumerate(margins):
            place = {name: number for number, (name, _) in enumerate(margin.totals)}
            places.append(np.array([place[key[at]] for key in wanted.keys], dtype=np.intp))
            totals.append(np.array([count for _, count in margin.totals], dtype=np.float64))
        return cls(
            keys=wanted.keys,
            start=wanted.w,
            answers=wanted.n.astype(np.float64),
            places=tuple(places),
            totals=tuple(totals),
        )

    def fitted(self, start: Floats, tolerance: float) -> tuple[Floats, int, float]:
        """Factors (..., K) on `start` (..., K), rounds used, and the distance left."""
        factors, distance = np.ones_like(start), np.inf
        for done in range(1, MOST_ROUNDS + 1):
            with np.errstate(over="ignore", invalid="ignore"):  # where no weights fit they run away
                for place, total in zip(self.places, self.totals, strict=True):
                    held = self._held(start * factors, place, len(total))
                    ratio = np.divide(total, held, out=np.zeros_like(held), where=held > 0)
                    factors = factors * ratio[..., place]
                distance = self._distance(start * factors)
            if not np.isfinite(distance):
                return factors, done, np.inf
            if distance <= tolerance:
                return factors, done, distance
        return factors, MOST_ROUNDS, distance

    def _distance(self, weights: Floats) -> float:
        """Largest relative distance of any margin from its total."""
        return max(
            float(
                np.max(
                    np.abs(self._held(weights, place, len(total)) - total)[..., total > 0] / total[total > 0]
                )
            )
            for place, total in zip(self.places, self.totals, strict=True)
        )

    def _held(self, weights: Floats, place: NDArray[np.intp], size: int) -> Floats:
        belongs = (place[:, np.newaxis] == np.arange(size)).astype(np.float64)
        return np.asarray(weights @ belongs, dtype=np.float64)


def unusable(cells: Cells, margins: Sequence[Margin]) -> Unknown | None:
    """Why these answers cannot be weighted to these margins, by name, or None."""
    if not margins:
        return Unknown(reason="No known margin is given.", needs="Counts of the customer base by one field.")
    unknown, empty = [], []
    for margin in margins:
        held = cells.by_only(margin.field)
        answers = {key[0]: float(w) for key, w in zip(held.keys, held.w, strict=True)}
        known = dict(margin.totals)
        unknown += [(margin.field, key) for key, w in answers.items() if w > 0 and known.get(key, 0) <= 0]
        empty += [(margin.field, key) for key, count in known.items() if count > 0 and not answers.get(key)]
    if unknown:
        return Unknown(
            reason=f"Answers come from {_named(unknown)}, of which the customer base holds none.",
            needs="Counts of the customer base that know every value of the answers.",
        )
    if empty:
        return Unknown(
            reason=f"Nobody answered from {_named(empty)}: no weight can speak for them.",
            needs="Answers from there, or a coarser field that joins it to its neighbour.",
        )
    totals = [margin.total for margin in margins]
    if max(totals) - min(totals) > SAME_BASE * max(totals):
        said = ", ".join(f"{margin.field} {margin.total:,.0f}" for margin in margins)
        return Unknown(
            reason=f"The margins count different customer bases ({said}).",
            needs="Counts of one base, of one day.",
        )
    return None


def unfitting(rounds: int) -> Unknown:
    """The refusal where the factors do not settle."""
    return Unknown(
        reason=f"No weights fit all margins at once ({rounds} rounds tried).",
        needs="Fewer margins, or coarser ones: combinations that nobody answers from stand in the way.",
    )


def _named(values: Sequence[tuple[str, Key]]) -> str:
    return listed([f"{field} “{key}”" if key is not None else f"unknown {field}" for field, key in values])


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
