"""Words and sentences of a text, with where they stand."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|No|Inc|Co|Corp|Ltd|e\.g|i\.e)|\b[A-Z])\.$")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-Þ\d])|\n\s*\n|\n(?=\s*[\"'“‘(]?[A-ZÀ-Þ])")
_PLAIN_WORDS = (
    "a about after again all also am an and any are as at be because been before being both but by can "
    "could did do does doing don't down each even every few first for from further get got go going had has "
    "have having he her here hers him his how i i'd i'll i'm i've if in into is isn't it its just let let's "
    "like look me more most much must my no nor not now of off on once one only or other our ours out over "
    "own really said same say see she should so some such than that the their them then there these they "
    "this those through to too two under until up upon us very was we we'd we'll we're we've were what when "
    "where which while who whom why will with would yes you your yours"
)
_PLAIN = frozenset(_PLAIN_WORDS.split())


class Token(NamedTuple):
    """One word: in small letters without its possessive, and where it stands in the text."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text. A number is none, and a hyphen parts two; "we're" is one, "3M's" is "m"."""
    return tuple(
        Token(
            word=_POSSESSIVE.sub("", found.group().casefold()).replace("’", "'"),
            start=found.start(),
            end=found.end(),
        )
        for found in _WORD.finditer(text)
    )


def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence stands. A line that begins with a capital begins a sentence."""
    cuts = [0]
    for found in _END.finditer(text):
        if _ABBREVIATED.search(text[max(0, found.start() - 6) : found.start()]) is None:
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    starts, ends = cuts[::2], cuts[1::2]
    return tuple((start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())


def is_plain(word: str) -> bool:
    """Whether a word is one of those that every text is held together with, or too short to mean much."""
    return word in _PLAIN or len(word) < 3


def reads_as_english(tokens: tuple[Token, ...]) -> bool:
    """Whether at least three in twenty words are plain English ones; English speech has about half.

    The lexicon is English: in another language it would find nothing, which would look like silence.
    """
    plain = sum(token.word in _PLAIN for token in tokens)
    return plain >= 0.15 * len(tokens)
