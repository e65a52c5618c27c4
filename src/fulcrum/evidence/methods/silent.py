"""What those who did not answer could hide: bounds without assumptions, and what they would have to feel."""

from fulcrum.core.quantities import Estimate, Interval, Result, Unit, Unknown
from fulcrum.core.value import value


@value
class Bounds:
    """Between which values the mean of the whole base must lie, whatever the silent feel.

    `low` and `high` hold the doubt of those seen as well; `width_by_silence` is the part that no number of
    further answers at the same response could narrow.
    """

    low: float
    high: float
    unit: Unit
    response: float
    confidence: float
    width_by_silence: float


def bounds(seen: Result, *, response: float, scale: tuple[float, float]) -> Bounds | Unknown:
    """Worst and best case: every silent customer at the bottom, or at the top, of the scale.

    low = r x (low of the interval of those seen) + (1 - r) x bottom, and alike above, with r the share who
    answered (Manski 1989, J. Human Resources 24; with sampling doubt, Horowitz & Manski 2000). Needs no
    assumption. Refused where the response is not known as a share, or the seen mean is refused.
    """
    if isinstance(seen, Unknown):
        return seen
    if not 0 < response <= 1:
        return _NO_RESPONSE
    bottom, top = scale
    return Bounds(
        low=max(bottom, response * seen.interval.low + (1 - response) * bottom),
        high=min(top, response * seen.interval.high + (1 - response) * top),
        unit=seen.unit,
        response=response,
        confidence=seen.interval.confidence,
        width_by_silence=(1 - response) * (top - bottom),
    )


def silent_mean_at(seen: Result, *, response: float, threshold: float, scale: tuple[float, float]) -> Result:
    """What the silent would have to feel on average for the whole base to stand at `threshold`.

    (threshold - r x mean of those seen) / (1 - r). The reader can judge whether that is likely, as with a
    break-even. Unknown where no feeling on the scale would do it, which is an answer too.
    """
    if isinstance(seen, Unknown):
        return seen
    if not 0 < response < 1:
        return _NO_RESPONSE
    needed, *ends = (
        (threshold - response * number) / (1 - response)
        for number in (seen.value, seen.interval.high, seen.interval.low)
    )
    bottom, top = scale
    if not bottom <= needed <= top:
        return Unknown(
            reason=f"No feeling of the silent could bring the whole base to {threshold:g}.",
            needs="Nothing: the conclusion holds whatever they feel.",
        )
    interval = Interval(low=max(bottom, ends[0]), high=min(top, ends[1]), confidence=seen.interval.confidence)
    return Estimate(
        value=needed,
        interval=interval,
        unit=seen.unit,
        n=seen.n,
        grade=seen.grade,
        method=f"mean of the silent at which the whole base stands at {threshold:g}",
        trace=seen.trace,
    )


_NO_RESPONSE = Unknown(
    reason="The share who answered is not known.", needs="The number of customers who were asked."
)
