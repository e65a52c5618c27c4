"""What a reading of a vision found: where it is vague, in which words, why, and what to write instead."""

from typing import Literal

from fulcrum.core.value import value

VagueKind = Literal[
    "no customer",
    "no change",
    "no measure",
    "programme",
    "superlative",
    "jargon",
    "too long",
    "copied",
]


@value
class Vague:
    """One thing that a reader of the vision will not see before them.

    `place` is a key of vision.toml: "statement", "journeys[1].to", "meaning.coo". `words` quotes what was
    found, and is empty where something is not there. `lacks` is the finding in one sentence. A serious one
    keeps the lever from being ready.
    """

    kind: VagueKind
    place: str
    lacks: str
    words: str = ""
    why: str
    instead: str
    is_serious: bool


@value
class VisionReading:
    """All that was found in a vision, and what was not looked at: `unread` is empty where all was."""

    found: tuple[Vague, ...]
    language: str
    unread: str = ""

    @property
    def serious(self) -> tuple[Vague, ...]:
        """What keeps the lever from being ready."""
        return tuple(one for one in self.found if one.is_serious)

    def at(self, place: str) -> tuple[Vague, ...]:
        """What was found at one place."""
        return tuple(one for one in self.found if one.place == place)
