"""What a brief told its reader, kept for the next one; and what has changed since, with the reason."""

from collections.abc import Sequence

from fulcrum.briefing.contents import blocks_of, figures_in
from fulcrum.core import wording
from fulcrum.core.brief import Assumptions, Brief
from fulcrum.core.findings import Case, Evidence
from fulcrum.core.shown import Figure
from fulcrum.core.told import Told, ToldFigure, ToldFile

_CHANGES = 3  # so that the opening stays on one page
_NEVER_NEW = "story."  # another story speaks of other customers


def told_by(brief: Brief) -> Told:
    """What this brief tells its reader, for the next one to renew."""
    inputs = [row for table in blocks_of(Assumptions, brief.sections) for row in table.rows]
    return Told(
        on=brief.as_of,
        stories=brief.stories,
        arguments=brief.arguments,
        figures=tuple(_told(one) for one in figures_in(brief.sections)),
        stated=tuple(_told(row.figure) for row in inputs if row.is_stated),
        files=tuple(
            ToldFile(name=file.name, sha256=file.sha256, rows=file.accepted)
            for file in brief.provenance.files
        ),
        version=brief.provenance.version,
    )


def changes_since(
    last: Told,
    opening: Sequence[Figure],
    figures: Sequence[Figure],
    evidence: Evidence,
    case: Case | None,
    *,
    version: str,
) -> tuple[str, ...]:
    """What is different from the last brief, in sentences: why, then the figures, in reading order.

    A figure that changed is told wherever it stands; one that was not there is told where it opens the brief.
    """
    why = _why(last, evidence, case, version)
    before = {one.key: one for one in last.figures}
    passed = {one.key for one in last.stated}
    now = {one.key: _told(one) for one in figures if one.key not in passed}
    first = {one.key for one in opening if not one.key.startswith(_NEVER_NEW)}
    moved = [one for key, one in now.items() if key in before and before[key].said != one.said]
    new = [one for key, one in now.items() if key not in before and key in first]
    said = [f"{one.label}: {_full(one)}, {before[one.key].said} then." for one in moved]
    said += [f"New: {wording.lowered(one.label)}, {_full(one)}." for one in new]
    left = len(said) - _CHANGES
    if left > 0:
        said = said[:_CHANGES]
        said.append(f"{wording.number_word(left).capitalize()} more in the figures overleaf.")
    if not said:
        return (f"No figure has changed. {why}",)
    return (why, *said)


def _told(figure: Figure) -> ToldFigure:
    return ToldFigure(key=figure.key, label=figure.label, said=figure.said, interval=figure.interval)


def _full(one: ToldFigure) -> str:
    return f"{one.said} ({one.interval})" if one.interval else one.said


def _why(last: Told, evidence: Evidence, case: Case | None, version: str) -> str:
    """Why figures may differ: newer data, an assumption stated anew, or another way of computing."""
    rows, rows_then = sum(file.accepted for file in evidence.files), sum(file.rows for file in last.files)
    reasons = []
    if {file.sha256 for file in evidence.files} != {file.sha256 for file in last.files}:
        reasons.append(
            f"The data are newer: {wording.count(rows)} rows were read, {wording.count(rows_then)} then."
        )
    reasons += _stated_anew(last, case)
    if version != last.version:
        reasons.append(f"The way of computing changed: version {version}, {last.version} then.")
    return " ".join(reasons) if reasons else "The data and what is assumed are the same as then."


def _stated_anew(last: Told, case: Case | None) -> list[str]:
    then = {one.key: one for one in last.stated}
    found = []
    for one in case.assumptions if case is not None else ():
        key = f"{case.key}.{one.key}" if case is not None else ""
        said = wording.say(one.result)
        if one.is_stated and key in then and then[key].said != said:
            found.append(f"{one.name} is assumed at {said}, {then[key].said} then.")
    return found
