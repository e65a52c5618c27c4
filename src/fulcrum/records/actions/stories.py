"""From comments to approved stories: the search, the approval with its consent, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from fulcrum import __version__, from_comments
from fulcrum.core.company import ApprovedStory, Consent, StoryKind
from fulcrum.core.stored import to_stored
from fulcrum.core.stories import FoundStory, Theme
from fulcrum.folder import tables
from fulcrum.records import jobs
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.actions.evidence import Tell, asking, looked_at
from fulcrum.records.actions.programme import CHECKED
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import Job, Story, StorySearch
from fulcrum.records.queries.stories import proposal_of
from fulcrum.records.rows import columns_of
from fulcrum.records.taking import Invalid, taken
from fulcrum.records.work import Progress, work
from fulcrum.stories.edit import wrong_with_edit

KEPT_SEARCHES = 5
_LONGEST = 2_000


def ask_for_stories(actor: Actor) -> Job:
    """Search the comments for themes and stories; a job, for it reads every comment."""
    actor.must(Act.WRITE)
    return jobs.ask_for(actor, "stories", {}, actor.workspace)


def search(actor: Actor, *, tell: Tell) -> StorySearch:
    """Search now and keep what was found: themes and masked proposals; of older searches the last few."""
    actor.must(Act.WRITE)
    place = actor.workspace
    found = from_comments.find_stories(looked_at(place), tell=tell)
    tell(1, 1, "Keeping what was found")
    with deed(actor, Act.READ, "stories.search", "Searched the comments for stories."):
        kept = StorySearch.objects.create(
            workspace=place,
            as_of=place.today,
            version=f"{__version__}, playbook {playbook_of(place).version}"[:100],
            found=to_stored(found),
            made_by=actor.member,
        )
        newest = list(place.searches.order_by("-id").values_list("pk", flat=True)[:KEPT_SEARCHES])
        place.searches.exclude(pk__in=newest).delete()
    return kept


@work("stories", shared=True)
def work_stories(job: Job, progress: Progress) -> dict[str, Any]:
    """Find stories, and lead to them."""
    actor = asking(job)
    made = search(actor, tell=progress.step)
    return {"search": made.pk, "url": f"/w/{actor.workspace.slug}/stories/"}


def approve_found(
    actor: Actor, id: str, *, quote: str, consent: str, area: str = "", checked: Sequence[str] = ()
) -> Story:
    """Approve a proposal of the newest search with the words that stay of it; the actor answers for it.

    Raises `Invalid` where a word was added, consent is not stated, or it was not checked.
    """
    _, theme, told = proposal_of(actor, id)
    said = " ".join(quote[: 2 * _LONGEST].split())
    _must_be_whole(told.told.text, said, consent, checked)
    story = _taken(actor, theme, told, quote=said, consent=consent, area=area)
    with deed(actor, Act.WRITE, "story.approve", "Approved a story."):
        standing = Story.objects.filter(workspace=actor.workspace, key=story.id).first()
        if standing is not None and standing.taken_back_at is None:
            raise Invalid({"quote": "This story is approved already; change it under “Approved”."})
        columns = columns_of(story, {}) | {"taken_back_at": None}
        if standing is None:
            return Story.objects.create(workspace=actor.workspace, **columns)
        change(standing, standing.version, **columns)
        return standing


def take_back_story(actor: Actor, story: Story) -> None:
    """The approval is taken back: no brief of now holds the story. Putting back undoes this."""
    _here(actor, story)
    with deed(actor, Act.WRITE, "story.take_back", "Took back the approval of a story."):
        change(story, story.version, taken_back_at=timezone.now())


def put_back_story(actor: Actor, story: Story) -> None:
    """The approval counts again, with the words, the person and the day that it had."""
    _here(actor, story)
    with deed(actor, Act.WRITE, "story.put_back", "Put back the approval of a story."):
        change(story, story.version, taken_back_at=None)


def _must_be_whole(original: str, said: str, consent: str, checked: Sequence[str]) -> None:
    """Every mistake at once, beside its field."""
    wrong: dict[str, str] = {}
    if len(said) > _LONGEST:
        wrong["quote"] = f"A story has {_LONGEST:,} characters at most. Leave parts out with […]."
    elif foreign := wrong_with_edit(original, said):
        wrong["quote"] = foreign
    if consent not in set(Consent):
        wrong["consent"] = "Say how it was made sure that these words may be used."
    if CHECKED not in checked:
        wrong["checked"] = "Check this first: a story is shown to executives."
    if wrong:
        raise Invalid(wrong)


def _taken(
    actor: Actor, theme: Theme, told: FoundStory, *, quote: str, consent: str, area: str
) -> ApprovedStory:
    counter = theme.counter_story
    is_counter = counter is not None and counter.id == told.id
    entered: Mapping[str, Any] = {
        "id": told.id,
        "quote": quote,
        "touchpoint": told.touchpoint,
        "score": told.score,
        "area": area,
        "approved_by": actor.member.name,
        "approved_on": actor.workspace.today,
        "consent": consent,
        "kind": StoryKind.PRAISE if theme.is_praise is not is_counter else StoryKind.COMPLAINT,
        "theme": ", ".join(theme.label) or "no words in common",
        "counter_story": "" if counter is None or is_counter else counter.id,
    }
    found: ApprovedStory = taken(tables.STORIES, entered, today=actor.workspace.today)
    return found


def _here(actor: Actor, story: Story) -> None:
    if story.workspace_id != actor.workspace.pk:
        raise NotThere
