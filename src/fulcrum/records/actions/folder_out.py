"""A workspace becomes a company folder again: as much of it as the person who asks may see."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from fulcrum import from_words, workflow
from fulcrum.core.errors import DataProblems, WrongUse
from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor, files_open_to
from fulcrum.records.actions.deed import deed
from fulcrum.records.folders import folder_of
from fulcrum.records.queries.company import company_as_seen
from fulcrum.records.trees import copy_folders, unfit_in


@value
class Exported:
    """What was written, and what was not: executives whose file is closed to the person, and their rows."""

    folder: Path
    left_out: tuple[str, ...]
    rows_left_out: int

    def __str__(self) -> str:
        if not self.left_out:
            return f"Everything was written to {self.folder}."
        files = "the file" if len(self.left_out) == 1 else "the files"
        return (
            f"Written to {self.folder} WITHOUT {files} of {', '.join(self.left_out)} "
            f"({self.rows_left_out} rows): you are not named for them. Ask somebody who is to export too."
        )


def export_folder(actor: Actor, folder: Path) -> Exported:
    """Write the workspace as a company folder that reads back as the same company; never over anything.

    Private notes, briefs and the audit are no part of a company folder. Rows that were taken back stay away.
    """
    actor.must(Act.KEEP)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} holds something already; choose a new folder.")
    held = folder_of(actor.workspace)
    if unfit := unfit_in(held):
        raise DataProblems(unfit)
    company, left_out, rows = company_as_seen(actor, today=timezone.localdate())
    aside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        workflow.write_company(company, aside)
        copy_folders(held, aside, but=_closed_words(actor) if left_out else lambda _: False)
        with deed(actor, Act.KEEP, "workspace.export", _said(left_out)):
            if folder.exists():
                folder.rmdir()
            aside.rename(folder)
    except OSError as error:
        raise WrongUse(f"{folder} cannot be written: {error.strerror}. Choose another place.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Exported(folder=folder, left_out=left_out, rows_left_out=rows)


def _closed_words(actor: Actor) -> Callable[[Path], bool]:
    """Which texts in words/ stay behind: all that are not named for somebody whose file is open."""
    opened = set(files_open_to(actor).values_list("key", flat=True))
    return lambda place: place.parts[0] == "words" and from_words.whose(place.name) not in opened


def _said(left_out: tuple[str, ...]) -> str:
    missing = f", without {len(left_out)} files that are closed to them" if left_out else ""
    return f"Exported the workspace as a company folder{missing}."
