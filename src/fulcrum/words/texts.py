"""The words folder to texts, and everything that is wrong with its files at once."""

import json
import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.people import Executive
from fulcrum.core.words import OwnText
from fulcrum.reading.confined import Room, confined, gave_up, told
from fulcrum.reading.opening import opened, size_of
from fulcrum.words.captions import is_captions, text_of_captions
from fulcrum.words.tokens import tokens_of
from fulcrum.words.turns import own_turns

FOLDER = "words"
ENDINGS = ("txt", "pdf", "docx", "srt", "vtt")
LARGEST_TEXT = 1 << 20  # read in place, like small tables; an hour of speech is a twentieth of it
LARGEST_DOCUMENT = 32 << 20
_ROOM = Room(addresses=1 << 30, seconds=30)
_NAME = re.compile(r"^(?P<who>.+)_(?P<day>\d{4}-\d{2}-\d{2})$")
_EXPLAINING = frozenset({".md", ".rst"})

Read = tuple[tuple[OwnText, ...], tuple[Problem, ...]]


def texts_in(folder: Path, executives: Sequence[Executive], *, as_of: date) -> Read:
    """Every text of `folder/words` in the order of names, and every Problem of its files.

    A file is named `<executive>_<yyyy-mm-dd>.<ending>`. A text from after `as_of` is a question and is left
    out; a text that is the same as an earlier one is a question and is counted once.
    """
    texts: list[OwnText] = []
    problems: list[Problem] = []
    place = folder / FOLDER
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        if path.name.startswith((".", "~$")) or path.suffix.casefold() in _EXPLAINING:
            continue
        text, found = text_in(path, executives, as_of=as_of)
        problems += found
        if text is None:
            continue
        same = next((one for one in texts if one.text == text.text and one.executive == text.executive), None)
        if same is None:
            texts.append(text)
        else:
            problems.append(_twice(text.file, same.file))
    return tuple(texts), tuple(problems)


def text_in(
    path: Path, executives: Sequence[Executive], *, as_of: date
) -> tuple[OwnText | None, tuple[Problem, ...]]:
    """The executive's own words in one file, or why there are none."""
    file = f"{FOLDER}/{path.name}"
    named = _named(path, executives, as_of=as_of, file=file)
    if isinstance(named, Problem):
        return None, (named,)
    person, said_on, ending = named
    source = opened(path, file=file)
    if isinstance(source, Problem):
        return None, (source,)
    with source:
        if (large := _too_large(size_of(source), ending, file=file)) is not None:
            return None, (large,)
        data = source.read()
    return text_of(data, person, said_on=said_on, ending=ending, file=file)


def whose(name: str) -> str:
    """The id that a file's name begins with; empty for a name that says none."""
    parts = _NAME.match(Path(name).stem)
    return "" if parts is None else parts["who"]


def holds_name(path: Path, name: str) -> bool:
    """Whether somebody is named in a text, by whomever; for a file that cannot be read the answer is yes."""
    ending, data = path.suffix.casefold().removeprefix("."), path.read_bytes()
    is_document = ending in ("pdf", "docx")
    text, _ = _document(data, ending, path.name) if is_document else _plain(data, ending, path.name)
    return text is None or name.casefold() in " ".join(text.casefold().split())


def text_of(
    data: bytes, person: Executive, *, said_on: date, ending: str, file: str
) -> tuple[OwnText | None, tuple[Problem, ...]]:
    """The executive's own words in the bytes of one file, or why there are none."""
    if (large := _too_large(len(data), ending, file=file)) is not None:
        return None, (large,)
    text, problems = (
        _document(data, ending, file) if ending in ("pdf", "docx") else _plain(data, ending, file)
    )
    if text is None:
        return None, problems
    turns = own_turns(text, person)
    if not turns.is_there:
        return None, (*problems, _not_there(person, turns.speakers, file))
    if not tokens_of(turns.own):
        return None, (*problems, _empty(file))
    return OwnText(
        executive=person.id,
        said_on=said_on,
        file=file,
        sha256=sha256(data).hexdigest(),
        text=turns.own,
        is_marked=turns.is_marked,
        left_out=turns.left_out,
    ), problems


def _named(
    path: Path, executives: Sequence[Executive], *, as_of: date, file: str
) -> tuple[Executive, date, str] | Problem:
    """Who, when and what kind, as the file's name says."""
    ending = path.suffix.casefold().removeprefix(".")
    if ending not in ENDINGS:
        return _wrong_name(file, f"“.{ending}” is not read." if ending else "The name has no ending.")
    parts = _NAME.match(path.stem)
    if parts is None:
        return _wrong_name(file, "The name does not say who spoke and when.")
    try:
        said_on = date.fromisoformat(parts["day"])
    except ValueError:
        return _wrong_name(file, f"“{parts['day']}” is no day of the calendar.")
    person = next((one for one in executives if one.id == parts["who"]), None)
    if person is None:
        return _nobody(parts["who"], executives, file)
    return _to_come(said_on, as_of, file) if said_on > as_of else (person, said_on, ending)


