"""What happened to one customer around their comment, down a line in order of time."""

from collections.abc import Sequence
from itertools import pairwise

from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.stories import Moment
from fulcrum.stories.timeline import ANSWER
from fulcrum.web.drawings.marks import triangle

_WIDTH, _ROW, _TOP = 358.0, 26.0, 14.0
_LINE_AT, _LETTERS = 132.0, 34
_LONG = 90  # days: a longer gap is drawn dotted


def journey_line(moments: Sequence[Moment]) -> str:
    """Each moment with its distance from the comment; the comment is the triangle.

    The line is not to scale: the order and the days beside it count. Gaps of over 90 days are dotted.
    """
    height = _TOP + _ROW * (len(moments) - 1) + 14
    parts = []
    for place, (one, after) in enumerate(pairwise(moments)):
        y = _TOP + _ROW * place
        kind = "c-gap" if after.days - one.days > _LONG else "c-line"
        parts.append(line([(_LINE_AT, y + 5), (_LINE_AT, y + _ROW - 5)], kind))
    for place, one in enumerate(moments):
        parts += _row(one, _TOP + _ROW * place)
    said = "; ".join(f"{one.what}, {when(one)}" for one in moments)
    return picture(_WIDTH, height, f"Journey: {said}.", *parts)


def when(moment: Moment) -> str:
    """How far a moment is from the comment: "131 days before"."""
    if moment.days == 0:
        return "that day"
    side = "before" if moment.days < 0 else "after"
    return f"{wording.many(abs(moment.days), 'day')} {side}"


def _row(moment: Moment, y: float) -> list[str]:
    is_answer = moment.what == ANSWER and moment.days == 0
    mark = triangle(_LINE_AT, y - 5, 6) if is_answer else circle(_LINE_AT, y, 4, "c-ob-open")
    what = moment.what if len(moment.what) <= _LETTERS else f"{moment.what[: _LETTERS - 1]}…"
    return [
        text(when(moment), _LINE_AT - 14, y + 4, "", "end"),
        mark,
        text(what, _LINE_AT + 14, y + 4, "t-b" if is_answer else "t-ink"),
    ]
