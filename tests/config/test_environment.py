"""The environment is read strictly: what cannot be meant is refused in a sentence."""

from pathlib import Path

import pytest

from fulcrum.config import environment
from fulcrum.core.errors import WrongUse


def test_the_database_is_a_file_of_the_home_folder_unless_postgresql_is_named(tmp_path: Path) -> None:
    assert environment.database(tmp_path, {})["NAME"] == tmp_path / "fulcrum.db"
    password = tmp_path / "password"
    password.write_text("s3cret\n")
    named = {"DATABASE_URL": "postgres://ana@db:5433/desk", "DATABASE_PASSWORD_FILE": str(password)}
    found = environment.database(tmp_path, named)
    assert (found["HOST"], found["PORT"], found["NAME"], found["PASSWORD"]) == (
        "db",
        "5433",
        "desk",
        "s3cret",
    )
    inside = environment.database(tmp_path, {"DATABASE_URL": "postgresql://ana:p%40ss@db/desk"})
    assert inside["PASSWORD"] == "p@ss"
    for odd in ("mysql://db/desk", "postgres://db"):
        with pytest.raises(WrongUse, match="DATABASE_URL"):
            environment.database(tmp_path, {"DATABASE_URL": odd})
    with pytest.raises(WrongUse, match="not there"):
        environment.database(tmp_path, named | {"DATABASE_PASSWORD_FILE": "/nowhere"})


def test_yes_and_no_are_the_only_answers() -> None:
    assert environment.flag("FULCRUM_OPEN", environ={"FULCRUM_OPEN": "Yes"})
    assert not environment.flag("FULCRUM_OPEN", environ={})
    with pytest.raises(WrongUse, match="“true”"):
        environment.flag("FULCRUM_OPEN", environ={"FULCRUM_OPEN": "true"})


def test_a_time_zone_is_a_name_that_exists() -> None:
    assert environment.time_zone({"FULCRUM_TIME_ZONE": "Europe/Berlin"}) == "Europe/Berlin"
    assert environment.time_zone({"TZ": "Asia/Tokyo"}) == "Asia/Tokyo"
    assert environment.time_zone({"TZ": ":odd"}) != ":odd"
    for odd in ("Mars/Olympus", "../../etc/passwd", "/etc/localtime"):
        with pytest.raises(WrongUse, match="FULCRUM_TIME_ZONE"):
            environment.time_zone({"FULCRUM_TIME_ZONE": odd})


def test_a_certificate_comes_with_its_key(tmp_path: Path) -> None:
    assert environment.certificate({}) is None
    cert = tmp_path / "cert.pem"
    cert.touch()
    with pytest.raises(WrongUse, match="FULCRUM_CERT_KEY_FILE"):
        environment.certificate({"FULCRUM_CERT_FILE": str(cert)})


def test_mail_stays_in_files_until_a_server_is_named(tmp_path: Path) -> None:
    assert environment.mail(tmp_path, {})["backend"].endswith("filebased.EmailBackend")
    sent = environment.mail(tmp_path, {"FULCRUM_MAIL_URL": "smtps://ana:p@mail.example:465"})
    assert (sent["host"], sent["ssl"], sent["tls"]) == ("mail.example", True, False)
    with pytest.raises(WrongUse, match="FULCRUM_MAIL_URL"):
        environment.mail(tmp_path, {"FULCRUM_MAIL_URL": "http://mail.example"})


def test_the_session_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    key = environment.secret_key(folder)
    assert len(key) > 50
    assert environment.secret_key(folder) == key
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert oct((folder / "keys" / "session.key").stat().st_mode)[-3:] == "600"


def test_links_lead_to_the_named_address_else_to_the_first_host() -> None:
    assert environment.address({}) == "http://127.0.0.1:8420"
    hosts = {"FULCRUM_HOSTS": "desk.example, other.example"}
    assert environment.address(hosts) == "https://desk.example"
    assert environment.address(hosts | {"FULCRUM_ADDRESS": "https://cx.example/"}) == "https://cx.example"
    for odd in ("cx.example", "ftp://cx.example", "https://cx.example/desk", "https://", "https://x/?a"):
        with pytest.raises(WrongUse, match="FULCRUM_ADDRESS"):
            environment.address({"FULCRUM_ADDRESS": odd})
