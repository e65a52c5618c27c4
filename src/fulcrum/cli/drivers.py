"""`drivers`: which parts of the experience matter, how they are doing, and which cannot be told apart."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, workflow
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.findings import Driver, DriverAnalysis, Evidence
from fulcrum.core.quantities import Estimate, Result, Unknown

HEADER = (
    "place",
    "driver",
    "share",
    "interval",
    "second opinion",
    "slope",
    "reached",
    "room",
    "cannot be told from",
)


def run_drivers(folder: Path, as_of: date | None, *, as_json: bool) -> None:
    """Show each ranking of the ratings, and what was set apart or refused."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    say.progress("Reading the customers' data …")
    evidence = workflow.gather(workspace)
    if as_json:
        about = {"fulcrum": __version__, "company": workspace.company.name, "as_of": workspace.company.as_of}
        say.whole({**about, "drivers": evidence.drivers, "traces": _traces(evidence)})
        return
    for analysis in evidence.drivers:
        _show(analysis)
    if not evidence.drivers:
        say.line("No drivers: map ratings beside the score, as in `ratings.ease = …` (docs/mapping.md).")


def _show(analysis: DriverAnalysis) -> None:
    say.heading(analysis.title)
    if isinstance(analysis.explained, Unknown):
        say.line(f"Not ranked. {wording.say_unknown(analysis.explained)}")
        return
    explained = analysis.explained
    say.line(
        f"All together explain {wording.say_fully(explained)} of its variance "
        f"[grade {explained.grade.value}, trace {explained.trace}]; {wording.count(analysis.n)} of "
        f"{wording.count(analysis.rows)} answers are complete."
    )
    ranked = analysis.ranked
    say.table([_row(driver, len(ranked) - 1) for driver in ranked], header=HEADER, right=(0, 2, 4, 5, 6, 7))
    for driver in analysis.drivers:
        if driver.place is None and isinstance(driver.share, Unknown):
            say.line(f"Set apart: {driver.title}. {wording.say_unknown(driver.share)}")
    for caveat in analysis.caveats:
        say.line(f"Could be wrong: {caveat.text}")


def _row(driver: Driver, others: int) -> tuple[str, ...]:
    low, high = driver.places or (0, 0)
    place = f"{driver.place}" if low == high else f"{driver.place} ({low} to {high})"
    interval = wording.say_interval(driver.share) if isinstance(driver.share, Estimate) else ""
    figures = (driver.relative_weight, driver.slope, driver.reached, driver.room)
    return (
        place,
        driver.title,
        _said(driver.share),
        interval,
        *map(_said, figures),
        "all others" if len(driver.alike) == others else wording.listed(driver.alike) or "none",
    )


def _said(result: Result) -> str:
    return "unknown" if isinstance(result, Unknown) else wording.say(result)


def _traces(evidence: Evidence) -> tuple[object, ...]:
    ids = {one.explained.trace for one in evidence.drivers if isinstance(one.explained, Estimate)}
    return tuple(trace for trace in evidence.traces if trace.id in ids)
