"""Findings as drawings: each picks its values, words its labels, and says its numbers in one sentence."""

import re
from collections.abc import Sequence

from fulcrum.briefing import plainly
from fulcrum.core import wording
from fulcrum.core.findings import Case, Comparison, Density, Finding, StoryInNumbers, Trend
from fulcrum.core.people import Goal
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.shown import (
    CausalMass,
    Figure,
    GoalTrack,
    IntervalMark,
    IntervalRow,
    IntervalRows,
    Mass,
    Masses,
    Prevalence,
    Refused,
    TrackPoint,
    TrendLine,
)

_NUMBER = re.compile(r"(?<![\d,.])[−+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,])")


def masses_of(case: Case) -> Masses | None:
    """Waiting and acting on one beam; None where neither can be drawn."""
    masses = []
    if isinstance(case.inaction, Estimate) and case.inaction_density is not None:
        lost = money_figure(case, "inaction", "Downside of inaction", wording.loss(case.inaction))
        line = f"{lost.said} at stake"
        masses.append(_mass("If we wait", lost, case.inaction, case.inaction_density, line, is_loss=True))
    if isinstance(case.upside, Estimate) and case.upside_density is not None:
        won = money_figure(case, "upside", "Upside of action", case.upside)
        line = f"{won.said} {won.claim}"
        masses.append(_mass("If we act", won, case.upside, case.upside_density, line, is_loss=False))
    if not masses:
        return None
    spoken = "; ".join(f"{one.label}: {', '.join(one.lines)}" for one in masses)
    return Masses(
        masses=tuple(masses),
        unit=masses[0].figure.estimate.unit,
        break_label="break-even: costs covered",
        note=f"Full colour: {masses[0].figure.confidence} of outcomes. Triangle: the middle case.",
        summary=f"Distributions of money over {wording.years(case.horizon_years)}, on one axis. {spoken}. "
        "Break-even lies at zero.",
    )


def money_figure(case: Case, key: str, label: str, estimate: Estimate) -> Figure:
    """A sum of the case, with the word beside its name that its grade allows."""
    claim = "at stake" if key == "inaction" else estimate.grade.claim
    return wording.figure(f"{case.key}.{key}", f"{label}, {claim}", estimate)


def causal_of(case: Case) -> CausalMass | None:
    """The assumed causal share and where the case breaks even; None where it cannot be drawn."""
    assumed = causal_share(case)
    if case.causal_density is None or assumed is None or not isinstance(case.break_even, Estimate):
        return None
    held, middle = case.break_even.value, wording.say(assumed)
    label = (
        f"breaks even at {wording.say(case.break_even)}"
        if 0 <= held <= 1
        else "holds even if nothing is causal"
        if held < 0
        else "does not break even"
    )
    return CausalMass(
        density=case.causal_density,
        middle=assumed.value,
        break_even=held,
        label=f"assumed: {middle}",
        break_label=label,
        summary=f"Causal share from 0 to 100 %. Assumed: {middle}, {wording.say_interval(assumed)}. "
        f"The case {label}.",
    )


def causal_share(case: Case) -> Estimate | None:
    """The causal share that the case assumes."""
    return next((one.result for one in case.assumptions if one.key == "causal_share"), None)


def track_of(goal: Goal, now: str = "") -> GoalTrack | None:
    """From baseline to target, where both hold one number; with where it stands `now`, as it is worded."""
    start, end = _number(goal.baseline), _number(goal.target)
    if start is None or end is None or start == end:
        return None
    due = wording.short_month(goal.due) if goal.due else "no date"
    stands = _number(now)
    today = f" Now {now}." if stands is not None else ""
    return GoalTrack(
        baseline=TrackPoint(at=start, said=goal.baseline, when="from"),
        now=None if stands is None else TrackPoint(at=stands, said=now, when="now"),
        target=TrackPoint(at=end, said=goal.target, when=f"goal, {due}"),
        summary=f"{goal.goal}: from {goal.baseline} to {goal.target}, {due}.{today}",
    )


def prevalence_of(story: StoryInNumbers, *, note: str) -> Prevalence | None:
    """How many of a hundred are like this customer; None where that cannot be said."""
    if not isinstance(story.prevalence, Estimate):
        return None
    share, ends = story.prevalence, story.prevalence.interval
    filled = min(max(round(share.value * 100), 1 if share.value > 0 else 0), 100)
    held = wording.percent(ends.confidence)
    interval = f"{held}: {round(ends.low * 100)} to {round(ends.high * 100)}"
    said = f"{filled} of every 100"
    return Prevalence(
        filled=filled,
        said=said,
        described_as=story.described_as,
        interval=interval,
        figure=wording.figure(f"story.{story.story}", wording.sentence(story.described_as)[:-1], share),
        note=note,
        summary=f"{said} {story.described_as} ({interval}).",
    )


def trend_of(trend: Trend) -> TrendLine:
    """The series with its natural limits and signals."""
    span = f"from {trend.at[0]} to {trend.at[-1]}" if trend.at else ""
    signals = wording.listed([trend.at[k] for k in trend.signals])
    return TrendLine(
        at=trend.at,
        values=trend.values,
        centre=trend.centre,
        low=trend.low,
        high=trend.high,
        signals=trend.signals,
        summary=f"{trend.title}, {len(trend.values)} points {span}; last {last_of(trend)}. "
        + (f"Signals: {signals}." if signals else "No signal."),
    )


def last_of(trend: Trend) -> str:
    """The last value of a series in words."""
    last = trend.values[-1]
    return wording.last_point(last, trend.unit) if trend.unit is not None else f"{last:,.1f}"


