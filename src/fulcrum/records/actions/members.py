"""The people of a workspace: added, given another role, linked to the executive they are, and let go."""

from typing import Any

from django.utils import timezone

from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import deed
from fulcrum.records.actions.workspace import name_of
from fulcrum.records.models import Executive, Member, PrivateNote, Reader, Role, ShareLink, Subscription
from fulcrum.records.taking import UNFIT, Invalid, is_unfit

_LAST_OWNER = "A workspace needs an owner. Make somebody else owner first."


def add_member(actor: Actor, *, user: Any, role: str, name: str = "") -> Member:
    """A place in the workspace for a user; who left before comes back, named for nobody."""
    _known(role)
    if is_unfit(name):
        raise Invalid({"name": UNFIT})
    called = name.strip()[:200] or name_of(user)
    with deed(actor, Act.KEEP, "member.add", f"Added {called} as {Role(role).label.lower()}."):
        member, is_new = Member.objects.get_or_create(
            workspace=actor.workspace, user=user, defaults={"name": called, "role": role}
        )
        if not is_new and member.is_active:
            raise Invalid({"user": f"{member.name} is a member already."})
        if not is_new:
            _write(member, name=called, role=role, is_active=True)
    return member


def change_role(actor: Actor, member: Member, *, role: str) -> None:
    """Another role, from now on."""
    _known(role)
    _here(actor, member)
    said = f"{member.name} is now {Role(role).label.lower()}."
    with deed(actor, Act.KEEP, "member.role", said):
        member.refresh_from_db()
        if role != Role.OWNER:
            _not_the_last_owner(member)
        _write(member, role=role)


def end_membership(actor: Actor, member: Member) -> None:
    """Close the workspace to a member at once, and the links they gave to guests; they stay the author."""
    _here(actor, member)
    with deed(actor, Act.KEEP, "member.end", f"{member.name} left."):
        member.refresh_from_db()
        _not_the_last_owner(member)
        Reader.objects.filter(member=member).delete()
        PrivateNote.named.through.objects.filter(member=member).delete()
        Subscription.objects.filter(member=member).delete()
        ShareLink.objects.filter(made_by=member, closed_at=None).update(closed_at=timezone.now())
        _write(member, is_active=False)


def link_member_to_executive(actor: Actor, member: Member, *, executive: Executive | None) -> None:
    """Say which executive a member is, or that they are none; their own file closes to them at once."""
    _here(actor, member)
    if executive is not None and executive.workspace_id != actor.workspace.pk:
        raise NotThere
    who = "no executive" if executive is None else executive.name
    with deed(actor, Act.KEEP, "member.link", f"{member.name} is {who}."):
        if executive is not None:
            Reader.objects.filter(member=member, executive=executive).delete()
            PrivateNote.named.through.objects.filter(member=member, privatenote__executive=executive).delete()
            Subscription.objects.filter(member=member).delete()
        _write(member, is_executive=executive)


def _write(member: Member, **columns: Any) -> None:
    for name, to in columns.items():
        setattr(member, name, to)
    member.save(update_fields=list(columns))


def _known(role: str) -> None:
    if role not in Role.values:
        raise Invalid({"role": f"There is no such role. Choose from {', '.join(Role.values)}."})


def _here(actor: Actor, member: Member) -> None:
    if member.workspace_id != actor.workspace.pk:
        raise NotThere


def _not_the_last_owner(member: Member) -> None:
    owners = Member.objects.filter(workspace=member.workspace_id, role=Role.OWNER, is_active=True)
    if member.role == Role.OWNER and member.is_active and not owners.exclude(pk=member.pk).exists():
        raise Invalid({"member": _LAST_OWNER})
