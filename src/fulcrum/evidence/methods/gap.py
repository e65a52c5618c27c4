"""The gap between two groups of customers: crude and adjusted, always side by side, and what limits it."""

from math import exp, log, sqrt

import numpy as np

from fulcrum.core.findings import Comparison, Finding
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval, Result, Unknown, counted
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells, Floats
from fulcrum.evidence.methods.comparable import Asked, Refusal, limits, not_adjustable, not_comparable
from fulcrum.evidence.methods.hidden_cause import e_values, ratio_of_means
from fulcrum.evidence.methods.intervals import around, t_critical
from fulcrum.evidence.methods.refusals import NOT_CARRIED, caveats
from fulcrum.evidence.methods.sample import sample_of_outcome
from fulcrum.evidence.methods.strata import Arms, Standardised, arms, crude_gap, standardise

ONE_SIDED: Refusal = (
    NOT_CARRIED,
    Unknown(
        reason="A few customers make up a whole side of the strata that both groups share.",
        needs="More customers on either side.",
    ),
)
UNCLEAR = "Not distinguishable from no gap."
NO_RATIO: Refusal = (
    NOT_CARRIED,
    Unknown(reason="The ratio of the two rates is not defined.", needs="Events on both sides."),
)


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
    because = not_comparable(whole, asked, rules)
    thin = because or not_adjustable(whole, kept, asked, rules)
    adjusted = None if thin else standardise(kept, loss=_loss(asked))
    if adjusted is not None and not np.isfinite(adjusted.gap.error):
        thin, adjusted = ONE_SIDED, None
    crude = because or _crude(whole, asked, rules, trace)
    held = _adjusted(kept, adjusted, asked, rules, trace) if adjusted else thin or NO_RATIO
    strength = _strength(kept, adjusted, asked, rules, trace) if adjusted else None
    return Comparison(
        key=asked.key,
        title=asked.title,
        exposed=asked.exposed,
        against=asked.against,
        outcome=asked.outcome,
        crude=_finding("crude", asked, crude, whole.n, cautions),
        adjusted=_finding(
            "adjusted", asked, held, kept.n, (*limits(whole, kept, adjusted, rules), *cautions)
        ),
        overlap=because[1] if because else _overlap(whole, kept, trace),
        smallest_cell=None if thin else int(kept.smaller_sides.min()),
        strata=len(kept.strata),
        adjusted_for=asked.adjust,
        e_value=strength[0] if strength else (thin or NO_RATIO)[1],
        e_value_limit=strength[1] if strength else (thin or NO_RATIO)[1],
    )


def gap_of_side(
    cells: Cells, asked: Asked, side: str, rules: EvidenceRules, *, trace: str
) -> Estimate | Unknown:
    """The adjusted gap for customers like those of one side: what it would be worth to move them.

    Same strata and refusals as `compare`, standardised to this side and not to the whole base, for the
    effect on those who would move is what a case needs; it differs where the gap differs between strata.
    """
    whole = arms(cells, asked.exposure, asked.exposed, asked.against, asked.adjust)
    kept = whole.with_at_least(rules.stratum_side_at_least.value)
    because = not_comparable(whole, asked, rules) or not_adjustable(whole, kept, asked, rules)
    if because:
        return because[1]
    moved = standardise(kept, to="exposed" if side == asked.exposed else "against", loss=_loss(asked))
    if not np.isfinite(moved.gap.error):
        return ONE_SIDED[1]
    return _adjusted(kept, moved, asked, rules, trace, to=f"the customers of “{side}”")


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
    unclear = None if outcome.is_signed else UNCLEAR
    return Finding(
        key=key,
        family="gap",
        title=title,
        group=which,
        n=n,
        result=outcome,
        caveats=caveats(unclear, *cautions),
    )


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
    kept: Arms,
    adjusted: Standardised,
    asked: Asked,
    rules: EvidenceRules,
    trace: str,
    *,
    to: str = "the whole base",
) -> Estimate:
    confidence = rules.confidence.value
    critical = t_critical(confidence, adjusted.gap.freedom)
    return Estimate(
        value=adjusted.difference,
        interval=around(adjusted.difference, adjusted.gap.error, confidence, critical),
        unit=asked.unit,
        n=kept.n,
        grade=Grade.ADJUSTED,
        method=f"standardised over {len(kept.strata)} strata to {to}; delete-a-group jackknife, "
        f"{adjusted.gap.freedom + 1} groups",
        trace=trace,
    )


def _overlap(whole: Arms, kept: Arms, trace: str) -> Result:
    return counted(kept.n / whole.n, SHARE, n=whole.n, trace=trace, method="share of cases in kept strata")


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
        critical = t_critical(confidence, adjusted.gap.freedom)
        ratio, low, high = ratio_of_means(adjusted.difference, adjusted.gap.error, deviation, critical)
    return e_values(ratio, low, high, n=kept.n, confidence=confidence, trace=trace)


def _deviation(kept: Arms) -> float:
    """Standard deviation of the outcome within the two groups."""

    def within(y: Floats, yy: Floats, w: Floats) -> float:
        return float(yy.sum() - y.sum() ** 2 / w.sum())

    squares = sum(within(side.wy, side.wyy, side.w) for side in kept.sides)
    return sqrt(max(0.0, squares) / float(sum(side.w.sum() for side in kept.sides)))
