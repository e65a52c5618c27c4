"""Whether a change is a signal or the usual up and down: natural limits for values and for shares over time.

A series is broken where its question, scale or channel changes; chart channels that alternate one by one.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.signals import Segment, Setting, Signal, signals_in

FEWEST_POINTS = 8  # below this, natural limits are themselves too doubtful to draw
FEWEST_EVENTS = 5  # expected in each point, below which three deviations of a share are no limit
RANGE_TO_DEVIATION = 1.128  # mean range of two normal values, in deviations (d2 of the tables, NIST 6.3.2.2)
RANGE_LIMIT = 3.267  # upper limit of a moving range over its mean (D4 of the tables)
REACH = 3.0  # deviations from the centre to a limit


@value
class Chart:
    """A series in segments, with its signals in order."""

    kind: Literal["XmR", "p", "Laney p'"]
    values: tuple[float, ...]
    segments: tuple[Segment, ...]
    signals: tuple[Signal, ...]

    def segment_at(self, index: int) -> Segment:
        """The segment of one point."""
        return next(segment for segment in self.segments if segment.start <= index < segment.stop)

    def moving_ranges(self, segment: Segment) -> tuple[float, ...]:
        """How far each point of the segment after its first is from the one before."""
        return tuple(np.abs(np.diff(self.values[segment.start : segment.stop])).tolist())

    def range_limit(self, segment: Segment) -> float | None:
        """The upper limit of the segment's moving ranges, as XmR charts draw it; no rule rests on it."""
        if segment.refusal is not None or self.kind != "XmR":
            return None
        return RANGE_LIMIT * RANGE_TO_DEVIATION * segment.deviation[0]


def xmr_chart(
    values: Sequence[float], *, settings: Sequence[Setting] = (), baseline: int | None = None
) -> Chart:
    """Natural limits for single values, such as a monthly mean: mean ± 3 x mean moving range / 1.128.

    The first `baseline` points of each segment set its limits; all points if not given. Assumes points in
    order of time, roughly normal and not each an echo of the last. A segment has no limits below 8 points or
    where nothing varies. (Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.2.2.)
    """

    def limits(points: Floats, chosen: slice) -> tuple[float, Floats, float] | Unknown:
        centre = float(points[chosen].mean())
        deviation = float(np.abs(np.diff(points[chosen])).mean()) / RANGE_TO_DEVIATION
        return (centre, np.full(len(points), deviation), 1.0) if deviation > 0 else _FLAT

    numbers = np.asarray(values, dtype=np.float64)
    return _chart("XmR", numbers, settings, baseline, lambda part, chosen: limits(numbers[part], chosen))


def p_chart(
    events: Sequence[int], n: Sequence[int], *, settings: Sequence[Setting] = (), baseline: int | None = None
) -> Chart:
    """Limits for shares of independent cases, such as the share that left each month.

    centre ± 3 sqrt(centre (1 - centre) / n of the point), centre = all events / all cases, within 0 and 1.
    With thousands of cases in a point its limits become narrower than any process holds: use
    `laney_chart`. A segment has no limits below 8 points, or where a point expects fewer than 5 events or
    non-events. (NIST/SEMATECH e-Handbook 6.3.3.2.)
    """
    return _share_chart("p", events, n, settings, baseline)


def laney_chart(
    events: Sequence[int], n: Sequence[int], *, settings: Sequence[Setting] = (), baseline: int | None = None
) -> Chart:
    """Limits for shares that differ between points by more than chance, as shares of large groups do.

    The p chart's deviation times sigma z, where sigma z = mean moving range of z / 1.128 and
    z = (share - centre) / the p chart's deviation (Laney 2002, Quality Engineering 14).
    Refuses as the p chart does.
    """
    return _share_chart("Laney p'", events, n, settings, baseline)


_FLAT = Unknown(reason="The points of the baseline do not differ.", needs="Points that vary.")


