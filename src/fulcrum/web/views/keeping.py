"""Keeping and letting go: backups, and erasing a person or the whole workspace."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings as desk
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core.wording import byte_size
from fulcrum.records.access import Act, NotThere, files_open_to
from fulcrum.records.actions import backups, privacy
from fulcrum.records.models import Executive
from fulcrum.records.queries.jobs import under_way
from fulcrum.records.queries.settings import others
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Form, answered
from fulcrum.web.forms.settings import sure
from fulcrum.web.pages import Asked, page


def keep_backups(request: Asked) -> HttpResponse:
    """Those there are; on POST one more is made."""
    if request.method == "POST":
        job = backups.ask_for_backup(request.actor)
        return redirect("job", slug=request.actor.workspace.slug, key=job.pk)
    context = {
        "here": "settings",
        "part": "keep_backups",
        "backups": [(one, byte_size(one.size)) for one in backups.kept_backups(request.actor)],
        "folder": backups.backups_folder(),
        "key_file": desk.FULCRUM_KEY_FILE,
        "most": backups.KEPT,
        "job": under_way(request.actor, "backup"),
    }
    return render(request, "settings/backups.html", context)


def take_backup(request: Asked, name: str) -> Any:
    """One of them as a file."""
    file = backups.backup_to_take(request.actor, name)
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)


def erase(request: Asked) -> HttpResponse:
    """What can be erased, and what is left then."""
    context = {
        "here": "settings",
        "part": "erase",
        "people": others(request.actor),
        "open": set(files_open_to(request.actor).values_list("pk", flat=True)),
        "backups": privacy.BACKUPS,
    }
    return render(request, "settings/erase.html", context)


def erase_person(request: Asked, key: str) -> HttpResponse:
    """One executive with all that is held on them, once their name is typed."""
    executive = _other(request, key)
    form = Form(
        title=f"Erase {executive.name}",
        lead="Their file, goals, notes, standing and briefs are deleted for good. This cannot be undone.",
        fields=(sure("name", executive.name),),
        button="Erase for good",
        back=_to(request, "erase"),
        here="settings",
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        if entered["name"].strip() != executive.name.strip():
            raise Invalid({"name": f"Type the name as it stands: {executive.name}"})
        erased = privacy.erase_person(request.actor, executive)
        context = {"here": "settings", "part": "erase", "erased": erased}
        return render(request, "settings/erased.html", context)

    return answered(request, form, None, save)


def erase_workspace(request: Asked) -> HttpResponse:
    """The whole workspace with its files, once its name is typed."""
    place = request.actor.workspace
    form = Form(
        title=f"Erase all of {place.name}",
        lead="Executives, evidence, briefs, exports and members of this workspace are deleted for good.",
        fields=(sure("name", place.name),),
        button="Erase for good",
        back=_to(request, "erase"),
        here="settings",
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        erased = privacy.erase_workspace(request.actor, name=entered["name"])
        messages.success(request, f"{place.name} is erased. {erased.remains}")
        return redirect("home")

    return answered(request, form, None, save)


def _other(request: Asked, key: str) -> Executive:
    found = others(request.actor).filter(key=key).first()
    if found is None:
        raise NotThere
    return found


def _to(request: Asked, name: str) -> str:
    return reverse(name, kwargs={"slug": request.actor.workspace.slug})


_KEEP: dict[str, Any] = {"reads": Act.KEEP, "writes": Act.KEEP}
urlpatterns = [
    page("backups/", keep_backups, name="keep_backups", **_KEEP),
    page("backups/<str:name>/", take_backup, name="take_backup", reads=Act.KEEP),
    page("erase/", erase, name="erase", reads=Act.KEEP),
    page("erase/workspace/", erase_workspace, name="erase_workspace", **_KEEP),
    page("erase/person/<str:key>/", erase_person, name="erase_person", **_KEEP),
]
