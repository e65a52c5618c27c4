"""Goals, prevalence, trends and intervals: the small drawings of the same grammar."""

from textwrap import wrap

from fulcrum.briefing.axes import Axis, around, ticks
from fulcrum.briefing.svg import circle, diamond, hatching, line, picture, rectangle, text
from fulcrum.core.quantities import Grade
from fulcrum.core.shown import GoalTrack, IntervalMark, IntervalRow, IntervalRows, Prevalence, TrendLine
from fulcrum.core.value import value
from fulcrum.core.wording import tick


def draw_goal(drawing: GoalTrack) -> str:
    """From the start by today's place to the goal."""
    points = [drawing.baseline, drawing.target] + ([drawing.now] if drawing.now else [])
    flip = drawing.target.at < drawing.baseline.at
    sign = -1 if flip else 1
    low, high = around([sign * point.at for point in points], 0.0)
    axis = Axis(low=low, high=high, left=14, right=256)
    start, goal = axis.at(sign * drawing.baseline.at), axis.at(sign * drawing.target.at)
    y = 46.0
    parts = [line([(6, y), (264, y)], "c-grid")]
    now = axis.at(sign * drawing.now.at) if drawing.now else None
    if now is not None:
        parts += [line([(start, y), (now, y)], "c-line"), line([(now, y), (goal, y)], "c-gap")]
    else:
        parts.append(line([(start, y), (goal, y)], "c-gap"))
    parts += [circle(start, y, 4, "c-ob-open"), diamond(goal, y)]
    parts += [
        text(drawing.baseline.said, max(start - 5, 6), 31),
        text(drawing.baseline.when, max(start - 5, 6), 68),
    ]
    parts.append(text(drawing.target.said, min(goal + 6, 264), 31, "t-ink", "end"))
    parts.append(text(drawing.target.when, min(goal + 6, 264), 68, "", "end"))
    if now is not None and drawing.now:
        half = len(f"{drawing.now.said} now") * 3.4
        parts.append(circle(now, y, 5.5, "c-ob"))
        parts.append(
            text(f"{drawing.now.said} now", min(max(now, half + 6), 264 - half), 13, "t-b", "middle")
        )
    return picture(270, 76, drawing.summary, *parts)


