"""Which letters the bundled fonts hold, and how a text with others is shown without boxes."""

import re
from functools import cache
from importlib.resources import files

MARK = "[?]"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 30  # letters without a place to break; a longer word is given some


def writable(text: str) -> str:
    """`text` without the few characters that no XML or HTML file can hold."""
    return _UNWRITABLE.sub("\ufffd", text)


@cache
def covered() -> frozenset[str]:
    """The letters that every bundled font holds, from a list made of the fonts themselves."""
    listed = (files("fulcrum.briefing") / "assets" / "fonts" / "letters.txt").read_text(encoding="ascii")
    found: set[str] = set("\n\t\u200b")
    for line in listed.split():
        first, _, last = line.partition("-")
        found.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def readable(text: str) -> str:
    """`text` with each run of letters that the fonts do not hold as one [?], and long words breakable."""
    held = covered()
    kept = "".join(letter if letter in held or letter.isspace() else "\0" for letter in text)
    kept = re.sub("\0+", MARK, kept)
    if text.startswith("<svg"):
        return kept
    return re.sub(rf"\S{{{_LONGEST},}}", lambda word: _breakable(word[0]), kept)


def _breakable(word: str) -> str:
    return "\u200b".join(word[k : k + _LONGEST // 2] for k in range(0, len(word), _LONGEST // 2))
