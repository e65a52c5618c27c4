"""What a slide holds, as plain values in pixels of a 1280 x 720 frame; only `to_pptx` paints them."""

from dataclasses import replace
from textwrap import wrap
from typing import Literal

from fulcrum.core.value import value

Ink = Literal["ink", "ink-2", "ink-3", "gain", "loss", "gain-mid", "loss-mid", "line", "line-strong", "paper"]
Side = Literal["left", "center", "right"]

_LETTER = (
    0.52  # mean width of a letter as a part of its size; wider than the fonts are, so that nothing runs over
)
_LINE = 1.3


@value
class Run:
    """Some letters in one style."""

    text: str
    ink: Ink = "ink"
    is_bold: bool = False
    is_italic: bool = False


@value
class Text:
    """A paragraph or a few in a box; `size` in pixels."""

    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[tuple[Run, ...], ...]
    size: float
    is_serif: bool = False
    is_code: bool = False
    side: Side = "left"
    is_title: bool = False


@value
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    ink: Ink = "line"
    weight: float = 1
    is_dashed: bool = False


MarkKind = Literal["disc", "ring", "diamond", "triangle", "frame", "bar"]


@value
class Mark:
    """A small sign: disc, ring, diamond, triangle, a dashed frame, or a bar."""

    kind: MarkKind
    x: float  # of its middle, or of the corner of a frame or bar
    y: float
    width: float
    height: float
    ink: Ink = "ink"


@value
class Group:
    """Shapes that are one picture, with its text alternative."""

    shapes: "tuple[Text | Rule | Mark, ...]"
    summary: str


@value
class Cells:
    """A table: columns by width, a head, and rows; `rights` are the columns set to the right."""

    x: float
    y: float
    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    heights: tuple[float, ...]
    rights: tuple[bool, ...]
    summary: str
    run_on: tuple[int, ...] = ()  # rows whose third cell goes on to the end of the row


@value
class Series:
    """One series of a native chart; its colour is a colour of the drawings' palette."""

    name: str
    values: tuple[float | None, ...]
    colour: str


@value
class Chart:
    """A native, editable chart over named places; the plot fills its frame, labels lie beside it."""

    kind: Literal["area", "line"]
    x: float
    y: float
    width: float
    height: float
    places: tuple[str, ...]
    series: tuple[Series, ...]
    floor: float
    ceiling: float
    summary: str
    marked: tuple[int, ...] = ()  # points of the first series that are signals


Shape = Text | Rule | Mark | Group | Cells | Chart


@value
class Slide:
    """One slide: shapes in reading order, and what the speaker may need to say about its figures."""

    shapes: tuple[Shape, ...]
    notes: str


@value
class Piece:
    """Something that is placed as a whole: its height, and its shapes as if it began at y = 0."""

    height: float
    shapes: tuple[Shape, ...]
    notes: tuple[str, ...] = ()


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes at most."""
    letters = max(int(width / (size * _LETTER)), 4)
    return sum(max(len(wrap(part, letters)), 1) for part in text.split("\n"))


def height_of(text: str, size: float, width: float) -> float:
    """How high a text is at most."""
    return lines_of(text, size, width) * size * _LINE


def lowered(shape: Shape, by: float) -> Shape:
    """The same shape further down."""
    match shape:
        case Rule():
            return replace(shape, y=shape.y + by, to_y=shape.to_y + by)
        case Group():
            return replace(shape, shapes=tuple(lowered(one, by) for one in shape.shapes))  # type: ignore[misc]
        case _:
            return replace(shape, y=shape.y + by)


def moved(shape: Shape, by: float) -> Shape:
    """The same shape further to the right."""
    match shape:
        case Rule():
            return replace(shape, x=shape.x + by, to_x=shape.to_x + by)
        case Group():
            return replace(shape, shapes=tuple(moved(one, by) for one in shape.shapes))  # type: ignore[misc]
        case _:
            return replace(shape, x=shape.x + by)
