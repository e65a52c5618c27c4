"""Alignment as one actor may see it, the way of working, and the rounds of the pulse.

Answers of an open round count nowhere: totals that grow one by one would tell who said what.
"""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from fulcrum import from_pulses
from fulcrum.core import company as core
from fulcrum.core import people
from fulcrum.core.alignment import Alignment, Ownership, WayOfWorking
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Act, Actor, NotThere, files_open_to
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.company import head_of
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.rows import value_of

_CLOSED = Unknown(
    reason="The chief executive's own answer is shown to those named for them.",
    needs="An owner who names you for the chief executive.",
)


@value
class Aligned:
    """What an actor may see of the newest round that is over, and whose own answer is closed to them."""

    alignment: Alignment
    names: tuple[tuple[str, str], ...]
    is_chief_hidden: bool
    open_round: "models.PulseRound | None"


def alignment_for(actor: Actor) -> Aligned:
    """The newest round that is over; without the chief executive's own answer where their file is closed."""
    actor.must(Act.READ)
    workspace = actor.workspace
    company = _company(workspace)
    found = from_pulses.align_company(company, playbook_of(workspace), newest_evidence(workspace))
    chief = found.ownership.chief
    is_hidden = chief is not None and not files_open_to(actor).filter(key=chief).exists()
    return Aligned(
        alignment=_without_the_chief(found) if is_hidden else found,
        names=tuple((one.id, f"{one.name}, {one.role}") for one in company.executives),
        is_chief_hidden=is_hidden,
        open_round=next((one for one in rounds_of(actor) if one.is_open()), None),
    )


def way_of_working_for(actor: Actor) -> WayOfWorking:
    """The scorecard of mechanisms; it speaks of nobody's commitment, so every member may see it."""
    actor.must(Act.READ)
    return from_pulses.way_of_working(_company(actor.workspace), playbook_of(actor.workspace))


def rounds_of(actor: Actor) -> "QuerySet[models.PulseRound]":
    """Every round, the newest first."""
    actor.must(Act.READ)
    return models.PulseRound.objects.filter(workspace=actor.workspace).order_by("-opens_on", "-id")


def counted_rounds(actor: Actor) -> "QuerySet[Any]":
    """The same with how many were asked and how many of them answered. For who may make links."""
    actor.must(Act.WRITE)
    has_answered = Q(invitations__answered_at__isnull=False)
    return rounds_of(actor).annotate(
        asked=Count("invitations"), answered=Count("invitations", filter=has_answered)
    )


def round_of(actor: Actor, pk: int) -> models.PulseRound:
    """One round; raises `NotThere`."""
    found = rounds_of(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def invitations_of(actor: Actor, round: models.PulseRound) -> "QuerySet[models.PulseInvitation]":
    """Who was asked, and who answered when; never what. For who may make links."""
    actor.must(Act.WRITE)
    return round.invitations.select_related("executive")


def is_remindable(round: models.PulseRound, after_days: float) -> bool:
    """Whether it is time to remind: the round is open and has run so many days."""
    return round.is_open() and (round.workspace.today - round.opens_on).days >= after_days


def mechanism_of(actor: Actor, mechanism: str) -> models.Mechanism | None:
    """The note on a mechanism that counts: the one with the latest proof."""
    actor.must(Act.READ)
    noted = models.Mechanism.objects.filter(workspace=actor.workspace, mechanism=mechanism)
    by_proof = sorted(noted, key=lambda one: (one.proven_on is not None, one.proven_on, one.pk))
    return by_proof[-1] if by_proof else None


def _company(workspace: models.Workspace) -> core.Company:
    """As much of the company as alignment and the scorecard need, without the answers of open rounds."""
    rounds = models.PulseRound.objects.filter(workspace=workspace)
    now = timezone.now()
    opened = [one.key for one in rounds if one.is_open(now)]

    def values(rows: Any, kind: type[Any]) -> tuple[Any, ...]:
        return tuple(value_of(row, kind) for row in rows)

    return head_of(
        workspace,
        today=workspace.today,
        executives=values(models.Executive.objects.filter(workspace=workspace), people.Executive),
        pulse_rounds=values(rounds.exclude(key__in=opened), core.PulseRound),
        pulses=values(
            models.PulseAnswer.objects.filter(workspace=workspace).exclude(round__in=opened), core.PulseAnswer
        ),
        mechanisms=values(
            models.Mechanism.objects.filter(workspace=workspace).order_by("id"), core.MechanismRecord
        ),
        initiatives=values(models.Initiative.objects.filter(workspace=workspace), core.Initiative),
        wins=values(models.Win.objects.filter(workspace=workspace), core.Win),
    )


def _without_the_chief(found: Alignment) -> Alignment:
    history = tuple(replace(then, ownership=_closed(then.ownership)) for then in found.history)
    return replace(found, ownership=_closed(found.ownership), history=history)


def _closed(owned: Ownership) -> Ownership:
    return replace(owned, own=None, gap=_CLOSED, agree=_CLOSED, place=None, has_ranked=False)
