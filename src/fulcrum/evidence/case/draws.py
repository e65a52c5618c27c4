"""The simulation behind the case: seeded draws of its inputs, and distributions as they are drawn."""

from dataclasses import replace
from math import sqrt
from zlib import crc32

import numpy as np

from fulcrum.core.findings import Density
from fulcrum.core.grounds import Joint
from fulcrum.core.quantities import Interval
from fulcrum.core.value import value
from fulcrum.evidence.case.formula import CaseInputs
from fulcrum.evidence.case.joint import deviations
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.intervals import normal_critical

POINTS_DRAWN = 81


@value
class Triangle:
    """What somebody thinks of a number: lowest, likeliest, highest."""

    low: float
    mode: float
    high: float

    def quantile(self, share: float) -> float:
        """The value below which this share of the triangle lies."""
        width = self.high - self.low
        if width == 0:
            return self.mode
        left = (self.mode - self.low) / width
        if share <= left:
            return self.low + sqrt(share * width * (self.mode - self.low))
        return self.high - sqrt((1 - share) * width * (self.high - self.mode))

    def interval(self, confidence: float) -> Interval:
        """The middle part of the triangle that holds `confidence` of it, widened to hold the mode."""
        tail = (1 - confidence) / 2
        return Interval(
            low=min(self.quantile(tail), self.mode),
            high=max(self.quantile(1 - tail), self.mode),
            confidence=confidence,
        )

    def density(self) -> Density:
        """The triangle from 0 to 1, as drawn."""
        at = np.linspace(0, 1, POINTS_DRAWN)
        left, right = self.mode - self.low, self.high - self.mode
        rise = (at - self.low) / left if left > 0 else np.where(at < self.mode, 0.0, 1.0)
        fall = (self.high - at) / right if right > 0 else np.where(at > self.mode, 0.0, 1.0)
        height = np.clip(np.where(at <= self.mode, rise, fall), 0, 1)
        if not np.trapezoid(height, at) > 0:  # narrower than two points lie apart
            height = np.where(np.arange(POINTS_DRAWN) == round(self.mode * (POINTS_DRAWN - 1)), 1.0, 0.0)
        return _density(at, height)


@value
class Bell:
    """What a pilot measured of a number: its value and standard error, cut at the highest that can be."""

    mode: float
    error: float
    highest: float

    def interval(self, confidence: float) -> Interval:
        """The value and so many errors to either side, cut at the highest."""
        half = normal_critical(confidence) * self.error
        high = max(self.mode, min(self.highest, self.mode + half))
        return Interval(low=self.mode - half, high=high, confidence=confidence)


@value
class Doubts:
    """How the inputs of the case may differ from their middle: the measured together, the stated each alone.

    `measured` are normal errors of gain, worth, leaving, drift and, under sampling weights, of the number
    worse off, with their correlations; the others are triangles of what people state, but for a share moved
    that a pilot measured.
    """

    measured: Joint
    moved_share: Triangle | Bell
    one_off: Triangle
    running: Triangle
    causal_share: Triangle


def drawn(middle: CaseInputs, doubts: Doubts, *, draws: int, seed: int, name: str) -> CaseInputs:
    """The inputs with `draws` draws of each doubtful one. The same name and seed give the same draws."""
    chance = np.random.default_rng([seed, crc32(name.encode())])
    off, none = deviations(doubts.measured, chance, draws), np.zeros(draws)
    return replace(
        middle,
        gain=middle.gain + off.get("gain", none),
        worth=np.maximum(0.0, middle.worth + off.get("worth", none)),
        leaving=np.clip(middle.leaving + off.get("leaving", none), 0.0, 1.0),
        drift=middle.drift + off.get("drift", none),
        worse_off=np.maximum(0.0, middle.worse_off + off.get("worse_off", none)),
        moved_share=_moved(chance, doubts.moved_share, draws),
        one_off=_triangular(chance, doubts.one_off, draws),
        running=_triangular(chance, doubts.running, draws),
        causal_share=_triangular(chance, doubts.causal_share, draws),
    )


def middle_part(of: Floats, confidence: float) -> Interval:
    """The interval that holds the middle `confidence` of the draws."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(of, [tail, 1 - tail])
    return Interval(low=float(low), high=float(high), confidence=confidence)


def density_of(of: Floats) -> Density:
    """The distribution of draws as drawn: a Gaussian kernel (Silverman's width) on 81 points, area 1."""
    low, high = np.quantile(of, [0.001, 0.999])
    spread = min(float(of.std()), float(np.subtract(*np.quantile(of, [0.75, 0.25]))) / 1.349)
    if spread == 0 or low == high:
        at = np.linspace(low - 1, low + 1, POINTS_DRAWN)
        return _density(at, np.where(np.arange(POINTS_DRAWN) == POINTS_DRAWN // 2, 1.0, 0.0))
    width = 0.9 * spread * len(of) ** -0.2
    at = np.linspace(low - 3 * width, high + 3 * width, POINTS_DRAWN)
    counts, edges = np.histogram(of, bins=8 * POINTS_DRAWN, range=(at[0], at[-1]))
    centres = (edges[:-1] + edges[1:]) / 2
    kernel = np.exp(-0.5 * ((at[:, np.newaxis] - centres) / width) ** 2)
    return _density(at, kernel @ counts)


def _triangular(chance: np.random.Generator, of: Triangle, draws: int) -> Floats:
    if of.high == of.low:
        return np.full(draws, of.mode)
    return chance.triangular(of.low, of.mode, of.high, draws)


def _moved(chance: np.random.Generator, of: Triangle | Bell, draws: int) -> Floats:
    if isinstance(of, Triangle):
        return _triangular(chance, of, draws)
    return np.minimum(of.highest, of.mode + of.error * chance.standard_normal(draws))


def _density(at: Floats, height: Floats) -> Density:
    area = float(np.trapezoid(height, at))
    return Density(at=tuple(map(float, at)), height=tuple(float(h) / area for h in height))
