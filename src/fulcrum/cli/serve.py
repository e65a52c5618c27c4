"""`fulcrum serve`: the desk on this machine, or for a team once that is safe."""

import os
import socket
import sys
import webbrowser
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from fulcrum import __version__
from fulcrum.cli import say
from fulcrum.cli.desk import open_desk
from fulcrum.cli.supervise import Keeper, Kept
from fulcrum.core.errors import WrongUse

USUAL_PORT = 8420
_CHILD = (sys.executable, "-m", "fulcrum.cli.child")


def run_serve(home: Path | None, host: str, port: int | None, open_to: list[str], *, browser: bool) -> None:
    """Serve until Ctrl-C or SIGTERM: web server and worker, each begun again when it dies."""
    _tell_settings(is_open=bool(open_to) or not is_loopback(host), open_to=open_to)
    open_desk(home)
    from django.conf import settings

    _bring_up_to_date()
    if settings.FULCRUM_OPEN:
        _refuse_unless_safe()
    chosen = _port(host, port)
    os.environ.setdefault("FULCRUM_ADDRESS", _address(host, chosen))  # for links in mail
    keeper = Keeper(
        Kept(name="web server", command=(*_CHILD, "web", host, str(chosen))),
        Kept(name="worker", command=(*_CHILD, "worker")),
    )
    with keeper:
        if keeper.wait_until(lambda: _answers(host, chosen)):
            address = _address(host, chosen)
            _greet(address)
            if browser:
                webbrowser.open(address)
        keeper.watch()


def run_worker(home: Path | None) -> None:
    """Do the desk's long work until asked to end."""
    open_desk(home)
    from fulcrum.records.worker import work_on

    work_on()


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        raise WrongUse(f"“{host}” is no address to listen on; 127.0.0.1 or 0.0.0.0 would be.") from None


def _tell_settings(*, is_open: bool, open_to: list[str]) -> None:
    if is_open:
        os.environ["FULCRUM_OPEN"] = "yes"
    if open_to:
        os.environ["FULCRUM_HOSTS"] = ",".join(open_to)


def _bring_up_to_date() -> None:
    from fulcrum.records import tables

    steps = tables.missing_steps()
    if steps and tables.are_there():
        _back_up_first()
        say.progress(f"Bringing the records to version {__version__} ({len(steps)} steps) …")
    elif steps:
        say.progress("Setting up the records …")
    if steps:
        tables.bring_up_to_date()
    if tables.is_sqlite() and (warning := tables.faulty_sqlite()):
        say.progress(f"Note: {warning}")


def _back_up_first() -> None:
    """What is there is kept as it was: a step that fails or is regretted is undone by a restore."""
    from fulcrum.records.actions.backups import backups_folder
    from fulcrum.records.backup import write_backup

    folder = backups_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    out = folder / f"before-{__version__}-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.tar.gz"
    write_backup(out)
    say.progress(f"A backup from before is {out}.")


def _refuse_unless_safe() -> None:
    from fulcrum.cli.opening import missing_for_a_team

    missing = missing_for_a_team()
    if missing:
        listed = "\n".join(f"  · {one}" for one in missing)
        raise WrongUse(f"The desk is not ready to be reached from other machines:\n{listed}")


def _port(host: str, asked: int | None) -> int:
    """The port asked for, else the usual one, else a free one."""
    port = USUAL_PORT if asked is None else asked
    if _is_free(host, port):
        return port
    if asked is not None:
        raise WrongUse(f"Port {port} is taken on {host}. Name another, or none to have one chosen.")
    with socket.socket(_family(host)) as probe:
        probe.bind((host, 0))
        free = int(probe.getsockname()[1])
    say.progress(f"Port {port} is taken; this desk uses {free}.")
    return free


def _is_free(host: str, port: int) -> bool:
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _answers(host: str, port: int) -> bool:
    """Whether the web server takes requests: any answer of it will do."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not listened on
    try:
        with socket.create_connection((reached, port), timeout=1):
            return True
    except OSError:
        return False


def _address(host: str, port: int) -> str:
    from django.conf import settings

    if settings.CSRF_TRUSTED_ORIGINS and settings.FULCRUM_OPEN:
        return str(settings.CSRF_TRUSTED_ORIGINS[0])
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _greet(address: str) -> None:
    from django.conf import settings

    who = "people with an account" if settings.FULCRUM_OPEN else "this machine only, without signing in"
    say.line(f"Fulcrum {__version__}")
    say.line(f"Open   {address}")
    say.line(f"Data   {settings.FULCRUM_HOME}  (this folder is all that the desk keeps)")
    say.line(f"Who    {who}")
    say.line("Stop   Ctrl-C")
    sys.stdout.flush()
