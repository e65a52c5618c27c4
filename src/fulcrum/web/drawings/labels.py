"""Names beside their points: each where it covers least of the others, of points and of lines."""

from collections.abc import Sequence

from fulcrum.briefing.svg import Point
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import width_of

_HEIGHT = 13.0
_PLACES = (  # beside the point, in the order of liking
    (-10.0, -10.0, "end"),
    (10.0, -10.0, "start"),
    (0.0, -13.0, "middle"),
    (-10.0, 20.0, "end"),
    (10.0, 20.0, "start"),
    (0.0, 23.0, "middle"),
)
_Box = tuple[float, float, float, float]


@value
class Label:
    """Words that belong to a point; once placed, where they start, stand in the middle or end."""

    said: str
    x: float
    y: float
    anchor: str = "middle"


def placed(labels: Sequence[Label], lines: Sequence[Point], width: float) -> list[Label]:
    """The labels, each moved to its best place; earlier ones choose first."""
    points = [(one.x, one.y) for one in labels]
    taken: list[_Box] = []
    found = []
    for one in labels:
        tries = [
            Label(said=one.said, x=one.x + dx, y=one.y + dy, anchor=anchor) for dx, dy, anchor in _PLACES
        ]
        best = min(tries, key=lambda label: _cost(_box(label), points, lines, taken, width))
        taken.append(_box(best))
        found.append(best)
    return found


def _box(label: Label) -> _Box:
    width = width_of(label.said) * 1.12
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return left, label.y - _HEIGHT + 2, left + width, label.y + 3


def _cost(
    box: _Box, points: Sequence[Point], lines: Sequence[Point], taken: Sequence[_Box], width: float
) -> float:
    left, top, right, bottom = box
    outside = max(-left, 0.0) + max(right - width, 0.0) + max(-top, 0.0)
    on_points = sum(left - 8 < x < right + 8 and top - 8 < y < bottom + 8 for x, y in points)
    on_lines = sum(left < x < right and top < y < bottom for x, y in lines)
    on_names = sum(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
    )
    return 5 * outside + 12 * on_points + 3 * on_lines + 20 * on_names
