"""The marks of the grammar in the sizes that small drawings need, and a drawing for either width."""

from collections.abc import Sequence

from fulcrum.briefing.svg import Point, circle, line, rectangle
from fulcrum.core.people import Source

LETTER = 6.4  # mean width of a letter at 12 and 13 px


def on_both(wide: str, narrow: str) -> str:
    """Both drawings of one thing; the stylesheet shows the one that fits the screen."""
    return f'<div class="wide-only">{wide}</div><div class="phone-only">{narrow}</div>'


def outline(points: Sequence[Point], class_: str) -> str:
    """A closed shape through points."""
    return line([*points, points[0]], class_)


def triangle(x: float, top: float, half: float, class_: str = "c-tri") -> str:
    """A balance point: filled now, open then."""
    base = top + 1.5 * half
    return outline([(x, top), (x + half, base), (x - half, base)], class_)


def diamond(x: float, y: float, half: float, class_: str = "c-want") -> str:
    """What is desired, or the outcome of an ask."""
    return outline([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], class_)


def sighting(source: Source, x: float, y: float) -> str:
    """One observation; its shape says how it came to us."""
    match source:
        case Source.SEEN:
            return circle(x, y, 4.8, "c-ob")
        case Source.TOLD_BY:
            return circle(x, y, 4.2, "c-ob-open")
        case Source.DOCUMENT:
            return rectangle(x - 4.4, y - 4.4, 8.8, 8.8, "c-ob")
        case Source.ASK_OUTCOME:
            return diamond(x, y, 6, "c-ob")
        case Source.OWN_WORDS:
            return outline([(x - 4.6, y + 3.6), (x + 4.6, y + 3.6), (x, y - 4.6)], "c-ob-open")


def width_of(said: str) -> float:
    """About how wide words stand at 12 px."""
    return LETTER * len(said)
