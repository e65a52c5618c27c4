"""The brief: one document as a value, which every format lays out and none computes.

    Brief → Section → Block     a closed union of small values; a renderer matches on it exhaustively
    Figure                      a raw estimate with the words made from it once: the same digits everywhere

Nothing here may hold a level, a barrier, a belief or an influence: a brief leaves the CX team's hands.
"""

from datetime import date
from typing import Literal

from fulcrum.core.findings import Case, Density, SourceFile, Trace
from fulcrum.core.quantities import Estimate, Grade, Unit
from fulcrum.core.value import value

Tone = Literal["plain", "gain", "loss"]


@value
class Figure:
    """A number as every format shows it: the raw estimate, and its words, made once by `core.wording`.

    `interval` and `confidence` are empty for a complete count. `claim` is the strongest word the grade
    allows ("expected, if causal"); empty where nothing is claimed.
    """

    key: str
    label: str
    estimate: Estimate
    said: str
    interval: str
    confidence: str
    n: str
    claim: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade:
        """The evidence grade."""
        return self.estimate.grade

    @property
    def trace(self) -> str:
        """The id of the trace."""
        return self.estimate.trace


@value
class Refused:
    """A number that is not shown: the word in its place, why, and what would be needed."""

    label: str
    word: str
    reason: str
    needs: str
    n: str = ""


@value
class Span:
    """A run of text in a statement. With a figure, the figure's grade follows the text."""

    text: str
    tone: Tone = "plain"
    figure: Figure | None = None


@value
class Mass:
    """One distribution resting on the beam; its figure's value is the balance point."""

    label: str
    at: float  # balance point on the axis, signed
    low: float  # ends of the darker part
    high: float
    density: Density
    figure: Figure
    lines: tuple[str, ...]
    is_loss: bool = False


@value
class Masses:
    """Distributions of money on one axis, with the break-even at zero. `summary` is the text alternative."""

    masses: tuple[Mass, ...]
    unit: Unit
    break_label: str
    note: str
    summary: str


@value
class TrackPoint:
    """One place on a goal's track."""

    at: float
    said: str
    when: str


@value
class GoalTrack:
    """Where a goal started, where it stands if that is known, and where it shall be."""

    baseline: TrackPoint
    now: TrackPoint | None
    target: TrackPoint
    summary: str


@value
class Prevalence:
    """How common something is, as 100 circles of which `filled` are full."""

    filled: int
    said: str
    described_as: str
    interval: str
    figure: Figure
    note: str
    summary: str


@value
class TrendLine:
    """Points over time with natural limits where they may be drawn; `signals` are indexes of points."""

    at: tuple[str, ...]
    values: tuple[float, ...]
    centre: float | None
    low: float | None
    high: float | None
    signals: tuple[int, ...]
    summary: str


@value
class IntervalMark:
    """One estimate on a row: filled if adjusted (or the only one), open grey if crude."""

    figure: Figure
    is_crude: bool = False


@value
class IntervalRow:
    """A row of estimates on a common axis, or a refusal that keeps its place."""

    label: str
    marks: tuple[IntervalMark, ...] = ()
    refused: Refused | None = None


@value
class IntervalRows:
    """Intervals as lines, estimates as dots. `centre` is a reference line, if one means something.

    With a unit the rows share an axis; without one each row has its own scale and only zero is shared.
    """

    rows: tuple[IntervalRow, ...]
    unit: Unit | None
    centre: float | None
    note: str
    summary: str


@value
class CausalMass:
    """The causal share from 0 to 1: the assumed distribution, its middle, and where the case breaks even."""

    density: Density
    middle: float
    break_even: float | None
    label: str
    break_label: str
    summary: str


@value
class TornadoRow:
    """One input: its low and high in words, and the upside at either with all others at the middle."""

    label: str
    low_said: str
    high_said: str
    at_low: float
    at_high: float

    @property
    def worse(self) -> str:
        """The end of the input at which the upside is smaller, in words."""
        return self.low_said if self.at_low <= self.at_high else self.high_said

    @property
    def better(self) -> str:
        """The other end."""
        return self.high_said if self.at_low <= self.at_high else self.low_said


@value
class Tornado:
    """What the doubt of each input alone does to the upside; the widest row first. Zero is the break-even."""

    rows: tuple[TornadoRow, ...]
    middle: float
    middle_said: str
    unit: Unit
    break_label: str
    note: str
    summary: str


Drawing = Masses | GoalTrack | Prevalence | TrendLine | IntervalRows | CausalMass | Tornado


@value
class AskBlock:
    """The one thing asked, as a sentence that starts with when, then a verb; and its terms."""

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
    """How to do what is asked."""

    minutes: str
    how_to: tuple[str, ...]
    watch_for: str = ""


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
    """The document for one executive, or the board."""

    title: str
    audience: str
    company: str
    as_of: date
    is_simulated: bool
    confidential: str
    contact: str
    sections: tuple[Section, ...]
    provenance: Provenance

    def page(self, number: int) -> tuple[Section, ...]:
        """The sections of one page."""
        return tuple(section for section in self.sections if section.page == number)

    def section(self, key: str) -> Section | None:
        """The section with this key, if the brief has it."""
        return next((section for section in self.sections if section.key == key), None)
