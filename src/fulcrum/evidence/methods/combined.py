"""Two numbers made into one: their difference, and months into money, each with the doubt of both."""

from math import sqrt

from fulcrum.core.quantities import Estimate, Interval, Result, Unit, Unknown


def difference(one: Result, other: Result, *, trace: str) -> Result:
    """The first number less the second, of two groups that share no customer.

    The interval keeps each side's own lopsidedness: low = d - sqrt((a - low of a)² + (high of b - b)²), and
    alike above (Newcombe 1998; Zou & Donner 2008).
    """
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return one if isinstance(one, Unknown) else other
    if one.unit != other.unit:
        raise ValueError(f"{one.unit} and {other.unit} do not subtract")
    gap, a, b = one.value - other.value, one.interval, other.interval
    below = sqrt((one.value - a.low) ** 2 + (b.high - other.value) ** 2)
    above = sqrt((a.high - one.value) ** 2 + (other.value - b.low) ** 2)
    return Estimate(
        value=gap,
        interval=Interval(low=gap - below, high=gap + above, confidence=_confidence(a, b)),
        unit=one.unit,
        n=(one.n or 0) + (other.n or 0),
        grade=one.grade.weakest(other.grade),
        method=f"difference of two groups: {one.method}",
        trace=trace,
    )


def in_money(months: Result, margin: Result, *, trace: str) -> Result:
    """Months times money per month: what the stay is worth, before discounting.

    `margin` is money per customer and month. Each side's doubt is carried by first order and the two are
    taken as independent: below = sqrt(sum of (what each limit alone would take off)²). Where those who stay
    longer also pay more, the product is too low; count by band then.
    """
    if isinstance(months, Unknown) or isinstance(margin, Unknown):
        return months if isinstance(months, Unknown) else margin
    if margin.unit.kind != "money":
        raise ValueError(f"a margin in {margin.unit} is not money")
    worth = months.value * margin.value
    reaches = [_reach(months, margin.value), _reach(margin, months.value)]
    below, above = (sqrt(sum(reach[side] ** 2 for reach in reaches)) for side in (0, 1))
    confidence = _confidence(months.interval, margin.interval)
    return Estimate(
        value=worth,
        interval=Interval(low=worth - below, high=worth + above, confidence=confidence),
        unit=Unit(kind="money", currency=margin.unit.currency, per="customer"),
        n=months.n,
        grade=months.grade.weakest(margin.grade),
        method=f"{months.method}, times margin a month",
        trace=trace,
    )


def _reach(number: Estimate, times: float) -> tuple[float, float]:
    """How far the limits of one factor take the product below and above."""
    ends = [(end - number.value) * times for end in (number.interval.low, number.interval.high)]
    return -min(0.0, *ends), max(0.0, *ends)


def _confidence(one: Interval, other: Interval) -> float:
    """The confidence that two intervals share; an exact number goes with any."""
    doubtful = {interval.confidence for interval in (one, other) if interval.low < interval.high}
    if len(doubtful) > 1:
        raise ValueError(f"intervals of {sorted(doubtful)} do not combine")
    return doubtful.pop() if doubtful else 1.0
