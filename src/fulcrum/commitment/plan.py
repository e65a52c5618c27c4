"""Which moves for whom over the coming weeks: the best order under hours, attention and precedence."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from math import sqrt
from statistics import NormalDist

from fulcrum import __version__
from fulcrum.commitment.activities import Person, people_of
from fulcrum.commitment.gain import Standing
from fulcrum.commitment.left_out import left_out_of
from fulcrum.commitment.one_by_one import one_by_one
from fulcrum.commitment.plan_said import assumptions_of, reasons_of, route_of, what_of
from fulcrum.commitment.programme import SMALL, Solution, solve
from fulcrum.commitment.routes import edges_of, weights_of
from fulcrum.commitment.slots import Question, Slot, gain_in, slots_of, worth_of
from fulcrum.commitment.weeks_held import Horizon, held_weeks, horizon_from
from fulcrum.core.company import Company
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import trace_of
from fulcrum.core.judgement import Choice
from fulcrum.core.plan import Away, HeldWeeks, Kind, Plan, PlannedMove, PlanRoute, PlanWeek
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import LEVELS, Estimate, Grade, Interval, Result, Unknown

METHOD = "mixed-integer programme over executives, levers and weeks, solved by HiGHS"
MOST_WEEKS = 26
LOOK = Unknown(reason="Looking first moves nobody.", needs="One dated act of theirs, with who saw it.")
PEER = Unknown(reason="A peer's step counts with whom it serves.", needs="The move that follows it.")


def plan_for(
    company: Company,
    standings: Mapping[str, Standing],
    choices: Mapping[str, Choice],
    playbook: Playbook,
    *,
    weeks: int | None = None,
    away: Iterable[Away] = (),
) -> Plan:
    """The plan for everybody who has a standing and a choice, over `weeks` weeks from the next Monday.

    Maximises the sum of weight x rise, where the rise of an executive is the gain of their best move plus
    `second_share` of the others', at most their expected shortfall to the desired level; a gain fades by half
    in `half_life_weeks` of waiting, as the belief that it rests on does, and is pushed by a peer's step
    before it. An hour of the team costs `hour_worth`. The weight is in `routes.weights_of`, the programme in
    `programme.solve`. Executives of whom nothing was seen lately are looked at first, and not moved.
    Assumptions: gains of executives add up; strengths, hours and gains are as stated. Raises `WrongUse` for
    weeks outside 1 to 26 and for somebody away who is not in the company.
    """
    question, horizon = question_of(company, standings, choices, playbook, weeks=weeks, away=away)
    best = solve(question)
    others: tuple[float | None, float | None] = (None, None)
    if best.worth > 0 and best.gap == 0 and best.size[0] <= SMALL:
        second = solve(question, but_not=best.slots).worth
        simple = worth_of(one_by_one(question, slots_of(question)), question)
        others = (max(0.0, 1 - second / best.worth), max(0.0, 1 - simple / best.worth))
    made = _told(company, question, horizon, best, others, playbook)
    if best.size[0] > SMALL or best.gap > 0:
        return made
    return replace(made, routes=tuple(_at_half(route, question) for route in made.routes))


def _at_half(route: PlanRoute, question: Question) -> PlanRoute:
    pair = (route.heard, route.listener)
    weaker = {**question.strengths, pair: question.strengths[pair] / 2}
    found = solve(replace(question, strengths=weaker))
    stands = any(slot.relies and slot.activity.executive == route.listener for slot in found.slots)
    return replace(route, stands_at_half=stands)


def question_of(
    company: Company,
    standings: Mapping[str, Standing],
    choices: Mapping[str, Choice],
    playbook: Playbook,
    *,
    weeks: int | None = None,
    away: Iterable[Away] = (),
) -> tuple[Question, Horizon]:
    """What the programme is asked, and the weeks that it speaks of."""
    rules, away = playbook.plan, tuple(away)
    horizon = horizon_from(company.as_of, _checked(weeks, round(rules.weeks.value)))
    _all_known(company, away)
    people = people_of(company, standings, choices, playbook)
    edges = edges_of(company.influence, people.keys())
    question = Question(
        people=people,
        weights=weights_of(people.keys(), edges),
        held={
            id: held_weeks(id, one.history, away, horizon, playbook.steps, playbook.choice)
            for id, one in people.items()
        },
        strengths={(heard, who): strength for heard, by in edges.items() for who, strength in by.items()},
        weeks=horizon.weeks,
        hours=company.hours_per_week,
        rest=round(playbook.choice.weeks_between_asks.value),
        gap=round(rules.weeks_between_moves.value),
        fade=0.5 ** (1 / playbook.belief.half_life_weeks.value),
        second_share=rules.second_share.value,
        peer_push=rules.peer_push.value,
        hour_worth=rules.hour_worth.value,
    )
    return question, horizon


def _checked(weeks: int | None, usual: int) -> int:
    if weeks is None:
        return usual
    if not 1 <= weeks <= MOST_WEEKS:
        raise WrongUse(f"A plan spans 1 to {MOST_WEEKS} weeks, not {weeks}.")
    return weeks


def _all_known(company: Company, away: tuple[Away, ...]) -> None:
    for one in away:
        if company.executive(one.executive) is None:
            raise WrongUse(f"There is no executive “{one.executive}” to be away.")
        if one.last < one.first:
            raise WrongUse(
                f"“{one.executive}” cannot be away from {one.first} to {one.last}: the days run back."
            )


def _told(
    company: Company,
    question: Question,
    horizon: Horizon,
    best: Solution,
    others: tuple[float | None, float | None],
    playbook: Playbook,
) -> Plan:
    order = list(question.people)
    slots = sorted(best.slots, key=lambda it: (order.index(it.activity.executive), it.week))
    moves = tuple(_planned(slot, slots, question, horizon) for slot in slots)
    names = {id: one.executive.name for id, one in question.people.items()}
    return Plan(
        as_of=company.as_of,
        starts=horizon.starts,
        weeks=horizon.weeks,
        hours_per_week=question.hours,
        moves=moves,
        held=tuple(one for held in question.held.values() for one in held) + _rests(slots, question),
        by_week=tuple(
            PlanWeek(week=week, starts=horizon.monday(week), hours=sum(slot.hours_in(week) for slot in slots))
            for week in range(1, horizon.weeks + 1)
        ),
        routes=tuple(route_of(move, question) for move in moves if move.waits_for is not None),
        left_out=left_out_of(question, slots),
        gain=_gain(slots, question, company, playbook),
        gap=best.gap,
        next_best=others[0],
        one_by_one=others[1],
        size=best.size,
        assumptions=assumptions_of(question, names),
    )


def _planned(slot: Slot, slots: list[Slot], question: Question, horizon: Horizon) -> PlannedMove:
    one = slot.activity
    monday = horizon.monday(slot.week)
    return PlannedMove(
        executive=one.executive,
        kind=one.kind,
        lever=one.lever,
        what=what_of(slot, question),
        step=one.step.id if one.step else "",
        week=slot.week,
        weeks=one.weeks,
        starts=monday,
        until=monday + timedelta(weeks=one.weeks) - timedelta(days=3),
        hours=one.hours,
        minutes=one.minutes,
        gain=_own_gain(slot),
        serves=one.serves,
        waits_for=question.people[one.executive].choice.peer if slot.relies else None,
        reasons=reasons_of(slot, slots, question),
    )


def _own_gain(slot: Slot) -> Result:
    option = slot.activity.option
    if option is not None:
        return option.gain
    return LOOK if slot.activity.kind is Kind.LOOK else PEER


def _rests(slots: list[Slot], question: Question) -> tuple[HeldWeeks, ...]:
    """The weeks after each ask of the plan in which no other begins."""
    return tuple(
        HeldWeeks(
            executive=slot.activity.executive,
            why="rest",
            first_week=slot.end,
            last_week=slot.end + question.rest - 1,
        )
        for slot in slots
        if slot.activity.is_ask and slot.end <= question.weeks and question.rest > 0
    )


def _gain(slots: list[Slot], question: Question, company: Company, playbook: Playbook) -> Estimate:
    """Sum of weight x rise; its interval is normal, the doubts about the moves taken as independent."""
    confidence = playbook.belief.interval_confidence.value
    reach = NormalDist().inv_cdf((1 + confidence) / 2)
    total, variance, seen = 0.0, 0.0, 0
    for id, person in question.people.items():
        own = [slot for slot in slots if slot.activity.executive == id and slot.activity.is_own_move]
        if not own:
            continue
        rise, spread = _rise(own, person, question, reach)
        total += question.weights[id] * rise
        variance += (question.weights[id] * spread) ** 2
        seen += person.standing.belief.observations
    about = reach * sqrt(variance)
    parameters = (
        ("as of", str(company.as_of)),
        ("weeks", str(question.weeks)),
        ("hours", str(question.hours)),
        ("playbook", playbook.version),
        ("moves", "; ".join(f"{s.activity.executive} {s.activity.lever} {s.week}" for s in slots)),
    )
    return Estimate(
        value=total,
        interval=Interval(low=total - about, high=total + about, confidence=confidence),
        unit=LEVELS,
        n=seen,
        grade=Grade.ELSEWHERE,
        method=METHOD,
        trace=trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__).id,
    )


def _rise(own: list[Slot], person: Person, question: Question, reach: float) -> tuple[float, float]:
    """The rise of one executive under these moves, and its standard deviation."""
    ordered = sorted(own, key=lambda slot: -gain_in(slot, question))
    counts = [1.0] + [question.second_share] * (len(ordered) - 1)
    rise = min(
        person.short, sum(c * gain_in(slot, question) for c, slot in zip(counts, ordered, strict=True))
    )
    doubts = []
    for count, slot in zip(counts, ordered, strict=True):
        option = slot.activity.option
        if option is not None:
            doubts.append(count * (option.gain.interval.high - option.gain.interval.low) / (2 * reach))
    return rise, sqrt(sum(doubt**2 for doubt in doubts))
