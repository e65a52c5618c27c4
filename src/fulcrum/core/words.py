"""What an executive said or wrote themselves: texts, rates of attention, passages, and what is proposed.

A rate says how often a theme is named, not how well or how truly it is meant.
"""

from datetime import date

from fulcrum.core.findings import Trace
from fulcrum.core.people import Observation
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.value import value

CUSTOMERS = "customers"  # the id of the theme that everything else is held against


@value
class OwnText:
    """One text of one executive: their own words alone, where speakers are marked.

    `left_out` counts the words of others; `is_marked` says whether the text names its speakers at all. Where
    it does not, every word counts as the executive's.
    """

    executive: str
    said_on: date
    file: str
    sha256: str
    text: str
    is_marked: bool = False
    left_out: int = 0


@value
class ThemeRate:
    """How often one theme is named: mentions, and mentions per 1,000 words with an interval."""

    theme: str
    name: str
    mentions: int
    rate: Result


@value
class Passage:
    """One sentence that names a theme; `spans` say where in it the words stand, from start up to end."""

    file: str
    said_on: date
    theme: str
    sentence: str
    spans: tuple[tuple[int, int], ...]


@value
class TextRead:
    """One text and what it speaks of, every theme in the playbook's order."""

    file: str
    said_on: date
    words: int
    is_marked: bool
    left_out: int
    themes: tuple[ThemeRate, ...]


@value
class DistinctiveWord:
    """A word that sets an executive apart: `times` as likely in their words as in the others'."""

    word: str
    mentions: int
    others: int
    times: Estimate
    sentence: str


@value
class ProposedObservation:
    """An observation that a text suggests; it counts for nothing until a person confirms it.

    `why` says what the proposal rests on. `is_noted`: the same executive's own words of that day are noted
    already.
    """

    observation: Observation
    why: str
    file: str
    passages: tuple[Passage, ...]
    is_noted: bool = False


@value
class OtherRate:
    """Another executive's attention to customers over all their texts."""

    executive: str
    texts: int
    words: int
    customers: ThemeRate


@value
class OwnWords:
    """What one executive speaks of: over all their texts, text by text, over time and beside the others.

    `trend` is the ratio of their rate of attention to customers from one year to the next, `beside_others`
    that of their rate to the others'; 1 is no difference. `not_proposed` says of each text without a proposal
    why there is none.
    """

    executive: str
    texts: tuple[TextRead, ...]
    themes: tuple[ThemeRate, ...]
    trend: Result
    beside_others: Result
    others: tuple[OtherRate, ...]
    distinctive: tuple[DistinctiveWord, ...]
    not_distinctive: Unknown | None
    passages: tuple[Passage, ...]
    proposals: tuple[ProposedObservation, ...]
    not_proposed: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]
    trace: Trace

    @property
    def customers(self) -> ThemeRate:
        """Attention to customers over all texts."""
        return next(each for each in self.themes if each.theme == CUSTOMERS)
