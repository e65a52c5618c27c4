"""What customers write about as last searched, which stories are approved, and where each was used."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from fulcrum.core import company as core
from fulcrum.core import people
from fulcrum.core.company import Company
from fulcrum.core.errors import Outdated
from fulcrum.core.stored import from_stored
from fulcrum.core.stories import FoundStories, FoundStory, Theme
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.models import Brief, Executive, Story, StorySearch, Workspace
from fulcrum.records.queries.company import head_of
from fulcrum.records.rows import value_of

_HELD = "composed__stories"


@value
class Searched:
    """One search and what it found."""

    search: StorySearch
    found: FoundStories


@value
class Use:
    """One brief in which a story stands."""

    brief: int
    reader: str
    on: date


def newest_search(actor: Actor) -> StorySearch | None:
    """The newest search, without what it found."""
    actor.must(Act.READ)
    return actor.workspace.searches.defer("found").select_related("made_by").first()


def searched(actor: Actor) -> Searched | None:
    """The newest search with its themes; None where there is none of this version."""
    search = newest_search(actor)
    found = None if search is None else _found(search.pk, search.made_at)
    return None if search is None or found is None else Searched(search=search, found=found)


def theme_of(actor: Actor, id: str) -> tuple[Searched, Theme]:
    """One theme of the newest search; raises `NotThere`."""
    held = searched(actor)
    theme = None if held is None else held.found.theme(id)
    if held is None or theme is None:
        raise NotThere
    return held, theme


def proposal_of(actor: Actor, id: str) -> tuple[Searched, Theme, FoundStory]:
    """One proposal of the newest search, for who may approve it; raises `NotThere`."""
    actor.must(Act.WRITE)
    held = searched(actor)
    told = None if held is None else held.found.told(id)
    if held is None or told is None:
        raise NotThere
    return held, *told


def approved_stories(actor: Actor) -> "QuerySet[Story]":
    """Every story that was ever approved, the newest first; those taken back among them."""
    actor.must(Act.READ)
    return Story.objects.filter(workspace=actor.workspace).order_by("-approved_on", "-id")


def story_of(actor: Actor, pk: int) -> Story:
    """One approved story; raises `NotThere`."""
    found = approved_stories(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def used_in(actor: Actor) -> dict[str, list[Use]]:
    """The briefs that hold each story, the newest first, by the story's id."""
    actor.must(Act.READ)
    uses: dict[str, list[Use]] = {}
    for pk, name, on, held in _briefs(actor.workspace).values_list("pk", "executive__name", "as_of", _HELD):
        for story in _ids(held):
            uses.setdefault(story, []).append(Use(brief=pk, reader=name or "the board", on=on))
    return uses


def told_to(executive: Executive | None, workspace: Workspace) -> frozenset[str]:
    """The ids of the stories in earlier briefs for this reader; a brief of the same day does not count."""
    earlier = _briefs(workspace).filter(executive=executive, as_of__lt=workspace.today)
    return frozenset(story for held in earlier.values_list(_HELD, flat=True) for story in _ids(held))


def moves_seen(actor: Actor, executive: Executive) -> tuple[core.Move, ...]:
    """The moves on one executive that this actor may see."""
    rows = models.Move.objects.visible_to(actor).standing().filter(executive=executive)
    return tuple(value_of(row, core.Move) for row in rows.select_related("executive"))


def company_for_stories(actor: Actor, executive: Executive, moves: tuple[core.Move, ...]) -> Company:
    """As much of the company as choosing stories for one executive needs, with the moves that are open."""
    actor.must(Act.READ)
    return head_of(
        actor.workspace,
        today=actor.workspace.today,
        executives=(value_of(executive, people.Executive),),
        goals=tuple(value_of(one, people.Goal) for one in executive.goals.all()),
        moves=moves,
        stories=tuple(
            value_of(row, core.ApprovedStory)
            for row in Story.objects.filter(workspace=actor.workspace).standing()
        ),
    )


def _briefs(workspace: Workspace) -> "QuerySet[Brief]":
    return Brief.objects.filter(workspace=workspace).order_by("-id")


def _ids(held: Any) -> tuple[str, ...]:
    """The stories that a brief names; none where another version kept it."""
    return tuple(map(str, held)) if isinstance(held, list) else ()


@lru_cache(maxsize=16)
def _found(search: int, _: datetime) -> FoundStories | None:
    """Read once: a search never changes. The time tells apart searches of databases that begin anew."""
    try:
        return from_stored(FoundStories, StorySearch.objects.values_list("found", flat=True).get(pk=search))
    except Outdated:
        return None
