"""Who may see and do what: the one place where that is decided.

Two rules. A *role* says which kinds of deed a member may do in their workspace. The *file* of an executive
(observations, reactions, motivators, influence, asks, moves, standing) is seen by those named for that
executive, and each row by its author; never by the person assessed, whatever their role; a private note only
by its author and, until it is taken back, those whom the author names. What one may not see does not exist:
doors answer 404.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import Http404

from fulcrum.core.errors import FulcrumError
from fulcrum.core.value import value
from fulcrum.records.models.workspace import Role

if TYPE_CHECKING:
    from django.db.models import Model

    from fulcrum.records.models import Executive, Member, Workspace


class Refused(FulcrumError):
    """A deed that the role does not allow."""


class NotThere(FulcrumError, Http404):
    """What is not there for this actor; the answer says no more, whether it exists or not."""

    def __init__(self) -> None:
        super().__init__("There is nothing here under this name.")


class Act(StrEnum):
    """A kind of deed."""

    READ = "read the workspace"
    WRITE = "change what the team keeps"
    ASSUME = "state assumptions of the case"
    KEEP = "keep members, playbook and data"


MAY: dict[str, frozenset[Act]] = {
    Role.OWNER: frozenset(Act),
    Role.EDITOR: frozenset({Act.READ, Act.WRITE, Act.ASSUME}),
    Role.FINANCE: frozenset({Act.READ, Act.ASSUME}),
    Role.VIEWER: frozenset({Act.READ}),
}


@value
class Actor:
    """Somebody in a workspace. Made for an active member only; everyone else has no actor."""

    member: "Member"

    @property
    def workspace(self) -> "Workspace":
        """Where they are."""
        return self.member.workspace

    def may(self, act: Act) -> bool:
        """Whether their role allows it."""
        return act in MAY[self.member.role]

    def must(self, act: Act) -> None:
        """Raise `Refused` unless their role allows it."""
        if not self.may(act):
            role = Role(self.member.role).label.lower()
            raise Refused(f"You are here as {role}: to {act.value} is not part of it. Ask an owner.")

    def still_must(self, act: Act) -> None:
        """The same with the role and the person's links as they are at this moment."""
        self.member.refresh_from_db(fields=("role", "is_active", "is_executive"))
        if not self.member.is_active:
            raise Refused("You are no longer a member of this workspace.")
        self.must(act)


def actor_in(user: object, slug: str) -> Actor | None:
    """The actor that this user is in the workspace; None for strangers and for members who left."""
    from fulcrum.records.models import Member

    if not getattr(user, "is_authenticated", False):
        return None
    member = (
        Member.objects.select_related("workspace")
        .filter(user_id=user.pk, workspace__slug=slug, is_active=True, user__is_active=True)  # type: ignore[attr-defined]
        .first()
    )
    return None if member is None else Actor(member=member)


def workspaces_of(user: object) -> "QuerySet[Workspace]":
    """The workspaces where this user is an active member."""
    from fulcrum.records.models import Workspace

    if not getattr(user, "is_authenticated", False):
        return Workspace.objects.none()
    return Workspace.objects.filter(members__user_id=user.pk, members__is_active=True).order_by("name")  # type: ignore[attr-defined]


def files_open_to(actor: Actor) -> "QuerySet[Executive]":
    """The executives whose whole file this actor may see: those for whom they are named."""
    from fulcrum.records.models import Executive

    found = Executive.objects.filter(_in_place(actor, "")).filter(readers=actor.member)
    return found.annotate(opened_for=Value(actor.member.pk))


def is_open(actor: Actor, executive: "Executive") -> bool:
    """Whether the file of this executive is open to the actor."""
    return says_open(executive, actor) or files_open_to(actor).filter(pk=executive.pk).exists()


def must_be_open(actor: Actor, executive: "Executive") -> None:
    """Raise `NotThere` unless the file of this executive is open to the actor."""
    if not is_open(actor, executive):
        raise NotThere


def says_open(executive: "Executive", actor: Actor) -> bool:
    """Whether `files_open_to` gave this row to the actor, and nothing was written about them since."""
    return getattr(executive, "opened_for", None) == actor.member.pk


def whom(actor: Actor, executive: "Executive") -> None:
    """Raise `NotThere` unless `executive` is of the actor's workspace and not the actor themselves."""
    from fulcrum.records.models import Executive

    if not Executive.objects.filter(_in_place(actor, ""), pk=executive.pk).exists():
        raise NotThere


def may_see(actor: Actor, model: "type[Model]") -> Q:
    """The condition under which a row of a file is visible to this actor."""
    from fulcrum.records.models import PrivateNote, Reader

    in_place = _in_place(actor, "executive__")
    named_file = Q(Exists(Reader.objects.filter(member=actor.member, executive=OuterRef("executive"))))
    if model is PrivateNote:
        named = PrivateNote.named.through.objects.filter(member=actor.member).values("privatenote_id")
        return in_place & (Q(author=actor.member) | Q(pk__in=named, taken_back_at__isnull=True))
    if any(field.name == "author" for field in model._meta.get_fields()):
        return in_place & (Q(author=actor.member) | named_file)
    return in_place & named_file


def _in_place(actor: Actor, executive: str) -> Q:
    """In the actor's workspace, and not about the actor."""
    here = Q(**{f"{executive}workspace_id": actor.member.workspace_id})
    themselves = actor.member.is_executive_id
    return here if themselves is None else here & ~Q(**{f"{executive}pk": themselves})
