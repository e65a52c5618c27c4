"""Accounts, as whoever runs the desk keeps them: added, given a password, listed, ended.

Done at the machine and not in a workspace, so there is no actor; the audit says so.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fulcrum.core.errors import WrongUse
from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor
from fulcrum.records.models import Audit, Member, PrivateNote, Reader, Role, Subscription, Workspace
from fulcrum.records.taking import UNFIT, Invalid, is_unfit

LOCAL, YOU = "local", "You"  # the account of a desk without sign-in, and its name


@value
class Account:
    """One account with its places."""

    email: str
    is_active: bool
    has_password: bool
    places: tuple[str, ...]


def add_account(*, email: str, name: str = "", was_local: bool = False) -> User:
    """An account under this address; the one that is there already if there is one.

    `was_local`: the person who has used this desk without signing in, with all that they wrote.
    """
    address = _address(email)
    with transaction.atomic():
        user = _user(address)
        if user is None and was_local:
            user = get_user_model().objects.filter(username=LOCAL, email="").first()
        if user is None:
            user = get_user_model()(username=address)
            user.set_unusable_password()
        user.email, user.is_active = address, True
        user.first_name = name[:150] or user.first_name.replace(YOU, "")
        user.save()
        Member.objects.filter(user=user, name=YOU).update(name=_called(user)[:200])
        EmailAddress.objects.update_or_create(user=user, email=address, defaults=_KNOWN)
    return user


def local_account() -> User:
    """The account of whoever uses this machine's desk without signing in; made if it is not there yet."""
    user, is_new = get_user_model().objects.get_or_create(username=LOCAL, defaults={"first_name": YOU})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def account_for(actor: Actor, email: str, *, name: str = "") -> User:
    """The account under this address for somebody whom an owner invites: made when there is none."""
    actor.must(Act.KEEP)
    if is_unfit(name):
        raise Invalid({"name": UNFIT})
    try:
        address = _address(email)
    except WrongUse as error:
        raise Invalid({"email": str(error)}) from None
    user = _user(address)
    if user is not None and not user.is_active:
        ended = "This account was ended. Whoever runs the desk opens it again: fulcrum user add."
        raise Invalid({"email": ended})
    return user or add_account(email=address, name=name)


def place_in(user: User, *, slug: str, role: str) -> Member:
    """A place in a workspace, given at the machine."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        known = ", ".join(Workspace.objects.values_list("slug", flat=True)) or "none yet"
        raise WrongUse(f"There is no workspace “{slug}”; there is {known}.")
    if role not in Role.values:
        raise WrongUse(f"“{role}” is no role; choose from {', '.join(Role.values)}.")
    with transaction.atomic():
        member, _ = Member.objects.update_or_create(
            workspace=workspace,
            user=user,
            defaults={"role": role, "is_active": True},
            create_defaults={"role": role, "name": _called(user)},
        )
        _note(member, "member.add", f"{member.name} was made {Role(role).label.lower()} at the machine.")
    return member


def give_password(user: User, password: str) -> None:
    """Another password; every other session of theirs ends."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WrongUse(" ".join(error.messages)) from None
    user.set_password(password)
    user.save(update_fields=["password"])


def end_account(user: User) -> None:
    """Close the desk to somebody at once: no sign-in, no session, no place; what they wrote stays."""
    with transaction.atomic():
        for member in Member.objects.select_related("workspace").filter(user=user, is_active=True):
            _end_place(member)
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])


def account(email: str) -> User:
    """The account under this address."""
    user = _user(_address(email))
    if user is None:
        raise WrongUse(f"There is no account under {email}. `fulcrum user list` shows those there are.")
    return user


def accounts() -> tuple[Account, ...]:
    """Every account with its places, by address."""
    return tuple(
        Account(
            email=user.email or "(this machine, without signing in)",
            is_active=user.is_active,
            has_password=user.has_usable_password() and bool(user.password),
            places=tuple(
                f"{Role(one.role).label.lower()} of {one.workspace.slug}"
                for one in user.memberships.select_related("workspace").filter(is_active=True)
            ),
        )
        for user in get_user_model().objects.order_by("email")
    )


_KNOWN = {"verified": True, "primary": True}


def _end_place(member: Member) -> None:
    others = Member.objects.filter(workspace=member.workspace, role=Role.OWNER, is_active=True)
    if member.role == Role.OWNER and not others.exclude(pk=member.pk).exists():
        slug = member.workspace.slug
        raise WrongUse(f"They are the only owner of {slug}. First: fulcrum user add EMAIL --owner-of {slug}")
    Reader.objects.filter(member=member).delete()
    PrivateNote.named.through.objects.filter(member=member).delete()
    Subscription.objects.filter(member=member).delete()
    member.is_active = False
    member.save(update_fields=["is_active"])
    _note(member, "member.end", f"The account of {member.name} was ended at the machine.")


def _note(member: Member, action: str, said: str) -> None:
    Audit.objects.create(workspace=member.workspace, member=None, action=action, said=said)


def _user(address: str) -> User | None:
    return get_user_model().objects.filter(email__iexact=address).first()


def _address(email: str) -> str:
    address = email.strip().casefold()
    try:
        validate_email(address)
    except ValidationError:
        raise WrongUse(f"“{email}” is no e-mail address.") from None
    return address


def _called(user: Any) -> str:
    name: str = user.get_full_name() or user.email
    return name[:200]
