"""Observations that a text suggests. A person confirms each, or dismisses it; talk counts as talk.

Only two anchors of leading communication can be told from a count: that customers are spoken of (2), and
that in a long text they are not (1). Whether a case, a number or a decision came with it (3 to 5), or whether
the work was belittled (0), is for whoever reads the passages.
"""

from collections.abc import Sequence

from fulcrum.core import wording
from fulcrum.core.people import Behaviour, Level, Observation, Source
from fulcrum.core.quantities import Estimate
from fulcrum.core.rules import WordRules
from fulcrum.core.words import CUSTOMERS, Passage, ProposedObservation, TextRead

_QUOTED = 3
_LONGEST_QUOTE = 240


def proposal_on(
    text: TextRead,
    passages: Sequence[Passage],
    executive: str,
    *,
    rules: WordRules,
    noted: Sequence[Observation],
) -> ProposedObservation | str:
    """The observation that one text suggests, or in a sentence why it suggests none.

    Anchor 2 if the whole interval of the rate lies at or above `speaks_from`, anchor 1 if it lies below
    `silent_below`; nothing in between.
    """
    named = next(one for one in text.themes if one.theme == CUSTOMERS)
    if not isinstance(named.rate, Estimate):
        return named.rate.reason
    low, high = named.rate.interval.low, named.rate.interval.high
    if low >= rules.speaks_from.value:
        anchor = Level.ENDORSING
    elif high < rules.silent_below.value:
        anchor = Level.INDIFFERENT
    else:
        return (
            f"{wording.say_fully(named.rate)} per 1,000 words is neither surely "
            f"{rules.speaks_from.value:g} or more nor surely under {rules.silent_below.value:g}."
        )
    often = f"named {wording.many(named.mentions, 'time')}" if named.mentions else "not named"
    counted = f"{often} in {wording.count(text.words)} words"
    seen = Observation(
        executive=executive,
        date=text.said_on,
        behaviour=Behaviour.COMMUNICATION,
        anchor=anchor,
        source=Source.OWN_WORDS,
        observer="own words",
        note=_note(counted, passages, is_silent=anchor is Level.INDIFFERENT),
    )
    return ProposedObservation(
        observation=seen,
        why=f"Customers are {counted}: {wording.say_fully(named.rate)} per 1,000 words.",
        file=text.file,
        passages=tuple(passages[:_QUOTED]),
        is_noted=any(_is_same(seen, one) for one in noted),
    )


def _note(counted: str, passages: Sequence[Passage], *, is_silent: bool) -> str:
    """What was said, quoted: a note that the executive may read."""
    said = f"Customers were {counted} of their own."
    if is_silent:
        return said
    quote = passages[0].sentence
    cut = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"{said} “{cut}”"


def _is_same(one: Observation, other: Observation) -> bool:
    return (one.executive, one.date, one.behaviour, one.source) == (
        other.executive,
        other.date,
        other.behaviour,
        other.source,
    )
