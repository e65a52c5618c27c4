"""What stands around the rows of findings: opening, comparisons, drivers, time, who is silent."""

from collections.abc import Sequence

from fulcrum.briefing import behind
from fulcrum.briefing.compose import reporting_title
from fulcrum.briefing.pictures import changes_of, last_of, trend_of
from fulcrum.briefing.worth import odds, worth_section
from fulcrum.core import wording
from fulcrum.core.brief import Block, Statement
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Comparison, DriverAnalysis, Evidence, RetentionCurve, Trend
from fulcrum.core.quantities import Estimate, Grade, Unknown
from fulcrum.core.shown import TrendLine
from fulcrum.core.value import value
from fulcrum.web.drawings.intervals import interval_axis, interval_cell, scale_of
from fulcrum.web.layout.findings import counts

_STEPS = 4  # places at which a curve is read off


@value
class Opening:
    """What is true, in one sentence, and how sure that is."""

    kicker: str
    title: str
    deck: str


@value
class DriverRow:
    """One driver: its share of what is explained, drawn; how it is doing now; what it cannot be told from."""

    title: str
    said: str
    interval: str
    drawing: str
    reached: str
    alike: str
    trace: str


@value
class Drivers:
    """One ranking of drivers."""

    title: str
    explained: str
    axis: str
    rows: tuple[DriverRow, ...]
    apart: tuple[str, ...]
    caveats: tuple[str, ...]
    trace: str


@value
class Series:
    """One series over time and what is said of it."""

    title: str
    last: str
    said: str
    drawing: TrendLine
    trace: str


@value
class Limit:
    """What limits one comparison: the hidden cause that would explain it away, the negative control."""

    title: str
    e_value: str
    control: str
    trace: str


