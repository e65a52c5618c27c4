"""What a business case stands on: a measured gap, the customers on its worse side, and their worth."""

from collections.abc import Mapping
from dataclasses import field, replace
from functools import partial
from operator import eq

from fulcrum.core.findings import Comparison
from fulcrum.core.quantities import CUSTOMERS, Estimate, Interval, Result, Unit, Unknown, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.case.forward import Drifting, Leaving
from fulcrum.evidence.case.joint import Replicates, mean_without_each, named_without
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.comparisons import BAND, Compared
from fulcrum.evidence.methods.buckets import Grid, grid
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import gap_of_side
from fulcrum.evidence.methods.groups import dominance, mean_amount
from fulcrum.evidence.methods.refusals import NOT_ADJUSTED, too_few
from fulcrum.evidence.methods.strata import arms, crude_gap, standardise
from fulcrum.evidence.methods.totals import count_without_each, how_many, how_much
from fulcrum.evidence.methods.trend import Drift

NO_WORSE_SIDE = Unknown(reason="Which side does worse is not known.", needs="A gap that can be shown.")


@value
class Basis:
    """The measured side of a case.

    gap          the adjusted gap for customers like those worse off, or the crude one (grade D) where nothing
                 to adjust for was named
    worse        the name of the side that does worse
    worse_off    customers on the worse side now
    worth        money a year of one customer on the worse side
    at_stake     the same for all of them together: not a return
    months       length of the outcome window; None where the data have no time
    drift        change of the share worse off; None where there are too few periods to know
    leaving      share of the worse side who leave within a year; None where the data do not tell
    replicates   gain, worth, leaving and drift with each bucket of customers left out: how they err together
    cautions     sentences that belong beside every number of the case
    """

    comparison: Comparison
    asked: Asked
    query: str
    gap: Result
    worse: str
    worse_off: Result
    worth: Result
    at_stake: Result
    months: int | None
    drift: Drift | None = None
    leaving: Estimate | None = None
    replicates: Mapping[str, Replicates] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()

    @property
    def gain(self) -> Estimate | None:
        """The gap as a gain a year of one customer who moves from the worse to the better side."""
        if isinstance(self.gap, Unknown) or self.months is None:
            return None
        factor = _turn(self.asked, self.worse) * 12 / self.months
        ends = sorted((self.gap.interval.low * factor, self.gap.interval.high * factor))
        return Estimate(
            value=self.gap.value * factor,
            interval=Interval(low=ends[0], high=ends[1], confidence=self.gap.interval.confidence),
            unit=Unit(kind=self.gap.unit.kind, currency=self.gap.unit.currency, per="customer a year"),
            n=self.gap.n,
            grade=self.gap.grade,
            method=self.gap.method,
            trace=self.gap.trace,
        )


def basis_of(
    compared: Compared,
    amounts: Cells | None,
    rules: EvidenceRules,
    *,
    people: Cells | None = None,
    currency: str,
    months: int | None,
    query: str,
    trace: str,
    leaving: Leaving | None = None,
    drifting: Drifting | None = None,
) -> Basis:
    """The basis that a comparison gives; `amounts` hold each customer's money a year by exposure and bucket.

    `people` hold the customers of the base by the same, for a comparison of scores: its cells count answers.
    Under sampling weights how many there are, and their money, are estimates and no counts.
    A link that leaks, or a gap without a known worse side, puts nothing at stake: no number is given.
    """
    asked, gap = compared.asked, _gap(compared.comparison)
    worse = worse_side(gap, asked)
    replicates: dict[str, Replicates] = {}
    if compared.cells is not None and worse is not None:
        replicates["gain"] = _gain_without_each(compared, worse, rules)
    if compared.cells is not None and worse is not None and gap is compared.comparison.adjusted.result:
        gap = _no_better(gap_of_side(compared.cells, asked, worse, rules, trace=trace), than=gap)
    worse_off: Result
    worth: Result
    at_stake: Result
    warning = None
    if compared.cells is None or worse is None:
        worse_off = worth = at_stake = gap if isinstance(gap, Unknown) else NO_WORSE_SIDE
    else:
        counts = people if asked.outcome == "score" else compared.cells  # cells of scores count answers
        side = None if counts is None else counts.where(asked.exposure, partial(eq, worse))
        worse_off = _worse_off(side, rules, trace)
        if side is not None and _is_estimated(worse_off):
            replicates["worse_off"] = count_without_each(side, rules)
        theirs = None if amounts is None else amounts.where(asked.exposure, partial(eq, worse))
        held = None if theirs is None else grid(theirs, asked.exposure)
        worth, at_stake = _money(held, rules, currency=currency, trace=trace)
        at_stake = worse_off if isinstance(at_stake, Unknown) else at_stake
        warning = None if held is None else dominance(held, rules)
        replicates |= {} if theirs is None else {"worth": mean_without_each(theirs)}
    replicates |= {} if leaving is None else {"leaving": leaving.replicates}
    replicates |= {} if drifting is None else {"drift": drifting.replicates}
    return Basis(
        comparison=compared.comparison,
        asked=asked,
        query=query,
        gap=gap,
        worse=worse or "",
        worse_off=worse_off,
        worth=worth,
        at_stake=at_stake,
        months=months,
        drift=None if drifting is None else drifting.drift,
        leaving=None if leaving is None else leaving.a_year,
        replicates=replicates,
        cautions=(*compared.cautions, *((warning,) if warning else ())),
    )


