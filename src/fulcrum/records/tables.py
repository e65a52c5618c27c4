"""The tables: whether they are there, of this version, and how they are brought up to it."""

import sqlite3

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import TextField
from django.db.models.functions import Cast

from fulcrum.core.errors import FulcrumError
from fulcrum.records.sealed import SealedText

# Two connections that write and checkpoint at once could lose pages: https://sqlite.org/wal.html#walresetbug
_FAULTY_SQLITE = ((3, 7, 0), (3, 51, 3))


class Newer(FulcrumError):
    """The data were kept by a newer version than this one."""


class Unanswered(FulcrumError):
    """The database cannot be asked, or is damaged."""


def are_there() -> bool:
    """Whether a desk was ever set up in this database; raises `Unanswered` when it cannot be asked."""
    try:
        return "django_migrations" in connection.introspection.table_names()
    except DatabaseError as error:
        raise Unanswered(f"The database does not answer: {error}") from error


def missing_steps() -> tuple[str, ...]:
    """The steps that bring the tables to this version; raises `Newer` when they are ahead of it."""
    loader = MigrationLoader(connection)
    ours = {key for key in loader.applied_migrations if key[0] == "records"}
    if ahead := sorted(name for _, name in ours - set(loader.disk_migrations)):
        raise Newer(
            f"These data were kept by a newer Fulcrum (it knows {ahead[-1]}). "
            "Install that version, or restore a backup that was made by this one."
        )
    return tuple(
        f"{app}.{name}"
        for app, name in loader.disk_migrations
        if (app, name) not in loader.applied_migrations
    )


def bring_up_to_date() -> None:
    """Make and change tables as this version needs them; each step whole or not at all."""
    call_command("migrate", verbosity=0, interactive=False)


def is_sqlite() -> bool:
    """Whether the records lie in a file of ours and not in a database server."""
    return connection.vendor == "sqlite"


def faulty_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """What to know of this machine's SQLite, in a sentence; empty when there is nothing to know."""
    first, mended = _FAULTY_SQLITE
    if not first <= version < mended:
        return ""
    named = ".".join(map(str, version))
    return (
        f"SQLite {named} has a rare fault that can damage a database which two processes write at once "
        "(mended in 3.51.3). Make backups, or use PostgreSQL (DATABASE_URL) for a team."
    )


def soundness() -> str:
    """That the database answers and is whole, in a word; raises with what it said instead."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check" if is_sqlite() else "SELECT 'ok'")
            said = cursor.fetchone()[0]
    except DatabaseError as error:
        raise Unanswered(f"The database does not answer: {error}") from error
    if said != "ok":
        raise Unanswered(f"The database is damaged: {said}")
    return "whole" if is_sqlite() else "answers"


def sealed_text() -> str:
    """One text as it lies sealed in the database; empty when there is none."""
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedText):
                held = model._default_manager.annotate(sealed=Cast(field.name, TextField())).exclude(
                    sealed=""
                )
                found = held.values_list("sealed", flat=True).first()
                if found:
                    return str(found)
    return ""
