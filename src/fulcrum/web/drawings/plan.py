"""The plan by week: a row for each executive, asks as solid bars, what waits for what, the team's hours."""

from collections.abc import Mapping, Sequence

from fulcrum.briefing.svg import element, hatching, line, picture, rectangle, text
from fulcrum.core.plan import HeldWeeks, Kind, Plan, PlannedMove
from fulcrum.core.wording import many, short_day
from fulcrum.web.drawings.keys import KeyItem
from fulcrum.web.drawings.marks import outline

_LEFT, _RIGHT, _TOP, _ROW = 150.0, 1176.0, 44.0, 52.0
_CLASS = {Kind.ASK: "p-ask", Kind.MOVE: "p-move", Kind.PEER: "p-ask", Kind.LOOK: "p-look"}
_BOLD, _SMALL = 6.9, 5.7  # px a letter takes at most on the average, at 12 px bold and at 11 px
_SHORT = {
    "Vision clarity": "Vision",
    "Compelling opportunities": "Opportunities",
    "Emotional empathy": "Empathy",
    "Intrinsic motivators": "Motivators",
    "First steps": "First step",
    "Ongoing confidence": "Confidence",
}


def plan_grid(plan: Plan, rows: Sequence[str], names: Mapping[str, str]) -> str:
    """The weeks across, the executives of `rows` down; the hours of each week against the limit below.

    What is planned for others is not drawn; the list beside the drawing holds it.
    """
    column = (_RIGHT - _LEFT) / plan.weeks
    foot = _TOP + _ROW * len(rows)
    parts = _weeks(plan, column, foot)
    places = {id: _TOP + _ROW * at for at, id in enumerate(rows)}
    for id, top in places.items():
        parts += [line([(0, top), (_RIGHT, top)], "c-grid"), _named(names[id], top)]
    parts += [
        part for one in plan.held if one.executive in places for part in _held(one, plan, places, column)
    ]
    drawn = [one for one in plan.moves if one.executive in places]
    parts += [part for one in drawn for part in _move(one, plan, places[one.executive], column)]
    parts += [part for one in drawn if one.waits_for in places for part in _waits(one, plan, places, column)]
    parts += _hours(plan, column, foot)
    return picture(1176, foot + 74, _sentence(plan, len(rows)), *parts)


def plan_key() -> tuple[KeyItem, ...]:
    """How to read it."""
    box = {"x": 0.6, "y": 0.6, "width": 20.8, "height": 12.8, "rx": 2}

    def mark(width: float, height: float, *parts: str) -> str:
        size = {"width": f"{width:g}", "height": f"{height:g}"}
        return element("svg", *parts, aria_hidden="true", **size)

    arrow = [line([(0, 4), (18, 4), (18, 8)], "c-dep"), outline([(14, 6), (22, 6), (18, 12)], "c-tri")]
    return (
        KeyItem(
            mark=mark(22, 14, element("rect", class_="p-ask", width=22, height=14, rx=2)),
            said="an ask is open",
        ),
        KeyItem(mark=mark(22, 14, element("rect", class_="p-move", **box)), said="a move without an ask"),
        KeyItem(mark=mark(22, 14, element("rect", class_="p-peer", **box)), said="prepared by a peer"),
        KeyItem(mark=mark(22, 14, element("rect", class_="p-look", **box)), said="look first"),
        KeyItem(mark=mark(24, 8, hatching(0, 0, 24, 8)), said="rest: no new ask"),
        KeyItem(mark=mark(24, 12, *arrow), said="waits for"),
    )


def short_label(move: PlannedMove) -> str:
    """What is done, in one or two words."""
    if move.kind is Kind.LOOK:
        return "Look first"
    if move.kind is Kind.PEER:
        return "For a colleague"
    return "" if move.lever is None else _SHORT[move.lever.label]


def _weeks(plan: Plan, column: float, foot: float) -> list[str]:
    parts = [
        line([(_LEFT + column * k, 36), (_LEFT + column * k, foot)], "c-grid") for k in range(plan.weeks + 1)
    ]
    for week in plan.by_week:
        x = _LEFT + column * (week.week - 1) + 10
        parts.append(text(f"Week {week.week}" if column >= 80 else str(week.week), x, 16, "t-b t-13"))
        parts.append(text(short_day(week.starts), x, 32))
    return parts


def _named(name: str, top: float) -> str:
    return text(_cut(name, 140, 7.4), 0, top + 31, "t-b t-13")


def _span(first: int, last: int, plan: Plan, column: float) -> tuple[float, float]:
    """Where weeks begin and how wide they are, within the plan."""
    left = _LEFT + column * (first - 1)
    return left, _LEFT + column * min(last, plan.weeks) - left


