"""Every comparison that the mapping asks for: a gap, or the refusal of its link."""

from dataclasses import replace

from fulcrum.core.findings import Caveat, Comparison, Finding
from fulcrum.core.quantities import POINTS, Estimate, Grade, Unit, Unknown, money_unit, score_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.core.wording import say, whole_percent
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.loaded import Base
from fulcrum.evidence.intake.mapping import ComparisonSpec, Outcome
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.early import set_apart
from fulcrum.evidence.methods.gap import compare, refused_comparison
from fulcrum.evidence.methods.leakage import leak_among, leak_in
from fulcrum.evidence.methods.refusals import LINK_REFUSED, NOT_COMPARED, caveats
from fulcrum.evidence.negative_control import control_of
from fulcrum.evidence.queries import outcome_cells, outcome_query

BAND = "band"
LEFT_IN = "Early answers judge what was not over yet."


@value
class Compared:
    """A comparison with the question behind it, its cells, its query, and what to beware of.

    No cells where the link is refused: then none of its numbers may be shown anywhere. `beside` are findings
    that belong next to its gap.
    """

    comparison: Comparison
    asked: Asked
    cells: Cells | None
    query: str
    cautions: tuple[str, ...]
    beside: tuple[Finding, ...] = ()


def leak(given: Given) -> Unknown | None:
    """Why the score may not be linked with what customers did, or None where it may."""
    event, bands = given.knows_staying, given.bands
    if event is None or bands is None or given.loaded.answers is None:
        return None
    cells = outcome_cells(given.loaded, event, ("score",))
    return leak_in(cells, bands, given.rules, is_loss=event is Outcome.LEFT)


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
    with_early = cells if early else None
    if early:
        cells = cells.where("early", lambda key: key != "yes")
    if is_by_band and given.bands is not None:
        cells = given.bands.on(cells)
    cautions = cautions_of(given, is_by_band=is_by_band, is_by_score=is_by_score)
    why = leaking if is_by_band else None
    if why is None and asked.is_share:
        sides = cells.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
        why = leak_among(sides.by_only(asked.exposure), given.rules, is_loss=asked.is_loss)
    if why is not None:
        return _refused(asked, LINK_REFUSED, why)
    trace = given.tracer(query, "crude gap, and gap standardised over strata", comparison=asked.key)
    control = None if is_by_score else control_of(given, asked, by)
    if control is not None and control.verdict == "failed":
        cautions += (f"The negative control failed: the adjusted gap is graded as a raw one. {control.said}",)
    compared = compare(cells, asked, given.rules, trace=trace, cautions=cautions)
    if control is not None and control.verdict == "failed":
        compared = replace(compared, adjusted=_no_better_than_raw(compared.adjusted))
    made = Compared(
        comparison=replace(compared, control=control),
        asked=asked,
        cells=cells,
        query=query,
        cautions=cautions,
    )
    return made if with_early is None else _beside_early(made, with_early, given.rules, trace)


def _beside_early(made: Compared, with_early: Cells, rules: EvidenceRules, trace: str) -> Compared:
    """The comparison with what setting early answers apart does to it, where it takes unevenly of both sides.

    Then the gap of all answers stands beside the gap of those that are left, and both are called fragile: the
    one holds judgements of what was not over, the other lacks customers whom the exposure itself chose. Where
    more than half of one side is gone, the adjusted gap is worth no more than a raw one and has grade D.
    """
    apart = set_apart(with_early, made.asked)
    if not apart.is_uneven(rules):
        return made
    crude, adjusted = made.comparison.crude, made.comparison.adjusted
    whole = compare(with_early, made.asked, rules, trace=trace).crude
    beside = f" With them the crude gap is {say(whole.result)}." if isinstance(whole.result, Estimate) else ""
    fragile = Caveat(text=f"Fragile: {apart.said}.{beside}")
    if apart.is_a_selection(rules):
        adjusted = _no_better_than_raw(adjusted)
    all_answers = replace(
        whole,
        key=f"gap.with_early.{made.asked.key}",
        group="crude, early answers left in",
        caveats=(*caveats(f"Fragile: {apart.said} in the gap beside this one. {LEFT_IN}"), *whole.caveats),
    )
    comparison = replace(made.comparison, crude=_with(crude, fragile), adjusted=_with(adjusted, fragile))
    cautions = (fragile.text, *made.cautions)
    return replace(made, comparison=comparison, cautions=cautions, beside=(all_answers,))


def _no_better_than_raw(finding: Finding) -> Finding:
    """The finding with grade D, where it shows a number: what was adjusted for is not what parts them."""
    if not isinstance(finding.result, Estimate):
        return finding
    return replace(finding, result=replace(finding.result, grade=finding.result.grade.weakest(Grade.RAW)))


def _with(finding: Finding, caveat: Caveat) -> Finding:
    """The finding with one more caveat, where it shows a number."""
    is_shown = isinstance(finding.result, Estimate)
    return replace(finding, caveats=(caveat, *finding.caveats)) if is_shown else finding


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
    when = "" if base.window is None else " before the landmark"
    said = f"{_those_who_answered(base)} answered{when}; those who did not may differ, "
    return (said + "and no weighting mends that.",)


def _those_who_answered(base: Base) -> str:
    """How many of the customers, never rounded to all or none of them."""
    share = whole_percent(base.answered / base.customers)
    if share == whole_percent(1):
        return f"All but {base.customers - base.answered:,} of {base.customers:,} customers"
    if share == whole_percent(0):
        return f"{base.answered:,} of {base.customers:,} customers"
    return f"{share} of the customers"


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
