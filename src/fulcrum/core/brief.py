"""The brief: one document as a value, which every format lays out and none computes.

    Brief → Section → Block     a closed union of small values; a renderer matches on it exhaustively
    Figure                      a raw estimate with the words made from it once: the same digits everywhere

Nothing here may hold a level, a barrier, a belief or an influence: a brief leaves the CX team's hands.
"""

from datetime import date
from typing import Literal

from fulcrum.core.findings import Case, SourceFile, Trace
from fulcrum.core.quantities import Grade
from fulcrum.core.shown import Drawing, Figure, Refused, TrendLine
from fulcrum.core.value import value

Tone = Literal["plain", "gain", "loss"]


@value
class Span:
    """A run of text in a statement. With a figure, the figure's grade follows the text."""

    text: str
    tone: Tone = "plain"
    figure: Figure | None = None


@value
class AskBlock:
    """The one thing asked, as a sentence that says when and starts its act with a verb; and its terms."""

    sentence: str
    terms: tuple[tuple[str, str], ...]


@value
class Statement:
    """A sentence that holds figures."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The whole sentence without grades."""
        return "".join(span.text for span in self.spans)


@value
class Paragraph:
    """Plain text; a note is set smaller."""

    text: str
    is_note: bool = False


@value
class Quote:
    """A customer's own words, and where they come from."""

    text: str
    source: str


@value
class Signal:
    """One thing that happened since last time: a trend or a large word, with what it means."""

    label: str
    note: str
    trend: TrendLine | None = None
    large: str = ""


@value
class Progress:
    """What happened since last time, side by side."""

    signals: tuple[Signal, ...]


@value
class FigureTable:
    """Every figure with its interval, n, grade and trace; a refused one keeps its row."""

    caption: str
    rows: tuple[Figure | Refused, ...]


@value
class GradeEntry:
    """What one evidence grade is, and what it may be called."""

    grade: Grade
    name: str
    may_be_called: str


@value
class GradeKey:
    """The five evidence grades."""

    entries: tuple[GradeEntry, ...]


@value
class NumberedList:
    """Sentences in order."""

    items: tuple[str, ...]


@value
class Refusals:
    """The numbers that are not shown, each with its reason and what would be needed."""

    items: tuple[Refused, ...]


@value
class Missing:
    """What belongs here and is not there, why, and what to do about it."""

    what: str
    why: str
    remedy: str


@value
class ArgumentBlock:
    """What somebody else found, with its warnings, which are shown wherever it is."""

    claim: str
    details: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    source: str


@value
class StepCard:
    """How to do what is asked: what, why them, how, what good looks like, and what it is not."""

    minutes: str
    how_to: tuple[str, ...]
    watch_for: str = ""
    why_you: str = ""
    looks_like: str = ""
    is_not: str = ""

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What stands around the steps, each with its name; what is empty is left out."""
        named = (
            ("Why you", self.why_you),
            ("What good looks like", self.looks_like),
            ("What it is not", self.is_not),
            ("Watch for", self.watch_for),
        )
        return tuple((name, said) for name, said in named if said)


@value
class AssumptionRow:
    """One input of the case, worded."""

    key: str
    figure: Figure
    source: str
    is_stated: bool

    @property
    def said_source(self) -> str:
        """Whether people stated it or data gave it, and where it comes from."""
        kind = "Stated" if self.is_stated else "Measured"
        return self.source if self.source.startswith(kind) else f"{kind}. {self.source}"


@value
class Assumptions:
    """What goes into the case. The spreadsheet makes live formulas of it."""

    case: Case
    rows: tuple[AssumptionRow, ...]


@value
class TextTable:
    """A small table of words; `is_number` says which columns are set to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]


@value
class TraceRow:
    """One trace, and the figures that rest on it."""

    trace: Trace
    figures: tuple[str, ...]


@value
class TraceTable:
    """Where each number comes from, enough to recompute it."""

    rows: tuple[TraceRow, ...]


@value
class Sources:
    """The files and papers behind the brief."""

    items: tuple[str, ...]


Block = (
    AskBlock
    | Statement
    | Paragraph
    | Drawing
    | Quote
    | Progress
    | FigureTable
    | GradeKey
    | NumberedList
    | Refusals
    | Missing
    | ArgumentBlock
    | StepCard
    | Assumptions
    | TextTable
    | TraceTable
    | Sources
)


@value
class Section:
    """A headed part of the brief. `beside` stands to the right of `blocks` where there is room.

    Page 1 is read in two minutes, page 2 holds the evidence, page 3 the traces.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...]
    beside: tuple[Block, ...] = ()
    page: Literal[1, 2, 3] = 1


@value
class Provenance:
    """What the brief was made from: version, files as they were read, and the traces of its figures."""

    version: str
    files: tuple[SourceFile, ...]
    traces: tuple[Trace, ...]


@value
class Brief:
    """The document for one executive, or the board.

    `stories` and `arguments` are the ids of those that it uses, so that the next one need not repeat them.
    """

    title: str
    audience: str
    company: str
    as_of: date
    is_simulated: bool
    confidential: str
    contact: str
    sections: tuple[Section, ...]
    provenance: Provenance
    stories: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()

    def page(self, number: int) -> tuple[Section, ...]:
        """The sections of one page."""
        return tuple(section for section in self.sections if section.page == number)

    def section(self, key: str) -> Section | None:
        """The section with this key, if the brief has it."""
        return next((section for section in self.sections if section.key == key), None)
