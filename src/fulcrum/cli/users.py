"""`fulcrum user add | password | list | end`: who may sign in."""

import getpass
import sys
from pathlib import Path

from fulcrum.cli import say
from fulcrum.cli.desk import open_desk, open_kept_desk
from fulcrum.core.errors import WrongUse


def run_add(
    home: Path | None, email: str, name: str, owner_of: str | None, place: tuple[str, str] | None, *, me: bool
) -> None:
    """Add an account, give it a place, and ask for its password."""
    open_desk(home)
    from fulcrum.records import tables
    from fulcrum.records.actions import accounts

    if tables.missing_steps() and not tables.are_there():
        tables.bring_up_to_date()
    user = accounts.add_account(email=email, name=name, was_local=me)
    if owner_of is not None:
        accounts.place_in(user, slug=owner_of, role="owner")
    if place is not None:
        accounts.place_in(user, slug=place[0], role=place[1])
    if not user.has_usable_password() or not user.password:
        password = _asked_password(may_be_empty=True)
        if password:
            accounts.give_password(user, password)
        else:
            say.line(
                "No password: they sign in with the company's identity, or after `fulcrum user password`."
            )
    say.line(f"{user.email} has an account.")


def run_password(home: Path | None, email: str) -> None:
    """Give an account another password."""
    open_kept_desk(home)
    from fulcrum.records.actions import accounts

    user = accounts.account(email)
    accounts.give_password(user, _asked_password(may_be_empty=False))
    say.line(f"{user.email} has a new password; their other sessions ended.")


def run_list(home: Path | None) -> None:
    """Show every account with its places."""
    open_kept_desk(home)
    from fulcrum.records.actions.accounts import accounts

    found = accounts()
    if not found:
        say.line("No accounts yet. `fulcrum user add EMAIL` adds one.")
        return
    say.table(
        [
            (
                one.email,
                "active" if one.is_active else "ended",
                "yes" if one.has_password else "no",
                ", ".join(one.places) or "no place",
            )
            for one in found
        ],
        header=("Account", "State", "Password", "Places"),
    )


def run_end(home: Path | None, email: str) -> None:
    """End an account."""
    open_kept_desk(home)
    from fulcrum.records.actions import accounts

    accounts.end_account(accounts.account(email))
    say.line(f"{email} cannot sign in any more, and their sessions ended. What they wrote stays.")


def _asked_password(*, may_be_empty: bool) -> str:
    """A password from the terminal, twice, never shown; or one line of stdin where there is no terminal."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        note = " (empty: none)" if may_be_empty else ""
        password = getpass.getpass(f"Password, at least 12 characters{note}: ")
        if password and getpass.getpass("Once more: ") != password:
            raise WrongUse("The two differ; nothing was changed.")
    if not password and not may_be_empty:
        raise WrongUse("No password was given; nothing was changed.")
    return password
