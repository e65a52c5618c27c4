"""Totals: exact where all customers were counted, with their doubt where a sample stands for more."""

from math import sqrt

import numpy as np

from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unit, counted
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats, Key
from fulcrum.evidence.methods.buckets import Grid
from fulcrum.evidence.methods.groups import too_skewed
from fulcrum.evidence.methods.intervals import mean_amount_interval, t_critical
from fulcrum.evidence.methods.refusals import too_few


@value
class _Total:
    """A weighted sum with its standard error and degrees of freedom."""

    of: float
    error: float
    freedom: int


def how_many(cases: Grid, rules: EvidenceRules, *, unit: Unit, trace: str, what: str = "customers") -> Result:
    """The number of customers behind these cases: counted, or estimated where they carry weights.

    Estimate = sum of weights; at least as many as were seen. Refused below 20 weighted cases.
    """
    n = int(cases.n.sum())
    if not cases.is_weighted:
        return counted(float(n), unit, n=n, trace=trace)
    if because := too_few(n, rules, what=what):
        return because[1]
    total = _total(cases.w, rules)
    half = total.error * t_critical(rules.confidence.value, total.freedom)
    interval = Interval(
        low=max(float(n), total.of - half), high=total.of + half, confidence=rules.confidence.value
    )
    return _estimate(total, interval, unit, n, "weighted count of these customers", trace)


def how_much(cases: Grid, rules: EvidenceRules, *, unit: Unit, trace: str) -> Result:
    """The money of all customers behind these cases: summed, or estimated where they carry weights.

    Estimate = sum of weights x amounts. Its interval allows for skewed amounts as that of a mean does
    (`intervals.mean_amount_interval`). Refused below 20 weighted cases, and where a few make the sum.
    """
    n = int(cases.n.sum())
    if not cases.is_weighted:
        return counted(float(cases.wy.sum()), unit, n=n, trace=trace, method="sum over these customers")
    if because := too_few(n, rules, what="customers") or too_skewed(cases):
        return because[1]
    total, weight = _total(cases.wy, rules), float(cases.w.sum())
    mean, square = total.of / weight, float(cases.wyy.sum()) / weight
    effective = weight**2 / float(cases.ww.sum())
    confidence = rules.confidence.value
    interval = mean_amount_interval(
        total.of,
        total.error,
        sqrt(max(0.0, square - mean**2)) / abs(mean),
        effective,
        confidence,
        t_critical(confidence, total.freedom),
    )
    return _estimate(total, interval, unit, n, "weighted sum over these customers", trace)


def count_without_each(cells: Cells, rules: EvidenceRules) -> dict[Key, float]:
    """The weighted count with each bucket of customers left out, the others standing for all."""
    per = cells.by_only("bucket")
    groups = int(rules.buckets.value)
    whole = float(per.w.sum())
    return {
        key[0]: groups / (groups - 1) * (whole - float(w)) for key, w in zip(per.keys, per.w, strict=True)
    }


def _total(sums: Floats, rules: EvidenceRules) -> _Total:
    """The total and its doubt by delete-a-group jackknife over all buckets, empty ones included.

    With bucket g left out the others stand for all: T_(g) = G/(G - 1) x (T - t_g), so that
    error² = (G - 1)/G x sum of squared deviations of T_(g) = G/(G - 1) x sum of (t_g - mean)² (Shao & Tu
    1995, ch. 2). A bucket without such a customer is as telling as one with many. It takes the sample as
    drawn from a population so large that being drawn uses none of it up, which is on the safe side.
    """
    per = sums.sum(axis=0)
    groups = max(int(rules.buckets.value), len(per))
    filled = np.zeros(groups)
    filled[: len(per)] = per
    square = groups / (groups - 1) * float(((filled - filled.mean()) ** 2).sum())
    return _Total(of=float(per.sum()), error=sqrt(square), freedom=groups - 1)


def _estimate(total: _Total, interval: Interval, unit: Unit, n: int, method: str, trace: str) -> Estimate:
    return Estimate(
        value=total.of,
        interval=interval,
        unit=unit,
        n=n,
        grade=Grade.RAW,
        method=f"{method}; delete-a-group jackknife, {total.freedom + 1} groups",
        trace=trace,
    )
