"""Where a vision is vague: no customer, no change, no measure, and words that take the place of a picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from fulcrum.commitment.wordlist import Found, WordList, tokens_of
from fulcrum.core.company import JourneyShift, Vision
from fulcrum.core.lexicons import VisionWords
from fulcrum.core.rules import VisionRules
from fulcrum.core.vision import Vague, VagueKind, VisionReading
from fulcrum.core.wording import count, listed

READ_AT_MOST = 20_000  # characters of one text: a vision is a page, and nobody waits for a book to be read
STATEMENT = "statement"
_IN_PLACE_OF_A_PICTURE: tuple[VagueKind, ...] = ("programme", "superlative", "jargon")
_LACKS: dict[VagueKind, str] = {
    "no customer": "The vision names no customer.",
    "no change": "The vision names no difference to today.",
    "no measure": "Nothing in the vision can be counted, and it has no date.",
    "programme": "It speaks of a programme where a way of working is meant",
    "superlative": "It praises where a picture is wanted",
    "jargon": "It uses words of our own trade",
}
_UNREAD = (
    "Only English words are known here. It was checked whether “from” and “to” are alike, whether there is a "
    "number or a date, how long it is, and whether two functions were told the same; customers, changes and "
    "empty words were not looked for."
)


@lru_cache(maxsize=64)
def vagueness(vision: Vision, words: tuple[VisionWords, ...], rules: VisionRules) -> VisionReading:
    """Every place where a reader would not see anything before them, the serious ones first.

    | finding | is serious |
    |---|---|
    | no customer is named in the statement or in any “to” | always |
    | a journey's “from” and “to” share at least `alike_from` of their words (Jaccard) | always |
    | no journey, and no word of change or comparison in the statement | always |
    | nothing in the whole vision is counted or dated | always |
    | one journey has no number, no measure and no date | never |
    | programme words in the statement or in a “to” | always; in a meaning never |
    | superlatives and jargon | never |
    | a statement of more words than can be retold | never |
    | the same meaning for two functions | always |

    Words are looked for in English texts only; `unread` says what was left out. What will not be done and how
    it is today are free to name programmes. It reads the first 20,000 characters of each text. It knows
    words, not sense: irony, a negation or a customer by a name of the company's own escapes it.
    """
    reader = _Reader(words, rules)
    language = reader.language_of(vision)
    is_english = language == "en"
    found = [
        *reader.structure(vision, is_english=is_english),
        *(reader.words(vision) if is_english else ()),
    ]
    ordered = sorted(found, key=lambda one: not one.is_serious)
    return VisionReading(found=tuple(ordered), language=language, unread="" if is_english else _UNREAD)


class _Reader:
    """The word lists by their kind, and what is said of each finding."""

    def __init__(self, words: tuple[VisionWords, ...], rules: VisionRules) -> None:
        self._rules = rules
        kinds: set[str] = {one.kind for one in words if one.kind != "language"}
        self._entries: dict[str, VisionWords] = {one.kind: one for one in words}
        self._lists = {kind: WordList([one for one in words if one.kind == kind]) for kind in kinds}
        self._languages = {
            one.language: frozenset(map(str.casefold, one.words)) for one in words if one.kind == "language"
        }

    def language_of(self, vision: Vision) -> str:
        """The language most of whose small words are there; with none, English if all letters are plain."""
        said = [vision.statement, *(text for one in vision.journeys for text in (one.from_, one.to))]
        whole = " ".join(map(_cut, said))
        votes = Counter(
            language
            for token in tokens_of(whole)
            for language, small in self._languages.items()
            if token.word in small
        )
        if not votes:
            return "en" if whole.isascii() else ""
        return max(self._languages, key=lambda language: votes[language])

    def structure(self, vision: Vision, *, is_english: bool) -> Iterator[Vague]:
        """What can be told in any language."""
        for place, shift in _journeys(vision):
            if self._are_alike(shift.from_, shift.to):
                said = f"“From” and “to” of {_named(shift)} say the same."
                yield self._vague("no change", f"{place}.to", said, words=_quoted(shift.to), is_serious=True)
        yield from self._measures(vision, is_english=is_english)
        spoken = len(tokens_of(_cut(vision.statement)))
        if spoken > self._rules.statement_words_at_most.value:
            yield Vague(
                kind="too long",
                place=STATEMENT,
                lacks=f"The statement has {count(spoken)} words.",
                why=self._rules.statement_words_at_most.why,
                instead="Keep what a customer would notice; the rest belongs to the journeys.",
                is_serious=False,
            )
        yield from self._copied(vision)

    def words(self, vision: Vision) -> Iterator[Vague]:
        """What can be told where the words are known."""
        aims = [vision.statement, *(shift.to for shift in vision.journeys)]
        if not any(self._names_a_customer(text) for text in aims):
            yield self._vague("no customer", STATEMENT, _LACKS["no customer"], is_serious=True)
        if not vision.journeys and not self._find("change", vision.statement):
            yield self._vague("no change", STATEMENT, _LACKS["no change"], is_serious=True)
        yield from self._instead_of_a_picture(STATEMENT, vision.statement, is_aim=True)
        for place, shift in _journeys(vision):
            yield from self._instead_of_a_picture(f"{place}.to", shift.to, is_aim=True)
        for executive, said in vision.meaning:
            yield from self._instead_of_a_picture(f"meaning.{executive}", said, is_aim=False)

    def _measures(self, vision: Vision, *, is_english: bool) -> Iterator[Vague]:
        def is_counted(text: str) -> bool:
            return any(c.isdecimal() for c in text) or (is_english and bool(self._find("measure", text)))

        bare = [
            (place, shift)
            for place, shift in _journeys(vision)
            if not (shift.measure.strip() or shift.by is not None or is_counted(shift.to))
        ]
        if len(bare) == len(vision.journeys) and not is_counted(vision.statement):
            yield self._vague("no measure", STATEMENT, _LACKS["no measure"], is_serious=True)
        for place, shift in bare:
            said = f"{_named(shift)} has no measure and no date."
            yield self._vague("no measure", f"{place}.measure", said[:1].upper() + said[1:], is_serious=False)

    def _copied(self, vision: Vision) -> Iterator[Vague]:
        for i, (executive, said) in enumerate(vision.meaning):
            if any(self._are_alike(said, other) for _, other in vision.meaning[:i]):
                yield Vague(
                    kind="copied",
                    place=f"meaning.{executive}",
                    lacks="Two functions are told the same.",
                    words=_quoted(said),
                    why="What means the same for every function means nothing for any one of them.",
                    instead="Write what this function does otherwise, and what it stops doing.",
                    is_serious=True,
                )

    def _instead_of_a_picture(self, place: str, text: str, *, is_aim: bool) -> Iterator[Vague]:
        for kind in _IN_PLACE_OF_A_PICTURE:
            found = self._find(kind, text)
            told = list(dict.fromkeys(one.text for one in found))[: int(self._rules.quoted_at_most.value)]
            if not told:
                continue
            said = f"{_LACKS[kind]}: {listed([f'“{words}”' for words in told])}."
            is_serious = is_aim and kind == "programme"
            words = ", ".join(told)
            yield self._vague(kind, place, said, words=words, is_serious=is_serious, entry=found[0].entry)

    def _names_a_customer(self, text: str) -> bool:
        """Whether a customer stands there for themselves, and not within “customer-centric” and the like."""
        taken = {
            place
            for one in self._find("jargon", text)
            for place in range(one.start, one.start + len(one.text))
        }
        return any(one.start not in taken for one in self._find("customer", text))

    def _find(self, kind: str, text: str) -> tuple[Found, ...]:
        known = self._lists.get(kind)
        return () if known is None else known.found_in(_cut(text))

    def _are_alike(self, one: str, other: str) -> bool:
        first, second = ({token.word for token in tokens_of(_cut(text))} for text in (one, other))
        both = first | second
        return bool(both) and len(first & second) / len(both) >= self._rules.alike_from.value

    def _vague(
        self,
        kind: VagueKind,
        place: str,
        lacks: str,
        *,
        is_serious: bool,
        words: str = "",
        entry: VisionWords | None = None,
    ) -> Vague:
        """A finding with what the playbook says of its kind."""
        known = entry or self._entries.get(kind.removeprefix("no "))
        why, instead = ("", "") if known is None else (known.why, known.instead)
        return Vague(
            kind=kind, place=place, lacks=lacks, words=words, why=why, instead=instead, is_serious=is_serious
        )


def _journeys(vision: Vision) -> Sequence[tuple[str, JourneyShift]]:
    return [(f"journeys[{i}]", shift) for i, shift in enumerate(vision.journeys, start=1)]


def _named(shift: JourneyShift) -> str:
    return f"the journey “{_quoted(shift.journey)}”"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79].rstrip() + "…"


def _cut(text: str) -> str:
    return text[:READ_AT_MOST]
