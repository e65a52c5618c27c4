"""Beliefs in the sentences that stand in for drawings; numbers are worded by the core alone."""

from collections.abc import Sequence
from datetime import date

from fulcrum.core import wording
from fulcrum.core.digits import show
from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.people import Level
from fulcrum.core.quantities import LEVELS, Unknown

_SAID_FROM = 0.02  # a level with less is not named


def balance_of(shares: Sequence[float]) -> float:
    """The expected level, where the mass balances."""
    return sum(level * share for level, share in enumerate(shares))


def level_number(level: float) -> str:
    """A place between levels: "2.5"."""
    return show(level, LEVELS, -1, (0, "")).text


def share(of_one: float) -> str:
    """A probability that never claims certainty: "66 %", "over 99 %"."""
    if of_one > 0.995:
        return f"over {wording.whole_percent(0.99)}"
    return wording.whole_percent(of_one) if of_one >= 0.005 else f"under {wording.whole_percent(0.01)}"


def shares(of_levels: Sequence[float]) -> str:
    """Each level that is worth a word: "Endorsing 15 %, Participating 66 %"."""
    pairs = zip(Level, of_levels, strict=True)
    return ", ".join(f"{level.label} {share(each)}" for level, each in pairs if each >= _SAID_FROM)


def likely(belief: Belief) -> str:
    """The credible levels: "Participating to Leading own area"."""
    low, high = belief.credible
    return low.label if low == high else f"{low.label} to {high.label}"


def weeks_ago(on: date, as_of: date) -> str:
    """How long ago, in full weeks: "twelve weeks ago"."""
    weeks = (as_of - on).days // 7
    return f"{wording.number_word(weeks)} {'week' if weeks == 1 else 'weeks'} ago"


def moved_since(belief: Belief, earlier: WeekOfBelief | None) -> str:
    """How far the balance point moved since an earlier week: "+0.8 levels"; empty where it cannot be said.

    The same two points as the row draws. `Belief.change` looks 90 days back and may differ a little.
    """
    if earlier is None or isinstance(belief.level, Unknown):
        return ""
    moved = belief.level.value - balance_of(earlier.shares)
    return f"{show(moved, LEVELS, -1, (0, ''), signed=True).text} levels"


def belief_sentence(
    belief: Belief, name: str, desired: Level | None, earlier: WeekOfBelief | None = None
) -> str:
    """Where somebody stands, in one sentence: shares, balance points, desired level; or why it is unknown."""
    wanted = "" if desired is None else f" Desired: {desired.label}."
    if isinstance(belief.level, Unknown):
        return f"{name}: Unknown. {wording.say_unknown(belief.level)}{wanted}"
    then = ""
    if earlier is not None:
        when = weeks_ago(earlier.week_ending, belief.as_of)
        then = f", {when} {level_number(balance_of(earlier.shares))}"
    return f"{name}: {shares(belief.shares)}; balance point {level_number(belief.level.value)}{then}.{wanted}"
