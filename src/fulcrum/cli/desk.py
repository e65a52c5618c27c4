"""Opens the desk's records for a command: its home folder, its settings, its tables."""

import os
from pathlib import Path


def open_desk(home: Path | None) -> None:
    """Make the records usable in this process; the home folder is the one named, or the environment's."""
    import django

    if home is not None:
        os.environ["FULCRUM_HOME"] = str(home.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fulcrum.config.settings")
    django.setup()


def open_kept_desk(home: Path | None) -> None:
    """The same for commands that need a desk which was started before; says so where there is none."""
    from fulcrum.core.errors import WrongUse

    if home is not None and not home.is_dir():
        raise WrongUse(f"There is no folder {home}.")
    open_desk(home)
    from fulcrum.records.tables import are_there

    if not are_there():
        from django.conf import settings

        raise WrongUse(f"There is no desk in {settings.FULCRUM_HOME} yet. Run `fulcrum serve` once first.")
