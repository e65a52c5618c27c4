"""What changed from one reading to the next: figures then beside now, new ones, and those that are gone."""

from collections.abc import Sequence

from fulcrum.core import wording
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.value import value
from fulcrum.records.models import Run
from fulcrum.records.queries.evidence import evidence_in

_MOST = 60


@value
class Changed:
    """One figure that is not what it was."""

    title: str
    then: str
    now: str


def since_last(runs: Sequence[Run]) -> tuple[Changed, ...] | None:
    """What differs between the newest reading and the one before; None where there are not two to compare."""
    if len(runs) < 2:
        return None
    now, then = evidence_in(runs[0]), evidence_in(runs[1])
    return None if now is None or then is None else changes(then, now)


def changes(then: Evidence, now: Evidence) -> tuple[Changed, ...]:
    """Every figure whose words differ, the cases first."""
    return (*_between(_of_cases(then), _of_cases(now)), *_between(_of_findings(then), _of_findings(now)))[
        :_MOST
    ]


def _between(then: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]) -> list[Changed]:
    found = []
    for key in {**now, **then}:
        title = (now.get(key) or then[key])[0]
        said_then = then[key][1] if key in then else "was not there"
        said_now = now[key][1] if key in now else "is gone"
        if said_then != said_now:
            found.append(Changed(title=title, then=said_then, now=said_now))
    return found


def _of_cases(evidence: Evidence) -> dict[str, tuple[str, str]]:
    return {
        f"{case.key}.{key}": (f"{case.title}: {label}", _said(result))
        for case in evidence.cases
        for key, label, result in (
            ("upside", "upside of action", case.upside),
            ("inaction", "downside of inaction", case.inaction),
            ("break_even", "causal share at break-even", case.break_even),
        )
    }


def _of_findings(evidence: Evidence) -> dict[str, tuple[str, str]]:
    shown = (one for one in evidence.findings if one.family != "histogram")
    return {one.key: (_title(one), _said(one.result, one.refusal)) for one in shown}


def _title(one: Finding) -> str:
    return f"{one.title}, {one.group}" if one.group else one.title


def _said(result: Result, refusal: str = "") -> str:
    return wording.say_fully(result) if isinstance(result, Estimate) else refusal or "not carried"
