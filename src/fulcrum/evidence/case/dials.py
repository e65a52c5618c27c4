"""The assumptions of a case as they can be moved: what each is now, and from where to where it may go."""

from collections.abc import Mapping
from math import ceil, floor, log10

from fulcrum.core.errors import WrongUse
from fulcrum.core.grounds import CaseGrounds, Dial
from fulcrum.core.quantities import Estimate
from fulcrum.core.wording import last_point, listed
from fulcrum.evidence.case.formula import benefit_a_year
from fulcrum.evidence.case.inputs import assumptions_of, middle_inputs

_LONGEST = 50.0  # years, as in company.toml
_TIMES, _TIMES_COST = 5, 10  # how many times as much as now a number, and a cost, may become


def dials_of(grounds: CaseGrounds) -> tuple[Dial, ...]:
    """Every assumption of a case with its bounds, in the order of the formula.

    Shares go from 0 to 1, the horizon to 20 years, the discount rate to 30 %, costs to about ten times what
    they are, and other numbers to five times; each bound is widened to hold the range of what was measured.
    """
    return tuple(
        Dial(
            key=one.key,
            name=one.name,
            result=one.result,
            source=one.source,
            lowest=low,
            highest=high,
            is_whole=one.key == "reach",
        )
        for one in assumptions_of(grounds)
        for low, high in (_bounds(one.key, one.result, grounds),)
    )


def refuse_unfit(assumptions: Mapping[str, float], dials: Mapping[str, Dial]) -> None:
    """Raises `WrongUse` for an assumption that the case does not have, and for a value out of its bounds."""
    for key, number in assumptions.items():
        if key not in dials:
            raise WrongUse(f"“{key}” is no assumption of this case. It has {listed(sorted(dials))}.")
        dial = dials[key]
        if not dial.lowest <= number <= dial.highest:
            unit = dial.result.unit
            said = last_point(number, unit) if abs(number) < float("inf") else str(number)
            allowed = f"{last_point(dial.lowest, unit)} to {last_point(dial.highest, unit)}"
            raise WrongUse(f"{dial.name}: {said} is out of range. Allowed is {allowed}.")
        if dial.is_whole and number != int(number):
            raise WrongUse(f"{dial.name}: {number:g} is no whole number.")


def _bounds(key: str, now: Estimate, grounds: CaseGrounds) -> tuple[float, float]:
    reached = max(now.value, now.interval.high)
    match key:
        case "moved_share":
            return min(0.0, now.interval.low), 1.0
        case "causal_share" | "leaving":
            return 0.0, 1.0
        case "discount_rate":
            return 0.0, max(0.3, now.value)
        case "horizon_years":
            return min(0.5, now.value), min(_LONGEST, max(20.0, now.value))
        case "one_off" | "running":
            return 0.0, _round_up(max(_TIMES_COST * reached, _usual_cost(grounds)))
        case "reach":
            return 0.0, _round_up(_TIMES * max(now.value, grounds.worse_off.value))
        case "drift":
            return min(-0.5, now.interval.low), max(0.5, now.interval.high)
        case "gain":
            return min(0.0, now.interval.low), _highest_gain(now, is_share=grounds.worth is not None)
        case _:
            return 0.0, _round_up(_TIMES * reached)


def _highest_gain(now: Estimate, *, is_share: bool) -> float:
    highest = _round_up(_TIMES * max(now.value, now.interval.high, -now.interval.low))
    return max(now.interval.high, min(1.0, highest)) if is_share else highest


def _usual_cost(grounds: CaseGrounds) -> float:
    """A sum of the size that this initiative is about, for a cost that is nothing so far."""
    initiative = grounds.initiative
    other = max(float(initiative.one_off), float(initiative.running))
    return other if other > 0 else abs(float(benefit_a_year(middle_inputs(grounds))))


def _round_up(number: float) -> float:
    """The next number with two digits; 1 where there is none."""
    if number <= 0:
        return 1.0
    step = 10.0 ** (floor(log10(number)) - 1)
    return round(ceil(round(number / step, 9)) * step, 12)
