"""Which lever next for one executive, with what at hand, what step to ask, and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fulcrum.commitment.availability import availability
from fulcrum.commitment.barrier import barrier_of
from fulcrum.commitment.gain import Standing, gain_of
from fulcrum.commitment.peers import PeerRoute, peer_route
from fulcrum.commitment.reasons import gain_at, is_at_desired, mind_changers, reasons_for
from fulcrum.commitment.steps import asked_before, fitting_steps, open_ask, step_to_ask
from fulcrum.commitment.vagueness import vagueness
from fulcrum.core.company import Company
from fulcrum.core.judgement import BarrierBelief, Belief, Choice, LeverOption, StepToAsk
from fulcrum.core.learned import NOTHING_LEARNED, Learned
from fulcrum.core.levers import CaseAtHand, Lever, Readiness
from fulcrum.core.people import Executive, Level
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value
from fulcrum.core.vision import VisionReading
from fulcrum.core.wording import day


def choose(
    company: Company,
    executive: Executive,
    *,
    belief: Belief,
    barrier: BarrierBelief,
    others: Mapping[str, Belief],
    case: CaseAtHand,
    playbook: Playbook,
    as_of: date,
    learned: Learned = NOTHING_LEARNED,
) -> Choice:
    """The levers for one executive, the best that can be pulled now first.

    A lever is set apart as `not_now` where it is wrong at levels that hold half of the belief, or lacks
    material and would not gain more than what is at hand. A better lever that lacks material is said first,
    in `better_but_missing`. Gain: see `gain.gain_of`. Ties go to the lever that takes less of the
    executive's time, then to the levers' order. Where nothing was seen lately, a small step comes first:
    it is the quickest way to see something. `others` holds the beliefs of all executives by id, `learned`
    what moves here have taught.
    """
    standing = Standing(belief=belief, barrier=barrier, playbook=playbook, learned=learned)
    question = _Question(company=company, executive=executive, standing=standing, case=case, as_of=as_of)
    options = {lever: _option(question, lever) for lever in Lever}
    effort = _minutes(question)
    right = [option for option in options.values() if not standing.is_wrong_now(option.lever)]
    ranked = _ranked([option for option in right if _is_at_hand(option)], standing, effort)
    lacking = _ranked([option for option in right if not _is_at_hand(option)], standing, effort)
    best = max((option.gain.value for option in ranked), default=0.0)
    better = [option for option in lacking if option.gain.value > best]
    left_over = [option for option in options.values() if option not in ranked and option not in better]
    step, no_step_because = _step(question, ranked)
    route = peer_route(company, executive, standing, others, as_of=as_of)
    return Choice(
        executive=executive.id,
        ranked=tuple(ranked),
        better_but_missing=tuple(better),
        not_now=tuple(left_over),
        step=step,
        no_step_because=no_step_because,
        peer=None if route.peer is None else route.peer.id,
        peer_step=route.step,
        gather=_gather(question, ranked, better, route),
        would_change_our_mind=_mind_changers(question, options, effort),
    )


@value
class _Question:
    company: Company
    executive: Executive
    standing: Standing
    case: CaseAtHand
    as_of: date


def _option(question: _Question, lever: Lever) -> LeverOption:
    gain = gain_of(lever, question.standing)
    return LeverOption(
        lever=lever,
        gain=gain,
        availability=availability(
            question.company,
            question.executive,
            lever,
            level=question.standing.level,
            case=question.case,
            steps=question.standing.playbook.steps,
            rules=question.standing.playbook.choice,
            as_of=question.as_of,
            reading=_reading(question),
        ),
        reasons=reasons_for(lever, question.executive, question.standing, gain),
    )


def _reading(question: _Question) -> VisionReading | None:
    vision, playbook = question.company.vision, question.standing.playbook
    return None if vision is None else vagueness(vision, playbook.vision_words, playbook.vision)


def _is_at_hand(option: LeverOption) -> bool:
    return option.availability.readiness is not Readiness.MISSING


def _ranked(options: list[LeverOption], standing: Standing, effort: Mapping[Lever, int]) -> list[LeverOption]:
    order = _order({option.lever: option.gain.value for option in options}, standing, effort)
    return sorted(options, key=lambda option: order.index(option.lever))


def _order(gains: Mapping[Lever, float], standing: Standing, effort: Mapping[Lever, int]) -> list[Lever]:
    def key(lever: Lever) -> tuple[float, ...]:
        waits = standing.is_known or lever is not Lever.FIRST_STEPS
        return (waits, -round(gains[lever], 9), effort[lever], list(Lever).index(lever))

    return sorted(gains, key=key)


def _minutes(question: _Question) -> dict[Lever, int]:
    """The executive's time that each lever takes: that of its step, if it has one."""
    history = asked_before(question.company, question.executive, question.as_of)
    playbook = question.standing.playbook
    left = fitting_steps(
        playbook.steps,
        question.executive,
        level=question.standing.level,
        history=history,
        rules=playbook.choice,
    )
    return {lever: next((step.minutes for step in left if step.lever is lever), 0) for lever in Lever}


