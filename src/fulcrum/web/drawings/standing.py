"""Where each executive stands on the map: across by level, up by how much they are heard."""

from collections.abc import Mapping, Sequence

from fulcrum.core.judgement import Belief
from fulcrum.core.people import Executive, Influence
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.web.drawings.words import balance_of

_LOW, _HIGH = 371.0, 42.0  # px: where the least and the most heard stand
_APART = 32.0  # px between two rows at least, while there is room


@value
class StandingPoint:
    """One executive on the map: where they stand, how much they are heard, and the likely range."""

    name: str
    x: float
    y: float
    low: float
    high: float
    is_known: bool


@value
class Frame:
    """The size of the map and its six columns."""

    width: float
    left: float
    column: float
    inset: float
    is_narrow: bool

    def x(self, level: float) -> float:
        """The place of a level, or of a place between two."""
        return self.left + self.column * (level + 0.5)


def frame_of(*, is_narrow: bool) -> Frame:
    """The map on a wide screen, or on a phone."""
    if is_narrow:
        return Frame(width=358, left=14, column=55, inset=4.4, is_narrow=True)
    return Frame(width=760, left=14, column=122, inset=9.8, is_narrow=False)


def standing_points(
    people: Sequence[Executive],
    beliefs: Mapping[str, Belief],
    influence: Sequence[Influence],
    called: Mapping[str, str],
    frame: Frame,
) -> dict[str, StandingPoint]:
    """Where each stands on the map, by id, the most heard first; rows keep apart."""
    heard = {person.id: 0.0 for person in people}
    for one in influence:
        if one.listened_to in heard and one.listener in heard:
            heard[one.listened_to] += one.strength
    order = sorted(heard, key=lambda id: (-heard[id], -balance_of(beliefs[id].shares), id))
    points = {}
    for id, y in zip(order, _heights([heard[id] for id in order]), strict=True):
        belief = beliefs[id]
        low, high = belief.credible
        points[id] = StandingPoint(
            name=called[id],
            x=frame.x(balance_of(belief.shares)),
            y=y,
            low=frame.x(low - 0.5) + frame.inset,
            high=frame.x(high + 0.5) - frame.inset,
            is_known=not isinstance(belief.level, Unknown),
        )
    return points


def _heights(heard: Sequence[float]) -> list[float]:
    """Heights for strengths that come falling: half by strength, half by rank, so that names can be read."""
    if not heard:
        return []
    most, last = max(heard), max(len(heard) - 1, 1)
    apart = min(_APART, (_LOW - _HIGH) / last)
    wanted: list[float] = []
    for rank, each in enumerate(heard):
        part = (each / most if most > 0 else 1 - rank / last) / 2 + (1 - rank / last) / 2
        height = _LOW - (_LOW - _HIGH) * part
        wanted.append(max(height, wanted[-1] + apart) if wanted else height)
    wanted[-1] = min(wanted[-1], _LOW)
    for rank in range(len(wanted) - 2, -1, -1):
        wanted[rank] = min(wanted[rank], wanted[rank + 1] - apart)
    return wanted
