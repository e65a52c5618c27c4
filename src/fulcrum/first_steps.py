"""First steps: the one thing to ask, with its card, its note, its calendar file and its day of follow-up."""

from datetime import UTC, date, datetime, time

from fulcrum.core.brief import Brief, StepCard
from fulcrum.core.company import Ask, Company
from fulcrum.core.errors import WrongUse
from fulcrum.core.judgement import Choice, StepToAsk
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value

_EPOCH = date(2020, 1, 1)


@value
class InHand:
    """What goes with one ask: the sentence, its terms, the card, the note, and what in the note to mend."""

    step: StepToAsk
    sentence: str
    terms: tuple[tuple[str, str], ...]
    card: StepCard | None
    subject: str
    note: str
    to_mend: tuple[str, ...]


def step_now(company: Company, playbook: Playbook, choice: Choice) -> StepToAsk | None:
    """The ask that is open, for one comes at a time; else the step that is chosen."""
    from fulcrum.commitment.steps import step_in_brief

    person = _person(company, choice.executive)
    return step_in_brief(company, person, choice.step, playbook.steps, rules=playbook.choice)


def step_of(company: Company, playbook: Playbook, ask: Ask) -> StepToAsk:
    """An ask on record as the step that it is, with its days."""
    from fulcrum.commitment.steps import step_on_record

    return step_on_record(ask, _person(company, ask.executive), playbook.steps, rules=playbook.choice)


def in_hand(company: Company, playbook: Playbook, step: StepToAsk) -> InHand:
    """All that is needed to ask it: nothing of it says what is believed of the executive."""
    from fulcrum.briefing.asking import ask_sentence, card_of, note_for, terms_of
    from fulcrum.briefing.pitch import pitch_problems_in

    note = note_for(_person(company, step.executive), step, company)
    found = pitch_problems_in(f"{note.subject}\n{note.body}", playbook.pitch_words)
    return InHand(
        step=step,
        sentence=ask_sentence(step),
        terms=terms_of(step, company),
        card=card_of(step),
        subject=note.subject,
        note=note.body,
        to_mend=tuple(f"“{one.phrase}”: {one.rather}" for one in found),
    )


def to_mend(brief: Brief, playbook: Playbook) -> tuple[str, ...]:
    """Where a brief asks from the sender's need, each with how to put it from the reader's side."""
    from fulcrum.briefing.pitch import pitch_problems

    found = pitch_problems(brief, playbook.pitch_words)
    return tuple(dict.fromkeys(f"“{one.stands_in}” {one.rather}" for one in found))


def calendar_file(
    company: Company,
    step: StepToAsk,
    *,
    sequence: int | None = None,
    at: datetime | None = None,
    is_off: bool = False,
) -> bytes:
    """The ask for the executive's calendar (RFC 5545); the same record gives the same bytes.

    Without a `sequence` of the record, that of the day counts, so that a later file renews an earlier one.
    """
    from fulcrum.briefing.invitation import invitation

    person = _person(company, step.executive)
    count = _of_day(company) if sequence is None else sequence
    stamp = _stamp(company, step, sequence)
    return invitation(step, person, company, sequence=count, stamp=stamp, at=at, is_off=is_off)


def follow_up_file(company: Company, step: StepToAsk, *, sequence: int | None = None) -> bytes:
    """The day of follow-up, for the calendar of whoever asked."""
    from fulcrum.briefing.invitation import follow_up

    person = _person(company, step.executive)
    count = _of_day(company) if sequence is None else sequence
    return follow_up(step, person, company, sequence=count, stamp=_stamp(company, step, sequence))


def _of_day(company: Company) -> int:
    return max((company.as_of - _EPOCH).days, 0)


def _stamp(company: Company, step: StepToAsk, sequence: int | None) -> datetime:
    """When it was last written: a moment of the record, never of the clock; later for each change."""
    if sequence is None:
        return datetime.combine(company.as_of, time(), tzinfo=UTC)
    seconds = min(sequence, 86_399)
    at = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return datetime.combine(step.first_on, at, tzinfo=UTC)


def _person(company: Company, executive: str) -> Executive:
    person = company.executive(executive)
    if person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return person
