"""Long work is asked for here and held as a row: claimed by one worker, taken up anew when that worker dies.

The claim is one conditional UPDATE, so that two workers never hold a job at once, on SQLite as on PostgreSQL.
A worker that is killed lets its lease run out; `sweep` puts the job back. Work is therefore done *at least*
once: write it so that doing it again changes nothing. Read `work.py` next.
"""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from fulcrum.records.access import Act, Actor
from fulcrum.records.models import Job, Workspace
from fulcrum.records.models.jobs import JobState

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
_HELD_BY_NOBODY = {"held_by": "", "lease_until": None}


def ask_for(actor: Actor | None, kind: str, arguments: dict[str, Any], workspace: Workspace | None) -> Job:
    """A job that waits for a worker. Nobody as actor means that the desk itself asks."""
    return Job.objects.create(
        workspace=workspace,
        kind=kind,
        arguments=arguments,
        asked_by=None if actor is None else actor.member,
    )


def cancel(actor: Actor, job: Job) -> None:
    """Ask a job to stop: one that waits ends at once, one that runs ends at its next step."""
    if job.asked_by_id != actor.member.pk:
        actor.must(Act.WRITE)
    Job.objects.filter(pk=job.pk).exclude(state__in=ENDED).update(is_cancel_wanted=True)
    Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
        state=JobState.CANCELLED, ended_at=timezone.now()
    )


def claim(worker: str) -> Job | None:
    """The oldest waiting job, now held by `worker`; None when nothing waits."""
    while True:
        waiting = (
            Job.objects.filter(state=JobState.WAITING).order_by("id").values_list("pk", flat=True).first()
        )
        if waiting is None:
            return None
        won = Job.objects.filter(pk=waiting, state=JobState.WAITING).update(
            state=JobState.RUNNING,
            held_by=worker,
            lease_until=timezone.now() + LEASE,
            attempts=F("attempts") + 1,
        )
        if won:
            return Job.objects.select_related("workspace", "asked_by").get(pk=waiting)


def renew(worker: str) -> int:
    """A new lease on everything that `worker` holds; how many jobs that is."""
    return Job.objects.filter(held_by=worker, state=JobState.RUNNING).update(
        lease_until=timezone.now() + LEASE
    )


def write_held(job: Job, **columns: Any) -> bool:
    """Write to a job only while this claim of it still holds; whether it did."""
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, held_by=job.held_by, attempts=job.attempts)
    return held.update(**columns) == 1


def end(job: Job, state: JobState, **columns: Any) -> bool:
    """End a job unless somebody else holds it by now; whether this was the one who ended it."""
    return write_held(job, state=state, ended_at=timezone.now(), **_HELD_BY_NOBODY, **columns)


def hand_back(job: Job) -> bool:
    """Let another worker do it, as if it had not been begun."""
    return write_held(job, state=JobState.WAITING, attempts=F("attempts") - 1, **_HELD_BY_NOBODY)


def sweep() -> int:
    """Take up the jobs whose worker is gone, anew or as failed after the last attempt; how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=timezone.now())
    return sum(_take_up(job) for job in lost)


def _take_up(job: Job) -> bool:
    still = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, lease_until=job.lease_until
    )
    return still.update(**_fate(job), **_HELD_BY_NOBODY) == 1


def _fate(job: Job) -> dict[str, Any]:
    if job.is_cancel_wanted:
        return {"state": JobState.CANCELLED, "ended_at": timezone.now()}
    if job.attempts < MOST_ATTEMPTS:
        return {"state": JobState.WAITING}
    said = f"The worker died {job.attempts} times while doing this, so it is not tried again."
    return {"state": JobState.FAILED, "ended_at": timezone.now(), "error": f"{said} The log says more."}
