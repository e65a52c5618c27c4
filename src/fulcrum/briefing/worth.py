"""What it is worth, on page one: the case; or what is at stake, the measured gap, and what is missing."""

from fulcrum.briefing import pictures, plainly
from fulcrum.core import wording
from fulcrum.core.brief import Block, Missing, Paragraph, Section, Span, Statement
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Comparison, Evidence
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.shown import Figure


def worth_spans(case: Case) -> tuple[Span, ...]:
    """What acting is worth and what waiting puts at stake, in words that the grades allow."""
    spans: list[Span] = []
    if isinstance(case.upside, Estimate):
        upside = pictures.money_figure(case, "upside", "Upside of action", case.upside)
        if case.upside.value < 0:
            short = pictures.money_figure(case, "shortfall", "Shortfall of action", wording.loss(case.upside))
            spans += [
                Span(text=f"{case.title} falls short of its cost by "),
                Span(text=f"{short.said}.", tone="loss", figure=short),
            ]
        else:
            before, after = {
                "return": (f"{case.title} returns ", ""),
                "expected, if causal": (f"{case.title} is worth ", ", if causal"),
            }.get(upside.claim, (f"At stake in {wording.lowered(case.title)}: ", ""))
            spans += [
                Span(text=before),
                Span(text=f"{upside.said}{after}.", tone="gain", figure=upside),
            ]
    if isinstance(case.inaction, Estimate) and not case.inaction.is_signed:
        spans.append(Span(text=" The data cannot tell whether waiting costs anything."))
    elif isinstance(case.inaction, Estimate) and case.inaction.value < 0:
        lost = pictures.money_figure(case, "inaction", "Downside of inaction", wording.loss(case.inaction))
        spans += [
            Span(text=" Waiting puts " if spans else "Waiting puts "),
            Span(text=f"{lost.said} at stake.", tone="loss", figure=lost),
        ]
    return tuple(spans)


def worth_section(
    case: Case | None, company: Company, evidence: Evidence, *, is_titled: bool = False
) -> Section:
    """The case in one sentence and one drawing; or what is measured, what is not, and what is needed."""
    if case is None:
        nothing = Missing(
            what="What it is worth",
            why="No case was computed: it needs customers' data and an initiative with its costs.",
            remedy="It stands here once customers, feedback, sales and an initiative are on record.",
        )
        return Section(key="worth", heading="What it is worth", blocks=(nothing,))
    spans = worth_spans(case)
    blocks: list[Block] = [Statement(spans=spans)] if spans and not is_titled else []
    if not spans:
        blocks += _measured(case, company, evidence)
    blocks += _lacking(case)
    drawing = pictures.masses_of(case)
    if drawing is not None:
        blocks += [drawing, Paragraph(text=f"{drawing.note} {odds(case)}".strip(), is_note=True)]
    return Section(key=f"worth.{case.key}", heading=_heading(case, is_titled=is_titled), blocks=tuple(blocks))


def comparison_behind(case: Case, company: Company, evidence: Evidence) -> Comparison | None:
    """The comparison on which the initiative of this case rests, else the first."""
    named = {one.comparison for one in company.initiatives if one.name == case.title}
    return next(
        (one for one in evidence.comparisons if one.key in named),
        evidence.comparisons[0] if evidence.comparisons else None,
    )


def _heading(case: Case, *, is_titled: bool) -> str:
    is_known = any(isinstance(result, Estimate) for result in (case.upside, case.inaction))
    heading = "What it is worth"
    if is_known and case.horizon_years:
        heading += f", over {wording.years(case.horizon_years)}"
    return f"{case.title}: {wording.lowered(heading)}" if is_titled and case.horizon_years else heading


def _measured(case: Case, company: Company, evidence: Evidence) -> list[Block]:
    """What is at stake and the gap behind it, where the case itself cannot be carried."""
    blocks: list[Block] = []
    if isinstance(case.at_stake, Estimate):
        stake = pictures.money_figure(case, "at_stake", "Revenue with customers at risk", case.at_stake)
        per = f" a {case.at_stake.unit.per}" if case.at_stake.unit.per else ""
        amount = Span(text=f"{stake.said}{per}.", tone="loss", figure=stake)
        blocks.append(Statement(spans=(Span(text="At stake with the customers who fare worse: "), amount)))
    one = comparison_behind(case, company, evidence)
    drawing = None if one is None else pictures.compared((one,))
    if one is None or drawing is None:
        return blocks
    spans = [Span(text=f"Measured: {wording.lowered(pictures.named(one))}, ")]
    for made, how in zip(reversed(pictures.gap_figures(one)), (" adjusted", " as counted"), strict=True):
        if isinstance(made, Figure):
            spans += [Span(text=made.said, figure=made), Span(text=f"{how}, ")]
    spans[-1] = Span(text=spans[-1].text.removesuffix(", ") + ". It is an association, not yet a cause.")
    return [*blocks, Statement(spans=tuple(spans)), drawing, Paragraph(text=drawing.note, is_note=True)]


def _lacking(case: Case) -> list[Missing]:
    """What the data do not carry: one box where both have the same reason."""
    named = (("The upside of action", case.upside), ("The downside of waiting", case.inaction))
    unknown = [(what, result) for what, result in named if isinstance(result, Unknown)]
    if len(unknown) == 2 and unknown[0][1] == unknown[1][1]:
        return [plainly.missing("What acting brings and what waiting costs", unknown[0][1])]
    return [plainly.missing(what, result) for what, result in unknown]


def odds(case: Case) -> str:
    """How sure the case is: how often it gains, where it breaks even, and what nobody has measured."""
    said = []
    if isinstance(case.gain_probability, Estimate):
        said.append(
            f"Acting ends above break-even in {wording.of_hundred(case.gain_probability)} simulated outcomes."
        )
    if isinstance(case.break_even, Estimate):
        assumed = pictures.causal_share(case)
        needed = f"It breaks even if {wording.say(case.break_even)} of the link is causal"
        said.append(needed + (f"; we assume {wording.say(assumed)}." if assumed is not None else "."))
    moved = next((one for one in case.assumptions if one.key == "moved_share" and one.is_stated), None)
    if moved is not None:
        share = wording.say(moved.result)
        said.append(
            f"It assumes that {share} of the customers reached are moved; nobody has measured that here."
        )
    return " ".join(said)
