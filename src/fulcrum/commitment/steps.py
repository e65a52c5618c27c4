"""Which step to ask of an executive, from when until when; or why none is asked now."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from fulcrum.commitment.asks import closing_day
from fulcrum.commitment.sentences import lower_first
from fulcrum.core.company import Ask, AskStatus, Company
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Level
from fulcrum.core.playbook import Step
from fulcrum.core.roles import role_of
from fulcrum.core.rules import ChoiceRules
from fulcrum.core.value import value
from fulcrum.core.wording import day, many

REFUSED = (AskStatus.DECLINED, AskStatus.LAPSED)


@value
class AskedBefore:
    """What was asked of one executive up to one day."""

    asks: tuple[Ask, ...]
    as_of: date

    @property
    def open(self) -> Ask | None:
        """The ask that still waits for an answer or a deed, if there is one; the latest of several."""
        return next((ask for ask in reversed(self.asks) if self._is_open(ask)), None)

    @property
    def refusal(self) -> Ask | None:
        """The last ask that was closed, if it was declined or lapsed."""
        closed = sorted((ask for ask in self.asks if not self._is_open(ask)), key=closing_day)
        return closed[-1] if closed and closed[-1].status in REFUSED else None

    @property
    def spent(self) -> frozenset[str]:
        """Steps not to be asked again: done, declined or open."""
        return frozenset(ask.step for ask in self.asks if ask.status is not AskStatus.LAPSED)

    def first_monday(self, weeks_between: float) -> date:
        """The first Monday after `as_of` that leaves the weeks between asks."""
        soonest = self.as_of + timedelta(days=1)
        if self.asks:
            soonest = max(soonest, self.asks[-1].asked_on + timedelta(weeks=weeks_between))
        return soonest + timedelta(days=-soonest.weekday() % 7)

    def _is_open(self, ask: Ask) -> bool:
        return ask.status.is_open or (ask.closed_on is not None and ask.closed_on > self.as_of)


def asked_before(company: Company, executive: Executive, as_of: date) -> AskedBefore:
    """The asks put to this executive up to `as_of`, the oldest first."""
    mine = [ask for ask in company.asks if ask.executive == executive.id and ask.asked_on <= as_of]
    return AskedBefore(asks=tuple(sorted(mine, key=lambda ask: (ask.asked_on, ask.step))), as_of=as_of)


def fitting_steps(
    steps: Iterable[Step],
    executive: Executive,
    *,
    level: Level,
    history: AskedBefore,
    rules: ChoiceRules,
    lever: Lever | None = None,
    for_peers: bool = False,
    smallest_first: bool = False,
) -> tuple[Step, ...]:
    """The steps that can be asked of this executive, the best first.

    They suit the role, the level and the time that the executive gives until the next ask; they were not
    done, declined or left open before; after a refusal they take less time than what was refused. Best are
    those for `lever`, then the nearest to the level, then those made for the role, then acts before words,
    then the shortest, then in the library's order. Where only a small step will do (`smallest_first`, or a
    refusal of unknown size), the shortest act comes before the nearest.
    """
    library = tuple(steps)
    smallest_first = smallest_first or (history.refusal is not None and _refused(library, history) is None)
    role, limit = role_of(executive.role), _limit(library, executive, history, rules)
    fitting = [
        step
        for step in library
        if step.is_for_peers is for_peers
        and ("any" in step.roles or role in step.roles)
        and step.lowest_level <= level
        and step.id not in history.spent
        and (limit is None or step.minutes <= limit)
    ]

    def order(step: Step) -> tuple[float, ...]:
        speaks = step.behaviour is Behaviour.COMMUNICATION
        small = (speaks, step.minutes) if smallest_first else (0, 0)
        near = (-step.lowest_level, "any" in step.roles, speaks)
        return (*small, step.lever is not lever, *near, step.minutes)

    return tuple(sorted(fitting, key=order))


def step_to_ask(step: Step, executive: Executive, *, history: AskedBefore, rules: ChoiceRules) -> StepToAsk:
    """The step as it is put to this executive, with its days.

    It starts on a Monday; a repeating step runs for `repeating_step_weeks`, another is due on the Friday of
    the following week. Whoever asks comes back `follow_up_days` later.
    """
    first_on = history.first_monday(rules.weeks_between_asks.value)
    until = _last_day(first_on, step, rules)
    return _put(step, executive, first_on, until, rules, why=_why(step, history))


def step_in_brief(
    company: Company,
    executive: Executive,
    chosen: StepToAsk | None,
    steps: Iterable[Step],
    *,
    rules: ChoiceRules,
) -> StepToAsk | None:
    """The one thing that a brief asks for: the ask that is open, for one comes at a time; else the chosen."""
    waiting = asked_before(company, executive, company.as_of).open
    return chosen if waiting is None else step_on_record(waiting, executive, steps, rules=rules)


def step_on_record(ask: Ask, executive: Executive, steps: Iterable[Step], *, rules: ChoiceRules) -> StepToAsk:
    """An ask that is on record as the step that it is, with its days; where none is due, those of its kind.

    A step in the company's own words has no card: it takes 0 minutes here, which says that nobody knows.
    """
    step = next((each for each in steps if each.id == ask.step), None)
    if step is not None:
        until = ask.due or _last_day(ask.asked_on, step, rules)
        put = _put(step, executive, ask.asked_on, until, rules)
        return replace(put, is_promised=ask.status is AskStatus.ACCEPTED)
    until = ask.due or ask.asked_on + timedelta(weeks=2)
    return StepToAsk(
        executive=executive.id,
        step=ask.step,
        ask=ask.step,
        minutes=0,
        then="",
        behaviour=Behaviour.MODEL,
        first_on=ask.asked_on,
        until=until,
        follow_up=_follow_up(until, rules),
        is_promised=ask.status is AskStatus.ACCEPTED,
    )


def open_ask(history: AskedBefore, steps: Iterable[Step]) -> str:
    """The sentence on the open ask that stands in the way of another; empty where none does."""
    ask = history.open
    if ask is None:
        return ""
    named = next((step.ask for step in steps if step.id == ask.step), ask.step).rstrip(".")
    due = "" if ask.due is None else f", due on {day(ask.due)}"
    return f"An ask of {day(ask.asked_on)} is open{due}: “{named}”. One ask at a time."


def _put(
    step: Step, executive: Executive, first_on: date, until: date, rules: ChoiceRules, *, why: str = ""
) -> StepToAsk:
    return StepToAsk(
        executive=executive.id,
        step=step.id,
        ask=step.ask,
        minutes=step.minutes,
        then=step.then,
        behaviour=step.behaviour,
        first_on=first_on,
        until=until,
        how_to=step.how_to,
        why_this=why,
        looks_like=step.looks_like,
        is_not=step.is_not,
        follow_up=_follow_up(until, rules),
    )


def _last_day(first_on: date, step: Step, rules: ChoiceRules) -> date:
    """The Friday that ends its weeks."""
    weeks = rules.repeating_step_weeks.value if step.then else 2
    monday = first_on - timedelta(days=first_on.weekday())
    return monday + timedelta(weeks=weeks) - timedelta(days=3)


def _follow_up(until: date, rules: ChoiceRules) -> date:
    """So many days after the last one; on the Monday after where that is a weekend."""
    day = until + timedelta(days=round(rules.follow_up_days.value))
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _limit(
    library: tuple[Step, ...], executive: Executive, history: AskedBefore, rules: ChoiceRules
) -> float | None:
    limits: list[float] = []
    if executive.attention_hours_per_week is not None:
        limits.append(60 * executive.attention_hours_per_week * rules.weeks_between_asks.value)
    refused = _refused(library, history)
    if refused is not None:
        limits.append(refused.minutes - 1)
    return min(limits, default=None)


def _refused(library: tuple[Step, ...], history: AskedBefore) -> Step | None:
    if history.refusal is None:
        return None
    return next((step for step in library if step.id == history.refusal.step), None)


def _why(step: Step, history: AskedBefore) -> str:
    said = f"It takes {many(step.minutes, 'minute')} and shows in the behaviour “"
    said += f"{lower_first(step.behaviour.label)}”."
    if history.refusal is not None:
        fate = "was declined" if history.refusal.status is AskStatus.DECLINED else "lapsed"
        said += f" The last ask {fate} on {day(closing_day(history.refusal))}, so this is a small one."
    return said
