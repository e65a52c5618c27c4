"""Cases in depth and beside one another: what decides each, which are chosen, and what pays back first."""

from dataclasses import replace

from fulcrum.briefing import behind
from fulcrum.core import wording
from fulcrum.core.brief import Block, NumberedList, Paragraph, Section, Span, Statement, TextTable
from fulcrum.core.findings import Case, Programme, Ranked, Rung
from fulcrum.core.quantities import Estimate
from fulcrum.core.shown import Tornado, TornadoRow

_HEAD = ("Initiative", "First year", "Upside", "Ends above zero", "Back after", "Chosen")
_IS_NUMBER = (False, True, True, True, True, False)


def tornado_section(case: Case) -> Section | None:
    """Which input decides the case, the widest first."""
    drawing = tornado_of(case)
    if drawing is None:
        return None
    blocks: tuple[Block, ...] = (drawing, Paragraph(text=drawing.note, is_note=True))
    return Section(key="tornado", heading=f"{drawing.rows[0].label} decides most", blocks=blocks, page=2)


def tornado_of(case: Case) -> Tornado | None:
    """What each input alone does to the upside; None where nothing has a range."""
    if not isinstance(case.upside, Estimate) or not case.tornado:
        return None
    upside, claim = case.upside, case.upside.grade.claim
    rows, spoken = [], []
    for swing in case.tornado:
        ends = wording.worded(swing.input)
        at_low, at_high = (wording.say_like(at, upside) for at in (swing.at_low, swing.at_high))
        rows.append(
            TornadoRow(
                label=swing.name,
                low_said=ends.low.text,
                high_said=ends.high.text,
                at_low=swing.at_low.value,
                at_high=swing.at_high.value,
            )
        )
        spoken.append(f"{swing.name} {ends.low.text} to {ends.high.text}: {at_low} to {at_high}")
    held = wording.percent(case.tornado[0].input.interval.confidence)
    return Tornado(
        rows=tuple(rows),
        middle=upside.value,
        middle_said=f"{wording.say(upside)} {claim}",
        unit=upside.unit,
        break_label="break-even",
        note=f"Upside, {claim}, with one input at either end of its {held} range, the others at the middle. "
        "Orange: less than the middle case; blue: more. Triangle: the middle case. Horizon and discount rate "
        "are fixed.",
        summary=f"Upside, {claim}: {wording.say(upside)} at the middle. {'; '.join(spoken)}.",
    )


def other_case_sections(case: Case) -> tuple[Section, ...]:
    """What goes into a case that is not the first, and what decides it."""
    found = (tornado_section(case), behind.assumptions_section(case))
    return tuple(
        replace(section, key=f"{section.key}.{case.key}", heading=f"{case.title}. {section.heading}")
        for section in found
        if section is not None
    )


def programme_section(programme: Programme | None) -> Section | None:
    """The initiatives ranked: what the budget holds, what is left out and why, and the quick wins."""
    if programme is None:
        return None
    table = TextTable(
        caption="The initiatives beside one another",
        head=_HEAD,
        rows=tuple(_row(one) for one in programme.ranked),
        is_number=_IS_NUMBER,
    )
    left_out = tuple(one for one in programme.ranked if not one.is_chosen)
    said = [f"Left out: {one.title}. {one.because}" for one in left_out]
    said += [caveat.text for caveat in programme.caveats]
    blocks: list[Block] = [Statement(spans=(Span(text=_chosen(programme)),)), table]
    blocks += [Paragraph(text=text) for text in said]
    blocks += _ladder(programme.ladder)
    return Section(key="programme", heading="The initiatives beside one another", blocks=tuple(blocks))


def _chosen(programme: Programme) -> str:
    """What is chosen, what it needs and what it brings, in the words that the weakest grade allows."""
    titles = [one.title for one in programme.ranked if one.is_chosen]
    if not titles or not isinstance(programme.upside, Estimate):
        return "None of the initiatives is chosen: none covers its cost on a gap that the data can tell."
    within = ""
    if programme.budget is not None:
        within = f", of a budget of {wording.say(programme.budget)}"
    upside = programme.upside
    return (
        f"{wording.listed(titles)}: {wording.say(programme.needed)} in the first year{within}; "
        f"upside {wording.say_fully(upside)}, {wording.say_claim(upside.grade)}."
    )


def _row(one: Ranked) -> tuple[str, ...]:
    upside, chance, payback = one.upside, one.gain_probability, one.payback_months
    claim = (
        f"{wording.say(upside)}, {wording.say_claim(upside.grade)}" if isinstance(upside, Estimate) else ""
    )
    return (
        one.title,
        wording.say(one.needed),
        claim or "not carried",
        wording.of_hundred(chance) if isinstance(chance, Estimate) else "not carried",
        wording.say(payback) if isinstance(payback, Estimate) else "not within its horizon",
        "yes" if one.is_chosen else "no",
    )


def _ladder(rungs: tuple[Rung, ...]) -> list[Block]:
    if not rungs:
        return [Paragraph(text="None of them is a quick win: none pays back and more often gains than not.")]
    items = tuple(f"{rung.title}. {rung.because}" for rung in rungs)
    return [Paragraph(text="Quick wins, the soonest first:"), NumberedList(items=items)]
