"""Values as JSON that loses nothing, and back: the snapshots in which results are kept.

    stored = to_stored(evidence)                     plain data for `json.dumps`
    from_stored(Evidence, stored) == evidence        or `Outdated`: another version stored it, compute it anew

`core.plain` is the shape for people and programs outside; this one is for ourselves. Every field stands under
its name. Where several kinds may stand in one place the key "is" names the one (no field can have that name).
Floats that are not finite are "inf", "-inf" and "nan"; mappings whose keys are no texts are lists of pairs.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from math import isfinite
from operator import index
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from fulcrum.core.errors import Outdated
from fulcrum.core.plain import Plain

T = TypeVar("T")


def to_stored(thing: Any, kind: Any = None) -> Plain:
    """`thing` as JSON-ready data without loss. `kind` is needed for a bare tuple: `tuple[Choice, ...]`."""
    stored: Plain = _codec(type(thing) if kind is None else kind).encode(thing)
    return stored


def from_stored(kind: type[T], stored: Any) -> T:
    """The value that was stored; raises `Outdated` if a field is unknown, missing or of another kind."""
    try:
        found: T = _codec(kind).decode(stored)
    except _Unfit as unfit:
        raise Outdated(f"What was stored is of another version: {unfit}. Compute it anew.") from unfit
    return found


def shape_of(kind: Any) -> str:
    """A fingerprint of all fields beneath `kind`: where it differs, what was stored cannot be read."""
    return sha256(_codec(kind).shape.encode()).hexdigest()[:12]


class _Codec(NamedTuple):
    """How one kind is stored and read; `json` names the JSON types it may take, to tell a union's members."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    shape: str
    json: frozenset[type]


class _Unfit(Exception):
    """What does not fit, and the place, which grows on the way out."""

    def __init__(self, what: str) -> None:
        self.what, self.place = what, ""

    def __str__(self) -> str:
        return f"{self.place.lstrip('.') or 'the whole'} {self.what}"

    def at(self, place: str) -> "_Unfit":
        self.place = place + self.place
        return self


def _codec(kind: Any) -> _Codec:
    """How a kind is stored; worked out once."""
    return _worked_out(kind)


@cache
def _worked_out(kind: Any) -> _Codec:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(kind)
    if origin is Literal:
        return _literal(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*get_args(kind))
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} cannot be stored")


def _plain(kind: type, encode: Callable[[Any], Any]) -> _Codec:
    """A kind that JSON has itself; `encode` refuses what is none rather than bend it."""

    def decode(stored: Any) -> Any:
        if type(stored) is not kind:
            raise _Unfit(f"holds no {kind.__name__}")
        return stored

    return _Codec(encode, decode, kind.__name__, frozenset({kind}))


def _truth(thing: Any) -> bool:
    if thing in (True, False):
        return bool(thing)
    raise TypeError(f"{thing!r} is neither true nor false")


def _none() -> _Codec:
    def decode(stored: Any) -> None:
        if stored is not None:
            raise _Unfit("is not empty")

    return _Codec(lambda _: None, decode, "None", frozenset({NoneType}))


def _text(kind: type, encode: Callable[[Any], str], read: Callable[[str], Any]) -> _Codec:
    """A kind that is stored as text."""

    def decode(stored: Any) -> Any:
        if type(stored) is not str:
            raise _Unfit(f"holds no {kind.__name__}")
        try:
            return read(stored)
        except (ValueError, ArithmeticError) as error:
            raise _Unfit(f"holds no {kind.__name__}") from error

    return _Codec(encode, decode, kind.__name__, frozenset({str}))


def _float() -> _Codec:
    def encode(number: Any) -> Any:
        if type(number) is int:
            return number
        return float(number) if isfinite(number) else str(float(number))

    def decode(stored: Any) -> Any:
        if type(stored) in (float, int):
            return stored
        if stored in ("inf", "-inf", "nan"):
            return float(stored)
        raise _Unfit("holds no number")

    return _Codec(encode, decode, "float", frozenset({float, int}))


