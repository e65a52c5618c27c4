"""The fate of asks as evidence: what an executive did when asked, not what they said of it."""

from collections.abc import Iterable
from datetime import date

from fulcrum.core.company import Ask, AskStatus, Company
from fulcrum.core.people import Behaviour, Executive, Level, Observation, Source
from fulcrum.core.playbook import Step
from fulcrum.core.rules import BeliefRules


def evidence_on(
    executive: Executive, company: Company, steps: tuple[Step, ...], rules: BeliefRules
) -> tuple[Observation, ...]:
    """Every observation of this executive, with those that their asks give."""
    seen = tuple(each for each in company.observations if each.executive == executive.id)
    asks = [ask for ask in company.asks if ask.executive == executive.id]
    return seen + observations_of_asks(asks, steps, rules=rules, already=seen)


def observations_of_asks(
    asks: Iterable[Ask],
    steps: Iterable[Step],
    *,
    rules: BeliefRules,
    already: tuple[Observation, ...] = (),
) -> tuple[Observation, ...]:
    """What closed asks show, as observations of their step's behaviour; open asks show nothing yet.

    Done: the step's own level, at least `ask_done_at_least` (an act when asked). Declined: `ask_declined`.
    Lapsed: `ask_lapsed` (agreed or silent, and nothing done). A step in the company's own words counts for
    modelling the behaviour. Where `already` holds an ask outcome of the same executive and behaviour within
    `same_event_days`, that note stands and the ask adds nothing.
    """
    library = {step.id: step for step in steps}
    shown = [_shown(ask, library.get(ask.step), rules) for ask in asks if not ask.status.is_open]
    return tuple(each for each in shown if not _is_noted(each, already, round(rules.same_event_days.value)))


def closing_day(ask: Ask) -> date:
    """The day an ask met its fate; where it was not noted, the day it was due (lapsed) or asked."""
    if ask.closed_on is not None:
        return ask.closed_on
    if ask.status is AskStatus.LAPSED and ask.due is not None:
        return ask.due
    return ask.asked_on


def _shown(ask: Ask, step: Step | None, rules: BeliefRules) -> Observation:
    return Observation(
        executive=ask.executive,
        date=closing_day(ask),
        behaviour=Behaviour.MODEL if step is None else step.behaviour,
        anchor=_anchor(ask.status, step, rules),
        source=Source.ASK_OUTCOME,
        note=f"{ask.status.value.capitalize()}: {ask.step if step is None else step.ask}",
    )


def _anchor(status: AskStatus, step: Step | None, rules: BeliefRules) -> Level:
    if status is AskStatus.DECLINED:
        return Level(round(rules.ask_declined.value))
    if status is AskStatus.LAPSED:
        return Level(round(rules.ask_lapsed.value))
    lowest = round(rules.ask_done_at_least.value)
    return Level(lowest if step is None else max(step.lowest_level, lowest))


def _is_noted(shown: Observation, already: tuple[Observation, ...], days: int) -> bool:
    return any(
        each.source is Source.ASK_OUTCOME
        and each.executive == shown.executive
        and each.behaviour is shown.behaviour
        and abs((each.date - shown.date).days) <= days
        for each in already
    )
