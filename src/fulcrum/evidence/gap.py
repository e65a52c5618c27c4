"""The gap between two groups of customers: crude and adjusted, always side by side, and what limits it."""

from math import exp, log, sqrt

import numpy as np

from fulcrum.core.findings import Comparison, Finding
from fulcrum.core.playbook import EvidenceRules
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval, Result, Unit, Unknown, counted
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Floats
from fulcrum.evidence.groups import too_skewed
from fulcrum.evidence.hidden_cause import e_values, ratio_of_means
from fulcrum.evidence.intervals import around, t_critical
from fulcrum.evidence.refusals import NOT_ADJUSTED, NOT_CARRIED, NOT_COMPARED, caveats
from fulcrum.evidence.sample import sample_of_outcome
from fulcrum.evidence.strata import Arms, Standardised, arms, crude_gap, standardise

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


def compare(
    cells: Cells, asked: Asked, rules: EvidenceRules, *, trace: str, cautions: tuple[str, ...] = ()
) -> Comparison:
    """Crude and adjusted gap (exposed less against), overlap, thinnest stratum and E-value.

    `cells` by the exposure, the adjusted fields and bucket. Adjusted to the whole base: both groups are given
    the strata of everybody compared (see `strata.standardise`). Strata with fewer than
    `rules.stratum_side_at_least` cases on either side are set apart and the kept share is said. Refused where
    a side holds fewer than 20, where events are too few, or where too little overlaps. `cautions` are
    sentences that are true of the data and belong beside the gap.
    """
    whole = arms(cells, asked.exposure, asked.exposed, asked.against, asked.adjust)
    kept = whole.with_at_least(rules.stratum_side_at_least.value)
    because = _not_comparable(whole, asked, rules)
    thin = because or _not_adjustable(whole, kept, asked, rules)
    adjusted = None if thin else standardise(kept, loss=_loss(asked))
    crude = because or _crude(whole, asked, rules, trace)
    held = thin or _adjusted(kept, adjusted, asked, rules, trace)
    strength = _strength(kept, adjusted, asked, rules, trace) if adjusted else None
    return Comparison(
        key=asked.key,
        title=asked.title,
        exposed=asked.exposed,
        against=asked.against,
        outcome=asked.outcome,
        crude=_finding("crude", asked, crude, whole.n, cautions),
        adjusted=_finding(
            "adjusted", asked, held, kept.n, (*_limits(whole, kept, adjusted, rules), *cautions)
        ),
        overlap=because[1] if because else _overlap(whole, kept, trace),
        smallest_cell=None if thin else int(kept.smaller_sides.min()),
        strata=len(kept.strata),
        adjusted_for=asked.adjust,
        e_value=strength[0] if strength else _refusal_of(thin),
        e_value_limit=strength[1] if strength else _refusal_of(thin),
    )


def refused_comparison(asked: Asked, word: str, why: Unknown) -> Comparison:
    """The comparison with no number in it at all, as when its link leaks."""
    return Comparison(
        key=asked.key,
        title=asked.title,
        exposed=asked.exposed,
        against=asked.against,
        outcome=asked.outcome,
        crude=_finding("crude", asked, (word, why), None, ()),
        adjusted=_finding("adjusted", asked, (word, why), None, ()),
        overlap=why,
        smallest_cell=None,
        strata=0,
        adjusted_for=asked.adjust,
        e_value=why,
        e_value_limit=why,
    )


def _finding(
    which: str, asked: Asked, outcome: Estimate | Refusal, n: int | None, cautions: tuple[str, ...]
) -> Finding:
    key, title = f"gap.{which}.{asked.key}", f"{asked.title}: {asked.outcome}"
    if isinstance(outcome, tuple):
        word, unknown = outcome
        return Finding(key=key, family="gap", title=title, group=which, n=n, result=unknown, refusal=word)
    unclear = None if outcome.is_signed else "Not distinguishable from no gap."
    return Finding(
        key=key,
        family="gap",
        title=title,
        group=which,
        n=n,
        result=outcome,
        caveats=caveats(unclear, *cautions),
    )


def _not_comparable(whole: Arms, asked: Asked, rules: EvidenceRules) -> Refusal | None:
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


