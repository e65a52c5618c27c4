"""Own words: transcripts and letters of a company folder, counted, quoted, and what they suggest to note."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from fulcrum import __version__
from fulcrum.core.company import Company
from fulcrum.core.errors import Problem, WrongUse
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value
from fulcrum.core.words import OwnText, OwnWords
from fulcrum.workflow import Workspace


@value
class WordsRead:
    """What was found in the words folder: one entry for each executive with a text, and every Problem."""

    found: tuple[OwnWords, ...]
    problems: tuple[Problem, ...]


def read_words(workspace: Workspace, *, executive: str | None = None) -> WordsRead:
    """What the executives speak of, or one of them beside the others; a file that cannot be read is told."""
    company = workspace.company
    if executive is not None and company.executive(executive) is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    texts, problems = texts_of(workspace.folder, company.executives, as_of=company.as_of)
    of = [executive] if executive is not None else [person.id for person in company.executives]
    return WordsRead(found=words_of(company, workspace.playbook, texts, of=of), problems=problems)


def texts_of(
    folder: Path, executives: Sequence[Executive], *, as_of: date
) -> tuple[tuple[OwnText, ...], tuple[Problem, ...]]:
    """The executives' own words in `folder/words`, and every Problem with its files."""
    from fulcrum.words.texts import texts_in

    return texts_in(folder, executives, as_of=as_of)


def check_words(folder: Path, *, today: date, as_of: date | None = None) -> tuple[Problem, ...]:
    """Every Problem of the words folder; none while the company's own files cannot be read."""
    from fulcrum.folder.read import read_folder

    company, _ = read_folder(folder, today=today, as_of=as_of)
    if company is None:
        return ()
    return texts_of(folder, company.executives, as_of=company.as_of)[1]


def one_text(
    path: Path, executives: Sequence[Executive], *, as_of: date
) -> tuple[OwnText | None, tuple[Problem, ...]]:
    """The executive's own words in one file, named as the words folder names it; or why there are none."""
    from fulcrum.words.texts import text_in

    return text_in(path, executives, as_of=as_of)


def text_from(
    data: bytes, person: Executive, *, said_on: date, ending: str
) -> tuple[OwnText | None, tuple[Problem, ...]]:
    """The same from the bytes of a file that is not kept yet."""
    from fulcrum.words.texts import text_of

    return text_of(data, person, said_on=said_on, ending=ending, file="The text")


def whose(name: str) -> str:
    """The id of the executive that a file's name begins with; empty for a name that says none."""
    from fulcrum.words.texts import whose

    return whose(name)


def holds_name(path: Path, name: str) -> bool:
    """Whether a text names somebody, by whomever it was said."""
    from fulcrum.words.texts import holds_name

    return holds_name(path, name)


def words_of(
    company: Company, playbook: Playbook, texts: Sequence[OwnText], *, of: Collection[str]
) -> tuple[OwnWords, ...]:
    """What these executives speak of in `texts`, beside the others in it; nobody else's text is looked at."""
    from fulcrum.words.own_words import own_words
    from fulcrum.words.tokens import tokens_of

    names = f"{company.name} {' '.join(person.name for person in company.executives)}"
    return own_words(
        texts,
        of=tuple(of),
        lexicon=playbook.lexicon,
        rules=playbook.words,
        noted=company.observations,
        leave_out=frozenset(token.word for token in tokens_of(names)),
        version=f"{__version__}, playbook {playbook.version}",
    )
