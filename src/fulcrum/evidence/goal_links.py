"""What moves an executive's goal here: the findings that carry the link, and what is not known."""

from collections.abc import Callable, Iterator
from datetime import date

from fulcrum.core.company import Company
from fulcrum.core.findings import Comparison, DriverAnalysis, Evidence, Finding
from fulcrum.core.goals import GoalLink, GoalTie
from fulcrum.core.people import Goal
from fulcrum.core.playbook import GoalMetric, MovedWith, Playbook
from fulcrum.core.quantities import Estimate, Grade, Unknown
from fulcrum.core.rules import GoalRules
from fulcrum.core.wording import lowered, say_like
from fulcrum.evidence.goal_reach import goal_reach

LINKS_AT_MOST = 4
_SAID_OF: dict[MovedWith, str] = {
    "score": "the score",
    "stayed": "staying",
    "spend": "spend",
    "cost": "the cost of contacts",
}
_NEEDED: dict[MovedWith, str] = {
    "score": "Answers that rate parts of the experience beside the score.",
    "stayed": "A comparison of customers with and without an experience, in who stayed.",
    "spend": "A comparison of customers with and without an experience, in what they spent.",
    "cost": "What contacts cost, by how customers scored.",
}
NOT_CAUSAL = Unknown(
    reason="None of these findings is a trial, so what acting would bring is not measured",
    needs="A pilot in which customers are drawn to get it or not",
)


def ties_of(
    executive: str, company: Company, evidence: Evidence, playbook: Playbook, *, as_of: date | None = None
) -> tuple[GoalTie, ...]:
    """Every goal of an executive, the nearest first, tied to what the data say."""
    on = company.as_of if as_of is None else as_of
    own = sorted(
        (goal for goal in company.goals if goal.executive == executive),
        key=lambda goal: goal.due or date.max,
    )
    return tuple(
        tie_of(goal, playbook.goal_metric(goal.metric), evidence, playbook.goal, as_of=on) for goal in own
    )


def tie_of(
    goal: Goal, metric: GoalMetric | None, evidence: Evidence, rules: GoalRules, *, as_of: date
) -> GoalTie:
    """One goal with the findings of this company's data that carry a link to it, the surest first.

    A comparison, a dose or a driver carries if its interval leaves no doubt on which side of zero it lies,
    and its negative control did not fail; a driver must have a place; cost by score must differ between the
    highest and the lowest band beyond their intervals. Nothing else links: no playbook's plausible driver, no
    outside study. What was looked at and shows no difference is named.
    """
    found: list[GoalLink] = []
    looked_at: list[GoalLink] = []
    for outcome in () if metric is None else metric.moved_with:
        for one in _CARRIED[outcome](evidence, outcome):
            (found if one.result.is_signed else looked_at).append(one)
    links = sorted(found, key=lambda one: one.grade)[:LINKS_AT_MOST]
    return GoalTie(
        goal=goal,
        metric=metric,
        links=tuple(links),
        looked_at=tuple(looked_at),
        unlinked=None if links else _unlinked(metric),
        unknown=_unknown(links, metric, evidence),
        reach=goal_reach(goal, metric, evidence, rules, as_of=as_of),
    )


def _compared(evidence: Evidence, outcome: MovedWith) -> Iterator[GoalLink]:
    for one in evidence.comparisons:
        result = one.adjusted.result
        if one.outcome == outcome and isinstance(result, Estimate) and not _failed(one):
            said = f"{one.title}: {_SAID_OF[outcome]}, {one.exposed} less {one.against}"
            yield GoalLink(key=one.adjusted.key, mover=one.title, said=said, result=result)


def _failed(one: Comparison) -> bool:
    return one.control is not None and one.control.verdict == "failed"


def _dosed(evidence: Evidence, outcome: MovedWith) -> Iterator[GoalLink]:
    dose = evidence.finding(f"dose.{outcome}.per_point")
    if dose is not None and isinstance(dose.result, Estimate):
        said = f"One more point of score goes with {_SAID_OF[outcome]}"
        yield GoalLink(key=dose.key, mover="The score", said=said, result=dose.result)