def _share_chart(
    kind: Literal["p", "Laney p'"],
    events: Sequence[int],
    n: Sequence[int],
    settings: Sequence[Setting],
    baseline: int | None,
) -> Chart:
    cases = np.asarray(n, dtype=np.float64)
    shares = np.asarray(events, dtype=np.float64) / cases

    def limits(part: slice, chosen: slice) -> tuple[float, Floats, float] | Unknown:
        size, share = cases[part], shares[part]
        centre = float((share * size)[chosen].sum() / size[chosen].sum())
        if min(centre, 1 - centre) * size.min() < FEWEST_EVENTS:
            return _too_few_events(centre)
        deviation: Floats = np.sqrt(centre * (1 - centre) / size)
        if kind == "p":
            return centre, deviation, 1.0
        apart = ((share - centre) / deviation)[chosen]
        spread = float(np.abs(np.diff(apart)).mean()) / RANGE_TO_DEVIATION
        return (centre, deviation * spread, spread) if spread > 0 else _FLAT

    return _chart(kind, shares, settings, baseline, limits, floor=0.0, ceiling=1.0)


def _too_few_events(centre: float) -> Unknown:
    rarer = min(centre, 1 - centre)
    if rarer == 0:
        return Unknown(
            reason="Every point of the baseline has the same outcome.", needs="Outcomes that differ."
        )
    return Unknown(
        reason=f"A point expects fewer than {FEWEST_EVENTS} events, or non-events.",
        needs=f"At least {int(np.ceil(FEWEST_EVENTS / rarer)):,} cases in each point: longer periods.",
    )


def _chart(
    kind: Literal["XmR", "p", "Laney p'"],
    values: Floats,
    settings: Sequence[Setting],
    baseline: int | None,
    limits: Callable[[slice, slice], tuple[float, Floats, float] | Unknown],
    *,
    floor: float = -np.inf,
    ceiling: float = np.inf,
) -> Chart:
    if settings and len(settings) != len(values):
        raise ValueError(f"{len(settings)} settings for {len(values)} points")
    if not np.isfinite(values).all():
        raise ValueError("a chart holds finite values only")
    segments = tuple(
        _segment(start, stop, broken_by, baseline, limits, floor, ceiling)
        for start, stop, broken_by in _stretches(len(values), settings)
    )
    return Chart(
        kind=kind,
        values=tuple(values.tolist()),
        segments=segments,
        signals=tuple(signal for segment in segments for signal in signals_in(values, segment)),
    )


def _stretches(points: int, settings: Sequence[Setting]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where segments start and stop, and what changed before each."""
    breaks = [at for at in range(1, points) if settings and settings[at] != settings[at - 1]]
    starts, stops = [0, *breaks], [*breaks, points]
    return [
        (start, stop, settings[start - 1].changes_to(settings[start]) if start else ())
        for start, stop in zip(starts, stops, strict=True)
        if start < stop
    ]


def _segment(
    start: int,
    stop: int,
    broken_by: tuple[str, ...],
    baseline: int | None,
    limits: Callable[[slice, slice], tuple[float, Floats, float] | Unknown],
    floor: float,
    ceiling: float,
) -> Segment:
    used = min(stop - start, baseline if baseline is not None else stop - start)
    found = limits(slice(start, stop), slice(0, used)) if used >= FEWEST_POINTS else _too_short(used)
    if isinstance(found, Unknown):
        return Segment(
            start=start,
            stop=stop,
            centre=None,
            deviation=(),
            low=(),
            high=(),
            spread=1.0,
            broken_by=broken_by,
            refusal=found,
        )
    centre, deviation, spread = found
    return Segment(
        start=start,
        stop=stop,
        centre=centre,
        deviation=tuple(deviation.tolist()),
        low=tuple(np.maximum(floor, centre - REACH * deviation).tolist()),
        high=tuple(np.minimum(ceiling, centre + REACH * deviation).tolist()),
        spread=spread,
        broken_by=broken_by,
        refusal=None,
    )


def _too_short(used: int) -> Unknown:
    return Unknown(
        reason=f"{used} points of one series: too few for natural limits.",
        needs=f"{FEWEST_POINTS - used} more points measured the same way.",
    )
