"""Which parts of the experience matter, and by how much: against a score, or against what customers did.

An importance without its doubt invites a ranking that the next survey turns over. Every share here has an
interval, every place a best and a worst, and drivers that cannot be told apart are said to be alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from fulcrum.core.findings import Driver, DriverAnalysis
from fulcrum.core.quantities import RATIO, SHARE, Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.cross_products import CrossProducts
from fulcrum.evidence.methods.driver_refusals import Chosen, choose, unexplained
from fulcrum.evidence.methods.importance import MOST_DRIVERS, lmg, relative_weights, standard_slopes
from fulcrum.evidence.methods.ranking import Ranking, rank
from fulcrum.evidence.methods.refusals import caveats
from fulcrum.evidence.methods.replicated import Replicated, replicate

VERY_ALIKE = 0.9  # correlation of two drivers above which they are almost one answer
TOO_MANY = Unknown(
    reason=f"Shares are exact for at most {MOST_DRIVERS} drivers.",
    needs="Fewer drivers; the relative weights stand for any number.",
)


@value
class Rated:
    """One driver: its column in the cross-products, its title, and its scale, if any, as (worst, best)."""

    name: str
    title: str
    scale: tuple[float, float] | None = None


@value
class Outcome:
    """What the drivers are held against: a score, or a behaviour (0 or 1, or an amount).

    `same_sitting` says that outcome and ratings came from one questionnaire, which makes them more alike than
    the experience is; such a ranking is graded as a raw association.
    """

    key: str
    name: str
    title: str
    unit: Unit
    same_sitting: bool

    @property
    def grade(self) -> Grade:
        """Adjusted among the drivers where the outcome was observed elsewhere; raw otherwise."""
        return Grade.RAW if self.same_sitting else Grade.ADJUSTED


def analyse(
    products: CrossProducts, drivers: tuple[Rated, ...], outcome: Outcome, *, confidence: float, trace: str
) -> DriverAnalysis:
    """How much each driver matters to the outcome, how it is doing, and which cannot be told apart.

    `products` over the drivers' and the outcome's columns, by bucket of the customer. Shares are LMG
    (`importance.lmg`); intervals by delete-a-group jackknife over the filled buckets, on the log-odds of a
    share and on the arcsine of its root, for its doubt is lopsided near its floor. A driver whose own slope
    may be zero has a wider one; a driver that shows neither a correlation nor a slope has one from zero. How
    often they hold is in `docs/proof.md`. Assumes
    roughly linear relations; a share says what goes together, not what would follow a change.

    A driver is set apart where more than 20 % of its ratings are missing or not applicable, or where it does
    not vary. Everything is refused where complete answers are fewer than 50 and 8 per driver, or than half of
    all; where the customers are too few for the jackknife; where a driver can be computed from others; or
    where all of them together explain no more than chance, or may explain less than 3 %.
    """
    chosen = choose(products, tuple(driver.name for driver in drivers), outcome.name)
    if chosen.because is not None:
        return _refused(drivers, outcome, chosen, chosen.because)
    found = _Found.of(chosen, outcome, confidence, trace)
    if because := unexplained(found.slopes, found.explained, confidence):
        return _refused(drivers, outcome, chosen, because)
    kept = [driver for driver in drivers if driver.name in chosen.names]
    ranking = rank(found.shares, confidence) if found.shares else None
    measured = [_measured(driver, at, found, ranking, kept) for at, driver in enumerate(kept)]
    order = ranking.order if ranking else range(len(kept))
    return DriverAnalysis(
        key=f"drivers.{outcome.key}",
        title=f"What goes with {outcome.title}",
        outcome=outcome.title,
        explained=found.estimate(found.explained, SHARE, "R² of all drivers together", is_share=True),
        drivers=(*(measured[at] for at in order), *_set_apart(drivers, chosen)),
        n=chosen.complete.cases,
        rows=chosen.rows,
        caveats=caveats(*_cautions(drivers, chosen, found)),
    )


def refused_analysis(drivers: tuple[Rated, ...], outcome: Outcome, because: Unknown) -> DriverAnalysis:
    """The ranking with no number in it at all, as when the outcome leaks into the answers."""
    return DriverAnalysis(
        key=f"drivers.{outcome.key}",
        title=f"What goes with {outcome.title}",
        outcome=outcome.title,
        explained=because,
        drivers=tuple(_unranked(driver, because) for driver in drivers),
        n=0,
        rows=0,
    )


@value
class _Found:
    """Every statistic of one analysis with its replicates; vectors are in the order of the chosen drivers."""

    chosen: Chosen
    outcome: Outcome
    confidence: float
    trace: str
    matrix: Floats  # correlations, the outcome last
    shares: Replicated | None  # LMG, adding up to R²; None for too many drivers
    weights: Replicated  # Johnson, adding up to R²
    explained: Replicated
    slopes: Replicated  # in standard deviations
    links: Replicated  # correlation with the outcome
    deviations: Replicated  # standard deviations, the outcome's last
    means: Replicated

    @classmethod
    def of(cls, chosen: Chosen, outcome: Outcome, confidence: float, trace: str) -> "_Found":
        complete = chosen.complete
        matrix = replicate(complete, lambda totals: totals.correlation)
        weights = matrix.through(relative_weights)
        return cls(
            chosen=chosen,
            outcome=outcome,
            confidence=confidence,
            trace=trace,
            matrix=matrix.whole,
            shares=matrix.through(lmg) if len(chosen.names) <= MOST_DRIVERS else None,
            weights=weights,
            explained=weights.through(lambda parts: parts.sum(-1)),
            slopes=matrix.through(standard_slopes),
            links=matrix.through(lambda values: values[..., :-1, -1]),
            deviations=replicate(complete, lambda totals: totals.deviations),
            means=replicate(complete, lambda totals: totals.means),
        )

    def matters(self, at: int) -> bool:
        """Whether a driver shows a correlation or a slope; the two tests together keep the confidence."""
        strict = (1 + self.confidence) / 2
        return self.links.at(at).is_signed(strict) or self.slopes.at(at).is_signed(strict)

    def is_vague(self, at: int) -> bool:
        """Whether a driver's own slope may be zero, or turns against its correlation.

        There a share is near its least value, where the jackknife sees no change and so no doubt.
        """
        slope = self.slopes.at(at)
        return not slope.is_signed(self.confidence) or float(slope.whole * self.links.at(at).whole) < 0

    def furthest(self, at: int) -> float:
        """How many times its share a driver would have, were its correlation at an end of its interval."""
        own = float(self.weights.whole[at] / self.weights.whole.sum())
        link = self.links.at(at).interval(self.confidence)
        moved = np.stack([_with_link(self.matrix, at, end) for end in (link.low, link.high)])
        weights = relative_weights(moved)
        return max(1.0, float((weights[:, at] / weights.sum(axis=-1)).max()) / own)

    def turns(self, at: int) -> bool:
        """Whether a driver's correlation and its slope leave zero on opposite sides."""
        link, slope = self.links.at(at), self.slopes.at(at)
        both = link.is_signed(self.confidence) and slope.is_signed(self.confidence)
        return both and float(link.whole) * float(slope.whole) < 0

    def estimate(
        self,
        number: Replicated,
        unit: Unit,
        method: str,
        *,
        is_share: bool = False,
        from_zero: bool = False,
        strict: float | None = None,
        times: float = 1.0,
    ) -> Estimate:
        taken = self.confidence if strict is None else strict
        found = number.share_interval(taken) if is_share else number.interval(taken)
        high = max(found.high, min(1.0, times * float(number.whole))) if times > 1 else found.high
        low = 0.0 if from_zero else found.low
        interval = Interval(low=low, high=high, confidence=self.confidence)
        return Estimate(
            value=float(number.whole),
            interval=interval,
            unit=unit,
            n=self.chosen.complete.cases,
            grade=self.outcome.grade,
            method=f"{method}; jackknife over {number.freedom + 1} groups of customers",
            trace=self.trace,
        )


