"""When a number may not be shown: the word that stands in its place, why, and what would be needed."""

from fulcrum.core.findings import Caveat, Finding
from fulcrum.core.quantities import Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.methods.buckets import FEWEST_BUCKETS

TOO_FEW = "Too few"
COUNTS_ONLY = "Counts only"
LINK_REFUSED = "Link refused"
NOT_COMPARED = "Not compared"
NOT_ADJUSTED = "Not adjusted"
NOT_CARRIED = "Not carried"


def too_few(n: int, rules: EvidenceRules, *, what: str = "answers") -> tuple[str, Unknown] | None:
    """The refusal for `n` cases, or None where there are enough.

    Fewer than 5: nothing. 5 to 19: counts only, since an interval would span most of the scale.
    """
    nothing, counts = int(rules.nothing_below.value), int(rules.counts_only_below.value)
    if n < nothing:
        return TOO_FEW, Unknown(reason=f"Fewer than {nothing} {what}.", needs=f"At least {counts} {what}.")
    if n < counts:
        return COUNTS_ONLY, Unknown(
            reason=f"{n} {what}: an interval would span most of the scale.",
            needs=f"{counts - n} more {what}.",
        )
    return None


def too_few_customers(filled: int, n: int, what: str = "answers") -> tuple[str, Unknown] | None:
    """The refusal where a few customers gave all the cases: the doubt between customers cannot be judged."""
    if filled >= FEWEST_BUCKETS:
        return None
    return COUNTS_ONLY, Unknown(
        reason=f"{n} {what} come from {filled} customers or groups of customers.",
        needs=f"{what.capitalize()} from at least {FEWEST_BUCKETS} customers.",
    )


def refused(
    *, key: str, family: str, title: str, group: str, n: int | None, because: tuple[str, Unknown]
) -> Finding:
    """A finding that holds its place with a refusal. Below five cases even their number is not shown."""
    word, unknown = because
    shown = None if word == TOO_FEW else n
    return Finding(key=key, family=family, title=title, group=group, n=shown, result=unknown, refusal=word)


def caveats(*sentences: str | None) -> tuple[Caveat, ...]:
    """The sentences that apply, as caveats."""
    return tuple(Caveat(text=sentence) for sentence in sentences if sentence)
