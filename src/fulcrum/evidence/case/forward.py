"""What runs the base forward if nothing is done: who leaves, and how many more come to be worse off."""

import numpy as np

from fulcrum.core.quantities import Estimate, Grade, Interval, Unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.case.joint import Replicates, mean_without_each
from fulcrum.evidence.cells import Cells, Key
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.buckets import grid
from fulcrum.evidence.methods.refusals import too_few
from fulcrum.evidence.methods.sample import sample_of_outcome
from fulcrum.evidence.methods.trend import Drift, drift_of

A_YEAR = Unit(kind="share", per="year")


@value
class Leaving:
    """The share of the worse side that leaves within a year, with its replicates."""

    a_year: Estimate
    replicates: Replicates


@value
class Drifting:
    """The drift of the share worse off, with its replicates."""

    drift: Drift
    replicates: Replicates


def leaving_of(
    cells: Cells, rules: EvidenceRules, *, is_loss: bool, months: int, trace: str
) -> Leaving | None:
    """The yearly share who leave; None below 20 customers. `cells` of the worse side by bucket.

    a year = 1 - (1 - share in the window)^(12 / months): the same hazard all year long. `is_loss` says
    whether an outcome of 1 means that they left. The interval is Wilson's, carried through.
    """
    if too_few(int(cells.n.sum()), rules, what="customers"):
        return None

    def a_year(stated: float) -> float:
        left = stated if is_loss else 1 - stated
        return float(1 - (1 - min(1.0, max(0.0, left))) ** (12 / months))

    sample = sample_of_outcome(grid(cells))
    confidence = rules.confidence.value
    held = sample.share_in(confidence)
    ends = sorted((a_year(held.low), a_year(held.high)))
    made = Estimate(
        value=a_year(sample.mean),
        interval=Interval(low=ends[0], high=ends[1], confidence=confidence),
        unit=A_YEAR,
        n=sample.n,
        grade=Grade.RAW,
        method="share who left within the window, as a share a year; Wilson's interval",
        trace=trace,
    )
    return Leaving(
        a_year=made, replicates={key: a_year(mean) for key, mean in mean_without_each(cells).items()}
    )


def drifting_of(cells: Cells, bands: Bands, rules: EvidenceRules) -> Drifting | None:
    """The drift of the low band, whole and with each bucket left out. `cells` by month, score and bucket."""
    drift = drift_of(cells.by_only("month", "score"), bands, rules)
    return None if drift is None else Drifting(drift=drift, replicates=_without_each(cells, bands, rules))


def _without_each(cells: Cells, bands: Bands, rules: EvidenceRules) -> dict[Key, float]:
    """The same straight line as `drift_of`, through all buckets but one at a time."""
    given = cells.where("score", lambda score: score is not None)
    given = given.where("month", lambda month: month is not None)
    everyone = grid(given, "month")
    low = grid(given.rekeyed("score", lambda score: str(bands.of(score) == bands.low)), "month", "score")
    buckets = given.values("bucket")
    lows = np.zeros_like(everyone.w)
    for row, (month,) in enumerate(everyone.groups):
        if (month, "True") in low.groups:
            lows[row] = low.w[low.groups.index((month, "True"))]
    kept = everyone.n.sum(axis=1) >= rules.counts_only_below.value
    x = np.array([_number(month) for (month,), is_kept in zip(everyone.groups, kept, strict=True) if is_kept])
    whole, part = everyone.w[kept], lows[kept]
    share = (part.sum(axis=1, keepdims=True) - part) / (whole.sum(axis=1, keepdims=True) - whole)
    slope, end = np.polyfit(x - x[-1], share, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        a_year = 12 * slope / end
    return {bucket: float(drift) for bucket, drift in zip(buckets, a_year, strict=True)}


def _number(month: Key) -> int:
    return int(month or 0) // 100 * 12 + int(month or 0) % 100
