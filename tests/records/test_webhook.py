"""Posting to an address that somebody typed in: where it does not lead, and what it does not wait for."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from certificates import certificate_in, speaking_tls

from fulcrum.records import webhook
from fulcrum.records.webhook import Declined, Forbidden, NotReached, Reach, checked, post

USUAL = Reach(hosts=(*webhook.SLACK, *webhook.TEAMS))
SLACK = "https://hooks.slack.com/services/T0/B0/secret"


class Hook(BaseHTTPRequestHandler):
    """Answers by what is asked for, and keeps what it was given."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.given.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        what = self.path.strip("/")
        if what == "hangs":
            self.server.released.wait(20)  # type: ignore[attr-defined]
        elif what == "drips":
            self._drip(b"HTTP/1.1 200 OK\r\nX: ")
        elif what == "floods":
            self._flood()
        elif what == "redirects":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
        elif what == "babbles":
            self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        else:
            self.send_response(int(what or 200))
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    def _drip(self, text: bytes) -> None:
        self.wfile.write(text)
        while not self.server.released.wait(0.02):  # type: ignore[attr-defined]
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def _flood(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.released.is_set():  # type: ignore[attr-defined]
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Quiet(ThreadingHTTPServer):
    """A server whose broken connections are nobody's business."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server that speaks TLS as localhost and hook.example, trusted here."""
    cert, key = certificate_in(tmp_path, "localhost", "hook.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    made = Quiet(("127.0.0.1", 0), Hook)
    made.socket = speaking_tls(cert, key).wrap_socket(made.socket, server_side=True)
    made.given, made.released = [], threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.released.set()  # type: ignore[attr-defined]
    made.shutdown()
    made.server_close()
    thread.join()


def reach(server: Any, name: str = "localhost", **times: float) -> Reach:
    return Reach(hosts=USUAL.hosts, inside=(f"{name}:{server.server_address[1]}",), **times)


def address(server: Any, what: str = "", name: str = "localhost") -> str:
    return f"https://{name}:{server.server_address[1]}/{what}"


def resolver(names: dict[str, list[str]]) -> Any:
    """Looks names up as the machine does, but for these: each time the next of their addresses."""
    real = socket.getaddrinfo

    def looked_up(host: str, *rest: Any, **more: Any) -> Any:
        return real(names[host].pop(0) if host in names else host, *rest, **more)

    return looked_up


def test_a_message_is_posted_as_json_under_its_id(server: Any) -> None:
    post(address(server), {"text": "Grüße"}, reach(server), headers=(("Idempotency-Key", "<a@b>"),))
    ((path, headers, body),) = server.given
    assert json.loads(body) == {"text": "Grüße"}
    assert (path, headers["Idempotency-Key"]) == ("/", "<a@b>")


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("redirects", Declined, "redirect, which is not followed"),
        ("404", Declined, "answered 404"),
        ("410", Declined, "answered 410"),
        ("429", NotReached, "answered 429"),
        ("500", NotReached, "answered 500"),
        ("503", NotReached, "answered 503"),
        ("babbles", NotReached, "no HTTP"),
    ],
)
def test_an_answer_is_read_for_whether_to_try_again(
    server: Any, what: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        post(address(server, what), {}, reach(server))
    assert [path for path, _, _ in server.given] == [f"/{what}"], "nothing else was asked for"


@pytest.mark.parametrize("what", ["hangs", "drips"])
def test_what_hangs_is_cut_off(server: Any, what: str) -> None:
    begun = time.monotonic()
    with pytest.raises(NotReached, match="in time"):
        post(address(server, what), {}, reach(server, silence=0.3, in_all=0.6))
    assert time.monotonic() - begun < 10, "the server would have gone on for twenty seconds"


def test_of_an_endless_answer_a_few_kilobytes_are_read(server: Any) -> None:
    post(address(server, "floods"), {}, reach(server))
    assert len(server.given) == 1


def test_a_server_must_prove_its_name(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"other.example": ["127.0.0.1"]}
    monkeypatch.setattr(socket, "getaddrinfo", resolver(names))
    with pytest.raises(NotReached, match="prove who it is"):
        post(address(server, name="other.example"), {}, reach(server, "other.example"))
    assert server.given == []


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(
    server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "none.pem").write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(NotReached, match="prove who it is"):
        post(address(server), {}, reach(server))
    assert server.given == []


def test_a_name_that_changes_its_mind_leads_nowhere(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked for once, and the address that was checked is the one that is spoken to."""
    names = {"hook.example": ["127.0.0.1", "127.0.0.99", "10.0.0.1"]}
    monkeypatch.setattr(socket, "getaddrinfo", resolver(names))
    post(address(server, name="hook.example"), {}, reach(server, "hook.example"))
    assert (names["hook.example"], len(server.given)) == (["127.0.0.99", "10.0.0.1"], 1)
    assert server.given[0][1]["Host"].startswith("hook.example")
    with pytest.raises(Forbidden, match="inside the network"):
        post("https://hook.example/", {}, Reach(hosts=("hook.example",)))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "localhost",
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "192.0.2.1", "198.18.0.1",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
        "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2001:db8::1]",
        "[2001:0:0:0::1]",
    ],
)  # fmt: skip
def test_no_address_inside_the_network_is_posted_to(host: str) -> None:
    plain = host.strip("[]")
    with pytest.raises((Forbidden, NotReached)) as refused:
        post(f"https://{host}/", {}, Reach(hosts=(plain,), connect=0.5))
    if isinstance(refused.value, NotReached):
        assert "not known to the network" in str(refused.value)  # this machine does not read it as an address


@pytest.mark.parametrize(
    "url",
    [
        "", "hooks.slack.com", "http://hooks.slack.com/x", "ftp://hooks.slack.com/x", "file:///etc/passwd",
        "gopher://hooks.slack.com/x", "https://", "https:///x", "https://evil.example/x",
        "https://hooks.slack.com.evil.example/x", "https://evilhooks.slack.com/x", "https://logic.azure.com/x",
        "https://evillogic.azure.com/x", "https://user@hooks.slack.com/x", "https://u:p@hooks.slack.com/x",
        "https://hooks.slack.com@evil.example/x", "https://hooks.slack.com:22/x", "https://hooks.slack.com:0/x",
        "https://hooks.slack.com:99999/x", "https://hooks.slack.com\\@evil.example/x",
        "https://hooks.slack.com/\r\nHost: evil", "https://hooks.slack.com/ x", "https://hooks.slack.cоm/x",
        "https://evil.example#hooks.slack.com", "https://evil.example?hooks.slack.com", "https://[::1",
        "https://hooks.slack.com/" + "x" * 2000, "javascript:alert(1)", "//hooks.slack.com/x",
    ],
)  # fmt: skip
def test_an_address_that_is_no_allowed_webhook_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        checked(url, USUAL)


@pytest.mark.parametrize(
    "url",
    [
        SLACK,
        "https://prod-23.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sig=x%2F",
        "https://x0.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/a?sig=b",
    ],
)
def test_the_addresses_that_slack_and_teams_give_are_taken(url: str) -> None:
    target = checked(url, USUAL)
    assert (target.port, target.is_inside) == (443, False)
    assert url.endswith(target.path)


def test_an_error_never_holds_the_secret_part(server: Any) -> None:
    for what in ("404", "500", "redirects"):
        with pytest.raises((Declined, NotReached)) as failed:
            post(address(server, f"{what}"), {}, reach(server))
        assert "https://" not in str(failed.value)
    with pytest.raises(Forbidden) as refused:
        checked(SLACK.replace("slack", "smack"), USUAL)
    assert "secret" not in str(refused.value)
