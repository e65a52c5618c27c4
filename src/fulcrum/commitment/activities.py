"""What could be done with each executive in the coming weeks: with what gain, and at what cost of time."""

from collections.abc import Mapping

from fulcrum.commitment.gain import Standing
from fulcrum.commitment.reasons import is_at_desired
from fulcrum.commitment.steps import AskedBefore, asked_before, fitting_steps
from fulcrum.core.company import Company
from fulcrum.core.judgement import Choice, LeverOption
from fulcrum.core.levers import Lever, Readiness
from fulcrum.core.people import Executive
from fulcrum.core.plan import Kind
from fulcrum.core.playbook import Playbook, Step
from fulcrum.core.rules import ChoiceRules, PlanRules
from fulcrum.core.value import value

WEEKS_OPEN = 2


@value
class Activity:
    """Something that can be done with one executive once: what, for how many weeks, at what cost and gain.

    `gain` is in levels of this executive; `hours` are the team's, week by week; `minutes` the executive's.
    A PEER activity `serves` the colleague to whom the executive speaks.
    """

    executive: str
    kind: Kind
    lever: Lever | None
    option: LeverOption | None
    step: Step | None
    weeks: int
    hours: tuple[float, ...]
    minutes: int
    gain: float
    serves: str | None = None

    @property
    def is_ask(self) -> bool:
        """Whether it is a request that stays open."""
        return self.kind in (Kind.ASK, Kind.PEER)

    @property
    def is_own_move(self) -> bool:
        """Whether it pulls a lever with the executive themselves; to speak to a peer is a step of theirs."""
        return self.kind is not Kind.LOOK


@value
class Person:
    """One executive as the plan sees them: how far they are wanted, and what could be done.

    `short` is the expected shortfall to the desired level, sum_l b(l) max(0, desired - l). `too_long` are
    activities that do not fit into the attention that they give.
    """

    executive: Executive
    standing: Standing
    choice: Choice
    history: AskedBefore
    short: float
    activities: tuple[Activity, ...]
    too_long: tuple[Activity, ...] = ()


def people_of(
    company: Company,
    standings: Mapping[str, Standing],
    choices: Mapping[str, Choice],
    playbook: Playbook,
) -> dict[str, Person]:
    """Everybody who has a standing and a choice, with all that could be done with them."""
    known = [one for one in company.executives if one.id in standings and one.id in choices]
    served = {choices[one.id].peer: list[Executive]() for one in known}
    for one in known:
        served[choices[one.id].peer].append(one)
    return {
        one.id: _person(company, one, standings[one.id], choices[one.id], served.get(one.id, []), playbook)
        for one in known
    }


def _person(
    company: Company,
    executive: Executive,
    standing: Standing,
    choice: Choice,
    served: list[Executive],
    playbook: Playbook,
) -> Person:
    history = asked_before(company, executive, company.as_of)
    if standing.is_known:
        could = _moves(executive, standing, choice, history, playbook)
        could += _peer_steps(executive, standing, choice, history, served, playbook)
    else:
        could = [_look(executive, choice, playbook.plan)]
    least = playbook.plan.smallest_gain.value
    could = [one for one in could if one.gain >= least or one.kind in (Kind.PEER, Kind.LOOK)]
    limit = executive.attention_hours_per_week
    fits = [one for one in could if limit is None or one.minutes / _spread(one) <= 60 * limit + 1e-9]
    shares, desired = standing.belief.shares, executive.desired_level
    return Person(
        executive=executive,
        standing=standing,
        choice=choice,
        history=history,
        short=sum(share * max(0, desired - level) for level, share in enumerate(shares)),
        activities=tuple(fits),
        too_long=tuple(one for one in could if one not in fits),
    )


def _spread(one: Activity) -> int:
    """Over how many weeks the executive's minutes may be spread."""
    return WEEKS_OPEN if one.is_ask else 1


