"""The snapshots that still hold, unsealed and read once in a process however often they are asked for."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from fulcrum.core.errors import Outdated
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.stored import from_stored
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.sealed import unsealed_json
from fulcrum.workflow import Assessment

_REMEMBERED = 400  # a few pages of executives; 20 to 100 kB each


@value
class Snapshot:
    """What was judged of one executive; `rests_on` says of what the choice was made."""

    assessment: Assessment
    choice: Choice | None
    rests_on: str


def kept_snapshots(
    executives: Mapping[int, models.Executive], *, as_of: date, version: str
) -> dict[int, Snapshot]:
    """Of these executives, by row id, the snapshots whose belief still holds."""
    if not executives:
        return {}
    columns = (Cast(name, TextField()) for name in ("belief", "barrier", "choice"))
    rows = models.Standing.objects.filter(executive__in=list(executives), as_of=as_of, version=version)
    found = {}
    for pk, file_version, rests_on, *sealed in rows.values_list(
        "executive_id", "file_version", "rests_on", *columns
    ):
        if file_version == executives[pk].file_version and (read := _snapshot(rests_on, *sealed)) is not None:
            found[pk] = read
    return found


def _snapshot(rests_on: str, belief: str, barrier: str, choice: str | None) -> Snapshot | None:
    """None where another version stored it."""
    try:
        return Snapshot(
            assessment=Assessment(belief=_read(Belief, belief), barrier=_read(BarrierBelief, barrier)),
            choice=None if choice is None else _read(Choice, choice),
            rests_on=rests_on,
        )
    except Outdated:
        return None


@lru_cache(maxsize=3 * _REMEMBERED)
def _read(kind: type[Any], sealed: str) -> Any:
    """A sealed text is never sealed to the same bytes twice, so that it names what it holds."""
    return from_stored(kind, unsealed_json(sealed))
