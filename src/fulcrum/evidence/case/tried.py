"""What a pilot measured, in the place of what a case assumed."""

from dataclasses import replace

from fulcrum.core.findings import Assumption
from fulcrum.core.grounds import CaseGrounds, Tried
from fulcrum.core.quantities import SHARE, Estimate, Interval, Unit
from fulcrum.core.wording import day, whole_percent
from fulcrum.evidence.case.draws import Bell, Triangle
from fulcrum.evidence.methods.intervals import normal_critical

MOVED = "moved_share"


def gain_of(tried: Tried) -> Estimate | None:
    """The effect on one customer reached as a gain a year, where the pilot measured the case's own outcome.

    effect × 12 / months of its window, turned so that more is better. None where it measured the share moved:
    what a move is worth is then still the gap's.
    """
    if tried.measures == "moved":
        return None
    unit = Unit(kind=tried.effect.unit.kind, currency=tried.effect.unit.currency, per="customer a year")
    return replace(_turned(tried, 12 / tried.window_months), unit=unit)


def moved_of(grounds: CaseGrounds) -> Triangle | Bell | None:
    """The share moved as a pilot measured it; None where it is stated, or was moved by hand.

    Where the pilot measured the outcome itself, on everybody who was offered the new way, the share is one.
    """
    tried = grounds.tried
    if tried is None or MOVED in dict(grounds.stated_here):
        return None
    if tried.measures != "moved":
        return Triangle(low=1.0, mode=1.0, high=1.0)
    effect = _turned(tried, 1.0)
    error = (effect.interval.high - effect.interval.low) / 2 / normal_critical(effect.interval.confidence)
    return Bell(mode=effect.value, error=error, highest=1.0)


def moved_assumption(grounds: CaseGrounds, tried: Tried) -> Assumption:
    """The share moved among the assumptions of the case: measured here, with the pilot's grade."""
    source = f"Pilot “{tried.name}”, read on {day(tried.read_on)}"
    result = replace(_turned(tried, 1.0), unit=SHARE)
    if tried.measures != "moved":
        all_of_them = Interval(low=1.0, high=1.0, confidence=1.0)
        result = replace(result, value=1.0, interval=all_of_them, trace=grounds.trace)
        source += ": its effect is on everybody offered it"
    return Assumption(key=MOVED, name="Share moved", result=result, source=source, is_stated=False)


def about_tried(grounds: CaseGrounds) -> str | None:
    """The sentence that says what the pilot took the place of."""
    tried = grounds.tried
    if tried is None or MOVED in dict(grounds.stated_here):
        return None
    grade = tried.effect.grade
    if tried.measures == "moved":
        moved = whole_percent(_turned(tried, 1.0).value)
        return (
            f"That {moved} of the customers reached are moved was measured by the pilot “{tried.name}”, "
            f"grade {grade.value}, {tried.effect.n:,} customers. What a move is worth is still of grade "
            f"{grounds.grade.value}."
        )
    return (
        f"What the initiative does to a customer reached was measured by the pilot “{tried.name}”, grade "
        f"{grade.value}, {tried.effect.n:,} customers, over {tried.window_months:g} months; the rest of a "
        "year, and the customers outside the pilot, are taken to be alike."
    )


def _turned(tried: Tried, factor: float) -> Estimate:
    """The effect times a factor, turned so that more of it is better."""
    turn = factor if tried.is_more_better else -factor
    effect = tried.effect
    ends = sorted((effect.interval.low * turn, effect.interval.high * turn))
    interval = Interval(low=ends[0], high=ends[1], confidence=effect.interval.confidence)
    return replace(effect, value=effect.value * turn, interval=interval)