@value
class Staying:
    """Who is still there after some months, group by group."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def opening_of(evidence: Evidence, company: Company) -> Opening:
    """The main finding and its doubt, in the words of the briefs."""
    case = next((one for one in evidence.cases if isinstance(one.upside, Estimate)), None)
    shown, refused = counts(evidence)
    said = f"{wording.many(shown, 'finding')} and {wording.many(refused, 'refusal')}."
    doubt = _measured(evidence, company) if case is None else odds(case)
    return Opening(
        kicker=_about(evidence), title=reporting_title(case, company), deck=f"{said} {doubt}".strip()
    )


def _measured(evidence: Evidence, company: Company) -> str:
    """The gap that was measured, as the briefs say it where no case holds numbers."""
    if not evidence.cases:
        return ""
    section = worth_section(evidence.cases[0], company, evidence)
    return " ".join(block.text for block in section.blocks if isinstance(block, Statement))


def compared_blocks(case: Case | None, evidence: Evidence) -> tuple[Block, ...]:
    """Crude beside adjusted, as the documents draw it."""
    section = behind.comparisons_section(case, evidence)
    return () if section is None else section.blocks


def limits_of(comparisons: Sequence[Comparison]) -> tuple[Limit, ...]:
    """How strong a hidden cause would have to be, and whether the negative control passes."""
    return tuple(_limit(one) for one in comparisons if isinstance(one.adjusted.result, Estimate))


def drivers_of(evidence: Evidence) -> tuple[Drivers, ...]:
    """Every ranking that holds numbers, or says why it does not."""
    return tuple(_drivers(one) for one in evidence.drivers)


def series_of(evidence: Evidence) -> tuple[Series, ...]:
    """Every series over time, those with signals first."""
    ordered = sorted(evidence.trends, key=lambda one: not one.signals)
    return tuple(_series(one) for one in ordered if one.values)


def staying_of(curves: Sequence[RetentionCurve]) -> Staying | None:
    """The curves read off at equal steps to their end."""
    if not curves:
        return None
    longest = max(len(curve.months) for curve in curves)
    steps = sorted({round(longest * part / _STEPS) for part in range(1, _STEPS + 1)} - {0})
    heads = ("Group", "n", "Left", *(f"After {wording.many(step, 'month')}" for step in steps))
    return Staying(heads=heads, rows=tuple(_curve(curve, steps) for curve in curves))


def _about(evidence: Evidence) -> str:
    parts = []
    score = evidence.finding("score.all")
    if score is not None and score.n:
        parts.append(wording.many(score.n, "answer"))
    base = evidence.finding("response.rate")
    if base is not None and base.n:
        parts.append(wording.many(base.n, "customer"))
    whole = next((one for one in evidence.trends if one.key == "score" and one.at), None)
    if whole is not None:
        parts.append(f"{wording.period(whole.at[0])} to {wording.period(whole.at[-1])}")
    return ", ".join(parts)


def _limit(one: Comparison) -> Limit:
    adjusted, hidden = one.adjusted.result, one.e_value
    e_value = ""
    if isinstance(hidden, Estimate):
        e_value = f"E-value {wording.say(hidden)}"
        if isinstance(one.e_value_limit, Estimate):
            e_value += f", and {wording.say(one.e_value_limit)} at the near limit"
        e_value += ": how strongly a hidden cause would have to act on both sides to explain it away."
    control = ""
    if one.control is not None:
        gap = one.control.result
        measured = f" {wording.say_fully(gap)}." if isinstance(gap, Estimate) else ""
        control = f"Negative control {one.control.verdict}. {one.control.said}{measured}"
    trace = adjusted.trace if isinstance(adjusted, Estimate) else ""
    return Limit(title=f"{one.title}, {one.outcome}", e_value=e_value, control=control, trace=trace)


def _drivers(one: DriverAnalysis) -> Drivers:
    ranked = one.ranked
    scale = scale_of([driver.share for driver in ranked])
    explained, trace = one.explained, ""
    if isinstance(explained, Unknown):
        said = f"Not ranked. {wording.say_unknown(explained)}"
    else:
        trace = explained.trace
        said = (
            f"Share of what is explained, with its interval. All together explain "
            f"{wording.say_fully(explained)}; {wording.count(one.n)} of {wording.count(one.rows)} answers "
            "are complete."
        )
    rows = []
    for driver in ranked:
        if not isinstance(driver.share, Estimate):
            continue
        words = wording.worded(driver.share)
        alike = wording.listed(driver.alike)
        if len(driver.alike) == len(ranked) - 1:
            alike = "all others"
        rows.append(
            DriverRow(
                title=driver.title,
                said=words.said,
                interval=words.interval,
                drawing=interval_cell(driver.share, scale, label=driver.title),
                reached="unknown" if isinstance(driver.mean, Unknown) else wording.say(driver.mean),
                alike=alike,
                trace=driver.share.trace,
            )
        )
    apart = tuple(
        f"{driver.title}. {wording.say_unknown(driver.share)}"
        for driver in one.drivers
        if driver.place is None and isinstance(driver.share, Unknown)
    )
    axis = interval_axis(scale) if scale is not None else ""
    caveats = tuple(caveat.text for caveat in one.caveats)
    return Drivers(
        title=one.title,
        explained=said,
        axis=axis,
        rows=tuple(rows),
        apart=apart,
        caveats=caveats,
        trace=trace,
    )


def _series(trend: Trend) -> Series:
    return Series(
        title=trend.title,
        last=f"{last_of(trend)} in {wording.period(trend.at[-1])}",
        said=changes_of(trend),
        drawing=trend_of(trend),
        trace=trend.trace,
    )


def _curve(curve: RetentionCurve, steps: Sequence[int]) -> tuple[str, ...]:
    shares = [
        wording.say(curve.months[step - 1].staying) if step <= len(curve.months) else "not seen"
        for step in steps
    ]
    group = curve.title.partition(": ")[2] or curve.title
    return (
        group[:1].upper() + group[1:],
        wording.count(curve.n),
        wording.count(curve.events),
        *shares,
    )


def grades() -> tuple[tuple[Grade, str, str], ...]:
    """The key to the grades."""
    return tuple((one.grade, one.name, one.may_be_called) for one in behind.grade_key().entries)
