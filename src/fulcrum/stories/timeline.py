"""The journey around a comment, in days from the answer: no calendar day, which could tell who it was."""

from collections.abc import Iterable
from datetime import date

from fulcrum.core.stories import Happening, Moment

ANSWER = "wrote this"


def journey(happened: Iterable[Happening], answered_on: date | None, *, at_most: int) -> tuple[Moment, ...]:
    """What happened to this customer around the answer, in order of time; the nearest `at_most` to it.

    Empty where the day of the answer is not known, or nothing else is.
    """
    if answered_on is None:
        return ()
    days = {((one.on - answered_on).days, one.what) for one in happened}
    if not days:
        return ()
    nearest = sorted(days, key=lambda moment: (abs(moment[0]), moment))[:at_most]
    return tuple(Moment(days=day, what=what) for day, what in sorted([*nearest, (0, ANSWER)]))
