"""The desk as processes: started, kept running, ended, and never opened to others before it is safe."""

import datetime
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desk_fixtures import Home, until

pytestmark = pytest.mark.slow
FULCRUM = Path(sys.executable).with_name("fulcrum")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home folder that is thrown away, with the processes that still run in it."""
    made = Home(tmp_path / "home")
    yield made
    made.end()


def test_help_answers_without_django() -> None:
    asked = "import sys; from fulcrum.cli import app; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_it_starts_says_where_it_is_and_ends_in_order(home: Home) -> None:
    served, port, said = _serve(home)
    assert f"Open   http://127.0.0.1:{port}" in said
    assert f"Data   {home.folder}" in said
    assert "Stop   Ctrl-C" in said
    assert json.loads(_get(port, "/health/")[1])["status"] == "ok"
    assert _get(port, "/")[0] == 200, "on this machine nobody signs in"
    assert oct(home.folder.stat().st_mode)[-3:] == "700"
    family = psutil.Process(served.pid).children(recursive=True)
    assert len(family) >= 2
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=20) == 0
    assert _ended(family)


def test_what_dies_is_begun_again(home: Home) -> None:
    served, port, _ = _serve(home)
    for word in ("worker", "web"):
        first = until(lambda word=word: _child(served, word))
        first.kill()
        assert until(lambda first=first, word=word: _another(served, word, first))
    until(lambda: _answers(port))


def test_nothing_stays_behind_when_the_keeper_itself_is_killed(home: Home) -> None:
    served, _, _ = _serve(home)
    family = psutil.Process(served.pid).children(recursive=True)
    served.kill()
    assert _ended(family)


def test_another_port_is_found_when_the_usual_one_is_taken_and_one_that_was_asked_for_is_not_swapped(
    home: Home,
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = home.command("serve", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} is taken" in done.stderr


def test_it_refuses_to_be_reached_by_others_until_it_is_safe_and_says_what_is_missing(
    home: Home, tmp_path: Path
) -> None:
    for asked in (("--host", "0.0.0.0"), ("--open-to", "desk.example")):
        done = home.command("serve", *asked)
        assert done.returncode == 2
        assert "fulcrum user add" in done.stderr
        assert "FULCRUM_CERT_FILE" in done.stderr
    assert "--open-to desk.your-company.example" in home.command("serve", "--host", "0.0.0.0").stderr
    added = subprocess.run(
        [FULCRUM, "user", "add", "ana@desk.example"],
        env=home.environ,
        input="a long good password\n",
        text=True,
        capture_output=True,
        check=True,
    )
    assert "ana@desk.example has an account" in added.stdout
    still = home.command("serve", "--open-to", "desk.example")
    assert "FULCRUM_CERT_FILE" in still.stderr
    assert "fulcrum user add" not in still.stderr
    off = home.command("serve", "--open-to", "desk.example", FULCRUM_HTTPS="no")
    assert "HTTPS is switched off" in off.stderr


def test_with_an_account_a_name_and_a_certificate_it_serves_https_to_whoever_signs_in(
    home: Home, tmp_path: Path
) -> None:
    home.script("from django.core.management import call_command as c; c('migrate', verbosity=0)")
    home.script(
        "from fulcrum.records.actions.accounts import *\n"
        "give_password(add_account(email='ana@desk.example'), 'a long good password')"
    )
    cert, key = _certificate(tmp_path)
    home.environ |= {"FULCRUM_CERT_FILE": str(cert), "FULCRUM_CERT_KEY_FILE": str(key)}
    _, port, said = _serve(home, "--open-to", "desk.example")
    assert "Open   https://desk.example" in said
    context = ssl.create_default_context(cafile=str(cert))
    raw = socket.create_connection(("127.0.0.1", port))
    with closing(context.wrap_socket(raw, server_hostname="desk.example")) as wrapped:
        wrapped.sendall(b"GET / HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n")
        answer = b""
        while chunk := wrapped.recv(65536):
            answer += chunk
    assert b"302" in answer.split(b"\r\n")[0]
    assert b"/accounts/login/" in answer
    assert b"strict-transport-security" in answer.lower()


def test_behind_a_proxy_that_is_declared_it_believes_what_the_proxy_says_of_https(home: Home) -> None:
    home.command("user", "add", "ana@desk.example")
    home.script(
        "from fulcrum.records.actions.accounts import *\n"
        "give_password(account('ana@desk.example'), 'a long good password')"
    )
    home.environ["FULCRUM_PROXY"] = "yes"
    _, port, _ = _serve(home, "--open-to", "desk.example")
    plain = _get(port, "/", Host="desk.example")
    secure = _get(port, "/", Host="desk.example", **{"X-Forwarded-Proto": "https"})
    assert (plain[0], secure[0]) == (301, 302)
    assert _get(port, "/", Host="evil.example", **{"X-Forwarded-Proto": "https"})[0] == 400
    assert _get(port, "/health/")[0] == 200


def test_older_data_are_backed_up_before_they_are_changed(home: Home) -> None:
    home.script(
        "from django.core.management import call_command as c; c('migrate', verbosity=0)\n"
        "c('migrate', 'sessions', 'zero', verbosity=0)"
    )
    _, port, said = _serve(home)
    assert "A backup from before" in said
    assert _get(port, "/")[0] == 200
    (kept,) = (home.folder / "backups").iterdir()
    assert kept.name.startswith("before-")


def test_data_of_a_newer_version_are_left_alone(home: Home) -> None:
    home.script(
        "from django.core.management import call_command as c; c('migrate', verbosity=0)\n"
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\n"
        "R(connection).record_applied('records', '0999_from_the_future')"
    )
    done = home.command("serve")
    assert done.returncode == 2
    assert "newer Fulcrum" in done.stderr


def test_accounts_are_kept_at_the_machine(home: Home) -> None:
    assert home.command("user", "list").returncode == 2, "there is no desk yet"
    assert home.command("user", "add", "no address").returncode == 2
    assert "No accounts yet" in home.command("user", "list").stdout
    assert "no workspace" in home.command("user", "add", "ana@desk.example", "--owner-of", "x").stderr
    home.command("user", "add", "ana@desk.example")
    assert "ana@desk.example  active  no" in home.command("user", "list").stdout
    assert home.command("user", "password", "ana@desk.example").returncode == 2, "nothing was typed"
    assert home.command("user", "end", "ana@desk.example").returncode == 0
    assert "ended" in home.command("user", "list").stdout


def test_the_doctor_names_what_is_wrong_and_what_mends_it(home: Home) -> None:
    home.script("from django.core.management import call_command as c; c('migrate', verbosity=0)")
    done = home.command("doctor")
    assert done.returncode == 0, done.stdout
    home.folder.chmod(0o755)
    assert f"chmod 700 {home.folder}" in " ".join(home.command("doctor").stdout.split())
    whole = (home.folder / "fulcrum.db").read_bytes()
    for first, said in ((100_000, "database"), (0, "does not answer")):
        (home.folder / "fulcrum.db").write_bytes(whole[:first] + b"\xff" * 200_000 + whole[first + 200_000 :])
        broken = home.command("doctor")
        assert broken.returncode != 0
        assert said in broken.stdout + broken.stderr
        assert "Traceback" not in broken.stderr


def _serve(home: Home, *more: str) -> "tuple[subprocess.Popen[str], int, str]":
    """A desk that answers, its port, and what it said."""
    port = _free_port()
    served = home.start(FULCRUM, "serve", "--port", port, *more)
    assert served.stdout is not None
    said = ""
    for line in served.stdout:
        said += line
        if line.startswith("Stop"):
            return served, port, said
    raise AssertionError(said)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _answers(port: int) -> bool:
    try:
        return _get(port, "/health/")[0] == 200
    except OSError:
        return False


def _child(served: "subprocess.Popen[str]", word: str) -> psutil.Process | None:
    for one in psutil.Process(served.pid).children():
        try:
            if word in one.cmdline():
                return one
        except psutil.Error:
            continue
    return None


def _another(served: "subprocess.Popen[str]", word: str, first: psutil.Process) -> bool:
    found = _child(served, word)
    return found is not None and found.pid != first.pid


def _ended(family: list[psutil.Process]) -> bool:
    """Whether all of them end by themselves; a zombie that waits for its parent has ended."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not [one for one in family if _is_alive(one)]:
            return True
        time.sleep(0.2)
    return False


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("desk.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    key_file.chmod(0o600)
    return cert_file, key_file
