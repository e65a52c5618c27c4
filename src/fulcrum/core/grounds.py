"""What a business case was computed from: enough to compute it anew, without the customers' data.

`evidence.case` makes a `Case` of these and of nothing else, so that a case that is asked again, or asked with
other assumptions, has the same digits as one that is gathered.
"""

from datetime import date
from typing import Literal

from fulcrum.core.company import Initiative
from fulcrum.core.quantities import Estimate, Grade, Result
from fulcrum.core.value import value


@value
class Joint:
    """Measured inputs by name, with their standard errors and the correlation of these errors.

    covariance of a and b = error_a x error_b x correlation_ab. Errors are those of the shown intervals;
    correlations come from the delete-a-group jackknife over the same buckets of customers.
    """

    names: tuple[str, ...]
    errors: tuple[float, ...]
    correlation: tuple[tuple[float, ...], ...]

    def error(self, name: str) -> float:
        """The standard error of one input; none where it is not among the measured."""
        return dict(zip(self.names, self.errors, strict=True)).get(name, 0.0)

    def between(self, one: str, other: str) -> float:
        """The correlation of two inputs' errors."""
        return self.correlation[self.names.index(one)][self.names.index(other)]


@value
class Tried:
    """What a pilot here measured of what a case assumes.

    `measures` says which part: the share `moved` away from the worse side, or the outcome itself per customer
    reached over `window_months` (`stayed`, `left`, `spend`). `effect` is treated less others, as read out.
    """

    pilot: str
    name: str
    measures: Literal["moved", "stayed", "left", "spend", "other"]
    effect: Estimate
    is_more_better: bool
    window_months: float
    read_on: date


@value
class CaseGrounds:
    """Everything that one case was computed from: what is stated, what was measured, and what is judged.

    initiative      what the company states: reach, share moved, costs, horizon
    comparison      the key of the comparison that it rests on, `title` its title, `worse` its worse side
    gain            the gap as a gain a year of one customer who moves; `worth` what one unit of it is worth
                    a year, None where it is money already
    worse_off       customers on the worse side now; `at_stake` their money a year
    leaving         share of them who leave within a year; `drift` by how much their number grows a year, from
                    `drift_months` of answers; None of both where the data do not tell
    errors          how the measured may be off, together
    grade           of the gap as it was measured; `causal_prior` the causal share that goes with that grade,
                    lowest, likeliest and highest
    about_gap       sentences on the gap, and `about_data` on the customers, that belong beside every number
    moves           whom the initiative moves, so that nobody is counted twice beside another one
    trace           the id of the case's trace, made with `version`
    stated_here     assumptions that somebody moved by hand after the data were gathered, with their values
    tried           the pilot that took the place of what it measured, None where there is none
    """

    case: str
    initiative: Initiative
    comparison: str
    title: str
    worse: str
    gain: Estimate
    worth: Estimate | None
    worse_off: Estimate
    at_stake: Result
    leaving: Estimate | None
    drift: float
    drift_months: int | None
    errors: Joint
    grade: Grade
    causal_prior: tuple[float, float, float]
    moved_share_spread: float
    cost_spread: float
    discount_rate: float
    draws: int
    confidence: float
    about_gap: tuple[str, ...]
    about_data: tuple[str, ...]
    moves: str
    currency: str
    seed: int
    trace: str
    version: str
    stated_here: tuple[tuple[str, float], ...] = ()
    tried: Tried | None = None


@value
class Dial:
    """One assumption of a case as it can be moved: what it is now, and from where to where it may go.

    `result` holds its value and unit, the range of its prior (80 %) or of its measurement (95 %), its grade.
    """

    key: str
    name: str
    result: Estimate
    source: str
    lowest: float
    highest: float
    is_whole: bool = False


@value
class CaseYear:
    """One year of the middle case, in money; year 0 holds the one-off cost.

    `part` is how much of the year counts. `benefit` and `running` fall at its end; `today` is what is left in
    today's money, `together` the sum of it so far; `waiting` what waiting loses in this year, in today's
    money. The last sums of `together` and `waiting` are the upside of action and the downside of inaction.
    """

    number: int
    part: float
    benefit: Estimate
    running: Estimate
    today: Estimate
    together: Estimate
    waiting: Estimate
