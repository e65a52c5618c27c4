"""Every comparison that the mapping asks for: a gap, or the refusal of its link."""

from dataclasses import replace

from fulcrum.core.findings import Comparison
from fulcrum.core.quantities import POINTS, Unit, Unknown, money_unit, score_unit
from fulcrum.core.value import value
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping import ComparisonSpec, Outcome
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare, refused_comparison
from fulcrum.evidence.methods.leakage import leak_among, leak_in
from fulcrum.evidence.methods.refusals import LINK_REFUSED, NOT_COMPARED
from fulcrum.evidence.negative_control import control_of
from fulcrum.evidence.queries import outcome_cells, outcome_query

BAND = "band"


@value
class Compared:
    """A comparison with the question behind it, its cells, its query, and what to beware of.

    No cells where the link is refused: then none of its numbers may be shown anywhere.
    """

    comparison: Comparison
    asked: Asked
    cells: Cells | None
    query: str
    cautions: tuple[str, ...]


def leak(given: Given) -> Unknown | None:
    """Why the score may not be linked with what customers did, or None where it may."""
    event, bands = given.knows_staying, given.bands
    if event is None or bands is None or given.loaded.answers is None:
        return None
    return leak_in(outcome_cells(given.loaded, event, ("score",)), bands, given.rules)


def comparisons(given: Given, leaking: Unknown | None) -> tuple[Compared, ...]:
    """The comparisons of the mapping, in its order."""
    return tuple(_compared(given, spec, leaking) for spec in given.loaded.mapping.comparisons)


def _compared(given: Given, spec: ComparisonSpec, leaking: Unknown | None) -> Compared:
    asked = _asked(given, spec)
    is_by_band = asked.exposure == BAND
    is_by_score = spec.outcome is Outcome.SCORE
    early = ("early",) if is_by_score and given.has_key("early") else ()
    by = ("score" if is_by_band else asked.exposure, *asked.adjust, *early, "bucket")
    if lacking := _lacking(given, spec.outcome, by):
        return _refused(asked, NOT_COMPARED, lacking)
    query = outcome_query(given.loaded, spec.outcome, by)
    cells = outcome_cells(given.loaded, spec.outcome, by)
    if early:
        cells = cells.where("early", lambda key: key != "yes")
    if is_by_band and given.bands is not None:
        cells = given.bands.on(cells)
    cautions = cautions_of(given, is_by_band=is_by_band, is_by_score=is_by_score)
    why = leaking if is_by_band else None
    if why is None and asked.is_share:
        sides = cells.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
        why = leak_among(sides.by_only(asked.exposure), given.rules)
    if why is not None:
        return _refused(asked, LINK_REFUSED, why)
    trace = given.tracer(query, "crude gap, and gap standardised over strata", comparison=asked.key)
    control = None if is_by_score else control_of(given, asked, by)
    if control is not None and control.verdict == "failed":
        cautions += (f"The negative control failed. {control.said}",)
    compared = compare(cells, asked, given.rules, trace=trace, cautions=cautions)
    return Compared(
        comparison=replace(compared, control=control),
        asked=asked,
        cells=cells,
        query=query,
        cautions=cautions,
    )


def _refused(asked: Asked, word: str, why: Unknown) -> Compared:
    comparison = refused_comparison(asked, word, why)
    return Compared(comparison=comparison, asked=asked, cells=None, query="", cautions=())


def cautions_of(given: Given, *, is_by_band: bool, is_by_score: bool) -> tuple[str, ...]:
    """What the data themselves do not settle: who did not answer, and what came before what."""
    said = list(who_answered(given)) if is_by_band else []
    base, order = given.loaded.base, given.loaded.time_order
    if not is_by_score and given.months is None:
        said.append("The outcome has no dates: that it came after what it is compared by is not known.")
    if is_by_band and order is not None and order.late:
        said.append(f"{order.late:,} answers came on or after the landmark and are set apart.")
    if is_by_score and order is not None and order.early:
        said.append(
            f"{order.early:,} of {order.answers:,} answers were given before the experience was over and are "
            f"set apart; {order.answers - order.early:,} remain."
        )
    if base is not None and base.censored and not is_by_score:
        said.append(
            f"{base.censored:,} customers were not observed for the whole window and are not counted."
        )
    return tuple(said)


def who_answered(given: Given) -> tuple[str, ...]:
    """The sentence on those who did not answer."""
    base = given.loaded.base
    if base is None:
        return ("How many were asked is not known: this describes those who answered.",)
    if base.answered >= base.customers:
        return ()
    share = base.answered / base.customers
    when = "" if base.window is None else " before the landmark"
    said = f"{whole_percent(share)} of the customers answered{when}; those who did not may differ, "
    return (said + "and no weighting mends that.",)


def _lacking(given: Given, outcome: Outcome, by: tuple[str, ...]) -> Unknown | None:
    """Why the comparison cannot be made: a key or an outcome that the data do not offer."""
    relation = given.loaded.answers if outcome is Outcome.SCORE else given.loaded.customers
    if relation is None or relation.outcome(str(outcome)) is None:
        return Unknown(
            reason=f"The data do not tell the outcome “{outcome}”.",
            needs="Columns for it in mapping.toml: " + _OPENS[outcome],
        )
    absent = [name for name in by if relation.key(name) is None]
    if absent:
        return Unknown(
            reason=f"The data do not hold {', '.join(absent)} beside the outcome.",
            needs="These fields in the files of customers.",
        )
    return None


_OPENS = {
    Outcome.SCORE: "a score.",
    Outcome.STAYED: "`started` and `ended`, or `left`, of customers.",
    Outcome.LEFT: "`started` and `ended`, or `left`, of customers.",
    Outcome.SPEND: "transactions with `at`, or `value` of customers.",
}


def _asked(given: Given, spec: ComparisonSpec) -> Asked:
    bands = given.bands
    is_by_band = spec.exposure == BAND and bands is not None
    return Asked(
        key=spec.key,
        title=spec.title,
        exposure=spec.exposure,
        exposed=bands.high if is_by_band and bands else spec.exposed,
        against=bands.low if is_by_band and bands else spec.against,
        outcome=str(spec.outcome),
        adjust=spec.adjust,
        unit=_unit(given, spec.outcome, bands),
        is_share=spec.outcome in (Outcome.STAYED, Outcome.LEFT),
        is_loss=spec.outcome is Outcome.LEFT,
        once=given.loaded.answered_once if spec.outcome is Outcome.SCORE else True,
    )


def _unit(given: Given, outcome: Outcome, bands: Bands | None) -> Unit:
    if outcome is Outcome.SPEND:
        return money_unit(given.currency, per="customer")
    if outcome is Outcome.SCORE and bands is not None:
        return score_unit(*bands.scale)
    return POINTS
