"""The business case: upside of action and downside of inaction, each with its distribution.

The middle case is closed arithmetic (`formula`); around it lie seeded draws (`draws`) over the joint doubt of
what was measured and over what people stated. The grade of the gap caps the words; what was stated says so.
"""

import numpy as np

from fulcrum.core import wording
from fulcrum.core.findings import Assumption, Case
from fulcrum.core.grounds import CaseGrounds
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
from fulcrum.evidence.case.grounds import case_key
from fulcrum.evidence.case.inputs import assumptions_of, causal_triangle, doubts_of, middle_inputs
from fulcrum.evidence.case.tornado import tornado_of
from fulcrum.evidence.methods.intervals import wilson
from fulcrum.evidence.methods.refusals import caveats


def case_on(grounds: CaseGrounds) -> Case:
    """The case of one initiative on its grounds: the same grounds give the same digits.

    The grade says how far the association may be called causal: the upside's is the gap's (E where somebody
    stated the gap by hand), that of inaction the weakest of it and that of a plain count (D). What people
    stated (the moved share, costs) carries its own grade E among the assumptions and is named beside the
    upside (`docs/decisions/0005`).
    """
    inputs = middle_inputs(grounds)
    name = grounds.initiative.name
    draws = drawn(inputs, doubts_of(grounds), draws=grounds.draws, seed=grounds.seed, name=name)
    middle, grade = middle_case(inputs), grounds.gain.grade
    money, confidence, trace = money_unit(grounds.currency), grounds.confidence, grounds.trace
    acting, waiting = np.asarray(upside(draws)), np.asarray(inaction(draws))

    def shown(value: float, interval: Interval, unit: Unit, weakest: Grade, how: str) -> Estimate:
        return Estimate(
            value=value, interval=interval, unit=unit, n=None, grade=weakest, method=how, trace=trace
        )

    plain = grade.weakest(Grade.RAW)
    simulated = f"closed form; 10th to 90th part of {len(acting)} draws"
    assumptions = assumptions_of(grounds)
    wins = float((acting > 0).mean())
    return Case(
        key=grounds.case,
        title=name,
        horizon_years=inputs.horizon_years,
        upside=shown(middle.upside, middle_part(acting, confidence), money, grade, simulated),
        inaction=shown(middle.inaction, middle_part(waiting, confidence), money, plain, simulated),
        at_stake=grounds.at_stake,
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
        causal_density=causal_triangle(grounds).density(),
        tornado=tornado_of(assumptions, inputs, confidence=confidence, unit=money, grade=grade, trace=trace),
        caveats=caveats(*cautions(grounds, _moved_by_hand(grounds, assumptions))),
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


def _moved_by_hand(grounds: CaseGrounds, assumptions: tuple[Assumption, ...]) -> list[str]:
    moved = dict(grounds.stated_here)
    return [wording.lowered(one.name) for one in assumptions if one.key in moved]


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
