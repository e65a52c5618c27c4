"""Whether two groups may be compared and adjusted, and what limits the answer."""

from fulcrum.core.quantities import Unit, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.core.wording import percent, whole_percent
from fulcrum.evidence.methods.buckets import FEWEST_BUCKETS
from fulcrum.evidence.methods.groups import too_skewed
from fulcrum.evidence.methods.intervals import t_critical
from fulcrum.evidence.methods.refusals import NOT_ADJUSTED, NOT_CARRIED, NOT_COMPARED
from fulcrum.evidence.methods.strata import Arms, Standardised, standardise

FEWEST_EVENTS = 5  # events, and non-events, below which the doubt of a gap of shares cannot be judged
Refusal = tuple[str, Unknown]


@value
class Asked:
    """What is compared: the mapping's words, and the unit of the gap.

    `is_share` says that the outcome is 0 or 1, and `is_loss` that the event itself is the loss (left, and not
    stayed): the E-value always speaks of the loss. `once` says that no customer comes twice.
    """

    key: str
    title: str
    exposure: str
    exposed: str
    against: str
    outcome: str
    adjust: tuple[str, ...]
    unit: Unit
    is_share: bool
    is_loss: bool = False
    once: bool = True


def not_comparable(whole: Arms, asked: Asked, rules: EvidenceRules) -> Refusal | None:
    """Why the two groups are not compared: too few cases, too few events, or amounts too skewed."""
    least = int(rules.counts_only_below.value)
    for side, name in zip(whole.sides, (asked.exposed, asked.against), strict=True):
        n = int(side.n.sum())
        if n < least:
            count = (
                f"fewer than {int(rules.nothing_below.value)}" if n < rules.nothing_below.value else str(n)
            )
            return NOT_COMPARED, Unknown(
                reason=f"“{name}” holds {count} cases: groups are compared only if both hold {least}.",
                needs=f"At least {least} cases on either side.",
            )
        if side.filled < FEWEST_BUCKETS:
            return NOT_COMPARED, Unknown(
                reason=f"The {n} cases of “{name}” come from a handful of customers.",
                needs=f"Cases from at least {FEWEST_BUCKETS} customers on either side.",
            )
    if asked.is_share:
        events = [min(float(side.wy.sum()), float((side.w - side.wy).sum())) for side in whole.sides]
        if sum(events) < FEWEST_EVENTS:
            return NOT_CARRIED, Unknown(
                reason="Almost everybody on both sides had the same outcome.",
                needs=f"At least {FEWEST_EVENTS} customers with and without the outcome.",
            )
    elif asked.unit.kind == "money":
        return next((refusal for side in whole.sides if (refusal := too_skewed(side))), None)
    return None


def not_adjustable(whole: Arms, kept: Arms, asked: Asked, rules: EvidenceRules) -> Refusal | None:
    """Why the gap is not adjusted: nothing to adjust for, or too little overlap."""
    if not asked.adjust:
        return NOT_ADJUSTED, Unknown(
            reason="Nothing to adjust for is named.",
            needs="Segment fields under `adjust` of this comparison in mapping.toml.",
        )
    share = kept.n / whole.n
    if share < rules.overlap_at_least.value:
        return NOT_ADJUSTED, Unknown(
            reason=f"Only {whole_percent(share)} of the customers are in strata that hold both groups.",
            needs="Fewer or coarser fields to adjust for, or more customers.",
        )
    return None


def limits(whole: Arms, kept: Arms, adjusted: Standardised | None, rules: EvidenceRules) -> list[str]:
    """What limits an adjusted gap, in sentences: thin strata set apart, and fragility."""
    if adjusted is None:
        return []
    said = []
    least = int(rules.stratum_side_at_least.value)
    if kept.n < whole.n:
        apart = len(whole.strata) - len(kept.strata)
        said.append(
            f"{apart} of {len(whole.strata)} strata have fewer than {least} cases on one side "
            f"and are set apart; the adjusted gap speaks of the {percent(kept.n / whole.n)} of cases kept."
        )
    if _is_fragile(whole, adjusted, rules):
        said.append(
            "Fragile: the gap moves by more than its interval when thin strata are cut off differently."
        )
    return said


def _is_fragile(whole: Arms, adjusted: Standardised, rules: EvidenceRules) -> bool:
    half = adjusted.gap.error * t_critical(rules.confidence.value, adjusted.gap.freedom)
    others = (whole.with_at_least(cases) for cases in (1, 2 * rules.stratum_side_at_least.value))
    return any(
        abs(standardise(other).difference - adjusted.difference) > half for other in others if other.strata
    )
