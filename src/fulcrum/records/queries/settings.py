"""What the settings show: who is here, who is named for whom, and what was done."""

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor, NotThere, files_open_to
from fulcrum.records.models import Audit, Executive, Member, Reader, Role

A_PAGE = 50


@value
class Seat:
    """A member as the settings show them; `named_for` is told to those who keep the workspace."""

    member: Member
    role: str
    is_you: bool
    named_for: tuple[str, ...] = ()


def seats(actor: Actor) -> tuple[Seat, ...]:
    """The members, those who left last."""
    found = Member.objects.select_related("user", "is_executive").filter(workspace=actor.workspace)
    return tuple(
        Seat(
            member=one,
            role=Role(one.role).label,
            is_you=one.pk == actor.member.pk,
            named_for=_named_for(actor, one) if actor.may(Act.KEEP) else (),
        )
        for one in found.order_by("-is_active", "name")
    )


def member_of(actor: Actor, key: int) -> Member:
    """One member of the workspace who has not left."""
    found = Member.objects.filter(workspace=actor.workspace, is_active=True, pk=key).first()
    if found is None:
        raise NotThere
    return found


def deeds_seen_by(actor: Actor, *, by: str = "", kind: str = "") -> QuerySet[Audit]:
    """What was done, newest first; a deed about an executive only where their file is open."""
    open_files = files_open_to(actor).values("pk")
    found = Audit.objects.select_related("member", "executive").filter(
        Q(executive=None) | Q(executive__in=open_files), workspace=actor.workspace
    )
    if by.isdecimal() and len(by) < 12:
        found = found.filter(member_id=int(by))
    if kind.isidentifier():
        found = found.filter(action__startswith=f"{kind}.")
    return found


def page_of(found: QuerySet[Audit], number: str) -> Page[Audit]:
    """One page of it; the nearest there is."""
    return Paginator(found, A_PAGE).get_page(number)


def kinds_of(actor: Actor) -> tuple[str, ...]:
    """The kinds of deeds that this actor may see, by name."""
    actions = deeds_seen_by(actor).order_by("action").values_list("action", flat=True).distinct()
    return tuple(dict.fromkeys(action.partition(".")[0] for action in actions))


def others(actor: Actor) -> QuerySet[Executive]:
    """The executives, without the one whom this actor is."""
    found = Executive.objects.filter(workspace=actor.workspace)
    themselves = actor.member.is_executive_id
    return found if themselves is None else found.exclude(pk=themselves)


def _named_for(actor: Actor, member: Member) -> tuple[str, ...]:
    found = Reader.objects.filter(member=member, executive__in=others(actor)).order_by("executive__id")
    return tuple(found.values_list("executive__name", flat=True))
