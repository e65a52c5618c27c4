"""`words`: what executives speak of, in their own texts. Private to the CX team."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, from_words, workflow
from fulcrum.cli import say
from fulcrum.cli.people import PRIVATE
from fulcrum.core import wording
from fulcrum.core.errors import errors_in
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.words import DistinctiveWord, OwnWords, Passage, ProposedObservation, TextRead
from fulcrum.workflow import Workspace

NO_WORDS = (
    "No own words yet: put transcripts and letters into words/, named <executive>_<yyyy-mm-dd> with the "
    "ending txt, pdf, docx, srt or vtt."
)
UNCONFIRMED = (
    "Nothing here is noted. Read the passages; what you confirm, write into observations.csv with the source "
    "“own words”. It counts as talk: it never raises a belief above Endorsing."
)
_BAR = 30
_MOST_PASSAGES = 12


def run_words(folder: Path, who: str | None, as_of: date | None, *, as_json: bool) -> int:
    """Show what each executive speaks of; gives the exit code, 1 if a file could not be read."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    read = from_words.read_words(workspace, executive=who)
    if as_json:
        company = workspace.company
        about = {"fulcrum": __version__, "company": company.name, "as_of": company.as_of}
        say.whole({**about, "words": read.found, "problems": read.problems})
    else:
        _show_all(workspace, read.found)
    say.problems(read.problems)
    return 1 if errors_in(read.problems) else 0


def _show_all(workspace: Workspace, found: tuple[OwnWords, ...]) -> None:
    if not found:
        say.line(NO_WORDS)
        return
    say.line(PRIVATE)
    _show_together(workspace, found)
    for words in found:
        person = say.person(workspace.company, words.executive)
        say.heading(f"{person.name} · {person.role}")
        _show(words)
    say.line()
    say.line(UNCONFIRMED)


def _show_together(workspace: Workspace, found: tuple[OwnWords, ...]) -> None:
    """Everybody's attention to customers beside each other's, the most first."""
    told = {one.executive: (len(one.texts), sum(t.words for t in one.texts), one.customers) for one in found}
    for one in found[:1]:
        told |= {
            other.executive: (other.texts, other.words, other.customers)
            for other in one.others
            if other.executive not in told
        }
    if len(told) < 2:
        return
    most = sorted(told.items(), key=lambda it: -it[1][2].mentions / it[1][1])
    rows = [
        [
            say.person(workspace.company, who).name,
            wording.count(texts),
            wording.count(words),
            *_rate(rate.rate),
        ]
        for who, (texts, words, rate) in most
    ]
    say.line()
    say.table(rows, header=("Executive", "Texts", "Words", "Customers per 1,000", "95 %"), right=(1, 2, 3))


def _show(words: OwnWords) -> None:
    _show_themes(words)
    say.line(f"Over time, from one year to the next: {_ratio(words.trend)}.")
    say.line(f"Customers beside the others' texts: {_ratio(words.beside_others)}.")
    say.line()
    _show_texts(words.texts)
    _show_distinctive(words)
    _show_passages(words.passages)
    for proposal in words.proposals:
        _show_proposal(proposal)
    for file, why in words.not_proposed:
        say.line(f"Nothing proposed from {file}. {wording.sentence(why)}")
    for caution in words.cautions:
        say.line(f"Mind: {caution}")


def _show_themes(words: OwnWords) -> None:
    told = sorted(words.themes, key=lambda one: -one.rate.value if isinstance(one.rate, Estimate) else 0.0)
    most = max((one.rate.value for one in told if isinstance(one.rate, Estimate)), default=0.0)
    rows = []
    for one in told:
        bar = ""
        if isinstance(one.rate, Estimate) and most > 0:
            bar = "█" * round(_BAR * one.rate.value / most)
        rows.append([one.name, wording.count(one.mentions), *_rate(one.rate), bar])
    header = ("Theme", "Mentions", "Per 1,000 words", "95 %", "")
    say.table(rows, header=header, right=(1, 2))
    for reason in sorted({wording.say_unknown(one.rate) for one in told if isinstance(one.rate, Unknown)}):
        say.line(reason)


def _show_texts(texts: tuple[TextRead, ...]) -> None:
    rows = []
    for text in texts:
        customers = next(one for one in text.themes if one.theme == "customers")
        whose = f"own turns, {wording.count(text.left_out)} words of others left out"
        rows.append(
            [
                wording.day(text.said_on),
                text.file,
                wording.count(text.words),
                *_rate(customers.rate),
                whose if text.is_marked else "no speakers marked",
            ]
        )
    header = ("Said on", "File", "Words", "Customers per 1,000", "95 %", "Whose words")
    say.table(rows, header=header, right=(2, 3))
    say.line()


def _show_distinctive(words: OwnWords) -> None:
    if words.not_distinctive is not None:
        say.line(f"Distinctive words unknown. {wording.say_unknown(words.not_distinctive)}")
        return
    if not words.distinctive:
        say.line("No word sets them apart from the others beyond doubt.")
        return
    say.line("Words that set them apart from the others:")
    for word in words.distinctive:
        say.line(f"{word.word}: {_apart(word)}", indent=2)


def _apart(word: DistinctiveWord) -> str:
    here = f"{wording.many(word.mentions, 'time')} here, {wording.count(word.others)} with the others"
    return f"{here}; {wording.say_fully(word.times)} times as likely"


def _show_passages(passages: tuple[Passage, ...]) -> None:
    if not passages:
        say.line("No passage names customers.")
        return
    say.line(f"Passages that name customers ({wording.count(len(passages))}{_rest(passages)}):")
    for passage in passages[:_MOST_PASSAGES]:
        say.line(f"{wording.day(passage.said_on)}: “{marked(passage)}”", indent=2)


def _rest(passages: tuple[Passage, ...]) -> str:
    more = len(passages) - _MOST_PASSAGES
    return f"; the newest {_MOST_PASSAGES}, all in --json" if more > 0 else ""


def marked(passage: Passage) -> str:
    """The sentence with the words that count in asterisks."""
    said, at = "", 0
    for start, end in passage.spans:
        said += f"{passage.sentence[at:start]}*{passage.sentence[start:end]}*"
        at = end
    return said + passage.sentence[at:]


def _show_proposal(proposal: ProposedObservation) -> None:
    seen = proposal.observation
    already = " Own words of that day are noted already." if proposal.is_noted else ""
    say.line(
        f"Proposed: {wording.day(seen.date)}, {seen.behaviour.label}, anchor {int(seen.anchor)}, own words. "
        f"{proposal.why}{already}"
    )
    say.line(seen.note, indent=5)


def _rate(rate: Result) -> tuple[str, str]:
    return ("unknown", "") if isinstance(rate, Unknown) else (wording.say(rate), wording.say_interval(rate))


def _ratio(ratio: Result) -> str:
    if isinstance(ratio, Unknown):
        return f"unknown. {wording.say_unknown(ratio)[:-1]}"
    away = ratio.interval.low > 1 or ratio.interval.high < 1
    return f"times {wording.say_fully(ratio)}, {'a difference' if away else 'no clear difference'}"
