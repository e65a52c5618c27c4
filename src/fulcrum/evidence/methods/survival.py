"""How long customers stay: from counts by month, the share still there, and the months within a horizon.

Customers who are still there when last seen are not left out and not counted as leavers: they are at risk
until then. Each customer comes once.
"""

from collections.abc import Callable, Sequence
from math import exp, log, sqrt

import numpy as np

from fulcrum.core.findings import RetentionCurve, RetentionMonth
from fulcrum.core.quantities import MONTHS, SHARE, Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.intervals import normal_critical, share_interval
from fulcrum.evidence.methods.refusals import too_few

FEWEST_EVENTS = 5  # leavers below which the doubt of a mean stay cannot be judged


@value
class LifeTable:
    """Customers by month since their start; month t stands at place t - 1.

    at_risk  (T,) customers seen at the start of the month
    events   (T,) those of them who left in it
    """

    at_risk: Floats
    events: Floats

    def __add__(self, other: "LifeTable") -> "LifeTable":
        """The table of two groups, or two files, together."""
        longest = max(len(self.at_risk), len(other.at_risk))

        def both(one: Floats, two: Floats) -> Floats:
            return np.pad(one, (0, longest - len(one))) + np.pad(two, (0, longest - len(two)))

        return LifeTable(at_risk=both(self.at_risk, other.at_risk), events=both(self.events, other.events))

    @property
    def n(self) -> int:
        """Customers at the start."""
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    def months_with(self, at_least: float) -> int:
        """How many months from the start hold at least so many customers at risk, without a break."""
        short = np.flatnonzero(self.at_risk < at_least)
        return int(short[0]) if len(short) else len(self.at_risk)


@value
class Survival:
    """Kaplan-Meier: `staying` (T,), the share still there at the end of each month, and its `error` (T,)."""

    staying: Floats
    error: Floats


def life_table(left: Sequence[int], still_there: Sequence[int]) -> LifeTable:
    """The table from customers by their last month seen: those who left in it, and those still there.

    Both by month since the start, month 1 first. Those still there count as at risk in their last month, as
    is usual where leaving and being last seen fall into one interval.
    """
    longest = max(len(left), len(still_there))
    gone = np.pad(np.asarray(left, dtype=np.float64), (0, longest - len(left)))
    seen = np.pad(np.asarray(still_there, dtype=np.float64), (0, longest - len(still_there)))
    return LifeTable(at_risk=np.cumsum((gone + seen)[::-1])[::-1], events=gone)


def kaplan_meier(table: LifeTable) -> Survival:
    """The share still there after each month, with Greenwood's error.

    S(t) = product over s <= t of (1 - d/n); error² = S² x sum of d / (n (n - d)) (Kaplan & Meier 1958;
    Greenwood 1926). Assumes that those last seen while still there would have stayed like the others.
    """
    n, d = np.maximum(table.at_risk, 1), table.events
    staying = np.cumprod(1 - d / n, dtype=np.float64)
    return Survival(staying=staying, error=staying * np.sqrt(np.cumsum(_greenwood(table))))


def retention_curve(
    table: LifeTable, rules: EvidenceRules, *, key: str, title: str, trace: str
) -> RetentionCurve | Unknown:
    """The curve month by month: hazard with Wilson's interval, share staying with log-log limits.

    Ends before the first month with fewer at risk than `rules.smallest_cell_shown`. Refused below 20
    customers.
    """
    if because := too_few(table.n, rules, what="customers"):
        return because[1]
    until, survival = table.months_with(rules.smallest_cell_shown.value), kaplan_meier(table)
    if until == 0:
        return _not_seen(0, rules)
    shown = tuple(_month(table, survival, at, rules, trace) for at in range(until))
    return RetentionCurve(
        key=key,
        title=title,
        n=table.n,
        events=int(table.events[:until].sum()),
        months=shown,
        half_left=_half_left(shown, table.n, trace),
        shortened=_not_seen(until, rules) if until < len(table.at_risk) else None,
    )


