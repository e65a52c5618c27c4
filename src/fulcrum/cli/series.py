"""What `evidence` shows beside its tables: negative controls, who is still there, and signals over time."""

from collections.abc import Sequence

from fulcrum.briefing.pictures import changes_of, last_of
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.findings import Comparison, RetentionCurve, Trend
from fulcrum.core.quantities import Estimate

_SHOWN_MONTHS = 4  # of a curve: as many equal steps to its end


def show_controls(comparisons: Sequence[Comparison]) -> None:
    """Whether each comparison passes on what came before it."""
    controlled = [(one, one.control) for one in comparisons if one.control is not None]
    if controlled:
        say.heading("Negative controls: spend before the landmark, adjusted gap")
    for one, control in controlled:
        gap = f" {wording.say_fully(control.result)}." if isinstance(control.result, Estimate) else ""
        say.line(f"{one.title}, {one.outcome}: {control.verdict}. {control.said}{gap}")


def show_curves(curves: Sequence[RetentionCurve]) -> None:
    """Who is still there after some months, group by group."""
    if not curves:
        return
    say.heading("Who is still there")
    longest = max(len(curve.months) for curve in curves)
    steps = sorted({round(longest * part / _SHOWN_MONTHS) for part in range(1, _SHOWN_MONTHS + 1)} - {0})
    say.table(
        [_curve(curve, steps) for curve in curves],
        header=("group", "n", "left", *(f"after {wording.many(step, 'month', 'months')}" for step in steps)),
        right=tuple(range(1, 3 + len(steps))),
    )


def show_trends(trends: Sequence[Trend]) -> None:
    """The last point of each series, and every signal by the rule that fired."""
    if not trends:
        return
    say.heading("Over time")
    for trend in trends:
        say.line(f"{trend.title}: {last_of(trend)} in {trend.at[-1]}. {changes_of(trend)}")


def _curve(curve: RetentionCurve, steps: Sequence[int]) -> tuple[str, ...]:
    shares = [
        wording.say(curve.months[step - 1].staying) if step <= len(curve.months) else "not seen"
        for step in steps
    ]
    group = curve.title.partition(": ")[2] or curve.title
    return (group, wording.count(curve.n), wording.count(curve.events), *shares)
