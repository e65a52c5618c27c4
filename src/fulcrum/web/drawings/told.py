"""The ribbons in words, for those who do not see them."""

from collections import Counter
from collections.abc import Sequence

from fulcrum.core import wording
from fulcrum.core.company import Ask, Move
from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.people import Level, Observation
from fulcrum.core.quantities import Unknown
from fulcrum.web.drawings.silence import said_of
from fulcrum.web.drawings.weeks import Run, Window, silences_in
from fulcrum.web.drawings.words import balance_of, belief_sentence, level_number


def ribbons_sentence(
    belief: Belief,
    observations: Sequence[Observation],
    asks: Sequence[Ask],
    moves: Sequence[Move],
    *,
    window: Window,
    runs: Sequence[Run],
    name: str,
    desired: Level | None,
    ahead: Sequence[WeekOfBelief],
) -> str:
    """Where the belief was and is, what was seen and done in between, and what comes if nobody looks."""
    parts = [
        f"Belief over the six levels from {wording.day(window.start)} to {wording.day(window.today)}.",
        belief_sentence(belief, name, desired),
        _then(runs, belief),
        _seen(observations, window),
        _listed("Asks", [ask.status.value for ask in asks if window.holds(ask.asked_on)]),
        _listed("Moves", [move.lever.label.lower() for move in moves if window.holds(move.date)]),
    ]
    days = [each.date for each in observations]
    parts += [f"{said_of(silence)}." for silence in silences_in(days, window)[:2]]
    if ahead:
        number, day = level_number(balance_of(ahead[-1].shares)), wording.day(ahead[-1].week_ending)
        parts.append(f"If nothing is seen, the balance point is {number} on {day}.")
    return " ".join(part for part in parts if part)


def _then(runs: Sequence[Run], belief: Belief) -> str:
    known = [week for run in runs if run.is_known for week in run.weeks]
    if not known or isinstance(belief.level, Unknown):
        return ""
    first = known[0]
    if first.week_ending == belief.as_of:
        return ""
    return (
        f"On {wording.day(first.week_ending)} the balance point was {level_number(balance_of(first.shares))}."
    )


def _seen(observations: Sequence[Observation], window: Window) -> str:
    shown = [each.source.value for each in observations if window.holds(each.date)]
    if not shown:
        return "No observation in this time."
    return _listed(wording.many(len(shown), "observation"), shown)


def _listed(what: str, kinds: Sequence[str]) -> str:
    if not kinds:
        return ""
    return f"{what}: {wording.listed([f'{many} {kind}' for kind, many in Counter(kinds).items()])}."
