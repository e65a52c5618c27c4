"""Lists of words by which texts are read: visions, pitches, and what executives say themselves."""

from typing import Literal

from fulcrum.core.cited import Cited
from fulcrum.core.value import value


@value
class VisionWords:
    """Words by which a vision is read, in one language: what they are, why it matters, what to write instead.

    `words` are words or phrases in any case; a star stands for any ending, a hyphen for a blank. None of them
    counts where one of `unless` stands in the same text. Of the kind "language" are small words by which a
    language is told, of the others those that a vision should or should not hold.
    """

    id: str
    kind: Literal["language", "customer", "change", "measure", "programme", "superlative", "jargon"]
    language: str = "en"
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    why: str
    instead: str
    sources: tuple[Cited, ...]


@value
class SpokenTheme:
    """What somebody may speak of, and the words that show it, each with its plural and possessive.

    `not_in` holds phrases in which such a word means something else ("consumer electronics").
    """

    id: str
    name: str
    words: tuple[str, ...]
    not_in: tuple[str, ...] = ()
    sources: tuple[Cited, ...]


@value
class PitchWords:
    """Phrases that ask from the sender's need; `rather` says how to put it from the reader's side."""

    id: str
    says: tuple[str, ...]
    why: str
    rather: str
    sources: tuple[Cited, ...]
