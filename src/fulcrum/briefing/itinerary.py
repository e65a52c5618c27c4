"""The listening itinerary as a document for its executive: the parts and the questions, no customer's id."""

from fulcrum import __version__
from fulcrum.core import wording
from fulcrum.core.brief import (
    Block,
    Brief,
    Missing,
    NumberedList,
    Paragraph,
    Provenance,
    Quote,
    Section,
    TraceRow,
    TraceTable,
)
from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.findings import Trace
from fulcrum.core.itinerary import Itinerary, Stop
from fulcrum.core.people import Executive
from fulcrum.core.quantities import Unknown


def compose_itinerary(
    itinerary: Itinerary, executive: Executive, company: Company, traces: tuple[Trace, ...]
) -> Brief:
    """The sheet that goes along: it never names an answer or a customer, and says nothing of its reader."""
    sections = [_opening(itinerary), *map(_section, enumerate(itinerary.stops, start=1))]
    if itinerary.missing:
        sections.append(Section(key="missing", heading="What is missing", blocks=_missing(itinerary.missing)))
    if traces:
        sections.append(_overleaf(traces))
    return Brief(
        title=f"{wording.minutes(itinerary.minutes).capitalize()} with customers, about {itinerary.about}.",
        audience=executive.role or executive.name,
        company=company.name,
        as_of=company.as_of,
        is_simulated=company.is_simulated,
        confidential=f"For {executive.name}. Customers' words, not public.",
        contact=company.contact,
        sections=tuple(sections),
        provenance=Provenance(
            version=__version__, files=tuple(file for one in traces for file in one.files), traces=traces
        ),
        stories=tuple(story.id for stop in itinerary.stops for story in stop.stories),
    )


def _opening(itinerary: Itinerary) -> Section:
    told = f"Customers speak of it in these words: {itinerary.theme}." if itinerary.theme else ""
    blocks = [Paragraph(text=told)] if told else []
    blocks.append(
        Paragraph(
            text="You are a guest: listen, ask, and leave what needs mending until afterwards. Leave out "
            "what does not suit you.",
            is_note=True,
        )
    )
    return Section(key="opening", heading="", blocks=tuple(blocks))


def _section(numbered: tuple[int, Stop]) -> Section:
    place, stop = numbered
    blocks: list[Block] = [Paragraph(text=stop.how)]
    blocks += [Quote(text=story.quote, source=_source(story)) for story in stop.stories]
    if stop.why:
        blocks.append(Paragraph(text=stop.why, is_note=True))
    blocks.append(NumberedList(items=stop.questions))
    blocks.append(Paragraph(text=stop.never, is_note=True))
    heading = f"{wording.minutes(stop.minutes).capitalize()}: {wording.lowered(stop.title)}"
    return Section(key=f"stop.{place}", heading=heading, blocks=tuple(blocks))


def _overleaf(traces: tuple[Trace, ...]) -> Section:
    said = "Shares are counts of what customers wrote, with 95 % intervals over customers: grade D."
    rows = tuple(TraceRow(trace=trace, figures=("Shares of comments",)) for trace in traces)
    blocks = (Paragraph(text=said), TraceTable(rows=rows))
    return Section(key="traces", heading="Where the figures come from", blocks=blocks, page=3)


def _source(story: ApprovedStory) -> str:
    return f"A customer{f' on {story.touchpoint}' if story.touchpoint else ''}; names masked."


def _missing(unknowns: tuple[Unknown, ...]) -> tuple[Block, ...]:
    return tuple(Missing(what="Listening", why=one.reason, remedy=one.needs) for one in unknowns)
