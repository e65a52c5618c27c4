"""Comments made ready for themes: each once, masked, apart by language, and by praise or not."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from statistics import median

from fulcrum.core.stories import Comment, Masked
from fulcrum.core.value import value
from fulcrum.stories.embed import Points, embedded
from fulcrum.stories.language import is_english
from fulcrum.stories.redact import LONGEST, MASK, WORD, KnownNames, known_names, redact
from fulcrum.stories.select import Told

Tell = Callable[[int, int, str], None]
_TOLD_EACH = 200


def tell_nobody(_done: int, _total: int, _doing: str) -> None:
    """For those whom nobody waits for."""


@value
class Pool:
    """The comments of one kind of language: each text once, whose comments it stands for, its point."""

    is_english: bool
    texts: tuple[Masked, ...]
    behind: tuple[tuple[Comment, ...], ...]
    told: tuple[Told, ...]
    points: Points


@value
class Pools:
    """The pools, English first; all comments that count; and how many came twice or were too short."""

    pools: tuple[Pool, ...]
    comments: tuple[Comment, ...]
    known: KnownNames
    twice: int
    too_short: int


def pooled(
    comments: Sequence[Comment],
    *,
    staff: Sequence[str],
    words_at_least: float,
    seed: int,
    tell: Tell = tell_nobody,
) -> Pools:
    """Comments of at least so many words in pools; the same words of one customer count once.

    The order of comments does not matter: within a pool texts stand in the order of their fingerprints.
    `tell` hears how many comments are masked, of how many.
    """
    once = _each_once(comments)
    known = known_names([one.text for one in once], [*staff, *(name for one in once for name in one.names)])
    behind: dict[bool, dict[str, list[Comment]]] = {True: {}, False: {}}
    masked: dict[bool, dict[str, Masked]] = {True: {}, False: {}}
    too_short = 0
    for done, comment in enumerate(once):
        if done % _TOLD_EACH == 0:
            tell(done, len(once), "Masking the comments")
        told = redact(comment.text, own=comment.names, known=known)
        words = [word.casefold().replace("’", "'") for word in WORD.findall(MASK.sub(" ", told.text))]
        if len(words) < words_at_least:
            too_short += 1
            continue
        key, kind = _plain(told.text), is_english(words)
        masked[kind].setdefault(key, told)
        behind[kind].setdefault(key, []).append(comment)
    return Pools(
        pools=tuple(_pool(masked[kind], behind[kind], kind, seed) for kind in (True, False) if masked[kind]),
        comments=tuple(once),
        known=known,
        twice=len(comments) - len(once),
        too_short=too_short,
    )


def fingerprint(text: str) -> str:
    """A fingerprint of a text, whatever signs are in it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(text: str) -> str:
    """The id under which a masked text is proposed: the first of its fingerprint."""
    return fingerprint(text)[:8]


def _pool(masked: dict[str, Masked], behind: dict[str, list[Comment]], kind: bool, seed: int) -> Pool:
    keys = sorted(masked, key=fingerprint)
    told = (_told(masked[key].text, behind[key], place) for place, key in enumerate(keys))
    return Pool(
        told=tuple(told),
        is_english=kind,
        texts=tuple(masked[key] for key in keys),
        behind=tuple(tuple(behind[key]) for key in keys),
        points=embedded([masked[key].text for key in keys], is_english=kind, seed=seed),
    )


def _told(text: str, behind: Sequence[Comment], place: int) -> Told:
    """The text as the choice of stories sees it, with the middle score of those who wrote it."""
    scores = [one.score for one in behind if one.score is not None]
    score = median(scores) if scores else None
    return Told(text=text, customer=behind[0].customer, score=score, place=place)


def _each_once(comments: Sequence[Comment]) -> list[Comment]:
    """Comments by day, so that a copy comes after what it was copied from; each customer's words once."""
    ordered = sorted(comments, key=lambda one: (str(one.answered_on), one.id, one.customer, one.text))
    first: dict[tuple[str, str], Comment] = {}
    for one in ordered:
        first.setdefault((_plain(one.text), one.customer), one)
    return list(first.values())


def _plain(text: str) -> str:
    """The words of a text alone: two texts that agree on them are copies of each other."""
    return " ".join(WORD.findall(text[:LONGEST].casefold())) or text[:LONGEST]
