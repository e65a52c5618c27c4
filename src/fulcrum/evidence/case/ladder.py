"""The quick-win ladder: what pays back soonest with least at risk, rung by rung, each with its reason."""

from collections.abc import Sequence
from decimal import Decimal

from fulcrum.core import wording
from fulcrum.core.findings import Case, Rung
from fulcrum.core.quantities import Estimate, Money, Unknown

EVEN = 0.5  # less often than this above break-even is no win to begin with


def ladder_of(
    candidates: Sequence[tuple[Case, Decimal, str]], currency: str
) -> tuple[tuple[Rung, ...], tuple[Rung, ...]]:
    """The rungs, the quickest first, and those that are on none. Candidates: case, one-off cost, why unfit.

    On a rung is a case that is fit to be compared, pays back within its horizon and ends above break-even in
    at least half of its draws. Order: months to pay back (whole), then the smaller one-off cost, then the
    better chance of a gain.
    """
    fit = [(case, cost) for case, cost, unfit in candidates if not (unfit or _no_win(case))]
    fit.sort(key=lambda one: (round(_months(one[0])), one[1], -_chance(one[0])))
    rungs = tuple(
        Rung(case=case.key, title=case.title, because=_because(place, fit, currency))
        for place, (case, _) in enumerate(fit)
    )
    off = tuple(
        Rung(case=case.key, title=case.title, because=unfit or _no_win(case))
        for case, _, unfit in candidates
        if unfit or _no_win(case)
    )
    return rungs, off


def _no_win(case: Case) -> str:
    if isinstance(case.payback_months, Unknown):
        return wording.sentence(case.payback_months.reason)
    if isinstance(case.gain_probability, Unknown):
        return wording.sentence(case.gain_probability.reason)
    if case.gain_probability.value < EVEN:
        return "It ends above break-even in fewer than half of the simulated outcomes."
    return ""


def _because(place: int, fit: Sequence[tuple[Case, Decimal]], currency: str) -> str:
    case, cost = fit[place]
    payback, chance = case.payback_months, case.gain_probability
    if isinstance(payback, Unknown) or isinstance(chance, Unknown):
        return _no_win(case)
    several = len(fit) > 1
    soonest = ", the soonest" if several and place == 0 else ""
    least = ", the least" if several and cost == min(other for _, other in fit) else ""
    surest = ", the surest" if several and chance.value == max(_chance(other) for other, _ in fit) else ""
    at_risk = wording.money(Money(amount=cost, currency=currency))
    return (
        f"Back after {wording.say(payback)}{soonest}; {at_risk} at risk{least}; "
        f"above break-even in {wording.of_hundred(chance)} simulated outcomes{surest}."
    )


def _months(case: Case) -> float:
    return case.payback_months.value if isinstance(case.payback_months, Estimate) else float("inf")


def _chance(case: Case) -> float:
    return case.gain_probability.value if isinstance(case.gain_probability, Estimate) else 0.0
