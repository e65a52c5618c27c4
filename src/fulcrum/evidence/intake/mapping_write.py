"""The content of a mapping as TOML: what a form changed is written so that a person can read it on."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def mapping_text(content: Mapping[str, Any]) -> str:
    """The TOML text of what `tomllib` reads as `content`; the same content comes back."""
    lines = list(_table((), content))
    return "\n".join(lines).strip("\n") + "\n"


def _table(place: tuple[str, ...], content: Mapping[str, Any]) -> Iterator[str]:
    """Plain keys first, then tables, then lists of tables."""
    for key, held in content.items():
        if not _is_block(held) or len(place) > 1:
            yield f"{_key(key)} = {_value(held)}"
    if len(place) > 1:
        return
    for key, held in content.items():
        if isinstance(held, Mapping):
            yield from ("", f"[{_path((*place, key))}]")
            yield from _inner(held)
        elif _is_block(held):
            for each in held:
                yield from ("", f"[[{_path((*place, key))}]]")
                yield from _table((*place, key), each)


def _inner(content: Mapping[str, Any]) -> Iterator[str]:
    """A table that holds nothing but values; ratings stand one a line."""
    for key, held in content.items():
        if key == "ratings" and isinstance(held, Mapping):
            yield from (f"ratings.{_key(name)} = {_value(one)}" for name, one in held.items())
        else:
            yield f"{_key(key)} = {_value(held)}"


def _is_block(held: Any) -> bool:
    if isinstance(held, Mapping):
        return True
    return isinstance(held, list) and bool(held) and all(isinstance(one, Mapping) for one in held)


def _value(held: Any) -> str:
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, str):
        return _text(held)
    if isinstance(held, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in held.items()) + " }"
    if isinstance(held, list):
        return "[" + ", ".join(map(_value, held)) + "]"
    if isinstance(held, datetime | date):
        return held.isoformat()
    return repr(held)


def _path(place: tuple[str, ...]) -> str:
    return ".".join(map(_key, place))


def _key(name: str) -> str:
    is_bare = name.isascii() and bool(name) and all(sign.isalnum() or sign in "-_" for sign in name)
    return name if is_bare else _text(name)


def _text(text: str) -> str:
    said = (
        _ESCAPED.get(sign) or (f"\\u{ord(sign):04X}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign)
        for sign in text
    )
    return f'"{"".join(said)}"'
