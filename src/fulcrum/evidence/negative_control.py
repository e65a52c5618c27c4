"""The same comparison on what came before it: a gap there says that both groups differed from the start."""

from dataclasses import replace
from math import sqrt

from fulcrum.core.findings import NegativeControl
from fulcrum.core.quantities import Estimate, Unknown, money_unit
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.evidence.queries import outcome_cells, outcome_query

PRIOR = "prior_spend"
NEAR_ZERO = 0.1  # deviations beyond which two groups count as unlike (Austin 2009, Statistics in Medicine 28)
TELLING = 0.2  # an interval that reaches further, in deviations, could hide a gap that matters
_NOT_BEFORE = Unknown(
    reason="The data do not tell spend before the landmark.",
    needs="Transactions with `at`, and `pre_months` in [landmark].",
)
_USED_UP = Unknown(
    reason="Spend before the landmark is itself adjusted for.",
    needs="Another outcome that the exposure cannot have moved.",
)


def control_of(given: Given, asked: Asked, by: tuple[str, ...]) -> NegativeControl:
    """Spend before the landmark as the outcome of the same adjusted comparison (Lipsitch et al. 2010).

    What is compared cannot have moved it, so its adjusted gap should be near zero; one that is not speaks of
    differences that the adjustment leaves. Failed: the interval leaves zero out and the gap is at least 0.1
    deviations of the customers' spend. Passed: otherwise, if the whole interval lies within 0.2 deviations.
    Not possible: where it is wider, or where there is no such spend. It can show that something is left, and
    never that nothing is.
    """
    if not given.offers(PRIOR):
        return _impossible(_NOT_BEFORE)
    if PRIOR in asked.adjust:
        return _impossible(_USED_UP)
    cells = outcome_cells(given.loaded, PRIOR, by)
    if asked.exposure == "band" and given.bands is not None:
        cells = given.bands.on(cells)
    trace = given.tracer(
        outcome_query(given.loaded, PRIOR, by), "negative control: adjusted gap", comparison=asked.key
    )
    before = replace(
        asked, outcome=PRIOR, unit=money_unit(given.currency, per="customer"), is_share=False, is_loss=False
    )
    gap = compare(cells, before, given.rules, trace=trace).adjusted.result
    if isinstance(gap, Unknown):
        return _impossible(gap)
    return _judged(gap, _deviation(cells, asked))


def _judged(gap: Estimate, deviation: float) -> NegativeControl:
    reach = max(abs(gap.interval.low), abs(gap.interval.high))
    if gap.is_signed and abs(gap.value) >= NEAR_ZERO * deviation:
        said = "They differed in spend before, once adjusted: something else than the exposure parts them."
        return NegativeControl(outcome=PRIOR, verdict="failed", result=gap, said=said)
    if reach <= TELLING * deviation:
        said = "Their spend before is alike once adjusted, as it should be."
        return NegativeControl(outcome=PRIOR, verdict="passed", result=gap, said=said)
    said = "The doubt is too wide to tell whether their spend before was alike."
    return NegativeControl(outcome=PRIOR, verdict="not possible", result=gap, said=said)


def _impossible(why: Unknown) -> NegativeControl:
    return NegativeControl(outcome=PRIOR, verdict="not possible", result=why, said=why.reason)


def _deviation(cells: Cells, asked: Asked) -> float:
    """Standard deviation of the outcome among both groups."""
    both = cells.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
    mean = float(both.wy.sum() / both.w.sum())
    return sqrt(max(0.0, float(both.wyy.sum() / both.w.sum()) - mean**2))
