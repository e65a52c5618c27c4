"""What a person may do to a customer's words before approving them: mask and shorten, never add.

The words that stay must be the customer's, in their order. Wherever some are gone, a mask or […] stands, and
no "not" may go out of a sentence whose other words stay.
"""

import re
import unicodedata
from collections.abc import Sequence

from fulcrum.core.value import value

LEFT_OUT = "[…]"
KINDS = (
    "name",
    "place",
    "company",
    "product",
    "date",
    "number",
    "amount",
    "address",
    "phone",
    "e-mail",
    "link",
    "handle",
    "account",
    "card",
    "signature",
    "job",
    "health",
    "family",
    "detail",
)
MASKS = (*(f"[{kind}]" for kind in KINDS), *(f"[masked {kind}]" for kind in KINDS), "[masked]")
_GAPS = frozenset({LEFT_OUT, "[...]", *MASKS})

_PIECE = re.compile(r"\[[^\[\]\n]{0,60}\](?:['’]s\b)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*|\S")
_LIGHT = frozenset(".,;:'\"()-–—…“”„‘’«»")
_ENDS = re.compile(r"[.!?…](?=\s|$)|\n")
_NOT = frozenset(
    word
    for line in (
        "not no never nobody nothing none without cannot hardly nicht kein keine keinen keiner nie ohne",
        "pas jamais rien sans aucun aucune nunca nada sin não nem sem non mai senza niet geen nooit zonder",
    )
    for word in line.split()
)


@value
class _Token:
    """One word, figure, sign or bracket, and the sentence that it stands in; signs may be left out freely."""

    said: str
    shown: str
    sentence: int

    @property
    def is_gap(self) -> bool:
        return self.said in _GAPS

    @property
    def is_sign(self) -> bool:
        return not self.said[0].isalnum() and self.said[0] != "["

    @property
    def turns(self) -> bool:
        return self.said in _NOT or self.said.endswith(("n't", "n’t"))


def wrong_with_edit(original: str, edited: str) -> str:
    """Why this text is not the customer's, masked or shortened; empty where it is.

    Both are compared word by word, without regard to capitals, spaces and light punctuation. A gap is "[…]",
    "[masked]" or a mask of a known kind, and stands for one word or more. Takes |original| x |edited| steps.
    """
    theirs, ours = _tokens(original), _tokens(edited)
    if not any(not token.is_gap for token in ours):
        return "Nothing of the customer's words is left."
    reached: list[frozenset[int]] = [_past_signs({0}, theirs)]
    for place, token in enumerate(ours):
        after = _after(token, reached[-1], theirs)
        if not after:
            return _why(place, ours, theirs, min(reached[-1]))
        reached.append(after)
    if len(theirs) not in reached[-1]:
        return f"The end of the customer's words is gone without a trace: put {LEFT_OUT} where it was."
    return _turned(_kept(reached, ours, theirs), theirs)


def _tokens(text: str) -> tuple[_Token, ...]:
    clean = unicodedata.normalize("NFC", text)
    ends = [match.end() for match in _ENDS.finditer(clean)]
    found, sentence = [], 0
    for piece in _PIECE.finditer(clean):
        while sentence < len(ends) and piece.start() >= ends[sentence]:
            sentence += 1
        if piece[0] not in _LIGHT:
            said = re.sub(r"['’]s$", "", piece[0]) if piece[0].startswith("[") else piece[0]
            said = said.casefold().replace("’", "'")
            found.append(_Token(said=said, shown=piece[0], sentence=sentence))
    return tuple(found)


def _after(token: _Token, before: frozenset[int], theirs: Sequence[_Token]) -> frozenset[int]:
    """Where the reading of the original can stand once `token` is read."""
    same = {at + 1 for at in before if at < len(theirs) and theirs[at].said == token.said}
    if token.is_gap:
        same |= set(range(min(before) + 1, len(theirs) + 1))
    return _past_signs(same, theirs)


def _past_signs(places: set[int], theirs: Sequence[_Token]) -> frozenset[int]:
    """The same places, and those behind signs such as ! and emoji, which may be left out without a trace."""
    found = set(places)
    for at in places:
        further = at
        while further < len(theirs) and theirs[further].is_sign:
            further += 1
            found.add(further)
    return frozenset(found)


def _why(place: int, ours: Sequence[_Token], theirs: Sequence[_Token], at: int) -> str:
    token = ours[place]
    if token.said.startswith("[") and token.said.endswith("]"):
        return (
            f"“{token.shown}” is no mask that we know here. Use {LEFT_OUT}, [masked] or a kind, "
            f"such as [masked {KINDS[1]}]: {', '.join(KINDS)}."
            if not token.is_gap
            else f"“{token.shown}” stands where no word of the customer is gone."
        )
    if any(one.said == token.said for one in theirs[at:]):
        return f"Words are gone before “{token.shown}” without a trace: put {LEFT_OUT} or a mask there."
    return (
        f"“{token.shown}” is not what the customer wrote here. Words may be masked or left out, not changed, "
        "moved or added."
    )


def _kept(
    reached: Sequence[frozenset[int]], ours: Sequence[_Token], theirs: Sequence[_Token]
) -> frozenset[int]:
    """Which of the customer's words stay, by the way back that leaves out the fewest."""
    kept, at = set(), len(theirs)
    for place in range(len(ours), 0, -1):
        token, before = ours[place - 1], reached[place - 1]
        while at and at not in _after_only(token, before, theirs):
            at -= 1
        if at - 1 in before and theirs[at - 1].said == token.said:
            at -= 1
            kept.add(at)
        else:
            at = max(one for one in before if one < at)
    return frozenset(kept)


def _after_only(token: _Token, before: frozenset[int], theirs: Sequence[_Token]) -> frozenset[int]:
    """As `_after`, without stepping over signs."""
    same = {at + 1 for at in before if at < len(theirs) and theirs[at].said == token.said}
    return frozenset(same | (set(range(min(before) + 1, len(theirs) + 1)) if token.is_gap else set()))


def _turned(kept: frozenset[int], theirs: Sequence[_Token]) -> str:
    """Whether a word such as "not" left a sentence of which other words stay."""
    stays = {theirs[at].sentence for at in kept if not theirs[at].is_sign}
    for at, token in enumerate(theirs):
        if at not in kept and token.turns and token.sentence in stays:
            return (
                f"“{token.shown}” is gone from a sentence whose other words stay, which may turn what the "
                "customer said. Keep it, or leave out the whole sentence."
            )
    return ""
