"""What was done, under a drawing of time: moves and asks in lanes that never overlap."""

from collections.abc import Sequence

from fulcrum.briefing.svg import line, text
from fulcrum.commitment.asks import closing_day
from fulcrum.core.company import Ask, AskStatus, Move
from fulcrum.core.levers import Lever
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import diamond, triangle, width_of
from fulcrum.web.drawings.weeks import Window

LANE = 20.0
_MOST = 4  # lanes; more would push the months out of sight
_AIR = 8.0


@value
class Lanes:
    """Drawn lanes: their parts, and how high they stand together."""

    parts: tuple[str, ...]
    height: float


@value
class _Item:
    """Something in a lane: from where to where it reaches with its label, and where the label stands."""

    low: float
    high: float
    start: float
    end: float
    said: str
    label_x: float
    anchor: str


def short_lever(lever: Lever) -> str:
    """A lever's name where there is little room: "First steps", "Confidence"."""
    return lever.value.replace("_", " ").capitalize()


def move_lanes(moves: Sequence[Move], window: Window, top: float, ceiling: float) -> Lanes:
    """A triangle where each lever was pulled, with its name; a dotted line leads up to the belief."""
    shown = sorted((move for move in moves if window.holds(move.date)), key=lambda move: (move.date, move.id))
    items = [_at_point(window.at(move.date), short_lever(move.lever), window) for move in shown]
    parts = []
    placed, many = _placed(items)
    for item, lane in zip(items, placed, strict=True):
        y = top + LANE * lane
        parts.append(line([(item.start, ceiling), (item.start, y - 1)], "c-dot-line"))
        parts.append(triangle(item.start, y, 5))
        parts += _label(item, lane, y + 9, "t-ink halo")
    return Lanes(parts=tuple(parts), height=LANE * many)


def ask_lanes(asks: Sequence[Ask], window: Window, top: float) -> Lanes:
    """A line from the day of asking to its outcome: filled where it was done, open where it was not.

    An ask that is still open has no outcome yet: its line is dotted and reaches to the day it is due.
    """
    shown = sorted((ask for ask in asks if _is_shown(ask, window)), key=lambda ask: (ask.asked_on, ask.step))
    items = [_of_ask(ask, window) for ask in shown]
    parts = []
    placed, many = _placed(items)
    for ask, item, lane in zip(shown, items, placed, strict=True):
        y = top + LANE * lane + 5
        if ask.status.is_open:
            parts += [line([(item.start, y - 4), (item.start, y + 4)], "c-line")]
            parts += [line([(item.start, y), (item.end, y)], "c-gap")]
        else:
            kind = "c-ob" if ask.status is AskStatus.DONE else "c-ob-open"
            parts += [line([(item.start, y), (item.end, y)], "c-line"), diamond(item.end, y, 5.2, kind)]
        parts += _label(item, lane, y + 4, "halo")
    return Lanes(parts=tuple(parts), height=LANE * many)


def _is_shown(ask: Ask, window: Window) -> bool:
    if ask.asked_on > window.today:
        return False
    return ask.status.is_open or window.holds(closing_day(ask))


def _of_ask(ask: Ask, window: Window) -> _Item:
    last = ask.due if ask.status.is_open and ask.due is not None else window.today
    day = last if ask.status.is_open else closing_day(ask)
    start = max(window.at(ask.asked_on), window.axis.left)
    end = min(max(window.at(day), start), window.axis.right)
    return _item(start, end, ask.status.value, window, gap=6 if ask.status.is_open else 9)


def _at_point(x: float, said: str, window: Window) -> _Item:
    return _item(x, x, said, window, gap=8)


def _item(start: float, end: float, said: str, window: Window, *, gap: float) -> _Item:
    """Its label stands to the right; to the left where it would reach beyond today."""
    width = width_of(said)
    if end + gap + width <= window.now - 2 or start - gap - width < window.axis.left:
        return _Item(
            low=start - 6,
            high=end + gap + width,
            start=start,
            end=end,
            said=said,
            label_x=end + gap,
            anchor="start",
        )
    return _Item(
        low=start - gap - width,
        high=end + 6,
        start=start,
        end=end,
        said=said,
        label_x=start - gap,
        anchor="end",
    )


def _placed(items: Sequence[_Item]) -> tuple[list[int], int]:
    """The first lane with room for each; those that find none share the last, without a label."""
    ends: list[float] = []
    placed = []
    for item in items:
        free = next((lane for lane, end in enumerate(ends) if end + _AIR <= item.low), len(ends))
        if free == _MOST:
            placed.append(_MOST)
            continue
        if free == len(ends):
            ends.append(item.high)
        ends[free] = item.high
        placed.append(free)
    return placed, len(ends) + (1 if _MOST in placed else 0)


def _label(item: _Item, lane: int, y: float, class_: str) -> list[str]:
    if lane == _MOST:
        return []
    return [text(item.said, item.label_x, y, class_, item.anchor)]
