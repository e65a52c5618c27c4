"""One belief on one beam: six columns, the balance point under them, then and now, and what is desired."""

from collections.abc import Iterable
from datetime import timedelta
from html import escape

from fulcrum.briefing.svg import line, picture, rectangle
from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.people import Level
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import diamond, triangle
from fulcrum.web.drawings.words import balance_of, belief_sentence

_SEEN = 0.5  # px: lower columns are not drawn
_SOFT = {"Indifferent": "Indif\u00adferent", "Participating": "Partici\u00adpating"}


@value
class _Beam:
    """The room of one row: its size, where the beam lies, and the size of the marks under it."""

    width: float
    height: float
    at: float
    top: float
    inset: float
    half: float
    highest: float = 1.0

    def centre(self, level: float) -> float:
        return self.width / 6 * (level + 0.5)

    def rise(self, share: float) -> float:
        return min(share / self.highest, 1.0) * (self.at - self.top)


def belief_header() -> str:
    """The six levels as heads of columns: HTML, so that they stay readable when the rows are narrow."""
    heads = (escape(_SOFT.get(level.label, level.label)) for level in Level)
    return f'<div class="rungs-head">{"".join(f"<span>{head}</span>" for head in heads)}</div>'


def belief_row(
    belief: Belief,
    *,
    name: str,
    desired: Level | None,
    earlier: WeekOfBelief | None = None,
    highest: float = 1.0,
    is_narrow: bool = False,
) -> str:
    """One executive on the six levels: columns now, dashes then, triangles at the balance points.

    `earlier` is the week to compare with (`earlier_of`); `highest` the share that reaches the top, the same
    for all rows of a page (`highest_share`). Unknown shows the last belief as dashed outlines alone.
    """
    beam = (
        _Beam(width=358, height=68, at=50, top=3, inset=4, half=4.8, highest=highest)
        if is_narrow
        else _Beam(width=486, height=80, at=60, top=3.5, inset=5, half=5.5, highest=highest)
    )
    grid = [line([(beam.width / 6 * k, 0), (beam.width / 6 * k, beam.height)], "c-grid") for k in range(7)]
    is_known = not isinstance(belief.level, Unknown)
    before = earlier if is_known else None
    parts = [*_columns(belief, beam), *(_dashes(before, beam) if before is not None else ()), _rest(beam)]
    parts += _under(belief, before, desired, beam)
    return picture(beam.width, beam.height, belief_sentence(belief, name, desired, before), *grid, *parts)


def belief_mini(belief: Belief, *, name: str, desired: Level | None) -> str:
    """The same belief as small as a word, for a list of executives; each has its own height."""
    beam = _Beam(
        width=180, height=36, at=22, top=1.5, inset=2, half=4, highest=max(0.6, *belief.shares)
    )  # a flat belief stays low
    parts = [*_columns(belief, beam), _rest(beam), *_under(belief, None, desired, beam)]
    return picture(beam.width, beam.height, belief_sentence(belief, name, desired), *parts)


def earlier_of(belief: Belief, *, weeks: int = 12) -> WeekOfBelief | None:
    """The belief at the end of the week that lies `weeks` back; None where the history is shorter.

    None too where `change` is: then one of the two days is Unknown, and there is nothing to compare.
    """
    if belief.change is None:
        return None
    day = belief.as_of - timedelta(weeks=weeks)
    return next((week for week in reversed(belief.history) if week.week_ending <= day), None)


def highest_share(beliefs: Iterable[Belief], *, weeks: int = 12) -> float:
    """The share that is to reach the top of every row of a page: the highest now or then, with some air."""
    known = tuple(beliefs)
    shares = [share for belief in known for share in belief.shares]
    for belief in known:
        earlier = earlier_of(belief, weeks=weeks)
        shares += earlier.shares if earlier is not None else ()
    return max(0.5, *shares) if shares else 1.0


def _columns(belief: Belief, beam: _Beam) -> list[str]:
    is_unknown = isinstance(belief.level, Unknown)
    low, high = belief.credible
    parts = []
    for level, share in enumerate(belief.shares):
        rise = beam.rise(share)
        if rise >= _SEEN:
            kind = "c-unknown" if is_unknown else "c-now" if low <= level <= high else "c-now-pale"
            x = beam.width / 6 * level + beam.inset
            parts.append(rectangle(x, beam.at - rise, beam.width / 6 - 2 * beam.inset, rise, kind))
    return parts


def _dashes(earlier: WeekOfBelief, beam: _Beam) -> list[str]:
    parts = []
    for kind in ("c-halo", "c-then"):
        for level, share in enumerate(earlier.shares):
            y, middle = beam.at - beam.rise(share), beam.centre(level)
            half = beam.width / 12 - beam.inset
            if beam.rise(share) >= _SEEN:
                parts.append(line([(middle - half, y), (middle + half, y)], kind))
    return parts


def _rest(beam: _Beam) -> str:
    return line([(0, beam.at), (beam.width, beam.at)], "c-beam")


def _under(belief: Belief, earlier: WeekOfBelief | None, desired: Level | None, beam: _Beam) -> list[str]:
    """What stands under the beam: the way from then to now, the gap to what is desired, and their marks."""
    half, y = beam.half, beam.at + 2 + beam.half
    goal = None if desired is None else beam.centre(desired)
    if isinstance(belief.level, Unknown):
        return [] if goal is None else [diamond(goal, y, half - 0.7)]
    now, parts = beam.centre(belief.level.value), []
    if goal is not None:
        side = 1.0 if goal > now else -1.0
        is_apart = abs(goal - now) > 2 * half + 1
        if abs(goal - now) > 4 * half:
            parts.append(line([(now + side * (half + 2.5), y), (goal - side * (half + 1.5), y)], "c-gap"))
        parts.append(diamond(goal, y if is_apart else y + 1.2 * half, half - 0.7))
    if earlier is not None:
        then = beam.centre(balance_of(earlier.shares))
        if abs(then - now) > 2.2 * half:
            parts += [line([(then, y), (now, y)], "c-move"), _then(then, beam)]
    return [*parts, triangle(now, beam.at + 1.5, half)]


def _then(x: float, beam: _Beam) -> str:
    return triangle(x, beam.at + 3, beam.half - 1.3, "c-tri-open")
