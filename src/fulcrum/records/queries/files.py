"""The files of executives as they lie in the records, each state of a file read once in a process."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.remembered import Remembered
from fulcrum.records.rows import OF_FILES, value_of


@value
class File:
    """One state of one file, by field of `Company`: all rows, those taken back among them, and what stands.

    Pages at work at once share it: nothing of it is changed in place.
    """

    rows: Mapping[str, tuple[Any, ...]]
    standing: Mapping[str, tuple[Any, ...]]


_read_once = Remembered[File](1_000)


def read_files(executives: Iterable[models.Executive], workspace: models.Workspace) -> dict[int, File]:
    """The files as of the rows given or newer, by row id; whoever asks has seen to it that they are open."""
    people = {one.pk: _bare(one) for one in executives}
    keys = {pk: (workspace.pk, workspace.made_at, pk, one.file_version) for pk, one in people.items()}
    return _read_once.each(keys, lambda missing: _read({pk: people[pk] for pk in missing}))


def _bare(executive: models.Executive) -> models.Executive:
    """The row without what was put to it for one request: who may open the file is not remembered."""
    columns = [field.attname for field in models.Executive._meta.concrete_fields]
    return models.Executive(**{name: getattr(executive, name) for name in columns})


def _read(executives: Mapping[int, models.Executive]) -> dict[int, File]:
    rows = {field: _rows(model, executives) for field, _, model in OF_FILES}
    return {
        pk: File(
            rows={field: tuple(rows[field][pk]) for field, _, _ in OF_FILES},
            standing={
                field: tuple(value_of(row, kind) for row in rows[field][pk] if row.taken_back_at is None)
                for field, kind, _ in OF_FILES
            },
        )
        for pk in executives
    }


def _rows(model: type[Any], executives: Mapping[int, models.Executive]) -> dict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    rows = model.objects.filter(executive__in=list(executives)).order_by("id")
    for row in rows.select_related("listened_to") if model is models.Influence else rows:
        row.executive = executives[row.executive_id]
        found[row.executive_id].append(row)
    return found
