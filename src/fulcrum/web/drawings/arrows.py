"""Arrows from the one who is heard: gentle curves that stop short of both ends."""

from collections.abc import Sequence
from math import atan2, cos, hypot

from fulcrum.briefing.svg import Point, element
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import outline

_BENDS = (0.16, -0.16, 0.3, -0.3)  # of the length: how far a curve leaves the straight line
_ALIKE = 0.4  # radians: ways that part from one point at less are bent apart
_SPOTS = 14
_STOP = 13.0  # px: how far from the listener's centre an arrow ends
_HEAD = 10.0


@value
class Way:
    """A curve from one point to another, with places along it, which labels avoid."""

    start: Point
    bend: Point
    end: Point
    tip: Point

    @property
    def spots(self) -> tuple[Point, ...]:
        """Places along the curve."""
        return tuple(_on(self.start, self.bend, self.tip, k / _SPOTS) for k in range(1, _SPOTS + 1))


def ways_of(pairs: Sequence[tuple[Point, Point]]) -> list[Way]:
    """The way of each pair; those that leave one point in like directions are bent apart.

    Two who listen to each other get two curves, one on either side.
    """
    ways: list[Way] = []
    for at, (start, goal) in enumerate(pairs):
        alike = sum(_is_alike(start, goal, other) for other in pairs[:at])
        bend = _BENDS[0] if (goal, start) in pairs else _BENDS[alike % len(_BENDS)]
        ways.append(_way(start, goal, bend))
    return ways


def arrow(way: Way, strength: float, *, is_hot: bool) -> list[str]:
    """The curve, as broad as it is strong, and its head."""
    kind = "e-hot" if is_hot else "e-cold"
    width = f"{1.2 + 2.6 * min(max(strength, 0.0), 1.0):.1f}"
    d = " ".join(
        f"{command}{x:.1f} {y:.1f}" for command, (x, y) in (("M", way.start), ("Q", way.bend), ("", way.end))
    )
    return [element("path", class_=kind, stroke_width=width, d=d), _head(way, f"{kind}-h")]


def _is_alike(start: Point, goal: Point, other: tuple[Point, Point]) -> bool:
    if other[0] != start:
        return False
    turn = atan2(goal[1] - start[1], goal[0] - start[0]) - atan2(
        other[1][1] - start[1], other[1][0] - start[0]
    )
    return cos(turn) > cos(_ALIKE)


def _way(start: Point, goal: Point, by: float) -> Way:
    across, down = goal[0] - start[0], goal[1] - start[1]
    middle = ((start[0] + goal[0]) / 2, (start[1] + goal[1]) / 2)
    bend = (middle[0] - by * down, middle[1] + by * across)
    tip = _short_of(goal, bend, _STOP)
    return Way(start=start, bend=bend, end=_short_of(goal, bend, _STOP + _HEAD * 0.8), tip=tip)


def _head(way: Way, class_: str) -> str:
    across, down = way.tip[0] - way.bend[0], way.tip[1] - way.bend[1]
    length = hypot(across, down) or 1.0
    along = (across / length, down / length)
    back = (way.tip[0] - _HEAD * along[0], way.tip[1] - _HEAD * along[1])
    side = (-along[1] * _HEAD * 0.38, along[0] * _HEAD * 0.38)
    ends = [(back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
    return outline([way.tip, *ends], class_)


def _short_of(goal: Point, bend: Point, by: float) -> Point:
    across, down = goal[0] - bend[0], goal[1] - bend[1]
    length = hypot(across, down) or 1.0
    part = min(by / length, 0.9)
    return goal[0] - across * part, goal[1] - down * part


def _on(start: Point, bend: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]