def _enum(kind: type[Enum]) -> _Codec:
    members = {member.value: member for member in kind}

    def decode(stored: Any) -> Enum:
        if type(stored) not in (str, int) or stored not in members:
            raise _Unfit(f"holds no {kind.__name__}")
        return members[stored]

    shape = f"{kind.__name__}{sorted(map(str, members))}"
    return _Codec(lambda member: kind(member).value, decode, shape, frozenset(map(type, members)))


def _literal(allowed: tuple[Any, ...]) -> _Codec:
    def decode(stored: Any) -> Any:
        if stored not in allowed:
            raise _Unfit(f"is none of {', '.join(map(str, allowed))}")
        return stored

    return _Codec(
        lambda same: same, decode, f"Literal{sorted(map(str, allowed))}", frozenset(map(type, allowed))
    )


def _tuple(arguments: tuple[Any, ...]) -> _Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return _floats() if arguments[0] is float else _many(_codec(arguments[0]))
    return _row(tuple(_codec(argument) for argument in arguments))


def _many(each: _Codec) -> _Codec:
    encode, decode_one = each.encode, each.decode

    def decode(stored: Any) -> tuple[Any, ...]:
        return tuple(decode_one(item) for item in _list(stored))

    return _Codec(
        lambda items: [encode(item) for item in items],
        _placed(decode, decode_one),
        f"[{each.shape}]",
        frozenset({list}),
    )


