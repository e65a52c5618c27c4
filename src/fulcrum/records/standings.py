"""Where executives stand and which lever comes next, as one actor may see it.

    standing_of(actor, executive)        one, or `NotThere` where the file is closed to the actor
    standings_for(actor)                 all whose file is open, by the executive's row id

What a choice says of a peer is left out for whom the file of anybody is closed to whom the executive listens:
who is missing from a suggestion would tell as much as who is in it. `judging.py` holds the snapshots.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.db.models.functions import Abs

from fulcrum import workflow
from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief, Choice, WeekOfBelief
from fulcrum.core.people import Observation
from fulcrum.core.slices import Slices
from fulcrum.folder import tables
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, files_open_to
from fulcrum.records.folders import playbook_of
from fulcrum.records.judging import Judged, judged
from fulcrum.records.queries.company import company_around
from fulcrum.records.taking import taken

__all__ = (
    "Judged",
    "evidence_in",
    "if_nothing_is_seen",
    "standing_of",
    "standings_for",
    "that_matter_most",
    "what_if",
)


def standing_of(actor: Actor, executive: models.Executive) -> Judged:
    """Where this executive stands today; raises `NotThere` where their file is closed to the actor."""
    found = standings_for(actor, [executive])
    if executive.pk not in found:
        raise NotThere
    return found[executive.pk]


def standings_for(actor: Actor, executives: Iterable[models.Executive] | None = None) -> dict[int, Judged]:
    """The same for several, or for all whose file is open; the number of queries does not grow with them."""
    opened = {one.pk: one for one in files_open_to(actor)}
    wanted = list(opened) if executives is None else [one.pk for one in executives if one.pk in opened]
    found, grounds = judged(actor.workspace, wanted)
    return {
        pk: _shown(opened[pk], *found[pk], [grounds.executives[peer] for peer in grounds.heard[pk]], opened)
        for pk in wanted
    }


def that_matter_most(actor: Actor, most: int) -> list[models.Executive]:
    """At most so many whose file is open: those who dropped first, then who moved most, then the unknown."""
    opened = files_open_to(actor)
    if opened.count() <= most:
        return list(opened)
    judged(actor.workspace)
    order = (
        F("standing__is_drop").desc(nulls_last=True),
        Abs("standing__change").desc(nulls_last=True),
        F("standing__level").asc(nulls_first=True),
        "id",
    )
    return list(opened.order_by(*order)[:most])


def what_if(actor: Actor, executive: models.Executive, **entered: Any) -> tuple[Belief, Belief]:
    """The belief as it is, and as one more observation would make it; nothing is kept."""
    now = standing_of(actor, executive).belief
    more = taken(tables.OBSERVATIONS, entered | {"executive": executive.key}, today=actor.workspace.today)
    company = _around(actor, executive)
    supposed = Slices(replace(company, observations=(*company.observations, more))).of(executive.key)
    return now, workflow.assess_one(supposed, playbook_of(actor.workspace), executive.key).belief


def if_nothing_is_seen(
    actor: Actor, executive: models.Executive, *, for_weeks: int
) -> tuple[WeekOfBelief, ...]:
    """Where the belief goes in the coming weeks without new evidence."""
    company, playbook = _around(actor, executive), playbook_of(actor.workspace)
    return workflow.if_nothing_is_seen(company, playbook, executive.key, weeks=for_weeks)


def evidence_in(actor: Actor, executive: models.Executive) -> tuple[Observation, ...]:
    """What the belief rests on: what was noted, and what became of asks."""
    return workflow.seen_of(_around(actor, executive), playbook_of(actor.workspace), executive.key)


def _around(actor: Actor, executive: models.Executive) -> Company:
    if not files_open_to(actor).filter(pk=executive.pk).exists():
        raise NotThere
    workspace = actor.workspace
    return Slices(company_around([executive], workspace=workspace, today=workspace.today)).of(executive.key)


def _shown(
    executive: models.Executive,
    assessment: workflow.Assessment,
    choice: Choice,
    heard: list[models.Executive],
    opened: Collection[int],
) -> Judged:
    is_closed = any(peer.pk not in opened for peer in heard)
    if is_closed:
        names = [peer.name for peer in heard]
        gather = tuple(line for line in choice.gather if not any(name in line for name in names))
        choice = replace(choice, peer=None, peer_step=None, gather=gather)
    return Judged(
        executive=executive,
        belief=assessment.belief,
        barrier=assessment.barrier,
        choice=choice,
        is_without_peers=is_closed,
    )
