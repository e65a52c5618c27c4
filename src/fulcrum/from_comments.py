"""Stories from comments: the evidence room opens them, the story finder reads them, nothing is approved."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fulcrum import __version__
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.errors import WrongUse
from fulcrum.core.itinerary import Itinerary
from fulcrum.core.people import Executive
from fulcrum.core.quantities import Interval, Unknown
from fulcrum.core.stories import FoundStories
from fulcrum.workflow import SEED, Workspace

if TYPE_CHECKING:
    from fulcrum.evidence.comments import OpenComments
    from fulcrum.stories.pool import Tell
    from fulcrum.stories.prevalence import Doubt


def find_stories(workspace: Workspace, *, seed: int = SEED, tell: "Tell | None" = None) -> FoundStories:
    """What customers write about, and masked stories to choose from; nothing in it is approved.

    `tell` hears how far the work is.
    """
    from fulcrum.evidence.comments import open_comments
    from fulcrum.stories.find import find_stories as found
    from fulcrum.stories.pool import tell_nobody
    from fulcrum.stories.prevalence import Asked

    tell = tell or tell_nobody
    tell(0, 1, "Reading the customers' comments")
    playbook, company = workspace.playbook, workspace.company
    version = f"{__version__}, playbook {playbook.version}"
    with open_comments(
        workspace.folder / "data", rules=playbook.evidence, as_of=company.as_of, version=version
    ) as opened:
        if opened is None or opened.comments is None:
            return FoundStories(comments=0, customers=0, themes=(), missing=(_NO_COMMENTS,))
        bands = opened.bands
        asked = Asked(
            rules=playbook.story,
            doubt=_doubt(playbook.evidence.confidence.value),
            scale=None if bands is None else bands.scale,
            currency=opened.loaded.mapping.currency,
            trace=opened.trace.id,
        )
        stories = found(
            opened.comments,
            asked=asked,
            praise_from=None if bands is None else bands.limits[0],
            journeys=opened.journeys,
            staff=(*opened.names, *(person.name for person in company.executives)),
            approved={story.id: story.quote for story in company.stories},
            seed=seed,
            tell=tell,
        )
        return replace(stories, traces=(opened.trace,), cautions=_cautions_on(opened))


def itinerary_for(
    workspace: Workspace, found: FoundStories, executive: str, *, told: Collection[str] = ()
) -> Itinerary:
    """Half an hour with customers for one executive, from what was found; `told` are stories they had."""
    from fulcrum.stories.itinerary import itinerary_for as itinerary

    playbook = workspace.playbook
    return itinerary(
        person_in(workspace.company, executive),
        workspace.company,
        found,
        playbook.listening,
        minutes=int(playbook.story.listening_minutes.value),
        metrics=playbook.goal_metrics,
        told=told,
    )


def write_draft(found: FoundStories, path: Path) -> int:
    """The proposals as rows of a stories.csv that nobody has approved; how many. Never over a file."""
    from fulcrum.folder.draft import write_stories_draft

    return write_stories_draft(found, path)


def itinerary_sheet(company: Company, found: FoundStories, itinerary: Itinerary) -> Brief:
    """The itinerary as a document for its executive, to be rendered like a brief."""
    from fulcrum.briefing.itinerary import compose_itinerary

    return compose_itinerary(itinerary, person_in(company, itinerary.executive), company, found.traces)


def person_in(company: Company, executive: str) -> Executive:
    """The executive of this id; raises `WrongUse`."""
    person = company.executive(executive)
    if person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return person


_NO_COMMENTS = Unknown(
    reason="There are no comments.",
    needs="A column of words beside the score: `comment` in the feedback table of mapping.toml.",
)


def _doubt(confidence: float) -> "Doubt":
    """The intervals of the evidence room, as the story finder asks for them."""
    from fulcrum.evidence.methods.intervals import pulled_mean, share_interval, t_critical
    from fulcrum.stories.prevalence import Doubt

    def mean(values: Sequence[float], n: float, scale: tuple[float, float]) -> Interval:
        middle, square = sum(values) / len(values), sum(x * x for x in values) / len(values)
        pull = ((scale[0], 0.5), (scale[1], 0.5))
        return pulled_mean(middle, square, n, pull, confidence, t_critical(confidence, n - 1))

    return Doubt(share=lambda events, n: share_interval(events, n, confidence), mean=mean)


def _cautions_on(opened: "OpenComments") -> tuple[str, ...]:
    mapping = opened.loaded.mapping
    cautions = ["Shares are of those who wrote something; most customers did not."]
    if any(file.weight is not None for file in mapping.files):
        cautions.append("The sample was drawn unevenly: shares speak for these comments alone.")
    if mapping.connection is not None:
        cautions.append("The tables lie in a warehouse, so their personal columns were not read: names of")
        cautions[-1] += " customers were masked only where their form gives them away."
    elif not any(file.personal for file in mapping.files):
        cautions.append(
            "No column is declared `personal`: names were masked only where their form gives them away."
        )
    return tuple(cautions)
