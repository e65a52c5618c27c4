"""Comments with what identifies people masked, and what in them still looks personal.

Layers: patterns with check digits, the cells of personal columns, a rule for addresses, names by their cue.
It masks; it cannot promise that nobody is recognised, so a person approves each story.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from fulcrum.core.stories import Masked, Span
from fulcrum.core.value import value
from fulcrum.stories import patterns

LONGEST = 10_000
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MASK = re.compile(r"\[(?:e-mail|link|handle|account|card|phone|number|address|name|signature)\]")

_DIGIT = re.compile(r"\d")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_CALENDAR = frozenset(  # without those that are first names too
    [
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "july", "september", "october", "november", "december"),
    ]
)
_CAPITAL_BEFORE = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ][^\W\d_]+ $")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;\n•“”\"(\]])\W*$")


@value
class KnownNames:
    """Names that the data give: of all customers and staff, and words that many write in small letters."""

    anybody: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()


def known_names(texts: Iterable[str], cells: Iterable[str]) -> KnownNames:
    """The names in `cells`, and the words that at least three of `texts` use in small letters."""
    seen = Counter(
        word for text in texts for word in {w for w in WORD.findall(text[:LONGEST]) if w.islower()}
    )
    names = {part for cell in set(cells) if "@" not in cell for part in _name_parts(cell)}
    return KnownNames(
        anybody=frozenset(names), common=frozenset(folded(word) for word, n in seen.items() if n >= 3)
    )


def redact(text: str, *, own: Iterable[str] = (), known: KnownNames | None = None) -> Masked:
    """`text` with e-mails, numbers, addresses and names masked; `own` are the personal cells of its customer.

    A name of their own record is masked however it is written, unless in small letters it is a word that many
    use; any other known name where it has its capital. Signs that are not seen (control, direction) become
    blanks, and of a very long text the first 10,000 signs are read.
    """
    known = known or KnownNames()
    clean = readable(text)
    spans = _merged(sorted(_found(clean, tuple(own), known), key=lambda span: (span.start, -span.end)))
    pieces, masks, at, length = [], [], 0, 0
    for span in spans:
        mask = f"[{span.kind}]"
        pieces += [clean[at : span.start], mask]
        length += span.start - at
        masks.append(Span(start=length, end=length + len(mask), kind=span.kind))
        length, at = length + len(mask), span.end
    return Masked(text="".join([*pieces, clean[at:]]), spans=tuple(masks))


def still_looks_personal(text: str, *, common: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Parts of a masked text that a person should look at before it is shown: for highlighting.

    Three digits or more, an @, and words with a capital within a sentence; `common` are words known as such.
    """
    hidden, harmless = MASK.sub(lambda mask: "\x00" * len(mask[0]), text), common | _CALENDAR
    found = [Span(start=m.start(), end=m.end(), kind="digits") for m in re.finditer(r"\d{3,}", hidden)]
    found += [
        Span(start=m.start(), end=m.end(), kind="at sign") for m in re.finditer(r"\S{0,40}@\S{0,40}", hidden)
    ]
    for word in WORD.finditer(hidden):
        if not word[0][0].isupper() or len(word[0]) < 2 or folded(word[0]) in harmless:
            continue
        if not _begins_sentence(hidden, word.start()):
            start = before.start() if (before := _name_before(hidden, word.start())) else word.start()
            found.append(Span(start=start, end=word.end(), kind="capital"))
    return tuple(_merged(sorted(found, key=lambda span: (span.start, -span.end))))


def readable(text: str) -> str:
    """The text without signs that are not seen, cut where it is very long."""
    cut = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    return _CONTROL.sub(" ", _HIDDEN.sub("", cut.replace("\r\n", "\n"))).strip()


