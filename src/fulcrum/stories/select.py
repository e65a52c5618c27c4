"""The stories of a theme: those that stand for it and are told vividly, and one that says the opposite."""

import re
from collections.abc import Container, Sequence
from statistics import median

import numpy as np

from fulcrum.core.rules import StoryRules
from fulcrum.core.value import value
from fulcrum.stories.embed import Points
from fulcrum.stories.language import FIRST_PERSON, IN_ORDER
from fulcrum.stories.redact import MASK, WORD

_SHINGLE = 3
_NEAREST = 100
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_PART = re.compile(r"\(\d/\d\)")
_GOES_ON = frozenset(
    [
        *("but", "and", "so", "then", "well", "fine", "ok", "okay", "yes", "also", "because", "which"),
        *("aber", "und", "denn", "mais", "donc", "alors", "pero", "entonces", "mas", "então", "maar", "dus"),
    ]
)
"""Words with which a comment goes on with what was said before: alone it tells half."""

_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twice|half|zwei|drei|vier|deux|trois|dos|tres|duas|dois"
    r"|três|due|tre|twee|drie)\b"
)


@value
class Told:
    """A comment as the choice sees it: masked words, its score, whose it is, and where it stands."""

    text: str
    customer: str
    score: float | None
    place: int


@value
class Chosen:
    """A comment chosen for a theme; both measures from 0 to 1."""

    place: int
    typical: float
    vivid: float


def chosen_stories(
    members: Sequence[Told],
    points: Points,
    centre: Points,
    rules: StoryRules,
    *,
    among: Container[int] | None = None,
) -> tuple[Chosen, ...]:
    """The stories of one theme, best first: sqrt(typical x vivid), from the nearer half alone.

    Only whole comments (no "but …" to what was said before, no part "(1/3)"), nearer to the centre than the
    middle one, of a length between the rules' limits and with a
    score within `score_within` of the theme's middle score are candidates, so that the wildest outlier never
    is. `typical` is the share of the theme's comments that are farther from the centre. No two stories share
    half of their shingles (runs of three words), nor their customer. `among` are the places that may be
    chosen; None: all.
    """
    closeness = points[[one.place for one in members]] @ centre
    further = closeness.argsort().argsort() / max(1, len(members) - 1)
    middle = _middle([one.score for one in members])
    candidates = [
        Chosen(place=one.place, typical=float(far), vivid=vividness(one.text))
        for one, far in zip(members, further, strict=True)
        if far >= 0.5 and (among is None or one.place in among) and _fits(one, middle, rules)
    ]
    told = {one.place: one for one in members}
    taken: list[Chosen] = []
    for one in sorted(candidates, key=lambda c: (-(c.typical * c.vivid), told[c.place].text)):
        others = [told[other.place] for other in taken]
        if all(_is_another(told[one.place], other) for other in others):
            taken.append(one)
        if len(taken) == int(rules.stories_per_theme.value):
            break
    return tuple(taken)


def counter_story(
    others: Sequence[Told], points: Points, centre: Points, at_least: float, rules: StoryRules
) -> Chosen | None:
    """Of the hundred nearest `others`, who feel the opposite, the best told one; None where nobody is near.

    Near: a cosine to the theme's centre of `at_least`, that of the theme's own comment at the lower quarter.
    """
    if not others:
        return None
    closeness = points[[one.place for one in others]] @ centre
    nearest = [(others[i], float(closeness[i])) for i in np.argsort(-closeness, kind="stable")[:_NEAREST]]
    near = [
        (Chosen(place=one.place, typical=max(0.0, close), vivid=vividness(one.text)), one.text)
        for one, close in nearest
        if close >= at_least and _fits(one, None, rules)
    ]
    return min(near, key=lambda found: (-(found[0].typical * found[0].vivid), found[1]), default=(None, ""))[
        0
    ]


def vividness(text: str) -> float:
    """How concretely a comment tells of something lived, 0 to 1: the mean of four parts.

    First person (a share of 1 in 12 of its words is full), order in time (two words such as "then" or
    "Monday"), figures (two), and sentences (three). Outside seven languages the first two are not seen.
    """
    bare = MASK.sub(" ", text)
    words = [word.casefold().replace("’", "'") for word in WORD.findall(bare)]
    if not words:
        return 0.0
    parts = (
        12 * sum(word in FIRST_PERSON for word in words) / len(words),
        len({word for word in words if word in IN_ORDER}) / 2,
        len(_FIGURE.findall(bare.casefold())) / 2,
        len(_SENTENCE.findall(bare)) / 3,
    )
    return float(np.mean([min(1.0, part) for part in parts]))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of three words of a text, or all of its words where it has fewer."""
    words = [word.casefold() for word in WORD.findall(MASK.sub(" ", text))]
    runs = zip(*(words[i:] for i in range(_SHINGLE)), strict=False)
    return frozenset(runs) or frozenset([tuple(words)])


def _is_another(one: Told, other: Told) -> bool:
    mine, theirs = shingles(one.text), shingles(other.text)
    return one.customer != other.customer and 2 * len(mine & theirs) < min(len(mine), len(theirs))


def _fits(one: Told, middle: float | None, rules: StoryRules) -> bool:
    words = WORD.findall(MASK.sub(" ", one.text))
    if not rules.words_at_least.value <= len(words) <= rules.words_at_most.value:
        return False
    if words[0].casefold() in _GOES_ON or _PART.search(one.text):
        return False
    return middle is None or one.score is None or abs(one.score - middle) <= rules.score_within.value


def _middle(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return median(known) if known else None