def _plain(data: bytes, ending: str, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    if (other := _really(data, file)) is not None:
        return None, (other,)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return None, (_not_utf8(data, file),)
    if ending == "txt":
        return text, ()
    if not text.strip():
        return None, (_empty(file),)
    return (text_of_captions(text), ()) if is_captions(text) else (None, (_no_captions(file),))


def _document(data: bytes, ending: str, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    if not data:
        return None, (_empty(file),)
    answered = confined("fulcrum.words.document_child", {"file": file, "ending": ending}, data, _ROOM)
    if isinstance(answered, str):
        remedy = "Save its text as .txt and use that."
        return None, (gave_up(answered, file=file, kind="document", remedy=remedy),)
    said = json.loads(answered.output)
    problems = told(said["problems"])
    return (None if any(one.is_error for one in problems) else str(said["text"])), problems


def _really(data: bytes, file: str) -> Problem | None:
    """What a file with the ending of a text really is, if it is none."""
    kinds = ((b"%PDF", "a PDF", "pdf"), (b"PK\x03\x04", "a Word document or another archive", "docx"))
    for start, kind, ending in kinds:
        if data.startswith(start):
            what, remedy = f"The file is {kind}, not a text.", f"Give it the ending .{ending} if it is one."
            return Problem(file=file, what=what, remedy=remedy, code="words-kind")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        remedy = "Save it as plain text, UTF-8."
        return Problem(file=file, what="The file is not a text.", remedy=remedy, code="words-kind")
    return None


def _too_large(size: int, ending: str, *, file: str) -> Problem | None:
    most = LARGEST_DOCUMENT if ending in ("pdf", "docx") else LARGEST_TEXT
    if size <= most:
        return None
    return Problem(
        file=file,
        what=f"The file has {size / 1e6:,.1f} MB; we read up to {most >> 20} MB.",
        remedy="Keep the part that holds the executive's own words.",
        code="words-large",
    )


def _wrong_name(file: str, what: str) -> Problem:
    remedy = (
        f"Name it <executive>_<yyyy-mm-dd>.<ending>, with one of {', '.join(ENDINGS)}: dana_2026-04-28.txt."
    )
    return Problem(file=file, what=what, remedy=remedy, code="words-name")


def _nobody(who: str, executives: Sequence[Executive], file: str) -> Problem:
    ids = [one.id for one in executives]
    near = get_close_matches(who, ids, n=1)
    remedy = (
        f"Did you mean “{near[0]}”?" if near else f"Name it after one of: {', '.join(ids) or 'nobody yet'}."
    )
    what = f"There is no executive “{who}” in executives.csv."
    return Problem(file=file, what=what, remedy=remedy, code="executive-unknown")


def _to_come(said_on: date, as_of: date, file: str) -> Problem:
    return Problem(
        file=file,
        what=f"It is dated {said_on}, after {as_of}; it was not counted.",
        remedy="Correct the day, or look from a later one.",
        severity=Severity.QUESTION,
        code="future",
    )


def _empty(file: str) -> Problem:
    remedy = "Put the transcript in, or remove the file."
    return Problem(file=file, what="There are no words in it.", remedy=remedy, code="words-empty")


def _no_captions(file: str) -> Problem:
    what = "There are no captions in it: no line of times (00:00:01,000 --> 00:00:04,000)."
    remedy = "Export the captions again, or give a plain text the ending .txt."
    return Problem(file=file, what=what, remedy=remedy, code="words-kind")


def _not_utf8(data: bytes, file: str) -> Problem:
    row = next((at for at, line in enumerate(data.splitlines(), start=1) if not _is_utf8(line)), None)
    remedy = "Open it in an editor and save it as plain text, UTF-8."
    return Problem(file=file, row=row, what="The file is not UTF-8.", remedy=remedy, code="encoding")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_there(person: Executive, speakers: Sequence[str], file: str) -> Problem:
    heard = ", ".join(speakers[:5]) + (", …" if len(speakers) > 5 else "")
    return Problem(
        file=file,
        what=f"Its speakers are marked ({heard}), and none of them is {person.name}.",
        remedy=f"Write “{person.name}:” before their turns, or keep only their words.",
        code="words-speaker",
    )


def _twice(file: str, first: str) -> Problem:
    return Problem(
        file=file,
        what=f"It holds the same words as {first}; they were counted once.",
        remedy="Remove one of the two, or correct its name.",
        severity=Severity.QUESTION,
        code="repeated",
    )
