"""Alignment drawn: who is named, where customers stand in each top five, guesses beside what they said.

Every disc is one person; no disc says whose it is.
"""

from collections import Counter
from collections.abc import Sequence

from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import diamond, triangle

_DISC = 5.5
_STEP = 14.0


@value
class Named:
    """One answer to who leads: the words for it, how many colleagues gave it, and whether the chief did."""

    said: str
    count: int
    is_chiefs: bool


def who_leads(rows: Sequence[Named], *, is_narrow: bool = False) -> str:
    """A line for each who is named: a disc for each colleague, a diamond for the chief executive's answer."""
    width, left = (358.0, 0.0) if is_narrow else (520.0, 190.0)
    height_of_row = 44.0 if is_narrow else 30.0
    parts: list[str] = []
    for at, row in enumerate(rows):
        top = at * height_of_row
        y = top + (32 if is_narrow else 16)
        parts.append(text(row.said, 0, top + 14 if is_narrow else y + 4, "t-ink"))
        parts.append(line([(left, y + 11), (width, y + 11)], "c-grid"))
        x = left + 8
        if row.is_chiefs:
            parts.append(diamond(x, y, 6.5))
        x += _STEP + 8
        parts += [circle(x + _STEP * place, y, _DISC, "c-ob") for place in range(row.count)]
    told = "; ".join(f"{row.said}: {_told(row)}" for row in rows)
    return picture(width, len(rows) * height_of_row + 4, f"Who leads customer experience. {told}.", *parts)


def places_drawn(
    places: Sequence[int | None], own: int | None, *, has_own: bool, is_narrow: bool = False
) -> str:
    """Five places and outside; a disc for each colleague, a diamond for the chief executive's own."""
    width, floor = (358.0 if is_narrow else 520.0), 92.0
    columns: list[int | None] = [1, 2, 3, 4, 5, None]
    counts = Counter(places)
    parts = [line([(0, floor), (width, floor)], "c-beam")]
    for at, column in enumerate(columns):
        x = width / 6 * (at + 0.5)
        parts.append(text("outside" if column is None else str(column), x, floor + 17, "t-11", "middle"))
        parts += _pile(x, floor, counts[column])
        if has_own and column == own:
            parts.append(diamond(x, floor - 9 - _STEP * counts[column], 6.5))
    said = "; ".join(
        f"{'outside' if column is None else f'place {column}'}: {counts[column]}" for column in columns
    )
    chief = f"; the chief executive: {'outside' if own is None else own}" if has_own else ""
    return picture(
        width, floor + 24, f"Customers' place in each colleague's top five. {said}{chief}.", *parts
    )


def on_scale(
    answers: Sequence[int],
    low: int,
    high: int,
    *,
    middle: Result,
    what: str,
    against: Result | None = None,
    is_narrow: bool = False,
) -> str:
    """Answers on a whole-number scale as piles of discs, their mean with its interval, and another mean.

    `against` is what the answers are held against (customers' own mean): a line with its interval in grey.
    """
    width = 358.0 if is_narrow else 520.0
    counts = Counter(answers)
    highest = max(counts.values(), default=1)
    top = 34.0 if against is not None else 20.0
    floor = top + highest * _STEP + 10

    def x_of(number: float) -> float:
        return 12 + (width - 24) * (number - low) / (high - low)

    parts = [line([(x_of(low), floor), (x_of(high), floor)], "c-beam")]
    for number in range(low, high + 1):
        parts.append(text(str(number), x_of(number), floor + 34, "t-11", "middle"))
        parts += _pile(x_of(number), floor, counts[number])
    said = [f"{number}: {counts[number]}" for number in sorted(counts)]
    summary = f"{what}. {'; '.join(said)}"
    if isinstance(middle, Estimate):
        ends = x_of(middle.interval.low), x_of(middle.interval.high)
        parts += [
            line([(ends[0], floor + 5), (ends[1], floor + 5)], "c-ci"),
            triangle(x_of(middle.value), floor + 7, 5.5),
        ]
        summary += f". Mean {wording.say_fully(middle)}"
    if isinstance(against, Estimate):
        x = x_of(against.value)
        anchor = "end" if x > width - 90 else "middle"
        parts += [
            line([(x, 18), (x, floor)], "c-break"),
            text("customers", min(x, width - 2) if anchor == "end" else x, 12, "t-11 t-b", anchor),
        ]
        summary += f". Customers answered {wording.say_fully(against)}"
    return picture(width, floor + 42, f"{summary}.", *parts)


def _pile(x: float, floor: float, count: int) -> list[str]:
    return [circle(x, floor - 9 - _STEP * place, _DISC, "c-ob") for place in range(count)]


def _told(row: Named) -> str:
    colleagues = wording.many(row.count, "colleague")
    return f"{colleagues} and the chief executive" if row.is_chiefs else colleagues
