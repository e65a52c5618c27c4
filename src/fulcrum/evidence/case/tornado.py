"""The tornado: what the doubt of each input alone does to the upside, the widest first."""

from dataclasses import replace

from fulcrum.core.findings import Assumption, Swing
from fulcrum.core.quantities import Estimate, Grade, Interval, Unit
from fulcrum.evidence.case.formula import CaseInputs, upside
from fulcrum.evidence.methods.intervals import normal_critical

IN_UPSIDE = ("reach", "moved_share", "gain", "worth", "causal_share", "one_off", "running")


def tornado_of(
    assumptions: tuple[Assumption, ...],
    middle: CaseInputs,
    *,
    confidence: float,
    unit: Unit,
    grade: Grade,
    trace: str,
) -> tuple[Swing, ...]:
    """A swing for each input of the upside that has a range, by how far it moves the upside.

    upside at low = the closed form with this input at the low end of its interval, all others at the middle;
    likewise at high. Every interval is brought to `confidence` (0.80), so that measured and stated inputs
    swing on the same footing. Inputs without a range (horizon, discount rate) are not in it.
    """
    swings = [
        _swing(one, middle, confidence=confidence, unit=unit, grade=grade, trace=trace)
        for one in assumptions
        if one.key in IN_UPSIDE and one.result.interval.low < one.result.interval.high
    ]
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def on_one_footing(estimate: Estimate, confidence: float) -> Estimate:
    """The estimate with its interval at another confidence, each side scaled as a normal error would be."""
    ends = estimate.interval
    if ends.confidence in (confidence, 1.0):
        return estimate
    part = normal_critical(confidence) / normal_critical(ends.confidence)
    interval = Interval(
        low=estimate.value - (estimate.value - ends.low) * part,
        high=estimate.value + (ends.high - estimate.value) * part,
        confidence=confidence,
    )
    return replace(estimate, interval=interval)


def _swing(
    one: Assumption, middle: CaseInputs, *, confidence: float, unit: Unit, grade: Grade, trace: str
) -> Swing:
    given = on_one_footing(one.result, confidence)

    def at(end: float) -> Estimate:
        value = float(upside(_with(middle, one.key, end)))
        return Estimate(
            value=value,
            interval=Interval(low=value, high=value, confidence=1.0),
            unit=unit,
            n=None,
            grade=grade,
            method="closed form, all other inputs at the middle",
            trace=trace,
        )

    ends = given.interval
    return Swing(key=one.key, name=one.name, input=given, at_low=at(ends.low), at_high=at(ends.high))


def _with(middle: CaseInputs, key: str, number: float) -> CaseInputs:
    """The middle inputs with one of them changed."""
    changed: dict[str, float] = {key: number}
    return replace(middle, **changed)
