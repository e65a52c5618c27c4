"""What the machine says about how the desk shall run: strict readers, one home folder.

FULCRUM_HOME          the data folder; everything that the desk keeps (default ~/.local/share/fulcrum)
DATABASE_URL          postgres://user:password@host:port/name; without it SQLite in the home folder
DATABASE_PASSWORD_FILE    a file with the password, where it shall not stand in the address
FULCRUM_KEY_FILE      the key that seals private text (default HOME/keys/notes.key)
FULCRUM_HOSTS         names under which the desk is reached, separated by commas
FULCRUM_OPEN          "yes" when the desk listens beyond this machine: accounts are then required
FULCRUM_HTTPS         "no" only behind a proxy in a test; else cookies travel over HTTPS alone
FULCRUM_PROXY         "yes" when one proxy in front ends HTTPS and itself sets X-Forwarded-Proto and -For
FULCRUM_CERT_FILE, FULCRUM_CERT_KEY_FILE      certificate and key (PEM) when the desk ends HTTPS itself
FULCRUM_TIME_ZONE     the team's time zone, an IANA name (default: that of this machine)
FULCRUM_MAIL_URL      smtp://user:password@host:port; without it mail is written to HOME/mail
FULCRUM_MAIL_FROM     the sender that mail names
FULCRUM_ADDRESS       where links in mail and chat lead (default https:// and the first of FULCRUM_HOSTS)
FULCRUM_WEBHOOK_HOSTS     further hosts to which notices may be posted; “*.name” means all below it
FULCRUM_WEBHOOK_INSIDE    host:port of a chat server inside your network; any other inside address is refused
FULCRUM_OIDC_ISSUER, FULCRUM_OIDC_CLIENT, FULCRUM_OIDC_SECRET_FILE    sign-in with the company's identity
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fulcrum.core.errors import WrongUse

_YES_NO = {"yes": True, "no": False, "": False}


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds all that the desk keeps."""
    named = environ.get("FULCRUM_HOME", "")
    if named:
        return Path(named).expanduser().resolve()
    base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "fulcrum"


def flag(name: str, *, default: str = "no", environ: Mapping[str, str] = os.environ) -> bool:
    """A setting that is "yes" or "no" and nothing else."""
    said = environ.get(name, default).strip().casefold()
    if said not in _YES_NO:
        raise WrongUse(f"{name} is “{said}”; it must be “yes” or “no”.")
    return _YES_NO[said]


def names(name: str, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """A setting that lists names, separated by commas."""
    return tuple(part.strip() for part in environ.get(name, "").split(",") if part.strip())


def secret_key(folder: Path) -> str:
    """The key that signs sessions, made at the first start and kept readable by its owner alone."""
    file = folder / "keys" / "session.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.parent.mkdir(exist_ok=True, mode=0o700)
        beside = file.with_name(f".session.{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(beside, file)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return file.read_text(encoding="ascii")


def database(folder: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Where the records lie: SQLite in the home folder, or PostgreSQL by DATABASE_URL."""
    url = environ.get("DATABASE_URL", "")
    return (
        _postgres(url, _content("DATABASE_PASSWORD_FILE", environ)) if url else _sqlite(folder / "fulcrum.db")
    )


def _sqlite(file: Path) -> dict[str, Any]:
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    pragmas += "PRAGMA secure_delete=ON; "  # what is erased is overwritten
    pragmas += "PRAGMA mmap_size=268435456;"  # so many bytes are read in place; a connection is kept for that
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _postgres(url: str, password: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongUse("DATABASE_URL must read postgres://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password or unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def key_file(folder: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the key that seals private text lies: outside the database."""
    named = environ.get("FULCRUM_KEY_FILE", "")
    return Path(named).expanduser().resolve() if named else folder / "keys" / "notes.key"


def certificate(environ: Mapping[str, str] = os.environ) -> tuple[Path, Path] | None:
    """Certificate and key with which the desk itself speaks HTTPS; None when it does not."""
    named = {name: environ.get(name, "") for name in ("FULCRUM_CERT_FILE", "FULCRUM_CERT_KEY_FILE")}
    if not any(named.values()):
        return None
    for name, file in named.items():
        if not Path(file).is_file():
            raise WrongUse(f"{name} must name a file that is there; it is “{file}”.")
    cert, key = (Path(file).resolve() for file in named.values())
    return cert, key


def time_zone(environ: Mapping[str, str] = os.environ) -> str:
    """The time zone of the team, by its IANA name; the machine's own where none is named."""
    named = environ.get("FULCRUM_TIME_ZONE", "")
    if named and not _is_zone(named):
        raise WrongUse(f"FULCRUM_TIME_ZONE is “{named}”; it must be a name such as Europe/Berlin.")
    machine = Path("/etc/localtime").resolve().as_posix().rpartition("/zoneinfo/")[2]
    return named or next((zone for zone in (environ.get("TZ", ""), machine) if _is_zone(zone)), "UTC")


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def mail(folder: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """How mail leaves: over SMTP by FULCRUM_MAIL_URL, else into files, so that a first run sends nothing."""
    url = environ.get("FULCRUM_MAIL_URL", "")
    parts = urlsplit(url)
    if url and parts.scheme not in {"smtp", "smtps"}:
        raise WrongUse("FULCRUM_MAIL_URL must read smtp://user:password@host:port.")
    sends = "smtp" if url else "filebased"
    return {
        "backend": f"django.core.mail.backends.{sends}.EmailBackend",
        "folder": folder / "mail",
        "host": parts.hostname or "",
        "port": parts.port or 587,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp",
        "ssl": parts.scheme == "smtps",
        "sender": environ.get("FULCRUM_MAIL_FROM", "") or "Fulcrum <fulcrum@localhost>",
    }


def address(environ: Mapping[str, str] = os.environ) -> str:
    """Where the desk is reached, for links that leave it."""
    named, hosts = environ.get("FULCRUM_ADDRESS", ""), names("FULCRUM_HOSTS", environ)
    found = (named or (f"https://{hosts[0]}" if hosts else "http://127.0.0.1:8420")).rstrip("/")
    parts = urlsplit(found)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise WrongUse("FULCRUM_ADDRESS must read https://name or http://name:port.")
    return found


def oidc(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Sign-in with the company's identity provider; empty when none is named."""
    issuer = environ.get("FULCRUM_OIDC_ISSUER", "")
    if not issuer:
        return {}
    missing = [name for name in ("FULCRUM_OIDC_CLIENT", "FULCRUM_OIDC_SECRET_FILE") if not environ.get(name)]
    if missing:
        raise WrongUse(f"FULCRUM_OIDC_ISSUER is set; {' and '.join(missing)} must be set too.")
    if not issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise WrongUse(
            "FULCRUM_OIDC_ISSUER must be an https:// address; what it answers decides who signs in."
        )
    secret = _content("FULCRUM_OIDC_SECRET_FILE", environ)
    app = {
        "provider_id": "company",
        "name": "your company account",
        "client_id": environ["FULCRUM_OIDC_CLIENT"],
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def _content(name: str, environ: Mapping[str, str]) -> str:
    """What the file holds that a setting names; empty when the setting is not there."""
    named = environ.get(name, "")
    if not named:
        return ""
    if not Path(named).is_file():
        raise WrongUse(f"{name} names “{named}”, which is not there.")
    return Path(named).read_text(encoding="utf-8").strip()
