"""What a pilot needs before it starts: customers or units, power, weeks and cost, by the company's own numbers."""

from collections.abc import Callable
from math import ceil, inf, log, sqrt

import numpy as np
from scipy import stats

from fulcrum.core.pilots import Assignment, Baseline, PilotDesign, PilotPlan, Registration
from fulcrum.core.quantities import (
    COUNT,
    CUSTOMERS,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Result,
    Unit,
    Unknown,
    money_unit,
)
from fulcrum.core.rules import PilotRules
from fulcrum.core.value import value
from fulcrum.core.wording import count, percent
from fulcrum.evidence.methods import power
from fulcrum.evidence.methods.adjust import left_of_variance
from fulcrum.evidence.methods.intervals import normal_critical
from fulcrum.evidence.methods.power import Promise
from fulcrum.evidence.methods.stepped import error_of, weights_of
from fulcrum.evidence.pilots.baseline import Known
from fulcrum.evidence.pilots.choosing import comparison_for

WEEKS = Unit(kind="count", per="weeks")
_WEEKS_A_MONTH = 365.25 / 12 / 7
_MOST_UNITS = 400
_NO_POWER = Unknown(
    reason="Before and after alone never tells an effect, however many customers it has.",
    needs="A group that goes on as before, or a start drawn by lot.",
)


@value
class _Strength:
    """How the chance to see an effect grows with the size of the pilot: customers, or units, on both sides."""

    power: Callable[[float, float], float]
    needed: Callable[[], float]
    grade: Grade
    trace: str
    in_units: bool = False


def plan_of(
    design: PilotDesign,
    known: Known,
    rules: PilotRules,
    *,
    currency: str,
    registration: Registration | None = None,
) -> PilotPlan:
    """The plan of a design: what it needs for its minimum effect, and what it can see as it is planned.

    Every number is Unknown, with what is needed, where neither the company's data nor the design tell what it
    rests on. Units of needed sizes round up; unequal sides count as `power.even`.
    """
    promise = Promise(false_alarms=rules.false_alarms.value, power=rules.power.value)
    widened = looks_cost(promise) if design.looks == "at any time" else 1.0
    strength = _strength(design, known.baseline, promise, widened)
    recommended, because = comparison_for(design.situation)
    needed, needed_units = _needed(design, strength, known.baseline)
    planned = design.units if _in_units(strength) else design.customers
    return PilotPlan(
        design=design,
        recommended=recommended,
        because=because,
        baseline=known.baseline,
        needed=needed,
        needed_units=needed_units,
        power=_power(design, strength, planned),
        detectable=_detectable(design, strength, planned, promise, currency),
        weeks=_weeks(design, needed),
        cost=_cost(design, needed, currency),
        looks_cost=widened,
        false_alarms=promise.false_alarms,
        promised_power=promise.power,
        cautions=_cautions(design, strength, planned, needed, needed_units, promise),
        traces=known.traces,
        registration=registration,
    )


def looks_cost(promise: Promise) -> float:
    """How many times the customers a pilot needs that may be looked at whenever one likes.

    ((r + z_power) / (z_alarms + z_power))², r being how many errors the confidence sequence reaches where it
    is tightest: the chance that it leaves zero out at the planned end. It may do so earlier.
    """
    far = -2 * log(promise.false_alarms)
    size = far + log(far + 1)
    reach = sqrt(2 * (size + 1) / size * log(sqrt(size + 1) / promise.false_alarms))
    once, seen = normal_critical(1 - promise.false_alarms), float(stats.norm.ppf(promise.power))
    return ((reach + seen) / (once + seen)) ** 2


