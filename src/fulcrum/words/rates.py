"""Rates of mentions with their doubt: of one text, of one against another, and over time.

Mentions come in runs: who speaks of customers does so for some sentences. The dispersion says how much more
the counts of parts of a text vary than they would if mentions fell anywhere; 1 is a Poisson count.
"""

from collections.abc import Sequence
from math import exp, log

import numpy as np
from scipy import stats

from fulcrum.core.quantities import Interval
from fulcrum.core.value import value

PER = 1000.0
_ROUNDS = 50


@value
class Count:
    """Mentions among words."""

    mentions: int
    words: int


@value
class Slope:
    """The ratio of a rate from one year to the next, and its interval."""

    ratio: float
    interval: Interval


@value
class Spread:
    """How far mentions cluster: a variance so many times a Poisson count's, told with so many degrees."""

    factor: float = 1.0
    freedom: int = 0

    def tail(self, confidence: float) -> float:
        """The doubt on one side; a spread that was told from parts has Student's longer tail."""
        doubt = (1 - confidence) / 2
        if self.factor <= 1.0:
            return doubt
        return float(stats.norm.sf(stats.t.isf(doubt, self.freedom)))


EVENLY = Spread()


def dispersion(*texts: Sequence[Count]) -> Spread:
    """How many times a Poisson count's variance the parts of texts have, at least 1.

    Pearson's chi-square over its degrees of freedom (McCullagh and Nelder 1989, section 4.5), each part
    around the rate of its own text. Under 4 degrees it is not told: 1.
    """
    chi, freedom = 0.0, 0
    for parts in texts:
        mentions, words = sum(part.mentions for part in parts), sum(part.words for part in parts)
        if mentions and len(parts) > 1:
            expected = [part.words * mentions / words for part in parts]
            chi += sum((part.mentions - mean) ** 2 / mean for part, mean in zip(parts, expected, strict=True))
            freedom += len(parts) - 1
    return Spread(factor=max(1.0, chi / freedom), freedom=freedom) if freedom >= 4 else EVENLY


def rate_interval(count: Count, confidence: float, spread: Spread = EVENLY) -> Interval:
    """Mentions per 1,000 words: the exact Poisson interval (Garwood 1936), widened by the spread.

    With spread d the mentions are worth k / d independent ones: the limits of k / d events, times d. At
    d = 1 they are R's `poisson.test`.
    """
    events, doubt = count.mentions / spread.factor, spread.tail(confidence)
    low = 0.0 if events == 0 else float(stats.chi2.ppf(doubt, 2 * events)) / 2
    high = float(stats.chi2.isf(doubt, 2 * events + 2)) / 2
    scale = spread.factor * PER / count.words
    return Interval(low=low * scale, high=high * scale, confidence=confidence)


def rate(count: Count) -> float:
    """Mentions per 1,000 words."""
    return PER * count.mentions / count.words


def ratio_interval(one: Count, other: Count, confidence: float, spread: Spread = EVENLY) -> Interval:
    """The ratio of two rates: the exact conditional interval (Clopper and Pearson 1934), both counts over d.

    Given k events in all, those of `one` are binomial with p = r w1 / (r w1 + w2). At d = 1 the limits are
    R's `poisson.test` of two counts. `other` must hold a mention.
    """
    events, others = one.mentions / spread.factor, other.mentions / spread.factor
    doubt, words = spread.tail(confidence), other.words / one.words
    low = 0.0 if events == 0 else float(stats.beta.ppf(doubt, events, others + 1))
    high = float(stats.beta.isf(doubt, events + 1, others))
    return Interval(low=words * low / (1 - low), high=words * high / (1 - high), confidence=confidence)


def chance_of(one: Count, other: Count, spread: Spread = EVENLY) -> float:
    """The chance of so many mentions or more in `one` if both had the same rate (exact, one-sided).

    P(X >= k) for k of k + m events, each in `one` with its share of the words; both counts over d.
    """
    if one.mentions == 0:
        return 1.0
    share = one.words / (one.words + other.words)
    return float(stats.beta.cdf(share, one.mentions / spread.factor, other.mentions / spread.factor + 1))


def yearly_ratio(years: Sequence[float], counts: Sequence[Count], confidence: float) -> Slope | None:
    """How the rate changes from one year to the next, over texts; None where it cannot be told.

    Log-linear regression of the mentions on time with the words as offset; its dispersion over texts, at
    least 1, widens the standard error, and the interval is Student's t with n − 2 degrees of freedom (R's
    `glm` with family quasipoisson, but for the floor). None if all texts are of one day, if none holds a
    mention, or if the fit runs away.
    """
    mentions = np.array([count.mentions for count in counts], dtype=float)
    words = np.array([count.words for count in counts], dtype=float)
    when = np.array(years) - np.mean(years)
    if len(counts) < 3 or not mentions.any() or np.ptp(when) == 0:
        return None
    design = np.column_stack([np.ones(len(when)), when])
    fit = np.array([log(mentions.sum() / words.sum()), 0.0])
    for _ in range(_ROUNDS):
        mean = words * np.exp(np.clip(design @ fit, -50, 50))
        information = design.T @ (design * mean[:, None])
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (mentions - mean))
        fit = fit + step
        if np.abs(step).max() < 1e-10:
            return _slope(fit, design, mentions, words, confidence)
    return None


def _slope(
    fit: np.ndarray, design: np.ndarray, mentions: np.ndarray, words: np.ndarray, confidence: float
) -> Slope | None:
    mean = words * np.exp(design @ fit)
    spread = max(1.0, float(((mentions - mean) ** 2 / mean).sum()) / (len(mean) - 2))
    variance = spread * np.linalg.inv(design.T @ (design * mean[:, None]))[1, 1]
    reach = float(stats.t.isf((1 - confidence) / 2, len(mean) - 2)) * float(np.sqrt(variance))
    middle = float(fit[1])
    if abs(middle) + reach > log(1e4):
        return None
    return Slope(
        ratio=exp(middle),
        interval=Interval(low=exp(middle - reach), high=exp(middle + reach), confidence=confidence),
    )
