"""What one point of score goes with, and whether more of it ever goes with less."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from fulcrum.core.quantities import Interval, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.buckets import Grid, LeftOut, Spread, jackknife
from fulcrum.evidence.methods.comparable import FEWEST_EVENTS
from fulcrum.evidence.methods.groups import too_skewed
from fulcrum.evidence.methods.intervals import around, t_critical, unskewed
from fulcrum.evidence.methods.refusals import NOT_CARRIED, too_few, too_few_customers

STEPS = 50  # of Newton's method, which settles in 5 to 8 unless there is no maximum
SETTLED = 1e-10
FLAT = 1e-6  # of the information that even odds would carry: below it the slope runs away
SAME = 1e-9  # of the mean squared: a variance below it is rounding, all amounts are the same
FEWEST_AT_A_POINT = 10
FEWEST_POINTS = 3  # different scores below which nothing can be said of a relation


@value
class Fit:
    """A slope per point of score, with its doubt.

    `skew` is the skewness of the slope itself, by the replicates; none where the scale evens it out, as
    log-odds do.
    """

    slope: float
    doubt: Spread
    skew: float = 0.0

    def interval(self, confidence: float) -> Interval:
        """The wider end of two: slope plus and minus so many errors, and the same unskewed (Hall 1992).

        Where few leave, or few give low scores, a slope through shares is lopsided: the plain interval alone
        left the truth above it in 10 of 100 cases.
        """
        critical = t_critical(confidence, self.doubt.freedom)
        plain = around(self.slope, self.doubt.error, confidence, critical)
        other = unskewed(self.slope, self.doubt.error, self.skew, confidence, critical)
        return Interval(
            low=min(plain.low, other.low), high=max(plain.high, other.high), confidence=confidence
        )


@value
class Points:
    """The mean outcome at each point of the score that enough customers gave, with its standard error."""

    at: Floats
    mean: Floats
    error: Floats


def not_fitted(cases: Grid, rules: EvidenceRules, *, is_share: bool) -> tuple[str, Unknown] | None:
    """Why no line is drawn: too few customers, scores or events, or amounts too skewed."""
    n, events = int(cases.n.sum()), float(cases.wy.sum())
    if because := too_few(n, rules, what="customers") or too_few_customers(cases.filled, n):
        return because
    if len(points_of(cases, is_share=is_share).at) < FEWEST_POINTS:
        return NOT_CARRIED, Unknown(
            reason=f"Fewer than {FEWEST_POINTS} scores were given by enough customers.",
            needs="More answers, over more of the scale.",
        )
    if is_share and min(events, float(cases.w.sum()) - events) < FEWEST_EVENTS:
        return NOT_CARRIED, Unknown(
            reason="Almost everybody who answered had the same outcome.",
            needs=f"At least {FEWEST_EVENTS} customers with and without the outcome.",
        )
    if not is_share and not cases.wyy.sum() > 0:
        return NOT_CARRIED, Unknown(
            reason="No amounts fall into the outcome window.", needs="Amounts dated within it."
        )
    if not is_share and not (points_of(cases, is_share=False).error > 0).all():
        return NOT_CARRIED, Unknown(
            reason="Customers with the same score all have the same amount: chance cannot be told apart.",
            needs="Amounts that differ between customers.",
        )
    return None if is_share else too_skewed(cases)


def too_few_behind(cases: Grid, rules: EvidenceRules) -> tuple[str, Unknown] | None:
    """Why no line is drawn through shares: a few customers with scores far from the others make its slope.

    The slope is worth (sum of w a²)² / sum of w² a⁴ customers, a being how far their score lies from the
    mean. Below 20 its interval held the truth in 90 of 100 cases; the odds ratio's holds there too.
    """
    x, w, ww = (_sums(cases, name) for name in ("x", "w", "ww"))
    away = x - (w @ x) / w.sum()
    behind = float(w @ away**2) ** 2 / float(ww @ away**4)
    least = int(rules.counts_only_below.value)
    if behind >= least:
        return None
    return NOT_CARRIED, Unknown(
        reason=f"Few gave a score far from the usual: the line rests on about {behind:.0f} customers.",
        needs=f"As many more customers as make {least}, about {least / behind:.1f} times as many.",
    )


def linear_fit(cases: Grid) -> Fit:
    """The outcome per point of score, by a straight line through all customers.

    slope = sum of w (x - mean x)(y - mean y) / sum of w (x - mean x)², from the sums at each score; doubt by
    delete-a-group jackknife, which asks for no equal spread; skewness from the same replicates, sum of d³
    over (sum of d²) to the power of 3/2. `cases` by score and bucket.
    """
    plain = _fit(cases, _line)
    apart = plain.doubt.without.mean() - plain.doubt.without
    square = float((apart**2).sum())
    skew = float((apart**3).sum()) / square**1.5 if square > 0 else 0.0
    return Fit(slope=plain.slope, doubt=plain.doubt, skew=skew)


def binomial_fit(cases: Grid) -> Fit:
    """The log-odds of the outcome per point of score, by grouped-binomial likelihood (Newton's steps).

    `cases` by score and bucket, outcome 0 or 1. The slope is not a number where there is no maximum, as when
    one score parts all those with the outcome from all those without.
    """
    return _fit(cases, _logit)


def points_of(cases: Grid, *, is_share: bool) -> Points:
    """The mean at each score given by at least 10 customers.

    The error of a share adds half a case with and half a case without the outcome, so that a score at which
    all stayed has a doubt too. A score at which all amounts are the same, as where nobody bought, has the
    variance of amounts at all scores: sum of (n - 1) variance over sum of (n - 1).
    """
    x, n, w, y, yy = (_sums(cases, name) for name in ("x", "n", "w", "wy", "wyy"))
    kept = n >= FEWEST_AT_A_POINT
    x, n, w, mean = x[kept], n[kept], w[kept], (y / np.maximum(w, 1e-300))[kept]
    effective = w**2 / _sums(cases, "ww")[kept]
    if is_share:
        share = (mean * effective + 0.5) / (effective + 1)
        variance = share * (1 - share)
    else:
        variance = np.maximum(yy[kept] / w - mean**2, 0) * n / (n - 1)
        variance = np.where(variance > SAME * mean**2, variance, 0)
        at_all = ((n - 1) * variance).sum() / (n - 1).sum() if len(n) else 0.0
        variance = np.where(variance > 0, variance, at_all)
    return Points(at=x, mean=mean, error=np.sqrt(variance / effective))


def never_falling(mean: Floats, weight: Floats) -> Floats:
    """The nearest values that never fall from one point to the next, (..., K) (isotonic regression).

    value_k = max over i <= k of min over j >= k of the weighted mean of points i to j (Barlow, Bartholomew,
    Bremner & Brunk 1972): what pooling adjacent violators gives.
    """
    size = mean.shape[-1]
    zero = np.zeros((*mean.shape[:-1], 1))
    sums = np.concatenate([zero, np.cumsum(mean * weight, axis=-1)], axis=-1)
    weights = np.concatenate([np.zeros(1), np.cumsum(weight)])
    start, stop = np.arange(size)[:, np.newaxis], np.arange(1, size + 1)
    held = sums[..., np.newaxis, 1:] - sums[..., :-1, np.newaxis]  # from point i (rows) to point j (columns)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = held / (weights[np.newaxis, 1:] - weights[:-1, np.newaxis])
    means = np.where(stop > start, means, np.inf)
    to_the_end = np.minimum.accumulate(means[..., ::-1], axis=-1)[..., ::-1]  # min over j >= k
    from_the_start = np.where(stop > start, to_the_end, -np.inf)
    return np.asarray(from_the_start.max(axis=-2))


def chance_of_falls(points: Points, *, seed: int, draws: int) -> tuple[int, int]:
    """In how many of so many simulated cases a relation that never falls shows falls as large.

    Distance = sum of ((mean - nearest never falling) / error)². Simulated with equal means and normal errors,
    of all relations that never fall the one that shows the largest distances (Robertson, Wright & Dykstra
    1988, ch. 2): a small chance is no accident.
    """
    weight = points.error**-2.0

    def distance(mean: Floats) -> Floats:
        return np.asarray((weight * (mean - never_falling(mean, weight)) ** 2).sum(axis=-1))

    rng = np.random.default_rng(seed)
    simulated = distance(rng.normal(0.0, 1.0, (draws, len(points.at))) * points.error)
    seen = float(distance(points.mean))
    return int(np.count_nonzero(simulated >= seen * (1 - 1e-9))) if seen > 1e-9 else draws, draws


def largest_fall(points: Points) -> tuple[float, float]:
    """The two scores between which the outcome falls most, in errors."""
    one, other = np.triu_indices(len(points.at), k=1)
    falls = (points.mean[one] - points.mean[other]) / np.hypot(points.error[one], points.error[other])
    place = int(falls.argmax())
    return float(points.at[one[place]]), float(points.at[other[place]])


def is_straight(points: Points, confidence: float) -> bool:
    """Whether a straight line through the points describes them within their doubt (chi-square)."""
    if len(points.at) < 3:
        return True
    slope, start = np.polyfit(points.at, points.mean, 1, w=1 / points.error)
    square = float((((points.mean - slope * points.at - start) / points.error) ** 2).sum())
    return bool(stats.chi2.sf(square, len(points.at) - 2) >= 1 - confidence)


def _fit(cases: Grid, slope: Callable[[Floats, Floats, Floats], Floats]) -> Fit:
    x = _sums(cases, "x")[:, np.newaxis]

    def statistic(left: LeftOut) -> Floats:
        return slope(x, left(cases.w), left(cases.wy))

    whole = statistic(lambda sums: sums.sum(axis=-1, keepdims=True))
    return Fit(slope=float(whole[0]), doubt=jackknife(statistic, cases))


def _line(x: Floats, w: Floats, y: Floats) -> Floats:
    away = x - (w * x).sum(axis=0) / w.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((away * y).sum(axis=0) / (w * away**2).sum(axis=0))


def _logit(x: Floats, w: Floats, y: Floats) -> Floats:
    """Slope of the log-odds for each column of `w` and `y`, (G,); not a number where it does not settle."""
    middle = (w * x).sum(axis=0) / w.sum(axis=0)
    away = x - middle
    rate = y.sum(axis=0) / w.sum(axis=0)
    with np.errstate(all="ignore"):
        start, slope = np.log(rate / (1 - rate)), np.zeros_like(rate)
        for _ in range(STEPS):
            chance = 1 / (1 + np.exp(-(start + slope * away)))
            rest, spread = y - w * chance, w * chance * (1 - chance)
            a, b, c = (np.asarray((spread * away**power).sum(axis=0)) for power in (0, 1, 2))
            r, s = rest.sum(axis=0), (rest * away).sum(axis=0)
            steps = ((c * r - b * s) / (a * c - b * b), (a * s - b * r) / (a * c - b * b))
            start, slope = start + steps[0], slope + steps[1]
            if np.abs(steps[1]).max() < SETTLED:
                break
        is_there = (np.abs(steps[1]) < SETTLED) & (c - b * b / a > FLAT * (w * away**2).sum(axis=0))
    return np.where(is_there, slope, np.nan)


def _sums(cases: Grid, name: str) -> Floats:
    """The scores, or the sums at each of them."""
    if name == "x":
        return np.array([float(key[0] or 0) for key in cases.groups])
    return np.asarray(getattr(cases, name).sum(axis=1), dtype=np.float64)
