"""The process that does the jobs and sends notices, one after the other; its heart beats while it works."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, close_old_connections, connections
from django.utils import timezone

from fulcrum.records import jobs, notices, outbox
from fulcrum.records.models import Job
from fulcrum.records.remembered import forget_everything
from fulcrum.records.work import known_work, run_one

BEAT = 5.0
IDLE = 0.5
PLAN = 60.0
_DAY = 24 * 3600.0
logger = logging.getLogger(__name__)


def heartbeat_file() -> Path:
    """The file that a living worker touches."""
    return Path(settings.FULCRUM_HOME) / "run" / "worker"


def work_on() -> None:
    """Do jobs until asked to end by SIGTERM or Ctrl-C; a job in hand is then handed back."""
    stopping = threading.Event()
    _end_on_signals(stopping)
    known_work()
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    tidied = planned = -_DAY
    with _beating(worker):
        while not stopping.is_set():
            close_old_connections()
            if time.monotonic() - tidied >= _DAY:
                tidied = time.monotonic()
                tidy()
            if time.monotonic() - planned >= PLAN:
                planned = time.monotonic()
                notices.plan()
            has_worked = run_one(worker, stopping.is_set)
            forget_everything()  # who is erased meanwhile stays in no memory
            if not notices.send_next(worker) and not has_worked:
                stopping.wait(IDLE)


def tidy() -> None:
    """Let go of sessions that ran out, and of work and messages that ended long ago."""
    SessionStore.clear_expired()
    outbox.tidy()
    month_ago = timezone.now() - timedelta(days=30)
    Job.objects.filter(state__in=jobs.ENDED, ended_at__lt=month_ago).delete()


@contextmanager
def _beating(worker: str) -> Iterator[None]:
    """Renews the leases of `worker` and sweeps up after others, however long a step of a job takes."""
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(worker, ended), name="heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join(timeout=BEAT)


def _beat(worker: str, ended: threading.Event) -> None:
    file = heartbeat_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    while not ended.is_set():
        file.write_text(f"{worker} {time.time():.0f}\n", encoding="ascii")
        close_old_connections()
        try:
            jobs.renew(worker)
            jobs.sweep()
        except OperationalError:
            logger.exception("the lease could not be renewed; it is tried again in %s seconds", BEAT)
        ended.wait(BEAT)
    connections.close_all()


def _end_on_signals(stopping: threading.Event) -> None:
    def end(_: int, __: FrameType | None) -> None:
        stopping.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
