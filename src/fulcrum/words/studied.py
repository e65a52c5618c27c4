"""A text, read once: its words, where it names what, and its parts."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from fulcrum.core.words import OwnText, Passage
from fulcrum.words.lexicon import Lexicon
from fulcrum.words.rates import Count
from fulcrum.words.tokens import is_plain, reads_as_english, sentences_of, tokens_of

_LONGEST_SENTENCE = 70  # words; captions without full stops would quote a page
_AROUND = 25


class Studied:
    """One text with its words and mentions."""

    def __init__(self, text: OwnText, lexicon: Lexicon, part_words: int) -> None:
        self.text = text
        self.tokens = tokens_of(text.text)
        self.is_english = reads_as_english(self.tokens)
        self.mentions = lexicon.mentions(self.tokens) if self.is_english else ()
        self._part_words = part_words

    def count(self, theme: str) -> Count:
        """Mentions of a theme among all words."""
        return Count(mentions=sum(one.theme == theme for one in self.mentions), words=len(self.tokens))

    def parts(self, theme: str) -> tuple[Count, ...]:
        """The same in each part of the text."""
        named = Counter(
            min(one.first // self._part_words, self._last) for one in self.mentions if one.theme == theme
        )
        return tuple(Count(mentions=named[at], words=words) for at, words in enumerate(self._part_lengths))

    def parts_with(self, word: str) -> tuple[Count, ...]:
        """How often one word comes in each part."""
        held = self._words_of_parts
        return tuple(
            Count(mentions=each[word], words=words)
            for each, words in zip(held, self._part_lengths, strict=True)
        )

    @cached_property
    def telling(self) -> Counter[str]:
        """How often each word comes that is not plain."""
        return Counter(token.word for token in self.tokens if not is_plain(token.word))

    def passages(self, theme: str) -> tuple[Passage, ...]:
        """Every sentence that names a theme."""
        named = [
            (self.tokens[one.first].start, self.tokens[one.last].end)
            for one in self.mentions
            if one.theme == theme
        ]
        return tuple(
            self._passage(theme, start, end, here)
            for start, end in self._sentences
            if (here := [(a, b) for a, b in named if start <= a < end])
        )

    def sentence_with(self, word: str) -> str:
        """The first sentence in which a word comes; empty if none does."""
        at = next((token for token in self.tokens if token.word == word), None)
        if at is None:
            return ""
        start, end = next((one for one in self._sentences if one[0] <= at.start < one[1]), (at.start, at.end))
        return self._passage("", start, end, [(at.start, at.end)]).sentence

    @cached_property
    def _sentences(self) -> tuple[tuple[int, int], ...]:
        return sentences_of(self.text.text)

    @cached_property
    def _last(self) -> int:
        """The number of the last part; a rest of less than half a part belongs to the one before it."""
        whole, rest = divmod(len(self.tokens), self._part_words)
        return max(0, whole - 1 if rest < self._part_words / 2 else whole)

    @cached_property
    def _part_lengths(self) -> tuple[int, ...]:
        last = len(self.tokens) - self._last * self._part_words
        return (*(self._part_words,) * self._last, last)

    @cached_property
    def _words_of_parts(self) -> tuple[Counter[str], ...]:
        starts = range(0, self._last * self._part_words + 1, self._part_words)
        ends = (*starts[1:], len(self.tokens))
        return tuple(
            Counter(token.word for token in self.tokens[start:end])
            for start, end in zip(starts, ends, strict=True)
        )

    def _passage(self, theme: str, start: int, end: int, named: Sequence[tuple[int, int]]) -> Passage:
        inside = [token for token in self.tokens if start <= token.start < end]
        before, after = "", ""
        if len(inside) > _LONGEST_SENTENCE:
            at = next(n for n, token in enumerate(inside) if token.start >= named[0][0])
            inside = inside[max(0, at - _AROUND) : at + _AROUND]
            before, after = ("… " if inside[0].start > start else ""), " …"
            start, end = inside[0].start, inside[-1].end
        said, spans = _tidied(
            self.text.text[start:end], [(a - start, b - start) for a, b in named if b <= end]
        )
        return Passage(
            file=self.text.file,
            said_on=self.text.said_on,
            theme=theme,
            sentence=before + said + after,
            spans=tuple((a + len(before), b + len(before)) for a, b in spans),
        )


def _tidied(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The text on one line, and where the spans stand in it then."""
    places: list[int] = []
    out: list[str] = []
    for sign in text:
        places.append(len(out))
        if not sign.isspace():
            out.append(sign)
        elif out and out[-1] != " ":
            out.append(" ")
    places.append(len(out))
    return "".join(out).rstrip(), [(places[a], places[b]) for a, b in spans]
