"""A belief over time: six ribbons, what was seen, what was done, and what comes if nobody looks."""

from collections.abc import Sequence
from datetime import date

from fulcrum.briefing.svg import Point, line, picture, text
from fulcrum.core import wording
from fulcrum.core.company import Ask, Move
from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.people import Level, Observation
from fulcrum.web.drawings.lanes import ask_lanes, move_lanes
from fulcrum.web.drawings.marks import diamond, width_of
from fulcrum.web.drawings.plot import FULL, Plot, plot_of
from fulcrum.web.drawings.sightings import sightings
from fulcrum.web.drawings.silence import noted, unseen
from fulcrum.web.drawings.told import ribbons_sentence
from fulcrum.web.drawings.weeks import Run, runs_of, silences_in, soon
from fulcrum.web.drawings.words import balance_of

_SEEN = 0.6  # px: thinner ribbons are not drawn


def belief_ribbons(
    belief: Belief,
    observations: Sequence[Observation],
    asks: Sequence[Ask],
    moves: Sequence[Move],
    *,
    name: str,
    desired: Level | None,
    unknown_after_weeks: float,
    ahead: Sequence[WeekOfBelief] = (),
    is_narrow: bool = False,
) -> str:
    """The belief about one executive, week by week up to `belief.as_of`, with the evidence that moved it.

    Each ribbon is a level, its thickness the probability at the end of the week; the line is the balance
    point. Observations (with those that asks gave: `evidence_on`) stand at the end of their week, where the
    belief turns. Weeks in which it was Unknown are dashed outlines without a line. `ahead` is the belief run
    on without evidence; it is pale, and left out where today is Unknown. What belongs to others is left out.
    """
    mine = tuple(each for each in observations if each.executive == belief.executive)
    asked = tuple(ask for ask in asks if ask.executive == belief.executive)
    made = tuple(move for move in moves if move.executive == belief.executive)
    days = [each.date for each in mine if each.date <= belief.as_of]
    near = soon(belief, ahead)
    plot = plot_of(belief, near, is_narrow=is_narrow)
    runs = runs_of(belief, days, plot.window, unknown_after_weeks=unknown_after_weeks)
    done, bottom = _done(asked, made, plot, has_ahead=bool(near))
    parts = [
        *_believed(runs, _ahead(belief, near), desired, plot),
        *sightings(mine, plot),
        *_notes(days, runs, plot),
        *done,
        *_months(plot, bottom),
        *_today(plot, bottom),
    ]
    summary = ribbons_sentence(
        belief, mine, asked, made, window=plot.window, runs=runs, name=name, desired=desired, ahead=near
    )
    return picture(plot.width, bottom + 22, summary, *parts)


def _believed(
    runs: Sequence[Run], later: Sequence[WeekOfBelief], desired: Level | None, plot: Plot
) -> list[str]:
    """Ribbons and balance line, first what lies ahead, then what was."""
    parts = [*_grid(plot), *_bodies(later, plot, "c-now-pale")]
    for run in runs:
        parts += _bodies(run.weeks, plot, "c-ribbon" if run.is_known else "c-unknown")
    parts += [part for run in runs if run.is_known for part in _line(run, plot)]
    return [*parts, *_levels(plot), *_after_today(later, desired, plot)]


def _notes(days: Sequence[date], runs: Sequence[Run], plot: Plot) -> list[str]:
    """Words on the two longest silences, or on there being nothing yet."""
    if not days:
        return unseen(plot)
    return [part for silence in silences_in(days, plot.window)[:2] for part in noted(silence, runs, plot)]


def _grid(plot: Plot) -> list[str]:
    axis = plot.window.axis
    return [line([(axis.left, plot.y(level)), (axis.right, plot.y(level))], "c-grid") for level in Level]


def _levels(plot: Plot) -> list[str]:
    """The names of the levels: beside the ribbons, or above them on a phone."""
    if plot.is_narrow:
        return [text(f"{level:d} {level.label}", 0, plot.y(level) - 26, "t-ink halo") for level in Level]
    return [text(level.label, 128, plot.y(level) + 4, "t-ink t-13", "end") for level in Level]


