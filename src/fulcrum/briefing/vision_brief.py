"""The vision brief: where this is heading, by journey, what it means for whom, and what is not done."""

from collections.abc import Iterable
from datetime import date

from fulcrum.briefing import behind, pictures
from fulcrum.briefing.compose import document, present
from fulcrum.core import wording
from fulcrum.core.brief import (
    Block,
    Brief,
    FigureTable,
    Missing,
    NumberedList,
    Paragraph,
    Section,
    Span,
    Statement,
)
from fulcrum.core.brief import TextTable as Table
from fulcrum.core.company import Company, Vision
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.people import Executive

TITLE_AT_MOST = 200  # characters; a longer statement stands below the title
CLARITY = (
    "Whether this is clear is asked and not assumed: in a later one-minute questionnaire each executive says "
    "in their own words where we are heading."
)


def compose_vision(
    company: Company, evidence: Evidence, executive: Executive | None, *, as_of: date | None = None
) -> Brief:
    """The vision for one executive, with what it means for their function first, or for all.

    Beside each journey that is named like a touchpoint stands what its customers say today. Nothing that is
    believed of anybody enters. Raises `WrongUse` where no vision was written.
    """
    vision = company.vision
    if vision is None or not vision.statement.strip():
        raise WrongUse("There is no vision yet: write vision.toml, or the vision on the desk.")
    first = (
        *_statement(vision),
        *((_meaning_for(vision, executive),) if executive is not None else ()),
        *_journeys(vision),
        *(() if executive is not None else _meaning_for_all(vision, company, but=None)),
        *_today(vision, evidence),
        *_not_doing(vision),
        *(() if executive is None else _meaning_for_all(vision, company, but=executive)),
        _standing(vision),
    )
    sections = (*first, *present(behind.traces_section(first, evidence)))
    reader = "executives" if executive is None else executive.role or executive.name
    whom = f"the executives of {company.name}" if executive is None else executive.name
    confidential = f"For {whom}. Company plans, not public."
    return document(
        _title(vision, company), reader, company, evidence, sections, confidential, as_of or company.as_of
    )


def _title(vision: Vision, company: Company) -> str:
    if _is_long(vision):
        return f"Where {company.name} is heading"
    return wording.sentence(wording.kept(vision.statement))


def _is_long(vision: Vision) -> bool:
    return len(wording.kept(vision.statement)) > TITLE_AT_MOST


def _statement(vision: Vision) -> Iterable[Section]:
    if _is_long(vision):
        said = Paragraph(text=wording.sentence(vision.statement))
        yield Section(key="statement", heading="The vision", blocks=(said,))


def _meaning_for(vision: Vision, executive: Executive) -> Section:
    heading = f"What it means for {executive.area or executive.role or executive.name}"
    meaning = vision.meaning_for(executive.id)
    if meaning is None or not meaning.strip():
        unsaid = Missing(
            what="What it means for you",
            why="It has not been written yet.",
            remedy="One sentence on what your function does otherwise, and what it stops doing; best by you.",
        )
        return Section(key="meaning", heading=heading, blocks=(unsaid,))
    said = Statement(spans=(Span(text=wording.sentence(meaning)),))
    return Section(key="meaning", heading=heading, blocks=(said,))


def _journeys(vision: Vision) -> Iterable[Section]:
    if not vision.journeys:
        unsaid = Missing(
            what="From and to, by journey",
            why="No journey has been written yet.",
            remedy="For one journey: how it is for a customer today, and how it shall be.",
        )
        yield Section(key="journeys", heading="From here to there", blocks=(unsaid,))
        return
    is_counted = any(one.measure or one.by for one in vision.journeys)
    head = ("Journey", "How it is", "How it shall be", *(("Seen by", "Until") if is_counted else ()))
    rows = tuple(
        (
            one.journey,
            one.from_,
            one.to,
            *(
                (one.measure or "not said", wording.short_month(one.by) if one.by else "no date")
                if is_counted
                else ()
            ),
        )
        for one in vision.journeys
    )
    caption = "How it is and how it shall be, by journey"
    table = Table(caption=caption, head=head, rows=rows, is_number=(False,) * len(head))
    yield Section(key="journeys", heading="From here to there", blocks=(table,))


def _meaning_for_all(vision: Vision, company: Company, *, but: Executive | None) -> Iterable[Section]:
    named = dict(vision.meaning)
    rows = tuple(
        (one.role or one.name, wording.sentence(named[one.id]))
        for one in company.executives
        if named.get(one.id, "").strip() and (but is None or one.id != but.id)
    )
    if rows:
        others = "the other functions" if but is not None else "each function"
        table = Table(
            caption=f"What it means for {others}",
            head=("Function", "It means"),
            rows=rows,
            is_number=(False, False),
        )
        yield Section(key="meanings", heading=f"What it means for {others}", blocks=(table,))


def _not_doing(vision: Vision) -> Iterable[Section]:
    if vision.not_doing:
        items = tuple(wording.sentence(one) for one in vision.not_doing)
        yield Section(key="not_doing", heading="What we will not do", blocks=(NumberedList(items=items),))


def _standing(vision: Vision) -> Section:
    """Who approved it, and how its clarity will be seen."""
    if vision.approved_by.strip():
        when = f" on {wording.day(vision.approved_on)}" if vision.approved_on else ""
        said = wording.sentence(f"Approved by {wording.kept(vision.approved_by)}{when}")
    else:
        said = "A draft: nobody has approved it yet."
    blocks: tuple[Block, ...] = (Paragraph(text=said), Paragraph(text=CLARITY, is_note=True))
    return Section(key="standing", heading="Where this text stands", blocks=blocks)


def _today(vision: Vision, evidence: Evidence) -> Iterable[Section]:
    """What customers say today of each touchpoint that a journey is named like."""
    scores = [one for one in evidence.findings if one.key.startswith("score.touchpoint.")]
    found: list[Finding] = []
    for shift in vision.journeys:
        found += [one for one in scores if _is_named_like(one.group, shift.journey) and one not in found]
    if found:
        rows = tuple(pictures.figure_of(one, f"Score, {one.group}") for one in found)
        table = FigureTable(caption="What customers say today where these journeys are", rows=rows)
        yield Section(key="today", heading="What customers say today", blocks=(table,))


def _is_named_like(touchpoint: str, journey: str) -> bool:
    """Whether a journey's name shares a word with a touchpoint's, by their first four letters."""
    stems = (
        {word[:4] for word in name.casefold().split() if len(word) > 3} for name in (touchpoint, journey)
    )
    one, other = stems
    return bool(one & other)