def _driven(evidence: Evidence, outcome: MovedWith) -> Iterator[GoalLink]:
    for analysis in _of(evidence, outcome):
        for driver in analysis.ranked:
            if isinstance(driver.slope, Estimate):
                said = f"“{driver.title}” goes with {_SAID_OF[outcome]}, per point, the other ratings equal"
                key = f"{analysis.key}.{driver.key}"
                yield GoalLink(key=key, mover=driver.title, said=said, result=driver.slope)


def _of(evidence: Evidence, outcome: MovedWith) -> list[DriverAnalysis]:
    return [one for one in evidence.drivers if one.key == f"drivers.{outcome}"]


def _behaved(evidence: Evidence, outcome: MovedWith) -> Iterator[GoalLink]:
    """What customers did: compared, by driver, by point of score."""
    yield from _compared(evidence, outcome)
    yield from _driven(evidence, outcome)
    yield from _dosed(evidence, outcome)


def _scored(evidence: Evidence, outcome: MovedWith) -> Iterator[GoalLink]:
    """What customers said: compared, and by driver."""
    yield from _compared(evidence, outcome)
    yield from _driven(evidence, outcome)


def _cost(evidence: Evidence, _: MovedWith) -> Iterator[GoalLink]:
    """The cost of customers who score low, where it lies beyond that of those who score high."""
    bands = [one for one in evidence.findings if one.key.startswith("cost_to_serve.band.")]
    scored = [one for one in bands if isinstance(one.result, Estimate) and one.group[:1].isdigit()]
    if len(scored) < 2:
        return
    high, low = scored[0], scored[-1]
    if _lies_beyond(low, high) and isinstance(low.result, Estimate) and isinstance(high.result, Estimate):
        said = f"Customers who score {low.group} cost more to serve than those who score {high.group}"
        said += f" ({say_like(high.result, low.result)})"
        yield GoalLink(key=low.key, mover=f"Scores of {low.group}", said=said, result=low.result)


def _lies_beyond(one: Finding, other: Finding) -> bool:
    a, b = one.result, other.result
    return isinstance(a, Estimate) and isinstance(b, Estimate) and a.interval.low > b.interval.high


_CARRIED: dict[MovedWith, Callable[[Evidence, MovedWith], Iterator[GoalLink]]] = {
    "score": _scored,
    "stayed": _behaved,
    "spend": _behaved,
    "cost": _cost,
}


def _unlinked(metric: GoalMetric | None) -> Unknown:
    if metric is None:
        return Unknown(
            reason="The measure of this goal is none that the playbook knows, so nothing can be tied to it.",
            needs="A measure of the library, or an entry of your own in the playbook.",
        )
    if not metric.moved_with:
        return Unknown(
            reason=f"The customers’ data hold nothing that shows what moves “{lowered(metric.name)}”.",
            needs="A column of customers’ data that counts it, and a comparison with it as the outcome.",
        )
    return Unknown(
        reason=f"No finding of this company’s data carries a link to “{lowered(metric.name)}”.",
        needs=" ".join(_NEEDED[outcome] for outcome in metric.moved_with),
    )


def _unknown(links: list[GoalLink], metric: GoalMetric | None, evidence: Evidence) -> tuple[Unknown, ...]:
    """What a reader would still ask: whether it is causal, and what was refused on the way."""
    said = [NOT_CAUSAL] if links and all(one.grade > Grade.QUASI_EXPERIMENT for one in links) else []
    outcomes = () if metric is None else metric.moved_with
    for outcome in outcomes:
        for analysis in _of(evidence, outcome):
            refused = [one.slope for one in analysis.drivers if isinstance(one.slope, Unknown)]
            if refused and not analysis.ranked:
                said.append(refused[0])
    return tuple(dict.fromkeys(said))