def changes_of(trend: Trend) -> str:
    """What changed in a series beyond the usual up and down, by which rule; or why that cannot be said."""
    began = f"A new series, for the {wording.listed(trend.broken_by)} changed. " if trend.broken_by else ""
    if trend.refusal is not None:
        return began + wording.say_unknown(trend.refusal)
    if not trend.named:
        return f"{began}No change beyond the usual up and down ({trend.chart})."
    fired = [f"{wording.period(trend.at[one.index])} {one.side}, {one.rule}" for one in trend.named]
    return f"{began}Signals ({trend.chart}): {'; '.join(fired)}."


def compared(comparisons: Sequence[Comparison]) -> IntervalRows | None:
    """Crude beside adjusted, one row for each comparison."""
    rows = tuple(
        IntervalRow(
            label=named(one) + _in_points(one),
            marks=tuple(
                IntervalMark(figure=made, is_crude=is_crude)
                for is_crude, made in zip((True, False), gap_figures(one), strict=True)
                if isinstance(made, Figure)
            ),
            refused=refused_of(one.adjusted) if isinstance(one.crude.result, Unknown) else None,
        )
        for one in comparisons
    )
    if not any(row.marks for row in rows):
        return None
    spoken = "; ".join(
        f"{row.label}: " + ", ".join(f"{_kind(mark)} {_with_interval(mark.figure)}" for mark in row.marks)
        for row in rows
        if row.marks
    )
    return IntervalRows(
        rows=rows,
        unit=None,
        centre=0.0,
        note="Open grey: as counted. Filled blue: adjusted. "
        + ("Each row has its own scale; the rule is zero." if len(rows) > 1 else "The rule is zero."),
        summary=f"Gaps, crude beside adjusted. {spoken}.",
    )


def gap_figures(comparison: Comparison) -> tuple[Figure | Refused, Figure | Refused]:
    """The gap as counted and the adjusted one, each under the same name wherever it stands."""
    name = named(comparison)
    return figure_of(comparison.crude, f"{name}, crude"), figure_of(comparison.adjusted, f"{name}, adjusted")


def named(comparison: Comparison) -> str:
    """What is compared, and in which outcome."""
    if comparison.outcome in comparison.title:
        return comparison.title
    return f"{comparison.title}: {comparison.outcome}"


def scored(
    findings: Sequence[Finding], overall: Finding | None, *, what: str = "Score"
) -> IntervalRows | None:
    """Scores by group on one axis, refused ones in their place."""
    rows = tuple(
        IntervalRow(label=one.group.capitalize(), marks=(IntervalMark(figure=made),))
        if isinstance(made := figure_of(one), Figure)
        else IntervalRow(label=one.group.capitalize(), refused=made)
        for one in findings
    )
    shown = [mark.figure for row in rows for mark in row.marks]
    if not shown:
        return None
    whole = overall.result if overall is not None else None
    spoken = "; ".join(f"{row.label} {_with_interval(row.marks[0].figure)}" for row in rows if row.marks)
    return IntervalRows(
        rows=rows,
        unit=shown[0].estimate.unit,
        centre=whole.value if isinstance(whole, Estimate) else None,
        note=f"Lines: {shown[0].confidence} intervals."
        + (f" Dotted: all answers, {wording.say(whole)}." if isinstance(whole, Estimate) else ""),
        summary=f"{what} by touchpoint: {spoken}.",
    )


def figure_of(finding: Finding, label: str = "") -> Figure | Refused:
    """A finding as a figure, or as the refusal that keeps its place."""
    if isinstance(finding.result, Unknown):
        return refused_of(finding, label)
    said = [caveat.text for caveat in finding.caveats]
    is_difference = finding.family == "gap" and finding.result.unit.kind in ("score", "nps")
    name = label or _title(finding)
    return wording.figure(finding.key, name, finding.result, caveats=said, is_difference=is_difference)


def refused_of(finding: Finding, label: str = "") -> Refused:
    """Why a finding is not shown."""
    unknown = finding.result if isinstance(finding.result, Unknown) else Unknown(reason="", needs="")
    return Refused(
        label=label or _title(finding),
        word=finding.refusal or "Not shown",
        reason=plainly.why(unknown),
        needs=plainly.needed(unknown),
        n="" if finding.n is None else wording.count(finding.n),
    )


def _mass(
    label: str, figure: Figure, signed: Estimate, density: Density, claim: str, *, is_loss: bool
) -> Mass:
    return Mass(
        label=label,
        at=signed.value,
        low=signed.interval.low,
        high=signed.interval.high,
        density=density,
        figure=figure,
        lines=(claim, f"{figure.confidence}: {figure.interval}"),
        is_loss=is_loss,
    )


def _in_points(comparison: Comparison) -> str:
    """On which scale the row's points lie, where it compares scores."""
    made = comparison.crude.result
    scale = made.unit.scale if isinstance(made, Estimate) and made.unit.kind == "score" else None
    return "" if scale is None else f", in points on {scale[0]:g} to {scale[1]:g}"


def _title(finding: Finding) -> str:
    return f"{finding.title}: {finding.group}" if finding.group else finding.title


def _kind(mark: IntervalMark) -> str:
    return "crude" if mark.is_crude else "adjusted"


def _with_interval(figure: Figure) -> str:
    return f"{figure.said} ({figure.interval})" if figure.interval else figure.said


def _number(text: str) -> float | None:
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    return float(found[0].replace(",", "").replace("−", "-"))
