"""A sender that begins anew whenever it is killed: `python sender.py`; says the process id of each."""

import os
from datetime import timedelta


def main() -> None:
    """Send until nothing is due; every child has its own connection to the database."""
    import django

    django.setup()
    from django.db import connections

    from fulcrum.records import notices, outbox
    from fulcrum.records.models import Message

    outbox.LEASE = timedelta()
    notices._notice(Message.objects.first())  # the playbook is read once, and not by every child
    connections.close_all()
    while True:
        child = os.fork()
        if child == 0:
            print(os.getpid(), flush=True)
            while notices.send_next(f"sender {os.getpid()}"):
                pass
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
