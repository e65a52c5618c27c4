"""From comments to themes with their stories, in one function: mask, group, count, choose.

The same comments in any order, with any number of copies, give the same stories; the same bytes twice.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fulcrum.core.stories import Comment, FoundStories, FoundStory, Happening, Theme
from fulcrum.core.value import value
from fulcrum.stories.embed import Points
from fulcrum.stories.mood import Side, moods
from fulcrum.stories.placed import placed_stories
from fulcrum.stories.pool import Pool, Pools, Tell, key_of, pooled, tell_nobody
from fulcrum.stories.prevalence import Asked, by_month, change_of, leavers_in, money_of, score_of, share_of
from fulcrum.stories.redact import KnownNames, still_looks_personal
from fulcrum.stories.select import Chosen, chosen_stories, counter_story
from fulcrum.stories.themes import grouped, labels
from fulcrum.stories.timeline import journey

Journeys = Callable[[Sequence[str]], Mapping[str, Sequence[Happening]]]

TWICE = "the same words by the same customer again"
TOO_SHORT = "too short to say what about"
TOO_FEW = "in a theme of too few customers"


@value
class Grouped:
    """A theme, and the keys of all texts in it."""

    theme: Theme
    texts: tuple[str, ...]


def find_stories(
    comments: Sequence[Comment],
    *,
    asked: Asked,
    praise_from: float | None,
    journeys: Journeys,
    staff: Sequence[str] = (),
    approved: Mapping[str, str] | None = None,
    seed: int,
    tell: Tell = tell_nobody,
) -> FoundStories:
    """The themes of these comments, largest first, each with its stories and its counter-story.

    Praise (a score of `praise_from` and more) is themed apart from the rest, so that a theme has one mood and
    its counter-story another; without scores all is one. `journeys` gives what happened to a few customers,
    asked for the chosen ones alone. `staff` are names that the company told; `approved` are the quotes of
    approved stories by their id, looked up in today's comments. `tell` hears how far the work is.
    """
    words = asked.rules.theme_words_at_least.value
    pools = pooled(comments, staff=staff, words_at_least=words, seed=seed, tell=tell)
    sides = [(pool, side) for pool in pools.pools for side in _sides(pool, praise_from)]
    found = []
    for done, (pool, side) in enumerate(sides):
        tell(done, len(sides), "Grouping the comments and choosing stories")
        found.append(_themes(pool, side, pools, asked, seed))
    ordered = sorted(
        (one for some, _ in found for one in some), key=lambda one: (-one.theme.comments, one.theme.label)
    )
    numbered = [replace(one.theme, id=f"t{i}") for i, one in enumerate(ordered, start=1)]
    theme_of = {key: f"t{i}" for i, one in enumerate(ordered, start=1) for key in one.texts}
    apart = ((TWICE, pools.twice), (TOO_SHORT, pools.too_short), (TOO_FEW, sum(few for _, few in found)))
    return FoundStories(
        comments=len(pools.comments),
        customers=len({one.customer for one in pools.comments}),
        themes=_with_journeys(numbered, pools.comments, journeys, asked),
        set_apart=tuple((why, n) for why, n in apart if n),
        placed=placed_stories(approved or {}, pools, theme_of),
    )


def _sides(pool: Pool, praise_from: float | None) -> tuple[Side, ...]:
    praise = tuple(
        one.place
        for one in pool.told
        if one.score is not None and praise_from is not None and one.score >= praise_from
    )
    rest = tuple(sorted(set(range(len(pool.told))) - set(praise)))
    mood = moods(pool.points, np.isin(np.arange(len(pool.told)), praise))
    sides = (
        Side(is_praise=False, places=rest, others=praise, mood=mood),
        Side(is_praise=True, places=praise, others=rest, mood=mood),
    )
    return tuple(side for side in sides if side.places)


def _themes(pool: Pool, side: Side, pools: Pools, asked: Asked, seed: int) -> tuple[list[Grouped], int]:
    """The themes of one side of a pool, and how many comments were in groups too small to be one."""
    rules = asked.rules
    groups = grouped(
        pool.points[list(side.places)],
        fewest=int(rules.themes_at_least.value),
        most=int(rules.themes_at_most.value),
        seed=seed,
    )
    named = labels(
        [pool.texts[place].text for place in side.places],
        groups.of,
        [[one.customer for one in pool.behind[place]] for place in side.places],
        used_by=int(rules.label_customers_at_least.value),
    )
    themes, left_over = [], 0
    for group, centre in enumerate(groups.centres):
        places = [side.places[i] for i in np.flatnonzero(groups.of == group)]
        part = [comment for place in places for comment in pool.behind[place]]
        if len({one.customer for one in part}) < rules.theme_customers_at_least.value:
            left_over += len(part)
            continue
        counted = _counted(part, pools.comments, asked, is_praise=side.is_praise, is_english=pool.is_english)
        told = _told_of(pool, places, side, centre, pools.known, asked)
        theme = replace(counted, label=named.get(group, ()), stories=told[0], counter_story=told[1])
        themes.append(Grouped(theme=theme, texts=tuple(key_of(pool.texts[place].text) for place in places)))
    return themes, left_over


def _counted(
    part: Sequence[Comment], whole: Sequence[Comment], asked: Asked, *, is_praise: bool, is_english: bool
) -> Theme:
    """The figures of one theme."""
    return Theme(
        id="",
        label=(),
        is_praise=is_praise,
        is_english=is_english,
        comments=len(part),
        customers=len({one.customer for one in part}),
        share=share_of(part, whole, asked, what="customers"),
        among_leavers=leavers_in(part, whole, asked),
        score=score_of(part, asked),
        at_stake=money_of(part, asked),
        change=change_of(part, whole, asked),
        by_month=by_month(part, whole, asked),
        stories=(),
        touchpoints=_most_named(one.touchpoint for one in part),
    )


def _most_named(touchpoints: Iterable[str]) -> tuple[str, ...]:
    """The touchpoints that most comments are about, three at most."""
    named = Counter(touchpoint for touchpoint in touchpoints if touchpoint)
    return tuple(sorted(named, key=lambda one: (-named[one], one))[:3])


def _told_of(
    pool: Pool, places: Sequence[int], side: Side, centre: Points, known: KnownNames, asked: Asked
) -> tuple[tuple[FoundStory, ...], FoundStory | None]:
    """The stories of one theme, and the one that says the opposite; each reads as the side it is of."""
    told = [pool.told[place] for place in places]
    chosen = chosen_stories(told, pool.points, centre, asked.rules, among=side.reads())
    near = float(np.quantile(pool.points[list(places)] @ centre, asked.rules.counter_nearness.value))
    others = [pool.told[place] for place in side.clearly_other()]
    counter = counter_story(others, pool.points, centre, near, asked.rules)
    stories = tuple(_story(one, pool, known) for one in chosen)
    return stories, None if counter is None else _story(counter, pool, known)


def _story(chosen: Chosen, pool: Pool, known: KnownNames) -> FoundStory:
    comment, masked = pool.behind[chosen.place][0], pool.texts[chosen.place]
    return FoundStory(
        id=key_of(masked.text),
        comment=comment.id,
        told=masked,
        doubtful=still_looks_personal(masked.text, common=known.common),
        touchpoint=comment.touchpoint,
        score=comment.score,
        typical=round(chosen.typical, 4),
        vivid=round(chosen.vivid, 4),
    )


def _with_journeys(
    themes: Sequence[Theme], comments: Sequence[Comment], journeys: Journeys, asked: Asked
) -> tuple[Theme, ...]:
    """The same themes, each story with what happened around it."""
    by_id = {one.id: one for one in comments}
    told = [one for theme in themes for one in (*theme.stories, theme.counter_story) if one is not None]
    happened = journeys(sorted({by_id[story.comment].customer for story in told}))

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
