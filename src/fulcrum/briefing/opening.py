"""Page one, read in two minutes: the ask, the goal, what it is worth, one customer, what happened since."""

import re
from datetime import date

from fulcrum.briefing import pictures, plainly
from fulcrum.briefing.plainly import missing
from fulcrum.core import wording
from fulcrum.core.brief import AskBlock, Block, Missing, Paragraph, Quote, Section, Span, Statement
from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.findings import StoryInNumbers
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive, Goal
from fulcrum.core.playbook import GoalMetric, Playbook
from fulcrum.core.quantities import Unknown

_OWN_TIME = re.compile(
    r"\b(this (week|month)|(each|every) (day|week|month|quarter|\w+day|\w+ (weeks|months))"
    r"|for \w+ (weeks?|months?)|for \d+ to \d+ days|a (week|month|year)|from now on|now|today|by \w+day)\b"
)


def ask_sentence(step: StepToAsk) -> str:
    """The ask as one sentence: when, then the verb; a step that names its own time keeps to that one."""
    if _OWN_TIME.search(step.ask):
        return wording.sentence(step.ask)
    first = step.ask[:1].lower() if step.ask[1:2].islower() else step.ask[:1]
    when = (
        f"From {wording.day_and_month(step.first_on)} to {wording.day_and_month(step.until)}"
        if step.then
        else f"By {wording.day_and_month(step.until)}"
    )
    return wording.sentence(f"{when}, {first}{step.ask[1:]}")


def ask_section(step: StepToAsk | None, company: Company) -> Section:
    """The one thing asked, with the time it takes; or that nothing is asked."""
    if step is None:
        nothing = Paragraph(text="Nothing is asked of you in this brief. It reports what the data say.")
        return Section(key="ask", heading="", blocks=(nothing,))
    terms = [("First time", wording.minutes(step.minutes))]
    if step.then:
        terms.append(("Then", step.then))
    terms.append(("From, to", f"{wording.short_day(step.first_on)}, {wording.short_day(step.until)}"))
    terms.append(("To accept", f"Reply “yes” to {company.contact}" if company.contact else "Reply “yes”"))
    return Section(key="ask", heading="", blocks=(AskBlock(sentence=ask_sentence(step), terms=tuple(terms)),))


def goal_section(executive: Executive, company: Company, playbook: Playbook) -> Section:
    """The goal they answer for, what plausibly moves it, and what the vision means for their area."""
    goal = _next_goal(executive, company)
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
        return Section(key="goal", heading="Why it matters for your goal", blocks=(unstated, *toward))
    blocks: list[Block] = [Statement(spans=(Span(text=_goal_said(goal)),))]
    metric = _metric_of(goal, playbook)
    if metric is not None:
        blocks.append(
            Paragraph(text=f"What plausibly moves it: {wording.lowered(wording.sentence(metric.drivers))}")
        )
    track = pictures.track_of(goal)
    unmeasured = Paragraph(text="Now: not measured here.", is_note=True)
    beside = () if track is None else (track, unmeasured)
    return Section(
        key="goal", heading="Why it matters for your goal", blocks=(*blocks, *toward), beside=beside
    )


def customer_section(story: ApprovedStory | None, numbers: StoryInNumbers | None) -> Section:
    """One customer's words, and how many are like them."""
    if story is None:
        nobody = Missing(
            what="One customer",
            why="No customer's story is approved yet.",
            remedy="The CX team needs to choose one, in the customer's own words and without names.",
        )
        return Section(key="customer", heading="One customer", blocks=(nobody,))
    quote = Quote(text=story.quote, source=f"A customer on {story.touchpoint}; names masked.")
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
    return Section(key="customer", heading="One customer", blocks=(quote,), beside=beside)


def story_for(executive: Executive | None, company: Company) -> ApprovedStory | None:
    """The latest approved story of their area, else the latest of all."""
    area = executive.area.casefold() if executive is not None else ""
    own = [story for story in company.stories if area and story.area.casefold() == area]
    return max(own or company.stories, key=lambda story: story.approved_on, default=None)


def _next_goal(executive: Executive, company: Company) -> Goal | None:
    own = [goal for goal in company.goals if goal.executive == executive.id]
    return min(own, key=lambda goal: (goal.due is None, goal.due or date.max), default=None)


def _goal_said(goal: Goal) -> str:
    said = f"Your goal: {wording.lowered(goal.goal)}"
    if goal.baseline and goal.target:
        said += f", from {wording.kept(goal.baseline)} to {wording.kept(goal.target)}"
    elif goal.target:
        said += f", to {wording.kept(goal.target)}"
    return wording.sentence(said + (f", by {wording.day(goal.due)}" if goal.due else ""))


def _metric_of(goal: Goal, playbook: Playbook) -> GoalMetric | None:
    asked = goal.metric.casefold()
    return next((m for m in playbook.goal_metrics if asked in (m.id.casefold(), m.name.casefold())), None)


def _held(numbers: StoryInNumbers) -> str:
    if isinstance(numbers.at_stake, Unknown):
        return f"What they hold in revenue is not known. {plainly.why(numbers.at_stake)}"
    return f"They hold {wording.say(numbers.at_stake)} of yearly revenue, at stake."
