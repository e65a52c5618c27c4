"""Which jobs somebody may see: their own, and the kinds that everyone in the workspace shares."""

from django.db.models import Q, QuerySet

from fulcrum.records.access import Actor
from fulcrum.records.models import Job
from fulcrum.records.models.jobs import JobState
from fulcrum.records.work import SHARED, known_work


def jobs_seen_by(actor: Actor) -> QuerySet[Job]:
    """The jobs of the workspace that this actor may see, newest first."""
    known_work()
    theirs = Q(asked_by=actor.member) | Q(kind__in=SHARED)
    return Job.objects.filter(theirs, workspace=actor.workspace)


def under_way(actor: Actor, kind: str) -> Job | None:
    """The newest job of one kind that has not ended, as far as this actor may see it."""
    return jobs_seen_by(actor).filter(kind=kind, state__in=(JobState.WAITING, JobState.RUNNING)).first()
