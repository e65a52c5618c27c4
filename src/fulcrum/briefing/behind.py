"""The evidence behind page one: every figure with its doubt, what limits it, and where it comes from."""

from collections.abc import Sequence
from dataclasses import replace

from fulcrum.briefing import pictures, plainly
from fulcrum.briefing.contents import resting_on
from fulcrum.core import wording
from fulcrum.core.brief import (
    AssumptionRow,
    Assumptions,
    Block,
    FigureTable,
    GradeEntry,
    GradeKey,
    Missing,
    NumberedList,
    Paragraph,
    Refusals,
    Section,
    Sources,
    TextTable,
    TraceRow,
    TraceTable,
)
from fulcrum.core.company import JourneyShift, Vision
from fulcrum.core.findings import Case, Comparison, Evidence
from fulcrum.core.quantities import Estimate, Grade, Result, Unknown
from fulcrum.core.shown import Figure, Refused

_REFUSALS, _COMPARISONS, _TOUCHPOINTS, _GAPS = 6, 3, 8, 3

_MAY_BE_CALLED = {
    Grade.RANDOMISED: ("Randomised", "May be called a return"),
    Grade.QUASI_EXPERIMENT: ("Quasi-experiment", "May be called a return"),
    Grade.ADJUSTED: ("Adjusted", "“Expected, if causal”"),
    Grade.RAW: ("Raw", "“At stake” at most"),
    Grade.ELSEWHERE: ("Elsewhere", "“At stake” at most"),
}


def figures_section(case: Case | None, evidence: Evidence, opening: Sequence[Figure]) -> Section:
    """Every figure of the brief in one table, with the key to the grades."""
    rows: list[Figure | Refused] = [] if case is None else _of_case(case)
    gaps = [row for one in chosen_comparisons(case, evidence) for row in reversed(pictures.gap_figures(one))]
    keys = {row.key for row in (*rows, *gaps) if isinstance(row, Figure)}
    rows += [figure for figure in opening if figure.key not in keys]
    rows += gaps
    if not any(isinstance(row, Figure) for row in rows):
        whole = (evidence.finding(key) for key in ("nps.all", "score.all"))
        rows = [*(pictures.figure_of(one) for one in whole if one is not None), *rows]
    if not rows:
        unsaid = Missing(
            what="Figures",
            why="The data carry no figure yet.",
            remedy="They stand here once the customers' data are connected.",
        )
        return Section(key="figures", heading="Figures", blocks=(unsaid,), page=2)
    shown = sum(isinstance(row, Figure) for row in rows)
    noun = "figure, with its" if shown == 1 else "figures, each with its"
    heading = f"{wording.number_word(shown).capitalize()} {noun} doubt and its grade"
    if not shown:
        heading = "Which figures the data do not carry yet"
    table = FigureTable(caption="Figures, intervals, grades and traces", rows=tuple(rows))
    return Section(key="figures", heading=heading, blocks=(table, grade_key()), page=2)


def grade_key() -> GradeKey:
    """What each grade is, and what money of that grade may be called."""
    return GradeKey(
        entries=tuple(
            GradeEntry(grade=grade, name=name, may_be_called=called)
            for grade, (name, called) in _MAY_BE_CALLED.items()
        )
    )


def causal_section(case: Case) -> Section | None:
    """How little of the link must be causal for the case to hold."""
    drawing = pictures.causal_of(case)
    if drawing is None or not isinstance(case.break_even, Estimate):
        return None
    held = case.break_even
    if held.value < 0:
        said = "The case covers its cost even if nothing of the link were causal."
    elif held.value > 1:
        said = "The case does not cover its cost, even if all of the link were causal."
    else:
        said = f"The case holds as long as at least {wording.say(held)} of the link is causal."
    if isinstance(case.break_even_moved, Estimate):
        moved = next((one for one in case.assumptions if one.key == "moved_share"), None)
        assumed = ""
        if moved is not None:
            how = "assumed" if moved.is_stated else "measured"
            assumed = f", where {wording.say(moved.result)} are {how}"
        needed = wording.say(case.break_even_moved)
        said += f" Likewise if {needed} of the customers reached are moved{assumed}."
    text = Paragraph(text=f"{said} Change the assumption in the spreadsheet; the answer follows.")
    return Section(
        key="causal", heading="How little must be causal", blocks=(text,), beside=(drawing,), page=2
    )


def assumptions_section(case: Case) -> Section | None:
    """What goes into the case, and what of it is stated rather than measured."""
    if not case.assumptions:
        return None
    rows = tuple(
        AssumptionRow(
            key=one.key,
            figure=wording.figure(f"{case.key}.{one.key}", one.name, one.result),
            source=one.source,
            is_stated=one.is_stated,
        )
        for one in case.assumptions
    )
    table = Assumptions(case=case, rows=rows)
    return Section(key="assumptions", heading="What goes into the case", blocks=(table,), page=2)


