"""A case moved by hand: its assumptions as dials, and the case anew, without the customers' data."""

from collections.abc import Mapping

from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Evidence
from fulcrum.core.grounds import CaseGrounds, CaseYear, Dial


def case_dials(grounds: CaseGrounds) -> tuple[Dial, ...]:
    """Every assumption of a case: what it is, its range and grade, and how far it may be moved."""
    from fulcrum.evidence.case.dials import dials_of

    return dials_of(grounds)


def recast_case(grounds: CaseGrounds, assumptions: Mapping[str, float]) -> Case:
    """The case of `evidence.grounds` with assumptions moved by hand, by their keys; nothing else is needed.

    With none moved it has the digits of `gather`. What is moved is marked as stated here, grade E.
    """
    from fulcrum.evidence.case.one_case import case_on
    from fulcrum.evidence.case.recast import moved

    return case_on(moved(grounds, assumptions))


def case_years(grounds: CaseGrounds) -> tuple[CaseYear, ...]:
    """The middle case year by year; it adds up to the case of the same grounds."""
    from fulcrum.evidence.case.years import years_of

    return years_of(grounds)


def moved_grounds(grounds: CaseGrounds, assumptions: Mapping[str, float]) -> CaseGrounds:
    """The grounds with assumptions moved by hand; raises `WrongUse` where one may not be moved so."""
    from fulcrum.evidence.case.recast import moved

    return moved(grounds, assumptions)


def recast_evidence(
    company: Company, evidence: Evidence, moves: Mapping[str, Mapping[str, float]]
) -> Evidence:
    """The evidence with assumptions of its cases moved by hand, by case and key: what a brief is made of."""
    from fulcrum.evidence.case.recast import recast

    return recast(evidence, company, moves)
