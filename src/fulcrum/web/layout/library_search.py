"""Finding entries of the library: words without regard to accents and case, and filters that fit the kind."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Level
from fulcrum.core.value import value
from fulcrum.web.entry import Choices, choices_of
from fulcrum.web.layout.library import KINDS, Entry

# Which filters stand beside which kind; none where all kinds are shown.
FILTERS: dict[str, tuple[str, ...]] = {
    "step": ("role", "level", "minutes", "behaviour", "lever"),
    "argument": ("lever", "strength", "industry"),
    "example": ("industry", "lever"),
    "metric": ("role",),
    "mechanism": ("role",),
    "anchor": ("behaviour", "level"),
}
LABELS = {
    "role": "Role",
    "level": "Stands at level",
    "minutes": "Takes at most",
    "behaviour": "Behaviour",
    "lever": "Lever",
    "industry": "Industry",
    "strength": "Strength",
}
_MINUTES: Choices = (("5", "5 minutes"), ("15", "15 minutes"), ("30", "30 minutes"), ("60", "an hour"))
_FIXED: dict[str, Choices] = {
    "level": tuple((str(level.value), f"{level.value} · {level.label}") for level in Level),
    "minutes": _MINUTES,
    "behaviour": choices_of(Behaviour),
    "lever": choices_of(Lever),
}


@value
class Query:
    """What was asked of the library; every part may be empty."""

    words: str = ""
    kind: str = ""
    filters: tuple[tuple[str, str], ...] = ()


def query_of(asked: Mapping[str, str]) -> Query:
    """The query of an address; what the library does not know is left out."""
    kind = asked.get("kind", "")
    kind = kind if kind in KINDS else ""
    held = ((name, asked.get(name, "")) for name in FILTERS.get(kind, ()))
    return Query(words=asked.get("q", "").strip()[:200], kind=kind, filters=tuple(p for p in held if p[1]))


def found_by(query: Query, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that hold every word and pass every filter; those with the words in their title first."""
    words = plain(query.words).split()
    passed = [one for one in entries if _passes(one, query) and all(word in _text(one) for word in words)]
    return sorted(passed, key=lambda one: not all(word in plain(one.title) for word in words))


def counts_by(query: Query, entries: Iterable[Entry]) -> dict[str, int]:
    """How many entries of each kind hold the words, filters aside."""
    counts = dict.fromkeys(KINDS, 0)
    for one in found_by(Query(words=query.words), entries):
        counts[one.kind] += 1
    return counts


def options(name: str, kind: str, entries: Iterable[Entry]) -> Choices:
    """What a filter of one kind offers: only what some entry has."""
    if name in _FIXED:
        return _FIXED[name]
    held = {entry for one in entries if one.kind == kind for facet, entry in one.facets if facet == name}
    order = sorted(held, key=lambda text: (text == "any", text.casefold()))
    return tuple((text, "Any role" if text == "any" else text) for text in order)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text as it is compared: small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


@lru_cache(maxsize=4096)
def _text(one: Entry) -> str:
    texts = [one.title, one.note, one.id, one.kind_name, *one.beside]
    texts += [text for _, held in one.parts for text in held]
    texts += [source.title for source in one.sources]
    return plain(" ".join(texts))


def _passes(one: Entry, query: Query) -> bool:
    if query.kind and one.kind != query.kind:
        return False
    return all(_fits(one, name, wanted) for name, wanted in query.filters)


def _fits(one: Entry, name: str, wanted: str) -> bool:
    if name == "minutes":
        return one.minutes is not None and wanted.isdecimal() and one.minutes <= int(wanted[:6])
    if name == "level" and one.kind == "step":
        return one.lowest_level is not None and wanted.isdecimal() and one.lowest_level <= int(wanted[:6])
    held = {text for facet, text in one.facets if facet == name}
    return wanted in held or (name == "role" and "any" in held)
