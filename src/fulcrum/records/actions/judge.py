"""The worker's part in keeping judgements near the present: everybody, a few at a time."""

from typing import Any

from fulcrum.records.judging import judged
from fulcrum.records.models import Executive, Job
from fulcrum.records.upkeep import JUDGE
from fulcrum.records.work import Progress, work

A_FEW = 20


@work(JUDGE)
def work_judge(job: Job, progress: Progress) -> dict[str, Any]:
    """Believe and choose anew for whoever's snapshot no longer holds, so that nobody waits who looks."""
    place = job.workspace
    if place is None:
        return {"looked_at": 0}
    everybody = Executive.objects.filter(workspace=place).order_by("pk")
    keys = list(everybody.values_list("pk", flat=True))
    for start in range(0, len(keys), A_FEW):
        progress.step(start, len(keys), "Judging where executives stand")
        judged(place, everybody.filter(pk__in=keys[start : start + A_FEW]))
    return {"looked_at": len(keys)}
