"""An ask as a calendar file: for the executive a slot or a day, for whoever asked the day of follow-up."""

from datetime import datetime, timedelta
from hashlib import sha256

from fulcrum.briefing.asking import ask_sentence
from fulcrum.core.company import Company
from fulcrum.core.ics import Event, Method, calendar
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive


def invitation(
    step: StepToAsk,
    executive: Executive,
    company: Company,
    *,
    sequence: int,
    stamp: datetime,
    at: datetime | None = None,
    is_off: bool = False,
) -> bytes:
    """The ask for the executive's own calendar; nothing in it says what is believed of them.

    With a moment it takes its minutes there; else it stands on its last day, and a repeating step from its
    first day to its last. `is_off` takes it out of the calendar again.
    """
    start = at if at is not None else step.first_on if step.then else step.until
    event = Event(
        uid=uid_of(step, executive, company),
        summary=step.ask.rstrip("."),
        start=start,
        end=at + timedelta(minutes=max(step.minutes, 5)) if at is not None else step.until,
        stamp=stamp,
        sequence=sequence,
        description=_described(step),
        organizer=_address(company),
        is_busy=at is not None,
    )
    return calendar([event], method=Method.CANCEL if is_off else Method.PUBLISH)


def follow_up(
    step: StepToAsk, executive: Executive, company: Company, *, sequence: int, stamp: datetime
) -> bytes:
    """The day on which whoever asked comes back to it, for their own calendar."""
    event = Event(
        uid=f"follow-up-{uid_of(step, executive, company)}",
        summary=f"Come back to {executive.name}: {step.ask.rstrip('.')}",
        start=step.follow_up or step.until,
        stamp=stamp,
        sequence=sequence,
        description="Whatever came of it: thank them, or ask what stood in the way.",
    )
    return calendar([event])


def uid_of(step: StepToAsk, executive: Executive, company: Company) -> str:
    """The same for one ask before and after it is on record; another where a step is asked again."""
    earlier = [
        ask
        for ask in company.asks
        if ask.executive == executive.id and ask.step == step.step and ask.asked_on < step.first_on
    ]
    again = sum(1 for ask in earlier if not ask.status.is_open)
    text = "\n".join((company.name, executive.id, step.step, str(again)))
    return f"ask-{sha256(text.encode()).hexdigest()[:24]}@fulcrum"


def _described(step: StepToAsk) -> str:
    lines = [ask_sentence(step), ""]
    lines += [f"{number}. {said}" for number, said in enumerate(step.how_to, start=1)]
    lines += ["", f"What good looks like: {step.looks_like}"] if step.looks_like else []
    lines += [f"What it is not: {step.is_not}"] if step.is_not else []
    return "\n".join(lines).strip()


def _address(company: Company) -> str:
    """The contact, where it is an address that a calendar can take."""
    contact = company.contact.strip()
    return contact if contact.count("@") == 1 and " " not in contact else ""