def _step(question: _Question, ranked: list[LeverOption]) -> tuple[StepToAsk | None, str]:
    standing, executive = question.standing, question.executive
    playbook = standing.playbook
    history = asked_before(question.company, executive, question.as_of)
    waiting = open_ask(history, playbook.steps)
    if waiting:
        return None, waiting
    if is_at_desired(executive, standing):
        return None, f"They stand at level {executive.desired_level:d}, which is wanted of them: ask no more."
    if standing.is_wrong_now(Lever.FIRST_STEPS):
        return None, standing.cell(Lever.FIRST_STEPS).reason
    left = fitting_steps(
        playbook.steps,
        executive,
        level=standing.level,
        history=history,
        rules=playbook.choice,
        lever=ranked[0].lever if ranked else None,
        smallest_first=not standing.is_known,
    )
    if not left:
        return None, "No step is left that suits their role, level and time and was not asked before."
    return step_to_ask(left[0], executive, history=history, rules=playbook.choice), ""


def _gather(
    question: _Question, ranked: list[LeverOption], better: list[LeverOption], route: PeerRoute
) -> tuple[str, ...]:
    wanted = []
    if not question.standing.is_known:
        last = question.standing.belief.last_evidence
        since = "so far" if last is None else f"since {day(last)}"
        wanted.append(f"First look: one dated act of theirs, with who saw it. Nothing was seen {since}.")
    for option in (*better, *ranked[:1]):
        wanted += option.availability.missing
    if route.lacking:
        wanted.append(route.lacking)
    if question.standing.barrier.reactions == 0:
        wanted.append("One reaction of theirs, with its day: what they say holds them back.")
    return tuple(dict.fromkeys(wanted))


def _mind_changers(
    question: _Question, options: Mapping[Lever, LeverOption], effort: Mapping[Lever, int]
) -> tuple[str, ...]:
    standing = question.standing
    at_hand = [option.lever for option in options.values() if _is_at_hand(option)]

    def leading(supposed: Standing) -> Lever | None:
        right = [lever for lever in at_hand if not supposed.is_wrong_now(lever)]
        order = _order({lever: gain_at(supposed, lever) for lever in right}, supposed, effort)
        return order[0] if order else None

    def at_level(level: Level) -> Standing:
        return _surely_at(level, question)

    right = tuple(lever for lever in at_hand if not standing.is_wrong_now(lever))
    return mind_changers(standing, at_level, leading, right)


def _surely_at(level: Level, question: _Question) -> Standing:
    playbook = question.standing.playbook
    shares = tuple(float(other is level) for other in Level)
    belief = replace(question.standing.belief, shares=shares)
    barrier = barrier_of(
        question.executive,
        question.company.reactions,
        belief=belief,
        as_of=question.as_of,
        barriers=playbook.barriers,
        rules=playbook.belief,
    )
    return replace(question.standing, belief=belief, barrier=barrier)
