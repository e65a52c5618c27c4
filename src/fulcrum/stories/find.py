"""From comments to themes with their stories, in one function: mask, group, count, choose.

The same comments in any order, with any number of copies, give the same stories; the same bytes twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from fulcrum.core.stories import Comment, FoundStories, FoundStory, Happening, Masked, Theme
from fulcrum.core.value import value
from fulcrum.stories.embed import Points, embedded
from fulcrum.stories.language import is_english
from fulcrum.stories.prevalence import Asked, by_month, change_of, leavers_in, money_of, score_of, share_of
from fulcrum.stories.redact import MASK, WORD, KnownNames, known_names, redact, still_looks_personal
from fulcrum.stories.select import Chosen, Told, chosen_stories, counter_story
from fulcrum.stories.themes import grouped, labels
from fulcrum.stories.timeline import journey

Journeys = Callable[[Sequence[str]], Mapping[str, Sequence[Happening]]]

TOO_SHORT = "fewer words than a theme needs"
TOO_FEW = "in a language or theme of too few customers"
TWICE = "the same words by the same customer again"


@value
class Opposites:
    """From which score on customers praise, and up to which they complain."""

    praise_from: float
    complaint_to: float


@value
class _Pool:
    """The comments of one kind of language: each text once, and whose comments it stands for."""

    is_english: bool
    texts: tuple[Masked, ...]
    behind: tuple[tuple[Comment, ...], ...]
    points: Points


def find_stories(
    comments: Sequence[Comment],
    *,
    asked: Asked,
    opposites: Opposites | None,
    journeys: Journeys,
    staff: Sequence[str] = (),
    seed: int,
) -> FoundStories:
    """The themes of these comments, largest first, each with its stories and its counter-story.

    `journeys` gives what happened to a few customers, asked for the chosen ones alone. `staff` are names that
    the company told. English comments and all others are themed apart, for they need different measures.
    """
    once, twice = _each_once(comments)
    known = known_names([one.text for one in once], [*staff, *(name for one in once for name in one.names)])
    told = [redact(one.text, own=one.names, known=known) for one in once]
    themes: list[Theme] = []
    short, few = 0, 0
    for english in (True, False):
        texts, behind, too_short = _of_language(once, told, asked, is_in_english=english)
        short += too_short
        if not texts:
            continue
        pool = _Pool(
            is_english=english,
            texts=texts,
            behind=behind,
            points=embedded([one.text for one in texts], is_english=english, seed=seed),
        )
        found, left_over = _themes_of(pool, once, asked, opposites, known, seed)
        themes += found
        few += left_over
    ordered = sorted(themes, key=lambda theme: (-theme.comments, theme.label))
    named = [_with_id(theme, f"t{i}") for i, theme in enumerate(ordered, start=1)]
    return FoundStories(
        comments=len(once),
        customers=len({one.customer for one in once}),
        themes=_with_journeys(named, once, journeys, asked),
        set_apart=tuple((why, n) for why, n in ((TWICE, twice), (TOO_SHORT, short), (TOO_FEW, few)) if n),
    )


def _each_once(comments: Sequence[Comment]) -> tuple[list[Comment], int]:
    """Comments in an order of their own; the same words of one customer count once, with their first day."""
    ordered = sorted(
        comments, key=lambda one: (_digest(one.text), one.customer, str(one.answered_on), one.id)
    )
    seen: set[tuple[str, str]] = set()
    once = []
    for one in ordered:
        key = (_plain(one.text), one.customer)
        if key not in seen:
            seen.add(key)
            once.append(one)
    return once, len(ordered) - len(once)


def _of_language(
    comments: Sequence[Comment], told: Sequence[Masked], asked: Asked, *, is_in_english: bool
) -> tuple[tuple[Masked, ...], tuple[tuple[Comment, ...], ...], int]:
    """Each text of the pool once with the comments that hold it; and how many were too short (told once)."""
    behind: dict[str, list[Comment]] = {}
    first: dict[str, Masked] = {}
    short = 0
    for comment, masked in zip(comments, told, strict=True):
        words = [word.casefold().replace("’", "'") for word in WORD.findall(MASK.sub(" ", masked.text))]
        if len(words) < asked.rules.theme_words_at_least.value:
            short += is_in_english
        elif is_english(words) is is_in_english:
            key = _plain(masked.text)
            first.setdefault(key, masked)
            behind.setdefault(key, []).append(comment)
    keys = sorted(first, key=_digest)
    return tuple(first[key] for key in keys), tuple(tuple(behind[key]) for key in keys), short


def _themes_of(
    pool: _Pool,
    everybody: Sequence[Comment],
    asked: Asked,
    opposites: Opposites | None,
    known: KnownNames,
    seed: int,
) -> tuple[list[Theme], int]:
    rules = asked.rules
    groups = grouped(
        pool.points, fewest=int(rules.themes_at_least.value), most=int(rules.themes_at_most.value), seed=seed
    )
    least = int(rules.theme_customers_at_least.value)
    named = labels(
        [one.text for one in pool.texts],
        groups.of,
        [[one.customer for one in behind] for behind in pool.behind],
        used_by=int(rules.label_customers_at_least.value),
    )
    themes, left_over = [], 0
    for group, centre in enumerate(groups.centres):
        places = np.flatnonzero(groups.of == group).tolist()
        part = [comment for place in places for comment in pool.behind[place]]
        if len({one.customer for one in part}) < least:
            left_over += len(part)
            continue
        stories = chosen_stories(_told(pool, places), pool.points, centre, rules)
        counter = _counter(
            pool, places, centre, part, asked, opposites, frozenset(one.place for one in stories)
        )
        themes.append(
            Theme(
                id="",
                label=named.get(group, ()),
                is_english=pool.is_english,
                comments=len(part),
                customers=len({one.customer for one in part}),
                share=share_of(part, everybody, asked, what="customers"),
                among_leavers=leavers_in(part, everybody, asked),
                score=score_of(part, asked),
                at_stake=money_of(part, asked),
                change=change_of(part, everybody, asked),
                by_month=by_month(part, everybody, asked),
                stories=tuple(_story(one, pool, known) for one in stories),
                counter_story=None if counter is None else _story(counter, pool, known),
            )
        )
    return themes, left_over


def _counter(
    pool: _Pool,
    places: Sequence[int],
    centre: Points,
    part: Sequence[Comment],
    asked: Asked,
    opposites: Opposites | None,
    taken: frozenset[int],
) -> Chosen | None:
    """A comment about the same thing from the other end of the scale."""
    scores = [one.score for one in part if one.score is not None]
    if opposites is None or not scores:
        return None
    is_complaint = sum(scores) / len(scores) < opposites.praise_from
    others = [
        one
        for one in _told(pool, [place for place in range(len(pool.texts)) if place not in taken])
        if one.score is not None
        and (one.score >= opposites.praise_from if is_complaint else one.score <= opposites.complaint_to)
    ]
    near = float(np.quantile(pool.points[list(places)] @ centre, asked.rules.counter_nearness.value))
    return counter_story(others, pool.points, centre, near, asked.rules)


def _told(pool: _Pool, places: Sequence[int]) -> list[Told]:
    return [
        Told(
            text=pool.texts[place].text,
            customer=pool.behind[place][0].customer,
            score=pool.behind[place][0].score,
            place=place,
        )
        for place in places
    ]


def _story(chosen: Chosen, pool: _Pool, known: KnownNames) -> FoundStory:
    comment, masked = pool.behind[chosen.place][0], pool.texts[chosen.place]
    return FoundStory(
        id=_digest(masked.text)[:8],
        comment=comment.id,
        told=masked,
        doubtful=still_looks_personal(masked.text, common=known.common),
        touchpoint=comment.touchpoint,
        score=comment.score,
        typical=round(chosen.typical, 4),
        vivid=round(chosen.vivid, 4),
    )


def _with_id(theme: Theme, id: str) -> Theme:
    return replace(theme, id=id)


def _with_journeys(
    themes: Sequence[Theme], comments: Sequence[Comment], journeys: Journeys, asked: Asked
) -> tuple[Theme, ...]:
    """The same themes, each story with what happened around it."""
    by_id = {one.id: one for one in comments}
    stories = [story for theme in themes for story in _all_of(theme)]
    happened = journeys(sorted({by_id[story.comment].customer for story in stories}))

    def placed(story: FoundStory) -> FoundStory:
        comment = by_id[story.comment]
        moments = journey(
            happened.get(comment.customer, ()),
            comment.answered_on,
            at_most=int(asked.rules.journey_at_most.value),
        )
        return replace(story, journey=moments)

    return tuple(
        replace(
            theme,
            stories=tuple(map(placed, theme.stories)),
            counter_story=None if theme.counter_story is None else placed(theme.counter_story),
        )
        for theme in themes
    )


def _all_of(theme: Theme) -> tuple[FoundStory, ...]:
    return theme.stories + (() if theme.counter_story is None else (theme.counter_story,))


def _plain(text: str) -> str:
    """The words of a text alone: two texts that agree on them are copies of each other."""
    return " ".join(WORD.findall(text[:10_000].casefold())) or text[:10_000]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
