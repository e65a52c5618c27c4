"""Posting to a webhook that somebody typed in, without being led astray.

HTTPS alone, to hosts that are allowed, on their own port. The name is looked up once, an address inside the
network is refused, and the connection goes to the very address that was checked, so that a name which
changes its mind leads nowhere. Redirects are not followed, proxies of the environment not used; what takes
too long is cut off, and a few kilobytes of an answer are read at most. The address itself is a secret: no
error holds more of it than its host.
"""

import json
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from fulcrum import __version__
from fulcrum.core.errors import FulcrumError
from fulcrum.core.value import value

SLACK = ("hooks.slack.com", "hooks.slack-gov.com")
TEAMS = ("*.webhook.office.com", "*.logic.azure.com", "*.api.powerplatform.com")
_PORT = 443
_CONNECT, _SILENCE, _IN_ALL = 5.0, 10.0, 20.0  # seconds
_MOST_READ, _MOST_ADDRESSES = 4096, 4
_LONGEST = 2_000
_TRY_AGAIN = (408, 425, 429)
_NAT64 = ip_network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class Forbidden(FulcrumError):
    """An address to which nothing is posted; the sentence says why."""


class Declined(FulcrumError):
    """The other side will not take it, now or later."""


class NotReached(FulcrumError):
    """It did not get through this time."""


@value
class Reach:
    """Where a webhook may lead (hosts; those inside by host:port), and how many seconds are waited for it."""

    hosts: tuple[str, ...]
    inside: tuple[str, ...] = ()
    connect: float = _CONNECT
    silence: float = _SILENCE
    in_all: float = _IN_ALL


@value
class Target:
    """A checked address: host, port and what is asked for there."""

    host: str
    port: int
    path: str
    is_inside: bool


def checked(url: str, reach: Reach) -> Target:
    """The parts of an address to which may be posted; raises `Forbidden`. The name is not looked up yet."""
    if len(url) > _LONGEST or not url.isascii() or any(letter <= " " for letter in url):
        raise Forbidden(
            "This is no web address: it holds a space, a letter that is none of ASCII, or too much."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Forbidden("This is no web address.") from None
    host = (parts.hostname or "").rstrip(".").casefold()
    if parts.scheme != "https":
        raise Forbidden("Only https:// addresses are posted to.")
    if not host or parts.username is not None or parts.password is not None or "\\" in url:
        raise Forbidden("This is no address of a webhook: copy it anew from Slack or Teams.")
    is_inside = f"{host}:{_PORT if port is None else port}" in reach.inside
    if not is_inside and port not in (None, _PORT):
        raise Forbidden(f"Port {port} is not posted to, only the usual one for https.")
    if not is_inside and not _is_allowed(host, reach.hosts):
        known = ", ".join(reach.hosts)
        raise Forbidden(f"{host} is not a host that notices are posted to. Known are {known}.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=host, port=_PORT if port is None else port, path=path, is_inside=is_inside)


def post(url: str, payload: dict[str, Any], reach: Reach, *, headers: Iterable[tuple[str, str]] = ()) -> None:
    """Post JSON; returns once it was accepted, else raises `Forbidden`, `Declined` or `NotReached`."""
    target = checked(url, reach)
    addresses = _looked_up(target)
    body = json.dumps(payload, ensure_ascii=False).encode()
    sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"Fulcrum/{__version__}"}
    with _connected(target, addresses, reach) as connection:
        connection.request("POST", target.path, body=body, headers=sent | dict(headers))
        with connection.getresponse() as response:
            response.read(_MOST_READ)
            if connection.was_cut:  # what ends in the middle reads like an answer
                raise TimeoutError
            _judge(response, target)


def _judge(response: HTTPResponse, target: Target) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise Declined(
            f"{target.host} answered with a redirect, which is not followed. Copy the address anew."
        )
    if status in _TRY_AGAIN or status >= 500:
        raise NotReached(f"{target.host} answered {status}.")
    raise Declined(f"{target.host} answered {status}: it does not take messages at this address.")


@contextmanager
def _connected(target: Target, addresses: list[str], reach: Reach) -> Iterator["_Pinned"]:
    """A connection that is cut off when all of it has taken too long; its troubles in a sentence."""
    connection = _Pinned(target, addresses, reach)
    cut = threading.Timer(reach.in_all, connection.cut)
    cut.daemon = True
    cut.start()
    try:
        yield connection
    except (OSError, HTTPException) as error:
        raise NotReached(f"{target.host} {_what(error, was_cut=connection.was_cut)}.") from error
    finally:
        cut.cancel()
        connection.close()


def _what(error: Exception, *, was_cut: bool) -> str:
    if was_cut or isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, ssl.SSLError):
        return "could not prove who it is"
    return "could not be reached" if isinstance(error, OSError) else "answered what is no HTTP"


class _Pinned(HTTPSConnection):
    """A connection to an address that was checked, under the name that the certificate must prove."""

    def __init__(self, target: Target, addresses: list[str], reach: Reach) -> None:
        super().__init__(target.host, target.port, timeout=reach.silence)
        self._addresses, self._patience = addresses, reach.connect
        self._trust = ssl.create_default_context()
        self.was_cut = False

    def connect(self) -> None:
        """To the first of the addresses that answers."""
        last: OSError = OSError("no address")
        for address in self._addresses[:_MOST_ADDRESSES]:
            if self.was_cut:
                break
            try:
                plain = socket.create_connection((address, self.port), timeout=self._patience)
            except OSError as error:
                last = error
                continue
            name = self.host
            self.sock = self._trust.wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)
            self.sock.settimeout(self.timeout)
            self.sock.do_handshake()
            return
        raise last

    def cut(self) -> None:
        """End it from another thread, whatever it waits for."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _looked_up(target: Target) -> list[str]:
    """The addresses of the host, every one of which lies outside, unless it is known to lie inside."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(f"{target.host} is not known to the network.") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not target.is_inside and not all(_is_outside(ip_address(one.split("%")[0])) for one in addresses):
        raise Forbidden(f"{target.host} leads to an address inside the network, which is not posted to.")
    return addresses


def _is_outside(address: Address) -> bool:
    """Whether it is of the open internet, also by the IPv4 address that an IPv6 one may wrap."""
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address in _NAT64:
            wrapped = IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None and not _is_outside(wrapped):
            return False
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_allowed(host: str, patterns: Iterable[str]) -> bool:
    return any(
        host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern for pattern in patterns
    )
