"""What earlier briefs told one reader: enough to renew and not to repeat, and to say what changed and why."""

from datetime import date

from fulcrum.core.value import value


@value
class ToldFigure:
    """A figure as it stood in an earlier brief, in its words."""

    key: str
    label: str
    said: str
    interval: str = ""


@value
class ToldFile:
    """A file of customers' data as it was read then."""

    name: str
    sha256: str
    rows: int


@value
class Told:
    """One earlier brief: its day, what it used up, and what it rested on.

    `stories` and `arguments` are ids; `figures` stand in reading order, `stated` are the assumptions of the
    case that people stated.
    """

    on: date
    stories: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    figures: tuple[ToldFigure, ...] = ()
    stated: tuple[ToldFigure, ...] = ()
    files: tuple[ToldFile, ...] = ()
    version: str = ""


def told_before(told: tuple[Told, ...], day: date) -> tuple[Told, ...]:
    """The briefs of earlier days, the oldest first: one made again on its own day repeats itself."""
    return tuple(sorted((one for one in told if one.on < day), key=lambda one: one.on))
