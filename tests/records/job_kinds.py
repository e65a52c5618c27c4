"""Kinds of work for tests, and a worker that knows them: `python job_kinds.py [LEASE SECONDS]`."""

import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any


def main(lease: float) -> None:
    """Work until killed, with a lease short enough to be waited for."""
    import django

    django.setup()
    from fulcrum.records import jobs, worker
    from fulcrum.records.models import Job
    from fulcrum.records.work import Progress, work

    @work("count")
    def count(job: Job, progress: Progress) -> dict[str, Any]:
        """Counts to `to`, a line in a file for each number and attempt."""
        tally = Path(job.arguments["tally"])
        for number in range(job.arguments["to"]):
            progress.step(number, job.arguments["to"], f"Counting {number}")
            with tally.open("a") as file:
                file.write(f"{job.pk} {job.attempts} {job.held_by} {number}\n")
            time.sleep(job.arguments["pause"])
        return {"counted": job.arguments["to"]}

    jobs.LEASE = timedelta(seconds=lease)
    worker.BEAT = lease / 4
    worker.IDLE = 0.02
    worker.work_on()


if __name__ == "__main__":
    main(float(sys.argv[1]))
