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
