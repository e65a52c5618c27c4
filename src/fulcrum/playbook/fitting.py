"""Whether a piece of TOML fits the shape that it claims to have, and if not, every misfit in plain words.

The only file, with `schema`, that knows pydantic. It is strict: "30" is not the number 30.
"""

import json
import re
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from fulcrum.core.value import value

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]


@value
class Misfit:
    """One thing that does not fit: where inside the entry, what, and what to write instead."""

    place: Place
    what: str
    remedy: str


def fit(shape: type, content: object) -> tuple[Any | None, tuple[Misfit, ...]]:
    """The value of this shape, or None and all its misfits."""
    from pydantic import ValidationError

    try:
        return adapter(shape).validate_json(json.dumps(content, default=str), strict=True), ()
    except ValidationError as refused:
        return None, _misfits(shape, refused.errors(include_url=False))


@cache
def adapter(shape: type) -> "TypeAdapter[Any]":
    """The pydantic adapter of one core class, built once."""
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def in_words(place: Place) -> str:
    """A place inside an entry as people read it: "sources 2 › url" counts from 1."""
    said = ""
    for part in place:
        said += f" {part + 1}" if isinstance(part, int) else f" › {part}" if said else str(part)
    return said.strip()


def _misfits(shape: type, errors: "list[ErrorDetails]") -> tuple[Misfit, ...]:
    found: dict[Place, Misfit] = {}
    for error in errors:
        place, inside, wanted = _walk(shape, error["loc"])
        what, remedy = _in_plain_words(error, place, inside, wanted)
        if place in found:  # a choice between two types: one misfit, both ways out
            remedy = f"{found[place].remedy} Or: {remedy}"
            what = found[place].what
        found[place] = Misfit(place=place, what=what, remedy=remedy)
    return tuple(found.values())


def _walk(shape: Any, loc: Place) -> tuple[Place, Any, Any]:
    """The place without pydantic's notes on unions, the class of its last key, and what belongs there."""
    place: list[str | int] = []
    inside, here = shape, shape
    for part in loc:
        if isinstance(part, int):
            place.append(part)
            here = _item_type(here)
        elif is_dataclass(here):
            place.append(part)
            inside = here
            here = get_type_hints(here).get(part)
    return tuple(place), inside, here


def _item_type(listed: Any) -> Any:
    arguments = get_args(listed) if get_origin(listed) is tuple else ()
    return arguments[0] if arguments else None


def _in_plain_words(error: "ErrorDetails", place: Place, inside: Any, wanted: Any) -> tuple[str, str]:
    key = next((str(part) for part in reversed(place) if isinstance(part, str)), "entry")
    given = error["input"]
    match error["type"]:
        case "unexpected_keyword_argument":
            return f"“{key}” is not a key here.", _choose_from(key, [f.name for f in fields(inside)])
        case "missing" if place and isinstance(place[-1], int):
            return f"“{key}” holds too few values.", _WRITE["too_long"]
        case "missing":
            return f"“{key}” is missing.", f"Add a line {key} = …"
        case "enum" | "literal_error":
            allowed = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
            return f"“{given}” is not an allowed value of “{key}”.", _choose_from(str(given), allowed)
        case "dataclass_type":
            keys = ", ".join(field.name for field in fields(wanted))
            return f"“{key}” cannot be {_shown(given)}.", f"Write a table with the keys {keys}."
        case kind if kind in _WRITE:
            return f"“{key}” cannot be {_shown(given)}.", _WRITE[kind]
        case _:
            return (
                f"“{key}” does not fit: {error['msg']}.",
                "Compare it with a shipped entry of the same file.",
            )


def _choose_from(given: str, allowed: list[str]) -> str:
    near = get_close_matches(given, allowed, n=1)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return f"{meant}Allowed: {', '.join(allowed)}."


def _shown(given: object) -> str:
    match given:
        case str():
            return f"the text “{given}”"
        case bool():
            return "true" if given else "false"
        case int() | float():
            return f"the number {given}"
        case list():
            return "a list"
        case _:
            return "a table"


_WHOLE_NUMBER = "Write a whole number without quotes, like 30."
_LIST = 'Write a list in square brackets, like ["one", "two"].'
_WRITE = {
    "string_type": 'Write a text in quotes, like "this".',
    "int_type": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_type": "Write a number without quotes, like 0.5.",
    "bool_type": "Write true or false, without quotes.",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_long": "Write exactly six numbers, one for each level from 0 to 5.",
}