def _measured(driver: Rated, at: int, found: _Found, ranking: Ranking | None, kept: list[Rated]) -> Driver:
    from_zero = not found.matters(at)
    strict, times = ((1 + found.confidence) / 2, found.furthest(at)) if found.is_vague(at) else (None, 1.0)
    inverse = found.explained.through(lambda whole: 1 / whole)

    def part(number: Replicated, method: str) -> Estimate:
        return found.estimate(
            number, SHARE, method, is_share=True, from_zero=from_zero, strict=strict, times=times
        )

    variance = found.shares.at(at) if found.shares else None
    share = variance.times(inverse) if variance else None
    reached = _reached(driver, found.means.at(at))
    return Driver(
        key=driver.name,
        title=driver.title,
        share=part(share, "LMG, share of the explained variance") if share else TOO_MANY,
        variance=part(variance, "LMG, share of the variance") if variance else TOO_MANY,
        relative_weight=part(found.weights.at(at).times(inverse), "Johnson's relative weight"),
        slope=_slope(at, found),
        mean=found.estimate(found.means.at(at), _unit(driver), "mean of the complete answers"),
        reached=reached
        if isinstance(reached, Unknown)
        else found.estimate(reached, SHARE, "mean as a share of the scale", is_share=True),
        room=_room(share, reached, part),
        place=ranking.place(at) if ranking else None,
        places=ranking.places(at) if ranking else None,
        alike=tuple(kept[other].title for other in ranking.alike(at)) if ranking else (),
    )


