"""Drawings of a brief as slide pieces: native charts for what can be edited, plain shapes for the rest."""

from math import ceil, floor, log10

from fulcrum.briefing import drawings
from fulcrum.briefing.axes import Axis, around, height_at, reach, ticks
from fulcrum.briefing.slide_shapes import (
    Chart,
    Group,
    Ink,
    Mark,
    MarkKind,
    Piece,
    Rule,
    Run,
    Series,
    Side,
    Text,
    height_of,
)
from fulcrum.core.findings import Density
from fulcrum.core.shown import (
    CausalMass,
    GoalTrack,
    IntervalMark,
    IntervalRow,
    IntervalRows,
    Mass,
    Masses,
    Prevalence,
    TrendLine,
)
from fulcrum.core.wording import percent, tick

_STEPS = 24  # places between two ticks of a native chart
_OVER, _LABELS = 118.0, 50.0  # room over a plot for its labels, and under it for its ticks
_HIGHEST = 100.0  # heights are drawn to this, for a height is no figure


def masses_piece(drawing: Masses, width: float, height: float) -> Piece:
    """Waiting and acting as a native area chart, with labels, balance points and break-even laid over it."""
    low, high = reach(drawing.masses)
    marks = ticks(low, high)
    fine = marks.step / _STEPS
    at = [fine * k for k in range(floor(low / fine), ceil(high / fine) + 1)]
    axis = Axis(low=at[0], high=at[-1], left=0, right=width)
    beam, largest = height - _LABELS, max(abs(at[0]), abs(at[-1]))
    highest = max(max(mass.density.height) for mass in drawing.masses)
    chart = Chart(
        kind="area",
        x=0,
        y=_OVER,
        width=width,
        height=beam - _OVER,
        places=tuple(
            tick(x, 10.0 ** floor(log10(marks.step / 8)), largest, drawing.unit, signed=True) for x in at
        ),
        series=tuple(one for mass in drawing.masses for one in _mass_series(mass, at, highest)),
        floor=0,
        ceiling=_HIGHEST,
        summary=drawing.summary,
    )
    zero = axis.at(0)
    shapes: list[Chart | Rule | Mark | Text] = [
        chart,
        Rule(x=0, y=beam, to_x=width, to_y=beam, ink="ink", weight=1.5),
        Rule(x=zero, y=28, to_x=zero, to_y=beam + 8, ink="ink", weight=1.5, is_dashed=True),
        _label(drawing.break_label, zero, 0, 300, "center", width),
    ]
    for round_sum in marks.at:
        said = tick(round_sum, marks.step, largest, drawing.unit, signed=True)
        x = axis.at(round_sum)
        shapes.append(Rule(x=x, y=beam, to_x=x, to_y=beam + 6, ink="ink", weight=1.25))
        shapes.append(_label(said, x, beam + 20, 120, "center", width))
    for mass in drawing.masses:
        shapes.append(Mark(kind="triangle", x=axis.held(mass.at), y=beam + 8, width=16, height=13))
        shapes.append(_mass_label(mass, axis, width))
    return Piece(height=height + 8, shapes=tuple(shapes))


def causal_piece(drawing: CausalMass, width: float) -> Piece:
    """The assumed causal share as a native area chart, with the break-even."""
    beam, at = 250.0, [k / 100 for k in range(101)]
    heights = _heights(drawing.density, at, max(drawing.density.height))
    held = drawing.break_even if drawing.break_even is not None else 1.0
    chart = Chart(
        kind="area",
        x=0,
        y=70,
        width=width,
        height=beam - 70,
        places=tuple(percent(x) for x in at),
        series=(
            Series(name="does not break even", values=_only(heights, at, 0, held), colour=drawings.GAIN_PALE),
            Series(name="breaks even", values=_only(heights, at, held, 1), colour=drawings.GAIN_MID),
        ),
        floor=0,
        ceiling=_HIGHEST,
        summary=drawing.summary,
    )
    axis = Axis(low=0, high=1, left=0, right=width)
    shapes: list[Chart | Rule | Mark | Text] = [
        chart,
        Rule(x=0, y=beam, to_x=width, to_y=beam, ink="ink", weight=1.5),
    ]
    if 0 <= held <= 1:
        x = axis.at(held)
        shapes.append(Rule(x=x, y=30, to_x=x, to_y=beam + 8, ink="ink", weight=1.5, is_dashed=True))
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        shapes.append(_label(percent(share), axis.at(share), beam + 20, 80, "center", width))
    shapes.append(Mark(kind="triangle", x=axis.at(drawing.middle), y=beam + 8, width=16, height=13))
    shapes.append(_label(drawing.break_label, axis.held(held), 2, 260, "center", width, is_bold=True))
    shapes.append(_label(drawing.label, width, 34, 200, "right", width))
    return Piece(height=310, shapes=tuple(shapes))


