"""`fulcrum import DIR` and `fulcrum export SLUG DIR`: a folder becomes a workspace, and a folder again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from fulcrum.cli.operators import Home

commands = typer.Typer()
Who = Annotated[
    str | None,
    typer.Option("--as", metavar="EMAIL", help="Whose account does it; yours on this machine if not said."),
]


@commands.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The company folder.")],
    name: Annotated[str, typer.Option(help="Another name for the workspace.")] = "",
    who: Who = None,
    home: Home = None,
) -> None:
    """Bring a company folder to the desk as a new workspace: all of it, or nothing and every problem."""
    from fulcrum.cli import say
    from fulcrum.cli.desk import open_desk
    from fulcrum.core.wording import day, many

    open_desk(home)
    from fulcrum.records.actions.folder_in import import_folder
    from fulcrum.records.tables import bring_up_to_date

    bring_up_to_date()
    say.progress("Reading the folder …")
    found = import_folder(_user(who), folder, name=name)
    say.problems(found.problems)
    workspace = found.actor.workspace
    people = many(workspace.executives.count(), "executive")
    say.line(f"{workspace.name} is on the desk as “{workspace.slug}”, with {people}; you are named for all.")
    if found.as_of is not None:
        say.line(
            f"It looks from {day(found.as_of)}, as company.toml says; the settings change that to today."
        )


@commands.command("export")
def export(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The workspace, as its address names it.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    who: Who = None,
    home: Home = None,
) -> None:
    """Write a workspace as a company folder: as much of it as you may see, and what is missing is said."""
    from fulcrum.cli import say
    from fulcrum.cli.desk import open_kept_desk
    from fulcrum.core.errors import WrongUse

    open_kept_desk(home)
    from fulcrum.records.access import actor_in
    from fulcrum.records.actions.folder_out import export_folder

    actor = actor_in(_user(who), slug)
    if actor is None:
        raise WrongUse(f"There is no workspace “{slug}” where this account has a place.")
    say.line(str(export_folder(actor, folder.absolute())))


def _user(email: str | None) -> Any:
    """The account of this address, or the one that this machine's desk uses without signing in."""
    from fulcrum.records.actions.accounts import account, local_account

    return local_account() if email is None else account(email)
