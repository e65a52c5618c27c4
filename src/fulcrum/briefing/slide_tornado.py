"""The tornado as slide pieces: bars, ends and balance point as shapes that can be edited."""

from fulcrum.briefing.axes import Axis, ticks
from fulcrum.briefing.draw_tornado import reach_of
from fulcrum.briefing.slide_shapes import Group, Mark, Piece, Rule, Run, Side, Text, height_of
from fulcrum.core.shown import Tornado, TornadoRow
from fulcrum.core.wording import tick

_SIZE, _BAR, _TOP, _END = 17.0, 22.0, 62.0, 110.0
_Shape = Text | Rule | Mark


def tornado_piece(drawing: Tornado, width: float) -> Piece:
    """One row for each input, the upside at its worse end to the left and at its better end to the right."""
    left, right = 300.0 + _END, width - _END
    low, high = reach_of(drawing)
    axis = Axis(low=low, high=high, left=left, right=right)
    talls = [max(_BAR, height_of(row.label, _SIZE, 290)) + 12 for row in drawing.rows]
    bottom = _TOP + sum(talls)
    shapes = _scale(drawing, axis, bottom, width)
    y = _TOP
    for row, tall in zip(drawing.rows, talls, strict=True):
        shapes += _row(row, axis.at(drawing.middle), axis, y, tall)
        y += tall
    zero, middle = axis.at(0), axis.at(drawing.middle)
    shapes += [
        Rule(x=zero, y=28, to_x=zero, to_y=bottom, ink="ink", weight=1.5, is_dashed=True),
        Rule(x=middle, y=_TOP - 6, to_x=middle, to_y=bottom + 2, ink="ink", weight=1.5),
        Mark(kind="triangle", x=middle, y=bottom + 9, width=16, height=13),
        _said(drawing.break_label, zero - 100, 0, 200, "center"),
        _said(
            drawing.middle_said,
            min(max(middle - 200, 0), width - 400),
            bottom + 20,
            400,
            "center",
            is_bold=True,
        ),
    ]
    return Piece(height=bottom + 60, shapes=(Group(shapes=tuple(shapes), summary=drawing.summary),))


def _scale(drawing: Tornado, axis: Axis, bottom: float, width: float) -> list[_Shape]:
    marks = ticks(axis.low, axis.high, 6)
    largest = max(map(abs, marks.at))
    shapes: list[_Shape] = []
    for at in marks.at:
        said = tick(at, marks.step, largest, drawing.unit, signed=True)
        shapes.append(Rule(x=axis.at(at), y=_TOP - 8, to_x=axis.at(at), to_y=bottom))
        shapes.append(_said(said, min(axis.at(at) - 60, width - 120), 28, 120, "center"))
    return shapes


def _row(row: TornadoRow, middle: float, axis: Axis, y: float, tall: float) -> list[_Shape]:
    ends = sorted((row.at_low, row.at_high))
    left, right = axis.at(ends[0]), axis.at(ends[1])
    label, bar = height_of(row.label, _SIZE, 290), y + (tall - _BAR) / 2
    words = y + (tall - 26) / 2
    return [
        _said(row.label, 0, y + (tall - label) / 2, 290, "left"),
        Mark(kind="bar", x=left, y=bar, width=max(middle - left, 0.5), height=_BAR, ink="loss-mid"),
        Mark(kind="bar", x=middle, y=bar, width=max(right - middle, 0.5), height=_BAR, ink="gain-mid"),
        _said(row.worse, left - _END - 8, words, _END, "right"),
        _said(row.better, right + 8, words, _END, "left"),
    ]


def _said(said: str, x: float, y: float, width: float, side: Side, *, is_bold: bool = False) -> Text:
    run = Run(text=said, ink="ink" if is_bold else "ink-2", is_bold=is_bold)
    return Text(x=x, y=y, width=width, height=28, paragraphs=((run,),), size=_SIZE, side=side)
