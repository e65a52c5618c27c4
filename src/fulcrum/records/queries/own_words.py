"""What an executive speaks of in their own texts, as one actor may see it."""

from dataclasses import replace

from fulcrum import from_words
from fulcrum.core import people
from fulcrum.core.value import value
from fulcrum.core.words import OwnWords, ProposedObservation
from fulcrum.records import models
from fulcrum.records.access import Actor, files_open_to
from fulcrum.records.folders import playbook_of
from fulcrum.records.own_words import KeptText, texts_of
from fulcrum.records.queries.company import files_around
from fulcrum.records.queries.people import counted
from fulcrum.records.rows import value_of


@value
class Spoken:
    """One executive's texts and what they speak of; None where no text could be read.

    They stand beside the texts of those whose file is open to the actor; `closed` counts the others on the
    list, whose texts are not looked at. `names` are those of the former, by id.
    """

    words: OwnWords | None
    kept: tuple[KeptText, ...]
    closed: int
    names: tuple[tuple[str, str], ...]
    dismissed: tuple[models.WordsSetAside, ...]

    @property
    def proposals(self) -> tuple[ProposedObservation, ...]:
        """What waits to be confirmed or dismissed, the newest first."""
        aside = {row.file for row in self.dismissed}
        found = () if self.words is None else self.words.proposals
        return tuple(one for one in reversed(found) if not one.is_noted and name_of(one.file) not in aside)


def spoken_by(actor: Actor, executive: models.Executive) -> Spoken:
    """What one executive speaks of, for somebody for whom their file is open."""
    place = actor.workspace
    opened = list(files_open_to(actor).select_related("workspace").order_by("id"))
    kept = texts_of(place, opened, today=place.today)
    texts = [text.text for held in kept.values() for text in held if text.text is not None]
    company = replace(
        files_around([executive], workspace=place),
        executives=tuple(value_of(one, people.Executive) for one in opened),
    )
    found = from_words.words_of(company, playbook_of(place), texts, of=(executive.key,))
    aside = models.WordsSetAside.objects.visible_to(actor).standing().filter(executive=executive)
    return Spoken(
        words=found[0] if found else None,
        kept=kept.get(executive.pk, ()),
        closed=counted(actor)[1],
        names=tuple((one.key, one.name) for one in opened),
        dismissed=tuple(aside.select_related("author")),
    )


def name_of(file: str) -> str:
    """The name of a file inside words/."""
    return file.rpartition("/")[2]
