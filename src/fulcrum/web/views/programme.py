"""What the team keeps for its levers: stories, wins and the like, noted, changed, removed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core import wording
from fulcrum.core.quantities import Money
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.actions import programme as deeds
from fulcrum.records.folders import playbook_of
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.forms.programme import KINDS, Kind, fields_of
from fulcrum.web.pages import Asked, page
from fulcrum.web.views.vision import urlpatterns as vision_urls

A_PAGE = 50


def rows(request: Asked, kind: str) -> HttpResponse:
    """Every row of one kind, the newest first."""
    known = _kind(kind)
    found = known.model.objects.filter(workspace=request.actor.workspace).order_by("-id")
    if known.model is models.Story:
        found = found.standing()
    pages = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(request, known, row) for row in pages]
    return render(
        request, "levers/rows.html", {"here": "levers", "kind": known, "pages": pages, "rows": shown}
    )


def add(request: Asked, kind: str) -> HttpResponse:
    """Note a row."""
    known = _kind(kind)
    today = request.actor.workspace.today.isoformat()
    start = {"date": today, "made_on": today}
    form = _form(request, known, None, title=f"Note {known.one}", start=start)

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        known.note(request.actor, **entered)
        messages.success(request, "Noted.")
        return redirect(form.back)

    return answered(request, form, None, save)


def change(request: Asked, kind: str, row: int) -> HttpResponse:
    """Change what a row says; a changed story is approved anew."""
    known, found = _kind(kind), _row(request, kind, row)
    form = _form(request, known, found, title=f"Change {known.one}")

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        deeds.change_row(request.actor, found, seen_version=seen_version(request), **entered)
        messages.success(request, "Saved.")
        return redirect(form.back)

    return answered(request, form, found, save)


def remove(request: Asked, kind: str, row: int) -> HttpResponse:
    """Ask first; on POST the row is gone."""
    known, found = _kind(kind), _row(request, kind, row)
    if request.method != "POST":
        shown = _shown(request, known, found)
        return render(request, "levers/remove.html", {"here": "levers", "kind": known, "row": shown})
    deeds.remove_row(request.actor, found)
    messages.success(request, "Removed. Briefs that were kept still say it.")
    return redirect(_list(request, known))


def _form(
    request: Asked, kind: Kind, row: Any, *, title: str, start: Mapping[str, Any] | None = None
) -> Form:
    workspace = request.actor.workspace
    if isinstance(row, models.Story):
        row.checked = ()  # type: ignore[attr-defined]  # it is said anew each time
    return Form(
        title=title,
        lead=kind.to_lever,
        fields=fields_of(kind, playbook_of(workspace), workspace.currency, row),
        button="Approve and save" if kind.key == "stories" else "Save",
        back=_list(request, kind),
        here="levers",
        start=start,
    )


def _shown(request: Asked, kind: Kind, row: Any) -> dict[str, Any]:
    days = (getattr(row, name, None) for name in ("date", "approved_on", "made_on", "proven_on"))
    return {
        "pk": row.pk,
        "on": next((day for day in days if day is not None), None),
        "what": _words(request, row, kind.says),
        "details": [said for name in kind.details if (said := _words(request, row, name))],
        "is_quote": kind.key == "stories",
    }


def _words(request: Asked, row: Any, name: str) -> str:
    held, workspace = getattr(row, name), request.actor.workspace
    if held is None:
        return ""
    if name == "amount":
        return wording.money(Money(amount=held, currency=workspace.currency))
    if name == "mechanism":
        return next((str(one.name) for one in playbook_of(workspace).mechanisms if one.id == held), str(held))
    if name in ("kind", "state"):
        return str(held).capitalize()
    return f"Approved by {held}" if name == "approved_by" else str(held)


def _list(request: Asked, kind: Kind) -> str:
    return reverse("programme", kwargs={"slug": request.actor.workspace.slug, "kind": kind.key})


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _row(request: Asked, kind: str, row: int) -> Any:
    found = _kind(kind).model.objects.filter(workspace=request.actor.workspace, pk=row).first()
    if found is None:
        raise Http404
    return found


WRITE: dict[str, Any] = {"reads": Act.WRITE, "writes": Act.WRITE}
urlpatterns = [
    *vision_urls,
    page("<str:kind>/", rows, name="programme", reads=Act.READ),
    page("<str:kind>/add/", add, name="programme_add", **WRITE),
    page("<str:kind>/<int:row>/", change, name="programme_change", **WRITE),
    page("<str:kind>/<int:row>/remove/", remove, name="programme_remove", **WRITE),
]
