"""Looking at a pilot before it is over: an interval that holds at every look together, not at each alone.

Of pilots without any effect, an interval of 95 % made for one look calls 40 to 50 of 100 an effect at some
look when it is read at every customer, and 23 when it is read twenty times. These here are wider, and may be
read whenever and as often as one likes, from 20 customers on either side on.
"""

from math import exp, log, sqrt

from fulcrum.core.quantities import Interval, Unknown
from fulcrum.evidence.methods.comparable import FEWEST_EVENTS
from fulcrum.evidence.methods.intervals import around
from fulcrum.evidence.methods.moments import Contrast, Moments


def too_early(treated: Moments, others: Moments, *, least: int, is_share: bool) -> Unknown | None:
    """Why a pilot is not looked at yet, or None where it may be.

    Fewer than `least` customers on a side, or, for shares, fewer than 5 events or non-events on one: with
    none yet an error would read as zero. Without the second, a sequence read from the twentieth customer on
    left out the truth of 4 % against 2 % in 32 of 100 pilots; with it in 3.
    """
    fewest = min(treated.n, others.n)
    if fewest < least:
        return Unknown(
            reason=f"One side holds {fewest:g} customers so far.", needs=f"At least {least} on either side."
        )
    events = min(min(side.total, side.n - side.total) for side in (treated, others)) if is_share else least
    if events < FEWEST_EVENTS:
        return Unknown(
            reason="On one side almost everybody had the same outcome so far.",
            needs=f"At least {FEWEST_EVENTS} customers with and without the outcome on either side.",
        )
    return None


def sequence_interval(of: Contrast, *, tuned_for: float, false_alarms: float) -> Interval:
    """The asymptotic confidence sequence of a difference, at this look.

    half width = error × sqrt(2 (n ρ² + 1) / (n ρ²) × log(sqrt(n ρ² + 1) / α)), with n customers on both
    sides, α the false alarms over all looks together, and ρ of `mixing` (I. Waudby-Smith, D. Arbour,
    R. Sinha, E. Kennedy and A. Ramdas, arXiv 2103.06476, formula 9). The chance that it leaves the truth out
    at any look is at most α. Assumes independent customers, means that are roughly normal at the first
    look (`too_early`), and a tuning that was chosen before the pilot began.
    """
    size = _size(of, tuned_for, false_alarms)
    reach = sqrt(2 * (size + 1) / size * log(sqrt(size + 1) / false_alarms))
    return around(of.value, of.error, 1 - false_alarms, reach)


def always_valid_p(of: Contrast, *, tuned_for: float, false_alarms: float) -> float:
    """The p-value that goes with the sequence, at this look: below α just where the sequence leaves zero out.

    p = min(1, sqrt(n ρ² + 1) × exp(−n ρ² / (n ρ² + 1) × t² / 2)), with t the difference in its errors. The
    chance that it falls below α at any look of a pilot without effect is at most α. One where the error is
    zero because nothing varies and nothing differs.
    """
    size = _size(of, tuned_for, false_alarms)
    if of.error == 0:
        return 1.0 if of.value == 0 else 0.0
    square = (of.value / of.error) ** 2
    return min(1.0, sqrt(size + 1) * exp(-size / (size + 1) * square / 2))


def mixing(tuned_for: float, false_alarms: float) -> float:
    """ρ: how far effects are spread in the mixture, so that the sequence is tightest at so many customers.

    ρ² = (−2 log α + log(−2 log α + 1)) / customers (the same authors, formula 161).
    """
    if not 0 < false_alarms < 1 or tuned_for <= 0:
        raise ValueError("false alarms lie between 0 and 1, and the number tuned for is above 0")
    far = -2 * log(false_alarms)
    return sqrt((far + log(far + 1)) / tuned_for)


def _size(of: Contrast, tuned_for: float, false_alarms: float) -> float:
    return of.n * mixing(tuned_for, false_alarms) ** 2
