"""The case of an initiative on a basis, as the engine makes it."""

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Case
from fulcrum.core.rules import CaseRules
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.case.draws import Doubts
from fulcrum.evidence.case.formula import CaseInputs
from fulcrum.evidence.case.grounds import grounds_of, why_not
from fulcrum.evidence.case.inputs import doubts_of, middle_inputs
from fulcrum.evidence.case.one_case import case_on, refused_case


def case_of(
    initiative: Initiative, basis: Basis, rules: CaseRules, *, currency: str, seed: int, trace: str
) -> Case:
    """The case, or the refused one."""
    refusal = why_not(basis)
    if refusal is not None:
        return refused_case(initiative.name, refusal, at_stake=basis.at_stake)
    return case_on(grounds_of(initiative, basis, rules, currency=currency, seed=seed, trace=trace))


def middle_of(initiative: Initiative, basis: Basis, rules: CaseRules) -> CaseInputs:
    """Its inputs at the middle."""
    return middle_inputs(grounds_of(initiative, basis, rules, currency="EUR", seed=1))


def doubts_on(initiative: Initiative, basis: Basis, rules: CaseRules) -> Doubts:
    """How far its inputs may be off."""
    return doubts_of(grounds_of(initiative, basis, rules, currency="EUR", seed=1))
