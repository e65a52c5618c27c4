"""How this room words its numbers and days: one way each."""

from datetime import date

from fulcrum.core.people import Executive
from fulcrum.core.quantities import Estimate


def day(when: date) -> str:
    """A day as "3 October 2026"."""
    return f"{when.day} {when:%B %Y}"


def percent(share: float) -> str:
    """A share of one as whole per cent."""
    return f"{100 * share:.0f} %"


def levels(number: float) -> str:
    """A number of levels with two digits and a true minus."""
    return f"{number:.2f}".replace("-0.00", "0.00").replace("-", "−")


def with_range(estimate: Estimate) -> str:
    """An estimate in levels with its interval and confidence."""
    interval = estimate.interval
    return (
        f"{levels(estimate.value)} ({percent(interval.confidence)}: "
        f"{levels(interval.low)} to {levels(interval.high)})"
    )


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: "1 note", "3 notes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def lower_first(text: str) -> str:
    """The same text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def function_of(executive: Executive) -> str:
    """What an executive answers for, as they would say it."""
    return executive.area or executive.role
