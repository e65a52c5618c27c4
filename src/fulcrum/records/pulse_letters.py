"""The words that go with a link to the pulse: an invitation, or a reminder."""

from datetime import date

from fulcrum.core.value import value
from fulcrum.core.wording import day


@value
class Letter:
    """A message to one executive, as plain text."""

    subject: str
    body: str


def invitation(
    *,
    name: str,
    company: str,
    link: str,
    closes_on: date,
    sender: str,
    fewest: int,
    is_reminder: bool = False,
) -> Letter:
    """The invitation to answer by a personal link, or the reminder of it."""
    opening = (
        "The one-minute questionnaire is still open, and your answer is still missing."
        if is_reminder
        else "Seven questions on where we stand with our customers: about a minute, also on a phone."
    )
    body = (
        f"Dear {name},\n\n{opening}\n\n{link}\n\n"
        f"The link is yours alone and open until {day(closes_on)}. You need no account, and you can change "
        f"your answers until then. Colleagues see totals only, and those from {fewest} answers on; before "
        f"you answer, the page says exactly who sees what.\n\n{sender}"
    )
    subject = f"{'Reminder: one' if is_reminder else 'One'} minute on {company}’s customers"
    return Letter(subject=subject, body=body)
