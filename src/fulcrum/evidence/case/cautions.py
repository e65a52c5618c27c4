"""What belongs beside every number of a case: what is stated, what could explain it away, what is assumed."""

from fulcrum.core.company import Initiative
from fulcrum.core.quantities import Unknown
from fulcrum.core.wording import percent, whole_percent
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.methods.gap import UNCLEAR


def cautions(initiative: Initiative, basis: Basis) -> list[str | None]:
    """The sentences of a case, each once and the weightiest first; None where one does not apply."""
    said = [
        f"That {whole_percent(initiative.moved_share)} of the customers reached are moved is stated and not "
        "measured: grade E until a pilot here reads out.",
        _unclear(basis),
        _too_many(initiative, basis),
        _hidden_cause(basis),
        *(one.text for one in basis.comparison.adjusted.caveats if one.text != UNCLEAR),
        _leaving(basis),
        _drift(basis),
        *basis.cautions,
    ]
    return list(dict.fromkeys(said))


def _unclear(basis: Basis) -> str | None:
    if isinstance(basis.gap, Unknown) or basis.gap.is_signed:
        return None
    return "The data cannot tell the gap from no gap: the upside may as well be nothing but its costs."


def _too_many(initiative: Initiative, basis: Basis) -> str | None:
    moved = initiative.reach * initiative.moved_share
    if isinstance(basis.worse_off, Unknown) or moved <= basis.worse_off.value:
        return None
    return f"More customers would move ({moved:,.0f}) than are worse off ({basis.worse_off.value:,.0f})."


def _hidden_cause(basis: Basis) -> str | None:
    strength = basis.comparison.e_value
    if isinstance(strength, Unknown):
        return None
    return (
        f"A hidden cause, linked {strength.value:.1f} times to the experience and to the loss, would explain "
        "the gap away."
    )


def _leaving(basis: Basis) -> str:
    if basis.leaving is None:
        return "How many of those worse off leave is not known: waiting counts them all to the end."
    return (
        f"Waiting runs today's customers forward: {whole_percent(basis.leaving.value)} of those worse off "
        "leave a year, and are not lost twice; nobody new is added."
    )


def _drift(basis: Basis) -> str:
    if basis.drift is None:
        return "Whether more or fewer customers come to be worse off is not known: no drift is assumed."
    return (
        f"The share of customers worse off changed by {percent(basis.drift.a_year)} a year over "
        f"{basis.drift.months} months; waiting carries that on."
    )
