"""PostgreSQL's own tools for backup and restore; refused in a sentence where they are not installed.

The password travels in the environment of the tool and never on its command line.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fulcrum.core.errors import FulcrumError, WrongUse

Server = dict[str, str]


class ToolFailed(FulcrumError):
    """What a tool of PostgreSQL said when it could not do it."""


def server(named: dict[str, Any]) -> Server:
    """Where a database is, as PostgreSQL's tools are told, from Django's settings."""
    keys = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    return {name: str(named[key]) for name, key in keys.items() if named.get(key)}


def server_at(url: str, *, password_file: str = "") -> Server:
    """The same from an address, and a file with the password where it does not stand in it."""
    parts = urlsplit(url)
    found = {
        "PGDATABASE": unquote(parts.path.strip("/")),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": _password(password_file) or unquote(parts.password or ""),
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
    }
    return {name: held for name, held in found.items() if held}


def dump(where: Server, out: Path) -> None:
    """The whole database as of one moment, in PostgreSQL's own format."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={out}", where=where)


def load(where: Server, dumped: Path) -> None:
    """A dump into an empty database; whole or not at all."""
    tables = _run(
        "psql", "-XAtc", "select count(*) from pg_tables where schemaname = 'public'", where=where
    ).strip()
    if tables != "0":
        raise WrongUse(f"The database {where['PGDATABASE']} is not empty; restore into an empty one.")
    told = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *told, f"--dbname={where['PGDATABASE']}", str(dumped), where=where)


def _password(file: str) -> str:
    return Path(file).read_text(encoding="utf-8").strip() if file else ""


def _run(tool: str, *arguments: str, where: Server) -> str:
    found = shutil.which(tool)
    if found is None:
        raise WrongUse(f"The records lie in PostgreSQL, and {tool} is not here. Install PostgreSQL's client.")
    environ = {**os.environ, **where}
    done = subprocess.run([found, *arguments], env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(f"{tool} said: {done.stderr.strip() or done.returncode}")
    return done.stdout
