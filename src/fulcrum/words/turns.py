"""Whose words are whose: the turns of a transcript that names its speakers."""

import re
from collections import Counter
from collections.abc import Sequence

from fulcrum.core.people import Executive
from fulcrum.core.value import value
from fulcrum.words.tokens import tokens_of

_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|da|van|von|der|den|la|le|del|di|bin|al)){0,4}"
_LABELLED = re.compile(
    rf"^\s*(?:>>+ ?|[-–—•] )?[<\[]?(?:[QA] ?[-–—] ?)?(?P<name>{_NAME})"
    r"(?: ?[,(/–—-] ?[^:\n]{1,80})?[>\]]?\s?:(?:\s+(?P<said>.*))?$"
)
_ALONE = re.compile(rf"^\s*(?P<name>{_NAME})(?:\s*(?:--?|[–—,|/])\s*(?P<role>[^.:!?\n]{{2,80}}))?\s*:?\s*$")
_STAGE = re.compile(
    r"[\[(](?:applause|laughter|inaudible|music|silence|pause|crosstalk|indiscernible)[^\])]{0,40}[\])]"
    r"|\[\d{1,2}:\d{2}(?::\d{2})?\]|^\s*\(?\d{1,2}:\d{2}(?::\d{2})?\)?\s",
    re.IGNORECASE | re.MULTILINE,
)
_INITIAL = re.compile(r"\b(?:Jr|Sr|[A-Z])\.$")
_PART_NAMES = "operator moderator host interviewer analyst question answer q a speaker audience participant"
_PARTS = frozenset(_PART_NAMES.split())
_LIKE_A_LABEL = 2  # a label that comes so often is a speaker, not a heading
_LONGEST_LINE_ALONE = 100


@value
class Turns:
    """The executive's own words, how many words were of others, and who else speaks."""

    own: str
    left_out: int
    is_marked: bool
    speakers: tuple[str, ...]
    is_there: bool


def own_turns(text: str, person: Executive) -> Turns:
    """What `person` says in a text. Without marked speakers all of it is theirs.

    Speakers are marked by "Name:" or by a line that holds a name alone, with a role or not. A name is theirs
    if it holds their surname and no other first name, or says their role or id. A text counts as marked if
    they are among its labels, or if two labels come and one of them twice.
    """
    lines = _STAGE.sub(" ", text).splitlines()
    told = [_label(line) for line in lines]
    names = Counter(label for label, _ in told if label)
    theirs = {name for name in names if is_theirs(name, person)}
    alone = {label for line in lines if (label := _alone(line)) is not None}
    theirs_alone = {name for name in alone if is_theirs(name, person)}
    if theirs_alone and not theirs:
        told = [("", line) if (label := _alone(line)) is None else (label, "") for line in lines]
        names, theirs = Counter(label for label, _ in told if label), theirs_alone
    is_dialogue = len(names) > 1 and max(names.values()) >= _LIKE_A_LABEL and any(map(_is_a_speaker, names))
    is_marked = bool(theirs) or is_dialogue
    if not is_marked:
        return Turns(own="\n".join(lines), left_out=0, is_marked=False, speakers=(), is_there=True)
    own, others = _parted(told, theirs)
    return Turns(
        own=own,
        left_out=len(tokens_of(others)),
        is_marked=True,
        speakers=tuple(names),
        is_there=bool(theirs),
    )


def is_theirs(label: str, person: Executive) -> bool:
    """Whether a speaker's label names this executive."""
    said, name = _plain(label), _plain(person.name)
    if not said or not name:
        return False
    if label.casefold() in (person.id.casefold(), person.role.casefold()):
        return True
    if said[-1] != name[-1]:
        return False
    return len(said) == 1 or len(name) == 1 or said[0][0] == name[0][0]


def _plain(name: str) -> list[str]:
    titles = {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame"}
    return [token.word for token in tokens_of(name) if token.word not in titles]


def _label(line: str) -> tuple[str, str]:
    found = _LABELLED.match(line)
    return (found["name"], found["said"] or "") if found else ("", line)


def _alone(line: str) -> str | None:
    """The name on a line that holds nothing else, as transcripts of calls set it."""
    found = _ALONE.match(line) if len(line) <= _LONGEST_LINE_ALONE else None
    if found is None or (found["name"].endswith(".") and not _INITIAL.search(found["name"])):
        return None
    is_name = found["role"] is not None or _is_a_speaker(found["name"])
    return found["name"] if is_name else None


def _is_a_speaker(label: str) -> bool:
    """Whether a label may be somebody's name or part, and not a heading of one word."""
    return " " in label.strip() or label.casefold() in _PARTS


def _parted(told: Sequence[tuple[str, str]], theirs: set[str]) -> tuple[str, str]:
    """Their lines and the others'. What stands before the first speaker is nobody's, so the others'."""
    own: list[str] = []
    others: list[str] = []
    is_own = False
    for label, said in told:
        if label:
            is_own = label in theirs
        (own if is_own else others).append(said)
    return "\n".join(own), "\n".join(others)
