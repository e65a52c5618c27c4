"""Keys of the marks that repeat: each a small drawing and its words."""

from fulcrum.briefing.svg import element, line, rectangle
from fulcrum.core.people import Source
from fulcrum.core.value import value
from fulcrum.web.drawings.marks import diamond, sighting, triangle

_SOURCES = {
    Source.SEEN: "seen",
    Source.TOLD_BY: "told by someone",
    Source.DOCUMENT: "document",
    Source.ASK_OUTCOME: "outcome of an ask",
    Source.OWN_WORDS: "own words",
}


@value
class KeyItem:
    """One mark and what it means."""

    mark: str
    said: str


def ladder_key() -> tuple[KeyItem, ...]:
    """How to read the rows of beliefs."""
    move = [line([(5, 6), (28, 6)], "c-move"), triangle(5, 2, 4.2, "c-tri-open"), triangle(28, 1, 5.5)]
    return (
        KeyItem(mark=_mark(30, 16, rectangle(0, 0, 30, 16, "c-now")), said="likely levels, 80 % together"),
        KeyItem(mark=_mark(30, 16, rectangle(0, 8, 30, 8, "c-now-pale")), said="the rest"),
        KeyItem(mark=_mark(30, 16, line([(0, 8), (30, 8)], "c-then")), said="twelve weeks ago"),
        KeyItem(mark=_mark(34, 12, *move), said="where it balanced then, and now"),
        KeyItem(mark=_mark(14, 14, diamond(7, 7, 5)), said="desired level"),
        KeyItem(mark=_mark(30, 16, rectangle(0.5, 3, 29, 12, "c-unknown")), said="unknown: last belief"),
    )


def sightings_key() -> tuple[KeyItem, ...]:
    """How to read the observations on the ribbons."""
    return tuple(
        KeyItem(mark=_mark(14, 14, sighting(source, 7, 7)), said=said) for source, said in _SOURCES.items()
    )


def _mark(width: float, height: float, *parts: str) -> str:
    size = {"width": f"{width:g}", "height": f"{height:g}"}
    return element("svg", *parts, aria_hidden="true", **size)
