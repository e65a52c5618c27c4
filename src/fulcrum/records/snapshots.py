"""The snapshots that still hold, unsealed and read once in a process however often they are asked for."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from fulcrum.core.errors import Outdated
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.stored import from_stored
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.remembered import remembered
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
    found = {}
    columns = ("rests_on", *_sealed("belief", "barrier", "choice"))
    for pk, (rests_on, belief, barrier, choice) in _holding(executives, as_of, version, columns):
        with suppress(Outdated):
            found[pk] = Snapshot(
                assessment=Assessment(belief=_read(Belief, belief), barrier=_read(BarrierBelief, barrier)),
                choice=None if choice is None else _read(Choice, choice),
                rests_on=rests_on,
            )
    return found


def kept_beliefs(
    executives: Mapping[int, models.Executive], *, as_of: date, version: str
) -> dict[int, Belief]:
    """The beliefs alone, which long lists show."""
    found = {}
    for pk, (belief,) in _holding(executives, as_of, version, _sealed("belief")):
        with suppress(Outdated):
            found[pk] = _read(Belief, belief)
    return found


def _holding(
    executives: Mapping[int, models.Executive], as_of: date, version: str, columns: tuple[Any, ...]
) -> Iterator[tuple[int, list[Any]]]:
    """These columns of the rows that were made on that day, by that version, of the files as they are."""
    if not executives:
        return
    rows = models.Standing.objects.filter(executive__in=list(executives), as_of=as_of, version=version)
    for pk, file_version, *held in rows.values_list("executive_id", "file_version", *columns):
        if file_version == executives[pk].file_version:
            yield pk, held


def _sealed(*names: str) -> tuple[Cast, ...]:
    """Sealed columns as they lie in the database, to be unsealed once."""
    return tuple(Cast(name, TextField()) for name in names)


@remembered(most=3 * _REMEMBERED)
def _read(kind: type[Any], sealed: str) -> Any:
    """A sealed text is never sealed to the same bytes twice, so that it names what it holds."""
    return from_stored(kind, unsealed_json(sealed))
