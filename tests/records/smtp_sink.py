"""A mail server in a few lines, which keeps what it is given and can kill whoever is giving it."""

import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Self

When = Callable[[int], str]


class SmtpSink:
    """Takes mail on a free port. `kill_when(n)` says at which point of the n-th mail its sender dies.

    The points: "before" it was given, "taken" when all of it is here but not yet acknowledged, "acknowledged"
    when the sender was told so and has it still to mark, or "" for not at all.
    """

    def __init__(self, tls: ssl.SSLContext, kill_when: When, sender: Callable[[], int]) -> None:
        self._tls, self._kill_when, self._sender = tls, kill_when, sender
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.mails: list[str] = []
        self.killed: list[str] = []
        self._count = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            try:
                with (
                    self._tls.wrap_socket(connection, server_side=True) as secure,
                    secure.makefile("rwb", buffering=0) as line,
                ):
                    self._talk(line)
            except OSError:
                continue

    def _talk(self, line: socket.SocketIO) -> None:
        def say(text: str) -> None:
            line.write(f"{text}\r\n".encode())

        say("220 sink")
        while asked := line.readline():
            match asked[:4].upper():
                case b"DATA":
                    self._take(line, say)
                case b"QUIT":
                    say("221 bye")
                    return
                case _:
                    say("250 ok")

    def _take(self, line: socket.SocketIO, say: Callable[[str], None]) -> None:
        point = self._kill_when(self._count)
        self._count += 1
        if point == "before":
            self._kill(point)
            return
        say("354 go on")
        text = b""
        while (part := line.readline()) not in (b".\r\n", b""):
            text += part
        self.mails.append(text.decode())
        if point == "taken":
            self._kill(point)
        say("250 taken")
        if point == "acknowledged":
            self._kill(point)

    def _kill(self, point: str) -> None:
        self.killed.append(point)
        os.kill(self._sender(), signal.SIGKILL)
