"""The one number of the opening page: the finding that bears most on what this reader answers for.

What it is chosen by is said beside it: their initiative, their goal's words, their area. Nothing that is
believed of them enters, so that the number cannot tell where they are thought to stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fulcrum.briefing import pictures
from fulcrum.briefing.worth import worth_section
from fulcrum.core import wording
from fulcrum.core.brief import Block, Missing, Paragraph, Section, Span, Statement
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Comparison, Evidence, Finding
from fulcrum.core.goals import GoalTie
from fulcrum.core.people import Executive
from fulcrum.core.playbook import GoalMetric
from fulcrum.core.quantities import Estimate, Unit
from fulcrum.core.shown import Figure, IntervalMark, IntervalRow, IntervalRows
from fulcrum.core.story_choice import aims_of, answers_for_all, common_words
from fulcrum.core.value import value

_SPEAKS_OF = {  # the outcome that a goal speaks of, by the beginnings of its words
    "stayed": ("leav", "left", "churn", "reten", "retain", "stay", "renew", "lapse", "loyal", "keep"),
    "spend": ("revenue", "sales", "spend", "margin", "profit", "expansion", "value"),
    "cost to serve": ("cost", "serve", "saving", "efficien", "contact"),
}
_OF_METRIC = {"score": "score", "stayed": "stayed", "spend": "spend", "cost": "cost to serve"}
_BANDS = {"stayed": "retention", "spend": "spend", "cost to serve": "cost_to_serve"}
_BAND_SAID = {
    "retention": "Of customers who score {group}, stayed: ",
    "spend": "Spend of a customer who scores {group}: ",
    "cost_to_serve": "Cost to serve of a customer who scores {group}: ",
}


@value
class _Candidate:
    """One finding that could be the number: how well it fits, why, and how it is shown."""

    fit: float
    why: str
    blocks: tuple[Block, ...]


def number_section(
    executive: Executive,
    company: Company,
    evidence: Evidence,
    metrics: Sequence[GoalMetric],
    case: Case | None,
    ties: Sequence[GoalTie] = (),
) -> Section:
    """The finding that bears on their goal or area; the case where none does, or where they answer for all.

    A comparison counts where its interval leaves no doubt on its side and its negative control did not fail.
    What their own initiative rests on weighs most, then the outcome that moves with their goal (its metric,
    else by its words), then words that it shares with their aims and area; an adjusted figure comes before a
    raw one, and equals go to the findings' order.
    """
    aims = aims_of(executive, company, metrics)
    spoken = _outcomes_of(executive, company, ties)
    if case is not None and answers_for_all(executive) and isinstance(case.upside, Estimate):
        return _with_why(worth_section(case, company, evidence), "you answer for the whole company")
    found = [
        *_of_comparisons(executive, company, evidence, (*aims, executive.area), spoken),
        *_of_bands(evidence, spoken),
        *_of_touchpoints(evidence, (*aims, executive.area)),
    ]
    if not found:
        return _with_why(worth_section(case, company, evidence), "no finding bears on a goal of yours yet")
    best = max(found, key=lambda one: one.fit)
    return _with_why(Section(key="number", heading="One number", blocks=best.blocks), best.why)


def _with_why(section: Section, why: str) -> Section:
    """The section with the reason why it stands there; one that lacks its number gives its own."""
    if any(isinstance(block, Missing) for block in section.blocks):
        return section
    note = Paragraph(text=f"Why this one: {why}.", is_note=True)
    return replace(section, blocks=(*section.blocks, note))


def _outcomes_of(executive: Executive, company: Company, ties: Sequence[GoalTie]) -> tuple[str, ...]:
    """The outcomes that move with their goals: by what the metrics say, else by the goals' own words."""
    known = [_OF_METRIC[one] for tie in ties if tie.metric is not None for one in tie.metric.moved_with]
    if known:
        return tuple(dict.fromkeys(known))
    words = " ".join(f"{goal.goal} {goal.metric}" for goal in company.goals if goal.executive == executive.id)
    started = words.casefold().replace("-", " ").split()
    return tuple(
        outcome
        for outcome, beginnings in _SPEAKS_OF.items()
        if any(word.startswith(beginnings) for word in started)
    )


def _of_comparisons(
    executive: Executive, company: Company, evidence: Evidence, about: Sequence[str], spoken: Sequence[str]
) -> Iterator[_Candidate]:
    owned = {one.comparison for one in company.initiatives if one.owner == executive.id and one.comparison}
    for one in evidence.comparisons:
        adjusted = one.adjusted.result
        if not isinstance(adjusted, Estimate) or not adjusted.is_signed or _failed(one):
            continue
        shared = common_words((one.title, one.exposed, one.against), about)
        fit = 4.0 * (one.key in owned) + 2.0 * (one.outcome in spoken) + min(len(shared), 3) / 2
        if fit:
            why = _why(one.key in owned, one.outcome if one.outcome in spoken else "", shared)
            yield _Candidate(fit=fit + 0.25, why=why, blocks=_compared(one))


