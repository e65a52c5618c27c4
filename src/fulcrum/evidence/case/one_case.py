"""The business case: upside of action and downside of inaction, each with its distribution.

The middle case is closed arithmetic (`formula`); around it lie seeded draws (`draws`) over the joint doubt of
what was measured and over what people stated. The grade of the gap caps the words; what was stated says so.
"""

import numpy as np

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Case
from fulcrum.core.playbook import CaseRules
from fulcrum.core.quantities import (
    MONTHS,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Result,
    Unit,
    Unknown,
    money_unit,
)
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.case.cautions import cautions
from fulcrum.evidence.case.draws import density_of, drawn, middle_part
from fulcrum.evidence.case.formula import (
    CaseInputs,
    MiddleCase,
    Number,
    break_even,
    break_even_moved,
    inaction,
    middle_case,
    payback_months,
    upside,
)
from fulcrum.evidence.case.inputs import (
    assumptions_of,
    causal_triangle,
    doubts_of,
    middle_inputs,
    worth_of,
)
from fulcrum.evidence.case.tornado import tornado_of
from fulcrum.evidence.methods.intervals import wilson
from fulcrum.evidence.methods.refusals import caveats


def case_key(title: str) -> str:
    """The stable key of an initiative's case, such as `case.first-contact-repair`."""
    return f"case.{'-'.join(title.lower().split())}"


def case_of(
    initiative: Initiative, basis: Basis, rules: CaseRules, *, currency: str, seed: int, trace: str
) -> Case:
    """The case of one initiative on its measured basis.

    Refused where the gap is refused, has no outcome window, or has no money; what is at stake stays, in
    customers if need be. The grade says how far the association may be called causal: the upside's is the
    gap's, that of inaction the weakest of the gap's and that of a plain count (D). What people stated (the
    moved share, costs) carries its own grade E among the assumptions and is named beside the upside
    (`docs/decisions/0005`).
    """
    refusal = why_not(basis)
    if refusal is not None:
        return refused_case(
            initiative.name, refusal, at_stake=basis.at_stake, horizon_years=initiative.horizon_years
        )
    inputs = middle_inputs(initiative, basis, rules)
    doubts = doubts_of(initiative, basis, rules)
    draws = drawn(inputs, doubts, draws=int(rules.draws.value), seed=seed, name=initiative.name)
    middle, grade = middle_case(inputs), _grade(basis)
    money = money_unit(currency)
    acting, waiting = np.asarray(upside(draws)), np.asarray(inaction(draws))
    confidence = rules.confidence.value

    def shown(value: float, interval: Interval, unit: Unit, weakest: Grade, how: str) -> Estimate:
        return Estimate(
            value=value, interval=interval, unit=unit, n=None, grade=weakest, method=how, trace=trace
        )

    plain = grade.weakest(Grade.RAW)
    simulated = f"closed form; 10th to 90th part of {len(acting)} draws"
    assumptions = assumptions_of(initiative, basis, rules, currency=currency, trace=trace)
    wins = float((acting > 0).mean())
    return Case(
        key=case_key(initiative.name),
        title=initiative.name,
        horizon_years=initiative.horizon_years,
        upside=shown(middle.upside, middle_part(acting, confidence), money, grade, simulated),
        inaction=shown(middle.inaction, middle_part(waiting, confidence), money, plain, simulated),
        at_stake=basis.at_stake,
        break_even=_break_even(middle, draws, confidence, grade, trace),
        break_even_moved=_break_even_moved(middle, draws, confidence, grade, trace),
        gain_probability=shown(
            wins,
            wilson(wins * len(acting), len(acting), confidence),
            SHARE,
            grade,
            "share of draws above zero",
        ),
        payback_months=_payback(middle, draws, inputs, confidence, grade, trace),
        assumptions=assumptions,
        upside_density=density_of(acting),
        inaction_density=density_of(waiting),
        causal_density=causal_triangle(initiative, grade, rules).density(),
        tornado=tornado_of(assumptions, inputs, confidence=confidence, unit=money, grade=grade, trace=trace),
        caveats=caveats(*cautions(initiative, basis)),
    )


def refused_case(title: str, why: Unknown, *, at_stake: Result, horizon_years: float = 0.0) -> Case:
    """A case without a number, but for what is at stake where that is known."""
    return Case(
        key=case_key(title),
        title=title,
        horizon_years=horizon_years,
        upside=why,
        inaction=why,
        at_stake=at_stake,
        break_even=why,
        gain_probability=why,
        payback_months=why,
        break_even_moved=why,
    )


def why_not(basis: Basis) -> Unknown | None:
    """Why this basis carries no case in money, or None where it does."""
    if isinstance(basis.gap, Unknown):
        return basis.gap
    if basis.asked.outcome == "score":
        return Unknown(
            reason="The comparison is of scores, and a score is no money.",
            needs="A comparison whose outcome is spend, stayed or left.",
        )
    if basis.months is None:
        return Unknown(
            reason="The outcome has no window, so a loss a year cannot be told.",
            needs="[landmark] with date and outcome_months in mapping.toml, and dates in the data.",
        )
    if worth_of(basis) is None:
        return basis.worth if isinstance(basis.worth, Unknown) else None
    return basis.worse_off if isinstance(basis.worse_off, Unknown) else None


def _grade(basis: Basis) -> Grade:
    return Grade.ELSEWHERE if isinstance(basis.gap, Unknown) else basis.gap.grade


def _break_even(middle: MiddleCase, draws: CaseInputs, confidence: float, grade: Grade, trace: str) -> Result:
    if middle.break_even is None or middle.break_even > 1:
        return Unknown(
            reason="Even if the whole gap were causal, the middle case would not cover its cost.",
            needs="Lower costs, a larger reach, or an initiative that moves more customers.",
        )
    return _needed_share(middle.break_even, break_even(draws), confidence, grade, trace)


def _break_even_moved(
    middle: MiddleCase, draws: CaseInputs, confidence: float, grade: Grade, trace: str
) -> Result:
    if middle.break_even_moved is None or middle.break_even_moved > 1:
        return Unknown(
            reason="Even if all customers reached were moved, the middle case would not cover its cost.",
            needs="Lower costs, a larger reach, or an experience that costs more when it goes wrong.",
        )
    return _needed_share(middle.break_even_moved, break_even_moved(draws), confidence, grade, trace)


def _needed_share(middle: float, shares: Number, confidence: float, grade: Grade, trace: str) -> Estimate:
    return Estimate(
        value=middle,
        interval=middle_part(np.minimum(1.0, np.asarray(shares)), confidence),
        unit=SHARE,
        n=None,
        grade=grade,
        method="closed form on the middle case; draws that never break even count as 1",
        trace=trace,
    )


def _payback(
    middle: MiddleCase, draws: CaseInputs, inputs: CaseInputs, confidence: float, grade: Grade, trace: str
) -> Result:
    if middle.payback_months is None:
        return Unknown(
            reason="The middle case does not earn its one-off cost back within the horizon.",
            needs="Lower costs, a longer horizon, or an initiative that moves more customers.",
        )
    months = np.minimum(12 * inputs.horizon_years, np.asarray(payback_months(draws)))
    return Estimate(
        value=middle.payback_months,
        interval=middle_part(months, confidence),
        unit=MONTHS,
        n=None,
        grade=grade,
        method="closed form, undiscounted; draws that never pay back count as the horizon",
        trace=trace,
    )
