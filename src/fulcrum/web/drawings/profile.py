"""Five behaviours on the six anchors: what was seen, the likely range, and where each balances."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

from fulcrum.briefing.axes import Axis
from fulcrum.briefing.svg import circle, line, picture, rectangle, text
from fulcrum.core import wording
from fulcrum.core.judgement import BehaviourProfile, Belief
from fulcrum.core.people import Level
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import triangle
from fulcrum.web.drawings.words import level_number

_BAND = 12.0
_STEP = 9.0  # px between dots of one anchor
_IN_LINE = 6
_REACH = 50.0  # px that the dots of one anchor may take; then they overlap


@value
class _Plan:
    """Where the anchors lie, and how high a row is."""

    width: float
    axis: Axis
    row: float
    band: float
    label_above: bool

    def middle(self, place: int) -> float:
        """The height of the band of a row."""
        return 20 + self.row * place + self.band


def profile_rows(belief: Belief, *, is_narrow: bool = False) -> str:
    """Dots: the anchors seen. Band: the 80 % interval. Triangle: the balance point of that behaviour alone.

    A behaviour that is Unknown has a dashed outline, its old dots open, and neither band nor triangle.
    """
    plan = (
        _Plan(width=358, axis=_anchors(8, 346), row=54, band=36, label_above=True)
        if is_narrow
        else _Plan(width=476, axis=_anchors(166, 464), row=37, band=19.5, label_above=False)
    )
    bottom = 20 + plan.row * len(belief.profile)
    parts = []
    for anchor in Level:
        x = plan.axis.at(anchor)
        parts += [line([(x, 20), (x, bottom)], "c-grid"), text(f"{anchor:d}", x, 14, "", "middle")]
    for place, one in enumerate(belief.profile):
        y = plan.middle(place)
        label_y = y - 14 if plan.label_above else y + 4
        parts.append(text(one.behaviour.label, 0, label_y, "t-ink t-13 halo"))
        parts += _row(one, y, plan.axis)
    return picture(plan.width, bottom + 6, _sentence(belief), *parts)


def _anchors(left: float, right: float) -> Axis:
    return Axis(low=0, high=5, left=left, right=right)


def _row(one: BehaviourProfile, y: float, axis: Axis) -> list[str]:
    if isinstance(one.level, Unknown):
        band = rectangle(axis.left, y - _BAND / 2, axis.right - axis.left, _BAND, "c-unknown")
        return [
            band,
            *_dots(one.anchors, y, axis, "c-ob-open"),
            text("Unknown", axis.right, y - 9, "t-faint halo", "end"),
        ]
    ends = one.level.interval
    low, high = axis.held(ends.low), axis.held(ends.high)
    return [
        rectangle(low, y - _BAND / 2, high - low, _BAND, "c-now-pale"),
        *_dots(one.anchors, y, axis, "c-ob"),
        triangle(axis.held(one.level.value), y + 7, 4.6),
    ]


def _dots(anchors: Sequence[int], y: float, axis: Axis, class_: str) -> list[str]:
    """One dot for each observation: those of one anchor side by side, in two lines where they are many."""
    parts = []
    for anchor, many in sorted(Counter(anchors).items()):
        lines = 1 if many <= _IN_LINE else 2
        across = ceil(many / lines)
        step = min(_STEP, _REACH / (across - 1)) if across > 1 else 0.0
        for k in range(many):
            row, place = divmod(k, across)
            in_row = min(across, many - row * across)
            x = axis.at(anchor) + step * (place - (in_row - 1) / 2)
            parts.append(circle(x, y + 4.2 * (2 * row - lines + 1), 3.8, class_))
    return parts


def _sentence(belief: Belief) -> str:
    return "Behaviours on the anchors 0 to 5. " + " ".join(_said(one) for one in belief.profile)


def _said(one: BehaviourProfile) -> str:
    seen = wording.many(len(one.anchors), "observation")
    if isinstance(one.level, Unknown):
        return f"{one.behaviour.label}: Unknown, {seen}."
    ends = one.level.interval
    held = wording.whole_percent(ends.confidence)
    return (
        f"{one.behaviour.label}: {level_number(one.level.value)} "
        f"({held}: {level_number(ends.low)} to {level_number(ends.high)}), {seen}."
    )
