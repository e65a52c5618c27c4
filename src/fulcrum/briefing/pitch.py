"""Whether a brief or a note asks from the reader's side: phrases of the sender's need, found and answered."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from fulcrum.briefing.contents import texts_in
from fulcrum.core.brief import ArgumentBlock, Block, Brief, Quote, TraceTable
from fulcrum.core.lexicons import PitchWords
from fulcrum.core.value import value

_BESIDE = 40  # letters shown on either side of what was found


@value
class PitchProblem:
    """One phrase of the sender's need: where it stands, and how to put it from the reader's side."""

    phrase: str
    stands_in: str
    why: str
    rather: str


def pitch_problems(brief: Brief, words: Iterable[PitchWords]) -> tuple[PitchProblem, ...]:
    """What in this brief is written from the sender's need.

    Customers' own words, outside studies and traces are passed over: nobody here wrote them.
    """
    return tuple(one for text in _own_texts(brief) for one in pitch_problems_in(text, words))


def pitch_problems_in(text: str, words: Iterable[PitchWords]) -> Iterator[PitchProblem]:
    """The same for one text, such as a note that is to be sent."""
    for entry in words:
        for phrase in entry.says:
            for found in _pattern(phrase).finditer(text):
                start, end = max(found.start() - _BESIDE, 0), found.end() + _BESIDE
                stands = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
                yield PitchProblem(phrase=found[0], stands_in=stands, why=entry.why, rather=entry.rather)


def _own_texts(brief: Brief) -> Iterator[str]:
    yield brief.title
    for section in brief.sections:
        yield section.heading
        for block in (*section.blocks, *section.beside):
            if not _is_of_others(block):
                yield from texts_in(block)


def _is_of_others(block: Block) -> bool:
    return isinstance(block, Quote | ArgumentBlock | TraceTable)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [re.escape(part.strip()).replace(r"\ ", r"\s+") for part in phrase.split("…")]
    between = r"\s+(?:\w+\s+){1,2}"
    return re.compile(rf"\b{between.join(parts)}\b", re.IGNORECASE)
