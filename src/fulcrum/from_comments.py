"""Stories from comments: the evidence room opens them, the story finder reads them, nothing is approved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fulcrum import __version__
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
