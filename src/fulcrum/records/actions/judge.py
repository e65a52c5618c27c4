"""The worker's part in keeping judgements near the present: everybody who is stale, a few at a time."""

from typing import Any

from fulcrum.records.judging import believed
from fulcrum.records.models import Executive, Job
from fulcrum.records.upkeep import JUDGE, stale
from fulcrum.records.work import Progress, work

A_FEW = 20


@work(JUDGE)
def work_judge(job: Job, progress: Progress) -> dict[str, Any]:
    """Believe anew whoever's snapshot is of another day, file or playbook; choices wait to be seen."""
    place = job.workspace
    if place is None:
        return {"judged": 0}
    waiting = list(stale(place, Executive.objects.filter(workspace=place)).values_list("pk", flat=True))
    for start in range(0, len(waiting), A_FEW):
        progress.step(start, len(waiting), "Judging where executives stand")
        believed(place, Executive.objects.filter(workspace=place, pk__in=waiting[start : start + A_FEW]))
    return {"judged": len(waiting)}