def folded(word: str) -> str:
    """A word without capitals and accents, to compare by."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _found(text: str, own: tuple[str, ...], known: KnownNames) -> Iterator[Span]:
    yield from _whole(patterns.LINK, text, "link")
    if "@" in text or " at " in text or "at)" in text or "at]" in text:
        yield from _whole(patterns.EMAIL, text, "e-mail")
        yield from _whole(patterns.HANDLE, text, "handle")
    if _DIGIT.search(text):
        yield from _numbers(text)
        yield from _whole(patterns.ADDRESS, text, "address")
    for pattern in (patterns.TITLED, patterns.CALLED, patterns.GREETED, patterns.DASHED):
        yield from (Span(start=m.start(1), end=m.end(1), kind="name") for m in pattern.finditer(text))
    for thanked in patterns.THANKED.finditer(text):
        yield Span(start=thanked.start(1), end=thanked.end(1), kind="name")
    if (signed := patterns.SIGNED.search(text)) and len(signed[1].split()) <= 8:
        yield Span(start=signed.start(1), end=signed.end(1), kind="signature")
    yield from _names(text, own, known)


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Span]:
    return (Span(start=m.start(), end=m.end(), kind=kind) for m in pattern.finditer(text))


def _numbers(text: str) -> Iterator[Span]:
    for found in patterns.IBAN.finditer(text):
        if length := patterns.iban_in(found[0]):
            yield Span(start=found.start(), end=found.start() + length, kind="account")
    for cued in patterns.CUED.finditer(text):
        yield Span(start=cued.start(1), end=cued.end(1), kind="number")
    for code in patterns.CODE.finditer(text):
        if sum(sign.isdigit() for sign in code[0]) >= 4:
            yield Span(start=code.start(), end=code.end(), kind="number")
    for locator in patterns.LOCATOR.finditer(text):
        yield Span(start=locator.start(), end=locator.end(), kind="number")
    for found in patterns.NUMBER.finditer(text):
        if found[0][0] == "+":
            yield Span(start=found.start(), end=found.end(), kind="phone")
    hidden = patterns.PLAIN.sub(lambda plain: "\x00" * len(plain[0]), text)
    for found in patterns.NUMBER.finditer(hidden):
        digits = "".join(sign for sign in found[0] if sign.isdigit())
        if len(digits) >= (6 if found[0].isdigit() else 7):
            yield Span(start=found.start(), end=found.end(), kind=_kind_of(found[0], digits))


def _kind_of(written: str, digits: str) -> str:
    if patterns.is_card(digits):
        return "card"
    return "phone" if len(digits) <= 15 and (written[0] in "+(0" or not written.isdigit()) else "number"


def _names(text: str, own: tuple[str, ...], known: KnownNames) -> Iterator[Span]:
    mine = {part for cell in own for part in _name_parts(cell)}
    for cell in own:
        if len(cell) >= 4 and not cell.isalpha():
            yield from _whole(re.compile(re.escape(cell), re.IGNORECASE), text, "name")
    if not mine and not known.anybody:
        return
    for word in WORD.finditer(text):
        key = bare = folded(word[0])
        if key not in mine and key not in known.anybody:
            bare = key.removesuffix("'s").removesuffix("’s")
            if bare == key or (bare not in mine and bare not in known.anybody):
                continue
        end = word.end() - (len(key) - len(bare))
        key = bare
        has_capital = word[0][0].isupper()
        is_word = key in known.common and (not has_capital or _begins_sentence(text, word.start()))
        if not is_word and (has_capital or key in mine):
            yield Span(start=word.start(), end=end, kind="name")


def _name_parts(cell: str) -> set[str]:
    return {folded(part) for part in WORD.findall(cell) if len(part) >= 2} - _PARTICLES


def _name_before(text: str, place: int) -> re.Match[str] | None:
    """A word with a capital just before: "Adriano" of "Adriano Alves", even where it begins a sentence."""
    return _CAPITAL_BEFORE.search(text, max(0, place - 40), place)


def _begins_sentence(text: str, place: int) -> bool:
    return _SENTENCE_END.search(text[max(0, place - 8) : place]) is not None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap, or follow with a blank between two names, as one with the kind of the longest."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last is not None and span.start < last.end:
            longer = max(last, span, key=lambda one: one.end - one.start)
            merged[-1] = Span(start=last.start, end=max(last.end, span.end), kind=longer.kind)
        else:
            merged.append(span)
    return merged


_PARTICLES = {
    "von",
    "van",
    "der",
    "den",
    "de",
    "da",
    "do",
    "dos",
    "das",
    "del",
    "di",
    "la",
    "le",
    "com",
    "the",
}
