"""What a situation is, and what became of its trials."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from worlds import Chance

from fulcrum.core.quantities import Interval, Result, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.playbook.load import load_playbook


@lru_cache(maxsize=1)
def rules() -> EvidenceRules:
    """The shipped rules."""
    return load_playbook().evidence


@dataclass(frozen=True)
class Held:
    """What became of the trials of one situation, as shares of all trials."""

    shown: float
    below: float  # shown, and the truth lay below the interval
    above: float
    trials: int | None  # None: not simulated but worked out exactly
    confidence: float = 0.95

    @property
    def covered(self) -> float:
        """Of the intervals shown, the share that held the truth."""
        return 1 - (self.below + self.above) / self.shown if self.shown else float("nan")

    @property
    def missed(self) -> float:
        """Of all trials, the share in which an interval was shown that did not hold the truth."""
        return self.below + self.above

    @property
    def error(self) -> float:
        """Standard error of `covered`, for the number of trials."""
        if self.trials is None or self.shown == 0:
            return 0.0
        promised = self.confidence * (1 - self.confidence)
        return float(np.sqrt(promised / (self.trials * self.shown)))


@dataclass(frozen=True)
class Situation:
    """One kind of interval in one situation; `try_out` is handed chance and a number of trials.

    `drawn_as` names what is drawn where several situations share it, as the drivers of one world do.
    """

    kind: str
    name: str
    trials: int
    try_out: Callable[[Chance, int], Held]
    drawn_as: str = ""
    confidence: float = 0.95

    @property
    def seed(self) -> int:
        """The seed of its trials, made of its name."""
        return seed_of(self.drawn_as or f"{self.kind}, {self.name}")

    def held(self, part: float = 1.0) -> Held:
        """What becomes of the trials, or of a first part of them."""
        return self.try_out(np.random.default_rng(self.seed), max(1, round(self.trials * part)))


def seed_of(name: str) -> int:
    """A seed from a name, the same everywhere."""
    return crc32(name.encode())


Trial = Callable[[Chance], tuple[Interval, float] | None]


def simulated(trial: Trial, chance: Chance, times: int) -> Held:
    """The trials one by one; a trial answers None where the product refuses."""
    found = [one for _ in range(times) if (one := trial(chance)) is not None]
    below = sum(truth < interval.low for interval, truth in found)
    above = sum(truth > interval.high for interval, truth in found)
    return Held(shown=len(found) / times, below=below / times, above=above / times, trials=times)


def known(result: Result, truth: float) -> tuple[Interval, float] | None:
    """The interval with the truth, or None where the product refuses."""
    return None if isinstance(result, Unknown) else (result.interval, truth)
