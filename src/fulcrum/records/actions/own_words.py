"""Own words: a text taken over or removed, and what it proposes confirmed or dismissed."""

import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fulcrum import from_words
from fulcrum.core import people
from fulcrum.core.errors import errors_in
from fulcrum.core.people import Behaviour, Source
from fulcrum.core.value import value
from fulcrum.core.words import ProposedObservation
from fulcrum.records.access import Act, Actor, NotThere, must_be_open
from fulcrum.records.actions.deed import deed
from fulcrum.records.actions.file import record_observation
from fulcrum.records.models import Executive, Observation, WordsSetAside
from fulcrum.records.own_words import files_of, place_of
from fulcrum.records.queries.own_words import name_of, spoken_by
from fulcrum.records.rows import value_of
from fulcrum.records.taking import Invalid

LARGEST = 32 << 20
ENDINGS = (".txt", ".pdf", ".docx", ".srt", ".vtt")
_AS_A_FILE = frozenset('/\\:*?"<>|\0')


@value
class Taken:
    """A text as it was taken over: its name, how many words, and what is worth knowing of it."""

    name: str
    said: str


def keep_words(
    actor: Actor, executive: Executive, *, said_on: date, name: str, chunks: Iterable[bytes]
) -> Taken:
    """Keep a text beside the others, if it can be read; one of the same day and kind takes its place."""
    _open(actor, executive)
    ending = Path(name).suffix.casefold()
    if ending not in ENDINGS:
        raise Invalid({"text": f"That is no text that we read. Bring {', '.join(ENDINGS)}."})
    if said_on > actor.workspace.today:
        raise Invalid({"said_on": "This day has not come yet. Say when it was said or written."})
    if _AS_A_FILE & set(executive.key) or executive.key.startswith("."):
        raise Invalid({"text": f"The id “{executive.key}” cannot begin the name of a file."})
    return _taken(actor, executive, said_on, ending, _bytes_of(chunks))


def remove_words(actor: Actor, executive: Executive, *, name: str) -> None:
    """Delete a text; what was noted from it stays."""
    _open(actor, executive)
    found = next((path for path in files_of(executive) if path.name == name), None)
    if found is None:
        raise NotThere
    said = f"Removed own words of {executive.name}."
    with deed(actor, Act.WRITE, "words.remove", said, executive=executive):
        WordsSetAside.objects.filter(executive=executive, file=name).delete()
        found.unlink()


def confirm_words(
    actor: Actor, executive: Executive, *, name: str, anchor: int | str, note: str
) -> Observation:
    """Note what a text proposes, as own words of that day; anchor and note as the person says them."""
    proposed = _proposal(actor, executive, name)
    return record_observation(
        actor,
        executive,
        behaviour=Behaviour.COMMUNICATION,
        anchor=anchor,
        source=Source.OWN_WORDS,
        date=proposed.observation.date,
        note=note,
    )


def dismiss_words(actor: Actor, executive: Executive, *, name: str) -> None:
    """Set a proposal aside; the text stays and is counted."""
    _proposal(actor, executive, name)
    said = f"Dismissed a proposal from own words of {executive.name}."
    with deed(actor, Act.WRITE, "words.dismiss", said, executive=executive):
        WordsSetAside.objects.get_or_create(executive=executive, file=name, defaults={"author": actor.member})


def propose_again(actor: Actor, executive: Executive, *, name: str) -> None:
    """Undo a dismissal."""
    _open(actor, executive)
    said = f"Brought back a proposal from own words of {executive.name}."
    with deed(actor, Act.WRITE, "words.propose_again", said, executive=executive):
        WordsSetAside.objects.filter(executive=executive, file=name).delete()


def _taken(actor: Actor, executive: Executive, said_on: date, ending: str, data: bytes) -> Taken:
    person = value_of(executive, people.Executive)
    text, problems = from_words.text_from(data, person, said_on=said_on, ending=ending.removeprefix("."))
    if text is None or errors_in(problems):
        raise Invalid({"text": " ".join(f"{one.what} {one.remedy}" for one in problems)})
    place = place_of(actor.workspace)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = place / f"{executive.key}_{said_on.isoformat()}{ending}"
    beside = place / f".{secrets.token_hex(8)}.part"
    earlier = " It took the place of the earlier one of that day." if target.exists() else ""
    said = f"Took over own words of {executive.name}."
    try:
        beside.write_bytes(data)
        with deed(actor, Act.WRITE, "words.keep", said, executive=executive):
            WordsSetAside.objects.filter(executive=executive, file=target.name).delete()
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    whose = "Only their own turns count." if text.is_marked else "No speakers are marked: every word counts."
    notes = "".join(f" {one.what}" for one in problems)
    return Taken(name=target.name, said=f"The text is here. {whose}{notes}{earlier}")


def _bytes_of(chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LARGEST:
            limit = f"{LARGEST >> 20} MB"
            raise Invalid({"text": f"The file is larger than {limit}. Keep the part that is theirs."})
    return bytes(data)


def _proposal(actor: Actor, executive: Executive, name: str) -> ProposedObservation:
    _open(actor, executive)
    waiting = spoken_by(actor, executive).proposals
    found = next((one for one in waiting if name_of(one.file) == name), None)
    if found is None:
        raise NotThere
    return found


def _open(actor: Actor, executive: Executive) -> None:
    must_be_open(actor, executive)
    actor.must(Act.WRITE)
