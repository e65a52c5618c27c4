"""What the customers' data say: findings, refusals, their traces, and the business case."""

from datetime import date
from hashlib import sha256
from typing import Literal

from fulcrum.core.grounds import CaseGrounds
from fulcrum.core.quantities import Estimate, Result, Unit, Unknown
from fulcrum.core.value import value


@value
class SourceFile:
    """A file as it was read: fingerprint and row account (rows in = accepted + rejected + skipped)."""

    name: str
    sha256: str
    rows: int
    accepted: int
    rejected: int
    skipped: int
    skipped_because: tuple[tuple[str, int], ...] = ()


@value
class Trace:
    """Where a number comes from, enough to recompute it to the same digits.

    `id` is the first eight hexadecimal digits of the SHA-256 of everything else, so that the same
    input and version give the same id.
    """

    id: str
    files: tuple[SourceFile, ...]
    query: str
    parameters: tuple[tuple[str, str], ...]
    method: str
    version: str


def trace_of(
    *,
    files: tuple[SourceFile, ...],
    query: str,
    parameters: tuple[tuple[str, str], ...],
    method: str,
    version: str,
) -> Trace:
    """The Trace of these inputs, with its id."""
    content = repr(([(f.name, f.sha256) for f in files], query, parameters, method, version))
    id = sha256(content.encode()).hexdigest()[:8]
    return Trace(id=id, files=files, query=query, parameters=parameters, method=method, version=version)


@value
class Caveat:
    """What could make a number wrong, in a sentence."""

    text: str


@value
class Finding:
    """One number, or the refusal to give it.

    `key` is stable across runs ("gap.adjusted.late_delivery"); `family` groups rows of one table
    ("score", "retention", "spend", "gap"); `refusal` is the short word shown in the number's place
    ("Counts only", "Link refused", "Not carried").
    """

    key: str
    family: str
    title: str
    result: Result
    group: str = ""
    n: int | None = None
    refusal: str = ""
    caveats: tuple[Caveat, ...] = ()


@value
class NegativeControl:
    """The same adjusted gap on something that the exposure cannot have moved: it should be near zero.

    `verdict` is what that says of the comparison, `said` the sentence with its reason.
    """

    outcome: str
    verdict: Literal["passed", "failed", "not possible"]
    result: Result
    said: str


@value
class Comparison:
    """Crude and adjusted gap between two groups, always side by side, and what limits them."""

    key: str
    title: str
    exposed: str
    against: str
    outcome: str
    crude: Finding
    adjusted: Finding
    overlap: Result
    smallest_cell: int | None
    strata: int
    adjusted_for: tuple[str, ...]
    e_value: Result
    e_value_limit: Result
    control: NegativeControl | None = None


NOT_COMPUTED = Unknown(reason="It was not computed.", needs="The case, computed anew.")


@value
class Assumption:
    """One input of the case: its middle and range, its grade, and where it comes from."""

    key: str
    name: str
    result: Estimate
    source: str
    is_stated: bool  # stated by people rather than measured from data


@value
class Swing:
    """What the doubt of one input alone does to the upside, with all others at their middle.

    `input` is the input with its 80 % interval; `at_low` and `at_high` are the upside at either end of it.
    """

    key: str
    name: str
    input: Estimate
    at_low: Estimate
    at_high: Estimate

    @property
    def width(self) -> float:
        """By how much the upside differs between the two ends."""
        return abs(self.at_high.value - self.at_low.value)


@value
class Density:
    """A distribution as drawn: equally spaced `at`, with `height` (area 1)."""

    at: tuple[float, ...]
    height: tuple[float, ...]


@value
class Case:
    """The business case of one initiative: two numbers, each with its distribution.

    `upside` and `inaction` are totals over the horizon in money, `inaction` negative. The interval is the
    80 % interval of the simulation, from the low case to the high; the value its middle case. `break_even` is
    the causal share at which the middle case's net value is zero, `break_even_moved` the share of customers
    moved. `gain_probability` is the share of draws with a net value above zero. `tornado` starts with the
    input whose doubt matters most.
    """

    key: str
    title: str
    horizon_years: float
    upside: Result
    inaction: Result
    at_stake: Result
    break_even: Result
    gain_probability: Result
    payback_months: Result
    assumptions: tuple[Assumption, ...] = ()
    upside_density: Density | None = None
    inaction_density: Density | None = None
    causal_density: Density | None = None
    caveats: tuple[Caveat, ...] = ()
    break_even_moved: Result = NOT_COMPUTED
    tornado: tuple[Swing, ...] = ()


@value
class Ranked:
    """One initiative beside the others: its case, the money it needs in its first year, in or out, and why.

    `needed` is the one-off cost and the running cost of the first year, which is what a budget has to hold.
    """

    case: str
    title: str
    needed: Estimate
    upside: Result
    gain_probability: Result
    payback_months: Result
    is_chosen: bool
    because: str


