"""The executives as a team: the plan over the coming weeks, who reaches whom, and what works here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from fulcrum.core.coalition import Coalition
from fulcrum.core.company import Company, OutsideMover
from fulcrum.core.errors import WrongUse
from fulcrum.core.judgement import Choice
from fulcrum.core.learned import Learned, Outcome
from fulcrum.core.plan import Away, Plan
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Unknown
from fulcrum.workflow import SEED, Assessment

if TYPE_CHECKING:
    from fulcrum.commitment.gain import Standing


def plan(
    company: Company,
    playbook: Playbook,
    assessments: Iterable[Assessment],
    choices: Iterable[Choice],
    *,
    weeks: int | None = None,
    hours: float | None = None,
    away: Iterable[Away] = (),
) -> Plan:
    """Which moves for whom over the coming weeks; `hours` and `away` ask what if, and nothing is kept.

    Only executives with an assessment and a choice are planned for: give those whom the reader may see.
    """
    from fulcrum.commitment.plan import plan_for

    supposed = company if hours is None else replace(company, hours_per_week=hours)
    chosen = {choice.executive: choice for choice in choices}
    return plan_for(supposed, standings(playbook, assessments), chosen, playbook, weeks=weeks, away=away)


def standings(playbook: Playbook, assessments: Iterable[Assessment]) -> "Mapping[str, Standing]":
    """What the gain of a lever depends on, for each executive."""
    from fulcrum.commitment.gain import Standing

    return {
        one.belief.executive: Standing(belief=one.belief, barrier=one.barrier, playbook=playbook)
        for one in assessments
    }


def coalition(
    company: Company, playbook: Playbook, assessments: Iterable[Assessment], *, seed: int = SEED
) -> Coalition:
    """Who reaches whom, and the smallest set that carries the rest, among those with an assessment.

    Committed are those of whom at least half of a known belief lies where peers begin to persuade.
    """
    from fulcrum.commitment.coalition import coalition_of

    lowest = round(playbook.choice.peer_lowest_level.value)
    beliefs = [one.belief for one in assessments]
    committed = {
        one.executive
        for one in beliefs
        if not isinstance(one.level, Unknown) and sum(one.shares[lowest:]) >= 0.5
    }
    people = [one.executive for one in beliefs]
    confidence = playbook.belief.interval_confidence.value
    return coalition_of(
        people, company.influence, committed, rules=playbook.plan, confidence=confidence, seed=seed
    )


def learned(company: Company, playbook: Playbook) -> Learned:
    """What the moves of these executives teach, and what came of each."""
    from fulcrum.commitment.learning import learned_here

    return learned_here(company, playbook)


def outcomes(
    company: Company, playbook: Playbook, executive: str, context: tuple[OutsideMover, ...]
) -> tuple[Outcome, ...]:
    """What came of each move on one executive; their slice is enough, `context` are the outside movers."""
    from fulcrum.commitment.outcomes import outcomes_of

    person = company.executive(executive)
    if person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return outcomes_of(person, replace(company, context=context), playbook, as_of=company.as_of)


def learned_from(told: Iterable[Outcome], playbook: Playbook) -> Learned:
    """What these outcomes teach."""
    from fulcrum.commitment.learning import learned_from as learn

    return learn(told, playbook)
