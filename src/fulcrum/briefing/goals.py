"""The executive's goals in their brief: what moves each one here, how sure that is, and what is not known."""

from collections.abc import Iterable

from fulcrum.briefing import plainly
from fulcrum.core import wording
from fulcrum.core.brief import Block, FigureTable, Paragraph, Section, Span, Statement
from fulcrum.core.goals import GoalLink, GoalReach, GoalTie
from fulcrum.core.people import Goal
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.shown import Figure, Refused

CHANCE = "The goal is reached, if nothing changes"
EXPECTED = "Where it would stand then"
NOW = "Where it stands now, measured the same way"


def goals_section(ties: tuple[GoalTie, ...]) -> Section | None:
    """Every goal on record, behind the first page; None where none is."""
    blocks = tuple(block for place, tie in enumerate(ties) for block in _blocks(tie, place))
    return (
        Section(key="goals", heading="Your goals, and what moves them here", blocks=blocks, page=2)
        if ties
        else None
    )


def goal_said(goal: Goal) -> str:
    """A goal in one sentence: what, from where, to where, by when."""
    said = f"Your goal: {wording.lowered(goal.goal)}"
    if goal.baseline and goal.target:
        said += f", from {wording.kept(goal.baseline)} to {wording.kept(goal.target)}"
    elif goal.target:
        said += f", to {wording.kept(goal.target)}"
    return wording.sentence(said + (f", by {wording.day(goal.due)}" if goal.due else ""))


def link_figure(link: GoalLink, *, place: int = 0) -> Figure:
    """A finding that moves a goal, with its number as it stands everywhere."""
    caveats = () if link.grade.claim == "return" else (f"Grade {link.grade.value}: {link.grade.meaning}.",)
    return wording.figure(f"goal.{place}.{link.key}", link.said, link.result, caveats=caveats)


def reach_rows(reach: GoalReach, *, place: int = 0) -> tuple[Figure | Refused, ...]:
    """The chance, where it would stand, and where it stands now; one refusal where no chance is named."""
    if isinstance(reach.probability, Unknown):
        return (_refused(CHANCE, reach.probability),)
    made: list[Figure | Refused] = []
    for label, result in ((CHANCE, reach.probability), (EXPECTED, reach.expected), (NOW, reach.now)):
        if isinstance(result, Estimate):
            made.append(wording.figure(f"goal.{place}.{label[:9].strip().lower()}", label, result))
    return tuple(made)


def reach_note(reach: GoalReach) -> str:
    """How a goal is judged, how the method was tried on this series, and what limits it."""
    if isinstance(reach.probability, Unknown):
        return ""
    said = [
        f"Judged by {reach.judged}, {wording.many(reach.months_ahead, 'month')} ahead of what is measured."
    ]
    if reach.backtest is not None:
        tried = reach.backtest
        held = "each time" if tried.held == tried.cuts else f"{wording.number_word(tried.held)} times"
        said.append(
            f"Cut short {wording.many(tried.cuts, 'time')} and run forward up to "
            f"{wording.many(tried.furthest, 'month')}, the series came to lie within its "
            f"{wording.percent(tried.confidence)} interval {held}."
        )
    return " ".join((*said, *reach.cautions))


def _blocks(tie: GoalTie, place: int) -> Iterable[Block]:
    yield Statement(spans=(Span(text=goal_said(tie.goal)),))
    rows: list[Figure | Refused] = [link_figure(link, place=place) for link in tie.links]
    if tie.unlinked is not None:
        rows.append(_refused("What moves it here", tie.unlinked))
    yield FigureTable(
        caption=f"What moves it here, and the chance to reach it: {wording.lowered(tie.goal.goal)}",
        rows=(*rows, *reach_rows(tie.reach, place=place)),
    )
    notes = [
        reach_note(tie.reach),
        *(f"No difference was found: {wording.lowered(one.said)}." for one in tie.looked_at),
        *(f"Not known: {wording.lowered(plainly.why(one))} {plainly.remedy(one)}" for one in tie.unknown),
    ]
    if said := " ".join(note for note in notes if note):
        yield Paragraph(text=said, is_note=True)


def _refused(label: str, unknown: Unknown) -> Refused:
    return Refused(
        label=label, word="Not known", reason=plainly.why(unknown), needs=plainly.needed(unknown), n=""
    )
