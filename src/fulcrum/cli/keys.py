"""`fulcrum renew-key`: private text sealed anew."""

import typer

from fulcrum.cli.operators import Home

commands = typer.Typer()


@commands.command("renew-key")
def renew_key(home: Home = None) -> None:
    """Make a new key for private text and seal all of it anew."""
    from fulcrum.cli import say
    from fulcrum.cli.desk import open_kept_desk
    from fulcrum.core.wording import many

    open_kept_desk(home)
    from django.conf import settings

    from fulcrum.records.actions.keys import renew

    rows = renew()
    say.line(f"A new key seals private text; {many(rows, 'row')} sealed anew.")
    say.line(
        f"{settings.FULCRUM_KEY_FILE} holds it in its first line. The lines below open backups made before; "
        "remove them once those backups are gone."
    )