def _gap(comparison: Comparison) -> Result:
    adjusted = comparison.adjusted
    if adjusted.refusal == NOT_ADJUSTED and not comparison.adjusted_for:
        return comparison.crude.result
    return adjusted.result


def _no_better(gap: Result, *, than: Result) -> Result:
    """The gap with no better a grade than that of the comparison, which may be worth only a raw one."""
    if isinstance(gap, Unknown) or isinstance(than, Unknown):
        return gap
    return replace(gap, grade=gap.grade.weakest(than.grade))


def worse_side(gap: Result, asked: Asked) -> str | None:
    """The side that does worse, where that is known."""
    if asked.exposure == BAND:
        return asked.against
    if isinstance(gap, Unknown):
        return None
    is_exposed_worse = gap.value > 0 if asked.is_loss else gap.value < 0
    return asked.exposed if is_exposed_worse else asked.against


def worse_side_of(compared: Compared) -> str | None:
    """The side of a comparison that does worse, where its gap says so."""
    return worse_side(_gap(compared.comparison), compared.asked)


def _turn(asked: Asked, worse: str) -> float:
    """+1 where a larger gap is a larger gain, -1 where it is a smaller one."""
    return (-1.0 if worse == asked.exposed else 1.0) * (-1.0 if asked.is_loss else 1.0)


def _gain_without_each(compared: Compared, worse: str, rules: EvidenceRules) -> Replicates:
    """The gap with each bucket of customers left out, turned so that more of it is more gain."""
    asked, cells = compared.asked, compared.cells
    gap = _gap(compared.comparison)
    if cells is None or isinstance(gap, Unknown):
        return {}
    both = cells.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
    whole = arms(both, asked.exposure, asked.exposed, asked.against, asked.adjust)
    if gap is compared.comparison.crude.result:
        spread = crude_gap(whole)
    else:
        kept = whole.with_at_least(rules.stratum_side_at_least.value)
        spread = standardise(kept, to="exposed" if worse == asked.exposed else "against").gap
    turn = _turn(asked, worse)
    return {bucket: turn * gap for bucket, gap in named_without(both, spread.without).items()}


def _worse_off(side: Cells | None, rules: EvidenceRules, trace: str) -> Result:
    """Customers on the worse side: counted, or estimated where they carry sampling weights."""
    if side is None:
        return Unknown(
            reason="How many customers are worse off is not known.",
            needs="A table of customers with this field.",
        )
    return how_many(grid(side), rules, unit=CUSTOMERS, trace=trace)


def _is_estimated(result: Result) -> bool:
    return isinstance(result, Estimate) and result.interval.confidence < 1


def _money(held: Grid | None, rules: EvidenceRules, *, currency: str, trace: str) -> tuple[Result, Result]:
    if held is None or held.n.sum() == 0:
        none = Unknown(
            reason="The data do not say what a customer is worth.",
            needs="`value` in the customers table, or a table of transactions.",
        )
        return none, none
    n = int(held.n.sum())
    because = too_few(n, rules, what="customers")
    if because:
        return because[1], because[1]
    worth = mean_amount(held, rules, unit=money_unit(currency, per="customer a year"), trace=trace)
    return worth, how_much(held, rules, unit=money_unit(currency, per="year"), trace=trace)