def _bodies(weeks: Sequence[WeekOfBelief], plot: Plot, class_: str) -> list[str]:
    """The ribbons of weeks in a row, each left out where it is too thin to be seen."""
    parts = []
    for level in Level:
        for piece in _pieces(weeks, level):
            upper = [(plot.x(week), plot.y(level) - week.shares[level] * FULL / 2) for week in piece]
            lower = [(x, 2 * plot.y(level) - y) for x, y in reversed(upper)]
            parts.append(line([*upper, *lower], class_))
    return parts


def _pieces(weeks: Sequence[WeekOfBelief], level: Level) -> list[Sequence[WeekOfBelief]]:
    """Stretches in which a level can be seen, each with the week before and after, to which it tapers."""
    pieces: list[Sequence[WeekOfBelief]] = []
    start: int | None = None
    for at in range(len(weeks) + 1):
        is_thick = at < len(weeks) and weeks[at].shares[level] * FULL >= _SEEN
        if is_thick and start is None:
            start = at
        elif not is_thick and start is not None:
            piece = weeks[max(start - 1, 0) : at + 1]
            if len(piece) > 1:
                pieces.append(piece)
            start = None
    return pieces


def _line(run: Run, plot: Plot) -> list[str]:
    points = _balance(run.weeks, plot)
    return [line(points, "c-halo"), line(points, "c-line")]


def _balance(weeks: Sequence[WeekOfBelief], plot: Plot) -> list[Point]:
    return [(plot.x(week), plot.y(balance_of(week.shares))) for week in weeks]


def _ahead(belief: Belief, ahead: Sequence[WeekOfBelief]) -> tuple[WeekOfBelief, ...]:
    """Today and the weeks after it; nothing where nothing lies ahead."""
    if not ahead:
        return ()
    return (WeekOfBelief(week_ending=belief.as_of, shares=belief.shares), *ahead)


def _after_today(later: Sequence[WeekOfBelief], desired: Level | None, plot: Plot) -> list[str]:
    parts = []
    if later:
        parts.append(line(_balance(later, plot), "c-break"))
    if desired is not None:
        x, y = plot.window.axis.right - 7, plot.y(desired)
        parts.append(diamond(x, y, 5.2))
        parts.append(text("desired", x + 7, y - 12, "t-ink halo", "end"))
    return parts


def _done(
    asks: Sequence[Ask], moves: Sequence[Move], plot: Plot, *, has_ahead: bool
) -> tuple[list[str], float]:
    """The lanes of moves and asks under the beam, and where they end."""
    window, top = plot.window, plot.beam + 13
    parts = [line([(window.axis.left, plot.beam), (window.axis.right, plot.beam)], "c-beam")]
    made = move_lanes(moves, window, top, 8)
    least = 0.0 if plot.is_narrow else 20.0
    below = top + max(made.height, least) + 2
    asked = ask_lanes(asks, window, below)
    if not plot.is_narrow:
        left = window.axis.left
        parts += [text("none in this time", left, top + 9, "t-faint")] if not made.parts else []
        parts += [text("none in this time", left, below + 9, "t-faint")] if not asked.parts else []
        parts += [text("Moves", 128, top + 9, "t-13", "end"), text("Asks", 128, below + 9, "t-13", "end")]
        if has_ahead:
            parts += [text("If nothing", window.now + 9, top + 9), text("is seen", window.now + 9, top + 24)]
    return [*parts, *made.parts, *asked.parts], below + max(asked.height, least) + 8


def _months(plot: Plot, y: float) -> list[str]:
    """Ticks at the first of each month, labelled where there is room."""
    parts, free = [], plot.window.axis.left - 1
    for first in plot.window.months():
        x = plot.window.at(first)
        parts.append(line([(x, y), (x, y + 5)], "c-grid"))
        said = wording.month(first)[:3] if first.month > 1 else f"{wording.month(first)[:3]} {first.year}"
        if x >= free and x + width_of(said) <= plot.width + 4:
            parts.append(text(said, x, y + 17, "halo"))
            free = x + width_of(said) + 6
    return parts


def _today(plot: Plot, bottom: float) -> list[str]:
    x = plot.window.now
    return [line([(x, 4), (x, bottom + 20)], "c-today"), text("Today", x - 7, 13, "t-b halo", "end")]
