"""Where a text names the themes of the lexicon."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from fulcrum.core.lexicons import SpokenTheme
from fulcrum.words.tokens import Token, tokens_of

_Phrase = tuple[str, ...]


class Mention(NamedTuple):
    """A theme named: the first and the last of its words, counted in the text's words from 0."""

    theme: str
    first: int
    last: int


class Lexicon:
    """The playbook's themes, ready to be found; made once for many texts."""

    def __init__(self, themes: Sequence[SpokenTheme]) -> None:
        self._by_first: defaultdict[str, dict[_Phrase, str | None]] = defaultdict(dict)
        for theme in themes:
            for phrase in theme.not_in:
                self._add(phrase, None)
        for theme in themes:
            for phrase in theme.words:
                self._add(phrase, theme.id)
        self._longest = max((len(p) for held in self._by_first.values() for p in held), default=0)

    def mentions(self, tokens: Sequence[Token]) -> tuple[Mention, ...]:
        """Every mention in the order of the text; of phrases that overlap the first and longest counts."""
        found, at = [], 0
        words = [token.word for token in tokens]
        while at < len(words):
            phrase, theme = self._at(words, at)
            if theme is not None:
                found.append(Mention(theme=theme, first=at, last=at + len(phrase) - 1))
            at += max(1, len(phrase))
        return tuple(found)

    def _at(self, words: list[str], at: int) -> tuple[_Phrase, str | None]:
        held = self._by_first.get(words[at])
        if held is not None:
            for length in range(min(self._longest, len(words) - at), 0, -1):
                phrase = tuple(words[at : at + length])
                if phrase in held:
                    return phrase, held[phrase]
        return (), None

    def _add(self, phrase: str, theme: str | None) -> None:
        words = tuple(token.word for token in tokens_of(phrase))
        if not words:
            return
        for last in _forms(words[-1]):
            form = (*words[:-1], last)
            self._by_first[form[0]].setdefault(form, theme)


def _forms(word: str) -> tuple[str, ...]:
    """A word and its plural; those that have none are not found elsewhere either."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, f"{word[:-1]}ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word, f"{word}es"
    return word, f"{word}s"
