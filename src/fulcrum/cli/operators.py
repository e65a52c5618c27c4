"""The commands of whoever runs the desk; `app.py` takes them over. Django is imported inside them alone."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()
Home = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", help="The desk's data folder (default: FULCRUM_HOME, or your own)."
    ),
]


@commands.command()
def serve(
    home: Home = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(help="The port; 8420 or a free one if not said.", min=1, max=65535)
    ] = None,
    open_to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOSTNAME", help="A name under which a team reaches it; accounts are then needed."
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open-browser", help="Open it in the browser.")] = False,
) -> None:
    """Run the desk: pages and long work, on this machine or for a team."""
    from fulcrum.cli.serve import run_serve

    run_serve(home, host, port, open_to or [], browser=open_browser)


@commands.command(hidden=True)
def worker(home: Home = None) -> None:
    """Do the desk's long work alone, where the pages are served elsewhere."""
    from fulcrum.cli.serve import run_worker

    run_worker(home)


user_app = typer.Typer(help="Who may sign in at the desk.")
commands.add_typer(user_app, name="user", no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL")]


@user_app.command("add")
def user_add(
    email: Email,
    name: Annotated[str, typer.Option(help="What they are called.")] = "",
    owner_of: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Make them owner of this workspace.")
    ] = None,
    member_of: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Give them a place in this workspace …")
    ] = None,
    role: Annotated[str, typer.Option(help="… as owner, editor, finance or viewer.")] = "editor",
    me: Annotated[
        bool, typer.Option("--me", help="You, who used this desk without signing in: keep what you wrote.")
    ] = False,
    home: Home = None,
) -> None:
    """Add an account; its password is asked for, never taken from the command line."""
    from fulcrum.cli.users import run_add

    run_add(home, email, name, owner_of, None if member_of is None else (member_of, role), me=me)


@user_app.command("password")
def user_password(email: Email, home: Home = None) -> None:
    """Give an account another password; its sessions end."""
    from fulcrum.cli.users import run_password

    run_password(home, email)


@user_app.command("list")
def user_list(home: Home = None) -> None:
    """Show every account, whether it is active, and where it has a place."""
    from fulcrum.cli.users import run_list

    run_list(home)


@user_app.command("end")
def user_end(email: Email, home: Home = None) -> None:
    """End an account at once: sign-in, sessions and places; what they wrote stays."""
    from fulcrum.cli.users import run_end

    run_end(home, email)


@commands.command()
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new file that ends in .tar.gz or .zip.")],
    with_key: Annotated[
        bool,
        typer.Option("--with-key", help="The key of private text too; then the file is as secret as it."),
    ] = False,
    home: Home = None,
) -> None:
    """Write everything that the desk keeps into one file, while it runs."""
    from fulcrum.cli.backups import run_backup

    run_backup(home, out, with_key=with_key)


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    home: Annotated[Path, typer.Option("--home", metavar="NEW", help="A folder that is not there yet.")],
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="The key, where the backup does not hold it.")
    ] = None,
) -> None:
    """Make a new home of a backup, once every byte of it is checked."""
    from fulcrum.cli.backups import run_restore

    run_restore(file, home, key)


@commands.command()
def doctor(home: Home = None) -> None:
    """Look at everything the desk needs: each line ok, warn or fail, with what mends it."""
    from fulcrum.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(home))
