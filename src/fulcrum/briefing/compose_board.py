"""The brief for the board: what acting is worth, one customer, one decision; then the programme on record."""

from datetime import date

from fulcrum.briefing import beside, board, opening
from fulcrum.briefing.against import against_section
from fulcrum.briefing.arguments import arguments_for, arguments_section
from fulcrum.briefing.compose import (
    document,
    present,
    renewed_since,
    reporting_title,
    with_evidence,
    with_since,
    with_used,
)
from fulcrum.briefing.working import working_section
from fulcrum.briefing.worth import worth_section
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.findings import Evidence
from fulcrum.core.playbook import Playbook
from fulcrum.core.told import Told, told_before


def compose_for_board(
    company: Company,
    evidence: Evidence,
    playbook: Playbook,
    *,
    as_of: date | None = None,
    told: tuple[Told, ...] = (),
) -> Brief:
    """The brief for the board, with a decision and no personal ask; executives are counted, never named."""
    on = as_of if as_of is not None else company.as_of
    earlier = told_before(told, on)
    case = evidence.cases[0] if evidence.cases else None
    fit = opening.story_for(None, company, playbook, earlier)
    first = (
        worth_section(case, company, evidence, is_titled=case is not None),
        opening.customer_section(fit, company, evidence),
        board.promises_section(company),
        board.decision_section(evidence.programme, case),
    )
    arguments = arguments_for(None, playbook, company, earlier)
    sections = with_evidence(
        first,
        case,
        company,
        evidence,
        others=evidence.cases[1:],
        arguments=arguments_section(arguments, earlier),
        leading=(
            *present(beside.programme_section(evidence.programme)),
            *present(against_section(fit, company, is_board=True)),
            board.wins_section(company, on),
            board.risks_section(company),
            board.spend_section(company),
            *present(working_section(company, playbook)),
        ),
    )
    confidential = f"For the board of {company.name}. Company figures, not public."
    since = renewed_since(sections, None, company, evidence, playbook, on, earlier, case)
    title, whole = reporting_title(case, company), with_since(sections, since)
    made = document(title, "board", company, evidence, whole, confidential, on)
    return with_used(made, fit, arguments)
