"""How strong a hidden cause would have to be to explain a gap away (E-value)."""

from math import exp, sqrt

from fulcrum.core.quantities import RATIO, Estimate, Grade, Interval

PER_DEVIATION = (
    0.91  # half of pi / sqrt(3), the log odds ratio per deviation (Chinn 2000): RR is about sqrt(OR)
)


def e_value(ratio: float) -> float:
    """The E-value of a risk ratio: RR + sqrt(RR x (RR - 1)), ratios below 1 turned over.

    The least strength, as a risk ratio with both the exposure and the outcome, that a hidden cause would need
    to explain the association away (VanderWeele & Ding 2017, Annals of Internal Medicine 167).
    """
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))


def e_value_of_limit(low: float, high: float) -> float:
    """The E-value of the interval's limit nearest to no association; 1 where the interval contains it."""
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)


def ratio_of_means(gap: float, error: float, deviation: float, critical: float) -> tuple[float, float, float]:
    """A difference of means as an approximate risk ratio with its limits.

    exp(0.91 d), limits exp(0.91 (d ± t s)), with d the gap and s its error in standard deviations of the
    outcome, and t as many errors as the gap's own interval reaches (VanderWeele & Ding 2017, table 2, who
    write 1.78 for 0.91 x 1.96; 0.91 after Chinn 2000; assumes a roughly normal outcome).
    """
    d, reach = gap / deviation, critical * error / deviation
    middle, low, high = (exp(PER_DEVIATION * end) for end in (d, d - reach, d + reach))
    return middle, low, high


def e_values(
    ratio: float, low: float, high: float, *, n: int, confidence: float, trace: str
) -> tuple[Estimate, Estimate]:
    """The E-value of a risk ratio and of the near limit of its interval."""
    value, limit = e_value(ratio), e_value_of_limit(low, high)
    method = f"E-value of a risk ratio of {max(ratio, 1 / ratio):.3g}"

    def shown(number: float, far: float, how: str) -> Estimate:
        interval = Interval(low=min(number, limit), high=max(number, far), confidence=confidence)
        return Estimate(
            value=number, interval=interval, unit=RATIO, n=n, grade=Grade.ADJUSTED, method=how, trace=trace
        )

    far = max(e_value(low), e_value(high), value)
    return shown(value, far, method), shown(limit, limit, f"{method}, at the near limit")
