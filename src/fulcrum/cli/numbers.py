"""`evidence` and `case`: what the customers' data say, and what they cannot carry."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, workflow
from fulcrum.cli import say
from fulcrum.cli.cases import show_case, show_programme
from fulcrum.cli.series import show_controls, show_curves, show_trends
from fulcrum.core import wording
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence, Finding, Trace
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.workflow import Workspace

_LIES = {"duckdb": "files", "postgres": "tables of PostgreSQL", "spark": "tables of Spark"}


def run_evidence(
    folder: Path, trace: str | None, engine: str | None, as_of: date | None, *, as_json: bool
) -> None:
    """Show findings and refusals, or the trace of one number."""
    if engine is not None:
        _must_be_counted_by(engine, folder)
    workspace, evidence = _gathered(folder, as_of)
    if trace is not None:
        _show_trace(evidence, trace, as_json=as_json)
    elif as_json:
        say.whole({**_about(workspace), "evidence": evidence})
    else:
        _show_evidence(evidence)


def run_case(folder: Path, as_of: date | None, *, as_json: bool) -> None:
    """Show the business case of each initiative."""
    workspace, evidence = _gathered(folder, as_of)
    if as_json:
        say.whole(
            {
                **_about(workspace),
                "cases": evidence.cases,
                "programme": evidence.programme,
                "traces": evidence.traces,
            }
        )
        return
    for case in evidence.cases:
        show_case(case)
    if evidence.programme is not None:
        show_programme(evidence.programme)
    if not evidence.cases:
        say.line("No case: name an initiative under [[programme.initiatives]] in company.toml.")


def _must_be_counted_by(engine: str, folder: Path) -> None:
    """Who names an engine wants to be sure of it: another one is never taken instead."""
    if engine not in _LIES:
        raise WrongUse(f"There is no engine “{engine}”. Choose from {', '.join(_LIES)}.")
    found = workflow.counted_by(folder)
    if found != engine:
        mapping = folder / "data" / "mapping.toml"
        raise WrongUse(
            f"These data lie in {_LIES[found]}, which {found} counts. "
            f"Point {mapping} at {_LIES[engine]} to have them counted by {engine} (docs/engines.md)."
        )


def _gathered(folder: Path, as_of: date | None) -> tuple[Workspace, Evidence]:
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    say.progress("Reading the customers' data …")
    return workspace, workflow.gather(workspace)


def _show_evidence(evidence: Evidence) -> None:
    for family in _families(evidence):
        say.heading(wording.family(family))
        say.table(
            [_row(finding) for finding in evidence.findings if finding.family == family],
            header=("finding", "value", "interval", "n", "grade", "trace"),
            right=(1, 2, 3),
        )
    show_controls(evidence.comparisons)
    show_curves(evidence.curves)
    show_trends(evidence.trends)
    refused = evidence.refusals
    if refused:
        say.heading("What the data cannot carry")
        for titles, why in _by_reason(refused):
            say.line(f"{'; '.join(titles)}: {wording.say_unknown(why)}")
    for unknown in evidence.missing:
        say.line(wording.say_unknown(unknown))


def _by_reason(refused: tuple[Finding, ...]) -> tuple[tuple[list[str], Unknown], ...]:
    """The findings that share one refusal together, so that its reason is read once."""
    found: dict[Unknown, list[str]] = {}
    for finding in refused:
        if isinstance(finding.result, Unknown):
            found.setdefault(finding.result, []).append(_title(finding))
    return tuple((list(dict.fromkeys(titles)), why) for why, titles in found.items())


def _families(evidence: Evidence) -> tuple[str, ...]:
    """The families in the order of their first finding; the histogram is long and stands in --json."""
    found = dict.fromkeys(finding.family for finding in evidence.findings)
    return tuple(family for family in found if family != "histogram")


def _title(finding: Finding) -> str:
    return f"{finding.title}, {finding.group}" if finding.group else finding.title


def _row(finding: Finding) -> tuple[str, ...]:
    title, result = _title(finding), finding.result
    if isinstance(result, Unknown):
        count = "" if finding.n is None else wording.count(finding.n)
        return (title, finding.refusal or "Refused", "", count, "", "")
    words = wording.worded(result)
    interval = f"{words.confidence}: {words.interval}" if words.interval else ""
    return (title, words.said, interval, wording.say_n(result), result.grade.value, result.trace)


def _show_trace(evidence: Evidence, id: str, *, as_json: bool) -> None:
    trace = evidence.trace(id)
    if trace is None:
        raise WrongUse(f"No number has the trace “{id}”. `fulcrum evidence DIR` lists them.")
    used = [finding for finding in evidence.findings if _has_trace(finding, id)]
    if as_json:
        say.whole({"trace": trace, "findings": used})
        return
    _print_trace(trace, used)


def _has_trace(finding: Finding, id: str) -> bool:
    return isinstance(finding.result, Estimate) and finding.result.trace == id


def _print_trace(trace: Trace, used: list[Finding]) -> None:
    say.heading(f"Trace {trace.id}")
    for file in trace.files:
        say.line(f"File {file.name}, sha256 {file.sha256}")
        say.line(
            f"{wording.count(file.rows)} rows = {wording.count(file.accepted)} accepted + "
            f"{wording.count(file.rejected)} rejected + {wording.count(file.skipped)} skipped",
            indent=5,
        )
    say.line(f"Method: {trace.method}")
    for name, text in trace.parameters:
        say.line(f"{name} = {text}", indent=5)
    say.line(f"Version: fulcrum {trace.version}")
    print(f"Query:\n{trace.query}")
    for finding in used:
        if isinstance(finding.result, Estimate):
            say.line(f"{finding.title}: {wording.say_fully(finding.result)}")


def _about(workspace: Workspace) -> dict[str, object]:
    return {"fulcrum": __version__, "company": workspace.company.name, "as_of": workspace.company.as_of}
