"""The brief for one executive: what is said, in which order, from what is known.

The opening page is read in two minutes: what they answer for, one number that bears on it, one customer,
what happened since, one ask. A renewed brief says first what changed since the last one, and uses neither its
story nor its outside arguments while others remain. Then the evidence, then the traces. What is missing is
said with what to do. Nothing that is believed of anybody enters: composing takes the step to ask, never the
choice or the belief behind it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from fulcrum import __version__
from fulcrum.briefing import behind, beside, opening
from fulcrum.briefing.against import against_section
from fulcrum.briefing.arguments import arguments_for, arguments_section
from fulcrum.briefing.asking import ask_section, card_section, goal_of, goal_title
from fulcrum.briefing.contents import figures_in
from fulcrum.briefing.goals import goals_section
from fulcrum.briefing.number import number_section
from fulcrum.briefing.since import RENEWED, since_section
from fulcrum.briefing.told import changes_since
from fulcrum.briefing.worth import worth_section, worth_spans
from fulcrum.core import wording
from fulcrum.core.brief import Brief, Provenance, Section
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Evidence
from fulcrum.core.goals import GoalTie
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Argument, Playbook
from fulcrum.core.story_choice import StoryFit
from fulcrum.core.told import Told, told_before


def compose_for_executive(
    executive: Executive,
    company: Company,
    evidence: Evidence,
    step: StepToAsk | None,
    playbook: Playbook,
    *,
    as_of: date | None = None,
    told: tuple[Told, ...] = (),
    goals: tuple[GoalTie, ...] = (),
) -> Brief:
    """The brief for one executive, about their goal and their customers, with at most one ask.

    `told` holds the earlier briefs for them, which this one renews; `goals` their goals, tied to findings.
    """
    on = as_of if as_of is not None else company.as_of
    earlier = told_before(told, on)
    case = _case_for(executive, company, evidence)
    fit = opening.story_for(executive, company, playbook, earlier)
    goal = opening.goal_section(executive, company, playbook, goals)
    number = number_section(executive, company, evidence, playbook.goal_metrics, case, goals)
    customer = opening.customer_section(fit, company, evidence)
    first = (goal, number, customer, ask_section(step, company))
    has_case = number.key.startswith("worth") or case is None
    arguments = arguments_for(executive, playbook, company, earlier)
    sections = with_evidence(
        first,
        case,
        company,
        evidence,
        how_to=card_section(step),
        arguments=arguments_section(arguments, earlier),
        leading=(
            *(() if has_case else (worth_section(case, company, evidence),)),
            *present(against_section(fit, company)),
        ),
        goals=goals_section(goals),
    )
    since = renewed_since(sections, executive, company, evidence, playbook, on, earlier, case)
    aim = goal_of(executive, company)
    title = goal_title(aim) if aim is not None else reporting_title(case, company)
    confidential = f"For {executive.name}. Company figures, not public."
    reader = executive.role or executive.name
    made = document(title, reader, company, evidence, with_since(sections, since), confidential, on)
    return with_used(made, fit, arguments)


def with_since(sections: tuple[Section, ...], since: Section) -> tuple[Section, ...]:
    """The sections with what happened since: first where a brief is renewed, else just before the ask."""
    place = 0 if since.key == RENEWED else [one.key for one in sections].index("ask")
    return (*sections[:place], since, *sections[place:])


def renewed_since(
    sections: tuple[Section, ...],
    executive: Executive | None,
    company: Company,
    evidence: Evidence,
    playbook: Playbook,
    on: date,
    earlier: tuple[Told, ...],
    case: Case | None,
) -> Section:
    """What happened since the last brief, with every figure that changed; or since the last time we spoke."""
    if not earlier:
        return since_section(executive, company, evidence, playbook, on)
    opening_figures = figures_in([one for one in sections if one.page == 1])
    changes = changes_since(
        earlier[-1], opening_figures, figures_in(sections), evidence, case, version=__version__
    )
    return since_section(executive, company, evidence, playbook, on, earlier[-1], changes)


def with_used(brief: Brief, fit: StoryFit | None, arguments: tuple[Argument, ...]) -> Brief:
    """The brief with the ids of the story and the arguments that it uses."""
    stories = () if fit is None else (fit.story.id,)
    return replace(brief, stories=stories, arguments=tuple(one.id for one in arguments))


def with_evidence(
    first: tuple[Section, ...],
    case: Case | None,
    company: Company,
    evidence: Evidence,
    *,
    arguments: Section | None,
    how_to: Section | None = None,
    others: tuple[Case, ...] = (),
    leading: tuple[Section, ...] = (),
    goals: Section | None = None,
) -> tuple[Section, ...]:
    """The opening, then `leading`, every figure and what limits it, then the traces."""
    worth = {other.key: replace(worth_section(other, company, evidence), page=2) for other in others}
    of_others = [
        replace(figure, label=f"{other.title}: {wording.lowered(figure.label)}")
        for other in others
        for figure in figures_in((worth[other.key],))
        if figure.key.startswith(other.key)
    ]
    later = tuple(replace(section, page=2) for section in leading)
    second = present(
        how_to,
        *later,
        behind.figures_section(case, evidence, (*figures_in((*first, *later)), *of_others)),
        None if case is None else behind.causal_section(case),
        None if case is None else beside.tornado_section(case),
        None if case is None else behind.assumptions_section(case),
        *(one for other in others for one in (worth[other.key], *beside.other_case_sections(other))),
        behind.comparisons_section(case, evidence),
        behind.scores_section(evidence),
        behind.wrong_section(case, evidence),
        behind.unsaid_section(evidence),
        goals,
        behind.vision_section(company.vision),
        arguments,
        behind.sources_section(case, evidence),
    )
    traces = behind.traces_section((*first, *second), evidence)
    return (*first, *second, *present(traces))


def present(*sections: Section | None) -> Iterable[Section]:
    """Those that there are."""
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
