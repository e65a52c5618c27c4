"""Whether a goal is reached by its day if nothing changes, from the series that counts the very same
thing."""

from collections.abc import Sequence
from datetime import date

from fulcrum.core.findings import Evidence, Trend
from fulcrum.core.goals import Backtest, GoalReach
from fulcrum.core.people import Goal
from fulcrum.core.playbook import GoalMetric
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import GoalRules
from fulcrum.core.wording import many, period, sentence
from fulcrum.evidence.goal_stated import is_upward, number_in, other_scale, target_of
from fulcrum.evidence.methods.reach import Forward, forward

METHOD = "local level with drift, averaged over its share of wandering, run forward"
TRIED = 0.80  # confidence of the intervals that the backtest holds against what came
WANDERS_FROM = 0.75
_YEARLY = ("churn", "retention", "spend", "cost", "contacts")


def goal_reach(
    goal: Goal, metric: GoalMetric | None, evidence: Evidence, rules: GoalRules, *, as_of: date
) -> GoalReach:
    """The probability that the goal is reached by its due date, or why none is named.

    A yearly flow is judged by the twelve months up to the due date, a score by the three. The interval of the
    probability tells how far it depends on the series being short. Refused: no series that counts the same
    thing, a target that is no number or has no day, a stated baseline that is not near what is measured, a
    series that is short or was broken, a day that lies further ahead than the series is long, and a series
    that did not behave as the method supposes when it was cut short.
    """
    series = _series_of(metric, evidence)
    if isinstance(series, Unknown):
        return _refused(series)
    target, goes_up = target_of(goal, series), is_upward(goal, metric)
    if isinstance(target, Unknown):
        return _refused(target, series)
    if goal.due is None:
        return _refused(Unknown(reason="The goal has no day.", needs="By when it is due."), series)
    months, due = [_number(at) for at in series.at], goal.due.year * 12 + goal.due.month - 1
    span = int((rules.yearly_months if series.key in _YEARLY else rules.score_months).value)
    now = _latest(series, months, span)
    if because := _not_to_run(series, months, due, rules, as_of=as_of) or other_scale(
        goal, series, now, rules
    ):
        return _refused(because, series, now)
    asked = range(due - span + 1, due + 1)
    ran = forward(months, series.values, asked)
    if ran is None:
        why = Unknown(
            reason="The series does not vary, so its up and down is not known.", needs="More months."
        )
        return _refused(why, series, now)
    tried = backtest(months, series.values, ahead=due - months[-1], span=span, rules=rules)
    if tried is not None and tried.held < rules.held_at_least.value * tried.cuts:
        why = Unknown(
            reason=f"Cut short {many(tried.cuts, 'time')} and run forward, the series stayed within the 80 % "
            f"interval only {many(tried.held, 'time')}: it does not behave as the method supposes.",
            needs="A series without such breaks, or a goal on another one.",
        )
        return _refused(why, series, now, tried)
    return GoalReach(
        probability=_probability(ran, target, series, rules, is_upward=goes_up),
        expected=_expected(ran, series, rules),
        now=now,
        target=target,
        judged=_judged(span, goal.due),
        months_ahead=due - months[-1],
        series=series,
        backtest=tried,
        cautions=tuple(_cautions(ran, tried, goal)),
    )


def backtest(
    months: Sequence[int], values: Sequence[float], *, ahead: int, span: int, rules: GoalRules
) -> Backtest | None:
    """The series cut short at each month that leaves enough before it, and held against what came.

    Each cut looks as far ahead as the goal does, or as the series reaches. The cuts share their months, so
    their number says less than that of separate trials. None where there are too few cuts to judge.
    """
    fewest = int(rules.points_at_least.value)
    cuts, held, furthest = 0, 0, 0
    for cut in range(fewest, len(months)):
        later = [i for i in range(cut, len(months)) if months[i] <= months[cut - 1] + ahead]
        if not later:
            continue
        asked = [months[i] for i in later[-span:]]
        ran = forward(months[:cut], values[:cut], asked)
        if ran is None:
            continue
        low, high = ran.interval(TRIED)
        came = sum(values[i] for i in later[-span:]) / len(asked)
        cuts, held = cuts + 1, held + (low <= came <= high)
        furthest = max(furthest, asked[-1] - months[cut - 1])
    if cuts < rules.backtests_at_least.value:
        return None
    return Backtest(cuts=cuts, held=held, furthest=furthest, confidence=TRIED)


def _series_of(metric: GoalMetric | None, evidence: Evidence) -> Trend | Unknown:
    if metric is None:
        return Unknown(
            reason="The measure of this goal is none that the playbook knows.",
            needs="A measure of the library, or an entry of your own in the playbook.",
        )
    if metric.measured_as is None:
        return Unknown(
            reason=f"“{metric.name}” is not counted in the customers’ data.",
            needs="Its own reports: how likely the goal is cannot be said from these data.",
        )
    latest = next(
        (one for one in (*evidence.series, *evidence.trends) if one.key == metric.measured_as), None
    )
    if latest is None or not latest.values:
        return Unknown(
            reason=f"The data hold no series by month for “{metric.name}”.",
            needs=_NEEDS[metric.measured_as],
        )
    return latest


