"""The one ask: the sentence, its terms, the card on how to do it, and the note that is ready to send."""

import re

from fulcrum.briefing.goals import goal_said
from fulcrum.core import wording
from fulcrum.core.brief import AskBlock, Paragraph, Section, StepCard
from fulcrum.core.company import Company
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Behaviour, Executive, Goal
from fulcrum.core.value import value

_OWN_TIME = re.compile(
    r"\b(this (week|month)|(each|every) (day|week|month|quarter|\w+day|\w+ (weeks|months))"
    r"|for \w+ (weeks?|months?)|for \d+ to \d+ days|a (week|month|year)|from now on|now|today|by \w+day)\b"
)
_WHY_YOU = {
    Behaviour.DIRECTION: "What you put first, others put first.",
    Behaviour.COMMUNICATION: "People learn from you what counts; nobody else's words carry as far.",
    Behaviour.MODEL: "People do what they see you do, and not what they are told.",
    Behaviour.ACCOUNTABILITY: "What you ask about gets done, without a project.",
    Behaviour.RESOURCES: "Nobody below you can free the time, the people or the money.",
}


@value
class Note:
    """A short note that is ready to send: plain text, about the reader's goal and the one act."""

    subject: str
    body: str


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
    """The one thing asked, with the time it takes and the day of follow-up; or that nothing is asked."""
    heading = "One ask"
    if step is None:
        nothing = Paragraph(text="Nothing is asked of you in this brief. It reports what the data say.")
        return Section(key="ask", heading=heading, blocks=(nothing,))
    block = AskBlock(sentence=ask_sentence(step), terms=terms_of(step, company))
    return Section(key="ask", heading=heading, blocks=(block,))


def terms_of(step: StepToAsk, company: Company) -> tuple[tuple[str, str], ...]:
    """What it takes, from when until when, when somebody comes back, and how to accept."""
    terms = [("First time" if step.then else "Takes", wording.minutes(step.minutes))] if step.minutes else []
    if step.then:
        terms.append(("Then", step.then))
    terms.append(("From, to", f"{wording.short_day(step.first_on)}, {wording.short_day(step.until)}"))
    if step.follow_up is not None:
        terms.append(("We come back", wording.short_day(step.follow_up)))
    if step.is_promised:
        terms.append(("On record", "You said yes"))
    else:
        to = f" to {company.contact}" if company.contact else ""
        terms.append(("To accept", f"Reply “yes”{to}"))
    return tuple(terms)


def card_of(step: StepToAsk) -> StepCard | None:
    """How to do it: why them, the steps, what good looks like, what it is not; None for free words."""
    if not step.how_to:
        return None
    return StepCard(
        minutes=wording.minutes(step.minutes),
        how_to=step.how_to,
        why_you=_WHY_YOU[step.behaviour],
        looks_like=step.looks_like,
        is_not=step.is_not,
    )


def card_section(step: StepToAsk | None) -> Section | None:
    """The card among the evidence behind a brief."""
    card = None if step is None else card_of(step)
    return None if card is None else Section(key="step", heading="How to do it", blocks=(card,), page=2)


def note_for(executive: Executive, step: StepToAsk, company: Company) -> Note:
    """The note that goes with the ask; it names their goal, the act, its time and the day of follow-up."""
    goal = goal_of(executive, company)
    lines = [f"Dear {executive.name},", ""]
    if goal is not None:
        lines += [f"{goal_said(goal)} One thing for it:", ""]
    else:
        lines += ["One thing, if you will:", ""]
    lines += [ask_sentence(step), ""]
    if step.minutes:
        takes = f"It takes {wording.minutes(step.minutes)}"
        lines.append(takes + (f", then {wording.lowered(step.then)}." if step.then else "."))
    lines += [f"{number}. {said}" for number, said in enumerate(step.how_to, start=1)]
    if step.is_not:
        lines += ["", f"It is not this: {wording.lowered(step.is_not)}"]
    if step.follow_up is not None:
        when = wording.day(step.follow_up)
        lines += ["", f"You hear from me again on {when}, whatever came of it. A no is an answer too."]
    lines += ["", "Kind regards", ""]
    return Note(subject=_subject(step), body="\n".join(lines))


def goal_of(executive: Executive, company: Company) -> Goal | None:
    """The goal that is due first."""
    own = [goal for goal in company.goals if goal.executive == executive.id]
    return min(
        own, key=lambda goal: (goal.due is None, goal.due.toordinal() if goal.due else 0), default=None
    )


def goal_title(goal: Goal) -> str:
    """The same as the sentence that opens a page."""
    return wording.sentence(_goal(goal))


def _goal(goal: Goal) -> str:
    said = goal.goal.rstrip(". ")
    if goal.baseline and goal.target:
        said += f", from {wording.kept(goal.baseline)} to {wording.kept(goal.target)}"
    elif goal.target:
        said += f", to {wording.kept(goal.target)}"
    return said + (f", by {wording.day(goal.due)}" if goal.due else "")


def _subject(step: StepToAsk) -> str:
    takes = f", {wording.minutes(step.minutes)}" if step.minutes else ""
    return f"One thing by {wording.day_and_month(step.until)}{takes}"
