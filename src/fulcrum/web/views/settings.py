"""Settings: the facts of the workspace, its members, and what was done."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings as desk
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core import wording
from fulcrum.core.quantities import Money
from fulcrum.records.access import Act
from fulcrum.records.actions import accounts, members
from fulcrum.records.actions.workspace import change_workspace
from fulcrum.records.models import Workspace
from fulcrum.records.queries.settings import deeds_seen_by, kinds_of, member_of, page_of, seats
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.forms import settings as forms
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import keeping, notices, own_playbook


def settings(request: Asked) -> HttpResponse:
    """The facts, and the way to everything else."""
    place = request.actor.workspace
    budget = (
        None if place.budget is None else wording.money(Money(amount=place.budget, currency=place.currency))
    )
    hours = None if place.hours_per_week is None else f"{place.hours_per_week:g}"
    context = {"here": "settings", "part": "settings", "place": place, "budget": budget, "hours": hours}
    return render(request, "settings/facts.html", context)


def change_facts(request: Asked) -> HttpResponse:
    """Name, industry, currency, hours, budget, contact, day."""
    row = Workspace.objects.get(pk=request.actor.workspace.pk)
    form = Form(
        title="The company",
        lead="What every page and every brief starts from.",
        fields=forms.FACTS,
        button="Save",
        back=_to(request, "settings"),
        here="settings",
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        change_workspace(request.actor, seen_version=seen_version(request), **forms.facts_of(entered))
        return _said(request, "Saved.", "settings")

    return answered(request, form, row, save)


def all_members(request: Asked) -> HttpResponse:
    """Who is here, and as what."""
    context = {"here": "settings", "part": "members", "seats": seats(request.actor)}
    return render(request, "settings/members.html", context)


def add_member(request: Asked) -> HttpResponse:
    """One more, by e-mail."""
    form = Form(
        title="Add somebody",
        lead="They see the files of those executives for whom they are named, and no other.",
        fields=forms.NEW_MEMBER,
        button="Add",
        back=_to(request, "members"),
        here="settings",
        start={"role": "editor"},
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        user = accounts.account_for(request.actor, entered["email"], name=entered["name"])
        members.add_member(request.actor, user=user, role=entered["role"], name=entered["name"])
        return _said(request, _how_they_come_in(user), "members")

    return answered(request, form, None, save)


def change_member(request: Asked, key: int) -> HttpResponse:
    """Another role, or the executive whom they are."""
    member = member_of(request.actor, key)
    people = {str(one.pk): one for one in request.actor.workspace.executives.all()}
    form = Form(
        title=member.name,
        lead=member.user.email,
        fields=forms.member_fields(people.values()),
        button="Save",
        back=_to(request, "members"),
        here="settings",
        start={"role": member.role, "executive": str(member.is_executive_id or "")},
    )

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        chosen = people.get(entered["executive"])
        if entered["role"] != member.role:
            members.change_role(request.actor, member, role=entered["role"])
        if (chosen.pk if chosen else None) != member.is_executive_id:
            members.link_member_to_executive(request.actor, member, executive=chosen)
        return _said(request, "Saved.", "members")

    return answered(request, form, None, save)


def end_member(request: Asked, key: int) -> HttpResponse:
    """Close the workspace to somebody at once, after asking."""
    member = member_of(request.actor, key)
    form = Form(
        title=f"Let go of {member.name}?",
        lead="The workspace closes to them with their next request. What they wrote stays; for whom they "
        "were named is forgotten.",
        fields=(),
        button="Let go",
        back=_to(request, "members"),
        here="settings",
    )

    def save(_: Mapping[str, Any]) -> HttpResponse:
        members.end_membership(request.actor, member)
        return _said(request, f"{member.name} has no place here any more.", "members")

    return answered(request, form, None, save)


def audit(request: Asked) -> HttpResponse:
    """What was done, by whom; filtered and paged."""
    by, kind = request.GET.get("by", ""), request.GET.get("kind", "")
    found = deeds_seen_by(request.actor, by=by, kind=kind)
    context = {
        "here": "settings",
        "part": "audit",
        "pages": page_of(found, request.GET.get("page", "1")),
        "seats": seats(request.actor),
        "kinds": kinds_of(request.actor),
        "by": by,
        "kind": kind,
    }
    return render(request, "settings/audit.html", context)


def _how_they_come_in(user: Any) -> str:
    if not desk.FULCRUM_OPEN:
        return f"{user.email} has a place here. This desk is open to this machine alone so far."
    if user.has_usable_password():
        return f"{user.email} has a place here, and signs in as before."
    return f"{user.email} has a place here. When signing in they choose a password: “Forgot your password?”"


def _said(request: Asked, sentence: str, to: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(_to(request, to))


def _to(request: Asked, name: str) -> str:
    return reverse(name, kwargs={"slug": request.actor.workspace.slug})


_KEEP: dict[str, Any] = {"reads": Act.KEEP, "writes": Act.KEEP}
urlpatterns = [
    page("", settings, name="settings", reads=Act.READ),
    page("facts/", change_facts, name="change_facts", **_KEEP),
    page("members/", all_members, name="members", reads=Act.READ),
    page("members/add/", add_member, name="add_member", **_KEEP),
    page("members/<int:key>/", change_member, name="change_member", **_KEEP),
    page("members/<int:key>/end/", end_member, name="end_member", **_KEEP),
    page("audit/", audit, name="audit", reads=Act.READ),
    *own_playbook.urlpatterns,
    *notices.urlpatterns,
    *keeping.urlpatterns,
]
