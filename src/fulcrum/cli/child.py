"""The processes that `fulcrum serve` keeps running: `python -m fulcrum.cli.child web HOST PORT` and `worker`.

Each ends when the process that began it is gone, so that nothing stays behind.
"""

import os
import signal
import sys
import threading
import time

THREADS = 5
_LOOK = 1.0
_BEHIND_PAGES = 10  # what people wait for comes before long work, where both want the processor


def main(arguments: list[str]) -> None:
    """Be one of them."""
    _end_with(os.getppid())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fulcrum.config.settings")
    if arguments[0] == "web":
        _serve_pages(arguments[1], int(arguments[2]))
    else:
        if hasattr(os, "nice"):  # Windows has none
            os.nice(_BEHIND_PAGES)
        from fulcrum.cli.serve import run_worker

        run_worker(None)


def _serve_pages(host: str, port: int) -> None:
    """One process with threads; HTTPS where a certificate is named."""
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    certificate, key = settings.FULCRUM_CERTIFICATE or (None, None)
    Server(
        "fulcrum.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=64,
        log_level=LogLevels.warning,
        ssl_cert=certificate,
        ssl_key=key,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def _end_with(parent: int) -> None:
    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="parent", daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1:])