def draw_prevalence(drawing: Prevalence) -> str:
    """A hundred circles, of which as many are full as customers are like this one."""
    parts = []
    for k in range(100):
        x, y = 5.3 + 10.64 * (k % 25), 5.0 + 12.2 * (k // 25)
        is_full = k < drawing.filled
        parts.append(circle(x, y, 4 if is_full else 3.5, "c-full" if is_full else "c-unit"))
    return picture(270, 48, drawing.summary, *parts)


def draw_trend(drawing: TrendLine) -> str:
    """Points over time; the band holds what is ordinary, and a filled blue point is a signal."""
    limits = [x for x in (drawing.low, drawing.high, drawing.centre) if x is not None]
    low, high = around([*drawing.values, *limits], 0.02)
    across = Axis(low=0, high=max(len(drawing.values) - 1, 1), left=6, right=194)
    up = Axis(low=low, high=high, left=50, right=6)
    parts = []
    if drawing.low is not None and drawing.high is not None:
        top, bottom = up.at(drawing.high), up.at(drawing.low)
        parts.append(rectangle(0, top, 200, bottom - top, "c-band"))
    if drawing.centre is not None:
        parts.append(line([(0, up.at(drawing.centre)), (200, up.at(drawing.centre))], "c-dot-line"))
    points = [(across.at(k), up.at(y)) for k, y in enumerate(drawing.values)]
    if len(points) > 1:
        parts.append(line(points, "c-line"))
    parts += [circle(*points[k], 4.5, "c-pt") for k in drawing.signals]
    if len(points) - 1 not in drawing.signals:
        parts.append(circle(*points[-1], 4, "c-ob"))
    return picture(200, 56, drawing.summary, *parts)


@value
class _Plan:
    """Where the columns of a drawing of rows lie."""

    width: float
    left: float
    right: float
    label_above: bool

    def lines(self, row: IntervalRow) -> list[str]:
        """The row's label, broken where its column ends."""
        return wrap(row.label, 52 if self.label_above else 32) or [""]

    def row_height(self, row: IntervalRow) -> float:
        marks, words = 18.0 * max(len(row.marks), 1), 16.0 * len(self.lines(row))
        return marks + words + 12 if self.label_above else max(marks, words) + 12


def draw_rows(drawing: IntervalRows, *, is_narrow: bool) -> str:
    """One row for each thing compared: interval as a line, estimate as a dot, its value to the right."""
    plan = (
        _Plan(width=358, left=8, right=232, label_above=True)
        if is_narrow
        else _Plan(width=670, left=214, right=548, label_above=False)
    )
    axis = _axis(drawing, plan)
    top = 24.0 if drawing.unit else 6.0
    bottom = top + sum(plan.row_height(row) for row in drawing.rows)
    parts = (
        [] if is_narrow and drawing.unit is None else _grid(drawing, axis, bottom, most=5 if is_narrow else 7)
    )
    y = top
    for row in drawing.rows:
        parts += _row(row, drawing, axis, plan, y)
        y += plan.row_height(row)
    return picture(plan.width, bottom + 4, drawing.summary, *parts)


def _axis(drawing: IntervalRows, plan: _Plan) -> Axis:
    ends = [x for row in drawing.rows for x in _ends(row, drawing)]
    if drawing.unit is None:
        ends.append(0.0)
    if drawing.centre is not None:
        ends.append(drawing.centre)
    low, high = around(ends or [0.0, 1.0])
    return Axis(low=low, high=high, left=plan.left, right=plan.right)


def _ends(row: IntervalRow, drawing: IntervalRows) -> list[float]:
    largest = _largest(row) if drawing.unit is None else 1.0
    inside = [mark.figure.estimate for mark in row.marks]
    return [x / largest for e in inside for x in (e.interval.low, e.interval.high, e.value)]


def _largest(row: IntervalRow) -> float:
    """What one row without a common unit is scaled by, so that its longest end reaches one."""
    ends = [mark.figure.estimate.interval for mark in row.marks]
    return max((abs(x) for end in ends for x in (end.low, end.high)), default=1.0) or 1.0


def _grid(drawing: IntervalRows, axis: Axis, bottom: float, *, most: int) -> list[str]:
    if drawing.unit is None:
        return [line([(axis.at(0), 2), (axis.at(0), bottom)], "c-beam")]
    marks = ticks(axis.low, axis.high, most)
    largest = max(map(abs, marks.at))
    signed = drawing.unit.kind == "points"
    parts = [line([(axis.at(x), 20), (axis.at(x), bottom)], "c-grid") for x in marks.at]
    parts += [
        text(tick(x, marks.step, largest, drawing.unit, signed=signed), axis.at(x), 12, "", "middle")
        for x in marks.at
    ]
    if drawing.centre is not None:
        parts.append(line([(axis.at(drawing.centre), 18), (axis.at(drawing.centre), bottom)], "c-dot-line"))
    return parts


def _row(row: IntervalRow, drawing: IntervalRows, axis: Axis, plan: _Plan, y: float) -> list[str]:
    lines = plan.lines(row)
    middle = y + plan.row_height(row) / 2 + 4 - 8 * (len(lines) - 1)
    label_x, label_y = (8, y + 14) if plan.label_above else (0, middle)
    parts = [text(said, label_x, label_y + 16 * k, "t-ink t-13 halo") for k, said in enumerate(lines)]
    marks = 18.0 * max(len(row.marks), 1)
    first = y + 16 + 16 * len(lines) if plan.label_above else y + (plan.row_height(row) - marks) / 2 + 9
    if row.refused is not None:
        parts.append(hatching(plan.left, first - 4, plan.right - plan.left, 8))
        return [*parts, text(row.refused.word, plan.width, first + 4, "t-word", "end")]
    if plan.label_above and drawing.unit is None:
        parts.append(line([(axis.at(0), first - 12), (axis.at(0), first + marks - 6)], "c-beam"))
    scale = _largest(row) if drawing.unit is None else 1.0
    is_pair = len(row.marks) > 1
    for k, mark in enumerate(row.marks):
        parts += _mark(mark, axis, plan, first + 18 * k, scale, is_pair)
    return parts


def _short(mark: IntervalMark) -> str:
    """The number alone where the row's label says what its points are."""
    return mark.figure.said.partition(" points on ")[0]


def _mark(mark: IntervalMark, axis: Axis, plan: _Plan, y: float, scale: float, is_pair: bool) -> list[str]:
    estimate = mark.figure.estimate
    low, high = axis.at(estimate.interval.low / scale), axis.at(estimate.interval.high / scale)
    weak = " thin" if estimate.grade > Grade.ADJUSTED else ""
    stroke, dot = ("c-ci-grey", "c-pt-grey") if mark.is_crude else ("c-ci", "c-pt")
    kind = (" crude" if mark.is_crude else " adjusted") if is_pair else ""
    return [
        line([(low, y), (high, y)], stroke + weak),
        circle(axis.at(estimate.value / scale), y, 4.5, dot),
        text(_short(mark) + kind, plan.width, y + 4, "" if mark.is_crude else "t-b", "end"),
    ]
