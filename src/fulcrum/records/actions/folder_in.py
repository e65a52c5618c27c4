"""A company folder becomes a workspace: all of it, or nothing and every Problem."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fulcrum import workflow
from fulcrum.core.company import Company
from fulcrum.core.errors import DataProblems, Problem
from fulcrum.core.value import value
from fulcrum.evidence.intake.mapping_file import NAME as MAPPING
from fulcrum.evidence.intake.mapping_file import exports_in
from fulcrum.evidence.pilots.file import designs_in
from fulcrum.evidence.pilots.registered import read_registration
from fulcrum.folder.company_file import FILE, read_company_file
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions.pilots import keep_registration
from fulcrum.records.actions.workspace import make_workspace
from fulcrum.records.folders import folder_of
from fulcrum.records.rows import OF_EXECUTIVES, OF_FILES, OF_PROGRAMME, columns_of
from fulcrum.records.taking import LARGEST, UNFIT, is_unfit
from fulcrum.records.trees import copy_folders, fingerprint, unfit_in
from fulcrum.records.vision import kept_vision

_AT_ONCE = 500


@value
class Imported:
    """The new workspace's owner, what is doubtful about the folder, and the day it is pinned to, if one."""

    actor: Actor
    problems: tuple[Problem, ...]
    as_of: date | None


def import_folder(user: Any, folder: Path, *, name: str = "") -> Imported:
    """A new workspace from a company folder; `user` becomes its owner, named for every executive.

    Raises `DataProblems` where anything in the folder is an error; nothing is stored then. `name` replaces
    the company's own. The workspace looks from the day that `company.toml` names, else from today.
    """
    opened = workflow.open_workspace(folder, today=timezone.localdate())
    company = replace(opened.company, name=name.strip() or opened.company.name)
    if unfit := (*unfit_in(folder), *_unstorable(company)):
        raise DataProblems((*unfit, *opened.problems))
    pinned, _ = read_company_file(folder, as_of=None, today=None)
    as_of = None if pinned is None else pinned.as_of
    aside = settings.FULCRUM_HOME / "workspaces" / f".import-{secrets.token_hex(8)}"
    aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside.mkdir(mode=0o700)
    place = aside
    try:
        copy_folders(folder, aside)
        with transaction.atomic():
            actor = make_workspace(user, company, said="Started the workspace from a company folder.")
            _fill(actor, company, as_of)
            _note_data(actor, aside / "data")
            _note_pilots(actor, aside / "pilots")
            place = aside.rename(folder_of(actor.workspace))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return Imported(actor=actor, problems=opened.problems, as_of=as_of)


def _fill(actor: Actor, company: Company, as_of: date | None) -> None:
    """The rows of the company, in its order."""
    workspace, member = actor.workspace, actor.member
    workspace.as_of, workspace.vision = as_of, kept_vision(company.vision)
    workspace.save(update_fields=["as_of", "vision"])
    if company.vision is not None:
        models.VisionVersion.objects.create(workspace=workspace, stated=workspace.vision, made_by=member)
    people = models.Executive.objects.bulk_create(
        [models.Executive(workspace=workspace, **columns_of(one, {})) for one in company.executives]
    )
    by_key = {one.key: one for one in people}
    models.Reader.objects.bulk_create(
        [models.Reader(executive=one, member=member, named_by=member) for one in people]
    )
    for field, _, model in OF_FILES:
        _rows(model, getattr(company, field), by_key, author=member)
    for field, _, model in OF_EXECUTIVES:
        _rows(model, getattr(company, field), by_key)
    for field, _, model in OF_PROGRAMME:
        _rows(model, getattr(company, field), by_key, workspace=workspace)


def _rows(model: Any, values: tuple[Any, ...], people: dict[str, models.Executive], **also: Any) -> None:
    rows = [model(**columns_of(one, people), **also) for one in values]
    model.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _note_data(actor: Actor, data: Path) -> None:
    """What is known of each export, and the mapping that counts."""
    models.Dataset.objects.bulk_create(
        [
            models.Dataset(
                workspace=actor.workspace,
                name=file.name,
                size=file.stat().st_size,
                sha256=fingerprint(file),
                uploaded_by=actor.member,
            )
            for file in exports_in(data)
        ]
    )
    mapping = data / MAPPING
    if mapping.is_file():
        text = mapping.read_text(encoding="utf-8-sig", errors="replace")
        models.MappingVersion.objects.create(workspace=actor.workspace, text=text, saved_by=actor.member)


def _note_pilots(actor: Actor, pilots: Path) -> None:
    """The registrations of pilots as rows, so that their files cannot be exchanged unseen from now on."""
    for path in designs_in(pilots):
        made, _ = read_registration(path)
        if made is not None:
            keep_registration(actor, path.stem, made)


def _unstorable(company: Company) -> Iterator[Problem]:
    """What a file may hold and no database keeps: NUL in a text, a count beyond 64 bits."""
    for field in fields(company):
        held = getattr(company, field.name)
        if any(is_unfit(text) for text in _texts(held)):
            yield Problem(file=_file_of(field.name), what=UNFIT, remedy="", code="unfit")
    for initiative in company.initiatives:
        if initiative.reach > LARGEST:
            yield Problem(
                file=FILE,
                path="programme.initiatives.reach",
                what=f"“{initiative.name}” would reach more customers than there are people.",
                remedy="Correct the number.",
                code="unfit",
            )


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, tuple):
        for one in held:
            yield from _texts(one)
    elif is_dataclass(held) and not isinstance(held, type):
        for field in fields(held):
            yield from _texts(getattr(held, field.name))


def _file_of(field: str) -> str:
    from fulcrum.folder.tables import TABLES

    named = {table.field: table.file for table in TABLES}
    return named.get(field, "vision.toml" if field == "vision" else FILE)
