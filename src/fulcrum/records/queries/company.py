"""The `Company` value from the tables: whole for evidence and briefs, or as much as one executive needs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fulcrum.core import company as core
from fulcrum.core import people
from fulcrum.records import models
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.queries.files import read_files
from fulcrum.records.queries.promises import promises_kept
from fulcrum.records.remembered import Remembered
from fulcrum.records.rows import OF_EXECUTIVES, OF_FILES, OF_PROGRAMME, value_of
from fulcrum.records.vision import vision_of

_programmes_read = Remembered[Mapping[str, tuple[Any, ...]]](20)


def company_of(workspace: models.Workspace, *, today: date) -> core.Company:
    """Everything that this workspace was told, in the order in which it was told."""
    executives = models.Executive.objects.filter(workspace=workspace)
    return head_of(
        workspace,
        today=today,
        executives=tuple(value_of(one, people.Executive) for one in executives),
        **{
            field: _values(model.objects.filter(executive__workspace=workspace).standing(), kind)
            for field, kind, model in OF_FILES
        },
        **{
            field: _values(model.objects.filter(executive__workspace=workspace), kind)
            for field, kind, model in OF_EXECUTIVES
        },
        **_programme(workspace),
    )


def company_as_seen(actor: Actor, *, today: date) -> tuple[core.Company, tuple[str, ...], int]:
    """The same without what is closed to this actor; whose files those are, and how many rows."""
    workspace = actor.workspace
    opened = set(files_open_to(actor).values_list("key", flat=True))
    whole = company_of(workspace, today=today)
    seen: dict[str, Any] = {
        field: _values(model.objects.visible_to(actor).standing(), kind) for field, kind, model in OF_FILES
    }
    seen["pulses"] = tuple(answer for answer in whole.pulses if answer.respondent in opened)
    closed = tuple(one.name for one in whole.executives if one.id not in opened)
    rows = sum(len(getattr(whole, field)) - len(kept) for field, kept in seen.items())
    return replace(whole, **seen), closed, rows


def files_around(executives: Collection[models.Executive], *, workspace: models.Workspace) -> core.Company:
    """As much as beliefs about these executives need: what is in their files."""
    return head_of(
        workspace,
        today=workspace.today,
        executives=tuple(value_of(one, people.Executive) for one in executives),
        **_files(executives, workspace),
    )


def company_around(
    executives: Collection[models.Executive],
    others: Collection[models.Executive],
    *,
    workspace: models.Workspace,
) -> core.Company:
    """As much as judging these executives needs: their files, and of others the asks (see `core.slices`)."""
    everyone = (*executives, *others)
    asks = _values(models.Ask.objects.filter(executive__in=everyone).standing(), core.Ask)
    kept = promises_kept(workspace, but_of=[one.pk for one in everyone])
    return head_of(
        workspace,
        today=workspace.today,
        executives=tuple(value_of(one, people.Executive) for one in everyone),
        **_files(executives, workspace) | {"asks": (*asks, *kept)},
        **{
            field: _values(model.objects.filter(executive__in=executives), kind)
            for field, kind, model in OF_EXECUTIVES
        },
        **programme_of(workspace),
    )


def head_of(workspace: models.Workspace, *, today: date, **tables: Any) -> core.Company:
    """What is known of the company itself, with as much of its tables as is given."""
    return core.Company(
        name=workspace.name,
        industry=workspace.industry,
        currency=workspace.currency,
        as_of=workspace.as_of or today,
        is_simulated=workspace.is_simulated,
        hours_per_week=workspace.hours_per_week,
        budget=workspace.budget,
        contact=workspace.contact,
        vision=vision_of(workspace.vision),
        **tables,
    )


def _files(executives: Iterable[models.Executive], workspace: models.Workspace) -> dict[str, tuple[Any, ...]]:
    """The files as of the rows given or newer, one after the other; without the rows that were taken back."""
    files = read_files(executives, workspace).values()
    return {field: tuple(each for file in files for each in file.standing[field]) for field, _, _ in OF_FILES}


def programme_of(workspace: models.Workspace) -> Mapping[str, tuple[Any, ...]]:
    """The programme as of `workspace.told` or newer, without the pulses: no choice rests on them."""
    keys = {workspace.pk: (workspace.pk, workspace.made_at, workspace.told)}
    without = ("pulse_rounds", "pulses")
    found = _programmes_read.each(keys, lambda _: {workspace.pk: _programme(workspace, without=without)})
    return found[workspace.pk]


def _programme(workspace: models.Workspace, *, without: Collection[str] = ()) -> dict[str, tuple[Any, ...]]:
    found = {
        field: (model.objects.filter(workspace=workspace), kind)
        for field, kind, model in OF_PROGRAMME
        if field not in without
    }
    stories, kind = found["stories"]
    found["stories"] = stories.standing(), kind
    return {field: tuple(value_of(row, kind) for row in rows) for field, (rows, kind) in found.items()}


def _values(rows: Any, kind: type[Any]) -> tuple[Any, ...]:
    related = ("executive", "listened_to") if kind is people.Influence else ("executive",)
    return tuple(value_of(row, kind) for row in rows.select_related(*related).order_by("id"))