def _placed(quick: Callable[[Any], Any], one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The quick way; only where it fails every item is tried again, to name the one that does not fit."""

    def decode(stored: Any) -> Any:
        try:
            return quick(stored)
        except _Unfit:
            for place, item in enumerate(_list(stored)):
                try:
                    one(item)
                except _Unfit as unfit:
                    raise unfit.at(f"[{place}]") from None
            raise

    return decode


def _floats() -> _Codec:
    """Many floats, as a density has them: checked together, for there may be hundreds."""
    slow = _many(_codec(float))

    def encode(numbers: Any) -> Any:
        is_quick = all(map(isfinite, numbers)) and set(map(type, numbers)) <= {float, int}
        return list(numbers) if is_quick else slow.encode(numbers)

    def decode(stored: Any) -> Any:
        is_quick = type(stored) is list and set(map(type, stored)) <= {float, int}
        return tuple(stored) if is_quick else slow.decode(stored)

    return _Codec(encode, decode, slow.shape, slow.json)


def _row(parts: tuple[_Codec, ...]) -> _Codec:
    def decode(stored: Any) -> tuple[Any, ...]:
        items = _list(stored)
        if len(items) != len(parts):
            raise _Unfit(f"holds {len(items)} entries and not {len(parts)}")
        return tuple(part.decode(item) for part, item in zip(parts, items, strict=True))

    return _Codec(
        lambda items: [part.encode(item) for part, item in zip(parts, items, strict=True)],
        decode,
        f"({','.join(part.shape for part in parts)})",
        frozenset({list}),
    )


def _mapping(key: Any, item: Any) -> _Codec:
    if key is not str:
        pairs = _many(_row((_codec(key), _codec(item))))
        return _Codec(
            lambda held: pairs.encode(held.items()),
            lambda stored: dict(pairs.decode(stored)),
            pairs.shape,
            pairs.json,
        )
    each = _codec(item)

    def decode(stored: Any) -> dict[str, Any]:
        if type(stored) is not dict:
            raise _Unfit("is no mapping")
        return {name: _at(f".{name}", each, part) for name, part in stored.items()}

    return _Codec(
        lambda held: {name: each.encode(part) for name, part in held.items()},
        decode,
        f"{{{each.shape}}}",
        frozenset({dict}),
    )


def _dataclass(kind: Any) -> _Codec:
    hints = get_type_hints(kind)
    parts = {field.name: _codec(hints[field.name]) for field in fields(kind)}
    encoders = tuple((name, part.encode) for name, part in parts.items())
    decoders = tuple((name, part.decode) for name, part in parts.items())

    def encode(thing: Any) -> dict[str, Any]:
        return {name: encode_part(getattr(thing, name)) for name, encode_part in encoders}

    def decode(stored: Any) -> Any:
        if type(stored) is not dict:
            raise _Unfit(f"is no {kind.__name__}")
        if stored.keys() != parts.keys():
            raise _Unfit(_other_fields(stored, parts))
        held = {}
        for name, decode_part in decoders:
            try:
                held[name] = decode_part(stored[name])
            except _Unfit as unfit:
                raise unfit.at(f".{name}") from None
        try:
            return kind(**held)
        except ValueError as error:
            raise _Unfit(f"is no {kind.__name__}: {error}") from error

    shape = ",".join(f"{name}:{part.shape}" for name, part in parts.items())
    return _Codec(encode, decode, f"{kind.__name__}<{shape}>", frozenset({dict}))


def _union(kind: Any) -> _Codec:
    """Dataclasses by their tag, None by itself, all else by its JSON type, which has to tell it apart."""
    kinds = get_args(kind)
    tagged = {each.__name__: each for each in kinds if isinstance(each, type) and is_dataclass(each)}
    others = [_codec(each) for each in kinds if each is not NoneType and each not in tagged.values()]
    if len(tagged) + len(others) == 1:
        return _optional(*others, *map(_codec, tagged.values()), is_optional=NoneType in kinds)
    by_json = {json: other for other in others for json in other.json}
    if len(by_json) < sum(len(other.json) for other in others) or (tagged and dict in by_json):
        raise TypeError(f"{kind} cannot be stored: JSON does not tell its members apart")
    if NoneType in kinds:
        by_json[NoneType] = _none()
    return _tagged(tagged, by_json)


def _optional(one: _Codec, *, is_optional: bool) -> _Codec:
    if not is_optional:
        return one
    encode, decode = one.encode, one.decode
    return _Codec(
        lambda thing: None if thing is None else encode(thing),
        lambda stored: None if stored is None else decode(stored),
        f"{one.shape}?",
        one.json | {NoneType},
    )


def _tagged(tagged: dict[str, Any], by_json: dict[type, _Codec]) -> _Codec:
    codecs = {name: _codec(kind) for name, kind in tagged.items()}
    of_type = {kind: (name, codecs[name].encode) for name, kind in tagged.items()}

    def encode(thing: Any) -> Any:
        if type(thing) in of_type:
            name, encode_one = of_type[type(thing)]
            return {"is": name, **encode_one(thing)}
        return next(other for other in by_json.values() if _holds(other, thing)).encode(thing)

    def decode(stored: Any) -> Any:
        if type(stored) is not dict or not tagged:
            if type(stored) not in by_json:
                raise _Unfit(f"is none of {', '.join([*tagged, *(kind.__name__ for kind in by_json)])}")
            return by_json[type(stored)].decode(stored)
        if stored.get("is") not in codecs:
            raise _Unfit(f"is none of {', '.join(tagged)}")
        return codecs[stored["is"]].decode({name: part for name, part in stored.items() if name != "is"})

    shapes = sorted([*(each.shape for each in codecs.values()), *(each.shape for each in by_json.values())])
    return _Codec(encode, decode, f"({'|'.join(shapes)})", frozenset({*by_json, *({dict} if tagged else ())}))


def _holds(codec: _Codec, thing: Any) -> bool:
    """Whether this codec stores `thing` as one of its own JSON types."""
    try:
        return type(codec.encode(thing)) in codec.json and codec.decode(codec.encode(thing)) == thing
    except (_Unfit, ValueError, TypeError, AttributeError):
        return False


def _at(place: str, codec: _Codec, stored: Any) -> Any:
    try:
        return codec.decode(stored)
    except _Unfit as unfit:
        raise unfit.at(place) from None


def _list(stored: Any) -> list[Any]:
    if type(stored) is not list:
        raise _Unfit("is no list")
    return stored


def _other_fields(stored: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    missing = [name for name in parts if name not in stored]
    unknown = [name for name in stored if name not in parts]
    said = [f"lacks {', '.join(missing)}"] if missing else []
    return " and ".join([*said, *([f"holds an unknown {', '.join(unknown)}"] if unknown else [])])


_SIMPLE: dict[Any, _Codec] = {
    NoneType: _none(),
    bool: _plain(bool, _truth),
    int: _plain(int, index),
    str: _plain(str, str.__str__),
    float: _float(),
    date: _text(date, date.isoformat, date.fromisoformat),
    Decimal: _text(Decimal, str, Decimal),
}
