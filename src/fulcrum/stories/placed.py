"""Approved stories looked up in today's comments: the theme of each, and whether its words still hold."""

from collections.abc import Mapping

from fulcrum.core.stories import PlacedStory
from fulcrum.stories.edit import wrong_with_edit
from fulcrum.stories.pool import Pools, key_of


def placed_stories(
    approved: Mapping[str, str], pools: Pools, theme_of: Mapping[str, str]
) -> tuple[PlacedStory, ...]:
    """Of these quotes by story id, those whose comment is in the data; by the id under which it was proposed.

    So the prevalence of an approved story is that of its theme as counted now, never one that was typed in.
    """
    if not approved:
        return ()
    texts = {key_of(masked.text): masked.text for pool in pools.pools for masked in pool.texts}
    return tuple(
        PlacedStory(story=id, theme=theme_of.get(id, ""), wrong=wrong_with_edit(texts[id], quote))
        for id, quote in approved.items()
        if id in texts
    )
