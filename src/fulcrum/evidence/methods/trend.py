"""Score and low band over the months: a change is named only on a signal."""

from collections.abc import Mapping
from functools import partial
from math import sqrt
from operator import eq

import numpy as np
from scipy import stats

from fulcrum.core.findings import Trend, TrendSignal
from fulcrum.core.quantities import SHARE, Unit, score_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.charts import Chart, laney_chart, p_chart, xmr_chart
from fulcrum.evidence.methods.intervals import normal_critical, t_critical
from fulcrum.evidence.methods.signals import Segment, Setting

FEWEST_MONTHS_OF_DRIFT = 12  # less than a year cannot tell a drift from a season
OVERDISPERSED_BELOW = 0.05  # chance of such differences between months, were each month a draw from one share
ONE_WAY: Mapping[int, Setting] = {}


@value
class Drift:
    """By how much the share of the low band grows a year, as a share of itself, with its standard error.

    The error is widened by t over normal at 95 %, for it is estimated from a few months: whoever draws it as
    normal, or takes 1.96 of it, has an interval that holds.
    """

    a_year: float
    error: float
    months: int


def score_trends(
    cells: Cells,
    bands: Bands,
    rules: EvidenceRules,
    *,
    touchpoint: str = "",
    settings: Mapping[int, Setting] = ONE_WAY,
    trace: str = "",
) -> tuple[Trend, ...]:
    """Mean score per month as individual values (XmR), one series for each way of measuring, latest first.

    `cells` by month (yyyymm) and score; `settings` by month say how it was measured. Months with fewer than
    20 answers are left out.
    """
    months = _monthly(cells, rules)
    chart = xmr_chart(
        [float(part.wy.sum() / part.w.sum()) for _, part in months], settings=_settings(months, settings)
    )
    key, title = ("score", "Score per month")
    if touchpoint:
        key, title = f"score.touchpoint.{touchpoint}", f"Score of {touchpoint} per month"
    at = tuple(_iso(month) for month, _ in months)
    return _series(chart, key, title, at, score_unit(*bands.scale), trace)


def low_share_trends(
    cells: Cells,
    bands: Bands,
    rules: EvidenceRules,
    *,
    settings: Mapping[int, Setting] = ONE_WAY,
    trace: str = "",
) -> tuple[Trend, ...]:
    """The share of answers in the low band per month, with limits for shares; latest series first.

    A p chart where months differ no more than chance would have it, Laney's p' where they do (chi-square of
    the points around the centre); weighted answers have no counts and are charted as individual values.
    """
    months = _monthly(cells, rules)
    shares = [_low_share(part, bands) for _, part in months]
    made = _settings(months, settings)
    n = [int(part.n.sum()) for _, part in months]
    if any(not np.allclose(part.w, part.n) for _, part in months):
        chart = xmr_chart(shares, settings=made)
    else:
        events = [round(share * cases) for share, cases in zip(shares, n, strict=True)]
        chart = p_chart(events, n, settings=made)
        if _is_overdispersed(chart):
            chart = laney_chart(events, n, settings=made)
    title = f"Share of scores {bands.low} per month"
    at = tuple(_iso(month) for month, _ in months)
    return _series(chart, "low_share", title, at, SHARE, trace)


def value_trends(
    values: Mapping[int, float],
    *,
    key: str,
    title: str,
    unit: Unit,
    settings: Mapping[int, Setting] = ONE_WAY,
    trace: str = "",
) -> tuple[Trend, ...]:
    """Any value per month (yyyymm) as individual values (XmR), one series for each way of measuring."""
    months = sorted(values)
    chart = xmr_chart(
        [values[month] for month in months], settings=[settings.get(month, Setting()) for month in months]
    )
    return _series(chart, key, title, tuple(map(_iso, months)), unit, trace)