_NEEDS = {
    "score": "Answers with their dates, at least 20 a month.",
    "nps": "Answers to the would-you-recommend question with their dates, at least 20 a month.",
    "churn": "The days on which customers started and left.",
    "retention": "The days on which customers started and left.",
    "spend": "Transactions in every month, and the day on which each customer started.",
    "cost": "Contacts with day and cost, and the day on which each customer started.",
    "contacts": "Contacts with their days, and the day on which each customer started.",
}


def _not_to_run(
    series: Trend, months: Sequence[int], due: int, rules: GoalRules, *, as_of: date
) -> Unknown | None:
    fewest, ahead = int(rules.points_at_least.value), due - months[-1]
    if len(months) < fewest:
        broken = f" since the {' and the '.join(series.broken_by)} changed" if series.broken_by else ""
        return Unknown(
            reason=f"The series holds {many(len(months), 'month')}{broken}; below {fewest} a drift is not "
            "told from a season.",
            needs=f"{many(fewest - len(months), 'more month')} measured the same way.",
        )
    if due < as_of.year * 12 + as_of.month - 1 or ahead <= 0:
        return Unknown(reason="The day is past, or already measured.", needs="The next goal, with its day.")
    if ahead > rules.months_ahead_per_month.value * len(months):
        return Unknown(
            reason=f"The day lies {many(ahead, 'month')} beyond a series of {many(len(months), 'month')}.",
            needs="A longer series, or a nearer day.",
        )
    return None


def _latest(series: Trend, months: Sequence[int], span: int) -> Result:
    """The mean over the last months, as many as the goal is judged by."""
    if months[-1] - months[0] + 1 < span or series.unit is None:
        return Unknown(reason=f"Fewer than {span} months are measured.", needs="Those months.")
    taken = [value for month, value in zip(months, series.values, strict=True) if month > months[-1] - span]
    mean = sum(taken) / len(taken)
    exact = Interval(low=mean, high=mean, confidence=1.0)
    return Estimate(
        value=mean,
        interval=exact,
        unit=series.unit,
        n=len(taken),
        grade=Grade.RAW,
        method=f"mean of the last {len(taken)} months",
        trace=series.trace,
    )


def _probability(
    ran: Forward, target: float, series: Trend, rules: GoalRules, *, is_upward: bool
) -> Estimate:
    below = ran.below(target)
    low, high = ran.doubt_of_below(target, rules.confidence.value)
    value, ends = (1 - below, (1 - high, 1 - low)) if is_upward else (below, (low, high))
    value, low, high = (_in_hundredths(one) for one in (value, *ends))
    interval = Interval(low=min(low, value), high=max(high, value), confidence=rules.confidence.value)
    return Estimate(
        value=value,
        interval=interval,
        unit=SHARE,
        n=len(series.values),
        grade=Grade.RAW,
        method=METHOD,
        trace=series.trace,
    )


def _in_hundredths(chance: float) -> float:
    """No chance of this kind is known better, and none is nought or certain."""
    return min(max(round(chance, 2), 0.01), 0.99)


def _expected(ran: Forward, series: Trend, rules: GoalRules) -> Estimate:
    low, high = ran.interval(rules.confidence.value)
    unit = series.unit or Unit(kind="ratio")
    bottom, top = _bounds(unit)
    value, low, high = (min(max(one, bottom), top) for one in (ran.mean, low, high))
    return Estimate(
        value=value,
        interval=Interval(low=low, high=high, confidence=rules.confidence.value),
        unit=unit,
        n=len(series.values),
        grade=Grade.RAW,
        method=METHOD,
        trace=series.trace,
    )


def _bounds(unit: Unit) -> tuple[float, float]:
    match unit.kind:
        case "share":
            return 0.0, 1.0
        case "nps":
            return -100.0, 100.0
        case "score":
            return unit.scale or (float("-inf"), float("inf"))
        case _:
            return 0.0, float("inf")


def _cautions(ran: Forward, tried: Backtest | None, goal: Goal) -> list[str]:
    said = ["It says what follows if nothing changes; what is done from now on is not in it."]
    if tried is None:
        said.append("The series is too short to be cut and tried: how well it runs forward is not known.")
    if ran.wandering > WANDERS_FROM:
        said.append(
            "The level wanders so much that intervals of this kind held in about seven of ten trials only."
        )
    if number_in(goal.baseline) is None:
        said.append("No baseline is stated, so that the goal counts what the data count is assumed.")
    return said


def _judged(span: int, due: date) -> str:
    return f"the mean of the {span} months to {period(f'{due.year}-{due.month:02d}')}"


def _refused(
    why: Unknown, series: Trend | None = None, now: Result | None = None, tried: Backtest | None = None
) -> GoalReach:
    said = Unknown(reason=sentence(why.reason), needs=why.needs)
    return GoalReach(
        probability=said, expected=said, now=said if now is None else now, series=series, backtest=tried
    )


def _number(at: str) -> int:
    year, month = at.split("-")
    return int(year) * 12 + int(month) - 1