@value
class Rung:
    """A rung of the quick-win ladder, or an initiative that is on none: which, and why."""

    case: str
    title: str
    because: str


@value
class Programme:
    """The initiatives beside one another: which together bring most within the budget, and what pays first.

    `ranked` holds every initiative, the chosen first; `upside` is that of the chosen together. `ladder` goes
    from the win that is back soonest to the slowest; `off_ladder` are those that are no quick win.
    """

    budget: Estimate | None
    needed: Estimate
    upside: Result
    ranked: tuple[Ranked, ...]
    ladder: tuple[Rung, ...]
    off_ladder: tuple[Rung, ...]
    caveats: tuple[Caveat, ...] = ()


@value
class TrendSignal:
    """A point that is more than the usual up and down: where, on which side, and by which rule."""

    index: int
    side: Literal["above", "below"]
    rule: str


@value
class Trend:
    """A series over time, all measured the same way, with its natural limits where they may be drawn.

    Where the question, the scale or the channel changes, a new series begins, and `broken_by` says what
    changed before it. `low` and `high` are the limits of a point of average size; `lows` and `highs` have one
    entry per point, by which `signals` are judged. `refusal` says why there are no limits.
    """

    key: str
    title: str
    at: tuple[str, ...]
    values: tuple[float, ...]
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    signals: tuple[int, ...] = ()
    unit: Unit | None = None
    chart: str = ""
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    named: tuple[TrendSignal, ...] = ()
    broken_by: tuple[str, ...] = ()
    refusal: Unknown | None = None
    trace: str = ""


@value
class Driver:
    """How much one driver matters to an outcome, and how it is doing now.

    `share` is its part of the explained variance (all add up to one), `variance` its part of the outcome's
    variance, `relative_weight` a second opinion on `share` by another method. `slope` is the outcome per
    point of the driver, all else equal: it alone has a sign. `reached` is how much of its scale it has
    reached, `room` share x (1 - reached). `places` is the best and worst rank that the data allow, `alike`
    the titles of the drivers that it cannot be told apart from. A driver that was set apart has no place.
    """

    key: str
    title: str
    share: Result
    variance: Result
    relative_weight: Result
    slope: Result
    mean: Result
    reached: Result
    room: Result
    place: int | None = None
    places: tuple[int, int] | None = None
    alike: tuple[str, ...] = ()


@value
class DriverAnalysis:
    """Which drivers matter to an outcome, the most important first; those set apart come last.

    `n` answers are complete in all ranked drivers, of `rows` that hold the outcome.
    """

    key: str
    title: str
    outcome: str
    explained: Result
    drivers: tuple[Driver, ...]
    n: int
    rows: int
    caveats: tuple[Caveat, ...] = ()

    @property
    def ranked(self) -> tuple[Driver, ...]:
        """The drivers that have a place."""
        return tuple(driver for driver in self.drivers if driver.place is not None)


@value
class RetentionMonth:
    """One month of a retention curve: who could have left, who did, and who was still there at its end."""

    month: int
    at_risk: int
    events: int
    hazard: Estimate
    staying: Estimate


@value
class RetentionCurve:
    """How customers stay over the months since their start, for as far as enough of them were seen.

    `shortened` says why the curve ends where it does, if it ends before the data.
    """

    key: str
    title: str
    n: int
    events: int
    months: tuple[RetentionMonth, ...]
    half_left: Result
    shortened: Unknown | None = None


@value
class StoryInNumbers:
    """How common an approved story is: the share of answers like it."""

    story: str
    prevalence: Result
    at_stake: Result
    described_as: str


@value
class Evidence:
    """Everything that the data carry, and what they do not."""

    findings: tuple[Finding, ...]
    comparisons: tuple[Comparison, ...] = ()
    cases: tuple[Case, ...] = ()
    grounds: tuple[CaseGrounds, ...] = ()  # of each case that holds numbers, to compute it anew
    programme: Programme | None = None  # the cases beside one another, where there are several
    trends: tuple[Trend, ...] = ()
    series: tuple[Trend, ...] = ()  # what goals are stated in, per month
    stories: tuple[StoryInNumbers, ...] = ()
    drivers: tuple[DriverAnalysis, ...] = ()
    curves: tuple[RetentionCurve, ...] = ()
    files: tuple[SourceFile, ...] = ()
    traces: tuple[Trace, ...] = ()
    missing: tuple[Unknown, ...] = ()  # findings that a further table would open
    outcome_until: date | None = None  # the end of the window in which customers' behaviour was counted

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that say why a number is not shown."""
        return tuple(finding for finding in self.findings if isinstance(finding.result, Unknown))

    def finding(self, key: str) -> Finding | None:
        """The finding with this key, if there is one."""
        return next((finding for finding in self.findings if finding.key == key), None)

    def trace(self, id: str) -> Trace | None:
        """The trace with this id, if there is one."""
        return next((trace for trace in self.traces if trace.id == id), None)