def _with_link(matrix: Floats, at: int, link: float) -> Floats:
    """The same correlations, but for that of one driver with the outcome."""
    moved = matrix.copy()
    moved[at, -1] = moved[-1, at] = link
    return moved


def _slope(at: int, found: _Found) -> Estimate:
    spread = found.deviations.through(lambda deviations: deviations[..., -1] / deviations[..., at])
    unit = replace(found.outcome.unit, per="point")
    return found.estimate(found.slopes.at(at).times(spread), unit, "slope, all other drivers equal")


def _unit(driver: Rated) -> Unit:
    return Unit(kind="score", scale=(min(driver.scale), max(driver.scale))) if driver.scale else RATIO


def _reached(driver: Rated, mean: Replicated) -> Replicated | Unknown:
    if driver.scale is None:
        return Unknown(reason="No scale is stated.", needs="Its worst and best value.")
    worst, best = driver.scale
    reached = mean.through(lambda value: (value - worst) / (best - worst))
    if not 0 < reached.without.min() <= reached.without.max() < 1:
        return Unknown(reason="The ratings lie outside the stated scale.", needs="The scale as it was asked.")
    return reached


def _room(
    share: Replicated | None, reached: Replicated | Unknown, part: Callable[[Replicated, str], Estimate]
) -> Result:
    if share is None:
        return TOO_MANY
    if isinstance(reached, Unknown):
        return reached
    left = reached.through(lambda value: 1 - value)
    return part(share.times(left), "LMG share x share of the scale not yet reached")


def _set_apart(drivers: tuple[Rated, ...], chosen: Chosen) -> tuple[Driver, ...]:
    reasons = dict(chosen.apart)
    return tuple(_unranked(driver, reasons[driver.name]) for driver in drivers if driver.name in reasons)


def _unranked(driver: Rated, why: Unknown) -> Driver:
    return Driver(
        key=driver.name,
        title=driver.title,
        share=why,
        variance=why,
        relative_weight=why,
        slope=why,
        mean=why,
        reached=why,
        room=why,
    )


def _refused(
    drivers: tuple[Rated, ...], outcome: Outcome, chosen: Chosen, because: Unknown
) -> DriverAnalysis:
    reasons = dict(chosen.apart)
    return replace(
        refused_analysis(drivers, outcome, because),
        drivers=tuple(_unranked(driver, reasons.get(driver.name, because)) for driver in drivers),
        n=chosen.complete.cases,
        rows=chosen.rows,
    )


def _cautions(drivers: tuple[Rated, ...], chosen: Chosen, found: _Found) -> Iterator[str]:
    title = {driver.name: driver.title for driver in drivers}
    n = chosen.complete.cases
    if found.outcome.same_sitting:
        yield (
            "Ratings and outcome come from one questionnaire, which makes them more alike than the "
            "experience is: hold this ranking against one by what customers did."
        )
    for name, _ in chosen.apart:
        yield f"“{title[name]}” is set apart: the shares are among the others."
    if n < chosen.rows:
        yield f"{chosen.rows - n} of {chosen.rows} answers lack one of the ratings and are left out."
    among = chosen.complete.total.correlation
    for one, other in zip(*np.triu_indices(len(chosen.names), k=1), strict=True):
        if abs(among[one, other]) > VERY_ALIKE:
            pair = f"“{title[chosen.names[one]]}” and “{title[chosen.names[other]]}”"
            yield f"{pair} are almost one answer: their correlation is {among[one, other]:.2f}."
    for at, name in enumerate(chosen.names):
        if found.turns(at):
            yield f"“{title[name]}” changes its sign once the others are held equal."
