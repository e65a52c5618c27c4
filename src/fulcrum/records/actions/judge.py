"""The worker's part in keeping judgements near the present: everybody who is stale, a few at a time."""

from typing import Any

from fulcrum.records.judging import judged
from fulcrum.records.models import Executive, Job
from fulcrum.records.upkeep import JUDGE, unjudged
from fulcrum.records.work import Progress, work

A_FEW = 20


@work(JUDGE)
def work_judge(job: Job, progress: Progress) -> dict[str, Any]:
    """Judge anew whoever's snapshot is of another day, file or playbook, or lacks a choice."""
    place = job.workspace
    if place is None:
        return {"judged": 0}
    waiting = list(unjudged(place, Executive.objects.filter(workspace=place)).values_list("pk", flat=True))
    for start in range(0, len(waiting), A_FEW):
        progress.step(start, len(waiting), "Judging where executives stand")
        judged(place, Executive.objects.filter(workspace=place, pk__in=waiting[start : start + A_FEW]))
    return {"judged": len(waiting)}
