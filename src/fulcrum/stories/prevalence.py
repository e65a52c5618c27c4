"""How common a theme is: its shares, its score, its trend and the money that sits with its customers."""

from collections.abc import Callable, Sequence
from datetime import date
from math import sqrt

from fulcrum.core.quantities import (
    POINTS,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Result,
    Unknown,
    counted,
    money_unit,
    score_unit,
)
from fulcrum.core.rules import StoryRules
from fulcrum.core.stories import Comment
from fulcrum.core.value import value

ShareInterval = Callable[[float, float], Interval]
MeanInterval = Callable[[Sequence[float], float, tuple[float, float]], Interval]


@value
class Doubt:
    """How intervals are made, told from outside: of a share (events, n) and of a mean (values, n, scale).

    `n` counts customers, not comments: who writes twice has not been asked twice.
    """

    share: ShareInterval
    mean: MeanInterval


@value
class Asked:
    """What the figures of themes are made with."""

    rules: StoryRules
    doubt: Doubt
    scale: tuple[float, float] | None
    currency: str
    trace: str


def share_of(part: Sequence[Comment], whole: Sequence[Comment], asked: Asked, *, what: str) -> Result:
    """The share that `part` is of `whole`, over comments, with an interval over customers."""
    customers = len({one.customer for one in whole})
    if refused := _too_few(customers, asked, what):
        return refused
    share = len(part) / len(whole)
    return Estimate(
        value=share,
        interval=asked.doubt.share(share * customers, customers),
        unit=SHARE,
        n=len(whole),
        grade=Grade.RAW,
        method=f"share of comments; Wilson interval, exact at its ends, over {customers} customers",
        trace=asked.trace,
    )


def score_of(part: Sequence[Comment], asked: Asked) -> Result:
    """The mean score of these comments, with an interval over customers."""
    scores = [one.score for one in part if one.score is not None]
    customers = len({one.customer for one in part if one.score is not None})
    if asked.scale is None:
        return Unknown(reason="The data have no score.", needs="`score` in the feedback table.")
    if refused := _too_few(customers, asked, "customers with a score"):
        return refused
    return Estimate(
        value=sum(scores) / len(scores),
        interval=asked.doubt.mean(scores, customers, asked.scale),
        unit=score_unit(*asked.scale),
        n=len(scores),
        grade=Grade.RAW,
        method=f"mean score, adjusted interval over {customers} customers",
        trace=asked.trace,
    )


def money_of(part: Sequence[Comment], asked: Asked) -> Result:
    """The money a year of the customers who wrote these comments, each once; a sum, not a forecast."""
    worth = {one.customer: one.worth for one in part if one.worth is not None}
    if not worth:
        return Unknown(
            reason="The data do not say what a customer is worth.",
            needs="`value` in the customers table, or a table of transactions.",
        )
    if refused := _too_few(len(worth), asked, "customers whose worth is known"):
        return refused
    unit = money_unit(asked.currency, per="year")
    total = sum(worth[customer] for customer in sorted(worth))
    return counted(total, unit, n=len(worth), trace=asked.trace, method="sum over these customers, each once")


def leavers_in(part: Sequence[Comment], whole: Sequence[Comment], asked: Asked) -> Result:
    """The same share among the comments of customers who have left."""
    if all(one.has_left is None for one in whole):
        return Unknown(
            reason="The data do not say who left.", needs="`left` or `ended` in the customers table."
        )
    gone = [one for one in whole if one.has_left]
    return share_of([one for one in part if one.has_left], gone, asked, what="customers who left")


def change_of(part: Sequence[Comment], whole: Sequence[Comment], asked: Asked) -> Result:
    """The share in the newer half of the days minus that in the older half (Newcombe 1998, method 10)."""
    days = sorted(one.answered_on for one in whole if one.answered_on is not None)
    if not days or days[0] == days[-1]:
        return Unknown(reason="The comments have no days to compare.", needs="`answered_at` in the feedback.")
    middle = days[0] + (days[-1] - days[0]) / 2
    newer, older = (
        share_of(_on(part, middle, is_newer=new), _on(whole, middle, is_newer=new), asked, what="customers")
        for new in (True, False)
    )
    if isinstance(newer, Unknown) or isinstance(older, Unknown):
        return newer if isinstance(newer, Unknown) else older
    difference = newer.value - older.value
    below = sqrt((newer.value - newer.interval.low) ** 2 + (older.interval.high - older.value) ** 2)
    above = sqrt((newer.interval.high - newer.value) ** 2 + (older.value - older.interval.low) ** 2)
    confidence = newer.interval.confidence
    return Estimate(
        value=difference,
        interval=Interval(low=difference - below, high=difference + above, confidence=confidence),
        unit=POINTS,
        n=len(whole),
        grade=Grade.RAW,
        method="newer half of the days minus older half; Newcombe interval",
        trace=asked.trace,
    )


def by_month(
    part: Sequence[Comment], whole: Sequence[Comment], asked: Asked
) -> tuple[tuple[str, Result], ...]:
    """The share of the theme in each month that has comments."""
    ours, everything = _by_month(part), _by_month(whole)
    return tuple(
        (month, share_of(ours.get(month, []), everything[month], asked, what="customers"))
        for month in sorted(everything)
    )


def _on(comments: Sequence[Comment], middle: date, *, is_newer: bool) -> list[Comment]:
    return [one for one in comments if one.answered_on is not None and (one.answered_on > middle) is is_newer]


def _by_month(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    """The dated comments of each month."""
    months: dict[str, list[Comment]] = {}
    for one in comments:
        if one.answered_on is not None:
            months.setdefault(_month(one.answered_on), []).append(one)
    return months


def _month(on: date) -> str:
    return f"{on.year:04d}-{on.month:02d}"


def _too_few(customers: int, asked: Asked, what: str) -> Unknown | None:
    least = int(asked.rules.theme_customers_at_least.value)
    if customers >= least:
        return None
    many = f"Only {customers}" if customers >= 5 else "Fewer than 5"
    return Unknown(reason=f"{many} {what}.", needs=f"At least {least}.")
