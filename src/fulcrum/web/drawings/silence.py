"""A note where nobody looked for long, in the place where it covers least."""

from collections.abc import Sequence

from fulcrum.briefing.svg import text
from fulcrum.core import wording
from fulcrum.core.judgement import WeekOfBelief
from fulcrum.web.drawings.marks import width_of
from fulcrum.web.drawings.plot import FULL, Plot
from fulcrum.web.drawings.weeks import Run, Silence
from fulcrum.web.drawings.words import balance_of

_SANK = 0.1  # levels: less is not called sinking
_LABELS = 130.0  # px: how far the levels' names reach on a phone


def said_of(silence: Silence) -> str:
    """ "Ten weeks without evidence"."""
    return f"{wording.number_word(silence.weeks).capitalize()} weeks without evidence"


def noted(silence: Silence, runs: Sequence[Run], plot: Plot) -> list[str]:
    """How long it was, and what the silence did to the belief; nothing where there is no room."""
    left = plot.window.at(max(silence.start, plot.window.start))
    right = plot.window.at(silence.end)
    if plot.is_narrow:
        said = said_of(silence)
        if right - 6 - width_of(said) < max(left, _LABELS):
            return []
        level = _calmest(silence, runs, plot)
        return [text(said, right - 6, plot.y(level + 1) + plot.row - 26, "halo", "end")]
    said, effect = f"{said_of(silence)}:", _effect(silence, runs, is_open=silence.end == plot.window.today)
    if right - left < max(width_of(said), width_of(effect)) * 0.9:
        return []
    middle = plot.y(_calmest(silence, runs, plot)) - plot.row / 2
    x = (left + right) / 2
    return [
        text(said, x, middle - 3, "halo", "middle"),
        text(effect, x, middle + 12, "halo", "middle"),
    ]


def unseen(plot: Plot) -> list[str]:
    """What the outlines are where nobody has been observed yet."""
    if plot.is_narrow:
        return [text("No observation yet", plot.window.now - 6, plot.y(4) - 26, "halo", "end")]
    x = (plot.window.axis.left + plot.window.now) / 2
    said = "No observation yet: this is what we would assume of anybody."
    return [text(said, x, plot.y(4) + plot.row / 2 + 4, "halo", "middle")]


def _weeks(silence: Silence, runs: Sequence[Run]) -> list[tuple[WeekOfBelief, bool]]:
    """The weeks of a silence, and whether each was known; an unknown run reaches to known weeks beside it."""
    known = {week.week_ending for run in runs if run.is_known for week in run.weeks}
    weeks = {week.week_ending: week for run in runs for week in run.weeks}
    return [
        (week, day in known) for day, week in sorted(weeks.items()) if silence.start <= day <= silence.end
    ]


def _effect(silence: Silence, runs: Sequence[Run], *, is_open: bool) -> str:
    weeks = _weeks(silence, runs)
    if not weeks or not all(known for _, known in weeks):
        return "where they stand is unknown" if is_open else "where they stood was unknown"
    fell = balance_of(weeks[0][0].shares) - balance_of(weeks[-1][0].shares)
    return "the belief spreads and sinks" if fell > _SANK else "the belief spreads"


def _calmest(silence: Silence, runs: Sequence[Run], plot: Plot) -> int:
    """The level above which two lines of words cover least of ribbons and balance line."""
    weeks = _weeks(silence, runs)

    def covered(level: int) -> float:
        room = plot.row / 2 - 15
        cost = 0.0
        for week, is_known in weeks:
            for side in (level, level + 1):
                cost += max(week.shares[side] * FULL / 2 - room, 0.0)
            if is_known and level + 0.15 < balance_of(week.shares) < level + 0.85:
                cost += 20
        return cost

    return min(range(4, -1, -1), key=covered)
