"""How many promises the executives kept, as the choice for each of them counts."""

from bisect import bisect_right
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Max

from fulcrum.core.company import Ask, AskStatus
from fulcrum.core.levers import Lever
from fulcrum.records import models

_KEPT = {"status": AskStatus.DONE.value, "closed_on__isnull": False}


def promises_since_told(workspace: models.Workspace, executives: Collection[int]) -> dict[int, int]:
    """For each of these, the asks done by anybody since they were last told of any: two queries."""
    today = workspace.today
    done = models.Ask.objects.filter(executive__workspace=workspace, closed_on__lte=today, **_KEPT).standing()
    days, sums = list[date](), [0]
    for day, many in done.order_by("closed_on").values_list("closed_on").annotate(many=Count("pk")):
        days.append(day)
        sums.append(sums[-1] + many)
    told = models.Move.objects.filter(
        executive__in=list(executives), lever=Lever.CONFIDENCE.value, date__lte=today
    )
    since = dict(told.standing().order_by().values_list("executive_id").annotate(last=Max("date")))
    return {pk: sums[-1] - sums[bisect_right(days, since.get(pk, date.min))] for pk in executives}


def promises_kept(workspace: models.Workspace, *, but_of: Collection[int]) -> tuple[Ask, ...]:
    """The asks done by others than these, without their notes."""
    done = models.Ask.objects.filter(executive__workspace=workspace, **_KEPT).standing()
    rows = done.exclude(executive__in=list(but_of)).order_by("id")
    columns = ("executive__key", "step", "asked_on", "due", "closed_on")
    return tuple(
        Ask(executive=who, step=step, asked_on=asked_on, due=due, closed_on=closed, status=AskStatus.DONE)
        for who, step, asked_on, due, closed in rows.values_list(*columns)
    )
