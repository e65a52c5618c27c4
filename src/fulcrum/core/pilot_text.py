"""A pilot's design and registration as the texts of their files: they read back as the same values."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from fulcrum.core.pilots import PilotDesign, Registration

REGISTERED = ".registered.toml"
_HEAD = "# A pilot's design, frozen before its start. Changing this file, or the design, ends the pilot.\n"
_NAMED = {"assignment": "comparison"}


def design_text(design: PilotDesign) -> str:
    """The text of `pilots/NAME.toml`; what is empty is left out."""
    plain, tables = [], []
    for name in design.__dataclass_fields__:
        held = getattr(design, name)
        if hasattr(held, "__dataclass_fields__"):
            inner = [line for key in held.__dataclass_fields__ for line in _line(key, getattr(held, key))]
            tables += ["", f"[{name}]", *inner] if held != type(held)() else []
        elif name != "key":
            plain += _line(_NAMED.get(name, name), held)
    return "\n".join([*plain, *tables]) + "\n"


def registration_text(made: Registration) -> str:
    """The text of `pilots/NAME.registered.toml`."""
    lines = "".join(f"  {_said(line)},\n" for line in made.text.splitlines())
    return f'{_HEAD}sha256 = "{made.sha256}"\nregistered_on = {made.registered_on}\ndesign = [\n{lines}]\n'


def _line(key: str, held: Any) -> list[str]:
    is_empty = held is None or held is False or held in ("", ())
    return [] if is_empty else [f"{key} = {_said(held)}"]


def _said(held: Any) -> str:
    if held is True:
        return "true"
    if isinstance(held, tuple):
        return "[" + ", ".join(map(_said, held)) + "]"
    if isinstance(held, str):
        return json.dumps(str(held), ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(held, Decimal):
        return format(held, "f")
    if isinstance(held, float):
        return repr(int(held)) if held.is_integer() else repr(held)
    return held.isoformat() if isinstance(held, date) else str(held)
