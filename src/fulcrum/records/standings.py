"""Where executives stand and which lever comes next, as one actor may see it.

    standing_of(actor, executive)        one, or `NotThere` where the file is closed to the actor
    standings_for(actor, executives)     several whose file is open, by the executive's row id
    beliefs_for(actor, executives)       the same without choices, which is cheaper

What a choice says of a peer is left out for whom the file of anybody is closed to whom the executive listens:
who is missing from a suggestion would tell as much as who is in it. `judging.py` holds the snapshots. A page
judges those whom it shows; order and counts come from the snapshots as they stand, which `upkeep.py` renews.
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
from fulcrum.folder import tables
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, files_open_to, must_be_open, says_open
from fulcrum.records.folders import playbook_of
from fulcrum.records.judging import Judged, believed, judged
from fulcrum.records.queries.company import files_around, head_of
from fulcrum.records.queries.people import Seen
from fulcrum.records.taking import taken
from fulcrum.records.upkeep import keep_up

__all__ = (
    "Judged",
    "ahead_of",
    "beliefs_for",
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
    shown = {one.pk: one for one in _opened(actor, executives)}
    found, grounds = judged(actor.workspace, shown.values())
    heard = files_open_to(actor).filter(pk__in=grounds.heard_by(shown))
    open_peers = set(heard.values_list("pk", flat=True))
    return {
        pk: _shown(
            shown[pk], *found[pk], [grounds.executives[peer] for peer in grounds.heard[pk]], open_peers
        )
        for pk in shown
    }


def beliefs_for(actor: Actor, executives: Iterable[models.Executive]) -> dict[int, Belief]:
    """What is believed of those among them whose file is open, by row id."""
    return believed(actor.workspace, _opened(actor, executives))


def that_matter_most(actor: Actor, most: int) -> list[models.Executive]:
    """At most so many whose file is open: those who dropped first, then who moved most, then the unknown."""
    opened = files_open_to(actor)
    keep_up(actor.workspace, opened)
    order = (
        F("standing__is_drop").desc(nulls_last=True),
        Abs("standing__change").desc(nulls_last=True),
        F("standing__level").asc(nulls_first=True),
        "id",
    )
    return list(opened.order_by(*order)[:most])


def what_if(actor: Actor, executive: models.Executive, **entered: Any) -> tuple[Belief, Belief]:
    """The belief as it is, and as one more observation would make it; nothing is kept."""
    company = _file(actor, executive)
    now = believed(actor.workspace, [executive])[executive.pk]
    more = taken(tables.OBSERVATIONS, entered | {"executive": executive.key}, today=actor.workspace.today)
    supposed = replace(company, observations=(*company.observations, more))
    return now, workflow.assess_one(supposed, playbook_of(actor.workspace), executive.key).belief


def ahead_of(
    actor: Actor, seen: Seen, *, for_weeks: int
) -> tuple[tuple[Observation, ...], tuple[WeekOfBelief, ...]]:
    """`evidence_in` and `if_nothing_is_seen` of a file that was read already and is open to the actor."""
    rows = {name: getattr(seen, name) for name in ("observations", "reactions", "asks", "moves")}
    file = head_of(actor.workspace, today=actor.workspace.today, executives=(seen.executive,), **rows)
    key, playbook = seen.executive.id, playbook_of(actor.workspace)
    ahead = workflow.if_nothing_is_seen(file, playbook, key, weeks=for_weeks)
    return workflow.seen_of(file, playbook, key), ahead


def if_nothing_is_seen(
    actor: Actor, executive: models.Executive, *, for_weeks: int
) -> tuple[WeekOfBelief, ...]:
    """Where the belief goes in the coming weeks without new evidence."""
    file, playbook = _file(actor, executive), playbook_of(actor.workspace)
    return workflow.if_nothing_is_seen(file, playbook, executive.key, weeks=for_weeks)


def evidence_in(actor: Actor, executive: models.Executive) -> tuple[Observation, ...]:
    """What the belief rests on: what was noted, and what became of asks."""
    return workflow.seen_of(_file(actor, executive), playbook_of(actor.workspace), executive.key)


def _opened(actor: Actor, executives: Iterable[models.Executive] | None) -> Iterable[models.Executive]:
    """Those among them whose file is open, or all; not asked for again where the rows say so themselves."""
    if executives is None:
        return files_open_to(actor)
    rows = list(executives)
    if all(says_open(one, actor) for one in rows):
        return rows
    return files_open_to(actor).filter(pk__in=[one.pk for one in rows])


def _file(actor: Actor, executive: models.Executive) -> Company:
    must_be_open(actor, executive)
    return files_around([executive], workspace=actor.workspace)


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
        peer=next((one for one in heard if one.key == choice.peer), None),
        is_without_peers=is_closed,
    )