def _not_adjustable(whole: Arms, kept: Arms, asked: Asked, rules: EvidenceRules) -> Refusal | None:
    if not asked.adjust:
        return NOT_ADJUSTED, Unknown(
            reason="Nothing to adjust for is named.",
            needs="Segment fields under `adjust` of this comparison in mapping.toml.",
        )
    share = kept.n / whole.n
    if share < rules.overlap_at_least.value:
        return NOT_ADJUSTED, Unknown(
            reason=f"Only {share:.0%} of the customers are in strata that hold both groups.",
            needs="Fewer or coarser fields to adjust for, or more customers.",
        )
    return None


def _refusal_of(because: Refusal | None) -> Unknown:
    if because is None:
        return Unknown(reason="The ratio of the two rates is not defined.", needs="Events on both sides.")
    return because[1]


def _crude(whole: Arms, asked: Asked, rules: EvidenceRules, trace: str) -> Estimate:
    confidence = rules.confidence.value
    exposed, against = (sample_of_outcome(side, once=asked.once) for side in whole.sides)
    gap = exposed.mean - against.mean
    if asked.is_share and asked.once:
        one, other = exposed.share_in(confidence), against.share_in(confidence)
        below = sqrt((exposed.mean - one.low) ** 2 + (other.high - against.mean) ** 2)
        above = sqrt((one.high - exposed.mean) ** 2 + (against.mean - other.low) ** 2)
        interval = Interval(low=gap - below, high=gap + above, confidence=confidence)
        method = "difference of two shares, Newcombe's interval"
    else:
        doubt = crude_gap(whole)
        interval = around(gap, doubt.error, confidence, t_critical(confidence, doubt.freedom))
        method = f"difference of two means, jackknife over {doubt.freedom + 1} groups of customers"
    return Estimate(
        value=gap, interval=interval, unit=asked.unit, n=whole.n, grade=Grade.RAW, method=method, trace=trace
    )


def _adjusted(
    kept: Arms, adjusted: Standardised | None, asked: Asked, rules: EvidenceRules, trace: str
) -> Estimate | Refusal:
    if adjusted is None:
        return NOT_ADJUSTED, _refusal_of(None)
    confidence = rules.confidence.value
    critical = t_critical(confidence, adjusted.gap.freedom)
    return Estimate(
        value=adjusted.difference,
        interval=around(adjusted.difference, adjusted.gap.error, confidence, critical),
        unit=asked.unit,
        n=kept.n,
        grade=Grade.ADJUSTED,
        method=f"standardised over {len(kept.strata)} strata to the whole base; delete-a-group jackknife, "
        f"{adjusted.gap.freedom + 1} groups",
        trace=trace,
    )


def _overlap(whole: Arms, kept: Arms, trace: str) -> Result:
    return counted(kept.n / whole.n, SHARE, n=whole.n, trace=trace, method="share of cases in kept strata")


def _limits(whole: Arms, kept: Arms, adjusted: Standardised | None, rules: EvidenceRules) -> list[str]:
    if adjusted is None:
        return []
    said = []
    least = int(rules.stratum_side_at_least.value)
    if kept.n < whole.n:
        apart = len(whole.strata) - len(kept.strata)
        said.append(
            f"{apart} of {len(whole.strata)} strata have fewer than {least} cases on one side "
            f"and are set apart; {kept.n / whole.n:.1%} of the cases are kept."
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


def _loss(asked: Asked) -> bool | None:
    """Whether the event is the loss; None where the outcome is no share."""
    return asked.is_loss if asked.is_share else None


def _strength(
    kept: Arms, adjusted: Standardised, asked: Asked, rules: EvidenceRules, trace: str
) -> tuple[Estimate, Estimate] | None:
    confidence = rules.confidence.value
    if asked.is_share:
        ratio, doubt = adjusted.loss_ratio, adjusted.log_ratio
        if not (np.isfinite(doubt.error) and 0 < ratio < np.inf):
            return None
        half = doubt.error * t_critical(confidence, doubt.freedom)
        low, high = exp(log(ratio) - half), exp(log(ratio) + half)
    else:
        deviation = _deviation(kept)
        if deviation == 0:
            return None
        ratio, low, high = ratio_of_means(adjusted.difference, adjusted.gap.error, deviation)
    return e_values(ratio, low, high, n=kept.n, confidence=confidence, trace=trace)


def _deviation(kept: Arms) -> float:
    """Standard deviation of the outcome within the two groups."""

    def within(y: Floats, yy: Floats, w: Floats) -> float:
        return float(yy.sum() - y.sum() ** 2 / w.sum())

    squares = sum(within(side.wy, side.wyy, side.w) for side in kept.sides)
    return sqrt(max(0.0, squares) / float(sum(side.w.sum() for side in kept.sides)))
