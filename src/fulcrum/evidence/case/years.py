"""The middle case year by year: what comes in, what it costs, what is left, and what waiting loses."""

from math import ceil

from fulcrum.core.grounds import CaseGrounds, CaseYear
from fulcrum.core.quantities import Estimate, Interval, money_unit
from fulcrum.evidence.case.formula import CaseInputs, benefit_a_year, inaction_in
from fulcrum.evidence.case.inputs import middle_inputs


def years_of(grounds: CaseGrounds) -> tuple[CaseYear, ...]:
    """Every year of the horizon, beginning with the outlay; they add up to the middle case to the cent.

    Each is a point of the middle case and carries no interval of its own: the doubt is that of the totals.
    """
    inputs = middle_inputs(grounds)
    found = [_year(grounds, inputs, 0, 0.0, -float(inputs.one_off), 0.0)]
    for number in range(1, ceil(inputs.horizon_years) + 1):
        part = min(1.0, inputs.horizon_years - (number - 1))
        net = part * (float(benefit_a_year(inputs)) - float(inputs.running))
        today = net / (1 + inputs.discount_rate) ** number
        found.append(_year(grounds, inputs, number, part, today, found[-1].together.value))
    return tuple(found)


def _year(
    grounds: CaseGrounds, inputs: CaseInputs, number: int, part: float, today: float, before: float
) -> CaseYear:
    def point(amount: float) -> Estimate:
        exact = Interval(low=amount, high=amount, confidence=grounds.confidence)
        return Estimate(
            value=amount,
            interval=exact,
            unit=money_unit(grounds.currency),
            n=None,
            grade=grounds.gain.grade,
            method="closed form on the middle case",
            trace=grounds.trace,
        )

    waiting = float(inaction_in(inputs, number, part)) if number else 0.0
    return CaseYear(
        number=number,
        part=part,
        benefit=point(part * float(benefit_a_year(inputs))),
        running=point(-part * float(inputs.running)),
        today=point(today),
        together=point(before + today),
        waiting=point(waiting),
    )