def months_within(table: LifeTable, horizon: int, rules: EvidenceRules, *, trace: str) -> Result:
    """How many of the next `horizon` months a customer stays on average (restricted mean).

    Area under the curve: sum of S(t) for t = 0 to horizon - 1; error² = sum over months of
    (area from there on)² x d / (n (n - d)) (Irwin 1949; Royston & Parmar 2013). The interval is taken on the
    log-odds of the share of the horizon: with 5 leavers or more it covers 95 to 98 %, where plus and minus
    1.96 errors falls to 91 %. Refused below 20 customers, below 5 leavers, and beyond the month up to which
    enough customers were seen.
    """
    if because := too_few(table.n, rules, what="customers"):
        return because[1]
    until = table.months_with(rules.smallest_cell_shown.value)
    if not 1 <= horizon <= until:
        return _not_seen(until, rules)
    events = int(
        table.events[: horizon - 1].sum()
    )  # who leaves in the last month has stayed the whole horizon
    if events < FEWEST_EVENTS:
        return Unknown(
            reason=f"{events} of {table.n} customers left before month {horizon}.",
            needs=f"At least {FEWEST_EVENTS} who left, or a longer horizon.",
        )
    mean, error = _area(table, horizon)
    confidence = rules.confidence.value
    share = mean / horizon
    odds, half = (
        log(share / (1 - share)),
        normal_critical(confidence) * error / (horizon * share * (1 - share)),
    )
    low, high = (horizon / (1 + exp(-odds - side)) for side in (-half, half))
    return _estimate(
        mean,
        Interval(low=low, high=high, confidence=confidence),
        MONTHS,
        table.n,
        f"mean months as a customer within {horizon}, Kaplan-Meier",
        trace,
    )


def _greenwood(table: LifeTable) -> Floats:
    n, d = table.at_risk, table.events
    return np.divide(d, n * (n - d), out=np.zeros(len(n)), where=n > d)


def _area(table: LifeTable, horizon: int) -> tuple[float, float]:
    """Restricted mean and its standard error."""
    staying = np.concatenate([[1.0], kaplan_meier(table).staying])[:horizon]
    ahead = np.cumsum(staying[::-1])[::-1]  # area from month t on, t = 0 to horizon - 1
    variance = float((ahead[1:] ** 2 * _greenwood(table)[: horizon - 1]).sum())
    return float(staying.sum()), sqrt(variance)


def _month(table: LifeTable, survival: Survival, at: int, rules: EvidenceRules, trace: str) -> RetentionMonth:
    n, events, confidence = int(table.at_risk[at]), int(table.events[at]), rules.confidence.value
    staying = float(survival.staying[at])
    interval = _log_log(staying, float(survival.error[at]), n, confidence)
    return RetentionMonth(
        month=at + 1,
        at_risk=n,
        events=events,
        hazard=_estimate(
            events / n, share_interval(events, n, confidence), SHARE, n, "share who left in the month", trace
        ),
        staying=_estimate(staying, interval, SHARE, table.n, "Kaplan-Meier, log-log limits", trace),
    )


def _log_log(staying: float, error: float, n: int, confidence: float) -> Interval:
    """S to the power exp(± z error / (S log S)); Wilson's interval where nobody, or everybody, has left."""
    if not 0 < staying < 1:
        wide = share_interval(round(staying * n), n, confidence)
        return Interval(low=min(wide.low, staying), high=max(wide.high, staying), confidence=confidence)
    reach = normal_critical(confidence) * error / (staying * abs(log(staying)))
    return Interval(low=staying ** exp(reach), high=staying ** exp(-reach), confidence=confidence)


def _half_left(months: tuple[RetentionMonth, ...], n: int, trace: str) -> Result:
    """The first month after which at most half are there, its limits read off those of the curve.

    Brookmeyer & Crowley 1982, Biometrics 38.
    """
    shares = [month.staying for month in months]

    def first(height: Callable[[Estimate], float]) -> int | None:
        return next((at + 1 for at, share in enumerate(shares) if height(share) <= 0.5), None)

    middle = first(lambda share: share.value)
    low, high = first(lambda share: share.interval.low), first(lambda share: share.interval.high)
    if middle is None or low is None or high is None:
        return Unknown(
            reason=f"Too few had left within the {len(months)} months that were seen.",
            needs="A longer time seen, for half of the customers to have left.",
        )
    interval = Interval(low=low, high=high, confidence=shares[0].interval.confidence)
    return _estimate(middle, interval, MONTHS, n, "month by which half had left", trace)


def _not_seen(until: int, rules: EvidenceRules) -> Unknown:
    least = int(rules.smallest_cell_shown.value)
    return Unknown(
        reason=f"After {until} months fewer than {least} customers are left to be seen.",
        needs=f"A horizon of 1 to {until} months, or customers seen for longer."
        if until
        else f"At least {least} customers seen from their first month.",
    )


def _estimate(number: float, interval: Interval, unit: Unit, n: int, method: str, trace: str) -> Estimate:
    return Estimate(
        value=number, interval=interval, unit=unit, n=n, grade=Grade.RAW, method=method, trace=trace
    )