def comparisons_section(case: Case | None, evidence: Evidence) -> Section | None:
    """Crude beside adjusted, always together."""
    chosen = chosen_comparisons(case, evidence)
    drawing = pictures.compared(chosen)
    if drawing is None:
        return None
    adjusted = [one for one in chosen if isinstance(one.adjusted.result, Estimate)]
    fields = sorted({name for one in adjusted for name in one.adjusted_for})
    said = f"Adjusted for {wording.listed(fields)}." if fields else ""
    for one in adjusted[:1]:
        if isinstance(one.overlap, Estimate):
            said += f" {wording.say(one.overlap)} of the customers could be compared."
    what_is_left = "What is left is an association, not yet a cause."
    blocks: tuple[Block, ...] = (
        drawing,
        Paragraph(text=drawing.note, is_note=True),
        Paragraph(text=f"{said} {what_is_left}".strip()),
    )
    return Section(key="comparisons", heading="Crude beside adjusted", blocks=blocks, page=2)


def scores_section(evidence: Evidence) -> Section | None:
    """NPS by touchpoint where it was asked, else the score; refused ones in their place."""
    nps = [one for one in evidence.findings if one.key.startswith("nps.touchpoint.")]
    asked = {one.group for one in nps}
    scores = [
        one for one in evidence.findings if one.key.startswith("score.touchpoint.") and one.group not in asked
    ]
    blocks: list[Block] = []
    for what, by_touchpoint, overall in (("NPS", nps, "nps.all"), ("Score", scores, "score.all")):
        chosen = by_touchpoint[:_TOUCHPOINTS]
        drawing = pictures.scored(chosen, evidence.finding(overall), what=what)
        if drawing is not None:
            blocks += [drawing, Paragraph(text=drawing.note, is_note=True)]
    if not blocks:
        return None
    heading = "NPS by touchpoint" if nps else "Score by touchpoint"
    return Section(key="scores", heading=heading, blocks=tuple(blocks), page=2)


def wrong_section(case: Case | None, evidence: Evidence) -> Section | None:
    """What could make this wrong, said before anybody asks."""
    said = [] if case is None else [caveat.text for caveat in case.caveats]
    for one in chosen_comparisons(case, evidence):
        said += [caveat.text for finding in (one.adjusted, one.crude) for caveat in finding.caveats]
        if isinstance(one.e_value, Estimate) and not any("hidden cause" in text for text in said):
            said.append(
                f"A hidden cause, linked {wording.say(one.e_value)} times to both sides of "
                f"“{pictures.named(one)}”, would explain it away."
            )
    if any(trend.signals for trend in evidence.trends):
        said.append("A signal in a trend is not an effect: nothing was compared with it.")
    items = tuple(dict.fromkeys(wording.sentence(text) for text in said))
    if not items:
        return None
    blocks = (NumberedList(items=items),)
    return Section(key="wrong", heading="What could make this wrong", blocks=blocks, page=2)


def unsaid_section(evidence: Evidence) -> Section | None:
    """What we do not say, why, and what would be needed."""
    # A score and an NPS refused for the same answers are one refusal.
    once = {(finding.group, finding.refusal, finding.n): finding for finding in reversed(evidence.refusals)}
    refused = _joined([pictures.refused_of(one) for one in evidence.refusals if one in once.values()])
    blocks: list[Block] = [Refusals(items=tuple(refused[:_REFUSALS]))] if refused else []
    if len(refused) > _REFUSALS:
        more = len(refused) - _REFUSALS
        blocks.append(
            Paragraph(text=f"{wording.many(more, 'more refusal', 'more refusals')} of the same kinds.")
        )
    blocks += [plainly.missing("Not asked of the data yet", gap) for gap in evidence.missing[:_GAPS]]
    return (
        Section(key="unsaid", heading="What we do not say", blocks=tuple(blocks), page=2) if blocks else None
    )


def vision_section(vision: Vision | None) -> Section | None:
    """Where this is heading, journey by journey, and what will not be done."""
    if vision is None:
        return None
    blocks: list[Block] = [Paragraph(text=wording.sentence(vision.statement))]
    if vision.journeys:
        is_seen = any(seen_by(shift) for shift in vision.journeys)
        head = ("Journey", "From", "To", *(("Seen by",) if is_seen else ()))
        rows = tuple(
            (shift.journey, shift.from_, shift.to, *((seen_by(shift),) if is_seen else ()))
            for shift in vision.journeys
        )
        caption = "From and to, by journey"
        blocks.append(TextTable(caption=caption, head=head, rows=rows, is_number=(False,) * len(head)))
    if vision.not_doing:
        not_doing = "; ".join(text.rstrip(".") for text in vision.not_doing)
        blocks.append(Paragraph(text=wording.sentence(f"Not part of it: {not_doing}")))
    return Section(key="vision", heading="Where this is heading", blocks=tuple(blocks), page=2)


