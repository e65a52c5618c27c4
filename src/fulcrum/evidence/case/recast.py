"""A case with its assumptions moved by hand: every figure follows, and what was moved says so."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from fulcrum.core.company import Company, Initiative
from fulcrum.core.errors import Outdated, WrongUse
from fulcrum.core.findings import Case, Evidence, Programme, Trace, trace_of
from fulcrum.core.grounds import CaseGrounds, Dial
from fulcrum.core.quantities import Estimate, Grade, Interval
from fulcrum.evidence.case.dials import dials_of, refuse_unfit
from fulcrum.evidence.case.one_case import case_on
from fulcrum.evidence.case.programme import Stated, compare_cases

METHOD = "computed anew from that trace, with assumptions stated by hand"


def recast(evidence: Evidence, company: Company, moves: Mapping[str, Mapping[str, float]]) -> Evidence:
    """The evidence with some cases' assumptions moved by hand, `moves` by the case's key; and the programme.

    Findings and everything else measured stay; the traces of what was moved come along.
    """
    before = {grounds.case: grounds for grounds in evidence.grounds}
    for case in moves:
        if case not in before:
            raise WrongUse(f"There is no case “{case}” that holds numbers.")
    after = {case: moved(grounds, moves.get(case, {})) for case, grounds in before.items()}
    cases = tuple(
        case_on(after[case.key]) if after.get(case.key) != before.get(case.key) else case
        for case in evidence.cases
    )
    told = [recast_trace(before[case], after[case]) for case in before if after[case] != before[case]]
    programme, more = _programme(evidence, company, cases, after, told)
    return replace(
        evidence,
        cases=cases,
        grounds=tuple(after.values()),
        programme=programme,
        traces=(*evidence.traces, *told, *more),
    )


def moved(grounds: CaseGrounds, assumptions: Mapping[str, float]) -> CaseGrounds:
    """The grounds with these assumptions moved by hand; those that stay where they are change nothing.

    What is stated becomes what the company would state: its spread follows it. What was measured keeps its
    error and its correlations around the new value, and becomes grade E; the causal share keeps the prior of
    the gap as it was measured, for a gap of another size is no better or worse identified. Raises `WrongUse`
    for an assumption that the case does not have, and for a value out of its bounds.
    """
    dials = {dial.key: dial for dial in dials_of(grounds)}
    refuse_unfit(assumptions, dials)
    changed = {key: number for key, number in assumptions.items() if number != dials[key].result.value}
    if not changed:
        return grounds
    for key, number in changed.items():
        grounds = _with(grounds, key, float(number), dials[key])
    here = {**dict(grounds.stated_here), **{key: float(number) for key, number in changed.items()}}
    marked = replace(grounds, stated_here=tuple(sorted(here.items())))
    return replace(marked, trace=recast_trace(grounds, marked).id)


def recast_trace(before: CaseGrounds, after: CaseGrounds) -> Trace:
    """Where the numbers of a recast case come from: the trace of the case, and what was stated by hand."""
    return trace_of(
        files=(),
        query="",
        parameters=(
            ("case of trace", before.trace),
            *((key, f"{number!r}, stated here") for key, number in after.stated_here),
        ),
        method=METHOD,
        version=before.version,
    )


def _programme(
    evidence: Evidence,
    company: Company,
    cases: tuple[Case, ...],
    grounds: Mapping[str, CaseGrounds],
    told: list[Trace],
) -> tuple[Programme | None, tuple[Trace, ...]]:
    """The initiatives ranked anew; with the trace that says which cases were moved."""
    before = evidence.programme
    if before is None or not told:
        return before, ()
    if [one.name for one in company.initiatives] != [case.title for case in cases]:
        raise Outdated("The initiatives have changed since their cases were computed. Gather them anew.")
    stated = tuple(
        Stated(initiative=grounds[case.key].initiative, case=case, moves=grounds[case.key].moves)
        if case.key in grounds
        else Stated(initiative=initiative, case=case, moves="")
        for initiative, case in zip(company.initiatives, cases, strict=True)
    )
    trace = trace_of(
        files=(),
        query="",
        parameters=(
            ("programme of trace", before.needed.trace),
            *(("case of trace", one.id) for one in told),
        ),
        method=METHOD,
        version=told[0].version,
    )
    currency = next(iter(grounds.values())).currency
    return compare_cases(stated, budget=company.budget, currency=currency, trace=trace.id), (trace,)


def _with(grounds: CaseGrounds, key: str, number: float, dial: Dial) -> CaseGrounds:
    match key:
        case "reach" | "moved_share" | "causal_share" | "one_off" | "running" | "horizon_years":
            return replace(grounds, initiative=_stating(grounds.initiative, key, number))
        case "discount_rate":
            return replace(grounds, discount_rate=number)
        case "drift":
            return replace(grounds, drift=number)
        case "gain":
            return replace(grounds, gain=_by_hand(grounds.gain, number))
        case "worth":
            return replace(grounds, worth=_by_hand(dial.result, number, lowest=0.0))
        case "worse_off":
            return replace(grounds, worse_off=_by_hand(grounds.worse_off, number, lowest=0.0))
        case "leaving":
            return replace(grounds, leaving=_by_hand(dial.result, number, lowest=0.0, highest=1.0))
        case _:
            raise ValueError(f"{key} cannot be moved")


def _stating(initiative: Initiative, key: str, number: float) -> Initiative:
    match key:
        case "reach":
            return replace(initiative, reach=int(number))
        case "moved_share":
            return replace(initiative, moved_share=number)
        case "causal_share":
            return replace(initiative, causal_share=number)
        case "one_off":
            return replace(initiative, one_off=Decimal(repr(number)))
        case "running":
            return replace(initiative, running=Decimal(repr(number)))
        case _:
            return replace(initiative, horizon_years=number)


def _by_hand(
    of: Estimate, number: float, *, lowest: float = -float("inf"), highest: float = float("inf")
) -> Estimate:
    """A measured number moved, with its interval around it as wide as before, as far as it may go."""
    by = number - of.value
    interval = Interval(
        low=max(lowest, of.interval.low + by),
        high=min(highest, of.interval.high + by),
        confidence=of.interval.confidence,
    )
    return replace(of, value=number, interval=interval, n=None, grade=Grade.ELSEWHERE)
