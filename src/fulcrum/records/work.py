"""What a worker does: the kinds of long work, their progress, and the loop that does one after the other.

A kind is registered where its work is written, anywhere in `records.actions`:

    @work("evidence", shared=True)
    def read_the_data(job: Job, progress: Progress) -> dict[str, Any]:
        progress.step(1, 4, "Reading the exports")
        ...
        return {"url": "/w/tidewater/evidence/"}

`shared` lets every member of the workspace see how far it is; else only who asked for it. The work is never
run inside a transaction of ours; call `progress.step` outside of any, for others look at what it writes.
"""

import logging
import pkgutil
import secrets
from collections.abc import Callable
from importlib import import_module
from time import monotonic
from typing import Any

from django.db import connection

from fulcrum.core.errors import DataProblems, FulcrumError
from fulcrum.records import jobs
from fulcrum.records.access import Actor, Refused
from fulcrum.records.models import Job
from fulcrum.records.models.jobs import JobState

Work = Callable[[Job, "Progress"], dict[str, Any]]
WORK: dict[str, Work] = {}
SHARED: set[str] = set()
_BETWEEN_WRITES = 0.25
logger = logging.getLogger(__name__)


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class HandedBack(Exception):
    """The worker is asked to end, or another one holds the job by now."""


def work(kind: str, *, shared: bool = False) -> Callable[[Work], Work]:
    """Registers a function as the work of one kind of job."""

    def register(function: Work) -> Work:
        WORK[kind] = function
        if shared:
            SHARED.add(kind)
        return function

    return register


class Progress:
    """How a job tells how far it is, and learns that it shall stop."""

    def __init__(self, job: Job, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._job, self._should_stop = job, should_stop
        self._written = -_BETWEEN_WRITES
        self._said = ""

    def step(self, done: int, total: int, doing: str) -> None:
        """Say how far the work is; raises when it shall stop. Cheap: written a few times a second at most."""
        if self._should_stop():
            raise HandedBack
        is_news = doing != self._said or done == total
        if not is_news and monotonic() - self._written < _BETWEEN_WRITES:
            return
        self._written, self._said = monotonic(), doing
        if not jobs.write_held(self._job, done=done, total=total, doing=doing[:200]):
            raise HandedBack
        if Job.objects.filter(pk=self._job.pk, is_cancel_wanted=True).exists():
            raise Cancelled


def actor_of(job: Job) -> Actor | None:
    """Who asked for the job, with the role they have now; refused when they have left since."""
    if job.asked_by is None:
        return None
    member = type(job.asked_by).objects.select_related("workspace", "user").get(pk=job.asked_by.pk)
    if not (member.is_active and member.user.is_active):
        raise Refused("Whoever asked for this is no longer a member of the workspace.")
    return Actor(member=member)


def run_one(worker: str, should_stop: Callable[[], bool] = lambda: False) -> bool:
    """Do the oldest waiting job, if one waits; whether one did."""
    job = jobs.claim(worker)
    if job is None:
        return False
    try:
        jobs.end(job, JobState.DONE, result=_done(job, Progress(job, should_stop)), error="")
    except Cancelled:
        jobs.end(job, JobState.CANCELLED)
    except HandedBack:
        jobs.hand_back(job)
    except DataProblems as error:
        jobs.end(job, JobState.FAILED, error="\n".join(map(str, error.problems)))
    except FulcrumError as error:
        jobs.end(job, JobState.FAILED, error=str(error))
    except Exception:
        reference = secrets.token_hex(4)
        logger.exception("job %s (%s) failed; reference %s", job.pk, job.kind, reference)
        _end_by_a_bug(job, reference)
    return True


def known_work() -> dict[str, Work]:
    """Every kind of work that any module of `records.actions` registers."""
    package = import_module("fulcrum.records.actions")
    for module in pkgutil.iter_modules(package.__path__, "fulcrum.records.actions."):
        import_module(module.name)
    return WORK


def _done(job: Job, progress: Progress) -> dict[str, Any]:
    actor_of(job)
    kinds = WORK if job.kind in WORK else known_work()
    if job.kind not in kinds:
        raise FulcrumError(f"This version of Fulcrum has no work called “{job.kind}”.")
    return kinds[job.kind](job, progress)


def _end_by_a_bug(job: Job, reference: str) -> None:
    """The traceback stays in the log; the page shows a number by which it is found there."""
    connection.close_if_unusable_or_obsolete()
    said = f"Something went wrong that is not your fault. The log of the desk says more under {reference}."
    jobs.end(job, JobState.FAILED, error=said)