def seen_by(shift: JourneyShift) -> str:
    """What would be counted to see it, and until when; empty where neither is said."""
    until = f"by {wording.short_month(shift.by)}" if shift.by is not None else ""
    return ", ".join(part for part in (wording.kept(shift.measure), until) if part)


def sources_section(case: Case | None, evidence: Evidence) -> Section:
    """The files and statements that the brief rests on."""
    items = [
        f"{file.name} ({wording.many(file.rows, 'row', 'rows')}, {wording.count(file.accepted)} used; "
        f"fingerprint {wording.tidy_id(file.sha256)})"
        for file in evidence.files
    ]
    if case is not None:
        items += [
            f"{one.name}: {one.source}" for one in case.assumptions if one.is_stated and one.source.strip()
        ]
    if not items:
        unsaid = Missing(
            what="Sources",
            why="No customers' data are connected.",
            remedy="They stand here once they are connected.",
        )
        return Section(key="sources", heading="Sources", blocks=(unsaid,), page=2)
    return Section(key="sources", heading="Sources", blocks=(Sources(items=tuple(items)),), page=2)


def traces_section(sections: Sequence[Section], evidence: Evidence) -> Section | None:
    """Where each number comes from, enough to recompute it."""
    labels = resting_on(sections)
    rows = tuple(
        TraceRow(trace=trace, figures=labels[trace.id]) for trace in evidence.traces if trace.id in labels
    )
    if not rows:
        return None
    return Section(key="traces", heading="Traces", blocks=(TraceTable(rows=rows),), page=3)


def chosen_comparisons(case: Case | None, evidence: Evidence) -> tuple[Comparison, ...]:
    """Those that the case rests on first; at most three."""
    used = set() if case is None else {one.result.trace for one in case.assumptions}

    def is_elsewhere(one: Comparison) -> bool:
        return not (isinstance(one.adjusted.result, Estimate) and one.adjusted.result.trace in used)

    return tuple(sorted(evidence.comparisons, key=is_elsewhere)[:_COMPARISONS])


def _of_case(case: Case) -> list[Figure | Refused]:
    inaction: Result = wording.loss(case.inaction) if isinstance(case.inaction, Estimate) else case.inaction
    outcomes: tuple[tuple[str, str, Result], ...] = (
        ("upside", "Upside of action", case.upside),
        ("inaction", "Downside of inaction", inaction),
        ("at_stake", "Revenue with customers at risk", case.at_stake),
        ("break_even", "Causal share at break-even", case.break_even),
        ("break_even_moved", "Share moved at break-even", case.break_even_moved),
        ("gain_probability", "Outcomes above break-even", case.gain_probability),
        ("payback", "Outlay back after", case.payback_months),
    )
    rows: list[Figure | Refused] = []
    for key, label, result in outcomes:
        if isinstance(result, Unknown):
            why, needs = plainly.why(result), plainly.needed(result)
            rows.append(Refused(label=label, word="Not carried", reason=why, needs=needs))
        else:
            is_money = result.unit.kind == "money"
            named = pictures.money_figure(case, key, label, result) if is_money else None
            rows.append(named or wording.figure(f"{case.key}.{key}", label, result))
    refused = _joined([row for row in rows if isinstance(row, Refused)])
    return [*(row for row in rows if isinstance(row, Figure)), *refused]


def _joined(refused: Sequence[Refused]) -> list[Refused]:
    """What is refused for one and the same reason, said once under all its names."""
    alike: dict[tuple[str, str, str], list[Refused]] = {}
    for one in refused:
        alike.setdefault((one.word, one.reason, one.needs), []).append(one)
    return [
        group[0] if len(group) == 1 else replace(group[0], label=_under_one_name(group), n="")
        for group in alike.values()
    ]


def _under_one_name(group: Sequence[Refused]) -> str:
    """ "Spend: 4 to 5, 3 and 1 to 2" where they have one title; else all names in one sentence."""
    titles = {one.label.partition(": ")[0] for one in group}
    if len(titles) == 1 and all(": " in one.label for one in group):
        rest = [one.label.partition(": ")[2] for one in group]
        return f"{titles.pop()}: {wording.listed(rest)}"
    first, *others = [one.label for one in group]
    return wording.listed([first, *(name[:1].lower() + name[1:] for name in others)])
