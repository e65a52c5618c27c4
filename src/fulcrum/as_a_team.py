"""The executives as a team: the plan over the coming weeks, who reaches whom, and what works here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from fulcrum.core.company import Company
from fulcrum.core.judgement import Choice
from fulcrum.core.plan import Away, Plan
from fulcrum.core.playbook import Playbook
from fulcrum.workflow import Assessment

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