def _failed(one: Comparison) -> bool:
    return one.control is not None and one.control.verdict == "failed"


def _why(is_owned: bool, outcome: str, shared: Sequence[str]) -> str:
    if is_owned:
        return "your own initiative rests on it"
    if outcome:
        return f"your goal moves with {_IN_WORDS[outcome]}"
    return f"it speaks of what you answer for: {wording.listed(shared[:3])}"


_IN_WORDS = {
    "score": "what customers think",
    "stayed": "customers who stay or leave",
    "spend": "what customers spend",
    "cost to serve": "the cost to serve",
}


def _compared(one: Comparison) -> tuple[Block, ...]:
    """The adjusted gap as a sentence and a drawing, with the gap as counted beside it."""
    crude, adjusted = pictures.gap_figures(one)
    if not isinstance(adjusted, Figure):
        return ()
    said = Statement(
        spans=(
            Span(text=f"{pictures.named(one)}, "),
            Span(text=adjusted.said, figure=adjusted, tone="loss" if adjusted.estimate.value < 0 else "gain"),
            Span(text=f" ({adjusted.confidence}: {adjusted.interval})."),
        )
    )
    drawing = pictures.compared((one,))
    counted = f" as counted {crude.said}." if isinstance(crude, Figure) else ""
    fields = (
        f"Adjusted for {wording.listed([field.replace('_', ' ') for field in sorted(one.adjusted_for)])};"
        if one.adjusted_for
        else "Adjusted;"
    )
    note = Paragraph(text=f"{fields}{counted} An association, not yet a cause.", is_note=True)
    return (said, *((drawing,) if drawing is not None else ()), note)


def _of_bands(evidence: Evidence, spoken: Sequence[str]) -> Iterator[_Candidate]:
    for outcome in spoken:
        family = _BANDS.get(outcome, "")
        bands = [
            one
            for one in evidence.findings
            if one.key.startswith(f"{family}.band.") and one.group[:1].isdigit()
        ]
        made = [figure for one in bands if isinstance(figure := pictures.figure_of(one), Figure)]
        if family and len(made) > 1:
            yield _Candidate(
                fit=2.0,
                why=f"your goal moves with {_IN_WORDS[outcome]}",
                blocks=_banded(family, bands, made),
            )


def _banded(family: str, bands: Sequence[Finding], made: Sequence[Figure]) -> tuple[Block, ...]:
    """What goes with a low score, beside the same for the other bands."""
    groups = {one.key: one.group for one in bands}
    lowest = min(made, key=lambda figure: float(groups[figure.key].split()[0]))
    said = Statement(
        spans=(
            Span(text=_BAND_SAID[family].format(group=groups[lowest.key])),
            Span(text=lowest.said, figure=lowest, tone="loss"),
            Span(text=f" ({lowest.confidence}: {lowest.interval})."),
        )
    )
    rows = tuple(IntervalRow(label=groups[one.key], marks=(IntervalMark(figure=one),)) for one in made)
    spoken = "; ".join(f"{groups[one.key]}: {one.said} ({one.interval})" for one in made)
    drawing = IntervalRows(
        rows=rows,
        unit=_unit(made),
        centre=None,
        note="",
        summary=f"{bands[0].title} by score: {spoken}.",
    )
    note = Paragraph(
        text=f"By score; lines: {lowest.confidence} intervals. As counted: an association, not yet a cause.",
        is_note=True,
    )
    return (said, drawing, note)


def _unit(made: Sequence[Figure]) -> Unit:
    return made[0].estimate.unit


def _of_touchpoints(evidence: Evidence, about: Sequence[str]) -> Iterator[_Candidate]:
    scores = [one for one in evidence.findings if one.key.startswith("score.touchpoint.")]
    overall = evidence.finding("score.all")
    for one in scores:
        shared = common_words((one.group,), about)
        made = pictures.figure_of(one)
        drawing = pictures.scored((one,), overall)
        if not shared or drawing is None or not isinstance(made, Figure):
            continue
        said = Statement(
            spans=(
                Span(text=f"Score of {one.group}: "),
                Span(text=made.said, figure=made),
                Span(text=f" ({made.confidence}: {made.interval})."),
            )
        )
        note = Paragraph(text=drawing.note, is_note=True)
        why = f"it speaks of what you answer for: {wording.listed(shared[:3])}"
        yield _Candidate(fit=min(len(shared), 3) / 2, why=why, blocks=(said, drawing, note))
