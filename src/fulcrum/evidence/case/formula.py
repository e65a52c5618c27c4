"""The arithmetic of the business case, in closed form, so that a spreadsheet can repeat it to the cent.

Every function takes plain numbers or arrays of draws alike: middle case and simulation are one formula.
"""

from math import ceil

import numpy as np

from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats

Number = float | Floats


@value
class CaseInputs:
    """The named inputs of the case, as single numbers (the middle case) or as draws.

    reach           customers whom the initiative reaches
    moved_share     share of them who move from the worse to the better side
    gain            what one moved customer is worth a year more: in money, or in shares of `worth`
    worth           money a year of one unit of `gain`; 1 where the gain is money already
    causal_share    share of the gain that is caused, and so comes with the move
    one_off         cost at the start
    running         cost a year, paid at the end of each year
    horizon_years   how long; a last part of a year counts for its part
    discount_rate   a year; money counts at the end of the year in which it falls
    worse_off       customers who are on the worse side now
    drift           by how much their number grows a year, as a share of `worse_off`
    leaving         share of them who leave within a year, and then have nothing more to lose
    """

    reach: Number
    moved_share: Number
    gain: Number
    worth: Number
    causal_share: Number
    one_off: Number
    running: Number
    horizon_years: float
    discount_rate: float
    worse_off: Number
    drift: Number = 0.0
    leaving: Number = 0.0


@value
class MiddleCase:
    """The case at its middle inputs. The shares at break-even may exceed 1; None where no share would do."""

    upside: float
    inaction: float
    benefit_a_year: float
    break_even: float | None
    break_even_moved: float | None
    payback_months: float | None


def middle_case(inputs: CaseInputs) -> MiddleCase:
    """The case at single numbers.

    factor   = sum over years k = 1, 2, ... of part_k / (1 + rate)^k, part_k being 1 or a last part
    benefit  = reach x moved_share x gain x worth x causal_share                      (money a year)
    upside   = factor x (benefit - running) - one_off
    inaction = -(worse_off x gain x worth x causal_share) x sum over k of
               part_k x (1 + drift x (k - 1)) x (1 - leaving)^(k - 1) / (1 + rate)^k, no summand below zero
    break-even causal share = (one_off / factor + running) / (reach x moved_share x gain x worth)
    break-even share moved  = (one_off / factor + running) / (reach x gain x worth x causal_share)
    payback  = 12 x one_off / (benefit - running) months, undiscounted

    Timing: the one-off cost is paid today and not discounted; benefits and running costs of a year count at
    its end, the last part of a year in full at the end of that year. This is the convention of NPV() in a
    spreadsheet, and later than money comes in truth, so that benefits are rather under- than overstated.
    Inaction runs the same customers forward: as many more or fewer come to be worse off as the drift says,
    and those who leave are not lost a second time.
    """
    needed, needed_moved = break_even(inputs), break_even_moved(inputs)
    months = payback_months(inputs)
    return MiddleCase(
        upside=float(upside(inputs)),
        inaction=float(inaction(inputs)),
        benefit_a_year=float(benefit_a_year(inputs)),
        break_even=float(needed) if np.isfinite(needed) else None,
        break_even_moved=float(needed_moved) if np.isfinite(needed_moved) else None,
        payback_months=float(months) if np.isfinite(months) else None,
    )


def discount_factor(inputs: CaseInputs) -> float:
    """What one unit of money a year over the horizon is worth now."""
    return sum(part / (1 + inputs.discount_rate) ** year for year, part in _years(inputs.horizon_years))


def benefit_a_year(inputs: CaseInputs) -> Number:
    """What the initiative brings a year, before its costs."""
    return _possible(inputs) * inputs.causal_share


def upside(inputs: CaseInputs) -> Number:
    """What acting is worth over the horizon, net of its costs, in today's money."""
    return discount_factor(inputs) * (benefit_a_year(inputs) - inputs.running) - inputs.one_off


def inaction(inputs: CaseInputs) -> Number:
    """What waiting costs over the horizon, in today's money: negative where there is something to lose."""
    a_year = inputs.worse_off * inputs.gain * inputs.worth * inputs.causal_share
    growing = sum(
        part * _left_worse_off(inputs, year) / (1 + inputs.discount_rate) ** year
        for year, part in _years(inputs.horizon_years)
    )
    return -a_year * growing


def inaction_in(inputs: CaseInputs, year: int, part: float) -> Number:
    """What waiting costs in one year alone, of which this part counts: a summand of `inaction`."""
    a_year = inputs.worse_off * inputs.gain * inputs.worth * inputs.causal_share
    return -a_year * part * _left_worse_off(inputs, year) / (1 + inputs.discount_rate) ** year


def break_even(inputs: CaseInputs) -> Number:
    """The causal share at which acting just covers its costs; infinite where the gain is not positive."""
    return _share_needed(inputs, _possible(inputs))


def break_even_moved(inputs: CaseInputs) -> Number:
    """The share of customers moved at which acting just covers its costs; infinite where none would do."""
    return _share_needed(inputs, inputs.reach * inputs.gain * inputs.worth * inputs.causal_share)


def payback_months(inputs: CaseInputs) -> Number:
    """Months until the one-off cost is earned back, undiscounted; infinite if not within the horizon."""
    net = np.asarray(benefit_a_year(inputs) - inputs.running)
    with np.errstate(divide="ignore", invalid="ignore"):
        months: Floats = np.where(net > 0, 12 * inputs.one_off / net, np.inf)
    in_time: Floats = np.where(months <= 12 * inputs.horizon_years, months, np.inf)
    return in_time if in_time.ndim else float(in_time)


def _possible(inputs: CaseInputs) -> Number:
    return inputs.reach * inputs.moved_share * inputs.gain * inputs.worth


def _share_needed(inputs: CaseInputs, at_full_share: Number) -> Number:
    needed, possible = inputs.one_off / discount_factor(inputs) + inputs.running, np.asarray(at_full_share)
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Floats = np.where(possible > 0, needed / possible, np.inf)
    return share if share.ndim else float(share)


def _left_worse_off(inputs: CaseInputs, year: int) -> Number:
    """How many of each customer who is worse off now are so in this year: drift, less those who left."""
    staying = 1 - np.clip(inputs.leaving, 0.0, 1.0)
    kept: Number = np.maximum(0.0, 1 + inputs.drift * (year - 1)) * staying ** (year - 1)
    return kept


def _years(horizon: float) -> list[tuple[int, float]]:
    return [(year, min(1.0, horizon - (year - 1))) for year in range(1, ceil(horizon) + 1)]
