"""What a brief shows of numbers: a figure, a refusal in its place, and the closed union of drawings.

A drawing carries the values to draw and the sentence that says them; renderers draw and never compute.
"""

from fulcrum.core.findings import Density
from fulcrum.core.quantities import Estimate, Grade, Unit
from fulcrum.core.value import value


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
