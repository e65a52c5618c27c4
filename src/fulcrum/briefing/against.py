"""The other side of a customer's story: an approved story of somebody who praises the same thing."""

from fulcrum.core.brief import Quote, Section
from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.story_choice import StoryFit


def against_section(fit: StoryFit | None, company: Company, *, is_board: bool = False) -> Section | None:
    """The counter-story of the brief's story, where one is approved and may reach this reader; else None."""
    counter = None if fit is None else _counter(fit.story, company, is_board=is_board)
    if counter is None:
        return None
    about = f" on {counter.touchpoint}" if counter.touchpoint else ""
    quote = Quote(text=counter.quote, source=f"A customer{about}; names masked.")
    return Section(key="against", heading="Another customer, the other side", blocks=(quote,), page=2)


def _counter(story: ApprovedStory, company: Company, *, is_board: bool) -> ApprovedStory | None:
    """The story that this one names, or one that names it."""
    return next(
        (
            one
            for one in company.stories
            if (one.id == story.counter_story or one.counter_story == story.id)
            and one.approved_on <= company.as_of
            and one.may_reach(is_board=is_board)
            and one.kind is not story.kind
        ),
        None,
    )
