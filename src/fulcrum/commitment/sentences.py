"""How this room words levels, and a few turns of phrase; the rest is `core.wording`."""

from fulcrum.core.people import Executive
from fulcrum.core.quantities import Estimate
from fulcrum.core.wording import whole_percent


def levels(number: float) -> str:
    """A number of levels with two digits and a true minus."""
    return f"{number:.2f}".replace("-0.00", "0.00").replace("-", "−")


def with_range(estimate: Estimate) -> str:
    """An estimate in levels with its interval and confidence."""
    interval = estimate.interval
    return (
        f"{levels(estimate.value)} ({whole_percent(interval.confidence)}: "
        f"{levels(interval.low)} to {levels(interval.high)})"
    )


def with_confidence(share: Estimate) -> str:
    """The interval of a share with its confidence."""
    interval = share.interval
    span = f"{whole_percent(interval.low)} to {whole_percent(interval.high)}"
    return f"{whole_percent(interval.confidence)}: {span}"


def lower_first(text: str) -> str:
    """The same text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def function_of(executive: Executive) -> str:
    """What an executive answers for, as they would say it."""
    return executive.area or executive.role
