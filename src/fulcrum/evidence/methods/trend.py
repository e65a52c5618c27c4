"""Score and bands over the months: a change is named only on a signal."""

from functools import partial
from math import sqrt
from operator import eq

import numpy as np

from fulcrum.core.findings import Trend
from fulcrum.core.playbook import EvidenceRules
from fulcrum.core.quantities import Unit, score_unit
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats
from fulcrum.evidence.methods.bands import Bands

FEWEST_POINTS = 8  # below this, natural limits are themselves too doubtful to draw
RUN = 8  # so many points in a row on one side of the centre are a signal
FEWEST_MONTHS_OF_DRIFT = 12  # less than a year cannot tell a drift from a season
MOVING_RANGE = 3 / 1.128  # three standard deviations, from the mean moving range of pairs


@value
class Drift:
    """By how much the share of the low band grows a year, as a share of itself, with its standard error."""

    a_year: float
    error: float
    months: int


def score_trend(cells: Cells, bands: Bands, rules: EvidenceRules, *, touchpoint: str = "") -> Trend | None:
    """Mean score per month, with natural limits and signals. `cells` by month (yyyymm) and score.

    Months with fewer than 20 answers are left out. None without a single month.
    """
    months = _monthly(cells, rules)
    if not months:
        return None
    values = tuple(float(part.wy.sum() / part.w.sum()) for _, part in months)
    at = tuple(_iso(month) for month, _ in months)
    key, title = ("score", "Score per month")
    if touchpoint:
        key, title = f"score.touchpoint.{touchpoint}", f"Score of {touchpoint} per month"
    return natural_limits(key, title, at, values, unit=score_unit(*bands.scale))


def natural_limits(
    key: str, title: str, at: tuple[str, ...], values: tuple[float, ...], *, unit: Unit | None = None
) -> Trend:
    """An individuals chart (XmR): centre = mean, limits = centre ± 3/1.128 x mean moving range.

    NIST handbook 6.3.2.2. Signals: a point outside the limits, or the eighth and later of a run on one side
    of the centre. Without limits (fewer than 8 points) nothing is a signal.
    """
    if len(values) < FEWEST_POINTS:
        return Trend(key=key, title=title, at=at, values=values, unit=unit)
    series = np.array(values)
    centre = float(series.mean())
    reach = MOVING_RANGE * float(np.abs(np.diff(series)).mean())
    return Trend(
        key=key,
        title=title,
        at=at,
        values=values,
        unit=unit,
        centre=centre,
        low=centre - reach,
        high=centre + reach,
        signals=_signals(series, centre, reach),
    )


def drift_of(cells: Cells, bands: Bands, rules: EvidenceRules) -> Drift | None:
    """How the share of the low band drifts, by a straight line through the months; None below 12 months.

    `cells` by month and score. The share of itself is of the line's end, which is where the case begins.
    """
    months = _monthly(cells, rules)
    if len(months) < FEWEST_MONTHS_OF_DRIFT:
        return None
    place = {month: _number(month) for month, _ in months}
    x = np.array([place[month] for month, _ in months], dtype=np.float64)
    y = np.array([_low_share(part, bands) for _, part in months])
    x = x - x[-1]
    slope, end = np.polyfit(x, y, 1)
    if end <= 0:
        return None
    rest = y - (slope * x + end)
    error = sqrt(float((rest**2).sum()) / (len(x) - 2) / float(((x - x.mean()) ** 2).sum()))
    return Drift(a_year=12 * float(slope / end), error=12 * error / float(end), months=len(months))


def _monthly(cells: Cells, rules: EvidenceRules) -> list[tuple[int, Cells]]:
    given = cells.where("score", lambda score: score is not None).where(
        "month", lambda month: month is not None
    )
    parts = [(int(month or 0), given.where("month", partial(eq, month))) for month in given.values("month")]
    return [(month, part) for month, part in parts if part.n.sum() >= rules.counts_only_below.value]


def _low_share(part: Cells, bands: Bands) -> float:
    low = part.where("score", lambda score: bands.of(score) == bands.low)
    return float(low.w.sum() / part.w.sum())


def _signals(series: Floats, centre: float, reach: float) -> tuple[int, ...]:
    found, run, side = [], 0, 0.0
    for place, value_ in enumerate(series):
        now = float(np.sign(value_ - centre))
        run = run + 1 if now == side and now != 0 else 1
        side = now
        if abs(value_ - centre) > reach or run >= RUN:
            found.append(place)
    return tuple(found)


def _number(month: int) -> int:
    return month // 100 * 12 + month % 100


def _iso(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"
