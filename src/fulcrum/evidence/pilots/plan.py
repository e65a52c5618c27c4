"""What a pilot needs before it starts, by the company's own numbers: size, power, weeks and cost."""

from math import ceil, inf, log, sqrt

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
from fulcrum.core.wording import count
from fulcrum.evidence.methods.intervals import normal_critical
from fulcrum.evidence.methods.power import Promise
from fulcrum.evidence.pilots.baseline import Known
from fulcrum.evidence.pilots.choosing import comparison_for
from fulcrum.evidence.pilots.strength import Strength, size_of, strength_of

_WEEKS_A_MONTH = 365.25 / 12 / 7


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
    strength = strength_of(design, known.baseline, promise, widened)
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


def _in_units(strength: Strength | Unknown) -> bool:
    return isinstance(strength, Strength) and strength.in_units


def _needed(design: PilotDesign, strength: Strength | Unknown, baseline: Baseline) -> tuple[Result, Result]:
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
    size = size_of(design, baseline)
    customers: Result = Unknown(reason="How many customers a unit has is not known.", needs="`unit_size`.")
    if size is not None:
        customers = _computed(ceil(even * size), CUSTOMERS, strength)
    return customers, _computed(even, COUNT, strength)


def _power(design: PilotDesign, strength: Strength | Unknown, planned: int | None) -> Result:
    if isinstance(strength, Unknown):
        return strength
    if planned is None:
        return _not_planned(strength)
    return _computed(strength.power(planned, design.minimum_effect), SHARE, strength)


def _detectable(
    design: PilotDesign, strength: Strength | Unknown, planned: int | None, promise: Promise, currency: str
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


def _not_planned(strength: Strength) -> Unknown:
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


def _computed(number: float, unit: Unit, strength: Strength) -> Estimate:
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
    strength: Strength | Unknown,
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
            f"{count(planned)} {what} are fewer than the {count(int(wanted.value))} that it takes: so small "
            "a pilot mostly reports nothing, whatever the truth."
        )
    if design.looks == "at any time" and design.assignment is not Assignment.BY_CUSTOMER:
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
