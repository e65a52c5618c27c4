"""The confidence brief: what went wrong, what moved, what was stopped, what it cost, what is next.

It goes to somebody who said yes before, every month or quarter, and is there to be believed: what went wrong
comes before what went well, and a change is called one only where its chart gives a signal. It is about its
reader: what we owe them, what they promised, the series of their own area first, the one thing asked. Nothing
that is believed of anybody enters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from fulcrum.briefing import behind
from fulcrum.briefing.asking import ask_section
from fulcrum.briefing.board import promises_section
from fulcrum.briefing.compose import document, present
from fulcrum.briefing.since import nearness, trend_signal
from fulcrum.core import wording
from fulcrum.core.brief import Block, Brief, Missing, NumberedList, Paragraph, Section, Span, Statement
from fulcrum.core.brief import Progress as Drawn
from fulcrum.core.brief import TextTable as Table
from fulcrum.core.company import Ask, AskStatus, Company, Promise, RiskTrend
from fulcrum.core.findings import Evidence
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive
from fulcrum.core.pilots import ReadOut
from fulcrum.core.playbook import Playbook
from fulcrum.core.progress import Indicator, Progress
from fulcrum.core.quantities import Estimate

_DRAWN = 2  # series side by side; the others are said in a table
_WINS = 3


def compose_confidence(
    company: Company,
    evidence: Evidence,
    progress: Progress,
    playbook: Playbook,
    *,
    executive: Executive | None,
    step: StepToAsk | None = None,
    readouts: Sequence[ReadOut] = (),
) -> Brief:
    """How the work went since `progress.since`, for one executive or (without one) for the board."""
    own = [trace for one in readouts for trace in one.traces]
    traces = {trace.id: trace for trace in (*evidence.traces, *own)}
    evidence = replace(evidence, traces=tuple(traces.values()))
    indicators = sorted(
        progress.indicators,
        key=lambda one: (one.verdict != "signal", -nearness(one.trend, executive, company, playbook)),
    )
    first = present(
        _wrong(company, progress, readouts),
        _moved(indicators, progress),
        _between_us(company, executive, playbook, progress) if executive else promises_section(company),
        _won(progress),
        _pilots(readouts, progress),
        _stopped(progress),
        _cost(progress),
        _next(company, progress, readouts),
        ask_section(step, company) if executive is not None else None,
    )
    sections = (*first, *present(_unmoved(indicators), behind.traces_section(tuple(first), evidence)))
    reader = "board" if executive is None else executive.role or executive.name
    whom = f"the board of {company.name}" if executive is None else executive.name
    confidential = f"For {whom}. Company figures, not public."
    title = _title(indicators, progress)
    return document(title, reader, company, evidence, sections, confidential, progress.as_of)


def _title(indicators: Sequence[Indicator], progress: Progress) -> str:
    since = wording.day(progress.since)
    moved = [one.trend.title for one in indicators if one.verdict == "signal"]
    if moved:
        rest = sum(one.verdict == "noise" for one in indicators)
        others = f"; {wording.number_word(rest)} other series did not" if rest else ""
        return wording.sentence(f"Since {since}, {wording.lowered(wording.listed(moved[:2]))} moved{others}")
    if any(one.verdict == "noise" for one in indicators):
        return f"Since {since}, nothing that we count moved beyond its usual up and down."
    return f"What was done since {since}; no series is long enough yet to say what moved."


def _wrong(company: Company, progress: Progress, readouts: Sequence[ReadOut]) -> Section:
    """Bad news, straight: before anything else."""
    said = [
        *_broken(company.promises, progress.as_of),
        *(
            f"A risk is rising: {wording.lowered(one.risk)}; {_held(one.owner, company)}."
            for one in progress.risks
            if one.trend is RiskTrend.RISING
        ),
        *(
            f"The pilot {one.design.name} is stopped: {wording.lowered(one.decision.because)}"
            for one in _read(readouts, progress)
            if one.decision.word == "stop"
        ),
        *_overdrawn(progress),
    ]
    if not said:
        nothing = "No promise of ours is overdue, no risk is noted as rising, the budget holds."
        return Section(key="wrong", heading="What went wrong", blocks=(Paragraph(text=nothing),))
    return Section(key="wrong", heading="What went wrong", blocks=(_list(said),))


def _broken(promises: Iterable[Promise], as_of: date) -> Iterable[str]:
    for one in promises:
        if one.due is None or one.made_on > as_of:
            continue
        if (one.kept_on is None or one.kept_on > as_of) and one.due < as_of:
            what = wording.lowered(one.promise)
            yield f"We promised {what} by {wording.day(one.due)}, and have not kept it."


def _overdrawn(progress: Progress) -> Iterable[str]:
    left = progress.spend.left
    if left is not None and left.amount < 0:
        yield f"The budget is overdrawn by {wording.money(-left)}."


def _held(owner: str, company: Company) -> str:
    own = next((one for one in company.executives if owner in (one.id, one.name)), None)
    named = owner if own is None else own.role or own.name
    return f"held by {named}" if named else "nobody holds it yet"


def _moved(indicators: Sequence[Indicator], progress: Progress) -> Section | None:
    moved = [one for one in indicators if one.verdict == "signal"]
    if not moved:
        return None
    drawn = tuple(trend_signal(one.trend, progress.since, progress.as_of) for one in moved[:_DRAWN])
    more: tuple[Block, ...] = (_list(_said(one) for one in moved[_DRAWN:]),) if moved[_DRAWN:] else ()
    note = Paragraph(text="A signal says that something changed, not what changed it.", is_note=True)
    return Section(key="moved", heading="What moved", blocks=(Drawn(signals=drawn), *more, note))


def _unmoved(indicators: Sequence[Indicator]) -> Section | None:
    """The series without a signal, and those that cannot be read yet, on the second page."""
    rest = [one for one in indicators if one.verdict != "signal"]
    if not rest:
        return None
    rows = tuple((one.trend.title, one.said) for one in rest)
    table = Table(
        caption="Series without a signal",
        head=("Series", "What it says"),
        rows=rows,
        is_number=(False, False),
    )
    return Section(key="unmoved", heading="What did not move", blocks=(table,), page=2)


def _said(one: Indicator) -> str:
    return f"{one.trend.title}: {wording.lowered(one.said)}"


def _between_us(
    company: Company, executive: Executive, playbook: Playbook, progress: Progress
) -> Section | None:
    """What they promised and what we owe them, with its fate: facts that both sides know."""
    theirs = [
        _their_word(ask, playbook, progress.as_of)
        for ask in company.asks
        if ask.executive == executive.id
        and ask.status in (AskStatus.ACCEPTED, AskStatus.DONE)
        and (ask.closed_on is None or progress.since < ask.closed_on <= progress.as_of)
    ]
    names = {executive.id.casefold(), executive.name.casefold(), executive.role.casefold()} - {""}
    ours = [
        _our_word(one, progress.as_of)
        for one in company.promises
        if one.to.casefold() in names
        and one.made_on <= progress.as_of
        and (one.kept_on is None or one.kept_on > progress.since)
    ]
    if not theirs and not ours:
        return None
    return Section(key="promises", heading="Between us", blocks=(_list([*theirs, *ours]),))


def _their_word(ask: Ask, playbook: Playbook, as_of: date) -> str:
    step = playbook.step(ask.step)
    what = wording.lowered(ask.step if step is None else step.ask).rstrip(".")
    if ask.status is AskStatus.DONE:
        when = f" on {wording.day(ask.closed_on)}" if ask.closed_on else ""
        return f"You said you would {what}: done{when}. Thank you."
    by = f", by {wording.day(ask.due)}" if ask.due else ""
    over = " That day is over." if ask.due is not None and ask.due < as_of else ""
    return f"You said you would {what}{by}.{over}"


def _our_word(one: Promise, as_of: date) -> str:
    what = wording.lowered(one.promise).rstrip(".")
    if one.kept_on is not None and one.kept_on <= as_of:
        late = " late," if one.due is not None and one.kept_on > one.due else ""
        return f"We promised {what}: kept,{late} on {wording.day(one.kept_on)}."
    by = f" by {wording.day(one.due)}" if one.due else ""
    over = ", and are late" if one.due is not None and one.due < as_of else ""
    return f"We promised {what}{by}{over}."


def _won(progress: Progress) -> Section | None:
    if not progress.wins:
        return None
    said = (
        wording.sentence(one.win + (f" ({one.value})" if one.value else ""))
        + (f" Proof: {wording.sentence(one.proof)}" if one.proof else " Nobody has noted a proof.")
        + (f" Thanks to {one.thanks.rstrip('.')}." if one.thanks else "")
        for one in progress.wins[:_WINS]
    )
    return Section(key="wins", heading="What worked", blocks=(_list(said),))


def _read(readouts: Sequence[ReadOut], progress: Progress) -> list[ReadOut]:
    return [one for one in readouts if progress.since < one.as_of <= progress.as_of]


def _pilots(readouts: Sequence[ReadOut], progress: Progress) -> Section | None:
    """What pilots said since then, with the effect and its interval, or why there is none."""
    said = tuple(Statement(spans=_told(one)) for one in _read(readouts, progress))
    return Section(key="pilots", heading="What pilots said", blocks=said) if said else None


def _told(one: ReadOut) -> tuple[Span, ...]:
    name, because = f"{one.design.name}: {one.decision.word}. ", wording.sentence(one.decision.because)
    if not isinstance(one.effect, Estimate):
        return (Span(text=f"{name}{wording.say_unknown(one.effect)} {because}"),)
    effect = wording.figure(f"pilot.{one.design.key}", one.design.name, one.effect, is_difference=True)
    how_far = f" ({effect.confidence}: {effect.interval})" if effect.interval else ""
    return (
        Span(text=name),
        Span(text=f"{effect.said}{how_far}", figure=effect),
        Span(text=f" on “{wording.lowered(one.design.outcome)}”. {because}"),
    )


def _stopped(progress: Progress) -> Section | None:
    said = [
        wording.sentence(one.decision) + (f" {wording.sentence(one.why)}" if one.why else "")
        for one in progress.stopped
    ]
    return Section(key="stopped", heading="What we stopped", blocks=(_list(said),)) if said else None


def _cost(progress: Progress) -> Section:
    spend = progress.spend
    if not spend.latest:
        nothing = Missing(
            what="What it cost", why="No spend is recorded.", remedy="Payments stand here once on record."
        )
        return Section(key="spend", heading="What it cost", blocks=(nothing,))
    said = f"{wording.money(spend.since)} in this time, {wording.money(spend.paid)} so far"
    if spend.budget is not None and spend.left is not None and spend.left.amount >= 0:
        said += f"; of {wording.money(spend.budget)}, {wording.money(spend.left)} is left"
    blocks = (Statement(spans=(Span(text=wording.sentence(said)),)),)
    return Section(key="spend", heading="What it cost", blocks=blocks)


def _next(company: Company, progress: Progress, readouts: Sequence[ReadOut]) -> Section | None:
    """What comes: promises of ours that are to be kept, decisions to start, where pilots lead."""
    said = [
        *(
            f"By {wording.day(one.due)}: {wording.lowered(one.promise)}"
            for one in sorted(company.promises, key=lambda one: one.due or date.max)
            if one.due is not None and one.kept_on is None and one.due >= progress.as_of >= one.made_on
        ),
        *(f"To start: {wording.lowered(one.decision)}" for one in progress.decisions if one.kind == "start"),
        *(one.decision.next_rung for one in _read(readouts, progress) if one.decision.next_rung),
    ]
    return Section(key="next", heading="What is next", blocks=(_list(said),)) if said else None


def _list(said: Iterable[str]) -> NumberedList:
    return NumberedList(items=tuple(wording.sentence(one) for one in said))
