"""A goal as it was stated, on the scale of the series that counts it: its target, its way, its baseline."""

import re

from fulcrum.core.findings import Trend
from fulcrum.core.people import Goal
from fulcrum.core.playbook import GoalMetric
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.rules import GoalRules

LONGEST = 40  # characters of a stated number
_NUMBER = re.compile(
    r"\s*(?:[A-Z]{3}\s|[€$£¥])?\s*([−+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(%|per cent|points?)?\s*",
    re.I,
)


def number_in(text: str) -> tuple[float, bool] | None:
    """The one number of a text such as "€4.00" or "13 %", and whether it is a percentage; else None."""
    found = _NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    number = float(found[1].replace(",", "").replace("−", "-"))
    return number, (found[2] or "").lower() in ("%", "per cent")


def target_of(goal: Goal, series: Trend) -> float | Unknown:
    """The target in the unit of the series; Unknown where it is no number of that kind."""
    found = number_in(goal.target)
    if found is None:
        said = (
            f"The target “{goal.target.strip()[:60]}” is not one number."
            if goal.target.strip()
            else "No target."
        )
        return Unknown(reason=said, needs="A target such as 13 %, €4.00 or 25.")
    return _on_series(found, series)


def _on_series(found: tuple[float, bool], series: Trend) -> float | Unknown:
    number, is_percent = found
    kind = series.unit.kind if series.unit is not None else ""
    if kind == "share":
        return number / 100 if is_percent or abs(number) > 1 else number
    if is_percent:
        return Unknown(
            reason="The target is a percentage, and what is measured is none: perhaps a change is meant.",
            needs="The level that shall be reached, in the unit of the series.",
        )
    return number


def is_upward(goal: Goal, metric: GoalMetric | None) -> bool:
    """Whether reaching the goal means to be at or above the target: as stated, else as the metric goes."""
    start, end = number_in(goal.baseline), number_in(goal.target)
    if start is not None and end is not None and start[0] != end[0]:
        return end[0] > start[0]
    return metric is None or metric.direction != "down"


def other_scale(goal: Goal, series: Trend, now: Result, rules: GoalRules) -> Unknown | None:
    """Why the stated baseline and what is measured cannot be the same thing; None where they can."""
    found = number_in(goal.baseline)
    start = None if found is None else _on_series(found, series)
    if start is None or isinstance(start, Unknown) or not isinstance(now, Estimate):
        return start if isinstance(start, Unknown) else None
    if series.unit is not None and series.unit.kind in ("nps", "score"):
        return None
    low, high = sorted((abs(start), abs(now.value)))
    if low > 0 and high / low <= rules.same_scale_within.value:
        return None
    return Unknown(
        reason=f"It stands at {goal.baseline.strip()} as stated, and the data measure otherwise: they do not "
        "count the same thing.",
        needs="How the goal’s number is counted, or a baseline on the scale of the series.",
    )
