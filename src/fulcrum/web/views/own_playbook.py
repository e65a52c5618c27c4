"""The company's own playbook: seen, taken over once it is checked, downloaded, taken away."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.core.wording import byte_size, many
from fulcrum.records.access import Act
from fulcrum.records.actions import own_playbook as deeds
from fulcrum.web.pages import Asked, page


def own_playbook(request: Asked) -> HttpResponse:
    """The company's own files; on POST one more, or a ZIP in the place of all."""
    if request.method != "POST":
        return _page(request)
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, mistake="Choose a .toml file, or a .zip of them.", status=422)
    try:
        if (sent.size or 0) > deeds.MOST_BYTES:
            raise WrongUse(f"{sent.name} is too large for a playbook.")
        notes = deeds.put_playbook(request.actor, name=sent.name or "", content=sent.read())
    except WrongUse as error:
        return _page(request, mistake=str(error), status=422)
    except DataProblems as error:
        return _page(request, problems=error.problems, status=422)
    more = f" {many(len(notes), 'note')} on it below." if notes else ""
    messages.success(request, f"Checked, and used from now on.{more}")
    return redirect("own_playbook", slug=request.actor.workspace.slug)


def download(request: Asked) -> HttpResponse:
    """All of it as a ZIP."""
    response = HttpResponse(deeds.packed_playbook(request.actor), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="playbook.zip"'
    return response


def remove(request: Asked) -> HttpResponse:
    """One file, or all."""
    try:
        deeds.remove_playbook(request.actor, place=request.POST.get("place", ""))
    except DataProblems as error:
        return _page(request, problems=error.problems, status=422)
    messages.success(request, "Taken away.")
    return redirect("own_playbook", slug=request.actor.workspace.slug)


def _page(
    request: Asked, *, mistake: str = "", problems: Sequence[Problem] = (), status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "settings",
        "part": "own_playbook",
        "files": [
            (name, byte_size(len(text.encode()))) for name, text in deeds.own_playbook(request.actor).items()
        ],
        "mistake": mistake,
        "problems": problems,
    }
    return render(request, "settings/own_playbook.html", context, status=status)


urlpatterns = [
    page("playbook/", own_playbook, name="own_playbook", reads=Act.READ, writes=Act.KEEP),
    page("playbook/download/", download, name="download_playbook", reads=Act.READ),
    page("playbook/remove/", remove, name="remove_playbook", writes=Act.KEEP),
]
