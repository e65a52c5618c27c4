"""The executives as a team, as one actor may see them: the plan, the coalition, and what works here.

Everything is computed over the executives whose file is open to the actor; how many are left out is said.
A plan is worked out once for each state of what it rests on, and remembered in the process.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from fulcrum import as_a_team
from fulcrum.core.coalition import Coalition
from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief, Choice
from fulcrum.core.learned import Learned
from fulcrum.core.plan import Away, Plan
from fulcrum.core.value import value
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.learning import outcomes_of
from fulcrum.records.models import Executive, Move, Workspace
from fulcrum.records.queries.company import company_around
from fulcrum.records.remembered import Remembered
from fulcrum.records.standings import Judged, standings_for, that_matter_most
from fulcrum.workflow import Assessment

T = TypeVar("T")
MOST = 60
_worked_out = Remembered[Any](60)


@value
class WhatIf:
    """What the plan shall suppose; None and empty mean: as it is."""

    weeks: int | None = None
    hours: float | None = None
    away: tuple[Away, ...] = ()


@value
class Team:
    """The executives whose file is open: the company as far as they go, what is believed and recommended.

    `hidden` are those whose file is closed to the actor, `more` those open beyond the most on one page.
    """

    company: Company
    beliefs: dict[str, Belief]
    choices: dict[str, Choice]
    assessments: tuple[Assessment, ...]
    hidden: int
    more: int = 0


def team_of(actor: Actor) -> Team:
    """The executives whose file is open to the actor, at most `MOST`; how many others there are."""
    count = files_open_to(actor).count()
    opened = sorted(that_matter_most(actor, MOST), key=lambda one: one.pk)
    judged = standings_for(actor, opened)
    company = company_around(opened, (), workspace=actor.workspace)
    known = {one.key for one in opened}
    among = tuple(one for one in company.influence if {one.listened_to, one.listener} <= known)
    everybody = Executive.objects.filter(workspace=actor.workspace).count()
    stands: list[Judged] = [judged[one.pk] for one in opened]
    return Team(
        company=replace(company, influence=among),
        beliefs={one.belief.executive: one.belief for one in stands},
        choices={one.choice.executive: one.choice for one in stands},
        assessments=tuple(Assessment(belief=one.belief, barrier=one.barrier) for one in stands),
        hidden=everybody - count,
        more=count - len(opened),
    )


def plan_of(actor: Actor, team: Team, supposed: WhatIf) -> Plan:
    """The plan over those executives; raises `WrongUse` where what is supposed makes no sense."""
    playbook = playbook_of(actor.workspace)
    return _once(
        (actor.workspace.pk, playbook_mark(actor.workspace), "plan", team, supposed),
        lambda: as_a_team.plan(
            team.company,
            playbook,
            team.assessments,
            team.choices.values(),
            weeks=supposed.weeks,
            hours=supposed.hours,
            away=supposed.away,
        ),
    )


def coalition_of(actor: Actor, team: Team) -> Coalition:
    """Who reaches whom among those executives."""
    playbook = playbook_of(actor.workspace)
    return _once(
        (actor.workspace.pk, playbook_mark(actor.workspace), "coalition", team),
        lambda: as_a_team.coalition(team.company, playbook, team.assessments),
    )


def learned_of(actor: Actor) -> Learned:
    """What the moves on those executives teach, and what came of each."""
    made = Move.objects.standing().filter(executive__workspace=actor.workspace)
    opened = files_open_to(actor).filter(pk__in=made.values("executive_id"))
    place = Workspace.objects.get(pk=actor.workspace.pk)
    told = outcomes_of(place, dict(opened.order_by("pk").values_list("pk", "file_version")))
    everything = [each for one in told.values() for each in one]
    return as_a_team.learned_from(everything, playbook_of(actor.workspace))


def _once(key: object, work: Callable[[], T]) -> T:
    name = sha256(repr(key).encode()).hexdigest()
    found: T = _worked_out.each({0: name}, lambda _: {0: work()})[0]
    return found
