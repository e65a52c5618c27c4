"""Keeps the snapshots of everybody near the present: a few at once by pages, the rest by the worker.

Order and filters of long lists use the columns of the snapshots, whatever day they are of. A page judges at
most a few who changed since; where more are stale, as every morning, it asks the worker once.
"""

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fulcrum.records import jobs
from fulcrum.records.folders import playbook_mark
from fulcrum.records.judging import believed
from fulcrum.records.models import Executive, Job, Workspace
from fulcrum.records.models.jobs import JobState

JUDGE = "judge"
AT_ONCE = 6
BETWEEN = timedelta(minutes=1)


def unjudged(workspace: Workspace, executives: "QuerySet[Executive]") -> "QuerySet[Executive]":
    """Those among them of whom no belief of today is kept, or no choice."""
    return executives.filter(~_is_fresh(workspace) | Q(standing=None) | Q(standing__rests_on=""))


def stale(workspace: Workspace, executives: "QuerySet[Executive]") -> "QuerySet[Executive]":
    """Those among them of whom no belief of today is kept."""
    return executives.filter(~_is_fresh(workspace) | Q(standing=None))


def keep_up(workspace: Workspace, executives: "QuerySet[Executive]") -> None:
    """Judge them if few are stale; else ask the worker to, unless it was asked a minute ago."""
    waiting = list(stale(workspace, executives).order_by()[: AT_ONCE + 1])
    if 0 < len(waiting) <= AT_ONCE:
        believed(workspace, waiting)
    elif waiting:
        _ask_once(workspace)


def _ask_once(workspace: Workspace) -> None:
    is_going_on = Q(state__in=(JobState.WAITING, JobState.RUNNING))
    asked = Job.objects.filter(workspace=workspace, kind=JUDGE)
    if not asked.filter(is_going_on | Q(asked_at__gt=timezone.now() - BETWEEN)).exists():
        jobs.ask_for(None, JUDGE, {}, workspace)


def _is_fresh(workspace: Workspace) -> Q:
    return Q(
        standing__as_of=workspace.today,
        standing__version=playbook_mark(workspace),
        standing__file_version=F("file_version"),
    )
