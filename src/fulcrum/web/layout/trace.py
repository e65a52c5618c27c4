"""Where one number comes from, laid out: files, rows, query, method, version, and who else rests on it."""

from fulcrum.core import wording
from fulcrum.core.findings import Case, Evidence, Finding, SourceFile, Trace
from fulcrum.core.quantities import Estimate
from fulcrum.core.value import value
from fulcrum.core.wording import Worded


@value
class FileRead:
    """One file as it was read."""

    name: str
    sha256: str
    said: str


@value
class Resting:
    """A number that rests on the trace."""

    title: str
    said: str
    n: str
    estimate: Estimate


@value
class ShownTrace:
    """One trace, with the number that was asked about first among those that rest on it."""

    trace: Trace
    heading: str
    asked: Resting | None
    others: tuple[Resting, ...]
    files: tuple[FileRead, ...]
    left_out: int


def trace_shown(evidence: Evidence, id: str, *, of: str = "") -> ShownTrace | None:
    """The trace with this id as a page shows it; None if there is none. `of` is the key of a finding."""
    trace = evidence.trace(id)
    if trace is None:
        return None
    resting = {key: one for key, one in _all_resting(evidence) if one.estimate.trace == id}
    asked = resting.pop(of, None)
    heading = asked.title if asked is not None else f"Trace {trace.id}"
    return ShownTrace(
        trace=trace,
        heading=heading,
        asked=asked,
        others=tuple(resting.values()),
        files=tuple(_file(one) for one in trace.files),
        left_out=sum(one.rejected + one.skipped for one in trace.files),
    )


def _all_resting(evidence: Evidence) -> list[tuple[str, Resting]]:
    found = [_of_finding(one) for one in evidence.findings]
    found += [pair for case in evidence.cases for pair in _of_case(case)]
    for analysis in evidence.drivers:
        found += [
            _resting(f"{analysis.key}.{driver.title}", f"{driver.title}: {analysis.title}", driver.share)
            for driver in analysis.drivers
        ]
    return [(key, one) for key, one in found if one is not None]


def _of_finding(one: Finding) -> tuple[str, Resting | None]:
    title = f"{one.title}: {one.group}" if one.group else one.title
    return _resting(one.key, title, one.result, is_difference=one.family == "gap")


def _of_case(case: Case) -> list[tuple[str, Resting | None]]:
    named = (
        ("upside", "upside of action", case.upside),
        ("inaction", "downside of inaction", case.inaction),
        ("at_stake", "revenue with customers at risk", case.at_stake),
        ("break_even", "causal share at break-even", case.break_even),
        ("payback", "outlay back after", case.payback_months),
    )
    found = [_resting(f"{case.key}.{key}", f"{case.title}: {said}", result) for key, said, result in named]
    found += [
        _resting(f"{case.key}.{one.key}", f"{case.title}: {wording.lowered(one.name)}", one.result)
        for one in case.assumptions
    ]
    return found


def _resting(
    key: str, title: str, result: object, *, is_difference: bool = False
) -> tuple[str, Resting | None]:
    if not isinstance(result, Estimate):
        return key, None
    is_scored = is_difference and result.unit.kind in ("score", "nps")
    words = wording.worded(result, is_difference=is_scored)
    return key, Resting(title=title, said=_fully(words), n=wording.say_n(result), estimate=result)


def _fully(words: Worded) -> str:
    if not words.interval:
        return words.said
    return f"{words.said} ({words.confidence}: {words.interval})"


def _file(one: SourceFile) -> FileRead:
    said = (
        f"{wording.many(one.rows, 'row')} read, {wording.count(one.accepted)} kept, "
        f"{wording.count(one.rejected)} rejected, {wording.count(one.skipped)} skipped"
    )
    because = "; ".join(f"{why}: {wording.count(many)}" for why, many in one.skipped_because)
    return FileRead(name=one.name, sha256=one.sha256, said=f"{said} ({because})." if because else f"{said}.")