def _held(one: HeldWeeks, plan: Plan, places: Mapping[str, float], column: float) -> list[str]:
    if one.first_week > plan.weeks or one.last_week < 1:
        return []
    left, width = _span(one.first_week, one.last_week, plan, column)
    top = places[one.executive]
    if one.why == "open":
        parts = [_box("p-ask", left, top, width)]
        return parts + _words("Asked before", one.what, left, top, width, is_dark=True)
    parts = [hatching(left + 3, top + 22, width - 6, 8)]
    if one.why == "away":
        parts.append(text("away", left + 10, top + 17, "t-11 t-faint"))
    return parts


def _move(one: PlannedMove, plan: Plan, top: float, column: float) -> list[str]:
    left, width = _span(one.week, one.last_week, plan, column)
    is_ask = one.kind in (Kind.ASK, Kind.PEER)
    kind = "p-peer" if one.waits_for and not is_ask else _CLASS[one.kind]
    parts = [_box(kind, left, top, width)]
    if one.waits_for and is_ask:  # an ask that a peer prepared: solid, with the peer's edge
        parts.append(element("rect", class_="p-peer", x=left + 5, y=top + 7, width=6, height=38))
    label = short_label(one)
    return parts + _words(
        label, one.what, left, top, width, is_dark=is_ask, inset=10.0 if one.waits_for else 0.0
    )


def _box(kind: str, left: float, top: float, width: float) -> str:
    return element("rect", class_=kind, x=left + 5, y=top + 7, width=width - 10, height=38, rx=3)


def _words(
    label: str, what: str, left: float, top: float, width: float, *, is_dark: bool, inset: float = 0.0
) -> list[str]:
    room = width - 28 - inset
    bold, plain = ("p-t1-inv", "p-t2-inv t-11") if is_dark else ("t-b", "t-ink t-11")
    x = left + 15 + inset
    return [
        text(_cut(label, room, _BOLD), x, top + 23, bold),
        text(_cut(what, room, _SMALL), x, top + 38, plain),
    ]


def _cut(said: str, room: float, letter: float) -> str:
    most = max(int(room / letter), 2)
    return said if len(said) <= most else f"{said[: most - 1].rstrip(' ,;:')}…"


def _waits(one: PlannedMove, plan: Plan, places: Mapping[str, float], column: float) -> list[str]:
    """From the end of the peer's step to the move that it prepares."""
    before = [m for m in plan.moves if m.executive == one.waits_for and m.serves == one.executive]
    if not before or before[0].last_week >= plan.weeks:
        return []
    start, goal = places[before[0].executive], places[one.executive]
    x0 = _LEFT + column * before[0].last_week - 5
    x1 = _LEFT + column * (one.week - 1)
    y0, y1 = start + 33, goal + 26
    way = [(x0, y0), (x1, y0), (x1, y1)]
    return [line(way, "c-dep"), outline([(x1 - 1.5, y1 - 5), (x1 - 1.5, y1 + 5), (x1 + 5, y1)], "c-tri")]


def _hours(plan: Plan, column: float, foot: float) -> list[str]:
    limit = plan.hours_per_week
    most = max([week.hours for week in plan.by_week] + [limit or 0.0, 0.1])
    floor, height = foot + 66, 46.0
    parts = [line([(0, foot), (_RIGHT, foot)], "c-beam"), text("CX team hours", 0, foot + 32, "t-b t-13")]
    parts.append(text("no limit noted" if limit is None else f"{limit:g} a week at most", 0, foot + 48))
    if limit is not None:
        parts.append(
            line([(_LEFT, floor - height * limit / most), (_RIGHT, floor - height * limit / most)], "c-break")
        )
    for week in plan.by_week:
        x, tall = _LEFT + column * (week.week - 1) + 10, height * week.hours / most
        parts.append(rectangle(x, floor - tall, min(26.0, column / 3), tall, "p-hours"))
        parts.append(text(f"{week.hours:.1f} h", x + min(34.0, column / 3 + 6), floor - 4, "t-ink t-13 halo"))
    return [*parts, line([(_LEFT, floor), (_RIGHT, floor)], "c-beam")]


def _sentence(plan: Plan, rows: int) -> str:
    said = f"Plan of {many(plan.weeks, 'week')}, {many(len(plan.moves), 'move')}, {many(rows, 'executive')}. "
    hours = ", ".join(f"week {week.week} {week.hours:.1f} hours" for week in plan.by_week)
    return f"{said}{hours}. The same stands below as a list."
