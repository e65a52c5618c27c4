"""How many promises the executives kept, as the choice for each of them counts."""

from bisect import bisect_right
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Max

from fulcrum.core.company import Ask, AskStatus
from fulcrum.core.levers import Lever
from fulcrum.core.slices import PROMISES_TOLD
from fulcrum.records import models


def promises_since_told(workspace: models.Workspace, executives: Collection[int]) -> dict[int, int]:
    """For each of these, the asks done by anybody since they were last told of any, up to `PROMISES_TOLD`."""
    today = workspace.today
    newest = _kept(workspace).order_by("-closed_on").values_list("closed_on", flat=True)[:PROMISES_TOLD]
    days = sorted(newest)
    told = models.Move.objects.filter(
        executive__in=list(executives), lever=Lever.CONFIDENCE.value, date__lte=today
    )
    since = dict(told.standing().order_by().values_list("executive_id").annotate(last=Max("date")))
    return {pk: len(days) - bisect_right(days, since.get(pk, date.min)) for pk in executives}


def promises_kept(workspace: models.Workspace, *, but_of: Collection[int]) -> tuple[Ask, ...]:
    """The newest asks done by others than these, as many as are told of, without their notes."""
    rows = _kept(workspace).exclude(executive__in=list(but_of)).order_by("-closed_on", "-id")[:PROMISES_TOLD]
    columns = ("executive__key", "step", "asked_on", "due", "closed_on")
    return tuple(
        Ask(executive=who, step=step, asked_on=asked_on, due=due, closed_on=closed, status=AskStatus.DONE)
        for who, step, asked_on, due, closed in rows.values_list(*columns)
    )


def _kept(workspace: models.Workspace) -> Any:
    rows = models.Ask.objects.filter(executive__workspace=workspace, status=AskStatus.DONE.value)
    return rows.filter(closed_on__lte=workspace.today).standing()
