"""Words and phrases looked for in a text: any case, a star for any ending, a hyphen for a blank."""

import re
from collections.abc import Sequence

from fulcrum.core.lexicons import VisionWords
from fulcrum.core.value import value

_WORD = re.compile(r"[^\W_]+")


@value
class Token:
    """One word of a text in small letters, and where it stands."""

    word: str
    start: int
    stop: int


@value
class Found:
    """Words of a list as they stand in a text, and the entry that they are of."""

    text: str
    start: int
    entry: VisionWords


class WordList:
    """The words of some entries, ready to be looked for; a text of n words takes about n steps."""

    def __init__(self, entries: Sequence[VisionWords]) -> None:
        self._starting: dict[str, list[tuple[tuple[str, ...], VisionWords]]] = {}
        self._endless: list[tuple[tuple[str, ...], VisionWords]] = []  # the first word may end in any way
        self._unless = {entry.id: [_phrase(word) for word in entry.unless] for entry in entries}
        for entry in entries:
            for phrase in (_phrase(word) for word in entry.words):
                if not phrase:
                    continue
                if phrase[0].endswith("*"):
                    self._endless.append((phrase, entry))
                else:
                    self._starting.setdefault(phrase[0], []).append((phrase, entry))

    def found_in(self, text: str) -> tuple[Found, ...]:
        """Each place where one of the words stands, the longest phrase at each, in the order of the text."""
        tokens = tokens_of(text)
        found: list[Found] = []
        place = 0
        while place < len(tokens):
            best = self._longest_at(tokens, place)
            if best is None:
                place += 1
                continue
            phrase, entry = best
            last = tokens[place + len(phrase) - 1]
            start = tokens[place].start
            found.append(Found(text=text[start : last.stop], start=start, entry=entry))
            place += len(phrase)
        excused = {entry for entry, phrases in self._unless.items() if _holds_any(tokens, phrases)}
        return tuple(one for one in found if one.entry.id not in excused)

    def _longest_at(self, tokens: Sequence[Token], place: int) -> tuple[tuple[str, ...], VisionWords] | None:
        first = tokens[place].word
        known = [*self._starting.get(first, ()), *(one for one in self._endless if _fits(one[0][0], first))]
        fitting = [one for one in known if _stands_at(tokens, place, one[0])]
        return max(fitting, key=lambda one: len(one[0]), default=None)


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text; an apostrophe, a hyphen and a blank all part words."""
    return tuple(
        Token(word=one.group().casefold(), start=one.start(), stop=one.end()) for one in _WORD.finditer(text)
    )


def _phrase(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+\*?", words.casefold()))


def _stands_at(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    if place + len(phrase) > len(tokens):
        return False
    return all(_fits(word, tokens[place + i].word) for i, word in enumerate(phrase))


def _fits(word: str, said: str) -> bool:
    return said.startswith(word[:-1]) if word.endswith("*") else said == word


def _holds_any(tokens: Sequence[Token], phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(_stands_at(tokens, i, phrase) for i in range(len(tokens)) for phrase in phrases if phrase)
