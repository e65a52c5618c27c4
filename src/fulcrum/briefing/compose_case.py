"""One case alone, for whoever checks it: its figures, its assumptions, what decides it, and its traces."""

from fulcrum.briefing import behind, beside
from fulcrum.briefing.compose import document, reporting_title
from fulcrum.briefing.worth import worth_section
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Evidence


def compose_for_finance(case: Case, company: Company, evidence: Evidence) -> Brief:
    """The case as a document without an ask; as a spreadsheet its assumptions are live."""
    first = worth_section(case, company, evidence, is_titled=True)
    behind_it = (
        behind.figures_section(case, evidence, ()),
        behind.causal_section(case),
        beside.tornado_section(case),
        behind.assumptions_section(case),
        behind.comparisons_section(case, evidence),
        behind.wrong_section(case, evidence),
        behind.sources_section(case, evidence),
    )
    sections = (first, *(one for one in behind_it if one is not None))
    traces = behind.traces_section(sections, evidence)
    if traces is not None:
        sections = (*sections, traces)
    confidential = f"For the finance review of {company.name}. Company figures, not public."
    title = reporting_title(case, company)
    return document(title, "finance review", company, evidence, sections, confidential, company.as_of)
