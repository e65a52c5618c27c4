"""How the chance to see an effect grows with the size of a pilot, for each comparison."""

from collections.abc import Callable
from math import inf

import numpy as np
from scipy import stats

from fulcrum.core.pilots import Assignment, Baseline, PilotDesign
from fulcrum.core.quantities import Estimate, Grade, Unknown
from fulcrum.core.value import value
from fulcrum.core.wording import percent
from fulcrum.evidence.methods import power
from fulcrum.evidence.methods.adjust import left_of_variance
from fulcrum.evidence.methods.intervals import normal_critical
from fulcrum.evidence.methods.power import Promise
from fulcrum.evidence.methods.stepped import error_of, weights_of

_MOST_UNITS = 400
_NO_POWER = Unknown(
    reason="Before and after alone never tells an effect, however many customers it has.",
    needs="A group that goes on as before, or a start drawn by lot.",
)


@value
class Strength:
    """The chance to see an effect by the size of the pilot: customers, or units, on both sides."""

    power: Callable[[float, float], float]
    needed: Callable[[], float]
    grade: Grade
    trace: str
    in_units: bool = False


def strength_of(
    design: PilotDesign, baseline: Baseline, promise: Promise, widened: float
) -> Strength | Unknown:
    mean, deviation = baseline.mean, baseline.deviation
    match design.assignment:
        case Assignment.BEFORE_AFTER:
            return _NO_POWER
        case Assignment.SIMILAR if design.unit:
            return _by_changes(design, baseline, promise)
        case Assignment.BY_UNIT | Assignment.STEPPED:
            return _by_units(design, baseline, promise)
    if isinstance(deviation, Unknown):
        return deviation
    if isinstance(mean, Unknown) and design.kind == "share":
        return mean
    r = baseline.correlation
    left = 1.0
    if design.assignment is Assignment.SIMILAR:
        if isinstance(r, Unknown):
            return r
        left = 2 * (1 - r.value)
    elif isinstance(r, Estimate) and design.results.before:
        left = left_of_variance(r.value)
    thinned = left * widened
    f = design.treated_share
    if design.kind == "share" and isinstance(mean, Estimate):
        other = mean.value + design.minimum_effect
        if not 0 < other < 1:
            return Unknown(
                reason=f"A share of {percent(mean.value)} cannot move by {design.minimum_effect:+.3g}.",
                needs="A smaller minimum effect.",
            )

        def seen_share(customers: float, effect: float) -> float:
            n = 2 * f * (1 - f) * customers / thinned
            to = min(max(mean.value + effect, 0.0), 1.0)
            return power.power_of_shares(n, mean.value, to, promise.false_alarms)

        each = power.customers_for_shares(mean.value, other, promise)
        return Strength(
            power=seen_share,
            needed=lambda: each * thinned / (2 * f * (1 - f)),
            grade=mean.grade,
            trace=mean.trace,
        )
    spread = deviation.value

    def seen_mean(customers: float, effect: float) -> float:
        n = 2 * f * (1 - f) * customers / thinned
        return power.power_of_means(n, effect, spread, promise.false_alarms)

    each = power.customers_for_means(design.minimum_effect, spread, promise)
    return Strength(
        power=seen_mean,
        needed=lambda: each * thinned / (2 * f * (1 - f)),
        grade=deviation.grade,
        trace=deviation.trace,
    )


def _by_changes(design: PilotDesign, baseline: Baseline, promise: Promise) -> Strength | Unknown:
    """Similar units: what counts is how differently units change by themselves."""
    change = baseline.unit_change
    if isinstance(change, Unknown):
        return Unknown(
            reason="How differently units change from one window to the next is not known.",
            needs='`outcome = "spend"` and `units` under [baseline], with `pre_months` in mapping.toml.',
        )
    spread = change.value
    return Strength(
        power=lambda units, effect: power.power_of_means(units / 2, effect, spread, promise.false_alarms),
        needed=lambda: 2 * power.customers_for_means(design.minimum_effect, spread, promise),
        grade=change.grade,
        trace=change.trace,
        in_units=True,
    )


def _by_units(design: PilotDesign, baseline: Baseline, promise: Promise) -> Strength | Unknown:
    deviation, alike = baseline.deviation, baseline.alike
    if isinstance(deviation, Unknown):
        return deviation
    if isinstance(alike, Unknown):
        return alike
    size = size_of(design, baseline)
    if size is None:
        return Unknown(
            reason="How many customers a unit has is not known.",
            needs="`customers` and `units`, or `unit_size` under [baseline].",
        )
    spread, rho, grade = deviation.value, alike.value, deviation.grade.weakest(alike.grade)
    if design.assignment is Assignment.STEPPED:
        months = _months(design)

        def seen_stepped(units: float, effect: float) -> float:
            rows = max(2, round(units))
            error = error_of(weights_of(_steps(rows, months)), spread, rho, max(1.0, size / months))
            return float(stats.norm.cdf(abs(effect) / error - normal_critical(1 - promise.false_alarms)))

        def needed_stepped() -> float:
            rising = (
                u
                for u in range(4, _MOST_UNITS + 1)
                if seen_stepped(u, design.minimum_effect) >= promise.power
            )
            return next(rising, inf)

        return Strength(
            power=seen_stepped, needed=needed_stepped, grade=grade, trace=deviation.trace, in_units=True
        )

    def seen(units: float, effect: float) -> float:
        return power.power_of_clusters(
            units / 2, size, effect, spread, rho, promise.false_alarms, baseline.unit_variation
        )

    def needed() -> float:
        return 2 * power.clusters_for(
            size, design.minimum_effect, spread, rho, promise, baseline.unit_variation
        )

    return Strength(power=seen, needed=needed, grade=grade, trace=deviation.trace, in_units=True)


def size_of(design: PilotDesign, baseline: Baseline) -> float | None:
    if design.customers is not None and design.units is not None:
        return design.customers / design.units
    return baseline.unit_size


def _months(design: PilotDesign) -> int:
    """Calendar months that a pilot touches: the periods of a stepped one."""
    apart = (design.stops.year - design.starts.year) * 12 + design.stops.month - design.starts.month
    return max(2, apart + 1)


def _steps(units: int, months: int) -> np.ndarray:
    """Who has changed in which month: none in the first, then evenly one after the other."""
    steps = 1 + (np.arange(units) * (months - 1)) // units
    return np.asarray(np.arange(months)[np.newaxis, :] >= steps[:, np.newaxis])