def _moves(
    executive: Executive,
    standing: Standing,
    choice: Choice,
    history: AskedBefore,
    playbook: Playbook,
) -> list[Activity]:
    at_hand = {one.lever: one for one in choice.ranked}
    moves = [
        _move(executive, one, playbook.plan) for one in choice.ranked if one.lever is not Lever.FIRST_STEPS
    ]
    first_steps = _first_steps(executive, standing, choice)
    if first_steps is None:
        return moves
    steps = fitting_steps(
        playbook.steps,
        executive,
        level=standing.level,
        history=history,
        rules=playbook.choice,
        lever=choice.lever,
    )
    levers = {**at_hand, Lever.FIRST_STEPS: first_steps}
    best = {lever: next((step for step in steps if step.lever is lever), None) for lever in levers}
    return moves + [_ask(executive, step, levers[lever], playbook) for lever, step in best.items() if step]


def _first_steps(executive: Executive, standing: Standing, choice: Choice) -> LeverOption | None:
    """The lever of asks, also where an open ask stands before it; None where nothing more is to be asked."""
    if is_at_desired(executive, standing) or standing.is_wrong_now(Lever.FIRST_STEPS):
        return None
    every = (*choice.ranked, *choice.better_but_missing, *choice.not_now)
    return next((one for one in every if one.lever is Lever.FIRST_STEPS), None)


def _move(executive: Executive, option: LeverOption, rules: PlanRules) -> Activity:
    thin = option.availability.readiness is Readiness.THIN
    return Activity(
        executive=executive.id,
        kind=Kind.MOVE,
        lever=option.lever,
        option=option,
        step=None,
        weeks=1,
        hours=(rules.hours_move.value + thin * rules.hours_thin.value,),
        minutes=round(rules.move_minutes.value),
        gain=option.gain.value,
    )


def _ask(executive: Executive, step: Step, option: LeverOption, playbook: Playbook) -> Activity:
    """A step is a named act, and pulls the lever for which the library holds it."""
    weeks = _weeks_open(step, playbook.choice)
    return Activity(
        executive=executive.id,
        kind=Kind.ASK,
        lever=option.lever,
        option=option,
        step=step,
        weeks=weeks,
        hours=_ask_hours(weeks, playbook.plan),
        minutes=step.minutes,
        gain=option.gain.value,
    )


def _peer_steps(
    executive: Executive,
    standing: Standing,
    choice: Choice,
    history: AskedBefore,
    served: list[Executive],
    playbook: Playbook,
) -> list[Activity]:
    steps = fitting_steps(
        playbook.steps,
        executive,
        level=standing.belief.likeliest,
        history=history,
        rules=playbook.choice,
        for_peers=True,
    )
    found, option = [], _first_steps(executive, standing, choice)
    for at, other in enumerate(served[: len(steps)]):
        weeks = _weeks_open(steps[at], playbook.choice)
        found.append(
            Activity(
                executive=executive.id,
                kind=Kind.PEER,
                lever=Lever.FIRST_STEPS,
                option=option,
                step=steps[at],
                weeks=weeks,
                hours=_ask_hours(weeks, playbook.plan),
                minutes=steps[at].minutes,
                gain=0.0 if option is None else option.gain.value,
                serves=other.id,
            )
        )
    return found


def _look(executive: Executive, choice: Choice, rules: PlanRules) -> Activity:
    every = (*choice.ranked, *choice.better_but_missing)
    best = max((one.gain.value for one in every), default=0.0)
    return Activity(
        executive=executive.id,
        kind=Kind.LOOK,
        lever=None,
        option=None,
        step=None,
        weeks=1,
        hours=(rules.hours_look.value,),
        minutes=0,
        gain=rules.look_share.value * best,
    )


def _weeks_open(step: Step, rules: ChoiceRules) -> int:
    return round(rules.repeating_step_weeks.value) if step.then else WEEKS_OPEN


def _ask_hours(weeks: int, rules: PlanRules) -> tuple[float, ...]:
    return (rules.hours_ask.value, *(rules.hours_ask_week.value,) * (weeks - 1))
