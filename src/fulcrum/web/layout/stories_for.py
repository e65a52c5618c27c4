"""Which stories for one executive, and how to offer them where their level is low or not known."""

from typing import Any

from fulcrum import from_comments
from fulcrum.core.company import Move
from fulcrum.core.itinerary import Itinerary
from fulcrum.core.judgement import Belief
from fulcrum.core.quantities import Unknown
from fulcrum.core.rules import StoryRules
from fulcrum.core.stories import FoundStories
from fulcrum.core.story_choice import StoryFit, stories_for
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.folders import folder_of, playbook_of
from fulcrum.records.queries.stories import company_for_stories, moves_seen, searched, told_to
from fulcrum.workflow import Workspace

A_FEW = 2


def few_for(actor: Actor, executive: models.Executive, moves: tuple[Move, ...]) -> tuple[StoryFit, ...]:
    """The fittest stories for the executive's own page, with the moves that stand on it."""
    return _fits(actor, executive, moves)[:A_FEW]


def offered(belief: Belief, rules: StoryRules) -> str:
    """How to offer a story where the level is low or not known; empty where nothing special holds.

    It speaks of the executive's level: for whoever may see their file, and never in a brief.
    """
    harden = "Harsh comments shown before others are met with defence."
    if isinstance(belief.level, Unknown):
        return f"Where they stand is not known: offer a story in private, and let them decline it. {harden}"
    if belief.likeliest <= rules.private_up_to.value:
        return f"Private and voluntary: offer it to them alone, once, and let them decline it. {harden}"
    return ""


def story_page(actor: Actor, executive: models.Executive) -> dict[str, Any]:
    """The stories in order of fit, and the itinerary from the newest search."""
    held = searched(actor)
    found = None if held is None else held.found
    made = None if found is None else itinerary_of(actor, executive, found)
    team = () if made is None else tuple(answer for stop in made.stops for answer in stop.for_team)
    return {
        "executive": executive,
        "fits": _fits(actor, executive, moves_seen(actor, executive)),
        "itinerary": made,
        "for_team": team,
        "search": None if held is None else held.search,
    }


def itinerary_of(actor: Actor, executive: models.Executive, found: FoundStories) -> Itinerary:
    """Half an hour with customers for this executive."""
    place = _place(actor, executive, moves_seen(actor, executive))
    return from_comments.itinerary_for(place, found, executive.key, told=told_to(executive, actor.workspace))


def _fits(actor: Actor, executive: models.Executive, moves: tuple[Move, ...]) -> tuple[StoryFit, ...]:
    place = _place(actor, executive, moves)
    person = from_comments.person_in(place.company, executive.key)
    told = told_to(executive, actor.workspace)
    return stories_for(person, place.company, metrics=place.playbook.goal_metrics, told=told)


def _place(actor: Actor, executive: models.Executive, moves: tuple[Move, ...]) -> Workspace:
    return Workspace(
        folder=folder_of(actor.workspace),
        company=company_for_stories(actor, executive, moves),
        playbook=playbook_of(actor.workspace),
        problems=(),
    )
