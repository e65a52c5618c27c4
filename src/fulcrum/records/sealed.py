"""Text that is sealed before it reaches the database; the key lies in a file outside of it.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fyntex/spec) through `cryptography`. The first key
seals, every key opens, so that a key can be renewed.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from fulcrum.core.errors import FulcrumError


class Unreadable(FulcrumError):
    """A sealed text whose key is not here."""


if TYPE_CHECKING:
    _Anything = models.Field[Any, Any]
else:
    _Anything = models.TextField


class SealedText(models.TextField):  # type: ignore[type-arg]
    """A text field whose database holds nothing but sealed bytes; empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        """What is stored."""
        return value if not value else seal(str(value))

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """What is read."""
        return value if not value else unseal(value)


class SealedJSON(_Anything):
    """Plain data of which the database holds nothing but sealed bytes."""

    def get_prep_value(self, value: Any) -> Any:
        """What is stored."""
        return None if value is None else seal(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """What is read."""
        return None if value is None else unsealed_json(value)


def seal(text: str) -> str:
    """`text` sealed with the first key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text of `sealed`; raises `Unreadable` when none of the keys fits."""
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise Unreadable(
            f"A private text cannot be read with the key in {settings.FULCRUM_KEY_FILE}. "
            "Put the key file of this data back beside it, or name it with FULCRUM_KEY_FILE."
        ) from None


def unsealed_json(sealed: str) -> Any:
    """The plain data of `sealed`."""
    return json.loads(unseal(sealed))


def renew_key() -> None:
    """A new key that seals from now on; the earlier ones stay and open what they sealed."""
    file = settings.FULCRUM_KEY_FILE
    _keys()
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_bytes(Fernet.generate_key() + b"\n" + file.read_bytes())
    beside.replace(file)


def _keys() -> MultiFernet:
    """The keys as the file holds them now; a process that runs on sees a renewed one."""
    file = settings.FULCRUM_KEY_FILE
    if not file.exists():
        _make_key(file)
    return _read_keys(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_keys(file: Path, _: int) -> MultiFernet:
    return MultiFernet([Fernet(line) for line in file.read_bytes().split()])


def _make_key(file: Path) -> None:
    """A new key, readable by its owner alone; two processes that start at once agree on one file."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_bytes(Fernet.generate_key() + b"\n")
    try:
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