def trend_chart(drawing: TrendLine, width: float, height: float) -> Chart:
    """A trend as a native line chart, with its natural limits as thin lines."""
    limits = [x for x in (drawing.low, drawing.high) if x is not None]
    low, high = around([*drawing.values, *limits], 0.1)
    count = len(drawing.values)
    flat = [("upper natural limit", drawing.high), ("lower natural limit", drawing.low)]
    return Chart(
        kind="line",
        x=0,
        y=0,
        width=width,
        height=height,
        places=drawing.at,
        series=(
            Series(name="value", values=drawing.values, colour=drawings.INK),
            *(
                Series(name=name, values=(at,) * count, colour=drawings.LINE_STRONG)
                for name, at in flat
                if at is not None
            ),
        ),
        floor=low,
        ceiling=high,
        summary=drawing.summary,
        marked=drawing.signals,
    )


def prevalence_group(drawing: Prevalence, width: float) -> tuple[Group, float]:
    """A hundred circles in rows of twenty, and how high they are."""
    step = width / 20
    marks = tuple(
        Mark(
            kind="disc" if k < drawing.filled else "ring",
            x=step * (k % 20) + step / 2,
            y=step * (k // 20) + step / 2,
            width=step * 0.7,
            height=step * 0.7,
            ink="ink" if k < drawing.filled else "line-strong",
        )
        for k in range(100)
    )
    return Group(shapes=marks, summary=drawing.summary), step * 5


def goal_piece(drawing: GoalTrack, width: float) -> Piece:
    """The goal's track."""
    points = [drawing.baseline, drawing.target, *([drawing.now] if drawing.now else [])]
    sign = -1 if drawing.target.at < drawing.baseline.at else 1
    low, high = around([sign * point.at for point in points], 0.0)
    axis = Axis(low=low, high=high, left=12, right=width - 12)
    y = 74.0
    ends = axis.at(sign * drawing.baseline.at), axis.at(sign * drawing.target.at)
    shapes: list[Text | Rule | Mark] = [
        Rule(x=ends[0], y=y, to_x=ends[1], to_y=y, ink="ink-3", weight=1.5, is_dashed=True),
        Mark(kind="ring", x=ends[0], y=y, width=12, height=12, ink="ink"),
        Mark(kind="diamond", x=ends[1], y=y, width=16, height=16),
        _label(drawing.baseline.said, 0, 36, 200, "left", width),
        _label(drawing.baseline.when, 0, 86, 200, "left", width),
        _label(drawing.target.said, width, 36, 200, "right", width, is_bold=True),
        _label(drawing.target.when, width, 86, 240, "right", width),
    ]
    if drawing.now is not None:
        x = axis.at(sign * drawing.now.at)
        shapes.append(Mark(kind="disc", x=x, y=y, width=14, height=14))
        shapes.append(_label(f"{drawing.now.said} now", x, 8, 200, "center", width, is_bold=True))
    return Piece(height=120, shapes=(Group(shapes=tuple(shapes), summary=drawing.summary),))


def rows_piece(drawing: IntervalRows, width: float) -> Piece:
    """Intervals as lines and estimates as dots, one row each."""
    left, right = 300.0, width - 300
    axis = _rows_axis(drawing, left, right)
    shapes: list[Text | Rule | Mark] = []
    y = 34.0 if drawing.unit is not None else 6.0
    talls = [_row_height(row, left) for row in drawing.rows]
    bottom = y + sum(talls)
    if drawing.unit is not None:
        marks = ticks(axis.low, axis.high)
        for at in marks.at:
            said = tick(at, marks.step, max(map(abs, marks.at)), drawing.unit)
            shapes.append(Rule(x=axis.at(at), y=28, to_x=axis.at(at), to_y=bottom))
            shapes.append(_label(said, axis.at(at), 0, 110, "center", width))
    else:
        shapes.append(Rule(x=axis.at(0), y=2, to_x=axis.at(0), to_y=bottom, ink="ink", weight=1.25))
    for row, tall in zip(drawing.rows, talls, strict=True):
        label = height_of(row.label, 17, left - 16)
        shapes.append(_label(row.label, 0, y + (tall - label) / 2, left - 16, "left", width))
        if row.refused is not None:
            frame = Mark(kind="frame", x=left, y=y + 12, width=right - left, height=12, ink="line-strong")
            word = (Run(text=row.refused.word, is_italic=True),)
            shapes += [frame, _words(word, width, y + 5, 280, "right")]
        scale = _largest(drawing, row.marks)
        for k, mark in enumerate(row.marks):
            ends, at = mark.figure.estimate.interval, y + 19 + 26 * k
            ink: Ink = "ink-3" if mark.is_crude else "gain"
            shapes.append(
                Rule(
                    x=axis.at(ends.low / scale),
                    y=at,
                    to_x=axis.at(ends.high / scale),
                    to_y=at,
                    ink=ink,
                    weight=3,
                )
            )
            kind: MarkKind = "ring" if mark.is_crude else "disc"
            x = axis.at(mark.figure.estimate.value / scale)
            shapes.append(Mark(kind=kind, x=x, y=at, width=13, height=13, ink=ink))
            said = mark.figure.said + (
                (" crude" if mark.is_crude else " adjusted") if len(row.marks) > 1 else ""
            )
            shapes.append(_label(said, width, at - 14, 280, "right", width, is_bold=not mark.is_crude))
        y += tall
    return Piece(height=bottom + 6, shapes=(Group(shapes=tuple(shapes), summary=drawing.summary),))


def _row_height(row: IntervalRow, left: float) -> float:
    return max(26.0 * max(len(row.marks), 1), height_of(row.label, 17, left - 16)) + 12


def _mass_series(mass: Mass, at: list[float], highest: float) -> tuple[Series, ...]:
    heights = _heights(mass.density, at, highest)
    pale, mid = (
        (drawings.LOSS_PALE, drawings.LOSS_MID) if mass.is_loss else (drawings.GAIN_PALE, drawings.GAIN_MID)
    )
    # Below, inside and above meet in one place each, so that no order of painting leaves a gap or hides one.
    return (
        Series(name=f"{mass.label}: below", values=_only(heights, at, at[0], mass.low), colour=pale),
        Series(
            name=f"{mass.label}: {mass.figure.confidence}",
            values=_only(heights, at, mass.low, mass.high),
            colour=mid,
        ),
        Series(name=f"{mass.label}: above", values=_only(heights, at, mass.high, at[-1]), colour=pale),
    )


def _mass_label(mass: Mass, axis: Axis, width: float) -> Text:
    head = ((Run(text=mass.label, ink="loss" if mass.is_loss else "gain", is_bold=True),),)
    said = tuple((Run(text=text, ink="ink-2"),) for text in mass.lines)
    x, side = _beside_zero(mass.is_loss, axis, width)
    return Text(x=x, y=28, width=330, height=76, paragraphs=head + said, size=18, side=side)


def _heights(density: Density, at: list[float], highest: float) -> tuple[float, ...]:
    return tuple(round(height_at(density, x) / highest * _HIGHEST, 1) for x in at)


def _only(heights: tuple[float, ...], at: list[float], low: float, high: float) -> tuple[float, ...]:
    """The heights from the place nearest to `low` to the one nearest to `high`; nothing elsewhere."""
    step = at[1] - at[0]
    return tuple(
        h if low - step / 2 <= x <= high + step / 2 else 0.0 for h, x in zip(heights, at, strict=True)
    )


def _beside_zero(is_loss: bool, axis: Axis, width: float) -> tuple[float, Side]:
    """Left of the break-even for what is lost, right of it for what is won, where there is room."""
    zero = axis.at(0)
    if is_loss:
        return (zero - 330 - 24, "right") if zero > 354 else (0.0, "left")
    return (zero + 24, "left") if width - zero > 354 else (width - 330, "right")


def _rows_axis(drawing: IntervalRows, left: float, right: float) -> Axis:
    ends = [0.0] if drawing.unit is None else []
    for row in drawing.rows:
        scale = _largest(drawing, row.marks)
        ends += [
            x / scale
            for m in row.marks
            for x in (m.figure.estimate.interval.low, m.figure.estimate.interval.high)
        ]
    low, high = around(ends)
    return Axis(low=low, high=high, left=left, right=right)


def _largest(drawing: IntervalRows, marks: tuple[IntervalMark, ...]) -> float:
    if drawing.unit is not None:
        return 1.0
    ends = [mark.figure.estimate.interval for mark in marks]
    return max((abs(x) for end in ends for x in (end.low, end.high)), default=1.0) or 1.0


def _label(
    said: str, x: float, y: float, width: float, side: Side, frame: float, *, is_bold: bool = False
) -> Text:
    return _words(
        (Run(text=said, ink="ink" if is_bold else "ink-2", is_bold=is_bold),), x, y, width, side, frame
    )


def _words(runs: tuple[Run, ...], x: float, y: float, width: float, side: Side, frame: float = 1136) -> Text:
    left = {"left": x, "center": min(max(x - width / 2, 0), frame - width), "right": x - width}[side]
    return Text(x=left, y=y, width=width, height=28, paragraphs=(runs,), size=17, side=side)
