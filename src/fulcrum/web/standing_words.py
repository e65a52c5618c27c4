"""What the desk says of a belief: acts, days and doubt; never a trait. Private to those named."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fulcrum.core import wording
from fulcrum.core.digits import show
from fulcrum.core.judgement import Belief
from fulcrum.core.people import Level, Source
from fulcrum.core.quantities import LEVELS, Unknown
from fulcrum.core.value import value

SOURCE = {
    Source.SEEN: "seen",
    Source.TOLD_BY: "told",
    Source.DOCUMENT: "document",
    Source.ASK_OUTCOME: "outcome of an ask",
    Source.OWN_WORDS: "own words",
}

_NOTHING = 0.05  # levels: what the figures do not show


@value
class Moved:
    """How far a belief moved in twelve weeks: the figure, what it means, and its tone (up, down or none)."""

    figure: str
    meaning: str
    tone: str = ""


def moved(belief: Belief, desired: Level, *, real: float) -> Moved:
    """The change over 90 days in words; from `real` levels on, it is more than noise."""
    if isinstance(belief.level, Unknown):
        return Moved(figure="Unknown", meaning="Last belief shown, not trusted")
    if belief.change is None:
        return Moved(figure="New", meaning="Nothing to compare with yet")
    if abs(belief.change) < _NOTHING:
        return Moved(figure="0.0", meaning="No change")
    figure = signed(belief.change, -1)
    if belief.is_drop:
        return Moved(figure=f"{figure} levels", meaning="A real drop: find the cause", tone="down")
    if belief.change >= real:
        return Moved(figure=f"{figure} levels", meaning="A real rise", tone="up")
    if abs(belief.level.value - desired) < 0.5 or belief.level.value >= desired:
        return Moved(figure=figure, meaning="At the desired level")
    return Moved(figure=figure, meaning="Within the noise")


def signed(levels: float, step: int) -> str:
    """A difference of levels with its sign."""
    return show(levels, LEVELS, step, (0, ""), signed=True).text


def level_words(low: Level, high: Level) -> str:
    """A set of levels as people say it."""
    if low == high:
        return low.label.lower()
    return f"{low.label.lower()} {'or' if high - low == 1 else 'to'} {high.label.lower()}"


def headline(belief: Belief, name: str, desired: Level, *, real: float) -> str:
    """What is true of one executive today, in a sentence."""
    if belief.last_evidence is None:
        return f"Nobody has noted yet what {name} does."
    if isinstance(belief.level, Unknown):
        return f"Where {name} stands is no longer known."
    stands = belief.likeliest.label.lower()
    if belief.is_drop:
        return f"{name} is slipping, and now probably {_verb(belief.likeliest)}."
    if belief.change is not None and belief.change >= real:
        return f"{name} has moved up, and now probably {_verb(belief.likeliest)}."
    if belief.likeliest >= desired:
        return f"{name} probably {_verb(belief.likeliest)}: where you want them."
    return f"{name} probably {_verb(belief.likeliest)}." if stands else ""


def deck(belief: Belief, desired: Level) -> str:
    """The same with its numbers: probability, likely levels, change, desired level."""
    if belief.last_evidence is None:
        return (
            "What is drawn is what we would assume of anybody. "
            f"One thing you saw begins to change it. Desired: {desired.label.lower()}."
        )
    if isinstance(belief.level, Unknown):
        return f"{wording.say_unknown(belief.level)} Desired: {desired.label.lower()}."
    share = wording.whole_percent(belief.shares[belief.likeliest])
    low, high = belief.credible
    said = f"{belief.likeliest.label} with {share}"
    if belief.change is not None and abs(belief.change) >= _NOTHING:
        way = "up" if belief.change > 0 else "down"
        said += f", {way} {signed(abs(belief.change), -1).lstrip('+')} levels in twelve weeks"
    return f"{said}. Likely: {level_words(low, high)}. Desired: {desired.label.lower()}."


def week_headline(beliefs: Sequence[tuple[str, Belief]], *, real: float) -> str:
    """The week in one sentence: who moved, who slips, whose standing is no longer known."""
    if not beliefs:
        return "Nobody is on the list yet."
    slipping = [name for name, one in beliefs if one.is_drop and not isinstance(one.level, Unknown)]
    risen = [name for name, one in beliefs if _has_risen(one, real)]
    unknown = [name for name, one in beliefs if isinstance(one.level, Unknown)]
    parts = []
    if risen:
        parts.append(_several(risen, "has moved up", "have moved up"))
    if slipping:
        parts.append(_several(slipping, "is slipping", "are slipping"))
    if unknown:
        parts.append(_unknown(unknown))
    if not parts:
        return "Nobody has moved by more than noise in twelve weeks."
    return wording.sentence(wording.listed(parts) + ".")


def ago(then: date, today: date) -> str:
    """How long ago a day was."""
    days = (today - then).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 28:
        return wording.many(days, "day", "days") + " ago"
    return wording.many(days // 7, "week", "weeks") + " ago"


def fades_on(belief: Belief, *, unknown_after_weeks: float) -> date | None:
    """The day on which a standing becomes unknown if nothing is seen; None where it is or never was known."""
    if belief.last_evidence is None or isinstance(belief.level, Unknown):
        return None
    return belief.last_evidence + timedelta(weeks=unknown_after_weeks)


def _has_risen(belief: Belief, real: float) -> bool:
    return not isinstance(belief.level, Unknown) and belief.change is not None and belief.change >= real


def _several(names: Sequence[str], one: str, more: str) -> str:
    if len(names) <= 2:
        return f"{wording.listed(names)} {one if len(names) == 1 else more}"
    return f"{wording.number_word(len(names))} executives {more}"


def _unknown(names: Sequence[str]) -> str:
    if len(names) <= 2:
        return f"where {wording.listed(names)} {'stands' if len(names) == 1 else 'stand'} is not known"
    return f"where {wording.number_word(len(names))} executives stand is not known"


def _verb(level: Level) -> str:
    return {
        Level.OPPOSING: "opposes it",
        Level.INDIFFERENT: "is indifferent",
        Level.ENDORSING: "endorses it and does not yet act",
        Level.PARTICIPATING: "takes part when asked",
        Level.LEADING_OWN_AREA: "leads it in their own area",
        Level.DRIVING_ONE_COMPANY: "drives it across the company",
    }[level]


def effect_words(now: Belief, then: Belief) -> str:
    """What an observation would do: which level becomes likelier, and where the balance point goes."""
    level = max(Level, key=lambda one: then.shares[one] - now.shares[one])
    before, after = (wording.whole_percent(one.shares[level]) for one in (now, then))
    if before == after:
        return "The belief stays as it is: it says what was expected."
    said = f"{level.label} becomes likelier, {before} to {after}."
    was, will = (sum(k * share for k, share in enumerate(one.shares)) for one in (now, then))
    if abs(will - was) < _NOTHING:
        return f"{said} The balance point stays at {_point(was)}: this makes us surer, not more hopeful."
    return f"{said} The balance point moves from {_point(was)} to {_point(will)}."


def _point(level: float) -> str:
    return show(level, LEVELS, -1, (0, "")).text


def seen_words(belief: Belief, seen: Any, today: date) -> str:
    """When something was last seen, and how it came to us."""
    if belief.last_evidence is None:
        return "Nothing yet"
    when = ago(belief.last_evidence, today)
    if seen is None or seen.date != belief.last_evidence:
        return f"{when}, {SOURCE[Source.ASK_OUTCOME]}"
    return f"{when}, {SOURCE[Source(seen.source)]}"
