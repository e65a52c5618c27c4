"""The brief for one executive and the brief for the board: what is said, in which order, from what is known.

Page one is read in two minutes: the ask, the goal, what it is worth, one customer, what happened since. Then
the evidence behind it, then the traces. What is missing is said with what to do. Nothing that is believed of
anybody enters: composing takes the step to ask, never the choice or the belief behind it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from fulcrum import __version__
from fulcrum.briefing import behind, beside, board, opening
from fulcrum.briefing.contents import figures_in
from fulcrum.briefing.since import since_section
from fulcrum.briefing.worth import worth_section, worth_spans
from fulcrum.core import wording
from fulcrum.core.brief import Brief, Provenance, Section
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Evidence
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Playbook


def compose_for_executive(
    executive: Executive,
    company: Company,
    evidence: Evidence,
    step: StepToAsk | None,
    playbook: Playbook,
    *,
    as_of: date | None = None,
) -> Brief:
    """The brief for one executive, about their goal and their customers, with at most one ask."""
    on = as_of if as_of is not None else company.as_of
    case = _case_for(executive, company, evidence)
    story = opening.story_for(executive, company)
    numbers = next((one for one in evidence.stories if story is not None and one.story == story.id), None)
    first = (
        opening.ask_section(step, company),
        opening.goal_section(executive, company, playbook),
        worth_section(case, company, evidence),
        opening.customer_section(story, numbers),
        since_section(executive, company, evidence, playbook, on),
    )
    how_to = behind.step_section(step) if step is not None else None
    sections = _with_evidence(first, case, company, evidence, playbook, how_to=how_to)
    title = opening.ask_sentence(step) if step is not None else reporting_title(case, company)
    confidential = f"For {executive.name}. Company figures, not public."
    return document(title, executive.role or executive.name, company, evidence, sections, confidential, on)


def compose_for_board(
    company: Company, evidence: Evidence, playbook: Playbook, *, as_of: date | None = None
) -> Brief:
    """The brief for the board: cases, promises, wins, risks and spend; no personal ask."""
    on = as_of if as_of is not None else company.as_of
    case = evidence.cases[0] if evidence.cases else None
    story = opening.story_for(None, company)
    numbers = next((one for one in evidence.stories if story is not None and one.story == story.id), None)
    first = (
        worth_section(case, company, evidence, is_titled=case is not None),
        *_present(beside.programme_section(evidence.programme)),
        board.promises_section(company),
        board.wins_section(company, on),
        board.risks_section(company),
        board.spend_section(company),
    )
    closing = (
        opening.customer_section(story, numbers),
        since_section(None, company, evidence, playbook, on),
    )
    others = evidence.cases[1:]
    if evidence.programme is None:
        sections = _with_evidence((*first, *closing), case, company, evidence, playbook, others=others)
    else:  # the initiatives beside one another take the room of the opening page
        sections = _with_evidence(first, case, company, evidence, playbook, others=others, closing=closing)
    confidential = f"For the board of {company.name}. Company figures, not public."
    return document(reporting_title(case, company), "board", company, evidence, sections, confidential, on)


def _with_evidence(
    first: tuple[Section, ...],
    case: Case | None,
    company: Company,
    evidence: Evidence,
    playbook: Playbook,
    *,
    how_to: Section | None = None,
    others: tuple[Case, ...] = (),
    closing: tuple[Section, ...] = (),
) -> tuple[Section, ...]:
    worth = {other.key: replace(worth_section(other, company, evidence), page=2) for other in others}
    of_others = [
        replace(figure, label=f"{other.title}: {wording.lowered(figure.label)}")
        for other in others
        for figure in figures_in((worth[other.key],))
        if figure.key.startswith(other.key)
    ]
    later = tuple(replace(section, page=2) for section in closing)
    second = _present(
        behind.figures_section(case, evidence, (*figures_in((*first, *later)), *of_others)),
        *later,
        None if case is None else behind.causal_section(case),
        None if case is None else beside.tornado_section(case),
        None if case is None else behind.assumptions_section(case),
        *(one for other in others for one in (worth[other.key], *beside.other_case_sections(other))),
        behind.comparisons_section(case, evidence),
        behind.scores_section(evidence),
        behind.wrong_section(case, evidence),
        behind.unsaid_section(evidence),
        how_to,
        behind.vision_section(company.vision),
        behind.arguments_section(playbook, company),
        behind.sources_section(case, evidence),
    )
    traces = behind.traces_section((*first, *second), evidence)
    return (*first, *second, *_present(traces))


def _present(*sections: Section | None) -> Iterable[Section]:
    return [section for section in sections if section is not None]


def _case_for(executive: Executive, company: Company, evidence: Evidence) -> Case | None:
    """The case of an initiative that they own, else the first."""
    owned = {initiative.name for initiative in company.initiatives if initiative.owner == executive.id}
    return next(
        (case for case in evidence.cases if case.title in owned),
        evidence.cases[0] if evidence.cases else None,
    )


def reporting_title(case: Case | None, company: Company) -> str:
    """The main finding in one sentence, or that the data do not say yet what acting is worth."""
    said = "" if case is None else "".join(span.text for span in worth_spans(case))
    return said or f"What the data say about customers of {company.name}, and what they do not say yet."


def document(
    title: str,
    reader: str,
    company: Company,
    evidence: Evidence,
    sections: tuple[Section, ...],
    confidential: str,
    on: date,
) -> Brief:
    """A brief of these sections, with the traces of the figures in them."""
    used = {figure.trace for figure in figures_in(sections)}
    return Brief(
        title=title,
        audience=reader,
        company=company.name,
        as_of=on,
        is_simulated=company.is_simulated,
        confidential=confidential,
        contact=company.contact,
        sections=sections,
        provenance=Provenance(
            version=__version__,
            files=evidence.files,
            traces=tuple(trace for trace in evidence.traces if trace.id in used),
        ),
    )
