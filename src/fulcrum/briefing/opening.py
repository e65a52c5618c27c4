"""Page one, read in two minutes: what moves their goal, and one customer with how many are like them."""

from collections.abc import Sequence

from fulcrum.briefing import pictures, plainly
from fulcrum.briefing.asking import goal_of
from fulcrum.briefing.plainly import missing
from fulcrum.core import wording
from fulcrum.core.brief import Block, Missing, Paragraph, Quote, Section
from fulcrum.core.company import Company
from fulcrum.core.findings import Evidence, StoryInNumbers
from fulcrum.core.goals import GoalReach, GoalTie
from fulcrum.core.people import Executive, Goal
from fulcrum.core.playbook import GoalMetric, Playbook
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.story_choice import StoryFit, stories_for
from fulcrum.core.told import Told


def goal_section(
    executive: Executive, company: Company, playbook: Playbook, ties: Sequence[GoalTie] = ()
) -> Section:
    """What plausibly moves the goal that opens the page, and what the vision means for their area."""
    goal = goal_of(executive, company)
    meaning = company.vision.meaning_for(executive.id) if company.vision is not None else None
    toward = (
        (Paragraph(text=f"Where this is heading, for your area: {wording.sentence(meaning)}"),)
        if meaning
        else ()
    )
    if goal is None:
        unstated = Missing(
            what="Your goal",
            why="No goal of yours is recorded.",
            remedy="Say which target you answer for, from what, to what and by when.",
        )
        return Section(key="goal", heading="Your goal", blocks=(unstated, *toward))
    metric = _metric_of(goal, playbook)
    moves: tuple[Block, ...] = ()
    if metric is not None:
        moves = (
            Paragraph(text=f"What plausibly moves it: {wording.lowered(wording.sentence(metric.drivers))}"),
        )
    reach = next((tie.reach for tie in ties if tie.goal == goal), None)
    now = wording.say(reach.now) if reach is not None and isinstance(reach.now, Estimate) else ""
    track = pictures.track_of(goal, now)
    beside = () if track is None else (track, Paragraph(text=_standing(reach), is_note=True))
    plain = Paragraph(text="It is the goal of yours that is due first.")
    return Section(key="goal", heading="Your goal", blocks=(*moves, *toward) or (plain,), beside=beside)


def _standing(reach: GoalReach | None) -> str:
    """Where the goal stands and how likely it is reached, as far as this company's data say."""
    if reach is None or not isinstance(reach.now, Estimate):
        return "Now: not measured here."
    said = f"Measured here: {wording.say(reach.now)}."
    if isinstance(reach.probability, Estimate):
        said += f" If nothing changes, the chance to reach it is {wording.say(reach.probability)}."
    return said


def customer_section(fit: StoryFit | None, company: Company, evidence: Evidence) -> Section:
    """One customer's words, and how many are like them."""
    story = None if fit is None else fit.story
    numbers = next((one for one in evidence.stories if story is not None and one.story == story.id), None)
    if story is None:
        nobody = Missing(
            what="One customer",
            why="No approved story may reach this reader."
            if company.stories
            else "No customer's story is approved yet.",
            remedy="One stands here once it may, in the customer's own words and without names.",
        )
        return Section(key="customer", heading="One customer", blocks=(nobody,))
    quote = Quote(
        text=story.quote,
        source=f"A customer{f' on {story.touchpoint}' if story.touchpoint else ''}; names masked.",
    )
    beside: tuple[Block, ...] = ()
    if numbers is not None:
        drawn = pictures.prevalence_of(numbers, note=_held(numbers))
        unsaid = numbers.prevalence
        if drawn is not None:
            beside = (drawn,)
        elif isinstance(unsaid, Unknown):
            beside = (missing("How many are like this customer", unsaid),)
    else:
        unlinked = Unknown(
            reason="Its touchpoint and score match no answers in the data", needs="the feedback it comes from"
        )
        beside = (missing("How many are like this customer", unlinked),)
    again = "You have had every story that fits; what you read longest ago comes again."
    blocks: tuple[Block, ...] = (quote,)
    if fit is not None and fit.is_told:
        blocks = (quote, Paragraph(text=again, is_note=True))
    return Section(key="customer", heading="One customer", blocks=blocks, beside=beside)


def story_for(
    executive: Executive | None, company: Company, playbook: Playbook, told: Sequence[Told] = ()
) -> StoryFit | None:
    """The fittest story that they have not had; where they have had all, the one of longest ago."""
    had = {id: place for place, one in enumerate(told) for id in one.stories}
    fits = stories_for(executive, company, metrics=playbook.goal_metrics, told=tuple(had))
    if not fits or not fits[0].is_told:
        return fits[0] if fits else None
    return min(fits, key=lambda fit: had.get(fit.story.id, len(told)))


def _metric_of(goal: Goal, playbook: Playbook) -> GoalMetric | None:
    asked = goal.metric.casefold()
    return next((m for m in playbook.goal_metrics if asked in (m.id.casefold(), m.name.casefold())), None)


def _held(numbers: StoryInNumbers) -> str:
    if isinstance(numbers.at_stake, Unknown):
        return f"What they hold in revenue is not known. {plainly.why(numbers.at_stake)}"
    return f"They hold {wording.say(numbers.at_stake)} of yearly revenue, at stake."
