"""Who listens to whom: across where each stands, up how much they are heard, arrows from the one heard."""

from collections.abc import Collection, Mapping, Sequence

from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core.digits import show
from fulcrum.core.judgement import Belief
from fulcrum.core.people import Executive, Influence, Level
from fulcrum.core.quantities import RATIO, Unknown
from fulcrum.web.drawings.arrows import arrow, ways_of
from fulcrum.web.drawings.labels import Label, placed
from fulcrum.web.drawings.standing import Frame, StandingPoint, frame_of, standing_points
from fulcrum.web.drawings.words import level_number, likely

_SHORT = ("Opp.", "Indiff.", "End.", "Part.", "Leading", "Driving")
_TWO_LINES = {"Leading own area": ("Leading", "own area"), "Driving one company": ("Driving", "one company")}
Route = tuple[str, str]


def influence_map(
    executives: Sequence[Executive],
    beliefs: Mapping[str, Belief],
    influence: Sequence[Influence],
    *,
    names: Mapping[str, str] | None = None,
    routes: Collection[Route] = (),
    is_narrow: bool = False,
) -> str:
    """Each executive at their balance point with the 80 % band; higher up, the more they are heard.

    How much somebody is heard is the sum of the strengths with which others listen to them; heights keep
    that order and are not to scale. `routes` are the pairs (heard, listener) that the plan uses; they are
    blue. `names` says what an id is called on the map. Unknown stands as a ring on a dashed line, where the
    last belief balanced.
    """
    frame = frame_of(is_narrow=is_narrow)
    people = [person for person in executives if person.id in beliefs]
    called = {person.id: (names or {}).get(person.id, person.name) for person in people}
    points = standing_points(people, beliefs, influence, called, frame)
    edges = sorted(_between(influence, points), key=lambda one: (one.listened_to, one.listener) in routes)
    ways = ways_of([(_at(points[one.listened_to]), _at(points[one.listener])) for one in edges])
    parts = [*_ground(frame), *(_span(point) for point in points.values())]
    for one, way in zip(edges, ways, strict=True):
        parts += arrow(way, one.strength, is_hot=(one.listened_to, one.listener) in routes)
    parts += [circle(*_at(point), 7, "c-ob" if point.is_known else "c-ob-open") for point in points.values()]
    labels = placed(
        [Label(said=_said(point, frame), x=point.x, y=point.y) for point in points.values()],
        [spot for way in ways for spot in way.spots],
        frame.width,
    )
    parts += [text(one.said, one.x, one.y, "t-b t-13 halo", one.anchor) for one in labels]
    parts += _upward(frame, has_influence=bool(edges))
    return picture(frame.width, 452, _sentence(people, beliefs, edges, called), *parts)


def _between(influence: Sequence[Influence], points: Mapping[str, StandingPoint]) -> list[Influence]:
    """The ties whose two ends both stand on the map."""
    ends = [one for one in influence if one.listened_to != one.listener]
    return [one for one in ends if one.listened_to in points and one.listener in points]


def _ground(frame: Frame) -> list[str]:
    right = frame.left + 6 * frame.column
    columns = [frame.left + frame.column * k for k in range(7)]
    parts = [line([(x, 8), (x, 412)], "c-grid") for x in columns]
    parts.append(line([(frame.left, 412), (right, 412)], "c-beam"))
    for level in Level:
        words = (_SHORT[level],) if frame.is_narrow else _TWO_LINES.get(level.label, (level.label,))
        for k, said in enumerate(words):
            size = "t-11" if frame.is_narrow else ""
            parts.append(text(said, frame.x(level), 432 + 14 * k, size, "middle"))
    return parts


def _upward(frame: Frame, *, has_influence: bool) -> list[str]:
    x = frame.left + 6
    if not has_influence:
        return [text("Who listens to whom is not recorded yet.", x, 20, "t-faint halo")]
    return [text("more influence", x, 20, "t-faint halo"), text("less influence", x, 404, "t-faint halo")]


def _span(point: StandingPoint) -> str:
    return line([(point.low, point.y), (point.high, point.y)], "c-span" if point.is_known else "c-break")


def _at(point: StandingPoint) -> tuple[float, float]:
    return point.x, point.y


def _said(point: StandingPoint, frame: Frame) -> str:
    longest = 20 if frame.is_narrow else 34
    name = point.name if len(point.name) <= longest else f"{point.name[: longest - 1].rstrip()}…"
    return name if point.is_known else f"{name} (unknown)"


def _sentence(
    people: Sequence[Executive],
    beliefs: Mapping[str, Belief],
    edges: Sequence[Influence],
    called: Mapping[str, str],
) -> str:
    said = [_stands(called[person.id], beliefs[person.id]) for person in people]
    heard = [
        f"{called[one.listener]} listens to {called[one.listened_to]} "
        f"({show(one.strength, RATIO, -1, (0, '')).text})"
        for one in edges
    ]
    listening = "; ".join(heard) if heard else "who listens to whom is not recorded"
    return f"Influence map. {'; '.join(said)}. {listening}."


def _stands(name: str, belief: Belief) -> str:
    if isinstance(belief.level, Unknown):
        return f"{name}: Unknown"
    return f"{name}: balance point {level_number(belief.level.value)}, likely {likely(belief)}"