def drift_of(cells: Cells, bands: Bands, rules: EvidenceRules) -> Drift | None:
    """How the share of the low band drifts, by a straight line through the months; None below 12 months.

    `cells` by month and score. The share of itself is of the line's end, which is where the case begins.
    Error of 12 x slope / end to first order, with the variances of both and their covariance (least squares).
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
    variance = float((rest**2).sum()) / (len(x) - 2)
    spread, middle, ratio = float(((x - x.mean()) ** 2).sum()), float(x.mean()), float(slope / end)
    of_end = ratio**2 * (1 / len(x) + middle**2 / spread) + 2 * ratio * middle / spread
    relative = variance * (1 / spread + of_end)
    wider = t_critical(0.95, len(x) - 2) / normal_critical(0.95)
    error = 12 * sqrt(max(0.0, relative)) / float(end) * wider
    return Drift(a_year=12 * ratio, error=error, months=len(months))


def _series(
    chart: Chart, key: str, title: str, at: tuple[str, ...], unit: Unit, trace: str
) -> tuple[Trend, ...]:
    """One Trend for each segment of the chart, the latest first and under the plain key."""
    found = []
    last = len(chart.segments) - 1
    for place, segment in reversed(list(enumerate(chart.segments))):
        since = f", since {at[segment.start]}" if segment.start else ""
        until = f", until {at[segment.stop - 1]}" if place < last else ""
        found.append(
            _trend(
                chart,
                segment,
                key=key if place == last else f"{key}.until.{at[segment.stop - 1]}",
                title=title + since + until,
                at=at,
                unit=unit,
                trace=trace,
            )
        )
    return tuple(found)


def _trend(
    chart: Chart, segment: Segment, *, key: str, title: str, at: tuple[str, ...], unit: Unit, trace: str
) -> Trend:
    points = slice(segment.start, segment.stop)
    named = tuple(
        TrendSignal(index=signal.index - segment.start, side=signal.side, rule=signal.rule.value)
        for signal in chart.signals
        if segment.start <= signal.index < segment.stop
    )
    return Trend(
        key=key,
        title=title,
        at=at[points],
        values=chart.values[points],
        unit=unit,
        centre=segment.centre,
        low=None if segment.centre is None else float(np.mean(segment.low)),
        high=None if segment.centre is None else float(np.mean(segment.high)),
        signals=tuple(dict.fromkeys(signal.index for signal in named)),
        chart=chart.kind,
        lows=segment.low,
        highs=segment.high,
        named=named,
        broken_by=segment.broken_by,
        refusal=segment.refusal,
        trace=trace,
    )


def _is_overdispersed(chart: Chart) -> bool:
    """Whether the shares differ between points by more than chance, all segments together."""
    square, freedom = 0.0, 0
    for segment in chart.segments:
        if segment.centre is not None:
            apart = np.array(chart.values[segment.start : segment.stop]) - segment.centre
            square += float(((apart / np.array(segment.deviation)) ** 2).sum())
            freedom += len(apart) - 1
    return freedom > 0 and float(stats.chi2.sf(square, freedom)) < OVERDISPERSED_BELOW


def _settings(months: list[tuple[int, Cells]], settings: Mapping[int, Setting]) -> list[Setting]:
    return [settings.get(month, Setting()) for month, _ in months]


def _monthly(cells: Cells, rules: EvidenceRules) -> list[tuple[int, Cells]]:
    given = cells.where("score", lambda score: score is not None).where(
        "month", lambda month: month is not None
    )
    parts = [(int(month or 0), given.where("month", partial(eq, month))) for month in given.values("month")]
    return [(month, part) for month, part in parts if part.n.sum() >= rules.counts_only_below.value]


def _low_share(part: Cells, bands: Bands) -> float:
    low = part.where("score", lambda score: bands.of(score) == bands.low)
    return float(low.w.sum() / part.w.sum())


def _number(month: int) -> int:
    return month // 100 * 12 + month % 100


def _iso(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"