def _strength(
    design: PilotDesign, baseline: Baseline, promise: Promise, widened: float
) -> _Strength | Unknown:
    mean, deviation = baseline.mean, baseline.deviation
    match design.assignment:
        case Assignment.BEFORE_AFTER:
            return _NO_POWER
        case Assignment.SIMILAR if design.unit:
            return _by_changes(design, baseline, promise)
        case Assignment.BY_UNIT | Assignment.STEPPED:
            return _by_units(design, baseline, promise)
    if isinstance(mean, Unknown) or isinstance(deviation, Unknown):
        return mean if isinstance(mean, Unknown) else deviation  # type: ignore[return-value]
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
    if design.kind == "share":
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
        return _Strength(
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
    return _Strength(
        power=seen_mean,
        needed=lambda: each * thinned / (2 * f * (1 - f)),
        grade=deviation.grade,
        trace=deviation.trace,
    )


def _by_changes(design: PilotDesign, baseline: Baseline, promise: Promise) -> _Strength | Unknown:
    """Similar units: what counts is how differently units change by themselves."""
    change = baseline.unit_change
    if isinstance(change, Unknown):
        return Unknown(
            reason="How differently units change from one window to the next is not known.",
            needs='`outcome = "spend"` and `units` under [baseline], with `pre_months` in mapping.toml.',
        )
    spread = change.value
    return _Strength(
        power=lambda units, effect: power.power_of_means(units / 2, effect, spread, promise.false_alarms),
        needed=lambda: 2 * power.customers_for_means(design.minimum_effect, spread, promise),
        grade=change.grade,
        trace=change.trace,
        in_units=True,
    )


def _by_units(design: PilotDesign, baseline: Baseline, promise: Promise) -> _Strength | Unknown:
    deviation, alike = baseline.deviation, baseline.alike
    if isinstance(deviation, Unknown):
        return deviation
    if isinstance(alike, Unknown):
        return alike
    size = _size(design, baseline)
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

        return _Strength(
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

    return _Strength(power=seen, needed=needed, grade=grade, trace=deviation.trace, in_units=True)


def _size(design: PilotDesign, baseline: Baseline) -> float | None:
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


def _in_units(strength: _Strength | Unknown) -> bool:
    return isinstance(strength, _Strength) and strength.in_units


def _needed(design: PilotDesign, strength: _Strength | Unknown, baseline: Baseline) -> tuple[Result, Result]:
    by_customer = Unknown(reason="Customers are assigned one by one.", needs="Nothing: units play no part.")
    if isinstance(strength, Unknown):
        return strength, strength if design.unit else by_customer
    number = strength.needed()
    if number == inf:
        none = Unknown(
            reason="No number of units shows so small an effect here.", needs="A larger minimum effect."
        )
        return none, none
    even = 2 * ceil(number / 2 - 1e-9)
    if not strength.in_units:
        return _computed(even, CUSTOMERS, strength), by_customer
    size = _size(design, baseline)
    customers: Result = Unknown(reason="How many customers a unit has is not known.", needs="`unit_size`.")
    if size is not None:
        customers = _computed(ceil(even * size), CUSTOMERS, strength)
    return customers, _computed(even, COUNT, strength)


def _power(design: PilotDesign, strength: _Strength | Unknown, planned: int | None) -> Result:
    if isinstance(strength, Unknown):
        return strength
    if planned is None:
        return _not_planned(strength)
    return _computed(strength.power(planned, design.minimum_effect), SHARE, strength)


def _detectable(
    design: PilotDesign, strength: _Strength | Unknown, planned: int | None, promise: Promise, currency: str
) -> Result:
    """The least effect that the planned numbers show with the promised power, found by halving."""
    if isinstance(strength, Unknown):
        return strength
    if planned is None:
        return _not_planned(strength)
    low, high = 0.0, abs(design.minimum_effect)
    sign = design.direction
    for _ in range(40):
        if strength.power(planned, sign * high) >= promise.power:
            break
        low, high = high, 2 * high
    else:
        return Unknown(reason="So few cannot show any effect.", needs="More customers or units.")
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (low, middle) if strength.power(planned, sign * middle) >= promise.power else (middle, high)
        )
    unit = Unit(kind="points") if design.kind == "share" else _unit(design, currency)
    return _computed(sign * high, unit, strength)


def _unit(design: PilotDesign, currency: str) -> Unit:
    return money_unit(currency, per="customer") if design.kind == "amount" else Unit(kind="score")


def _not_planned(strength: _Strength) -> Unknown:
    what = "units" if strength.in_units else "customers"
    return Unknown(reason=f"How many {what} are planned is not said.", needs=f"`{what}` in the design.")


def _weeks(design: PilotDesign, needed: Result) -> Result:
    """Weeks from the first customer to the last outcome: until enough came, and the window after the last."""
    window = (design.window_months or 0.0) * _WEEKS_A_MONTH
    number = float(design.customers) if design.customers is not None else None
    if number is None and isinstance(needed, Estimate):
        number = needed.value
    if design.customers_a_week is None or number is None:
        return Unknown(
            reason="How many customers come in a week is not said.",
            needs="`customers_a_week` in the design.",
        )
    weeks = number / design.customers_a_week + window
    return Estimate(
        value=float(ceil(weeks)),
        interval=Interval(low=ceil(weeks), high=ceil(weeks), confidence=1.0),
        unit=COUNT,
        n=None,
        grade=Grade.ELSEWHERE,
        method="customers planned over customers a week, and the window of the last",
        trace="",
    )


def _cost(design: PilotDesign, needed: Result, currency: str) -> Result:
    number = float(design.customers) if design.customers is not None else None
    if number is None and isinstance(needed, Estimate):
        number = needed.value
    if design.cost is None and design.cost_per_customer is None:
        return Unknown(reason="What the pilot costs is not said.", needs="`cost` in the design.")
    total = float(design.cost or 0)
    if design.cost_per_customer:
        if number is None:
            return Unknown(reason="How many customers take part is not known.", needs="`customers`.")
        total += float(design.cost_per_customer) * number * design.treated_share
    return Estimate(
        value=total,
        interval=Interval(low=total, high=total, confidence=1.0),
        unit=money_unit(currency),
        n=None,
        grade=Grade.ELSEWHERE,
        method="stated in the design",
        trace="",
    )


def _computed(number: float, unit: Unit, strength: _Strength) -> Estimate:
    return Estimate(
        value=float(number),
        interval=Interval(low=number, high=number, confidence=1.0),
        unit=unit,
        n=None,
        grade=strength.grade,
        method="power of the design, on the baseline",
        trace=strength.trace,
    )


def _cautions(
    design: PilotDesign,
    strength: _Strength | Unknown,
    planned: int | None,
    needed: Result,
    needed_units: Result,
    promise: Promise,
) -> tuple[str, ...]:
    said = []
    wanted = needed_units if _in_units(strength) else needed
    what = design.unit or "units" if _in_units(strength) else "customers"
    if isinstance(wanted, Estimate) and planned is not None and planned < wanted.value:
        said.append(
            f"{count(planned)} {what} are fewer than the {count(int(wanted.value))} that it takes: a pilot so "
            "small mostly reports nothing, whatever the truth."
        )
    if design.looks == "at any time" and not (design.assignment is Assignment.BY_CUSTOMER):
        said.append("Early looks are for pilots by customer; this one is read once, at its end.")
    if design.looks == "at any time" and design.assignment is Assignment.BY_CUSTOMER:
        said.append(
            f"Being free to look at any time takes {looks_cost(promise):.1f} times as many customers."
        )
    if design.assignment in (Assignment.BY_UNIT, Assignment.STEPPED) and (design.units or 99) < 12:
        said.append(
            "Fewer than twelve units: one odd unit weighs heavily. Pair like with like before the draw."
        )
    if not any((design.leads_to.scale, design.leads_to.extend, design.leads_to.stop)):
        said.append("What each result will lead to is not said: say it under [leads_to] before the start.")
    return tuple(said)
