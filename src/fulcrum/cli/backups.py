"""`fulcrum backup` and `fulcrum restore`."""

import os
from pathlib import Path

from fulcrum.cli import say
from fulcrum.cli.desk import open_desk, open_kept_desk
from fulcrum.core.wording import byte_size


def run_backup(home: Path | None, out: Path, *, with_key: bool) -> None:
    """Write a backup, and say what is in it and what is not."""
    open_kept_desk(home)
    from django.conf import settings

    from fulcrum.records.backup import write_backup

    made = write_backup(out, with_key=with_key)
    say.line(f"{out}: {len(made.files)} files, {byte_size(out.stat().st_size)}.")
    if made.has_key:
        say.line("The key is inside: whoever has this file can read every private note. Keep it like one.")
    elif made.key_fingerprint:
        say.line(
            f"The key is not inside. Keep {settings.FULCRUM_KEY_FILE} somewhere else; without it the "
            "private text of this backup stays sealed."
        )


def run_restore(file: Path, home: Path, key: Path | None) -> None:
    """Make a new home of a backup, and say how to start it."""
    from fulcrum.records.postgres import server_at
    from fulcrum.records.restore import restore

    url = os.environ.get("DATABASE_URL", "")
    password = os.environ.get("DATABASE_PASSWORD_FILE", "")
    server = server_at(url, password_file=password) if url else None
    found = restore(file, home, key=key, server=server)
    say.line(f"{home} holds the desk as of {found.made_at}, made by Fulcrum {found.version}.")
    if found.key_fingerprint and not (found.has_key or key is not None):
        say.line(
            f"Its key was not in the backup. Before you start it, put the key (mark {found.key_fingerprint}) "
            f"at {home / 'keys' / 'notes.key'}; else private text stays sealed."
        )
    _bring_up_to_date(home)
    say.line(f"Start it: fulcrum serve --home {home}")


def _bring_up_to_date(home: Path) -> None:
    open_desk(home)
    from fulcrum.records import tables

    if tables.missing_steps():
        say.progress("Bringing the records to this version …")
        tables.bring_up_to_date()
