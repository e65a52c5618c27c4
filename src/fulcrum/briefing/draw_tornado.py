"""The tornado: one row for each input, from the upside at its worse end to that at its better end."""

from textwrap import wrap

from fulcrum.briefing.axes import Axis, around, ticks
from fulcrum.briefing.svg import line, picture, rectangle, text, triangle
from fulcrum.core.shown import Tornado, TornadoRow
from fulcrum.core.value import value
from fulcrum.core.wording import tick

_BAR, _WORD = 16.0, 16.0
_LETTER = 6.6  # mean width of a letter of an end's label
_GAP = 6.0


@value
class _Plan:
    """Where labels and bars lie: beside one another, or the label above its bar on a phone."""

    width: float
    left: float
    right: float
    label_above: bool

    def lines(self, row: TornadoRow) -> list[str]:
        """The row's label, broken where its column ends."""
        return wrap(row.label, 52 if self.label_above else 32) or [""]

    def height(self, row: TornadoRow) -> float:
        words = _WORD * len(self.lines(row))
        return words + _BAR + 14 if self.label_above else max(words, _BAR) + 10


def reach_of(drawing: Tornado) -> tuple[float, float]:
    """The range of money that the bars and the break-even need."""
    return around(
        [0.0, drawing.middle, *(x for row in drawing.rows for x in (row.at_low, row.at_high))], 0.02
    )


def draw_tornado(drawing: Tornado, *, is_narrow: bool) -> str:
    """Less than the middle case in orange to the left, more in blue to the right; the input's ends beside."""
    plan = (
        _Plan(width=358, left=66, right=292, label_above=True)
        if is_narrow
        else _Plan(width=670, left=296, right=596, label_above=False)
    )
    low, high = reach_of(drawing)
    axis = Axis(low=low, high=high, left=plan.left, right=plan.right)
    top = 44.0
    bottom = top + sum(plan.height(row) for row in drawing.rows)
    parts = _grid(drawing, axis, top, bottom, most=4 if is_narrow else 5)
    y, labels = top, []
    for row in drawing.rows:
        parts += _row(row, drawing.middle, axis, plan, y)
        labels += _label(row, plan, y)
        y += plan.height(row)
    middle, zero = axis.at(drawing.middle), axis.at(0)
    parts.append(line([(zero, 30), (zero, bottom)], "c-break"))
    parts.append(line([(middle, top - 6), (middle, bottom + 2)], "c-beam"))
    parts.append(triangle(middle, bottom + 2.5))
    parts += labels  # over the lines, so that none strikes a word through
    parts.append(text(drawing.break_label, zero, 12, "t-ink", "middle"))
    half = len(drawing.middle_said) * _LETTER / 2
    x = min(max(middle, half), plan.width - half)
    parts.append(text(drawing.middle_said, x, bottom + 28, "t-b", "middle"))
    return picture(plan.width, bottom + 36, drawing.summary, *parts)


def _grid(drawing: Tornado, axis: Axis, top: float, bottom: float, *, most: int) -> list[str]:
    marks = ticks(axis.low, axis.high, most)
    largest = max(map(abs, marks.at))
    parts = []
    for at in marks.at:
        said = tick(at, marks.step, largest, drawing.unit, signed=True)
        parts.append(line([(axis.at(at), top - 8), (axis.at(at), bottom)], "c-grid"))
        parts.append(text(said, axis.at(at), 27, "halo", "middle"))
    return parts


def _label(row: TornadoRow, plan: _Plan, y: float) -> list[str]:
    lines = plan.lines(row)
    first = y + 12 if plan.label_above else y + (plan.height(row) - _WORD * len(lines)) / 2 + 12
    return [text(said, 0, first + _WORD * k, "halo t-ink t-13") for k, said in enumerate(lines)]


def _row(row: TornadoRow, middle: float, axis: Axis, plan: _Plan, y: float) -> list[str]:
    words = _WORD * len(plan.lines(row))
    bar = y + words + 2 if plan.label_above else y + (plan.height(row) - _BAR) / 2
    parts: list[str] = []
    ends = sorted((row.at_low, row.at_high))
    left, right, centre = axis.at(ends[0]), axis.at(ends[1]), axis.at(middle)
    parts.append(rectangle(left, bar, centre - left, _BAR, "c-loss-mid"))
    parts.append(rectangle(centre, bar, right - centre, _BAR, "c-now-mid"))
    parts.append(text(row.worse, left - _GAP, bar + 12, "halo", "end"))
    parts.append(text(row.better, right + _GAP, bar + 12, "halo"))
    return parts
